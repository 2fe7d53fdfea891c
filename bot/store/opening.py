"""Open the SQLite file: a private folder, the right pragmas, the schema brought up to date."""

from pathlib import Path

from bot.store.store import Store


def open_store(path: Path | str, *, readonly: bool = False) -> Store:
    """Open the store at `path` (":memory:" for one that is forgotten), creating and migrating it as needed.

    With `readonly` nothing is created or migrated, and every writing verb fails. The Store is bound to the thread that
    opened it. Raises `StoreError` saying what to do where it cannot be opened, or was written by a newer Dossier.
    """
    raise NotImplementedError
