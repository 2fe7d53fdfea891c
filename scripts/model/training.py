"""Runs spaCy's training loop on the configs in config/spacy/."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import Config, Model

from . import tokens  # noqa: F401  registers the tokenizer callback that the configs name

CONFIGS = Path(__file__).resolve().parents[2] / "config" / "spacy"
DISTIL = {
    "training.dropout": 0.1,
    "training.batcher.size.start": 1000,
    "training.batcher.size.stop": 1400,
    "training.optimizer.learn_rate.initial_rate": 0.0012,
}
"""What differs from parser.cfg when the first student goes on to learn from the teacher."""

Data = Mapping[str, Path]
"""`train` and `dev`, files of documents, and `vectors`, a pipeline that holds the word vectors."""


def train_parser(data: Data, target: Path, steps: int, planned: int) -> Path:
    """The first student's folder: config/spacy/parser.cfg, stopped after `steps` of the `planned` steps."""
    return _train(init_nlp(_config("parser", data, steps, planned)), target)


def train_student(data: Data, first: Path, target: Path, steps: int) -> Path:
    """The folder of the student that begins as the first one and learns from `data`."""
    config = _config("parser", data, steps, steps, DISTIL)
    for name in config["components"]:
        config["components"][name] = {"source": str(first)}
    nlp = init_nlp(config)
    restore_edit_trees(nlp)
    return _train(nlp, target)


def train_names(data: Data, parsed: Path, target: Path, steps: int) -> Path:
    """The folder of a name recogniser whose token-to-vector layer begins as that of the pipeline `parsed`."""
    nlp = init_nlp(_config("names", data, steps, steps))
    copy_embedding(spacy.load(parsed), nlp)
    return _train(nlp, target)


def step_settings(steps: int, planned: int) -> dict[str, object]:
    """Settings for so many steps, with a learning rate that falls as if there were `planned` ones."""
    return {"training.max_steps": steps, "training.optimizer.learn_rate.total_steps": planned}


def _config(name: str, data: Data, steps: int, planned: int, changes: Mapping[str, object] | None = None) -> Config:
    paths = {f"paths.{key}": str(path) for key, path in data.items()}
    settings = {**paths, **step_settings(steps, planned), **(changes or {})}
    return load_config(CONFIGS / f"{name}.cfg", overrides=settings, interpolate=False)


def _train(nlp: Language, target: Path) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    train(nlp, target, stdout=sys.stdout, stderr=sys.stderr)
    return target / "model-best"


def restore_edit_trees(nlp: Language) -> None:
    """Gives a loaded lemmatizer back the table from trees to labels, which spaCy 3.8 does not save.

    Without it every word of the training data counts as one whose lemma is the word itself.
    """
    lemmatizer = nlp.get_pipe("trainable_lemmatizer")
    lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.labels)}


def copy_embedding(source: Language, target: Language) -> None:
    """Copies the shared token-to-vector weights into the target's name recogniser, whose layer is built alike."""
    trained: Model = source.get_pipe("tok2vec").model
    whole: Model = target.get_pipe("ner").model.get_ref("tok2vec")
    fresh = next(node for node in whole.walk() if node.name == trained.name)
    for old, new in zip(trained.walk(), fresh.walk(), strict=True):
        for name in old.param_names:
            if old.has_param(name):
                new.set_param(name, old.get_param(name).copy())
