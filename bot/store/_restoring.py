"""Put a copy in the place of the store: checked first, and what was there is kept aside."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from bot.errors import StoreError
from bot.store import _care
from bot.store._sql import explained
from bot.store.opening import connect, open_store

_FURTHER = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file, by the ends of the names."""
_SHOWN = 3
"""How many problems of a damaged copy are told."""


def restore_store(copy: Path, path: Path, aside: Path) -> int:
    """Let the store at `path` be what `copy` holds, and keep what was there as `aside`; the number of Sources.

    The copy is brought up to date and checked, as `dossier check` does, before anything is touched; then the file is
    replaced in one step. Raises `StoreError` where the copy is no sound store, where the store is in use, or where
    the folder cannot be written; the store is then as it was.
    """
    if not copy.is_file():
        raise StoreError(f"There is no file {copy}. Name a copy that `dossier backup` wrote.")
    part = path.with_name(path.name + ".restoring")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        forget(part)
        take(copy, part)
        sources = sum(examined(part, copy).values())
        _exchange(part, path, aside)
    except OSError as error:
        raise StoreError(
            f"The store {path} was not replaced ({error.strerror}); it is as it was. Correct that and try again."
        ) from error
    finally:
        with suppress(OSError):
            forget(part)
    return sources


def take(copy: Path, part: Path) -> None:
    """What the copy holds at this moment, in a file that its owner alone can read."""
    with explained(), closing(connect(copy, readonly=True)) as db:
        if "_sqlite_migrations" not in db.table_names():
            raise StoreError(f"{copy} is not a Dossier store. Name a file that Dossier wrote.")
        _care.backup(db, part)


def examined(part: Path, copy: Path) -> dict[str, int]:
    """How many Sources a sound copy holds, by workspace. Raises `StoreError` for one that is not sound."""
    with open_store(part, copy_first=False) as store:
        if wrong := store.check():
            raise StoreError(
                f"{copy} is damaged, so nothing was restored. {' '.join(wrong[:_SHOWN])} Choose another copy."
            )
        return {workspace: store.counts(workspace).sources for workspace in store.workspaces()}


def _exchange(part: Path, path: Path, aside: Path) -> None:
    """Keep the old file under another name too, then put the new one in its place: at no moment is there none."""
    if path.exists():
        _demand_unused(path)
        aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _keep(path, aside)
        for end in _FURTHER:
            if (further := path.with_name(path.name + end)).exists():
                _keep(further, aside.with_name(aside.name + end))
                further.unlink()
    place(part, path)


def place(part: Path, path: Path) -> None:
    """Give a file its name in one step, and have the disk keep it."""
    part.replace(path)
    with suppress(OSError):  # it is done; a disk that does not say so is no reason to deny it
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _demand_unused(path: Path) -> None:
    """Fold the log into the file, which SQLite refuses while another connection is open. Raises `StoreError` then."""
    with closing(sqlite3.connect(path, timeout=1.0)) as db:
        try:
            db.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise StoreError(
                    "The store is in use, so nothing was restored. Stop the bot, and try again."
                ) from error
            # It is damaged, which is what copies are for.


def _keep(file: Path, aside: Path) -> None:
    try:
        os.link(file, aside)
    except FileExistsError:
        raise
    except OSError:  # not every file system knows second names
        shutil.copy2(file, aside)


def forget(part: Path) -> None:
    """Delete a file that was in the making, and what SQLite keeps beside it."""
    for end in ("", *_FURTHER):
        part.with_name(part.name + end).unlink(missing_ok=True)
