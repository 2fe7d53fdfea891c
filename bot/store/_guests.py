"""The servers that the bot is in or was in: greeted once, purged some time after it left."""

from datetime import datetime

from sqlite_utils import Database

from bot.store import _ways
from bot.store._sql import column, row, run
from bot.store._values import Whose, instant

WELCOME = "welcome"
"""The kind of Posting that greets a server."""


def arrive(db: Database, workspace: str, channel: str, now: datetime) -> bool:
    """Note that the bot is there, and owe the greeting the first time."""
    if row(db, "SELECT 1 FROM guests WHERE workspace = ?", (workspace,)):
        run(db, "UPDATE guests SET left_at = NULL WHERE workspace = ?", (workspace,))
        return False
    run(db, "INSERT INTO guests (workspace, joined_at) VALUES (?, ?)", (workspace, instant(now)))
    if channel:
        run(db, _OWE, (workspace, channel, WELCOME, workspace, instant(now), instant(now)))
    return True


def leave(db: Database, workspace: str, now: datetime) -> None:
    """Note that the bot is no longer there, if that is news."""
    sql = "UPDATE guests SET left_at = ? WHERE workspace = ? AND left_at IS NULL"
    run(db, sql, (instant(now), workspace))


def staying(db: Database, present: frozenset[str]) -> tuple[str, ...]:
    """The servers that were not left as far as is known, but for those present."""
    found = column(db, "SELECT workspace FROM guests WHERE left_at IS NULL ORDER BY workspace")
    return tuple(workspace for workspace in found if workspace not in present)


def left_before(db: Database, before: datetime, of: Whose) -> tuple[str, ...]:
    """The servers that were left before an instant."""
    sql = "SELECT workspace FROM guests WHERE left_at < ? ORDER BY workspace"
    return tuple(filter(of, column(db, sql, (instant(before),))))


def purge(db: Database, workspace: str) -> None:
    """Delete every row of a workspace, whichever table it is in; those that refer to others first."""
    run(db, "PRAGMA defer_foreign_keys = ON")
    ways = _ways.ways(db)
    last = ("guests", "workspaces")
    for table in sorted(ways, key=lambda table: (table in last, -len(ways[table]), table)):
        run(db, f"DELETE FROM {table} WHERE {_ways.condition(ways[table])}", (workspace,))
    run(db, f"DELETE FROM kept WHERE {_ways.KEPT}", (workspace,))
    renew_indexes(db)


def renew_indexes(db: Database) -> None:
    """Write the full-text indexes anew, for what is deleted from one is else only marked as such in it."""
    for index in column(db, "SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%' ORDER BY name"):
        run(db, f"INSERT INTO {index} ({index}) VALUES ('optimize')")


_OWE = """
    INSERT OR IGNORE INTO postings (workspace, channel, kind, subject, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?)
"""
