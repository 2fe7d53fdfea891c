"""Documents change, and so do the rules they are read by: what stayed keeps its id."""

from collections.abc import Mapping
from datetime import datetime

from bot import overview, standing
from bot.domain import (
    Added,
    Commitment,
    Document,
    Fact,
    Findings,
    NewSource,
    OpenQuestion,
    Replaced,
    Reread,
    Source,
    SourceRef,
)
from bot.ingest import alike, ingest
from bot.ledger import Candidates, decide
from bot.ledger.versions import Held, carried, its_own
from bot.store import Store


def replace(
    store: Store, workspace: str, old: str, new: NewSource, findings: Findings, *, announce: bool = True
) -> tuple[Added, Replaced]:
    """Save a new version of a Source, and let it take its place, in one transaction and one line of the log.

    The earlier one stays held, superseded; of what it says, what the new one leaves out and no other Source says is
    flagged as no longer in the current version. A text that is held already changes nothing. Raises `NotFound`, and
    `BadInput` for a Source that does not count any more.
    """
    with store.writing():
        before = overview.superseding(store, workspace, old)
        spoke_of = dict.fromkeys(entry for entry, _ in store.said_by(workspace, before.id))
        added = ingest(store, workspace, new, findings, announce=announce, supersedes=before.id)
        if added.duplicate:
            return added, Replaced(before.id)
        standing.settle(store, workspace, (entry for entry in spoke_of if not entry.startswith("F-")))
        added = store.added(workspace, added.source.id)
        return added, overview.replaced(store, workspace, added.source) or Replaced(before.id)


def reread(
    store: Store, workspace: str, found: Mapping[str, Findings], by: str, now: datetime, *, apply: bool
) -> tuple[Reread, ...]:
    """Let Sources, by id, say what was found in them now, in one transaction; what became of each, by number.

    What is found in the same sentence as before keeps its entry. What is found no longer is flagged and kept, so that
    its id returns if it is found again. Without `apply` all of it is done and rolled back, so what is told is what
    would be. Raises `NotFound`.
    """
    ids = sorted(found, key=lambda id_: int(id_.removeprefix("S-")))
    with store.writing() if apply else store.rehearsing():
        done = tuple(_reread(store, workspace, id_, found[id_]) for id_ in ids)
        standing.look_for_links(store, workspace, now)
        if apply:
            store.log(workspace, by, "read again", f"{len(done)} source{'s' if len(done) != 1 else ''}", now)
        return done


def _reread(store: Store, workspace: str, id: str, findings: Findings) -> Reread:  # noqa: A002
    source, before = store.source(workspace, id), store.slots_by(workspace, id)
    entries = {entry: _entry(store, workspace, entry) for entry in before}
    ref = SourceRef(source.id, source.title, source.published, source.origin)
    read = store.reader(workspace)
    held = [Held(entry, finding) for entry, finding in store.said_by(workspace, id, ever=True)]
    again = carried(decide(findings, ref, Candidates(), read), held, "the same sentence, read again")
    decisions = its_own(again, decide(findings, ref, alike(store, workspace, findings), read))
    store.reread(workspace, id, document_of(store, workspace, source), decisions)
    store.add_aliases(workspace, dict(findings.names))
    after = store.slots_by(workspace, id)
    standing.settle(store, workspace, (entry for entry in {**before, **after} if not entry.startswith("F-")))
    return Reread(
        source,
        tuple(_entry(store, workspace, entry) for entry in after if entry not in before),
        tuple(entries[entry] for entry in before if entry not in after),
        tuple(entry for entry in after if entry in before and before[entry] != after[entry]),
        sum(entry in before for entry in after),
    )


def document_of(store: Store, workspace: str, source: Source) -> Document:
    """A Source as the document that it was read from."""
    text, blocks = store.source_text(workspace, source.id), store.source_blocks(workspace, source.id)
    return Document(text, source.title, source.published, source.media_type, blocks)


def _entry(store: Store, workspace: str, id: str) -> Commitment | OpenQuestion | Fact:  # noqa: A002
    found = store.entry(workspace, id)
    assert not isinstance(found, Source)
    return found
