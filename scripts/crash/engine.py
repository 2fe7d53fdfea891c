"""Stop a process at one point of a work on the store, open the store again, and judge what is there.

A point is a statement that writes (also those of triggers and of the full-text index), or, with `shim.c` loaded, a
system call that changes a file. The work runs in a forked child, which ends as SIGKILL ends it: nothing is cleaned up.
"""

import mmap
import os
import shutil
import signal
import sqlite3
import struct
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import DossierError
from bot.store import Store, open_store

STORE = "dossier.db"
_READS = ("SELECT", "PRAGMA", "EXPLAIN", "--")
DONE = -1
"""What arms are told when the work is over."""
_seen = mmap.mmap(-1, 8)
"""How many points the child has passed, where the parent can read it."""

Contents = dict[str, list[tuple[Any, ...]]]
Arm = Callable[[int], None]


@dataclass(frozen=True)
class Work:
    """Something done to the store of a folder; `prepare` makes the folder, `more` judges what else is in it."""

    name: str
    prepare: Callable[[Path], None]
    do: Callable[[Path], None]
    more: Callable[[Path], str] = lambda _: ""


@dataclass
class Tried:
    """A work with the folder that it begins in, and what the store holds before and after it."""

    work: Work
    start: Path
    before: Contents
    after: Contents


def tried(work: Work, folder: Path) -> Tried:
    """Do the work once, undisturbed."""
    start, end = folder / "start", folder / "end"
    start.mkdir(parents=True)
    work.prepare(start)
    before = seen_in(_copied(start, folder / "seen"))
    work.do(_copied(start, end))
    return Tried(work, start, before, seen_in(end))


def points(one: Tried, folder: Path, arm: Arm) -> int:
    """How many points the work has."""
    status = _in_child(one.work, _copied(one.start, folder), arm, 0)
    assert status == 0, f"{one.work.name} failed undisturbed"
    return _count()


def stopped(one: Tried, folder: Path, arm: Arm, at: int) -> str:
    """Stop the work at a point, and do it again; "" or what is wrong."""
    status = _in_child(one.work, _copied(one.start, folder), arm, at)
    if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
        return f"was not stopped at {at} of {_count()}"
    return judged(one, folder)


def disturbed(one: Tried, folder: Path, arm: Arm, at: int) -> str:
    """Let a point fail; the work may succeed or say in words why not; "" or what is wrong."""
    status = _in_child(one.work, _copied(one.start, folder), arm, at)
    return judged(one, folder) if status == 0 else "did not fail in words"


def judged(one: Tried, folder: Path) -> str:
    """Whether the store is sound and either as before or as after the work, and the work can be done (again)."""
    with open_store(folder / STORE) as store:
        wrong, now = store.check(), contents(store)
    if wrong:
        return wrong[0]
    if now not in (one.before, one.after):
        return "the store is neither as before nor as after"
    if now == one.before:
        one.work.do(folder)
        if seen_in(folder) != one.after:
            return "doing it again gave something else"
    return one.work.more(folder)


def seen_in(folder: Path) -> Contents:
    """What the store of a folder holds, once it is opened."""
    with open_store(folder / STORE) as store:
        return contents(store)


def contents(store: Store) -> Contents:
    """Every row of every table but those of the full-text indexes, which `check` compares with their tables."""
    db = store._db
    names = [table.name for table in db.tables if "_fts" not in table.name]
    columns = {"_sqlite_migrations": "migration_set, name"}
    return {name: _rows(store, f'SELECT {columns.get(name, "*")} FROM "{name}"') for name in names}


def _rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return sorted(store._db.execute(sql).fetchall(), key=repr)


def at_statements(at: int) -> None:
    """In the child: die before the statement number `at` that writes, on whatever connection; 0 only counts."""
    if at == DONE:
        return
    real = sqlite3.connect

    def connect(*args: Any, **options: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = real(*args, **options)
        made.set_trace_callback(passed)
        return made

    def passed(sql: str) -> None:
        said = sql.lstrip("- ").upper()
        if said.startswith(_READS) and not said.startswith("PRAGMA JOURNAL_MODE"):
            return
        number = _count() + 1
        _seen[:] = struct.pack("q", number)
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sqlite3.connect = connect  # type: ignore[assignment]


def note(count: int) -> None:
    """In the child: tell the parent how many points were passed."""
    _seen[:] = struct.pack("q", count)


def sample(count: int, most: int) -> Iterator[int]:
    """At most so many of the points 1 to `count`, evenly, the first and the last among them."""
    if count <= most:
        yield from range(1, count + 1)
        return
    yield from sorted({1 + round(n * (count - 1) / (most - 1)) for n in range(most)})


def _count() -> int:
    number: int = struct.unpack("q", _seen[:])[0]
    return number


def _copied(start: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(start, folder)
    return folder


def _in_child(work: Work, folder: Path, arm: Arm, at: int) -> int:
    """The wait status of a child that does the work; 0 too where it ended with an error in words."""
    _seen[:] = struct.pack("q", 0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside threads, none of which hold our locks
        child = os.fork()
    if not child:
        _live(work, folder, arm, at)
    return os.waitpid(child, 0)[1]


def _live(work: Work, folder: Path, arm: Arm, at: int) -> None:
    code = 1
    try:
        arm(at)
        work.do(folder)
        code = 0
    except DossierError:
        code = 0 if at else 1
    except BaseException:  # noqa: BLE001 - the child must not go on as its parent
        traceback.print_exc()
    finally:
        arm(DONE)
        os._exit(code)
