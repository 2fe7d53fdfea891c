"""What came in and what people decided since an instant, and when members last asked for it."""

from datetime import date, datetime

from sqlite_utils import Database

from bot.domain import LogEntry, Source
from bot.store import _decisions, _records, _sources
from bot.store._sql import column, rows, run, value
from bot.store._values import instant, short_id


def sources(db: Database, workspace: str, since: datetime) -> list[Source]:
    """The Sources added after an instant that count, in the order in which they came."""
    sql = "SELECT number FROM sources WHERE workspace = ? AND added_at > ? AND status = 'current' ORDER BY added_at, id"
    return [_sources.source(db, workspace, f"S-{n}") for n in column(db, sql, (workspace, instant(since)))]


def touched(db: Database, workspace: str, since: datetime) -> list[tuple[str, bool]]:
    """The entries that Sources added after an instant speak of, and whether any was held before that spoke of them."""
    found = rows(db, _TOUCHED, {"workspace": workspace, "since": instant(since)})
    return [(short_id(r["type"], r["number"]), bool(r["known"])) for r in found]


def resting(db: Database, workspace: str, source: str) -> list[str]:
    """The entries that a Source speaks of, counted or not. Raises `NotFound`."""
    written = _sources.written_with(db, _sources.find(db, workspace, source)["id"])
    return [id_ for entries in written.values() for id_, _ in entries]


def decisions(db: Database, workspace: str, since: datetime) -> list[LogEntry]:
    """The lines of the log after an instant that changed something, undos too, the earliest first."""
    lines = _records.log_lines(db, workspace, "l.at > ?", (instant(since),))
    return [line for line in reversed(_decisions.with_effects(db, lines)) if line.effects]


def due_between(db: Database, workspace: str, first: date, end: date) -> list[int]:
    """The numbers of the commitments in the lists whose date is on or after `first` and before `end`."""
    sql = """
        SELECT number FROM entries WHERE workspace = ? AND type = 'commitment' AND shown
            AND json_extract(slots, '$.due_date') >= ? AND json_extract(slots, '$.due_date') < ?
        ORDER BY number
    """
    return column(db, sql, (workspace, first.isoformat(), end.isoformat()))


def visit(db: Database, workspace: str, member: str, now: datetime) -> datetime | None:
    """Note that a member was told now; when they were before, None for the first time."""
    before = visited(db, workspace, member)
    run(db, "INSERT OR REPLACE INTO visits VALUES (?, ?, ?)", (workspace, member, instant(now)))
    return before


def visited(db: Database, workspace: str, member: str) -> datetime | None:
    """When a member was told last."""
    before = value(db, "SELECT at FROM visits WHERE workspace = ? AND member = ?", (workspace, member))
    return datetime.fromisoformat(before) if before else None


M023 = """
    CREATE INDEX entries_due ON entries (workspace, json_extract(slots, '$.due_date'))
    WHERE type = 'commitment' AND shown AND json_extract(slots, '$.due_date') IS NOT NULL
"""
_TOUCHED = """
    SELECT e.type, e.number, EXISTS (
        SELECT 1 FROM mentions o JOIN sources s ON s.id = o.source WHERE o.entry = e.id AND s.added_at <= :since
    ) AS known
    FROM entries e WHERE e.id IN (
        SELECT m.entry FROM sources s JOIN mentions m ON m.source = s.id
        WHERE s.workspace = :workspace AND s.added_at > :since AND s.status = 'current')
    ORDER BY e.type, e.number
"""
