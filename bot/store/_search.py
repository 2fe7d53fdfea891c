"""Full-text search. What a person types is words: nothing in it is syntax to the index."""

import sqlite3
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from bot.domain import Evidence, Hit, Page, Quote
from bot.store import _sources
from bot.store._compose import ref
from bot.store._passages import LONGEST
from bot.store._sql import Row, row, rows, value
from bot.store._values import short_id

MOST_WORDS = 32
"""A search looks at no more words than this."""


def phrase(text: str) -> str:
    """A text as a phrase of the index: its words one after the other; "" where it holds no word."""
    plain = text.replace("\x00", " ").replace('"', '""')
    return f'"{plain}"' if any(c.isalnum() for c in plain) else ""


def all_words(text: str) -> str:
    """A text as the demand that all its words occur, in any order; "" where it holds no word."""
    words = [found for word in text.split() if (found := phrase(word))]
    return " AND ".join(words[:MOST_WORDS])


def match(workspace: str, demands: Iterable[str]) -> str:
    """What the index is asked: this workspace, and any of the demands."""
    either = " OR ".join(f"({demand})" for demand in demands if demand)
    return f"scope : {phrase(_sources.scope_of(workspace))} AND {{text names}} : ({either})" if either else ""


def search(db: Database, workspace: str, text: str, number: int, size: int) -> Page[Hit]:
    """The sentences of current Sources that hold all the words, best first."""
    number = max(0, number)
    if not (asked := match(workspace, [all_words(text)])):
        return Page((), number, size, 0)
    total = value(db, f"SELECT count(*) {_FOUND}", (asked, workspace))
    found = rows(db, _HITS, (asked, workspace, size, number * size))
    return Page(tuple(_hit(db, r) for r in found), number, size, total)


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


def entries_about(workspace: str, text: str, names: Sequence[str]) -> str:
    """What the index of mentions is asked for entries about a subject: its words, or the names of its party."""
    return match(workspace, [all_words(text), *(phrase(name) for name in names)])


def integrity(db: Database) -> list[str]:
    """The full-text indexes that do not agree with their tables."""
    broken = []
    for index in ("passages_fts", "mention_texts_fts"):
        try:
            db.conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            broken.append(index)
    return broken


_FOUND = """
    FROM passages_fts JOIN passages p ON p.id = passages_fts.rowid JOIN sources s ON s.id = p.source
    WHERE passages_fts MATCH ? AND s.workspace = ? AND s.status = 'current'
"""
_HITS = f"""
    SELECT p.source, p.start, p."end", p.text,
        s.number, s.title, s.published, s.origin, s.status AS source_status
    {_FOUND} ORDER BY bm25(passages_fts, 1.0, 0.5, 0.0), s.seen DESC, p.id LIMIT ? OFFSET ?
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
