"""Near-copies: one text in several Sources, each with a headline, a byline or an end of its own. Pure.

A text is looked up by keys (the bands of a MinHash), so that a look-up costs the same however much is held. What shares
a key is then compared word by word: texts that say another figure, name or polarity in the same sentence, or each a
passage that the other does not have, are two texts, however much they share.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rensa import RMinHash

from bot.ledger.amounts import is_number

FEWEST_WORDS = 40
"""Shorter texts are alike by chance, or by the form that they have."""
_SHINGLE = 4
_BANDS, _ROWS, _SEED = 32, 4, 1
_SHARED, _OF_THE_LONGER = 0.8, 0.6
_LIKE = 0.6
_OWN_WORDS, _OWN_SHARE = 25, 0.03
"""So much may each of two near-copies have that the other has not: a headline, a byline, a notice."""
_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")
_UNITS = re.compile(r"\n+|(?<=[.!?])[\"”’']?\s+")
_STAMP = re.compile(
    r"published|updated|posted|last|on|at|gmt|utc|am|pm|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:jan|febr)uary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber|\d[\d.,]*"
)
"""A word of a line that only says when something was published."""
_POLAR = frozenset(
    [
        "not",
        "no",
        "never",
        "neither",
        "nor",
        "cannot",
        "without",
        "against",
        "will",
        "would",
        "may",
        "might",
        "could",
        "must",
        "shall",
        "should",
        "refuse",
        "refuses",
        "refused",
        "reject",
        "rejects",
        "rejected",
        "deny",
        "denies",
        "denied",
        "withdraw",
        "withdraws",
        "withdrew",
        "withdrawn",
        "fail",
        "fails",
        "failed",
        "unless",
    ]
)
_SMALL = _POLAR | frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "but",
        "or",
        "if",
        "in",
        "on",
        "at",
        "by",
        "of",
        "to",
        "for",
        "from",
        "with",
        "as",
        "it",
        "its",
        "he",
        "she",
        "they",
        "we",
        "i",
        "his",
        "her",
        "their",
        "our",
        "you",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "when",
        "while",
        "after",
        "before",
        "since",
        "however",
        "also",
        "then",
        "so",
        "such",
        "some",
        "all",
        "both",
        "each",
    ]
)
"""Words that name nothing, though a sentence begins with them."""


class _Unit(NamedTuple):
    """A sentence or line: its words, folded, and those that make its substance."""

    words: tuple[str, ...]
    substance: tuple[str, ...]


def text_keys(text: str) -> tuple[int, ...]:
    """What a text is looked up by as a copy or an original; nothing for a short one."""
    words = _folded(text)
    if len(words) < FEWEST_WORDS:
        return ()
    sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    sketch.update(sorted(_shingles(words)))
    digest = sketch.digest()
    return tuple(_key(band, digest[band * _ROWS : (band + 1) * _ROWS]) for band in range(_BANDS))


def near_copy(text: str, other: str) -> bool:
    """Whether two texts are one in all but what a publisher adds, cuts or words otherwise."""
    words, others = _folded(text), _folded(other)
    if min(len(words), len(others)) < FEWEST_WORDS or not _much_shared(_shingles(words), _shingles(others)):
        return False
    ours, theirs = _units(text), _units(other)
    left, right = _without(ours, theirs), _without(theirs, ours)
    if len(left) > len(right):
        left, right = right, left
    pairs = [(unit, like) for unit in left if (like := _nearest(unit, right))]
    if any(_at_odds(unit, like) for unit, like in pairs):
        return False
    own = [_length(left, {unit for unit, _ in pairs}), _length(right, {like for _, like in pairs})]
    return min(own) <= max(_OWN_WORDS, _OWN_SHARE * min(len(words), len(others)))


def _key(band: int, rows: Sequence[int]) -> int:
    """A band of a signature as a number that SQLite holds."""
    written = f"{band}:{','.join(map(str, rows))}".encode()
    return int.from_bytes(hashlib.blake2b(written, digest_size=8).digest(), "big", signed=True)


def _folded(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _shingles(words: Sequence[str]) -> set[str]:
    return {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def _much_shared(one: set[str], other: set[str]) -> bool:
    shared = len(one & other)
    return shared >= _SHARED * min(len(one), len(other)) and shared >= _OF_THE_LONGER * max(len(one), len(other))


def _units(text: str) -> list[_Unit]:
    """The sentences and lines, without those that only say when something was published."""
    return [unit for part in _UNITS.split(text) if not _is_stamp(part) and (unit := _unit(part)).words]


def _is_stamp(part: str) -> bool:
    return any(char.isalpha() for char in part) and all(map(_STAMP.fullmatch, _folded(part)))


def _unit(part: str) -> _Unit:
    said = _WORD.findall(part)
    whole = part.rstrip().endswith((".", "!", "?", "”", '"'))  # a headline has capitals that name nothing
    return _Unit(tuple(word.casefold() for word in said), tuple(_substance(said, named=whole)))


def _substance(said: Sequence[str], *, named: bool) -> Iterator[str]:
    """The figures, and where names are told by their capitals, the names."""
    for word in said:
        folded = word.casefold()
        figure = any(char.isdigit() for char in word) or is_number(folded)
        if figure or (named and word[0].isupper() and folded not in _SMALL):
            yield folded


def _without(units: Sequence[_Unit], others: Sequence[_Unit]) -> list[_Unit]:
    known = {unit.words for unit in others}
    return list(dict.fromkeys(unit for unit in units if unit.words not in known))


def _nearest(unit: _Unit, others: Sequence[_Unit]) -> _Unit | None:
    """The unit that says it in other words, if one does."""
    best = max(others, key=lambda other: _likeness(unit, other), default=None)
    return best if best and _likeness(unit, best) >= _LIKE else None


def _likeness(unit: _Unit, other: _Unit) -> float:
    ours, theirs = set(unit.words), set(other.words)
    return len(ours & theirs) / min(len(ours), len(theirs))


def _at_odds(unit: _Unit, other: _Unit) -> bool:
    """Whether each says a figure or name that the other does not, or one of them is turned round."""
    turned = (set(unit.words) ^ set(other.words)) & _POLAR
    ours, theirs = (_lacking(unit, other), _lacking(other, unit))
    return bool(turned or (ours and theirs))


def _lacking(unit: _Unit, other: _Unit) -> Counter[str]:
    """What of the substance of a unit the other has not, or not as often."""
    return Counter(unit.substance) - Counter(other.words)


def _length(units: Sequence[_Unit], paired: set[_Unit]) -> int:
    return sum(len(unit.words) for unit in units if unit not in paired)
