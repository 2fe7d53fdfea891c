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
from thinc.api import Model

import model.tokens  # noqa: F401  registers the tokenizer callback that the configs name

CONFIGS = Path(__file__).resolve().parents[2] / "config" / "spacy"


def train_config(name: str, data: Mapping[str, Path], target: Path, start: Path | None = None) -> Path:
    """Trains `config/spacy/<name>.cfg` on data["train"], data["dev"] and data["vectors"]; the best model's folder.

    With `start`, the token-to-vector layer begins as that pipeline's.
    """
    overrides = {f"paths.{key}": str(path) for key, path in data.items()}
    nlp = init_nlp(load_config(CONFIGS / f"{name}.cfg", overrides=overrides, interpolate=False))
    if start:
        copy_embedding(spacy.load(start), nlp)
    target.mkdir(parents=True, exist_ok=True)
    train(nlp, target, stdout=sys.stdout, stderr=sys.stderr)
    return target / "model-best"


def copy_embedding(source: Language, target: Language) -> None:
    """Copies the shared token-to-vector weights into the target's name recogniser, whose layer is built alike."""
    trained: Model = source.get_pipe("tok2vec").model
    whole: Model = target.get_pipe("ner").model.get_ref("tok2vec")
    fresh = next(node for node in whole.walk() if node.name == trained.name)
    for old, new in zip(trained.walk(), fresh.walk(), strict=True):
        for name in old.param_names:
            if old.has_param(name):
                new.set_param(name, old.get_param(name).copy())
