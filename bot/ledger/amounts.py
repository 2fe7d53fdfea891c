"""Sums and counts in a text: what of, and how many. Pure; what is only added to something says no total."""

import re
from collections.abc import Mapping

from bot.ledger.words import folded, stem

_SPELT = "one two three four five six seven eight nine ten eleven twelve"
NUMBERS = {word: float(n) for n, word in enumerate(_SPELT.split(), 1)} | {
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "eighty": 80.0,
    "hundred": 100.0,
}
_SCALES = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
    "trillion": 1e12,
}
_MONEY = {"$": "dollar", "us$": "dollar", "usd": "dollar", "€": "euro", "eur": "euro", "£": "pound", "gbp": "pound"}
_AMOUNT = re.compile(
    rf"(?P<money>us\$|\$|€|£|\busd|\beur|\bgbp)?\s?(?P<number>\b\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(NUMBERS)})\b)"
    rf"[\s-]?(?P<scale>(?:{'|'.join(_SCALES)})\b)?\s?(?P<what>%|[^\W\d_]+)?"
)
_WRITTEN = re.compile(_AMOUNT.pattern, re.IGNORECASE)
_PLACES = re.compile(
    r"\b(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+\d+"
    r"|\d+(?:st|nd|rd|th)\b|[a-z]*\d*-\d+\b|[a-z]+\d+\b|\d+\s+(?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december))"
)
_ADDED = re.compile(r"\b(?:additional|another|further|extra|more than|over|up to|at least|other|new)\b")
_SMALL = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "and",
        "the",
        "a",
        "an",
        "or",
        "per",
        "year",
        "years",
        "month",
        "months",
        "day",
        "days",
        "week",
        "weeks",
        "by",
    ]
)


def amounts(text: str, *, added: bool = False) -> Mapping[str, float]:
    """By what is counted (a stem, or a currency), how many; of what stands there twice, nothing.

    Years, days and numbers that are part of a name count nothing; nor does what is added to an unknown rest, but with
    `added`.
    """
    found: dict[str, float] = {}
    twice: set[str] = set()
    plain = _PLACES.sub(" ", folded(text))
    if not added and _ADDED.search(plain):
        return found
    for match in _AMOUNT.finditer(plain):
        unit = _unit(match)
        if not unit or unit in found:
            twice.add(unit)
            continue
        found[unit] = _value(match["number"]) * _SCALES.get(match["scale"] or "", 1)
    return {unit: value for unit, value in found.items() if unit not in twice}


def written(text: str, unit: str) -> str:
    """The words in which a text says how many there are of a unit, "" where it does not."""
    for match in _WRITTEN.finditer(text):
        if unit in amounts(match[0], added=True):
            end = max(match.end("number"), match.end("scale")) if match["money"] else match.end()
            return text[match.start() : end].strip()
    return ""


def is_number(word: str) -> bool:
    """Whether a word only says how many."""
    return word[:1].isdigit() or word in NUMBERS or word in _SCALES


def _unit(match: re.Match[str]) -> str:
    if match["money"]:
        return _MONEY[match["money"].strip()]
    what = match["what"] or ""
    a_year = match["scale"] is None and re.fullmatch(r"(?:19|20)\d\d", match["number"])
    return "" if a_year or what in _SMALL or (len(what) == 1 and what != "%") else stem(what)


def _value(number: str) -> float:
    if number in NUMBERS:
        return NUMBERS[number]
    return float(number.replace(",", ""))
