"""What is kept of a person, and how it is forgotten.

The tables say it themselves: a column of text that is called `member`, `who` or `author`, or ends in `_by`, holds a
person's id. Rows with a `member` are that person's own and are deleted; elsewhere a former member takes their place.
"""

import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlite_utils import Database

from bot.domain import FORMER_MEMBER, Personal
from bot.store import _changes, _follows, _records, _sources
from bot.store._sql import column, rows, run, value
from bot.store._values import dump
from bot.store._ways import tables

AUTHOR = "author"
"""Who wrote a message that became a Source, or may become one."""
_TOLD = ("visits", "follows", "log", "sources")
"""Tables whose rows are told one by one."""
_PARENTS = {"entry": "entries", "log": "log", "source": "sources"}


class Place(NamedTuple):
    """A column that holds persons' ids, and the condition that a row is of a workspace."""

    table: str
    name: str
    within: str

    @property
    def where(self) -> str:
        """The condition that a row is of a workspace and a person."""
        return f'{self.within} AND "{self.name}" = ?'


def personal(db: Database, workspace: str, member: str) -> Personal:
    """What is kept of a person."""
    numbers = column(
        db, "SELECT number FROM sources WHERE workspace = ? AND added_by = ? ORDER BY number", (workspace, member)
    )
    others: dict[str, int] = {}
    for place in places(db):
        what = "messages" if place.name == AUTHOR else place.table
        if what not in _TOLD:
            found = value(db, f"SELECT count(*) FROM {place.table} WHERE {place.where}", (workspace, member))
            others[what] = others.get(what, 0) + int(found)
    others["postings"] = int(value(db, f"SELECT count(*) FROM postings WHERE {_TO_THEM}", (workspace, f"@{member}")))
    return Personal(
        _changes.visited(db, workspace, member),
        tuple(_follows.of(db, workspace, member)),
        tuple(reversed(_records.log_lines(db, workspace, "l.who = ?", (member,)))),
        tuple(_sources.source(db, workspace, f"S-{number}") for number in numbers),
        tuple(sorted((table, count) for table, count in others.items() if count)),
    )


def forget(db: Database, workspace: str, member: str) -> Personal:
    """Delete what is theirs, and put a former member in their place elsewhere."""
    kept = personal(db, workspace, member)
    _forget_corrections(db, workspace, member)
    for place in places(db):
        if place.name == "member":
            run(db, f"DELETE FROM {place.table} WHERE {place.where}", (workspace, member))
        else:
            sql = f'UPDATE {place.table} SET "{place.name}" = ? WHERE {place.where}'
            run(db, sql, (FORMER_MEMBER, workspace, member))
    run(db, f"DELETE FROM postings WHERE {_TO_THEM}", (workspace, f"@{member}"))
    return kept


def places(db: Database) -> Iterator[Place]:
    """Every column that holds persons' ids."""
    for table in tables(db):
        found = {r["name"]: r["type"] for r in rows(db, f"PRAGMA table_info({table})")}
        for name, kind in found.items():
            if kind == "TEXT" and (name in {"member", "who", AUTHOR} or name.endswith("_by")):
                yield Place(table, name, _within(table, found))


def _within(table: str, columns: dict[str, str]) -> str:
    """The condition that a row is of a workspace. Raises `LookupError` for a table that does not say of which it is."""
    if "workspace" in columns:
        return "workspace = ?"
    for name, parent in _PARENTS.items():
        if name in columns:
            return f'"{name}" IN (SELECT id FROM {parent} WHERE workspace = ?)'
    raise LookupError(table)


def _forget_corrections(db: Database, workspace: str, member: str) -> None:
    """Corrections stand in the log too, as they were before and after."""
    sql = "SELECT e.* FROM log l JOIN log_effects e ON e.log = l.id WHERE l.workspace = ? AND e.kind = 'slot'"
    for r in rows(db, sql, (workspace,)):
        changed = {side: _without(r[side], member) for side in ("before", "after")}
        if any(changed[side] != r[side] for side in changed):
            key = (r["log"], r["kind"], r["subject"], r["part"])
            run(db, _EFFECT, (changed["before"], changed["after"], *key))


def _without(packed: str | None, member: str) -> str | None:
    said = json.loads(packed) if packed else {}
    return dump({**said, "who": FORMER_MEMBER}) if said.get("who") == member else packed


_TO_THEM = "workspace = ? AND channel = ?"
_EFFECT = "UPDATE log_effects SET before = ?, after = ? WHERE log = ? AND kind = ? AND subject = ? AND part = ?"
