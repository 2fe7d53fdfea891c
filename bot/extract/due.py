"""When something is due: the words of the text, and the day they mean where that is certain."""

import calendar
import re
from collections.abc import Container, Iterator
from datetime import date, timedelta

from spacy.tokens import Token

from bot.extract.clauses import SUBJECTS, Tree
from bot.text import parse_date

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?(?!\d)"
_TO = r"(?:\s?[-–]\s?\d{1,2}(?!\d))?"
"""The end of a period within a month: "April 21-23"."""
_DAY = (
    rf"(?:(?:{_DAYS}),?\s+)?(?:(?:{_MONTHS})\s+{_ORDINAL}{_TO}|{_ORDINAL}{_TO}\s+(?:of\s+)?(?:{_MONTHS}))"
    r"(?:,?\s+(?:19|20)\d\d)?"
)
_MONTH = rf"(?:{_MONTHS})(?:\s+(?:19|20)\d\d)?\b"
_UNIT = r"(?:day|weekend|week|month|year|decade|quarter|summer|autumn|fall|winter|spring)"
_NUMBER = r"(?:\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|the next|the coming|the next few|a few|several)"
_END = r"(?:the\s+)?(?:end|beginning|start|middle)\s+of\s+"
_FEASTS = (
    r"Christmas(?:\s+(?:Day|Eve))?|Easter|New\s+Year(?:['’]s\s+(?:Day|Eve))?"
    r"|Ramadan|Eid|Diwali|Passover|Thanksgiving|Whitsun"
)
_PATTERNS = (
    rf"(?:by|before|until|no later than|in time for|at)\s+(?:{_FEASTS})(?:\s+(?:19|20)\d\d)?",
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
    rf"(?:by\s+|before\s+|in\s+)?(?:next|this|this\s+coming)\s+{_UNIT}",
    r"(?:by\s+)?(?:tomorrow|tonight)(?:\s+(?:morning|afternoon|evening|night))?",
)
_DUE = tuple(re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE) for pattern in _PATTERNS)
_LOOSE = re.compile(rf"(?:in\s+)?this\s+{_UNIT}", re.IGNORECASE)
"""A time beside which a nearer one counts: "this week on February 24"."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY_IN = re.compile(_DAY, re.IGNORECASE)
_FEAST_IN = re.compile(rf"\b(?:{_FEASTS})\b", re.IGNORECASE)
_MONTH_IN = re.compile(rf"\b({_MONTHS})\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"(?:on\s+|by\s+)?({_DAYS})(?:\s+(?:morning|afternoon|evening|night))?$", re.IGNORECASE)
_VAGUE = re.compile(r"\b(?:beginning|start|starting|middle|mid|early|late|from|before|until)\b")
_NAMES = [name.lower() for name in _MONTHS.split("|")]


_DEADLINE = frozenset({"by", "before", "until", "within", "no", "later"})
_ADJUNCTS = frozenset({"obl", "obl:unmarked", "obl:tmod", "advmod", "nmod", "nmod:unmarked", "nmod:tmod"})
_NOMINAL = frozenset({"nmod", "nmod:unmarked", "obj", "iobj", "obl", "nsubj:pass", "conj"})
_PAST = frozenset({"VBD", "VBN"})
_MOST_MONTHS_AHEAD = 6


def due_words(text: str) -> str | None:
    """The first words in a text that say when something is due, None where there are none."""
    first = next(_spans(text), None)
    return text[first[0] : first[1]].strip() if first else None


def due_of(tree: Tree, content: Token, verb: Token, apart: Container[int] = ()) -> str | None:
    """The words that say when the deed `content` is due; None where no time hangs from the deed itself.

    `verb` is the predicate of the undertaking ("vowed"): a time that belongs to it ("vowed on Monday") is none of the
    deed's. `apart` are the places of a condition. A time with an alternative ("in June and October") is no due date.
    Of several times the first counts, but "this week" only where there is no other.
    """
    every = list(_due_times(tree, content, verb, apart))
    return next((words for words in every if not _LOOSE.fullmatch(words)), every[0] if every else None)


def _due_times(tree: Tree, content: Token, verb: Token, apart: Container[int]) -> Iterator[str]:
    """The times that hang from the deed, in the order of the text."""
    text, places = _spelled(tree)
    for start, end in _spans(text):
        words = [token for token, place in zip(tree.tokens, places, strict=True) if start <= place < end]
        inside = {token.i for token in words}
        top = next((token for token in words if token.head.i not in inside), None)
        if top is None or not inside.isdisjoint(place for place in inside if place in apart):
            continue
        if tree.child(top, "conj") is None and _of_deed(tree, top, words[0], content, verb):
            yield text[start:end].strip()


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where times stand in a text, in order; of those that overlap, the one that begins first and is longest."""
    end = -1
    for match in sorted((m for p in _DUE for m in p.finditer(text)), key=lambda m: (m.start(), -m.end())):
        if match.start() >= end:
            end = match.end()
            yield match.span()


