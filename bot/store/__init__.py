"""The store: domain verbs in, domain objects out, kept in one SQLite file. See docs/store.md."""

from bot.store._restoring import restore_store
from bot.store.opening import open_store
from bot.store.store import Store

__all__ = ["Store", "open_store", "restore_store"]
