"""Person, organisation and place names of Universal NER, laid over the treebank's sentences by character."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from .treebank import Sentence, make_doc, varied

LABELS = ("PER", "ORG", "LOC")
NAME_ATTRIBUTES = ["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"]


@dataclass(frozen=True)
class Name:
    """A name in a sentence: offsets count its characters without white space."""

    start: int
    end: int
    label: str


def read_names(path: Path) -> dict[str, list[Name]]:
    """Sentence id to the names in it; a sentence without names has an empty list."""
    names: dict[str, list[Name]] = {}
    current: list[Name] = []
    position = 0
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            if line.startswith("# sent_id"):
                current, position = [], 0
                names[line.partition("=")[2].strip()] = current
            elif line.strip() and not line.startswith("#"):
                _, form, tag = line.rstrip("\n").split("\t")[:3]
                end = position + len("".join(form.split()))
                _extend(current, position, end, tag)
                position = end
    return names


def _extend(names: list[Name], start: int, end: int, tag: str) -> None:
    begin, _, label = tag.partition("-")
    if label not in LABELS:
        return
    if begin == "I" and names and names[-1].end == start and names[-1].label == label:
        names[-1] = Name(names[-1].start, end, label)
    else:
        names.append(Name(start, end, label))


def named_docs(
    vocab: Vocab, sentences: Iterable[Sentence], names: Mapping[str, Sequence[Name]], rng: random.Random | None
) -> Iterator[Doc]:
    """One document for every one to four sentences with known names; varied in writing when `rng` is given."""
    group: list[Sentence] = []
    for sentence in sentences:
        if sentence.id not in names:
            continue
        if group and (len(group) == 4 or sentence.document != group[0].document):
            yield _named(vocab, group, names, rng)
            group = []
        group.append(sentence)
    if group:
        yield _named(vocab, group, names, rng)


def _named(
    vocab: Vocab, group: Sequence[Sentence], names: Mapping[str, Sequence[Name]], rng: random.Random | None
) -> Doc:
    shown = varied(group, rng) if rng else group
    doc = make_doc(vocab, shown, [""] * len(shown))
    spans: list[Span] = []
    first = 0
    for sentence in shown:
        starts, ends, position = {}, {}, 0
        for i, word in enumerate(sentence.words, start=first):
            starts[position] = i
            position += len("".join(word.form.split()))
            ends[position] = i + 1
        spans += [
            Span(doc, starts[name.start], ends[name.end], label=name.label)
            for name in names[sentence.id]
            if name.start in starts and name.end in ends
        ]
        first += len(sentence.words)
    doc.set_ents(spans)
    return doc
