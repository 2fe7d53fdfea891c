"""Sentences as the student reads them: parsed by the pipeline that ships, as indices and vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.strings import hash_string
from spacy.tokens import Span

from bot.extract.sense import LONGEST

from .texts import ROLES, Labelled

WORDS, ENDINGS = 8_000, 1_500
RARE = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One parsed sentence: the rows of its words in the vector table (-1 for none), strings, heads, and roles.

    `places` has the start and end of each word in the sentence; `roles` one row a word, one column a role.
    """

    vectors: np.ndarray
    strings: Mapping[str, tuple[str, ...]]
    heads: np.ndarray
    places: np.ndarray
    roles: np.ndarray


def parsed(rows: Sequence[Labelled], nlp: Language) -> Iterable[Row]:
    """The sentences parsed one by one, for that is how they are labelled."""
    table = nlp.vocab.vectors
    for row, doc in zip(rows, nlp.pipe((row.text for row in rows), batch_size=64), strict=True):
        span = doc[:LONGEST]
        yield Row(
            table.find(keys=span.to_array([ORTH])[:, 0]).astype(np.int32),
            strings_of(span),
            np.array([min(token.head.i, len(span) - 1) for token in span], dtype=np.int16),
            np.array([(token.idx, token.idx + len(token)) for token in span], dtype=np.int32).reshape(-1, 2),
            _roles(span, row),
        )


def strings_of(span: Span) -> dict[str, tuple[str, ...]]:
    """What the tables of the network are asked for."""
    return {
        "words": tuple(token.lower_ for token in span),
        "endings": tuple(token.suffix_ for token in span),
        "tags": tuple(token.tag_ for token in span),
        "relations": tuple(token.dep_ for token in span),
    }


def _roles(span: Span, row: Labelled) -> np.ndarray:
    found = np.zeros((len(span), len(ROLES)), dtype=np.float32)
    for role, start, end in row.spans:
        for place, token in enumerate(span):
            if token.idx < end and token.idx + len(token) > start:
                found[place, ROLES.index(role)] = 1
    return found


def lists(rows: Iterable[Row]) -> dict[str, list[str]]:
    """The words, endings, tags and relations that the network shall know, most frequent first."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        for name, strings in row.strings.items():
            counts.setdefault(name, Counter()).update(strings)
    most = {"words": WORDS, "endings": ENDINGS}
    found: dict[str, list[str]] = {}
    for name, counter in counts.items():
        ranked = sorted(counter.items(), key=lambda each: (-each[1], each[0]))
        found[name] = [word for word, count in ranked[: most.get(name)] if count >= RARE and hash_string(word)]
    return found
