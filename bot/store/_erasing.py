"""A Source whose text is deleted for good, with every entry that rests on it alone, and all that was kept of either.

The row of the Source stays, empty, so that its number is not given out again and the log does not point nowhere. What
was decided on the entries that go stays in the log as who did what when; what it changed, and its words, go.
"""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from bot.domain import Source, SourceStatus
from bot.store import _copies, _drafts, _entries, _outcomes, _postings, _sources
from bot.store._guests import renew_indexes
from bot.store._sql import Row, column, marks, rows, run
from bot.store._values import dump, short_id

TITLE = "Deleted for good"
"""What the empty Source is called."""
UNSAID = "the reason had words of a source that was deleted for good"
"""The reason of a link whose own one may quote it."""


def erase(db: Database, workspace: str, id: str) -> tuple[Source, tuple[str, ...]]:  # noqa: A002
    """Delete what is kept of a Source; the Source as it is then, and the ids of the entries that it spoke of and that
    other Sources speak of, too. Raises `NotFound`, also for one that was deleted before.
    """
    source = _sources.find(db, workspace, id)
    _sources.refuse_erased(source)
    _drafts.drop_like(db, workspace, source["origin"], _sources.text(db, workspace, id))
    spoken_of = column(db, "SELECT entry FROM mentions WHERE source = ? ORDER BY entry", (source["id"],))
    alone = [entry for entry in spoken_of if not _said_elsewhere(db, entry, source["id"])]
    shared = [entry for entry in spoken_of if entry not in alone]
    parties = _named(db, spoken_of)
    touched = _erase_links(db, workspace, source, alone)
    _erase_mentions(db, source["id"])
    _unsay(db, workspace, id, alone, shared)
    _forget_decisions(db, workspace, id, _ids(db, alone), _ids(db, shared))
    for table, key in _OF_ENTRIES:
        run(db, f"DELETE FROM {table} WHERE {key} IN ({marks(alone)})", alone)
    _empty(db, source)
    for entry in dict.fromkeys((*shared, *(each for each in touched if each not in alone))):
        _entries.derive(db, entry)
    _forget_parties(db, parties)
    renew_indexes(db)
    return _sources.source(db, workspace, id), tuple(_ids(db, shared))


def _said_elsewhere(db: Database, entry: int, source: int) -> bool:
    return bool(column(db, "SELECT 1 FROM mentions WHERE entry = ? AND source <> ? LIMIT 1", (entry, source)))


def _ids(db: Database, entries: Sequence[int]) -> list[str]:
    found = rows(db, f"SELECT type, number FROM entries WHERE id IN ({marks(entries)}) ORDER BY id", entries)
    return [short_id(r["type"], r["number"]) for r in found]


def _named(db: Database, entries: Sequence[int]) -> list[int]:
    return column(db, f"SELECT DISTINCT party FROM entry_parties WHERE entry IN ({marks(entries)})", entries)


def _erase_links(db: Database, workspace: str, source: Row, alone: Sequence[int]) -> list[int]:
    """Delete the links of the entries that go, and those that no other Source gave rise to; the ends of these."""
    run(db, "DELETE FROM link_sources WHERE source = ?", (source["id"],))
    where = f"newer IN ({marks(alone)}) OR older IN ({marks(alone)})"
    found = rows(
        db,
        f"""SELECT id, number, newer, older FROM links l WHERE workspace = ? AND ({where}
            OR NOT EXISTS (SELECT 1 FROM link_sources x WHERE x.link = l.id)) ORDER BY id""",
        (workspace, *alone, *alone),
    )
    for link in found:
        run(db, "DELETE FROM link_sources WHERE link = ?", (link["id"],))
        run(db, "DELETE FROM links WHERE id = ?", (link["id"],))
    _forget_lines(db, workspace, f"S-{source['number']}", [f"L-{link['number']}" for link in found])
    return [link["older"] for link in found]


def _erase_mentions(db: Database, source: int) -> None:
    for table in ("evidence", "link_keys"):
        run(db, f"DELETE FROM {table} WHERE mention IN (SELECT id FROM mentions WHERE source = ?)", (source,))
    run(db, "DELETE FROM mentions WHERE source = ?", (source,))


def _unsay(db: Database, workspace: str, source: str, alone: Sequence[int], shared: Sequence[int]) -> None:
    """Let nothing that was made of the Source's words tell them: what digests say became of its entries, why links of
    those that stay were proposed, what became of it as a suggestion.
    """
    _postings.unsay(db, workspace, frozenset(_ids(db, alone)), frozenset(_ids(db, shared)))
    _outcomes.retitle(db, workspace, source, TITLE)
    run(
        db,
        f"UPDATE links SET reason = ? WHERE newer IN ({marks(shared)}) OR older IN ({marks(shared)})",
        (UNSAID, *shared, *shared),
    )


def _empty(db: Database, source: Row) -> None:
    _copies.forget(db, source)
    run(db, "DELETE FROM passages WHERE source = ?", (source["id"],))
    run(db, "UPDATE source_texts SET text = '', blocks = '[]' WHERE source = ?", (source["id"],))
    values = (TITLE, _sources.text_hash(""), SourceStatus.REMOVED.value, source["id"])
    run(
        db,
        """UPDATE sources SET title = ?, origin = '', author = '', length = 0, text_hash = ?, status = ?, erased = 1
           WHERE id = ?""",
        values,
    )


def _forget_decisions(db: Database, workspace: str, source: str, gone: Iterable[str], stayed: Iterable[str]) -> None:
    """Let the log say of what was decided on the entries no more than that it was; of those that stay, keep what
    people set, and not what the Source had said before.
    """
    _forget_lines(db, workspace, source, gone)
    for id_ in stayed:
        run(db, _UNSAID, (workspace, id_))


def _forget_lines(db: Database, workspace: str, source: str, subjects: Iterable[str]) -> None:
    for subject in subjects:
        values = (workspace, subject)
        run(db, f"UPDATE log SET details = ? WHERE {_CHANGED}", (dump({"erased": source}), *values))
        run(db, f"DELETE FROM log_effects WHERE subject = ? AND log IN ({_LINES})", (subject, *values))


def _forget_parties(db: Database, parties: Iterable[int]) -> None:
    """Forget the parties that nothing names any more, with their names."""
    for party in parties:
        if not column(db, "SELECT 1 FROM entry_parties WHERE party = ? LIMIT 1", (party,)):
            for table, key in (("party_aliases", "party"), ("party_beginnings", "party"), ("parties", "id")):
                run(db, f"DELETE FROM {table} WHERE {key} = ?", (party,))


_OF_ENTRIES = (("corrections", "entry"), ("entry_parties", "entry"), ("entry_terms", "entry"), ("entries", "id"))
_LINES = "SELECT l.id FROM log l JOIN log_effects e ON e.log = l.id WHERE l.workspace = ? AND e.subject = ?"
_CHANGED = f"id IN ({_LINES})"
_UNSAID = """
    UPDATE log SET details = json_set(details, '$.before', '(deleted)')
    WHERE workspace = ? AND what = 'slot set' AND subject = ?
"""
