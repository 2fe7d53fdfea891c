"""The connection that all verbs of the `Store` share, and its transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database

from bot.store import _sql


class Connection:
    """An open store file."""

    def __init__(self, db: Database, path: Path | None, *, readonly: bool) -> None:
        """Take over an open connection; `open_store` makes one."""
        self._db = db
        self.path = path
        self.readonly = readonly
        self._to_fold = not readonly and path is not None

    def close(self) -> None:
        """Close the connection; the Store cannot be used after that."""
        self._db.close()

    def __enter__(self) -> Self:
        """The store itself; it is closed at the end of the block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        """Close the store."""
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Everything done in the block is written together or not at all. Blocks may be nested."""
        with _sql.transaction(self._db, "BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def deleting(self) -> Iterator[None]:
        """As `writing`, and what is deleted is overwritten in the file and in its log; not within another block."""
        self._db.execute("PRAGMA secure_delete = ON").fetchall()
        with self.writing():
            yield
        self._to_fold = self.path is not None
        self.fold()

    def fold(self) -> bool:
        """Empty the file's log, where it may hold what was deleted; False while a reader stands in the way.

        Of what was deleted before this store was opened nothing is known, so that the first time it is always done.
        """
        if self._to_fold:
            with _sql.explained():
                busy, *_ = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._to_fold = bool(busy)
        return not self._to_fold

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read in the block is of the same moment."""
        with _sql.transaction(self._db, "BEGIN"):
            yield

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """Everything done in the block is taken back at its end; not within another block."""
        with _sql.explained():
            self._db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                self._db.rollback()
