"""Full-text search. What a person types is words: nothing in it is syntax to the index."""

import sqlite3
from collections.abc import Mapping

from sqlite_utils import Database

from bot.domain import Evidence, Hit, Page, Quote
from bot.store import _aliases, _sources
from bot.store._compose import ref
from bot.store._passages import LONGEST
from bot.store._sql import Row, column, marks, row, rows, value
from bot.store._terms import MOST_WORDS, Scope
from bot.store._values import bare, short_id


def search(db: Database, workspace: str, text: str, number: int, size: int) -> Page[Hit]:
    """The sentences of current Sources that hold all the words, best first."""
    number = max(0, number)
    if not (words := _all_words(text, _names(db, workspace))):
        return Page((), number, size, 0)
    asked = f"scope : {Scope(workspace, 'source').base} AND {{text names}} : ({words})"
    total = value(db, "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?", (asked,))
    best = column(db, _BEST, (asked, size, number * size))
    found = {r["id"]: r for r in rows(db, _HITS.format(marks=marks(best)), (*best, workspace))}
    return Page(tuple(_hit(db, found[id_]) for id_ in best), number, size, total)


def _names(db: Database, workspace: str) -> Mapping[str, frozenset[str]]:
    """By each name of the parties that people gave names to, without its article: all names of that party."""
    called = [frozenset(bare(_unquoted(name)) for name in names) for names in _aliases.called(db, workspace).values()]
    return {name: names for names in called for name in names if name}


def _unquoted(text: str) -> str:
    """A text without what would end a phrase of the index."""
    return text.replace("\x00", "").replace('"', "")


def _all_words(text: str, names: Mapping[str, frozenset[str]]) -> str:
    """A text as the demand that all its words occur, in any order; "" where it holds no word.

    Words that hold together ("well-known", "U.S.") become phrases; a quotation mark is no syntax. A name that people
    gave a party, or a name of a party that they gave names to, may occur as any of these.
    """
    left = [word for word in _unquoted(text).split() if any(c.isalnum() for c in word)][:MOST_WORDS]
    longest = max((len(name.split()) for name in names), default=0)
    demands = []
    while left:
        lengths = range(min(longest + 1, len(left)), 0, -1)
        taken = next((n for n in lengths if bare(" ".join(left[:n])) in names), 0)
        either = sorted(names[bare(" ".join(left[:taken]))]) if taken else left[:1]
        demands.append(" OR ".join(f'"{each}"' for each in either))
        left = left[taken or 1 :]
    return " AND ".join(f"({demand})" for demand in demands)


def _hit(db: Database, r: Row) -> Hit:
    before, after = _around(db, r["source"], r["start"], r["end"])
    quote = Quote(r["text"], ref(r), before, after, r["start"], r["end"])
    resting = rows(db, _RESTING, (r["source"], r["end"], r["start"]))
    return Hit(quote, tuple(dict.fromkeys(short_id(e["type"], e["number"]) for e in resting)))


def context(db: Database, workspace: str, evidence: Evidence) -> Quote:
    """An Evidence with the sentences around it. Raises `NotFound` where its Source is not held here."""
    source = _sources.find(db, workspace, evidence.source.id if evidence.source else "")
    before, after = _around(db, source["id"], evidence.start, evidence.end)
    reference = ref({**source, "source_status": source["status"]})
    return Quote(evidence.quote, reference, before, after, evidence.start, evidence.end)


def _around(db: Database, source: int, start: int, end: int) -> tuple[str, str]:
    """The words before and after a place: the rest of its own sentence, or else the neighbouring one."""
    before = row(db, _BEFORE, (source, start))
    after = row(db, _AFTER, (source, end))
    return (
        before["text"][: start - before["start"]].strip() if before else "",
        after["text"][max(0, end - after["start"]) :].strip() if after else "",
    )


def integrity(db: Database) -> list[str]:
    """The full-text indexes that do not agree with their tables."""
    broken = []
    for index in ("passages_fts", "entry_terms_fts"):
        try:
            db.conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            broken.append(index)
    return broken


_BEST = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? ORDER BY rank LIMIT ? OFFSET ?"
_HITS = """
    SELECT p.id, p.source, p.start, p."end", p.text,
        s.number, s.title, s.published, s.origin, s.status AS source_status
    FROM passages p JOIN sources s ON s.id = p.source WHERE p.id IN ({marks}) AND s.workspace = ?
"""
_RESTING = """
    SELECT DISTINCT e.type, e.number
    FROM mentions m JOIN entries e ON e.id = m.entry JOIN evidence v ON v.mention = m.id
    WHERE m.source = ? AND v.start < ? AND v."end" > ? ORDER BY e.type, e.number
"""
_BEFORE = """
    SELECT start, text FROM passages WHERE source = ? AND start < ? AND kind <> 'heading' ORDER BY start DESC LIMIT 1
"""
_AFTER = f"""
    SELECT start, text FROM passages
    WHERE source = ?1 AND start >= ?2 - {LONGEST} AND "end" > ?2 AND kind <> 'heading' ORDER BY start LIMIT 1
"""
