"""What is done to a store while the process is stopped; a new verb that writes belongs here too."""

import gzip
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from bot import digest, revise, versions
from bot.domain import Cadence, Filter, Findings, Schedule
from bot.errors import StoreError
from bot.store import Store, open_store, restore_store
from scripts.crash.engine import STORE, Work
from scripts.freeze_store import FOLDER, fill
from tests.store.make import HERE, LATER, THERE, commitment, fact, new_source, question, tell

NEW = "Norland will rebuild the bridge in June. Who pays for it? Estmark lends 9 cranes."
BY = "42"
_DUE = LATER + timedelta(days=2)
Do = Callable[[Store], object]


def works() -> tuple[Work, ...]:
    """All of them."""
    decisions: dict[str, Do] = {
        "an ingest": _ingest,
        "a new version of a source": _replace,
        "sources read again": _reread,
        "a source retracted": lambda store: revise.retract(store, HERE, "S-1", BY, LATER),
        "a source removed": lambda store: revise.remove(store, HERE, "S-2", BY, LATER),
        "a source deleted for good": lambda store: revise.erase(store, HERE, "S-1", BY, LATER),
        "a source restored": lambda store: revise.restore(store, HERE, "S-4", BY, LATER),
        "an entry marked wrong": lambda store: revise.mark_wrong(store, HERE, "C-1", BY, LATER),
        "a slot set": lambda store: revise.correct(store, HERE, "C-1", "due", "June", BY, LATER),
        "a name given": lambda store: revise.name_party(store, HERE, "the Crown", "Norland", BY, LATER),
        "an undo": lambda store: revise.undo(store, HERE, _latest(store), BY, LATER),
        "updates set": lambda store: store.set_updates_channel(HERE, "77", BY, LATER),
        "updates stopped": lambda store: store.stop_updates(HERE, BY, LATER),
        "a post marked as sent": lambda store: store.mark_sent(HERE, _owed(store), "778", LATER),
        "a post marked as failed": lambda store: store.mark_failed(HERE, _owed(store), "503", LATER, retry_at=LATER),
    }
    digests: dict[str, Do] = {
        "a digest set again": lambda store: _digest(store, LATER),
        "a digest owed": lambda store: digest.owe(store, HERE, _latest_digest(store), _DUE),
        "a digest lost": lambda store: store.pause_digest(store.digests(HERE)[0], "the channel is gone", LATER, LATER),
        "a digest stopped": lambda store: store.stop_digest(HERE, _latest_digest(store), BY, LATER),
        "an update lost": lambda store: store.tell_of_lost(store.postings_due(LATER)[0], "gone", LATER),
    }
    return (
        *(Work(name, _filled, _on_store(do)) for name, do in decisions.items()),
        *(Work(name, _with_digest, _on_store(do)) for name, do in digests.items()),
        *(Work(f"a migration from {file.name[:4]}", _released(file), _opened) for file in sorted(FOLDER.glob("*.gz"))),
        Work("a first start", lambda _: None, _opened),
        Work("a backup", _filled, _backup, _backup_is_whole),
        Work("a restore", _with_copy, _restore, _old_is_kept),
    )


def _filled(folder: Path) -> None:
    with open_store(folder / STORE) as store:
        fill(store, HERE)
        fill(store, THERE)
        text = "It is unclear who will lend the cranes to Estmark."
        tell(store, text, question(text, question="Who will lend the cranes?"), workspace=HERE)
        revise.mark_wrong(store, HERE, "F-1", BY, LATER)


def _digest(store: Store, now: datetime) -> None:
    digest.set_up(store, HERE, ("79", "desk"), (Schedule(Cadence.DAILY), Filter()), BY, now)


def _latest_digest(store: Store) -> int:
    return store.digests(HERE)[-1].id


def _with_digest(folder: Path) -> None:
    """A digest from before all that is held, so that it is owed with something to tell."""
    _filled(folder)
    with open_store(folder / STORE) as store:
        _digest(store, LATER - timedelta(days=400))


def _released(file: Path) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        (folder / STORE).write_bytes(gzip.decompress(file.read_bytes()))

    return prepare


def _on_store(do: Do) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        with open_store(folder / STORE) as store:
            do(store)

    return work


def _opened(folder: Path) -> None:
    open_store(folder / STORE).close()


def _ingest(store: Store) -> None:
    tell(
        store,
        NEW,
        commitment(NEW, "Norland will rebuild the bridge in June.", due="in June"),
        question(NEW, "Who pays for it?"),
        fact(NEW, "Estmark lends 9 cranes."),
        names=(("Norland", ("Norlanders", "the Norland cabinet")),),
    )


def _replace(store: Store) -> None:
    found = Findings((commitment(NEW, "Norland will rebuild the bridge in June."),), (), ())
    versions.replace(store, HERE, "S-1", new_source(NEW), found)


def _reread(store: Store) -> None:
    text = store.source_text(HERE, "S-1")
    found = {"S-1": Findings((), (question(text, "It is unclear who pays."),), ()), "S-2": Findings()}
    if store.commitments(HERE, _everything()).total == 0:
        return  # read again already: the log may hold no second line
    versions.reread(store, HERE, found, BY, LATER, apply=True)


def _everything():  # noqa: ANN202
    from bot.domain import Query

    return Query(actor="Norland")


def _latest(store: Store) -> int:
    return store.log_entries(HERE, 0, 1).items[0].id


def _owed(store: Store) -> int:
    return next(one.id for one in store.postings_due(LATER.replace(year=2027)) if one.workspace == HERE)


def _backup(folder: Path) -> None:
    with open_store(folder / STORE) as store:
        store.backup(folder / "copy.db")


def _backup_is_whole(folder: Path) -> str:
    """A copy has its name once it is whole."""
    if not (folder / "copy.db").exists():
        return ""
    with open_store(folder / "copy.db") as copy:
        return " ".join(copy.check()[:1])


def _with_copy(folder: Path) -> None:
    _filled(folder)
    with open_store(folder / STORE) as store:
        store.backup(folder / "copy.db")
        _ingest(store)


def _restore(folder: Path) -> None:
    aside = next(path for n in range(99) if not (path := folder / "backups" / f"aside-{n}.db").exists())
    restore_store(folder / "copy.db", folder / STORE, aside)


def _old_is_kept(folder: Path) -> str:
    """Whatever happened, some file still has what was there before."""
    for file in (folder / "backups").glob("aside-*.db"):
        with suppress(StoreError), open_store(file) as store:
            if store.counts(HERE).sources == 5:
                return ""
    return "what was there before is gone"
