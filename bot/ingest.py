"""Decide and save: what the extractor found in a document becomes a Source and its entries, in one transaction."""

from bot.domain import Added, Findings, NewSource
from bot.store import Store


def ingest(store: Store, workspace: str, new: NewSource, findings: Findings, *, announce: bool = True) -> Added:
    """Save a document with what was found in it; the same content again is a duplicate and changes nothing.

    `announce` False adds quietly, without a Posting for the updates channel. Raises `StoreError`, and then nothing is
    stored.
    """
    raise NotImplementedError
