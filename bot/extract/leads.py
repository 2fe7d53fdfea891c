"""What a text runs into a sentence and is not of it: a headline with a dateline, a speaker's label."""

import re

from bot.text.dates import DATE

LABEL = re.compile(r"[A-Z\d“\"‘'(\[][^.!?:\n]{0,90}:\s+(?=[A-Z\d“\"‘'])")
_PLACE = r"\b[A-Z]{4,}(?:,? [A-Z][\w.]*){0,3} (?:\([^)]{2,20}\) )?[-–—]+ "
DATELINE = re.compile(rf"[^.!?\n]{{0,200}}?(?:(?i:{DATE})\s+(?=[A-Z“\"‘'])|{_PLACE})")


def after(lead: re.Pattern[str], text: str, start: int, end: int, first: int) -> int:
    """Where a sentence from `start` to `end` begins after such a lead; `start` if `first`, which matters, is in it."""
    found = lead.match(text, start, end)
    return found.end() if found is not None and found.end() <= first else start
