"""Raw text with the teacher's parses, for the pipeline to learn from; sentences and lemmas are the first student's."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from .names import NAME_ATTRIBUTES
from .prepare import TREE_ATTRIBUTES
from .rows import MAX_PIECES, Labels, Marks, Pieces, Row, make_row, name_spans

SHORTEST, LONGEST = 40, 2_500
"""Characters of a paragraph; what is beyond the longest is cut off."""

SENTENCES = 8
"""A document has one to this many."""

SURE = -0.35
"""The least mean log probability of the heads of a sentence that is kept."""

Parse = Callable[[Sequence[Row]], Iterable[Marks]]
Parsed = tuple[Span, Marks | None]


def raw_paragraphs(path: Path, words: int, rng: random.Random) -> list[str]:
    """Different paragraphs of a gzipped JSON-lines file, drawn until there are more than `words` words."""
    found: dict[str, None] = {}
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            paragraphs = (" ".join(part.split()) for part in json.loads(line)["text"].split("\n"))
            found.update(dict.fromkeys(paragraph for paragraph in paragraphs if len(paragraph) >= SHORTEST))
    drawn = list(found)
    rng.shuffle(drawn)
    count = 0
    for i, paragraph in enumerate(drawn):
        if count > words:
            return [kept[:LONGEST] for kept in drawn[:i]]
        count += len(paragraph.split())
    return [kept[:LONGEST] for kept in drawn]


def silver_docs(docs: Sequence[Doc], parse: Parse, pieces: Pieces, labels: Labels, rng: random.Random) -> Iterator[Doc]:
    """Documents of a few sentences with the teacher's parses, without those that hold a sentence it is unsure of."""
    rows = [[make_row([token.text for token in sentence], pieces) for sentence in doc.sents] for doc in docs]
    parses = iter(parse([row for sentences in rows for row in sentences if len(row.pieces) <= MAX_PIECES]))
    for doc, sentences in zip(docs, rows, strict=True):
        marks = [next(parses) if len(row.pieces) <= MAX_PIECES else None for row in sentences]
        parsed: list[Parsed] = list(zip(doc.sents, marks, strict=True))
        while parsed:
            size = rng.randint(1, SENTENCES)
            sure = [(span, said) for span, said in parsed[:size] if said and said.confidence >= SURE]
            if len(sure) == len(parsed[:size]):
                yield silver_doc(doc.vocab, sure, labels)
            parsed = parsed[size:]


def silver_doc(vocab: Vocab, sentences: Sequence[tuple[Span, Marks]], labels: Labels) -> Doc:
    """One document of sentences that follow each other."""
    heads: list[int] = []
    relations: list[str] = []
    names: list[tuple[int, int, str]] = []
    for _, said in sentences:
        base = len(heads)
        names += [(base + start, base + end, label) for start, end, label in name_spans(said.names)]
        heads += [base + (head - 1 if head else i) for i, head in enumerate(said.heads)]
        relations += map(_relation, (labels.relations[number] for number in said.relations), said.heads)
    tokens = [token for span, _ in sentences for token in span]
    features = [labels.features[number].partition("|") for _, said in sentences for number in said.features]
    doc = Doc(
        vocab,
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
        lemmas=[token.lemma_ for token in tokens],
        tags=[labels.tags[number] for _, said in sentences for number in said.tags],
        pos=[pos for pos, _, _ in features],
        morphs=["" if morph == "_" else morph for _, _, morph in features],
        heads=heads,
        deps=relations,
    )
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in names])
    return doc


def _relation(label: str, head: int) -> str:
    """The relation, made to fit the head where the two contradict each other."""
    if not head:
        return "ROOT"
    return "dep" if label == "ROOT" else label


def write_silver(docs: Sequence[Doc], trees: Path, names: Path) -> None:
    """Writes what is said of trees and of names, each as its training reads it."""
    DocBin(attrs=TREE_ATTRIBUTES, docs=docs).to_disk(trees)
    DocBin(attrs=NAME_ATTRIBUTES, docs=docs).to_disk(names)
