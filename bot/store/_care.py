"""Look after the file: check it, copy it."""

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError
from bot.store import _check
from bot.store._sql import explained


def check(db: Database, *, readonly: bool) -> list[str]:
    """What is wrong with the store. A read-only one is checked in a copy: SQLite checks an index by writing to it."""
    if not readonly:
        return _check_here(db)
    with explained(), tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "copy.db")) as to:
        db.conn.backup(to)
        return _check.problems(Database(to, execute_plugins=False))


def _check_here(db: Database) -> list[str]:
    """Check within one transaction, and write nothing whatever is found: a damaged file could not be committed to."""
    with explained():
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            return _check.problems(db)
        finally:
            db.rollback()


def backup(db: Database, path: Path) -> None:
    """Copy the store as it is at one moment. The copy appears whole or not at all, readable by its owner alone.

    Raises `StoreError` where it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        with explained(), closing(sqlite3.connect(part)) as copy:
            db.conn.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        part.replace(path)
    except OSError as error:
        raise StoreError(f"The copy {path} cannot be written ({error.strerror}). Choose another place.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
