"""Small books: workspaces, the log, the watched folder, saved list states, the installation's own values."""

import hashlib
import json
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain import Effect, LogEntry, Page, WatchedFile
from bot.errors import NotFound
from bot.store._sql import Row, column, row, rows, run, value
from bot.store._values import dump, instant, parse_id
from bot.texts import _

TOKEN_LENGTH = 12


def ensure_workspace(db: Database, workspace: str) -> None:
    """Make room for a workspace that is not known yet."""
    run(db, "INSERT OR IGNORE INTO workspaces (id) VALUES (?)", (workspace,))


def name_workspace(db: Database, workspace: str, name: str) -> None:
    """Make room for a workspace, or note its new name."""
    run(db, "INSERT INTO workspaces VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name", (workspace, name))


def workspaces(db: Database) -> tuple[str, ...]:
    """The ids of all workspaces."""
    return tuple(column(db, "SELECT id FROM workspaces ORDER BY id"))


def write_log(
    db: Database,
    workspace: str,
    who: str,
    what: str,
    subject: str,
    now: datetime,
    details: Mapping[str, str],
    undoes: int | None = None,
) -> LogEntry:
    """Add a line to the log."""
    id_ = run(
        db,
        "INSERT INTO log (workspace, at, who, what, subject, details, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (workspace, instant(now), who, what, subject, dump(dict(details)), undoes),
    )
    return LogEntry(id_, now, who, what, subject, dict(details), undoes=undoes)


def changed(line: LogEntry, effects: Sequence[Effect]) -> LogEntry:
    """A line with what it changed."""
    return replace(line, effects=tuple(effects))


def log_lines(db: Database, workspace: str, where: str, values: Sequence[Any]) -> list[LogEntry]:
    """Lines of the log, latest first; `where` knows the line as `l` and what took it back as `u`."""
    return [_log_entry(r) for r in rows(db, f"{_LINES} AND {where} ORDER BY l.id DESC", (workspace, *values))]


def log_page(db: Database, workspace: str, number: int, size: int) -> Page[LogEntry]:
    """The log, latest first."""
    number = max(0, number)
    total = value(db, "SELECT count(*) FROM log WHERE workspace = ?", (workspace,))
    found = rows(
        db,
        f"{_LINES} ORDER BY l.id DESC LIMIT ? OFFSET ?",
        (workspace, size, number * size),
    )
    return Page(tuple(_log_entry(r) for r in found), number, size, total)


def _log_entry(r: Row) -> LogEntry:
    return LogEntry(
        r["id"],
        datetime.fromisoformat(r["at"]),
        r["who"],
        r["what"],
        r["subject"],
        json.loads(r["details"]),
        undoes=r["undoes"],
        undone_by=r["undone_by"],
    )


_LINES = "SELECT l.*, u.undone_by FROM log l LEFT JOIN undone u ON u.log = l.id WHERE l.workspace = ?"


def watched(db: Database, workspace: str) -> dict[str, WatchedFile]:
    """What is known of the watched folder's files, by path."""
    sql = """
        SELECT w.*, s.number FROM watched_files w LEFT JOIN sources s ON s.id = w.source WHERE w.workspace = ?
        ORDER BY w.path
    """
    return {
        r["path"]: WatchedFile(
            r["path"],
            r["size"],
            r["mtime_ns"],
            r["hash"],
            r["outcome"],
            f"S-{r['number']}" if r["number"] is not None else None,
        )
        for r in rows(db, sql, (workspace,))
    }


def mark_watched(db: Database, workspace: str, file: WatchedFile) -> None:
    """Note a file as dealt with, in place of what was known of it."""
    number = parse_id(file.source)[1] if file.source else None
    source = value(db, "SELECT id FROM sources WHERE workspace = ? AND number = ?", (workspace, number))
    run(
        db,
        "INSERT OR REPLACE INTO watched_files VALUES (?, ?, ?, ?, ?, ?, ?)",
        (workspace, file.path, file.size, file.mtime_ns, file.hash, file.outcome, source),
    )


def keep(db: Database, key: str, kept: str) -> None:
    """Keep a value of the installation's own."""
    run(db, "INSERT INTO kept VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, kept))


def kept(db: Database, key: str) -> str | None:
    """The value kept under a key."""
    found = value(db, "SELECT value FROM kept WHERE key = ?", (key,))
    return None if found is None else str(found)


def token_of(state: str) -> str:
    """The token of a list's state: short, the same for the same state, and nothing but letters and digits."""
    return b32encode(hashlib.sha256(state.encode()).digest()).decode().lower()[:TOKEN_LENGTH]


def save_query(db: Database, workspace: str, state: str) -> str:
    """Keep a list's state under its token."""
    token = token_of(state)
    run(db, "INSERT OR REPLACE INTO saved_queries VALUES (?, ?, ?)", (workspace, token, state))
    return token


def saved_query(db: Database, workspace: str, token: str) -> str:
    """The state under a token. Raises `NotFound`."""
    found = row(db, "SELECT state FROM saved_queries WHERE workspace = ? AND token = ?", (workspace, token))
    if found is None:
        raise NotFound(_("This list is not known any more. Ask for it again with the command."))
    return str(found["state"])
