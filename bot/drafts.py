"""Documents that are looked at before they are kept: what they would bring, and what becomes of them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain import (
    Added,
    CommitmentFinding,
    Decision,
    Draft,
    DraftKind,
    FactFinding,
    Findings,
    NewSource,
    Preview,
    QuestionFinding,
    Source,
    SourceRef,
)
from bot.errors import BadInput
from bot.ingest import alike, ingest
from bot.ledger import decide
from bot.store import Store
from bot.versions import replace as replace_version

F = TypeVar("F", CommitmentFinding, QuestionFinding, FactFinding)

KEPT_FOR = {DraftKind.PREVIEW: timedelta(days=1), DraftKind.SUGGESTION: timedelta(days=30)}
"""How long a draft waits for somebody to decide on it."""
MOST_OF_ONE, MOST = 5, 100
"""How many suggestions of one member, and of all, may wait."""
_FULL = "{} of {} wait to be looked at, and no more are taken. Try again when moderators have decided on some."


def draft(
    store: Store, workspace: str, kind: DraftKind, new: NewSource, findings: Findings, *, supersedes: str = ""
) -> Draft | Source:
    """Keep a document that was read until it is decided on; a text that is held already gives its Source instead.

    Raises `BadInput` where too many suggestions wait.
    """
    with store.writing():
        if held := store.held(workspace, new.document.text):
            return held
        if kind is DraftKind.SUGGESTION:
            refuse_more(store, workspace, new.added_by, new.added_at)
        until = new.added_at + KEPT_FOR[kind]
        number = store.add_draft(workspace, kind, new, findings, until, supersedes=supersedes)
        return Draft(number, kind, new, findings, supersedes)


def refuse_more(store: Store, workspace: str, by: str, now: datetime) -> None:
    """Raise `BadInput` where a member may not suggest anything more at the moment."""
    if len(store.drafts(workspace, DraftKind.SUGGESTION, now, by=by)) >= MOST_OF_ONE:
        raise BadInput(_FULL.format(MOST_OF_ONE, "your suggestions"))
    if len(store.drafts(workspace, DraftKind.SUGGESTION, now)) >= MOST:
        raise BadInput(_FULL.format(MOST, "all suggestions"))


def preview(store: Store, workspace: str, id: int, now: datetime) -> Preview:  # noqa: A002
    """What a draft would bring if it were kept now. Raises `NotFound`."""
    with store.reading():
        found = store.draft(workspace, id, now)
        document = found.new.document
        ref = SourceRef("", document.title, document.published, found.new.origin)
        decided = decide(found.findings, ref, alike(store, workspace, found.findings), store.reader(workspace))
        said = [each.entry for each in decided.commitments] + [each.entry for each in decided.questions]
        earlier = next(iter(store.sources_at(workspace, found.new.origin)), None) if "://" in found.new.origin else None
        return Preview(
            found,
            tuple(each.finding for each in decided.commitments if _new(each)),
            tuple(each.finding for each in decided.questions if _new(each)),
            tuple(each.finding for each in decided.facts if _new(each)),
            tuple(dict.fromkeys(entry for entry in said if entry)),
            earlier if not found.supersedes else None,
        )


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
            return replace_version(store, workspace, old, new, found.findings)[0]
        return ingest(store, workspace, new, found.findings)


def discard(store: Store, workspace: str, id: int, now: datetime) -> Draft:  # noqa: A002
    """Forget a draft. Raises `NotFound`."""
    with store.writing():
        found = store.draft(workspace, id, now)
        store.drop_draft(workspace, id)
        return found
