"""When something is due: the words of the text, and the day they mean where that is certain."""

import calendar
import re
from datetime import date, timedelta

from bot.text import parse_date

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?(?!\d)"
_DAY = (
    rf"(?:(?:{_DAYS}),?\s+)?(?:(?:{_MONTHS})\s+{_ORDINAL}|{_ORDINAL}\s+(?:of\s+)?(?:{_MONTHS}))"
    r"(?:,?\s+(?:19|20)\d\d)?"
)
_MONTH = rf"(?:{_MONTHS})(?:\s+(?:19|20)\d\d)?\b"
_UNIT = r"(?:day|week|month|year|decade|quarter|summer|autumn|fall|winter|spring)"
_NUMBER = r"(?:\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|the next|the coming|the next few|a few|several)"
_END = r"(?:the\s+)?(?:end|beginning|start|middle)\s+of\s+"
_PATTERNS = (
    rf"(?:by|before|until|no later than|in|at|on|from|starting)?\s*{_END}"
    rf"(?:{_MONTH}|(?:this|next|the)\s+{_UNIT}|(?:19|20)\d\d)",
    rf"(?:by|before|until|no later than|on|from|starting)?\s*\b{_DAY}",
    rf"(?:by|before|until|in|no later than)\s+(?:late\s+|early\s+|mid-?\s*)?{_MONTH}",
    r"(?:by|before|until|in|no later than)\s+(?:the\s+year\s+)?(?:19|20)\d\d\b",
    r"(?:by\s+)?(?:year|month)[- ]end|by\s+(?:the\s+)?year['’]?s?\s+end",
    rf"within\s+(?:the\s+)?(?:next\s+|coming\s+)?{_NUMBER}?\s*(?:hours?|{_UNIT}s?)",
    rf"(?:in|over)\s+the\s+(?:coming|next)\s+(?:\w+\s+)?(?:hours|{_UNIT}s)",
    rf"(?:on\s+|by\s+|next\s+|this\s+|(?:late|early)\s+)*(?:{_DAYS})\b(?:\s+(?:morning|afternoon|evening|night))?",
    rf"(?:later|early|late|sometime)\s+(?:this|next)\s+{_UNIT}|later\s+today",
    rf"(?:by\s+|before\s+|in\s+)?(?:next|this\s+coming)\s+{_UNIT}",
    r"(?:by\s+)?(?:tomorrow|tonight)(?:\s+(?:morning|afternoon|evening|night))?",
)
_DUE = tuple(re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE) for pattern in _PATTERNS)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY_IN = re.compile(_DAY, re.IGNORECASE)
_MONTH_IN = re.compile(rf"\b({_MONTHS})\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"(?:on\s+|by\s+)?({_DAYS})(?:\s+(?:morning|afternoon|evening|night))?$", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:beginning|start|starting|middle|mid|early|late|from|before|until)\b")
_NAMES = [name.lower() for name in _MONTHS.split("|")]


def due_words(text: str) -> str | None:
    """The first words in a text that say when something is due, None where there are none."""
    hits = [match for pattern in _DUE if (match := pattern.search(text))]
    if not hits:
        return None
    first = min(hits, key=lambda match: (match.start(), -match.end()))
    return first.group().strip()


def due_date(words: str, published: date | None) -> date | None:
    """The day that the words mean (the last one, for a period), None where that is not certain.

    Words without a year count from the publication date: "in March" is the next March that is not over.
    """
    if _DAY_IN.search(words):
        return _day(words, published)
    if year := _YEAR.search(words):
        return _end_of(words, int(year.group()))
    if published is None:
        return None
    return _relative(words.lower(), published)


def _day(words: str, published: date | None) -> date | None:
    match = _DAY_IN.search(words)
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", match.group()) if match else ""
    if _YEAR.search(text):
        return parse_date(text)
    if published is None:
        return None
    this = parse_date(f"{text}, {published.year}")
    return this if this is None or this >= published else parse_date(f"{text}, {published.year + 1}")


def _end_of(words: str, year: int) -> date | None:
    lower = words.lower()
    if _VAGUE.search(lower):
        return None
    month = _MONTH_IN.search(lower)
    if month is None:
        return date(year, 12, 31)
    number = _NAMES.index(month.group(1).lower()) + 1
    return date(year, number, calendar.monthrange(year, number)[1])


def _relative(words: str, published: date) -> date | None:
    if re.fullmatch(r"(?:by\s+)?tomorrow(?:\s+\w+)?", words):
        return published + timedelta(days=1)
    if re.fullmatch(r"(?:by\s+)?(?:tonight|later today)", words):
        return published
    if weekday := _WEEKDAY.fullmatch(words):
        ahead = (_weekday(weekday.group(1)) - published.weekday() - 1) % 7 + 1
        return published + timedelta(days=ahead)
    if re.fullmatch(r"by (?:the )?(?:year[- ]end|year['’]?s end|end of (?:the|this) year)", words):
        return date(published.year, 12, 31)
    if (month := _MONTH_IN.search(words)) and not _VAGUE.search(words):
        number = _NAMES.index(month.group(1).lower()) + 1
        return _end_of(month.group(1), published.year + (number < published.month))
    return None


def _weekday(name: str) -> int:
    return [day.lower() for day in _DAYS.split("|")].index(name.lower())
