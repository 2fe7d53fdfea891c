"""Decide and save: what the extractor found in a document becomes a Source and its entries, in one transaction."""

from bot.domain import Added, Commitment, Findings, NewSource, OpenQuestion, SourceRef
from bot.ledger import Candidates, commitment_steps, decide, keys, question_steps
from bot.store import Store


def ingest(store: Store, workspace: str, new: NewSource, findings: Findings, *, announce: bool = True) -> Added:
    """Save a document with what was found in it; the same content again is a duplicate and changes nothing.

    `announce` False adds quietly, without a Posting for the updates channel. Raises `StoreError`, and then nothing is
    stored.
    """
    with store.writing():
        if first := store.held(workspace, new.document.text):
            return Added(first, duplicate=True)
        commitments, questions, facts = keys(findings)
        candidates = Candidates(
            store.like_commitments(workspace, commitments),
            store.like_questions(workspace, questions),
            store.like_facts(workspace, facts),
        )
        source = SourceRef("", new.document.title, new.document.published, new.origin)
        added = store.add_source(workspace, new, decide(findings, source, candidates), announce=announce)
        store.add_aliases(workspace, dict(findings.names))
        for entry in (*added.repeated_commitments, *added.repeated_questions):
            _settle(store, workspace, entry)
        return added


def _settle(store: Store, workspace: str, id: str) -> None:  # noqa: A002
    """Say anew where an entry stood after each of its mentions, as one more has come in between or at the end."""
    entry = store.entry(workspace, id)
    if isinstance(entry, Commitment):
        store.set_steps(workspace, id, commitment_steps(entry.mentions))
    elif isinstance(entry, OpenQuestion):
        store.set_steps(workspace, id, question_steps(entry.mentions))
