"""More sentences for the small network to hear the teachers on: known ones with phrases of others in place of theirs.

A phrase is a word of the parse with all that hangs from it. It gives way to one of the same relation and form in
another sentence, or is left out where it may be (after Shi et al. 2021, "Substructure Substitution: Structured Data
Augmentation for NLP"); some modals and words change with it. So undertakings, forecasts and reports come in turns that
nobody wrote down, and what each of them says is for the teachers to judge.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .rows import Row
from .texts import Labelled, is_held
from .varied import Likes, like_of, other_words

EXCHANGED = frozenset(
    "nsubj nsubj:pass obj obl nmod xcomp ccomp advcl acl acl:relcl conj amod appos advmod parataxis".split()  # noqa: SIM905
)
LEFT_OUT = frozenset({"advcl", "obl", "acl:relcl", "appos", "advmod", "nmod", "parataxis"})
LONGEST_PHRASE, LARGEST_SHARE = 16, 0.6
AT_MOST = 3
OMITTED = 0.2
WORD_SHARES = (0.0, 0.0, 0.1)
MODALS = ("will", "would", "may", "might", "can", "could", "should", "must")
MODAL_SHARE = 0.15
TIMES, TIMES_OF_MANY = (2, 6), (1, 2)
"""How often a sentence that carries nothing, and one that does, is changed; releases, of which there are many, less."""
LENGTHS = range(5, 46)
_LINKS = ("IN", "TO", "WDT", "WP", "WRB", "MD")

Form = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words `start` to `end` of a sentence: one and what hangs from it. `form` is what can take its place."""

    start: int
    end: int
    form: Form


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence and its phrases."""

    text: str
    row: Row
    phrases: tuple[Phrase, ...]


def with_other_phrases(data: Mapping[str, Any], likes: Likes, rng: random.Random) -> Iterator[tuple[Labelled, str]]:
    """Labelled rows, each with a sentence made from it. Part HELD and the other documents keep their phrases apart.

    `data` has the labelled `rows` and their parses, `read`, and the raw `texts` and theirs, `raw`.
    """
    rows: Sequence[Labelled] = data["rows"]
    hosts = [source_of(row.text, read) for row, read in zip(rows, data["read"], strict=True)]
    raw = [source_of(text, read) for text, read in zip(data["texts"], data["raw"], strict=True)]
    apart = by_form([host for row, host in zip(rows, hosts, strict=True) if is_held(row.document)])
    others = by_form([*raw, *(host for row, host in zip(rows, hosts, strict=True) if not is_held(row.document))])
    for row, host in zip(rows, hosts, strict=True):
        if host.phrases and len(host.row.heads) in LENGTHS:
            for _ in range((TIMES_OF_MANY if row.document.startswith("stategov") else TIMES)[row.carries]):
                yield row, spliced(host, apart if is_held(row.document) else others, likes, rng)


def source_of(text: str, row: Row) -> Source:
    """The phrases of a sentence that are of one piece, and neither long nor nearly all of it."""
    heads, size = row.heads.tolist(), len(row.heads)
    first, last, counts = list(range(size)), list(range(size)), [1] * size
    for word in range(size):
        seen, above = {word}, heads[word]
        while above not in seen:
            first[above], last[above] = min(first[above], word), max(last[above], word)
            counts[above] += 1
            seen.add(above)
            above = heads[above]
    tags, relations = row.strings["tags"], row.strings["relations"]
    return Source(
        text,
        row,
        tuple(
            Phrase(first[i], last[i] + 1, (relations[i], tags[i], tags[first[i]] if tags[first[i]] in _LINKS else ""))
            for i in range(size)
            if relations[i] in EXCHANGED
            and counts[i] == last[i] + 1 - first[i] <= min(LONGEST_PHRASE, LARGEST_SHARE * size)
        ),
    )


def by_form(sources: Sequence[Source]) -> dict[Form, list[tuple[Source, Phrase]]]:
    """The phrases that can take another's place."""
    found: defaultdict[Form, list[tuple[Source, Phrase]]] = defaultdict(list)
    for source in sources:
        for phrase in source.phrases:
            found[phrase.form].append((source, phrase))
    return dict(found)


def spliced(
    host: Source, donors: Mapping[Form, Sequence[tuple[Source, Phrase]]], likes: Likes, rng: random.Random
) -> str:
    """The sentence with some phrases, modals and words exchanged; the same one where nothing can be."""
    share = rng.choice(WORD_SHARES)
    parts: list[str] = []
    at = 0
    for phrase in _chosen(host.phrases, rng):
        if at < phrase.start:
            parts += [_gap(host, at), _words(host, at, phrase.start, likes, share, rng)]
        at = phrase.end
        if phrase.form[0] in LEFT_OUT and phrase.start and rng.random() < OMITTED:
            continue
        given, taken = rng.choice(donors.get(phrase.form, [(host, phrase)]))
        words = _words(given, taken.start, taken.end, likes, share, rng)
        parts.append(_gap(host, phrase.start))
        parts.append(_cased(words, given, taken.start) if phrase.start else words[:1].upper() + words[1:])
    return "".join([*parts, _gap(host, at), _words(host, at, len(host.row.heads), likes, share, rng)])


def _gap(source: Source, word: int) -> str:
    """What stands before a word that is neither the first nor past the last."""
    places = source.row.places
    return source.text[places[word - 1, 1] : places[word, 0]] if 0 < word < len(places) else ""


def _chosen(phrases: Sequence[Phrase], rng: random.Random) -> list[Phrase]:
    """Some phrases, none of which holds another, in order."""
    found: list[Phrase] = []
    for phrase in rng.sample(phrases, min(len(phrases), 3 * AT_MOST)):
        if all(phrase.end <= other.start or phrase.start >= other.end for other in found):
            found.append(phrase)
    return sorted(found[: rng.randint(1, AT_MOST)], key=lambda phrase: phrase.start)


def _words(source: Source, start: int, end: int, likes: Likes, share: float, rng: random.Random) -> str:
    """The words of a sentence from one place to another, with some exchanged for their like."""
    return other_words(source.text, source.row, (start, end), lambda word, tag: _other(word, tag, likes, share, rng))


def _other(word: str, tag: str, likes: Likes, share: float, rng: random.Random) -> str:
    if tag == "MD" and word.lower() in MODALS:
        return rng.choice(MODALS) if rng.random() < MODAL_SHARE else ""
    return like_of(word, tag, likes, share, rng)


def _cased(words: str, given: Source, start: int) -> str:
    """Words that began their sentence go on in another without a capital, unless they have it of their own."""
    if start or given.row.strings["tags"][0].startswith("NNP") or words.startswith("I "):
        return words
    return words[:1].lower() + words[1:]
