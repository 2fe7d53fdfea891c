"""Documents change: a new version takes the place of the one held, and what stayed keeps its id."""

from bot import overview, revise
from bot.domain import Added, Findings, NewSource, Replaced
from bot.ingest import ingest
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
        revise.settle(store, workspace, (entry for entry in spoke_of if not entry.startswith("F-")))
        added = store.added(workspace, added.source.id)
        return added, overview.replaced(store, workspace, added.source) or Replaced(before.id)
