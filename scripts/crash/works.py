"""What is done to a store while the process is stopped; a new verb that writes belongs here too."""

import gzip
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from bot import digest, drafts, revise, versions
from bot.domain import (
    Cadence,
    CommitmentKind,
    DraftKind,
    FeedItem,
    Filter,
    Findings,
    Follow,
    FollowKind,
    NewSource,
    Schedule,
)
from bot.errors import BadInput, StoreError
from bot.store import Store, export_server, open_store, restore_server, restore_store
from scripts.crash.engine import STORE, Work
from scripts.freeze_store import FOLDER, fill
from tests.store.make import HERE, LATER, THERE, commitment, fact, new_source, question, tell

NEW = "Norland will rebuild the bridge in June. Who pays for it? Estmark lends 9 cranes."
GONE = "Norland has withdrawn its offer to rebuild the bridge."
BY, MEMBER = "42", "43"
FEED, ITEM, MESSAGE = "https://news.example/feed", "https://news.example/1", "https://discord.com/channels/111/1/2"
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
    decisions |= {
        "a slot emptied": lambda store: revise.correct(store, HERE, "C-1", "recipients", "", BY, LATER),
        "a slot of a question set": lambda store: revise.correct(store, HERE, "Q-1", "about", "Estmark", BY, LATER),
        "a feed added": lambda store: store.add_feed(HERE, FEED, "News", BY, LATER),
        "something followed": lambda store: _follow(store, FollowKind.TOPIC, "bridge", LATER),
        "a member no longer reached": lambda store: store.refuse_direct(HERE, MEMBER, LATER),
        "a source suggested": lambda store: _draft(store, DraftKind.SUGGESTION, "", LATER),
        "a message looked at": lambda store: _draft(store, DraftKind.PREVIEW, MESSAGE, LATER),
        "a server joined": lambda store: store.arrive("333", "Third", "81", LATER),
        "a server left": lambda store: store.leave(HERE, LATER),
        "a person forgotten": lambda store: store.forget(HERE, BY),
    }
    digests: dict[str, Do] = {
        "a digest set": lambda store: _digest(store, LATER, "80"),
        "a digest set again": lambda store: _digest(store, LATER),
        "a digest owed": lambda store: digest.owe(store, HERE, _latest_digest(store), _DUE),
        "a digest lost": lambda store: store.pause_digest(store.digests(HERE)[0], "the channel is gone", LATER, LATER),
        "a digest stopped": lambda store: store.stop_digest(HERE, _latest_digest(store), BY, LATER),
        "an update lost": lambda store: store.tell_of_lost(store.postings_due(LATER)[0], "gone", LATER),
    }
    arriving: dict[str, Do] = {
        "a suggestion kept": lambda store: drafts.keep(store, HERE, _waiting(store, DraftKind.SUGGESTION), BY, LATER),
        "a message kept": lambda store: drafts.keep(store, HERE, _waiting(store, DraftKind.PREVIEW), BY, LATER),
        "a suggestion discarded": lambda store: drafts.discard(
            store, HERE, _waiting(store, DraftKind.SUGGESTION), LATER
        ),
        "old drafts forgotten": lambda store: store.tidy_drafts(LATER + timedelta(days=60)),
        "a message taken out": lambda store: revise.remove(store, HERE, "S-6", MEMBER, LATER),
        "a feed found": lambda store: store.mark_feed(replace(_feed(store), etag="b", read_at=LATER)),
        "an item of a feed taken": lambda store: store.mark_feed_item(
            HERE, _feed(store).id, FeedItem("2", "bb", "added", "S-2")
        ),
        "a feed moved": lambda store: store.mark_feed(replace(_feed(store), url=f"{FEED}/new")),
        "a feed removed": lambda store: store.end_feed(HERE, _feed(store).id, BY, LATER),
        "a feed added again": _feed_again,
        "something followed no more": lambda store: store.unfollow(HERE, MEMBER, FollowKind.PARTY, "Norland"),
        "an ingest that followers hear of": _ingest,
        "a follower told": lambda store: store.mark_sent(HERE, _owed(store, f"@{MEMBER}"), "780", LATER),
    }
    links: dict[str, Do] = {
        "a link proposed": lambda store: tell(store, GONE, _withdrawal(), published=date(2026, 5, 20)),
        "a link confirmed": lambda store: revise.confirm(store, HERE, _link(store), BY, LATER),
        "a link rejected": lambda store: revise.reject(store, HERE, _link(store), BY, LATER),
        "a link put off": lambda store: revise.put_off(store, HERE, _link(store), BY, LATER),
    }
    undone: dict[str, Do] = {
        "a source retracted": decisions["a source retracted"],
        "a slot set": decisions["a slot set"],
        "a name given": decisions["a name given"],
        "a link confirmed": links["a link confirmed"],
        "a link rejected": links["a link rejected"],
        "an undo": lambda store: revise.undo(store, HERE, _latest(store), BY, LATER),
    }
    return (
        *(Work(name, _filled, _on_store(do)) for name, do in decisions.items()),
        *(Work(name, _with_arriving, _on_store(do)) for name, do in arriving.items()),
        *(Work(name, _with_link if "proposed" not in name else _filled, _on_store(do)) for name, do in links.items()),
        *(Work(f"{name}, undone", _decided(do), _on_store(decisions["an undo"])) for name, do in undone.items()),
        *(Work(name, _with_digest, _on_store(do)) for name, do in digests.items()),
        *(Work(f"a migration from {file.name[:4]}", _released(file), _opened) for file in sorted(FOLDER.glob("*.gz"))),
        Work("a digest posted", _with_digest_owed, _on_store(_digest_posted)),
        Work("a first start", lambda _: None, _opened),
        Work("a backup", _filled, _backup, _backup_is_whole),
        Work("a restore", _with_copy, _restore, _old_is_kept),
        Work("a server written to a file", _filled, _export_server, _server_is_whole),
        Work("a server moved to a file", _filled, _move_server, _server_is_somewhere),
        Work("a server restored", _with_server, _restore_server),
    )


