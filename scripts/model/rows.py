"""Sentences as numbers, the way the teacher reads them: word pieces and word shapes in, heads and labels out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .names import LABELS, Name
from .treebank import Sentence, Word

NAME_TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
UNMARKED = -100
"""In place of a label that is not known."""

CLS, SEP, UNKNOWN = 101, 102, 100
"""Of MiniLM's vocabulary."""

SHAPES = 8
MAX_PIECES = 400
SORTED_AT_ONCE = 2_000

Pieces = Callable[[Sequence[str]], Iterable[list[int]]]
"""The word pieces of each word."""


@dataclass(frozen=True)
class Marks:
    """What is said of each word of a sentence, as numbers: its head (0 is the root, 1 the first word) and labels.

    `confidence` is the mean log probability of the heads where a teacher gave them.
    """

    heads: list[int]
    relations: list[int]
    tags: list[int]
    features: list[int]
    names: list[int]
    confidence: float = 0.0


@dataclass(frozen=True)
class Row:
    """A sentence: the ids of its pieces, the shape of the word that each is of, and where each word begins."""

    pieces: list[int]
    shapes: list[int]
    first: list[int]
    gold: Marks | None = None


@dataclass(frozen=True)
class Labels:
    """What the numbers in `Marks` stand for; features are "NOUN|Number=Sing"."""

    tags: tuple[str, ...]
    features: tuple[str, ...]
    relations: tuple[str, ...]


def read_labels(sentences: Sequence[Sentence]) -> Labels:
    """The labels in the order in which they come."""
    words = [word for sentence in sentences for word in sentence.words]
    return Labels(
        tags=tuple(dict.fromkeys(word.tag for word in words)),
        features=tuple(dict.fromkeys(features(word) for word in words)),
        relations=tuple(dict.fromkeys(word.dep for word in words)),
    )


def features(word: Word) -> str:
    """Part of speech and morphology in one label."""
    return f"{word.pos}|{word.morph}"


def gold_rows(
    sentences: Iterable[Sentence], names: Mapping[str, Sequence[Name]], labels: Labels, pieces: Pieces
) -> list[Row]:
    """The sentences with what gold says of them, but those that are too long."""
    rows = [
        make_row([word.form for word in sentence.words], pieces, gold_marks(sentence, names.get(sentence.id), labels))
        for sentence in sentences
    ]
    return [row for row in rows if len(row.pieces) <= MAX_PIECES]


def make_row(words: Sequence[str], pieces: Pieces, gold: Marks | None = None) -> Row:
    """One sentence; a word of white space is read as "_"."""
    row = Row([CLS], [0], [], gold)
    for word, ids in zip(words, pieces([word.strip() or "_" for word in words]), strict=True):
        row.first.append(len(row.pieces))
        row.pieces.extend(ids or [UNKNOWN])
        row.shapes.extend([shape(word)] * (len(ids) or 1))
    row.pieces.append(SEP)
    row.shapes.append(0)
    return row


def shape(word: str) -> int:
    """How a word is cased, which the pieces no longer tell; 0 is for what is no word."""
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) > 1 else 3
    if word[:1].isupper():
        return 4 if word[1:].islower() else 5
    return 6 if any(character.isdigit() for character in word) else 7


def gold_marks(sentence: Sentence, names: Sequence[Name] | None, labels: Labels) -> Marks:
    """What gold says of a sentence; UNMARKED for labels that are not in `labels` and where no names are known."""
    words = sentence.words
    return Marks(
        heads=[0 if word.dep == "ROOT" else word.head + 1 for word in words],
        relations=_numbers([word.dep for word in words], labels.relations),
        tags=_numbers([word.tag for word in words], labels.tags),
        features=_numbers([features(word) for word in words], labels.features),
        names=[UNMARKED] * len(words) if names is None else _name_tags(words, names),
    )


def _numbers(values: Sequence[str], labels: Sequence[str]) -> list[int]:
    return [labels.index(value) if value in labels else UNMARKED for value in values]


def _name_tags(words: Sequence[Word], names: Sequence[Name]) -> list[int]:
    tags = []
    position = 0
    for word in words:
        end = position + len("".join(word.form.split()))
        tag = "O"
        for name in names:
            if name.start <= position and end <= name.end:
                tag = f"{'B' if name.start == position else 'I'}-{name.label}"
        tags.append(NAME_TAGS.index(tag))
        position = end
    return tags


def name_spans(tags: Iterable[int]) -> list[tuple[int, int, str]]:
    """The names that a sentence's tags spell: first word, word after the last, label."""
    spans: list[tuple[int, int, str]] = []
    start, label = 0, ""
    for i, tag in enumerate([*tags, 0]):
        part, _, kind = NAME_TAGS[tag].partition("-")
        if label and (part != "I" or kind != label):
            spans.append((start, i, label))
            label = ""
        if kind and not label:
            start, label = i, kind
    return spans


def batches(rows: Sequence[Row], size: int, rng: random.Random | None = None) -> list[list[int]]:
    """The rows' indices in groups of like length, each of at most `size` pieces when padded; with `rng`, shuffled."""
    order = list(range(len(rows)))
    step = len(order) or 1
    if rng:
        rng.shuffle(order)
        step = SORTED_AT_ONCE
    groups: list[list[int]] = []
    for start in range(0, len(order), step):
        groups += _filled(rows, sorted(order[start : start + step], key=lambda i: len(rows[i].pieces)), size)
    if rng:
        rng.shuffle(groups)
    return groups


def _filled(rows: Sequence[Row], order: Iterable[int], size: int) -> list[list[int]]:
    """Cuts an order of rising length into groups."""
    groups: list[list[int]] = []
    for i in order:
        if groups and len(rows[i].pieces) * (len(groups[-1]) + 1) <= size:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups
