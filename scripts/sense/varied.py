"""More sentences for the small network to hear the teachers on: known ones with some words exchanged for their like.

A small network learns a large one's judgement better from more text than there is (TinyBERT: Jiao et al. 2020,
"TinyBERT: Distilling BERT for Natural Language Understanding", augments its task data so). A word gives way to one that
is near it in the pipeline's vectors and most often has the same fine tag; what the new sentence says is for the
teachers to judge, so it need not be a likely one.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from .rows import Row

OPEN_TAGS = frozenset(
    "NN NNS NNP NNPS VB VBD VBG VBN VBP VBZ JJ JJR JJS RB CD".split()  # noqa: SIM905
)
ENOUGH = 3
"""Times that a word must occur to take another's place."""
NEAR = 12
SHARES = (0.15, 0.3)
"""Shares of the words that give way, one a sentence."""

Likes = Mapping[tuple[str, str], Sequence[str]]
"""For words and their tags, what may stand in their place; only words of OPEN_TAGS have any."""


def varied(text: str, row: Row, likes: Likes, rng: random.Random) -> str:
    """The sentence with some words exchanged; the same one where none has its like."""
    share = rng.choice(SHARES)
    return other_words(text, row, (0, len(row.heads)), lambda word, tag: like_of(word, tag, likes, share, rng))


def like_of(word: str, tag: str, likes: Likes, share: float, rng: random.Random) -> str:
    """In a share of all cases a word that may stand in the place of this one, else ""."""
    others = likes.get((word.lower(), tag), ())
    return rng.choice(others) if others and rng.random() < share else ""


def other_words(text: str, row: Row, words: tuple[int, int], other: Callable[[str, str], str]) -> str:
    """The text from one word to another; `other` says of a word and its tag what takes its place, "" for nothing."""
    parts: list[str] = []
    places = row.places.tolist()[words[0] : words[1]]
    end = places[0][0] if places else 0
    for (start, stop), tag in zip(places, row.strings["tags"][words[0] : words[1]], strict=True):
        word = text[start:stop]
        taken = other(word, tag)
        parts += [text[end:start], _cased(taken, word) if taken else word]
        end = stop
    return "".join(parts)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word


def likes_of(rows: Sequence[Row], vectors: np.ndarray) -> dict[tuple[str, str], tuple[str, ...]]:
    """For each word and its tag the words that may stand in its place, the nearest first."""
    counts: Counter[str] = Counter()
    tags: defaultdict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, int] = {}
    for row in rows:
        for word, tag, place in zip(row.strings["words"], row.strings["tags"], row.vectors.tolist(), strict=True):
            if tag in OPEN_TAGS and word.isalnum() and place >= 0:
                counts[word] += 1
                tags[word][tag] += 1
                places[word] = place
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(counts):
        if counts[word] >= ENOUGH:
            groups[tags[word].most_common(1)[0][0]].append(word)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for tag, words in groups.items():
        table = _unit(vectors[[places[word] for word in words]])
        asked = sorted(word for word in counts if tags[word][tag])
        given = _unit(vectors[[places[word] for word in asked]])
        for first in range(0, len(asked), 2000):
            near = np.argsort(-(given[first : first + 2000] @ table.T), axis=1)[:, : NEAR + 1]
            for word, row_near in zip(asked[first : first + 2000], near.tolist(), strict=True):
                found[word, tag] = tuple(words[i] for i in row_near if words[i] != word)[:NEAR]
    return found


def _unit(table: np.ndarray) -> np.ndarray:
    normed: np.ndarray = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    return normed
