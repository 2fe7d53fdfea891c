"""What happens to a Source as a whole: it comes in, is taken out, comes back, each in one transaction of the caller."""

from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from bot.domain import Added, Cell, Counts, Decisions, NewSource, QuestionStatus, Source, SourceStatus
from bot.errors import BadInput, NotFound
from bot.store import _decisions, _entries, _erasing, _follows, _postings, _records, _sources, _subscriptions
from bot.store._sql import rows, value
from bot.texts import _

ERASED = "source deleted for good"
"""What the log says of a Source that was deleted."""


def add(db: Database, workspace: str, new: NewSource, decisions: Decisions, *, announce: bool) -> Added:
    """Write a Source with its entries and, where wanted, the Posting; the same text again writes nothing."""
    _entries.refuse_mismatch(new.document.text, decisions)
    _records.ensure_workspace(db, workspace)
    if first := _sources.held(db, workspace, new.document.text):
        return Added(first, duplicate=True)
    new = replace(new, added_at=_subscriptions.untold(db, workspace, new.added_at))
    source = _sources.insert(db, workspace, new, decisions)
    written = _entries.write(db, source, decisions)
    id_ = f"S-{source['number']}"
    if announce:
        _postings.owe_update(db, workspace, id_, new.added_at)
        spoken_of = {entry for group in written.values() for entry, _ in group}
        _follows.owe(db, workspace, id_, spoken_of, new.added_at)
    return _added(_sources.source(db, workspace, id_), written)


def added(db: Database, workspace: str, id: str) -> Added:  # noqa: A002
    """What adding a Source did. Raises `NotFound`."""
    found = _sources.find(db, workspace, id)
    return _added(_sources.source(db, workspace, id), _sources.written_with(db, found["id"]))


def _added(source: Source, written: dict[str, list[tuple[str, bool]]]) -> Added:
    def those(kind: str, *, new: bool) -> tuple[str, ...]:
        return tuple(id_ for id_, opened in written[kind] if opened is new)

    return Added(
        source,
        duplicate=False,
        new_commitments=those("commitment", new=True),
        repeated_commitments=those("commitment", new=False),
        new_questions=those("question", new=True),
        repeated_questions=those("question", new=False),
        new_facts=those("fact", new=True),
    )


def remove(db: Database, workspace: str, id: str, by: str, now: datetime) -> Source:  # noqa: A002
    """Take a Source out of all lists, and log it. Raises `NotFound`, also for one that was removed before."""
    before = _sources.source(db, workspace, id)
    if before.status is SourceStatus.REMOVED:
        raise NotFound(_("{id} was removed before. The list of sources shows those that are held.", id=before.id))
    return set_status(db, workspace, before, SourceStatus.REMOVED, "source removed", by, now)


def erase(db: Database, workspace: str, id: str, by: str, now: datetime) -> tuple[Source, tuple[str, ...]]:  # noqa: A002
    """Delete a Source for good, with what rests on it alone, and log that without a word of it. Raises `NotFound`."""
    done = _erasing.erase(db, workspace, id)
    _postings.drop_update(db, workspace, done[0].id, now)
    _records.write_log(db, workspace, by, ERASED, done[0].id, now, {})
    return done


def restore(db: Database, workspace: str, id: str, by: str, now: datetime) -> Source:  # noqa: A002
    """Bring a Source back, and log it. Raises `BadInput` for one that counts already."""
    before = _sources.source(db, workspace, id)
    return set_status(db, workspace, before, SourceStatus.CURRENT, "source restored", by, now)


def retract(db: Database, workspace: str, id: str, by: str, now: datetime) -> Source:  # noqa: A002
    """Flag a Source as one that no longer speaks, and log it.

    Raises `BadInput` for one that is retracted already, and for one that was removed: flagged, it would be held again.
    Raises `NotFound` for one that was deleted for good.
    """
    before = _sources.source(db, workspace, id)
    if before.status is SourceStatus.REMOVED:
        _sources.refuse_erased(_sources.find(db, workspace, id))
        raise BadInput(
            _("{id} was removed, so nothing rests on it. Restore it first if it is to be flagged.", id=before.id)
        )
    return set_status(db, workspace, before, SourceStatus.RETRACTED, "source retracted", by, now)


def set_status(
    db: Database, workspace: str, before: Source, status: SourceStatus, what: str, by: str, now: datetime
) -> Source:
    """Give a Source a status, and log it as a decision that can be taken back. Raises `BadInput` where it has it."""
    if before.status is status:
        if status is SourceStatus.CURRENT:
            raise BadInput(_("{id} counts already, so nothing was changed.", id=before.id))
        raise BadInput(_("{id} is {status} already, so nothing was changed.", id=before.id, status=status))
    values = {Cell("source", before.id): status.value}
    _decisions.decide(db, workspace, by, what, before.id, now, values, {"status": before.status.value})
    return _sources.source(db, workspace, before.id)


def counts(db: Database, workspace: str) -> Counts:
    """How much a workspace holds, from the totals that triggers keep."""
    sql = "SELECT type, status, sum(entries) AS n FROM totals WHERE workspace = ? AND shown = 1 GROUP BY type, status"
    held = rows(db, sql, (workspace,))

    def total(kind: str, status: str = "") -> int:
        return sum(r["n"] for r in held if r["type"] == kind and status in ("", r["status"]))

    return Counts(
        sources=value(db, "SELECT count(*) FROM sources WHERE workspace = ? AND status = 'current'", (workspace,)),
        commitments=total("commitment"),
        questions=total("question", QuestionStatus.OPEN),
        facts=total("fact"),
        last_added=_sources.latest_addition(db, workspace),
        store_bytes=value(db, "PRAGMA page_count") * value(db, "PRAGMA page_size"),
    )
