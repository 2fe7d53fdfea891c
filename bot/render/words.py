"""Small formatters for people: plurals, lists, dates, lengths."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime

_INSTANT = re.compile(
    r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]+) (?P<year>\d{4}), (?P<hour>\d\d):(?P<minute>\d\d) UTC", re.ASCII
)
ELLIPSIS = "…"
_IRREGULAR = {
    "entry": "entries",
    "new entry": "new entries",
    "log entry": "log entries",
    "reply": "replies",
    "copy": "copies",
    "try": "tries",
    "party": "parties",
    "line of the log": "lines of the log",
    "digest or update": "digests and updates",
}


def plural(count: int, noun: str) -> str:
    """`1 source`, `2 sources`, `1,200 sources`."""
    return f"{count:,} {noun if count == 1 else _IRREGULAR.get(noun, noun + 's')}"


def human_join(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def day(when: date | None) -> str:
    """`14 March 2026`; "" for no date. The same on every machine, whatever its locale."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}" if when else ""


def instant(when: datetime | None) -> str:
    """`14 March 2026, 09:05 UTC`; "" for none."""
    return f"{day(when.date())}, {when:%H:%M} {when:%Z}".rstrip() if when else ""


def read_instant(words: str) -> datetime | None:
    """The instant that `instant` put into words; None for anything else."""
    found = _INSTANT.fullmatch(words)
    if found is None or found["month"] not in _MONTHS:
        return None
    numbers = int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"])
    try:
        return datetime(*numbers, int(found["hour"]), int(found["minute"]), tzinfo=UTC)
    except ValueError:
        return None


def clip(text: str, limit: int) -> str:
    """The text on one line, cut at a word's end with an ellipsis where it is longer than `limit`."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: max(0, limit - 1)]
    shorter = cut.rsplit(" ", 1)[0]
    kept = shorter if len(shorter) > limit // 2 else _whole(cut)
    return kept.rstrip(" ,;:") + ELLIPSIS


def _whole(cut: str) -> str:
    """Without a last character that the cut has parted from its accents or its joined emoji."""
    while cut and (cut[-1] in "\u200d\ufe0f" or unicodedata.combining(cut[-1])):
        cut = cut[:-1]
    return cut


def capital(text: str) -> str:
    """The text with its first letter in upper case and nothing else changed."""
    return text[:1].upper() + text[1:]


def size(count: int) -> str:
    """Bytes as `12 KiB` or `3.4 MiB`."""
    return f"{count / 1024:,.0f} KiB" if count < 1024 * 1024 else f"{count / 1024 / 1024:,.1f} MiB"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
