"""The few ways in which the modules of the store speak SQL, and what becomes of SQLite's own failures."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlite_utils import Database

from bot.errors import StoreError

T = TypeVar("T")
Row = dict[str, Any]
Parameters = Sequence[Any] | Mapping[str, Any]


def rows(db: Database, sql: str, parameters: Parameters = ()) -> list[Row]:
    """All rows of a query, by column name."""
    return list(each_row(db, sql, parameters))


def each_row(db: Database, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
    """The rows of a query one after the other, so that those that nobody takes are not read."""
    cursor = db.execute(sql, parameters)  # type: ignore[arg-type]
    names = [column[0] for column in cursor.description]
    yield from (dict(zip(names, values, strict=True)) for values in cursor)


def row(db: Database, sql: str, parameters: Parameters = ()) -> Row | None:
    """The first row of a query, None where there is none."""
    found = rows(db, sql, parameters)
    return found[0] if found else None


def only(db: Database, sql: str, parameters: Parameters = ()) -> Row:
    """The row of a query that always gives one."""
    return rows(db, sql, parameters)[0]


def column(db: Database, sql: str, parameters: Parameters = ()) -> list[Any]:
    """The first column of a query."""
    return [values[0] for values in db.execute(sql, parameters).fetchall()]  # type: ignore[arg-type]


def value(db: Database, sql: str, parameters: Parameters = ()) -> Any:
    """The first column of a query's first row, None where there is none."""
    found = column(db, sql, parameters)
    return found[0] if found else None


def run(db: Database, sql: str, parameters: Parameters = ()) -> int:
    """Execute one statement within the transaction at hand; the id of the row it inserted, if it did."""
    return db.execute(sql, parameters).lastrowid or 0  # type: ignore[arg-type]


def batches(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The values in their order, so many at once: SQLite takes no end of question marks."""
    return (values[start : start + size] for start in range(0, len(values), size))


def marks(values: Sequence[object]) -> str:
    """As many question marks as there are values, for `IN (...)`."""
    return ", ".join("?" * len(values))


@contextmanager
def transaction(db: Database, begin: str) -> Iterator[None]:
    """One transaction around the block, opened with `begin`; inside another one, a savepoint."""
    if db.conn.in_transaction:
        with explained(), db.atomic():
            yield
        return
    with explained():
        db.conn.execute(begin)
        try:
            yield
        except BaseException:
            db.rollback()
            raise
        try:
            db.conn.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise


@contextmanager
def explained() -> Iterator[None]:
    """Turn what SQLite reports about the file or the disk into `StoreError`.

    Broken constraints and misuse stay as they are: they are faults of this program, not of the operator's machine.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.NotSupportedError):
        raise
    except sqlite3.DatabaseError as error:
        raise StoreError(_words(error)) from error
    except UnicodeEncodeError as error:
        raise StoreError(
            "The text holds characters that are not valid Unicode. Save it as UTF-8 and try again."
        ) from error


def _words(error: sqlite3.DatabaseError) -> str:
    said = str(error)
    for sign, words in _EXPLANATIONS.items():
        if sign in said:
            return words
    return f"The store could not be used ({said}). Run `dossier check`, and look at the disk."


_EXPLANATIONS = {
    "disk is full": "The disk is full, so nothing was saved. Make room and try again.",
    "readonly": "The store cannot be written: its file, folder or disk is read-only. Correct that and try again.",
    "locked": "The store is busy with another program's work. Try again in a minute.",
    "not a database": "The file is not a Dossier store. Name another file, or restore a backup.",
    "malformed": "The store is damaged. Stop the bot and restore a backup.",
    "disk I/O error": "The disk reports an error, so nothing was saved. Check it, then run `dossier check`.",
    "unable to open": "The store cannot be opened. Check that its folder exists and may be written.",
}
