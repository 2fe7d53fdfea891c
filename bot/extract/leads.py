"""What a text runs into a sentence and is not of it: a headline with a dateline, a speaker's label."""

import re

from bot.text.dates import DATE

LABEL = re.compile(r"[A-Z\d“\"‘'(\[][^.!?:\n]{0,90}:\s+(?=[A-Z\d“\"‘'])")
_PLACE = r"\b[A-Z]{4,}(?:,? [A-Z][\w.]*){0,3} (?:\([^)]{2,20}\) )?[-–—]+ "
_DAY = r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2} [-–—]+ "
_AGENCY = r"\b(?:AFP|AP|BBC|CNN|DPA|PTI|UPI) [-–—]+ "
DATELINE = re.compile(rf"(?P<before>[^.!?\n]{{0,200}}?)(?:(?i:{DATE})\s+(?=[A-Z“\"‘'])|{_PLACE}|{_AGENCY}|{_DAY})")
_WITHIN = re.compile(
    r"\b(?:on|of|in|by|from|since|until|till|to|after|before|between|and|for|dated|the)\s+(?:\w+day,?\s+)?$",
    re.IGNORECASE,
)
"""What goes before a date that belongs to its sentence ("on 21 July 2017 The Hague ...")."""


def dateline(text: str, start: int, end: int) -> tuple[int, ...]:
    """Where a headline, a dateline and the first sentence part that a text from `start` to `end` runs together.

    Nothing for any other text.
    """
    found = DATELINE.match(text, start, end)
    if found is None or _WITHIN.search(found["before"]):
        return ()
    return tuple(place for place in (found.end("before"), found.end()) if place > start)


def after(lead: re.Pattern[str], text: str, start: int, end: int, first: int) -> int:
    """Where a sentence from `start` to `end` begins after such a lead; `start` if `first`, which matters, is in it."""
    found = lead.match(text, start, end)
    if found is None or found.end() > first or _WITHIN.search(found.groupdict().get("before") or ""):
        return start
    return found.end()
