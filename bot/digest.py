"""Digests: what changed since a channel was last told, for what it wants, when it is due.

`digest` is pure. `owe` writes the Posting of a period and notes that it is covered, in one transaction: what is sent is
fixed then, and told once whatever happens to the process. One that fell due while the bot was down is owed when it is
back, and covers all that came due before it. `of_source` is what an update tells of one Source, by the same filters.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot import answer, overview
from bot.domain import (
    Cadence,
    Change,
    ChangeKind,
    Changes,
    Commitment,
    CommitmentKind,
    Digest,
    Fact,
    Filter,
    OpenQuestion,
    Posting,
    Query,
    Schedule,
    Source,
    SourceStatus,
    Subscription,
    Update,
)
from bot.errors import BadInput, NotFound
from bot.ledger.changes import HIDDEN
from bot.schedule import DAYS, due_after, latest_due, local, zone
from bot.store import Store
from bot.texts import _

Entry = Commitment | OpenQuestion | Fact

LATE = timedelta(minutes=10)
"""A digest that is sent so long after it was due is marked as late."""
_HOURS = 24
MOST = 15
"""How many digests a workspace may have."""
COMMITMENTS, QUESTIONS = "commitments", "questions"
KINDS = (COMMITMENTS, QUESTIONS, *map(str, CommitmentKind))
"""What a filter may ask for as a kind."""


def schedule_of(cadence: str, hour: int, timezone: str, day: str = DAYS[0]) -> Schedule:
    """A Schedule from what was typed. Raises `BadInput`."""
    if cadence not in set(Cadence) or not 0 <= hour < _HOURS or day not in DAYS:
        raise BadInput(_("A digest comes daily, on weekdays, weekly or monthly, at an hour from 0 to 23."))
    return Schedule(Cadence(cadence), hour, zone(timezone).key, DAYS.index(day))


def filter_of(party: str, topic: str, kind: str) -> Filter:
    """A Filter from what was typed. Raises `BadInput`."""
    if kind and kind not in KINDS:
        raise BadInput(_("There is no kind “{kind}”. Use one of: {kinds}.", kind=kind[:60], kinds=", ".join(KINDS)))
    return Filter(party, topic, kind)


def digest(
    schedule: Schedule,
    wanted: Filter,
    changes: Changes,
    now: datetime,
    *,
    matching: frozenset[str] | None = None,
) -> Digest:
    """What is told of the changes until now; `matching` are the entries about the party and topic that are wanted."""
    told = tuple(change for change in changes.changes if _wanted(change.entry, wanted, matching))
    everything = wanted == Filter()
    return Digest(
        schedule,
        wanted,
        changes.since,
        now,
        told,
        changes.sources if everything else (),
        changes.facts if everything else 0,
    )


def of_period(store: Store, workspace: str, wanted: tuple[Schedule, Filter], since: datetime, now: datetime) -> Digest:
    """What would be told now of all that was learnt after an instant."""
    with store.reading():
        schedule, filter_ = wanted
        changes = overview.changes(store, workspace, since, _dates(schedule, since, now))
        return digest(schedule, filter_, changes, now, matching=_matching(store, workspace, filter_))


def set_up(
    store: Store, workspace: str, channel: tuple[str, str], wanted: tuple[Schedule, Filter], by: str, now: datetime
) -> Subscription:
    """Give a channel (its id and name) a digest. Raises `BadInput` and `NotFound` for what cannot be wanted."""
    schedule, filter_ = wanted
    with store.writing():
        others = [each for each in store.digests(workspace) if each.channel != channel[0]]
        if len(others) >= MOST:
            raise BadInput(
                _("There are {most} digests here already, the most there may be. /digest stop ends one.", most=MOST)
            )
        if filter_.party:
            overview.party(store, workspace, filter_.party, 1)
        return store.set_digest(workspace, *channel, wanted, by, now, due_after(schedule, now))


def owe(store: Store, workspace: str, id: int, now: datetime) -> bool:  # noqa: A002
    """Owe what a digest that is due tells, and note when it is due next; whether there is anything to tell."""
    with store.writing():
        due = next((each for each in store.digests_due(now) if (each.workspace, each.id) == (workspace, id)), None)
        if due is None:
            return False
        found = of_period(store, workspace, (due.schedule, due.filter), due.covered, now)
        period = latest_due(due.schedule, now), due_after(due.schedule, now)
        store.cover(due, period, "" if found.empty else _packed(found, period[0]), now)
        return not found.empty


def of_posting(store: Store, posting: Posting, now: datetime) -> Digest:
    """The Digest that a Posting was written for, with its entries as they are now.

    What an entry no longer is, because of a decision since, is left out. Raises `NotFound` where nothing is left.
    """
    with store.reading():
        said, held = json.loads(posting.content), store.digest(posting.workspace, _number(posting))
        due = datetime.fromisoformat(said["due"])
        found = Digest(
            held.schedule,
            held.filter,
            datetime.fromisoformat(said["since"]),
            datetime.fromisoformat(said["until"]),
            tuple(_again(store, posting.workspace, said["changes"])),
            tuple(store.source(posting.workspace, each) for each in said["sources"]),
            said["facts"],
            due,
            late=now - due > LATE,
        )
    if found.empty:
        raise NotFound("Nothing of it holds any more.")
    return found


def lose(store: Store, posting: Posting, why: str, now: datetime) -> None:
    """A Posting cannot be posted: let whoever set its channel know, once.

    The digest that it was of is paused; what it would have told is untold.
    """
    if posting.kind == "update":
        store.tell_of_lost(posting, why, now)
    if posting.kind != "digest":
        return
    held = store.digest(posting.workspace, _number(posting))
    if held.paused_at is None:
        store.pause_digest(held, why, datetime.fromisoformat(json.loads(posting.content)["since"]), now)


def of_source(store: Store, workspace: str, source: str) -> Update | None:
    """What an update tells of a Source; None where there is nothing of what is wanted, or it counts no more."""
    with store.reading():
        wanted = store.updates_wanted(workspace)
        found = answer.update(store, workspace, source)
        found = replace(found, replaced=overview.replaced(store, workspace, found.source))
        if found.source.status is not SourceStatus.CURRENT or wanted == Filter():
            return found if found.source.status is SourceStatus.CURRENT else None
        matching = _matching(store, workspace, wanted)
    narrow = replace(
        found,
        commitments=tuple(each for each in found.commitments if _wanted(each, wanted, matching)),
        questions=tuple(each for each in found.questions if _wanted(each, wanted, matching)),
        facts=tuple(each for each in found.facts if _wanted(each, wanted, matching)),
        repeated=tuple(each for each in found.repeated if _wanted(each, wanted, matching)),
    )
    return narrow if any((narrow.commitments, narrow.questions, narrow.facts, narrow.repeated)) else None


def of_notice(store: Store, posting: Posting) -> Subscription | str:
    """The digest that a notice tells of, or why updates cannot be posted."""
    said = json.loads(posting.content)
    return str(said["lost"]) if "lost" in said else store.digest(posting.workspace, said["digest"])


def kind_of(entry: Entry) -> str:
    """What a kind of entries is called in a filter that wants all of them."""
    return COMMITMENTS if isinstance(entry, Commitment) else QUESTIONS if isinstance(entry, OpenQuestion) else "facts"


def _wanted(entry: Entry, wanted: Filter, matching: frozenset[str] | None) -> bool:
    if wanted.kind and wanted.kind not in {kind_of(entry), str(entry.finding.kind)}:
        return False
    return matching is None or entry.id in matching


def _matching(store: Store, workspace: str, wanted: Filter) -> frozenset[str] | None:
    """The entries about the party and the topic; None where neither is asked for."""
    queries = [Query(party=wanted.party)] if wanted.party else []
    queries += [Query(about=wanted.topic)] if wanted.topic else []
    found = [store.matching(workspace, query) for query in queries]
    return frozenset.intersection(*found) if found else None


def _dates(schedule: Schedule, since: datetime, now: datetime) -> tuple[date, date]:
    """The days that ended in the period, where the digest is read; today has not ended."""
    return local(since, schedule.timezone).date(), local(now, schedule.timezone).date()


def _packed(found: Digest, due: datetime) -> str:
    return json.dumps(
        {
            "due": due.isoformat(),
            "since": found.since.isoformat(),
            "until": found.until.isoformat(),
            "changes": [[change.kind, change.entry.id, change.what] for change in found.changes],
            "sources": [source.id for source in found.sources],
            "facts": found.facts,
        },
        ensure_ascii=False,
    )


def _again(store: Store, workspace: str, changes: Sequence[Sequence[str]]) -> Iterator[Change]:
    for kind, id_, what in changes:
        if not store.has(workspace, id_):
            continue  # deleted for good, with its only source
        entry = store.entry(workspace, id_)
        assert not isinstance(entry, Source)
        if (entry.status in HIDDEN) == (kind == ChangeKind.WITHDRAWN):
            yield Change(ChangeKind(kind), entry, what)


def _number(posting: Posting) -> int:
    return int(posting.subject.partition("|")[0])
