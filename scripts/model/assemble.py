"""Puts the trained parts together into the folder that ships."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import spacy
import srsly
from spacy.language import Language

from bot.language import VECTOR_SCALE

from .tokens import adapt

NO_TREE = 2**32 - 1
"""In an edit tree, where it does not go on."""

META: Mapping[str, object] = {
    "name": "dossier",
    "version": "0.1.0",
    "description": "English tags, morphology, lemmas, dependencies, sentences and names (PER, ORG, LOC) for Dossier.",
    "author": "The Dossier project",
    "license": "CC BY-SA 4.0 (see NOTICE)",
    "sources": [
        {"name": "Universal Dependencies English EWT", "license": "CC BY-SA 4.0"},
        {"name": "Universal Dependencies English GUM (free-text genres)", "license": "CC BY 4.0; texts as in NOTICE"},
        {"name": "Universal NER, English EWT", "license": "CC BY-SA 4.0"},
        {"name": "spacy-lookups-data (Brown clusters)", "license": "MIT"},
        {"name": "all-MiniLM-L6-v2 (input embeddings, reduced; teacher)", "license": "Apache-2.0"},
        {
            "name": "Releases and briefings of the US Department of State (parsed by the teacher)",
            "license": "public domain",
        },
    ],
}


def assemble(parser: Path, names: Path | None, target: Path) -> None:
    """Joins the trained parser and, where given, the trained name recogniser; replaces `target` in one step."""
    nlp = spacy.load(parser)
    if names:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nlp.add_pipe("ner", source=spacy.load(names))
    adapt(nlp)
    nlp.add_pipe("lower_lemmas", after="trainable_lemmatizer")
    pack_vectors(nlp)
    pack_weights(nlp)
    forget_training(nlp)
    nlp.meta.update(META)
    fresh = target.with_name(f".{target.name}-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    srsly.write_json(fresh / "vocab" / "strings.json", sorted(needed_strings(nlp)))
    replace_folder(fresh, target)


def pack_vectors(nlp: Language) -> None:
    """Rounds the word vectors to bytes; `load_nlp` unpacks them."""
    data = np.round(nlp.vocab.vectors.data * VECTOR_SCALE)
    nlp.vocab.vectors.data = np.clip(data, -127, 127).astype(np.int8)


def pack_weights(nlp: Language) -> None:
    """Rounds the weights to half precision; `load_nlp` widens them."""
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, node.get_param(name).astype(np.float16))


def needed_strings(nlp: Language) -> set[str]:
    """The strings that reading needs to know beforehand: labels, and what edit trees put in place of what.

    The rest are words of the training text, e-mail addresses and telephone numbers among them.
    """
    needed = {label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, ()) if isinstance(label, str)}
    lemmatizer = nlp.get_pipe("trainable_lemmatizer")
    waiting = list(lemmatizer.labels)
    while waiting:
        tree = lemmatizer.trees[waiting.pop()]
        needed |= {nlp.vocab.strings[tree[key]] for key in ("orig", "subst") if key in tree}
        waiting += [tree[key] for key in ("prefix_tree", "suffix_tree") if tree.get(key, NO_TREE) != NO_TREE]
    return needed


def forget_training(nlp: Language) -> None:
    """Empties what only training reads: paths, corpora and scores of the run."""
    for section in ("paths", "corpora", "initialize"):
        nlp.config[section] = {}
    nlp.config["training"] = {}
    for key in ("performance", "speed"):
        nlp.meta.pop(key, None)


def replace_folder(fresh: Path, target: Path) -> None:
    """Swaps a complete folder in for the old one, which readers that have it open may finish reading."""
    old = target.with_name(f".{target.name}-old-{os.getpid()}")
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
