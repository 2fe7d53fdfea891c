"""Keep a filled store as this Dossier writes it: `python -m scripts.freeze_store`, before a release that migrates.

It goes to tests/store/released/ under the name of its last migration, and tests migrate it for ever after.
Run in the checkout of an earlier release it leaves out what that one did not know.
"""

import gzip
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot import revise
from bot.domain import CommitmentKind, WatchedFile
from bot.store import Store, open_store
from bot.store._schema import migrations
from tests.store.make import HERE, NOW, THERE, commitment, fact, question, tell

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "store" / "released"
BRIDGE = "Norland will rebuild the bridge. It is unclear who pays. It costs 9 crowns."
AGAIN = "The minister said that Norland will rebuild the bridge in May."
CLUB = "The club has offered to lend Estmark a ferry if the river rises."
FERRY = "The ferry costs nothing. @everyone may use it."


def main(folder: Path) -> None:
    """Fill a store and keep it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "dossier.db"
        with open_store(path) as store:
            fill(store, HERE)
            fill(store, THERE)
            decide(store, HERE)
            assert store.check() == []
            last = max(migration.name for migration in migrations.applied(store._db))
        with closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute("VACUUM")
        kept = folder / f"{last}.db.gz"
        kept.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    print(kept, kept.stat().st_size)


def fill(store: Store, workspace: str) -> None:
    """Sources that say things, some of them twice, and what a server sets."""
    store.set_updates_channel(workspace, f"9{workspace}", "42", NOW)
    tell(
        store,
        BRIDGE,
        commitment(BRIDGE, "Norland will rebuild the bridge."),
        question(BRIDGE, "It is unclear who pays."),
        fact(BRIDGE, "It costs 9 crowns."),
        workspace=workspace,
    )
    tell(store, AGAIN, commitment(AGAIN), workspace=workspace)
    ferry = commitment(CLUB, kind=CommitmentKind.OFFER, actors=(), actor_text="The club", action="lend a ferry")
    tell(store, CLUB, ferry, workspace=workspace)
    tell(store, FERRY, fact(FERRY, "The ferry costs nothing."), workspace=workspace)
    store.remove_source(workspace, "S-4", "42", NOW)
    store.add_aliases(workspace, {"Norland": ["Norlanders"]})
    store.mark_watched(workspace, WatchedFile("brief.txt", 9, 9, "ab", "added", "S-1"))
    store.save_query(workspace, "a list")
    store.keep(f"folder:{workspace}", "1")
    posting = next(one for one in store.postings_due(NOW + timedelta(days=1)) if one.workspace == workspace)
    store.mark_sent(workspace, posting.id, "777", NOW)


def decide(store: Store, workspace: str) -> None:
    """What people decided, as far as this Dossier lets them."""
    if hasattr(revise, "mark_wrong"):
        revise.mark_wrong(store, workspace, "F-1", "42", NOW)
    if hasattr(revise, "correct"):
        revise.correct(store, workspace, "C-1", "due", "May", "42", NOW)
        revise.correct(store, workspace, "Q-1", "about", "Estmark", "42", NOW)
    if hasattr(revise, "undo"):
        revise.retract(store, workspace, "S-2", "42", NOW)
        latest = store.log_entries(workspace, 0, 1).items[0]
        revise.undo(store, workspace, latest.id, "42", NOW)
    if hasattr(revise, "name_party"):
        revise.name_party(store, workspace, "the Crown", "Norland", "42", NOW)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
