"""Decide and save: what the extractor found in a document becomes a Source and its entries, in one transaction."""

from dataclasses import replace
from datetime import date

from bot import standing
from bot.domain import Added, Candidate, CommitmentFinding, Decisions, Findings, NewSource, QuestionFinding, SourceRef
from bot.ledger import Candidates, decide, keys, matter_keys, near_copy, text_keys
from bot.ledger.versions import Held, carried
from bot.store import Store

BY_ITSELF = frozenset({"folder", "feed"})
"""Who added what came from the watched folder or a feed: nobody decided on it, so the log does not have it."""


def ingest(
    store: Store, workspace: str, new: NewSource, findings: Findings, *, announce: bool = True, supersedes: str = ""
) -> Added:
    """Save a document with what was found in it; the same content again is a duplicate and changes nothing.

    `announce` False adds quietly, without a Posting for the updates channel. `supersedes` is the Source of which the
    document is a new version (see `bot.versions.replace`). Raises `StoreError`, and then nothing is
    stored.
    """
    with store.writing():
        if first := store.held(workspace, new.document.text):
            return Added(first, duplicate=True)
        look_for_copies(store, workspace)
        near = copied(store, workspace, new.document.text, supersedes=supersedes)
        decisions = decided(store, workspace, new, findings, supersedes, near)
        added = store.add_source(workspace, new, decisions, announce=announce)
        if supersedes:
            store.supersede(workspace, supersedes, added.source.id, new.added_by, new.added_at)
        elif new.added_by not in BY_ITSELF:
            store.log_added(workspace, added.source.id, new.added_by, new.added_at)
        store.add_aliases(workspace, dict(findings.names))
        standing.follow(store, workspace, added)
        standing.look_for_links(store, workspace, new.added_at, added.source.id)
        store.note_text(workspace, added.source.id, text_keys(new.document.text), near)
        return replace(added, source=store.source(workspace, added.source.id))


def look_for_copies(store: Store, workspace: str) -> None:
    """Note of the Sources held, not compared yet, whether they are near-copies, and what they are looked up by."""
    for source in store.uncompared(workspace):
        text = store.source_text(workspace, source)
        store.note_text(workspace, source, text_keys(text), copied(store, workspace, text, source=source))


def copied(store: Store, workspace: str, text: str, *, source: str = "", supersedes: str = "") -> str:
    """The Source held of which a text is a near-copy, "" for none; an earlier version of it is no such Source."""
    found = store.like_texts(workspace, text_keys(text), source=source, supersedes=supersedes)
    return next((id_ for id_ in found if near_copy(store.source_text(workspace, id_), text)), "")


def decided(
    store: Store, workspace: str, new: NewSource, findings: Findings, supersedes: str = "", copy_of: str = ""
) -> Decisions:
    """What becomes of the findings of a document that comes now, a new version of a Source or its near-copy."""
    source = SourceRef("", new.document.title, new.document.published, new.origin)
    decisions = decide(findings, source, alike(store, workspace, findings), store.reader(workspace))
    earlier, told = (supersedes, "the earlier version") if supersedes else (copy_of, "of which this is a near-copy")
    if not earlier:
        return decisions
    held = [Held(entry, finding) for entry, finding in store.said_by(workspace, earlier)]
    return carried(decisions, held, f"the same sentence in {earlier}, {told}")


def alike(store: Store, workspace: str, findings: Findings) -> Candidates:
    """The entries held that findings may say again."""
    commitments, questions, facts = keys(findings, store.reader(workspace))
    matters = tuple(dict.fromkeys(filter(None, map(matter_keys, _undertaken_or_asked(findings)))))
    near = store.bearing(workspace, matters, 1)
    return Candidates(
        store.like_commitments(workspace, commitments),
        store.like_questions(workspace, questions),
        store.like_facts(workspace, facts),
        {wanted: tuple(map(_candidate, held)) for wanted, held in zip(matters, near, strict=True)},
    )


def _undertaken_or_asked(findings: Findings) -> tuple[CommitmentFinding | QuestionFinding, ...]:
    return (*findings.commitments, *findings.questions)


def _candidate(said: tuple[str, object, date]) -> Candidate[object]:
    entry, finding, _ = said
    return Candidate(entry, finding)
