"""Annotations of texts in the corpora, without the texts: `marks.jsonl`, in the form of the gold sets.

A line is a document: `id`, and `sentences` with `start`, `end` and what they carry. Whole: interviews, speeches and
hearings of GUM, blogs and newsgroups of EWT. Of some 1,200 releases: sentences that hold a word which may signal an
open question, those about which the network or the judges were in doubt, and some at random. What is a toss-up, or was
marked by only one of two readers where two have read it, is `optional`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.model.treebank import read_sentences

from .texts import Labelled, rows_of, sentences

MARKS = Path(__file__).with_name("marks.jsonl")
BANKS = ("en_ewt-train", "en_ewt-dev", "en_ewt-test", "en_gum-train", "en_gum-dev", "en_gum-test")


def corpus_texts(corpora: Path) -> Iterator[tuple[str, str, str]]:
    """(id, date, text) of the documents in the corpora; treebank sentences are joined as their paragraphs say."""
    with gzip.open(corpora / "stategov.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], row["date"], row["text"]
    texts: dict[str, str] = {}
    for bank in BANKS:
        for sentence in read_sentences(corpora / "ud" / f"{bank}.conllu.gz"):
            before = texts.get(sentence.document, "")
            gap = "" if not before else "\n" if sentence.paragraph else " "
            texts[sentence.document] = before + gap + sentence.text
    yield from ((document, "", text) for document, text in texts.items())


def marked(corpora: Path, marks: Path = MARKS) -> Iterator[dict[str, Any]]:
    """The annotated documents with their texts, in the form of the gold sets."""
    annotated = {row["id"]: row for row in rows_of(marks)}
    for document, published, text in corpus_texts(corpora):
        if row := annotated.get(document):
            yield {"title": "", "date": published, "text": text, **row}


def all_marked(corpora: Path) -> list[Labelled]:
    """The sentences of all of them."""
    return [each for document in marked(corpora) for each in sentences(document)]
