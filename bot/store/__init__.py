"""The store: domain verbs in, domain objects out, kept in one SQLite file. See docs/store.md."""

from bot.store._adding import ERASED
from bot.store._moving import export_server, restore_server
from bot.store._outcomes import outcome_of
from bot.store._restoring import restore_store
from bot.store.opening import open_store
from bot.store.store import Store

__all__ = ["ERASED", "Store", "export_server", "open_store", "outcome_of", "restore_server", "restore_store"]
