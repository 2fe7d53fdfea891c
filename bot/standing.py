"""Where entries stand, said anew when what they rest on changes; and which links are proposed between them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.domain import Added, Commitment, CommitmentStatus, OpenQuestion, QuestionStatus, Turn
from bot.ledger import commitment_steps, link_keys, matter_keys, proposals, question_steps, sought_keys
from bot.ledger.changes import HIDDEN
from bot.ledger.links import FEWEST_SHARED, Said
from bot.store import Store


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
    read, called = store.reader(workspace), store.called(workspace)
    for mention, entry, finding, day, _ in new:
        said = Said(entry, read(finding), day)
        keys = sought_keys(said.finding, lambda name: called.get(name, (name,)))
        near = store.bearing(workspace, keys, FEWEST_SHARED)
        for proposal in proposals(said, [Said(id_, read(held), when) for id_, held, when in near]):
            store.propose(workspace, mention, proposal, now)
    for mention, _, finding, _, _ in new:
        store.put_link_keys(workspace, mention, (*link_keys(finding), *matter_keys(finding)))
