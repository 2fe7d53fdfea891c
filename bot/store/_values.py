"""How values that SQLite has no type for are written down: ids, instants, folded names, slots."""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from bot.errors import NotFound
from bot.texts import _

Whose = Callable[[str], bool]
"""Whether a workspace is meant, where a verb is about several."""

PREFIXES = {"C": "commitment", "Q": "question", "F": "fact", "S": "source"}
_BY_TYPE = {kind: prefix for prefix, kind in PREFIXES.items()}
_ID = re.compile(r"\s*([CQFS])\s*-?\s*([1-9][0-9]{0,17})\s*", re.IGNORECASE | re.ASCII)


def short_id(kind: str, number: int) -> str:
    """`C-12` for the commitment with the number 12."""
    return f"{_BY_TYPE[kind]}-{number}"


def parse_id(text: str) -> tuple[str, int]:
    """The type and number of a short id, however it is written. Raises `NotFound` for what is none."""
    if not (match := _ID.fullmatch(text)):
        raise no_such(text)
    return PREFIXES[match[1].upper()], int(match[2])


def no_such(text: str) -> NotFound:
    """The error for an id that is not held; the words do not tell whether it is held elsewhere."""
    shown = " ".join(text.split())[:40] or "entry without an id"
    return NotFound(
        _(
            "There is no {shown} here. Ids look like C-12, Q-7, F-3 or S-2; "
            "the lists of commitments, questions, facts and sources show them.",
            shown=shown,
        )
    )


def fold(text: str) -> str:
    """A name as it is compared: without accents, case or surplus blanks."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def bare(text: str) -> str:
    """A folded name without a leading article."""
    folded = fold(text)
    first, _, rest = folded.partition(" ")
    return rest if first in {"the", "a", "an"} and rest else folded


def instant(moment: datetime) -> str:
    """An instant as text that sorts in time. Raises `ValueError` for one without a timezone."""
    if moment.tzinfo is None:
        raise ValueError(f"An instant needs a timezone: {moment!r}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def day_of(moment: datetime) -> date:
    """The day of an instant, in UTC."""
    return moment.astimezone(UTC).date()


def maybe_date(text: str | None) -> date | None:
    """A date from its ISO form."""
    return date.fromisoformat(text) if text else None


def dump(data: Any) -> str:
    """Compact JSON, the same for the same data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def everyones(_workspace: str) -> bool:
    """Every workspace is meant."""
    return True