def _filled(folder: Path) -> None:
    with open_store(folder / STORE) as store:
        fill(store, HERE)
        fill(store, THERE)
        text = "It is unclear who will lend the cranes to Estmark."
        tell(store, text, question(text, question="Who will lend the cranes?"), workspace=HERE)
        revise.mark_wrong(store, HERE, "F-1", BY, LATER)


def _digest(store: Store, now: datetime, channel: str = "79") -> None:
    digest.set_up(store, HERE, (channel, "desk"), (Schedule(Cadence.DAILY), Filter()), BY, now)


def _latest_digest(store: Store) -> int:
    return store.digests(HERE)[-1].id


def _with_digest(folder: Path) -> None:
    """A digest from before all that is held, so that it is owed with something to tell."""
    _filled(folder)
    with open_store(folder / STORE) as store:
        _digest(store, LATER - timedelta(days=400))


def _with_digest_owed(folder: Path) -> None:
    _with_digest(folder)
    with open_store(folder / STORE) as store:
        digest.owe(store, HERE, _latest_digest(store), _DUE)


def _digest_posted(store: Store) -> None:
    store.mark_sent(HERE, _owed(store, "79"), "779", _DUE)


def _follow(store: Store, kind: FollowKind, target: str, now: datetime) -> None:
    store.follow(HERE, MEMBER, Follow(kind, target, now, direct=True))


def _draft(store: Store, kind: DraftKind, origin: str, now: datetime) -> None:
    text = f"Norland will repair the {kind} lighthouse in June."
    new = NewSource(new_source(text).document, origin or "a.txt", MEMBER, now, MEMBER if origin else "")
    drafts.draft(store, HERE, kind, new, Findings((commitment(text, action=f"repair the {kind} lighthouse"),), (), ()))


