"""Slots that people set: kept apart from what the Sources say, and laid over it when an entry is read."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from bot.domain import Correction
from bot.store._sql import marks, row, rows, run
from bot.store._values import dump, instant

Corrections = tuple[Correction, ...]


def of(db: Database, entry: int) -> Corrections:
    """What people set of one entry, by the slot's name."""
    return of_all(db, [entry])[entry]


def of_all(db: Database, entries: Sequence[int]) -> dict[int, Corrections]:
    """What people set, by entry; an entry without corrections has none."""
    found: dict[int, Corrections] = defaultdict(tuple)
    sql = f"SELECT * FROM corrections WHERE entry IN ({marks(entries)}) ORDER BY entry, slot"
    for r in rows(db, sql, entries):
        found[r["entry"]] += (_correction(r["slot"], r["value"], r["who"], r["at"]),)
    return found


def packed(correction: Correction) -> str:
    """A correction as the log keeps it."""
    return dump({"value": correction.value, "who": correction.who, "at": instant(correction.at)})


def held(db: Database, entry: int, slot: str) -> str | None:
    """The correction of a slot as the log keeps it, None where there is none."""
    found = row(db, "SELECT * FROM corrections WHERE entry = ? AND slot = ?", (entry, slot))
    return packed(_correction(slot, found["value"], found["who"], found["at"])) if found else None


def put(db: Database, entry: int, slot: str, value: str | None) -> None:
    """Lay a correction, as `packed` made it, over a slot, or take it away."""
    run(db, "DELETE FROM corrections WHERE entry = ? AND slot = ?", (entry, slot))
    if value is not None:
        said = json.loads(value)
        run(
            db,
            "INSERT INTO corrections VALUES (?, ?, ?, ?, ?)",
            (entry, slot, dump(said["value"]), said["who"], said["at"]),
        )


def _correction(slot: str, value: str, who: str, at: str) -> Correction:
    given = json.loads(value)
    return Correction(slot, tuple(given) if isinstance(given, list) else given, who, datetime.fromisoformat(at))
