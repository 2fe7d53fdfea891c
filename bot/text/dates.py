"""Dates as documents write them. A date that could be read in two ways is none."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:"
    r"(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)(?:[T ]\d\d:\d\d\S*)?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH.format('m2')},?\s+(?P<y2>(?:19|20)\d\d)"
    rf"|{_MONTH.format('m3')}\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>(?:19|20)\d\d)"
    r"|(?P<a4>\d{1,2})[./](?P<b4>\d{1,2})[./](?P<y4>(?:19|20)\d\d)"
    r")(?!\d)"
)
"""A regular expression (to be used without regard to case) for a whole date; `from_match` reads what it found."""

_WHOLE = re.compile(rf"\s*{DATE}", re.IGNORECASE)


def parse_date(words: str) -> date | None:
    """The date that `words` begin with, in ISO form or written out; None where there is none or it is ambiguous."""
    match = _WHOLE.match(words)
    return from_match(match) if match else None


def from_match(match: re.Match[str]) -> date | None:
    """The date that a match of `DATE` holds; None where there is no such day or the order is ambiguous."""
    got = match.groupdict()
    if got["y1"]:
        return _date(got["y1"], int(got["m1"]), got["d1"])
    if got["y2"]:
        return _date(got["y2"], _MONTHS.index(got["m2"][:3].lower()) + 1, got["d2"])
    if got["y3"]:
        return _date(got["y3"], _MONTHS.index(got["m3"][:3].lower()) + 1, got["d3"])
    return _numeric(got["y4"], int(got["a4"]), int(got["b4"]))


def _numeric(year: str, first: int, second: int) -> date | None:
    """14/03/2026 and 03/14/2026 have one reading each, 03/04/2026 has two unless both numbers are the same."""
    if first > 12 or first == second:
        return _date(year, second, first)
    return _date(year, first, second) if second > 12 else None


def _date(year: str, month: int, day: str | int) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
