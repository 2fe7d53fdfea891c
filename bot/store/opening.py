"""Open the SQLite file: a private folder, the right pragmas, the schema brought up to date."""

import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreError
from bot.store import _care
from bot.store._schema import migrations
from bot.store._sql import explained, transaction
from bot.store.store import Store

BUSY_MS = 10_000
"""How long a writer waits for another process's transaction before it gives up."""


def open_store(path: Path | str, *, readonly: bool = False, copy_first: bool = True) -> Store:
    """Open the store at `path` (":memory:" for one that is forgotten), creating and migrating it as needed.

    Before a migration it is copied into `backups/` beside it, unless `copy_first` is False. With `readonly` nothing is
    created or migrated, and every writing verb fails. The Store is bound to the thread that opened it. Raises
    `StoreError` saying what to do where it cannot be opened, or was written by a newer Dossier.
    """
    file = None if str(path) == ":memory:" else Path(path)
    if file and not readonly:
        _make_private(file)
    db = connect(file, readonly=readonly)
    try:
        with explained():
            _prepare(db, file, readonly=readonly)
            _migrate(db, file, readonly=readonly, copy_first=copy_first)
    except BaseException:
        db.close()
        raise
    return Store(db, file, readonly=readonly)


def _make_private(file: Path) -> None:
    """A folder and a file that nobody else on the machine can read; SQLite's other files take after the file."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"The store {file} cannot be written ({error.strerror}). "
            "Give this user the right to write there, or set DOSSIER_HOME to another folder."
        ) from error


def connect(file: Path | None, *, readonly: bool) -> Database:
    """A connection to a file that is there, or without one to a store in memory; nothing is prepared or migrated."""
    if file is None:
        return Database(sqlite3.connect(":memory:"), execute_plugins=False)
    if not file.exists():
        raise StoreError(f"There is no store at {file}. Add a source first, or check DOSSIER_HOME.")
    with explained():
        uri = address(file, readonly=readonly)
        return Database(sqlite3.connect(uri, uri=True, timeout=BUSY_MS / 1000), execute_plugins=False)


def address(file: Path, *, readonly: bool) -> str:
    """A file as SQLite is told of it."""
    return f"{file.resolve().as_uri()}?{_mode(file) if readonly else 'mode=rw'}"


def _mode(file: Path) -> str:
    """How to read: SQLite wants to put its index of the log beside the file, unless it knows that nobody writes.

    Where the folder cannot be written and no log is there, nobody of this user's rights does.
    """
    log = file.with_name(f"{file.name}-wal")
    return "mode=ro" if os.access(file.parent, os.W_OK) or log.exists() else "mode=ro&immutable=1"


def _prepare(db: Database, file: Path | None, *, readonly: bool) -> None:
    """Foreign keys on; write-ahead log, so that readers and the writer do not wait for each other.

    `synchronous=FULL`: a Posting marked as sent must still be so after a power cut, or it would be sent again.
    """
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    db.execute("PRAGMA cache_size = -16000")
    if readonly:
        db.execute("PRAGMA query_only = ON")
    elif file:
        db.enable_wal()
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA journal_size_limit = 67108864")


def _migrate(db: Database, file: Path | None, *, readonly: bool, copy_first: bool) -> None:
    known = {migration.name for migration in migrations.pending(Database(memory=True, execute_plugins=False))}
    if unknown := sorted({m.name for m in migrations.applied(db)} - known):
        raise StoreError(
            f"The store {file} was written by a newer Dossier ({', '.join(unknown)}). "
            "Update Dossier, or restore a backup."
        )
    pending = migrations.pending(db)
    if not pending:
        return
    if readonly:
        raise StoreError(f"The store {file} is not up to date. Start Dossier once to migrate it.")
    if file and copy_first and migrations.applied(db):
        _keep_copy(db, file, pending[0].name)
    with transaction(db, "BEGIN IMMEDIATE"):
        migrations.apply(db)


def _keep_copy(db: Database, file: Path, migration: str) -> None:
    """The store as it was before this migration; one migrated in vain before left the same, which is replaced."""
    folder = file.parent / "backups"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be made ({error.strerror}), so the store was not migrated. Correct that and start again."
        ) from error
    _care.backup(db, folder / f"before-{migration}.db")
