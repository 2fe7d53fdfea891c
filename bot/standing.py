"""Where entries stand, said anew when what they rest on changes; and which links are proposed between them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from bot.domain import Added, Commitment, CommitmentStatus, OpenQuestion, Proposal, QuestionStatus, Turn
from bot.ledger import commitment_steps, link_keys, matter_keys, proposals, question_steps, sought_keys
from bot.ledger.changes import HIDDEN
from bot.ledger.links import FEWEST_SHARED, Finding, Said
from bot.store import Store

NOT_HELD = "+"
"""What the id begins with that something has while it is not held."""


def settle(store: Store, workspace: str, ids: Iterable[str]) -> None:
    """Say anew where entries stand, from all that counts of them, and where those stand that links lead to."""
    wanted = tuple(dict.fromkeys(ids))
    for id_ in dict.fromkeys((*wanted, *store.turned_by(workspace, wanted))):
        match store.entry(workspace, id_):
            case Commitment() as entry if entry.status not in HIDDEN:
                store.set_steps(workspace, id_, steps(entry, store.turns(workspace, id_)))
            case OpenQuestion() as asked if asked.status not in HIDDEN:
                store.set_steps(workspace, id_, question_steps(asked.mentions, None, store.turns(workspace, id_)))


def steps(entry: Commitment, turns: tuple[Turn, ...] = ()) -> tuple[CommitmentStatus, ...]:
    """Where a commitment stood after each mention; what a person set counts from the last one on."""
    *before, last = entry.mentions
    shown = replace(entry.finding, evidence=last.finding.evidence) if entry.corrections else last.finding
    return commitment_steps([*before, replace(last, finding=shown)], None, turns)


def follow(store: Store, workspace: str, added: Added) -> None:
    """Say where what a new Source repeats stands now; one that came in between changes what follows it."""
    repeated = (*added.repeated_commitments, *added.repeated_questions)
    turned = {entry for entry in repeated if store.turns(workspace, entry)}
    settle(store, workspace, (*turned, *store.turned_by(workspace, repeated)))
    for entry in (each for each in added.repeated_commitments if each not in turned):
        before, mentions = store.mentions_from(workspace, entry, added.source.id)
        stood = CommitmentStatus(before) if before else None
        store.set_steps(workspace, entry, commitment_steps(mentions, stood))
    for entry in (each for each in added.repeated_questions if each not in turned):
        before, mentions = store.mentions_from(workspace, entry, added.source.id)
        stood_open = QuestionStatus(before) if before else None
        store.set_steps(workspace, entry, question_steps(mentions, stood_open))


def look_for_links(store: Store, workspace: str, now: datetime, source: str = "") -> None:
    """Propose how what was just said bears on what is held, or that on it; names are read as people gave them.

    What a Source says bears on other Sources only, and what was held before links were looked for is taken in turn.
    """
    for _, group in groupby(store.unlinked(workspace, source), key=lambda each: each[4]):
        _look_for_links(store, workspace, now, tuple(group))


def _look_for_links(store: Store, workspace: str, now: datetime, new: Sequence[Any]) -> None:
    """The same for what one Source says."""
    said = [(entry, finding, day) for _, entry, finding, day, _ in new]
    for (mention, *_), proposed in zip(new, _proposed(store, workspace, said), strict=True):
        for proposal in proposed:
            store.propose(workspace, mention, proposal, now)
    for mention, _, finding, _, _ in new:
        store.put_link_keys(workspace, mention, (*link_keys(finding), *matter_keys(finding)))


def foreseen(
    store: Store, workspace: str, said: Sequence[tuple[str | None, Finding]], day: date
) -> tuple[tuple[Finding, Proposal], ...]:
    """The links that would be proposed if this were said on a day: of each finding, with the entry that it repeats.

    What opens an entry has an id that begins with `NOT_HELD`. Two entries that are linked are not told of again.
    """
    placed = [(entry or f"{NOT_HELD}{place}", finding, day) for place, (entry, finding) in enumerate(said)]
    return tuple(
        (finding, proposal)
        for (entry, finding), proposed in zip(said, _proposed(store, workspace, placed), strict=True)
        for proposal in proposed
        if entry is None or not store.linked(workspace, proposal.newer, proposal.older)
    )


def _proposed(store: Store, workspace: str, new: Sequence[tuple[str, Finding, date]]) -> Iterator[tuple[Proposal, ...]]:
    """The proposals for what is said of entries on a day, by what is held at this moment."""
    read, called = store.reader(workspace), store.called(workspace)
    said = [Said(entry, read(finding), day) for entry, finding, day in new]
    keys = [sought_keys(each.finding, lambda name: called.get(name, (name,))) for each in said]
    for each, near in zip(said, store.bearing(workspace, keys, FEWEST_SHARED), strict=True):
        yield proposals(each, [Said(id_, read(held), when) for id_, held, when in near])
