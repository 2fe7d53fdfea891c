"""Writes what training reads: documents from the treebanks, and a blank pipeline that holds the word vectors."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.vectors import Vectors

from .treebank import Sentence, read_sentences, training_docs
from .vectors import read_table, word_vectors

WIDTHS = (96, 32)
FREQUENT_WORDS = 45_000
SEED = 20
TREE_ATTRIBUTES = ["ORTH", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SPACY", "SENT_START"]


def treebank(corpora: Path, split: str, banks: Sequence[str] = ("en_ewt", "en_gum")) -> list[Sentence]:
    """The sentences of one split of all treebanks."""
    return [s for bank in banks for s in read_sentences(corpora / "ud" / f"{bank}-{split}.conllu.gz")]


def write_docs(nlp: Language, sentences: Iterable[Sentence], path: Path) -> int:
    """Groups the sentences into documents and writes them; how many documents."""
    docs = list(training_docs(nlp.vocab, sentences, random.Random(SEED)))
    DocBin(attrs=TREE_ATTRIBUTES, docs=docs).to_disk(path)
    return len(docs)


def join(parts: Sequence[Path], target: Path) -> Path:
    """Writes the documents of all parts to one file, in order: in a folder, their order would be the file system's."""
    whole = DocBin().from_disk(parts[0])
    for part in parts[1:]:
        whole.merge(DocBin().from_disk(part))
    whole.to_disk(target)
    return target


def vocabulary(corpora: Path, lookups: Path) -> list[str]:
    """The words that get a vector: the most frequent ones in general and all that the training text repeats."""
    probabilities = read_table(lookups / "en_lexeme_prob.json.gz")
    by_frequency = sorted(probabilities, key=lambda w: (-probabilities[w], w))
    frequent = [w for w in by_frequency if w.isascii() and any(c.isalpha() for c in w)][:FREQUENT_WORDS]
    forms = Counter(w.form for s in treebank(corpora, "train") for w in s.words)
    repeated = sorted(form for form, n in forms.items() if n > 1 and form.strip())
    return list(dict.fromkeys([*frequent, *repeated]))


def add_vectors(nlp: Language, groups: Sequence[Sequence[str]], rows: np.ndarray) -> None:
    """Gives the vocabulary the vectors; words of one group share a row."""
    vectors = Vectors(data=rows.astype(np.float32), strings=nlp.vocab.strings, name="dossier_vectors")
    for row, words in enumerate(groups):
        for word in words:
            vectors.add(nlp.vocab.strings.add(word), row=row)
    nlp.vocab.vectors = vectors


def prepare(corpora: Path, minilm: Path, lookups: Path, target: Path) -> None:
    """Fills `target` with train.spacy, dev.spacy and the pipeline `vectors`."""
    target.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    for split in ("train", "dev"):
        count = write_docs(nlp, treebank(corpora, split), target / f"{split}.spacy")
        print(f"{split}: {count} documents")
    holder = spacy.blank("en")
    groups, rows = word_vectors(vocabulary(corpora, lookups), minilm, lookups, WIDTHS, SEED)
    add_vectors(holder, groups, rows)
    holder.to_disk(target / "vectors")
    print(f"vectors: {sum(map(len, groups))} words, {rows.shape[0]} rows of {rows.shape[1]}")