def _spelled(tree: Tree) -> tuple[str, list[int]]:
    """The sentence and where each of its tokens begins in it."""
    places, parts, length = [], [], 0
    for token in tree.tokens:
        places.append(length)
        parts.append(token.text_with_ws)
        length += len(parts[-1])
    return "".join(parts), places


def _of_deed(tree: Tree, top: Token, opening: Token, content: Token, verb: Token) -> bool:
    """Whether a time, whose words begin with `opening`, hangs from the deed and not from what is around it."""
    deadline = tree.form(opening) in _DEADLINE
    above = tree.head(top)
    if above is None or top.dep_ not in _ADJUNCTS or _of_the_report(tree, top, above):
        return False
    if above.i == verb.i and verb.i != content.i:
        return top.i > content.i and (deadline or verb.tag_ not in _PAST)
    if above.pos_ not in {"VERB", "AUX"} and not (deadline or above.i == content.i):
        return False
    if above.i == content.i and content.pos_ in {"NOUN", "PROPN"}:
        return deadline
    return _leads_to(tree, above, content)


def _of_the_report(tree: Tree, top: Token, clause: Token) -> bool:
    """Whether a time stands between the verb of saying and what is said: "told us in August they would confirm"."""
    said, own = tree.head(clause), tree.child(clause, *SUBJECTS)
    if said is None or own is None or clause.dep_ != "ccomp":
        return False
    opened = any(said.i < kid.i < top.i for kid in tree.children(clause, "mark"))
    return said.i < top.i < own.i and not opened


def _leads_to(tree: Tree, token: Token, content: Token) -> bool:
    """Whether only nominal links and verbs without a subject of their own lie between a word and the deed."""
    current: Token | None = token
    while current is not None and current.i != content.i:
        if current.dep_ not in _NOMINAL and current.dep_ != "xcomp":
            return False
        if current.dep_ == "conj" and current.pos_ in {"VERB", "AUX"}:
            return False
        current = tree.head(current)
    return current is not None


def due_date(words: str, published: date | None) -> date | None:
    """The day that the words mean (the last one, for a period), None where that is not certain.

    Words without a year count from the publication date: "in March" is the next March that is not over, if that is at
    most half a year away; beyond that the text may as well speak of the last one.
    """
    if _DAY_IN.search(words):
        return _day(words, published)
    if _FEAST_IN.search(words):
        return None
    if year := _YEAR.search(words):
        return _end_of(words, int(year.group()))
    if published is None:
        return None
    return _relative(words.lower(), published)


def lies_behind(words: str, published: date | None) -> bool:
    """Whether words name a year that is over, as in "on trial over the crash in 2000"."""
    year = _YEAR.search(words)
    return year is not None and published is not None and int(year.group()) < published.year


def _day(words: str, published: date | None) -> date | None:
    match = _DAY_IN.search(words)
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", match.group()) if match else ""
    text = re.sub(r"\d{1,2}\s?[-–]\s?(?=\d{1,2}(?!\d))", "", text)  # of a period its last day
    if _YEAR.search(text):
        return parse_date(text)
    if published is None:
        return None
    years = (parse_date(f"{text}, {year}") for year in (published.year, published.year + 1))
    return next((day for day in years if day and published <= day and _soon(day, published)), None)


def _soon(day: date, published: date) -> bool:
    return (day.year - published.year) * 12 + day.month - published.month <= _MOST_MONTHS_AHEAD


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
    if re.fullmatch(r"by (?:the )?(?:month[- ]end|end of (?:the|this) month)", words):
        return published.replace(day=calendar.monthrange(published.year, published.month)[1])
    if re.fullmatch(r"by (?:the )?(?:year[- ]end|year['’]?s end|end of (?:the|this) year)", words):
        return date(published.year, 12, 31)
    if (month := _MONTH_IN.search(words)) and not _VAGUE.search(words):
        number = _NAMES.index(month.group(1).lower()) + 1
        day = _end_of(month.group(1), published.year + (number < published.month))
        return day if day is not None and _soon(day, published) else None
    return None


def _weekday(name: str) -> int:
    return [day.lower() for day in _DAYS.split("|")].index(name.lower())