def _with_arriving(folder: Path) -> None:
    """What waits to be a Source, a Source that was a message, a feed, and who is told of what comes."""
    _filled(folder)
    with open_store(folder / STORE) as store:
        _draft(store, DraftKind.PREVIEW, MESSAGE, LATER)
        drafts.keep(store, HERE, _waiting(store, DraftKind.PREVIEW), MEMBER, LATER)
        _follow(store, FollowKind.PARTY, "Norland", LATER)
        again = "Norland will rebuild the bridge, as it says."
        tell(store, again, commitment(again))
        store.add_feed(HERE, FEED, "News", BY, LATER)
        store.mark_feed_item(HERE, _feed(store).id, FeedItem("1", "ab", "added", "S-1"))
        _draft(store, DraftKind.SUGGESTION, "", LATER)
        text = "Estmark will lend a ferry."
        new = replace(new_source(text), origin=f"{MESSAGE}3", author=MEMBER)
        drafts.draft(store, HERE, DraftKind.PREVIEW, new, Findings((commitment(text, action="lend a ferry"),), (), ()))


def _waiting(store: Store, kind: DraftKind) -> int:
    return store.drafts(HERE, kind, LATER)[0]


def _feed(store: Store):  # noqa: ANN202
    return store.feeds(HERE)[0]


def _feed_again(store: Store) -> None:
    with store.writing():
        store.end_feed(HERE, _feed(store).id, BY, LATER)
        store.add_feed(HERE, FEED, "News", BY, LATER)


def _withdrawal():  # noqa: ANN202
    return commitment(GONE, kind=CommitmentKind.WITHDRAWAL)


def _with_link(folder: Path) -> None:
    _filled(folder)
    with open_store(folder / STORE) as store:
        tell(store, GONE, _withdrawal(), published=date(2026, 5, 20))


def _link(store: Store) -> str:
    return store.links_waiting(HERE).items[0].id


def _decided(do: Do) -> Callable[[Path], None]:
    """What is to be taken back."""

    def prepare(folder: Path) -> None:
        _with_link(folder)
        with open_store(folder / STORE) as store:
            do(store)

    return prepare


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


def _owed(store: Store, channel: str = "") -> int:
    due = [one for one in store.postings_due(LATER.replace(year=2027)) if one.workspace == HERE]
    return next(one.id for one in due if channel in {"", one.channel})


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


def _export_server(folder: Path) -> None:
    with open_store(folder / STORE) as store:
        export_server(store, HERE, folder / "server.db")


def _move_server(folder: Path) -> None:
    with open_store(folder / STORE) as store:
        if HERE in store.workspaces():
            with store.removing(HERE, LATER):
                export_server(store, HERE, folder / "server.db")


def _server_is_somewhere(folder: Path) -> str:
    """It is in the store until the file is whole."""
    with open_store(folder / STORE) as store:
        here = HERE in store.workspaces()
    return _server_is_whole(folder) or ("" if here or (folder / "server.db").exists() else "the server is lost")


def _server_is_whole(folder: Path) -> str:
    """A file has its name once it is whole."""
    if not (folder / "server.db").exists():
        return ""
    with open_store(folder / "server.db") as file:
        return " ".join(file.check()[:1]) or ("" if file.workspaces() == (HERE,) else "other servers are in it")


def _with_server(folder: Path) -> None:
    """A store with other servers, and the file of one that comes."""
    _filled(folder)
    _export_server(folder)
    with open_store(folder / STORE) as store, store.removing(HERE, LATER):
        pass


def _restore_server(folder: Path) -> None:
    with suppress(BadInput):  # it is there: it was restored before the stop
        restore_server(folder / "server.db", folder / STORE)


def _old_is_kept(folder: Path) -> str:
    """Whatever happened, some file still has what was there before."""
    for file in (folder / "backups").glob("aside-*.db"):
        with suppress(StoreError), open_store(file) as store:
            if store.counts(HERE).sources == 5:
                return ""
    return "what was there before is gone"
