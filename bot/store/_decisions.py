"""What people decide: cells of the ledger are set, and the log says who did it and how it was before.

A kind of cell is one line of `_CELLS`: how it is read, and how it is set, with all that follows from it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from bot.domain import Cell, Effect, LinkStatus, LogEntry, SourceStatus
from bot.errors import BadInput, NotFound
from bot.store import _aliases, _corrections, _entries, _links, _postings, _records, _sources
from bot.store._sql import rows, run
from bot.texts import _

Values = Mapping[Cell, str | None]


class Kind(NamedTuple):
    """How the cells of a kind are read and set."""

    read: Callable[[Database, str, Cell], str | None]
    write: Callable[[Database, str, Cell, str | None, datetime], None]


def decide(
    db: Database,
    workspace: str,
    who: str,
    what: str,
    subject: str,
    now: datetime,
    values: Values,
    details: Mapping[str, str],
) -> LogEntry:
    """Set cells, and log it. Raises `BadInput` where they hold these values already."""
    before = {cell: _CELLS[cell.kind].read(db, workspace, cell) for cell in values}
    _set(db, workspace, values, now)
    after = {cell: _CELLS[cell.kind].read(db, workspace, cell) for cell in values}
    effects = tuple(Effect(cell, before[cell], after[cell]) for cell in values if before[cell] != after[cell])
    if not effects:
        raise BadInput(_("{subject} is like that already, so nothing was changed.", subject=subject))
    line = _records.write_log(db, workspace, who, what, subject, now, details)
    return _with_effects(db, line, effects)


def log_added(db: Database, workspace: str, source: str, who: str, now: datetime) -> LogEntry:
    """Log that a person added a Source: before that it was as good as removed."""
    line = _records.write_log(db, workspace, who, "source added", source, now, {})
    cell = Cell("source", source)
    return _with_effects(db, line, [Effect(cell, SourceStatus.REMOVED, SourceStatus.CURRENT)])


def log_version(db: Database, workspace: str, old: str, new: str, who: str, now: datetime) -> LogEntry:
    """Let a Source that was just added supersede another, and log both as one decision."""
    values: Values = {Cell("source", old): SourceStatus.SUPERSEDED, Cell("successor", old): new}
    before = {cell: _CELLS[cell.kind].read(db, workspace, cell) for cell in values}
    _set(db, workspace, values, now)
    line = _records.write_log(db, workspace, who, "new version", new, now, {"old": old})
    effects = [Effect(cell, before[cell], after) for cell, after in values.items()]
    return _with_effects(db, line, [Effect(Cell("source", new), SourceStatus.REMOVED, SourceStatus.CURRENT), *effects])


def take_back(db: Database, workspace: str, id: int, who: str, now: datetime, details: Mapping[str, str]) -> LogEntry:  # noqa: A002
    """Put back what a line of the log changed, or, where that line is an undo, what it had put back; log it.

    Callers want `bot.revise.undo`, which takes back what depends on it first. Raises `NotFound`, and `BadInput` where
    it is taken back already or something has changed the same since.
    """
    line = entry(db, workspace, id)
    stands = {effect.cell: _CELLS[effect.cell.kind].read(db, workspace, effect.cell) for effect in line.effects}
    if line.undone_by or any(stands[effect.cell] != effect.after for effect in line.effects):
        raise BadInput(
            _("#{id} cannot be taken back any more: what it changed has been changed since. /log shows how.", id=id)
        )
    _set(db, workspace, {effect.cell: effect.before for effect in line.effects}, now)
    undo = _records.write_log(db, workspace, who, "undone", line.subject, now, {**details, "line": str(id)}, undoes=id)
    run(db, "DELETE FROM undone WHERE undone_by = ?", (id,))
    run(db, "INSERT INTO undone VALUES (?, ?)", (id, undo.id))
    return _with_effects(db, undo, [Effect(e.cell, e.after, e.before) for e in line.effects])


def entry(db: Database, workspace: str, id: int) -> LogEntry:  # noqa: A002
    """A line of the log. Raises `NotFound`."""
    found = _records.log_lines(db, workspace, "l.id = ?", (id,))
    if not found:
        raise NotFound(_("There is no line #{id} in the log. /log shows its lines with their numbers.", id=id))
    return with_effects(db, found)[0]


def since(db: Database, workspace: str, id: int) -> tuple[LogEntry, ...]:  # noqa: A002
    """The decisions after this line that changed something and are not taken back, the earliest first; no undos."""
    lines = _records.log_lines(db, workspace, "l.id > ? AND l.undoes IS NULL AND u.undone_by IS NULL", (id,))
    return tuple(line for line in reversed(with_effects(db, lines)) if line.effects)


def with_effects(db: Database, lines: Sequence[LogEntry]) -> list[LogEntry]:
    """Lines of the log with what they changed."""
    return [_records.changed(line, _effects(db, line.id)) for line in lines]


def _effects(db: Database, line: int) -> tuple[Effect, ...]:
    found = rows(db, "SELECT * FROM log_effects WHERE log = ? ORDER BY kind, subject, part", (line,))
    return tuple(Effect(Cell(r["kind"], r["subject"], r["part"]), r["before"], r["after"]) for r in found)


def _with_effects(db: Database, line: LogEntry, effects: Sequence[Effect]) -> LogEntry:
    for e in effects:
        values = (line.id, e.cell.kind, e.cell.of, e.cell.part, e.before, e.after)
        run(db, "INSERT INTO log_effects VALUES (?, ?, ?, ?, ?, ?)", values)
    return _records.changed(line, tuple(effects))


def _set(db: Database, workspace: str, values: Values, now: datetime) -> None:
    for cell, after in values.items():
        _CELLS[cell.kind].write(db, workspace, cell, after, now)


def _source_status(db: Database, workspace: str, cell: Cell) -> str:
    return str(_sources.find(db, workspace, cell.of)["status"])


def _set_source_status(db: Database, workspace: str, cell: Cell, after: str | None, now: datetime) -> None:
    status = SourceStatus(after or SourceStatus.REMOVED)
    _sources.set_status(db, workspace, cell.of, status)
    if status is not SourceStatus.CURRENT:
        _postings.drop_update(db, workspace, cell.of, now)


def _wrong(db: Database, workspace: str, cell: Cell) -> str | None:
    return "1" if _entries.find(db, workspace, cell.of)["wrong"] else None


def _set_wrong(db: Database, workspace: str, cell: Cell, after: str | None, _now: datetime) -> None:
    _entries.set_wrong(db, _entries.find(db, workspace, cell.of)["id"], wrong=after is not None)


def _slot(db: Database, workspace: str, cell: Cell) -> str | None:
    return _corrections.held(db, _entries.find(db, workspace, cell.of)["id"], cell.part)


def _set_slot(db: Database, workspace: str, cell: Cell, after: str | None, _now: datetime) -> None:
    found = _entries.find(db, workspace, cell.of)
    _corrections.put(db, found["id"], cell.part, after)
    _entries.derive(db, found["id"])


def _alias(db: Database, workspace: str, cell: Cell) -> str | None:
    return _aliases.held(db, workspace, cell.of)


def _set_alias(db: Database, workspace: str, cell: Cell, after: str | None, _now: datetime) -> None:
    _aliases.put(db, workspace, cell.of, after)


def _successor(db: Database, workspace: str, cell: Cell) -> str | None:
    return _sources.source(db, workspace, cell.of).superseded_by or None


def _set_successor(db: Database, workspace: str, cell: Cell, after: str | None, _now: datetime) -> None:
    _sources.set_successor(db, workspace, cell.of, after)


def _link(db: Database, workspace: str, cell: Cell) -> str | None:
    said = str(_links.find(db, workspace, cell.of)["status"])
    return None if said == LinkStatus.OPEN else said


def _set_link(db: Database, workspace: str, cell: Cell, after: str | None, _now: datetime) -> None:
    _links.set_status(db, workspace, cell.of, after)


_CELLS: dict[str, Kind] = {
    "source": Kind(_source_status, _set_source_status),
    "wrong": Kind(_wrong, _set_wrong),
    "slot": Kind(_slot, _set_slot),
    "successor": Kind(_successor, _set_successor),
    "alias": Kind(_alias, _set_alias),
    "link": Kind(_link, _set_link),
}
