"""Answers that put several lists together: one party as a whole, what changed. Read only, like `bot.answer`."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot import answer
from bot.domain import (
    Cell,
    Change,
    ChangeKind,
    Changes,
    Commitment,
    CommitmentFinding,
    CommitmentKind,
    CommitmentStatus,
    Extract,
    FactStatus,
    FollowKind,
    LogEntry,
    Page,
    PartyPage,
    Query,
    QuestionKind,
    QuestionStatus,
    Replaced,
    Source,
    SourceStatus,
    Timeline,
    Update,
)
from bot.errors import BadInput, NotFound
from bot.ledger.changes import HIDDEN, decided_since, in_order, net_effects, passed, proposed_since, said_since
from bot.store import Store
from bot.texts import _, one_of

_SHOWN_NAME = 60
_AN_ID = re.compile(r"\s*[CQFScqfs]-?[1-9][0-9]*\s*", re.ASCII)
_ALL = 1_000_000


def party(store: Store, workspace: str, name: str, size: int = 3) -> PartyPage:
    """What is held on the party that goes by a name. Raises `NotFound`, and `BadInput` where several go by it."""
    with store.reading():
        known = store.party_names(workspace, _one(store, workspace, name))
        return PartyPage(
            known,
            store.commitments(workspace, Query(party=known.name, role="actor"), 0, size),
            store.commitments(workspace, Query(party=known.name, role="recipient"), 0, size),
            store.questions(workspace, Query(party=known.name, role="about"), 0, size),
            store.partners(workspace, known.name),
            store.months(workspace, known.name),
        )


def _one(store: Store, workspace: str, name: str) -> str:
    found = store.parties_named(workspace, name)
    shown = name if len(name) <= _SHOWN_NAME else f"{name[: _SHOWN_NAME - 1]}…"
    if not found:
        near = answer.near(store, workspace, Query(actor=name))
        hint = _("Did you mean {near}?", near=one_of(near)) if near else _("Choose one that is offered while you type.")
        raise NotFound(_("No party here goes by the name “{shown}”. {hint}", shown=shown, hint=hint))
    if len(found) > 1:
        raise BadInput(
            _("“{shown}” is a name of {found}. Choose one of them.", shown=shown, found=_(" and of ").join(found))
        )
    return found[0]


def changes(
    store: Store, workspace: str, since: datetime, dates: tuple[date, date] | None = None, *, most: int | None = None
) -> Changes:
    """What the workspace learnt after an instant, by the date added.

    With `dates`, from the first to before the second, also which commitments had theirs then. Of new entries `most` are
    told one by one, the latest, and the others counted. A further way in which entries change is a further part of
    `found`.
    """
    with store.reading():
        sources = store.sources_since(workspace, since)
        lines = store.changed_since(workspace, since)
        touched = store.touched_since(workspace, since)
        unknown = {id_ for id_, known in touched if not known}
        told, left = _told(touched, most)
        found = [
            *_said(store, workspace, told, sources),
            *_decided(store, workspace, lines, since, unknown),
            *_passed(store, workspace, dates),
            *(proposed_since(link) for link in store.links_since(workspace, since)),
        ]
        facts = sum(id_.startswith("F-") for id_ in unknown)
        names = tuple(line for line in lines if any(effect.cell.kind == "alias" for effect in line.effects))
        return Changes(since, sources, in_order(found), facts, names, left=left)


def _told(touched: Sequence[tuple[str, bool]], most: int | None) -> tuple[list[tuple[str, bool]], int]:
    """What is told one by one of the entries that were spoken of, facts aside, and how many new ones are not."""
    entries = [(id_, known) for id_, known in touched if not id_.startswith("F-")]
    new = sorted((id_ for id_, known in entries if not known), key=_number)
    dropped = frozenset(new[: max(0, len(new) - most)] if most is not None else ())
    return [(id_, known) for id_, known in entries if id_ not in dropped], len(dropped)


def _said(
    store: Store, workspace: str, touched: Sequence[tuple[str, bool]], sources: Sequence[Source]
) -> Iterator[Change]:
    """What new Sources say of commitments and questions."""
    new, edited = frozenset(source.id for source in sources), _edited(store, workspace, sources)
    entries = store.entries(workspace, [id_ for id_, _ in touched])
    for (id_, known), entry in zip(touched, entries, strict=True):
        if change := said_since(entry, new, known=known, edited=edited.get(id_, ())):
            yield change


def _edited(store: Store, workspace: str, sources: Sequence[Source]) -> dict[str, list[CommitmentFinding]]:
    """What the versions that were held before these Sources said of each commitment."""
    before = {source.id: source.supersedes for source in sources}
    found: dict[str, list[CommitmentFinding]] = {}
    for old in dict.fromkeys(version for version in before.values() if version and version not in before):
        for id_, finding in store.said_by(workspace, old):
            if isinstance(finding, CommitmentFinding):
                found.setdefault(id_, []).append(finding)
    return found


def _decided(
    store: Store, workspace: str, lines: Sequence[LogEntry], since: datetime, unknown: set[str]
) -> Iterator[Change]:
    """What people decided on entries and on Sources that were held before; what came and went since is no news."""
    for cell, effect in net_effects(lines).items():
        for id_ in _concerned(store, workspace, cell, since):
            change = decided_since(_entry(store, workspace, id_), effect)
            if change and not (id_ in unknown and change.kind is ChangeKind.WITHDRAWN):
                yield change


def _passed(store: Store, workspace: str, dates: tuple[date, date] | None) -> Iterator[Change]:
    """Commitments whose date has come and gone; whoever reads is told, and nothing is concluded from it."""
    for entry in store.entries(workspace, store.due_between(workspace, *dates)) if dates else ():
        if isinstance(entry, Commitment) and (change := passed(entry)):
            yield change


def _concerned(store: Store, workspace: str, cell: Cell, since: datetime) -> tuple[str, ...]:
    """The entries that a cell says something of; none for a Source that came in since, which tells of them itself."""
    match cell.kind:
        case "source" if store.source(workspace, cell.of).added_at <= since:
            return store.resting_on(workspace, cell.of)
        case "wrong" | "slot":
            return (cell.of,)
        case "link":
            return (store.link_ends(workspace, cell.of)[1],)
    return ()


def _entry(store: Store, workspace: str, id: str) -> answer.Entry:  # noqa: A002
    found = store.entry(workspace, id)
    assert not isinstance(found, Source)
    return found


FACT_KINDS = answer.FACT_KINDS
GROUPS = ("commitments", "questions", "facts")
_KINDS: dict[str, frozenset[str]] = {
    "commitments": frozenset(CommitmentKind),
    "questions": frozenset(QuestionKind),
    "facts": frozenset(FACT_KINDS),
}
_STATUSES: dict[str, type[StrEnum]] = {
    "commitments": CommitmentStatus,
    "questions": QuestionStatus,
    "facts": FactStatus,
}
_BATCH = 500
MOST_DRAWN = 1_000
"""How many entries of a list a timeline looks at."""


def extract(store: Store, workspace: str, query: Query, groups: Sequence[str] = ()) -> Extract:
    """All that lists with these filters show, of some `GROUPS` or of all to which the filters apply.

    Raises `BadInput` where they apply to none, `NotFound` for a `source` that is not held.
    """
    wanted = [group for group in groups or GROUPS if _applies(group, query)]
    if not wanted:
        raise BadInput(
            _("No list has all of these filters: questions and facts have no actor, and kinds of their own.")
        )
    with store.reading():
        found = [entry for group in wanted for entry in _listed(store, workspace, group, query)]
        ids = {mention.source.id for entry in found for mention in entry.mentions}
        sources = tuple(store.source(workspace, id_) for id_ in sorted(ids, key=_number))
    return Extract(query, tuple(found), sources)


def _applies(group: str, query: Query) -> bool:
    """Whether entries of a group can match: only commitments have actors, and each group has kinds of its own."""
    if group != "commitments" and (query.actor or query.recipient):
        return False
    kind, status = query.kind.casefold(), query.status.casefold()
    return (not kind or kind in _KINDS[group]) and (not status or status in set(_STATUSES[group]))


def _listed(store: Store, workspace: str, group: str, query: Query) -> list[answer.Entry]:
    asks: dict[str, Callable[..., Page[Any]]] = {
        "commitments": store.commitments,
        "questions": store.questions,
        "facts": store.facts,
    }
    first = asks[group](workspace, query, 0, _BATCH)
    pages = [first, *(asks[group](workspace, query, number, _BATCH) for number in range(1, first.last + 1))]
    return sorted((entry for page in pages for entry in page.items), key=lambda entry: _number(entry.id))


def _number(id_: str) -> int:
    return int(id_.partition("-")[2])


def for_member(store: Store, workspace: str, changes: Changes, member: str) -> Changes:
    """The same changes, those of what a member follows first."""
    followed = store.followed(workspace, member, {change.entry.id for change in changes.changes})
    ordered = sorted(changes.changes, key=lambda change: change.entry.id not in followed)
    return replace(changes, changes=tuple(ordered), followed=followed)


def followable(store: Store, workspace: str, text: str) -> tuple[FollowKind, str]:
    """What a member means to follow: an entry by its id, a party by any of its names, else a topic by its words.

    Raises `NotFound` for an id that is not held, and `BadInput` for a source, for several parties, and for no words.
    """
    if _AN_ID.fullmatch(text):
        entry = answer.show(store, workspace, text)
        if isinstance(entry, Source):
            raise BadInput(
                _("{id} is a source, of which nothing new comes. Follow a party, words, or an entry.", id=entry.id)
            )
        return FollowKind.ENTRY, entry.id
    if store.parties_named(workspace, text):
        return FollowKind.PARTY, _one(store, workspace, text)
    if not any(char.isalnum() for char in text):
        raise BadInput(_("Give a party, words such as: peace deal, or the id of an entry (C-12)."))
    return FollowKind.TOPIC, text


def news_for(store: Store, workspace: str, source: str, member: str) -> Update:
    """What a Source says of what a member follows. Raises `NotFound` where that is nothing, or no longer."""
    found = answer.update(store, workspace, source)
    entries = (*found.commitments, *found.questions, *found.facts, *found.repeated)
    followed = store.followed(workspace, member, {entry.id for entry in entries})
    if found.source.status is not SourceStatus.CURRENT or not followed:
        raise NotFound("Nothing of it is followed.")
    return replace(
        found,
        commitments=tuple(entry for entry in found.commitments if entry.id in followed),
        questions=tuple(entry for entry in found.questions if entry.id in followed),
        facts=tuple(entry for entry in found.facts if entry.id in followed),
        repeated=tuple(entry for entry in found.repeated if entry.id in followed),
    )


def timeline(store: Store, workspace: str, query: Query) -> Timeline:
    """Commitments of an actor, on a subject or all, and the questions about either, open or answered.

    Of each list as many as a picture can use, those spoken of last; of the others only the number.
    """
    about = replace(query, actor="", about=query.about or query.actor)
    with store.reading():
        lists: list[Page[Any]] = [
            store.commitments(workspace, query, 0, MOST_DRAWN),
            store.questions(workspace, about, 0, MOST_DRAWN),
            store.questions(workspace, replace(about, status=QuestionStatus.ANSWERED), 0, MOST_DRAWN),
        ]
        named = store.parties_named(workspace, query.actor) if query.actor else ()
    commitments, *questions = (page.total - len(page.items) for page in lists)
    entries = sorted(
        (entry for page in lists for entry in page.items), key=lambda entry: (entry.id[0], _number(entry.id))
    )
    asked = replace(query, actor=named[0]) if len(named) == 1 else query
    return Timeline(asked, tuple(entries), commitments, sum(questions))


def speaking(store: Store, workspace: str) -> tuple[Source, ...]:
    """All Sources that count, by number."""
    held = store.sources(workspace, Query(), 0, _ALL).items
    return tuple(sorted(held, key=lambda source: _number(source.id)))


def superseding(store: Store, workspace: str, old: str) -> Source:
    """The Source that a new version may supersede. Raises `NotFound`, and `BadInput` for one that does not count."""
    held = store.source(workspace, old)
    if held.status is not SourceStatus.CURRENT:
        raise BadInput(
            _("{id} is {status}, so nothing can take its place. Restore it first.", id=held.id, status=held.status)
        )
    return held


def replaced(store: Store, workspace: str, source: Source) -> Replaced | None:
    """What became of what the version before this Source said; None where it supersedes none."""
    if not source.supersedes:
        return None
    spoke_of = tuple(dict.fromkeys(entry for entry, _ in store.said_by(workspace, source.supersedes)))
    says = {entry for entry, _ in store.said_by(workspace, source.id)}
    left_out = (entry for entry in spoke_of if entry not in says)
    return Replaced(
        source.supersedes,
        tuple(entry for entry in spoke_of if entry in says),
        tuple(entry for entry in left_out if _entry(store, workspace, entry).status in HIDDEN),
    )
