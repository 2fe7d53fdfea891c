"""Documents that are looked at before they are kept: what they would bring, and what becomes of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.domain import (
    Added,
    Bearing,
    CommitmentFinding,
    Decision,
    Decisions,
    Draft,
    DraftKind,
    FactFinding,
    Fate,
    Findings,
    NewSource,
    Outcome,
    Preview,
    QuestionFinding,
    Source,
    SourceStatus,
)
from bot.errors import BadInput
from bot.ingest import copied, decided, ingest
from bot.standing import NOT_HELD, foreseen
from bot.store import Store
from bot.texts import _
from bot.versions import replace as replace_version

F = TypeVar("F", CommitmentFinding, QuestionFinding, FactFinding)

KEPT_FOR = {DraftKind.PREVIEW: timedelta(days=1), DraftKind.SUGGESTION: timedelta(days=30)}
"""How long a draft waits for somebody to decide on it."""
MOST_OF_ONE, MOST = 5, 100
"""How many suggestions of one member, and of all, may wait."""
_OWN_FULL = _(
    "{most} of your suggestions wait to be looked at, and no more are taken. "
    "Try again when moderators have decided on some."
)
_ALL_FULL = _(
    "{most} of all suggestions wait to be looked at, and no more are taken. "
    "Try again when moderators have decided on some."
)


def draft(
    store: Store,
    workspace: str,
    kind: DraftKind,
    new: NewSource,
    findings: Findings,
    *,
    supersedes: str = "",
    direct: bool = False,
) -> Draft | Source:
    """Keep a document that was read until it is decided on; a text that is held already gives its Source instead.

    Raises `BadInput` where too many suggestions wait, or this very text does.
    """
    with store.writing():
        if held := store.held(workspace, new.document.text):
            return held
        if kind is DraftKind.SUGGESTION:
            refuse_more(store, workspace, new.added_by, new.added_at)
            _refuse_again(store, workspace, new)
        until = new.added_at + KEPT_FOR[kind]
        number = store.add_draft(workspace, kind, new, findings, until, supersedes=supersedes, direct=direct)
        return Draft(number, kind, new, findings, supersedes, direct)


def refuse_more(store: Store, workspace: str, by: str, now: datetime) -> None:
    """Raise `BadInput` where a member may not suggest anything more at the moment."""
    if len(store.drafts(workspace, DraftKind.SUGGESTION, now, by=by)) >= MOST_OF_ONE:
        raise BadInput(_OWN_FULL.format(most=MOST_OF_ONE))
    if len(store.drafts(workspace, DraftKind.SUGGESTION, now)) >= MOST:
        raise BadInput(_ALL_FULL.format(most=MOST))


def _refuse_again(store: Store, workspace: str, new: NewSource) -> None:
    """Raise `BadInput` where the same text of the same member waits already."""
    waiting = store.drafts(workspace, DraftKind.SUGGESTION, new.added_at, by=new.added_by)
    if any(store.draft(workspace, each, new.added_at).new.document.text == new.document.text for each in waiting):
        raise BadInput(_("You suggested this text already, and it waits for a moderator. Nothing was added."))


def preview(store: Store, workspace: str, id: int, now: datetime) -> Preview:  # noqa: A002
    """What a draft would bring if it were kept now. Raises `NotFound`."""
    with store.reading():
        found = store.draft(workspace, id, now)
        found_at, old = found.new.origin, found.supersedes
        earlier = next(iter(store.sources_at(workspace, found_at)), None) if "://" in found_at else None
        near = copied(store, workspace, found.new.document.text, supersedes=old or (earlier.id if earlier else ""))
        # kept as a Source beside the earlier one of its address, it may be the near-copy of that one
        like = copied(store, workspace, found.new.document.text) if earlier and not old else near
        done = decided(store, workspace, found.new, found.findings, old, like)
        said = [each.entry for each in done.commitments] + [each.entry for each in done.questions]
        return Preview(
            found,
            tuple(each.finding for each in done.commitments if _new(each)),
            tuple(each.finding for each in done.questions if _new(each)),
            tuple(each.finding for each in done.facts if _new(each)),
            tuple(dict.fromkeys(entry for entry in said if entry)),
            tuple(_bearings(store, workspace, done, found.new.document.published or now.date(), old)),
            earlier if not old else None,
            store.source(workspace, near) if near else None,
        )


def _bearings(store: Store, workspace: str, done: Decisions, day: date, old: str) -> Iterator[Bearing]:
    """What would be proposed to bear on the entries held; what the version `old` alone says will not count then."""
    findings = [
        (each.entry, each.finding) for group in (done.commitments, done.questions, done.facts) for each in group
    ]
    for finding, proposal in foreseen(store, workspace, findings, day):
        later = proposal.newer.startswith(NOT_HELD) or proposal.newer in {entry for entry, _ in findings}
        held = store.entry(workspace, proposal.older if later else proposal.newer)
        if isinstance(held, Source):
            continue
        if {each.source.id for each in held.mentions if each.source.status is SourceStatus.CURRENT} != {old}:
            yield Bearing(proposal.kind, finding, held, proposal.reason, later)


def _new(decision: Decision[F]) -> bool:
    return decision.entry is None


def keep(store: Store, workspace: str, id: int, by: str, now: datetime, *, supersedes: str = "") -> Added:  # noqa: A002
    """Make a draft a Source, in one transaction; `supersedes` makes it a new version of another.

    Raises `NotFound`, and `BadInput` where the other one does not count any more; the draft waits on then.
    """
    with store.writing():
        found = store.draft(workspace, id, now)
        new = replace(found.new, added_by=by, added_at=now)
        store.drop_draft(workspace, id)
        if old := supersedes or found.supersedes:
            added = replace_version(store, workspace, old, new, found.findings)[0]
        else:
            added = ingest(store, workspace, new, found.findings)
        _tell(store, workspace, found, Fate.HELD if added.duplicate else Fate.KEPT, now, added.source.id)
        return added


def _tell(store: Store, workspace: str, found: Draft, fate: Fate, now: datetime, source: str = "") -> None:
    """Let who suggested a document hear what became of it."""
    if found.kind is DraftKind.SUGGESTION:
        outcome = Outcome(found.new.document.title or found.new.origin, fate, now, source)
        store.tell_outcome(workspace, found.new.added_by, outcome, found.id if found.direct else None)


def discard(store: Store, workspace: str, id: int, now: datetime) -> Draft:  # noqa: A002
    """Forget a draft. Raises `NotFound`."""
    with store.writing():
        found = store.draft(workspace, id, now)
        store.drop_draft(workspace, id)
        _tell(store, workspace, found, Fate.DISCARDED, now)
        return found
