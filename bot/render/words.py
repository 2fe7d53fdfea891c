"""Small formatters for people: plurals, lists, dates, lengths."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot import texts
from bot.texts import _

_INSTANT = re.compile(
    r"(?P<day>[0-9]{1,2}) (?P<month>\S+) (?P<year>[0-9]{4}), (?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}) UTC"
)
ELLIPSIS = "…"
IRREGULAR = {
    "entry": "entries",
    "new entry": "new entries",
    "log entry": "log entries",
    "reply": "replies",
    "copy": "copies",
    "try": "tries",
    "party": "parties",
    "line of the log": "lines of the log",
    "commitment said again": "commitments said again",
    "open question said again": "open questions said again",
    "slot that you set": "slots that you set",
    "digest or update that you set": "digests and updates that you set",
    "message of yours that was added": "messages of yours that were added",
    "document of yours that waits": "documents of yours that wait",
    "feed that you added": "feeds that you added",
    "suggestion of yours that was decided on": "suggestions of yours that were decided on",
}


def forms(noun: str) -> tuple[str, str]:
    """A noun with its number, as the texts of one and of several."""
    return "{count:,} " + noun, "{count:,} " + IRREGULAR.get(noun, noun + "s")


def plural(count: int, noun: str) -> str:
    """`1 source`, `2 sources`, `1,200 sources`; a literal noun is collected for translators by itself."""
    return texts.n_(*forms(noun), count)


def unit(one: str) -> str:
    """The same; it marks a noun that `plural` is not given as a literal, so that it is collected too."""
    return one


def human_join(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; or with "or"."""
    if len(parts) < 2:
        return "".join(parts)
    several, one = ", ".join(parts[:-1]), parts[-1]
    if last == "or":
        return _("{several} or {one}", several=several, one=one)
    return _("{several} and {one}", several=several, one=one)


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
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
