"""Prove that the store holds together: every finding here is a damage, each said in one sentence."""

import json
import sqlite3
from collections.abc import Iterator

from sqlite_utils import Database

from bot.store import _search, _terms
from bot.store._entries import HIDDEN_AS
from bot.store._schema import migrations
from bot.store._sources import load_blocks, text_hash
from bot.store._sql import Row, column, row, rows, value
from bot.store._turns import EVER, turned


def problems(db: Database) -> list[str]:
    """Everything that is wrong, a sentence each; the file first, as nothing else can be trusted if that is damaged."""
    if broken := [*_file(db), *_schema(db)]:
        return broken
    return [*_foreign_keys(db), *_sources(db), *_rules(db), *_terms_agree(db), *_full_text(db)]


def checked(db: Database) -> dict[str, int]:
    """How many there are of each thing that `problems` looks at, over all workspaces, by the noun for one of them."""
    return {noun: int(value(db, f"SELECT count(*) FROM {table}")) for noun, table in _CHECKED.items()}


def _file(db: Database) -> Iterator[str]:
    try:
        said = column(db, "PRAGMA integrity_check(20)")
    except sqlite3.DatabaseError as error:
        said = [str(error)]
    yield from (f"The SQLite file is damaged: {line}" for line in said if line != "ok")


def _schema(db: Database) -> Iterator[str]:
    yield from (f"The migration {m.name} has not been applied." for m in migrations.pending(db))


def _foreign_keys(db: Database) -> Iterator[str]:
    for r in rows(db, "PRAGMA foreign_key_check"):
        yield f"Row {r['rowid']} of {r['table']} refers to a row of {r['parent']} that is not there."


def _sources(db: Database) -> Iterator[str]:
    """Source by source, so that one text at a time is in memory."""
    for source in rows(db, "SELECT * FROM sources ORDER BY id"):
        name = f"S-{source['number']} of workspace {source['workspace']}"
        held = row(db, "SELECT text, blocks FROM source_texts WHERE source = ?", (source["id"],))
        if held is None:
            yield f"{name} has no text."
            continue
        yield from _text(name, source, held)
        yield from _quotes(db, name, source, held["text"])
        yield from _passages(db, name, source, held["text"])


def _text(name: str, source: Row, held: Row) -> Iterator[str]:
    if text_hash(held["text"]) != source["text_hash"]:
        yield f"The text of {name} is not the one that its hash was made of."
    if len(held["text"]) != source["length"]:
        yield f"The text of {name} has {len(held['text'])} characters, not {source['length']}."
    try:
        bad = [b for b in load_blocks(held["blocks"]) if not 0 <= b.start <= b.end <= len(held["text"])]
    except (ValueError, TypeError):
        yield f"The blocks of {name} cannot be read."
        return
    if bad:
        yield f"The blocks of {name} reach beyond its text."


def _quotes(db: Database, name: str, source: Row, text: str) -> Iterator[str]:
    for r in rows(db, _QUOTES, (source["id"],)):
        if r["end"] > len(text) or text[r["start"] : r["end"]] != r["quote"]:
            entry = f"{_PREFIX[r['type']]}-{r['number']}"
            yield f"A quote of {entry} is not what stands at {r['start']} to {r['end']} of {name}."


def _passages(db: Database, name: str, source: Row, text: str) -> Iterator[str]:
    found = rows(db, 'SELECT start, "end", text FROM passages WHERE source = ?', (source["id"],))
    if any(text[r["start"] : r["end"]] != r["text"] for r in found) or (text.strip() and not found):
        yield f"The sentences kept for search are not those of {name}."


def _rules(db: Database) -> Iterator[str]:
    """Rules that one statement each can test; a statement gives the rows that break its rule."""
    for words, sql in _RULES.items():
        yield from (words.format(**r) for r in rows(db, sql))
    for r in rows(db, "SELECT id, slots FROM mentions UNION ALL SELECT id, slots FROM entries"):
        try:
            json.loads(r["slots"])
        except ValueError:
            yield f"The slots of row {r['id']} of mentions or entries cannot be read."


def _terms_agree(db: Database) -> Iterator[str]:
    """Whether each entry is found where it stands, by what its columns and its quotes say."""
    sql = "SELECT e.*, t.place, t.words, t.scope FROM entries e JOIN entry_terms t ON t.entry = e.id"
    for e in rows(db, sql):
        name = f"{_PREFIX[e['type']]}-{e['number']} of workspace {e['workspace']}"
        actor = _terms.acting(e["scope"])
        placed = e["place"] == _terms.place(e["last_seen"], e["rank"], e["id"])
        if not placed or e["scope"].split() != _terms.made(db, e, actor) or not _acting(e["slots"]) <= set(actor):
            yield f"{name} is listed in a wrong place or under wrong terms."
        if not _terms.words(*column(db, _QUOTED, (e["id"], e["shown"]))) <= set(e["words"].split()):
            yield f"{name} is not found by all words of its quotes."


def _acting(slots: str) -> set[str]:
    """The words for the actor in the slots of an entry; slots that cannot be read are told of elsewhere."""
    try:
        return _terms.actor_words(json.loads(slots).get("actor_text", ""))
    except ValueError:
        return set()


def _full_text(db: Database) -> Iterator[str]:
    for index in _search.integrity(db):
        yield f"The full-text index {index} is not in step with its table."


_CHECKED = {
    "source": "sources",
    "sentence": "passages",
    "entry": "entries",
    "mention": "mentions",
    "quote": "evidence",
    "party": "parties",
    "link": "links",
    "follow": "follows",
    "digest or update": "subscriptions",
    "post": "postings",
    "line of the log": "log",
}
_PREFIX = {"commitment": "C", "question": "Q", "fact": "F"}
_QUOTES = """
    SELECT e.type, e.number, v.start, v."end", v.quote
    FROM mentions m JOIN entries e ON e.id = m.entry JOIN evidence v ON v.mention = m.id
    WHERE m.source = ? ORDER BY v.start
"""
_QUOTED = """
    SELECT v.quote FROM mentions m JOIN evidence v ON v.mention = m.id WHERE m.entry = ? AND m.current = ?
"""
_RULES = {
    "The {type} {number} of workspace {workspace} has no mention.": """
        SELECT type, number, workspace FROM entries e WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE entry = e.id)
    """,
    "The {type} {number} of workspace {workspace} has a mention without evidence.": """
        SELECT e.type, e.number, e.workspace FROM mentions m JOIN entries e ON e.id = m.entry
        WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE mention = m.id)
    """,
    "The {type} {number} of workspace {workspace} rests on a source of workspace {other}.": """
        SELECT e.type, e.number, e.workspace, s.workspace AS other
        FROM mentions m JOIN entries e ON e.id = m.entry JOIN sources s ON s.id = m.source
        WHERE e.workspace <> s.workspace OR m.workspace <> e.workspace OR m.type <> e.type
    """,
    "The {type} {number} of workspace {workspace} names a party of workspace {other}.": """
        SELECT e.type, e.number, e.workspace, p.workspace AS other
        FROM entry_parties l JOIN entries e ON e.id = l.entry JOIN parties p ON p.id = l.party
        WHERE e.workspace <> p.workspace
    """,
    "The {type} {number} of workspace {workspace} counts a mention of a source that is {status}.": """
        SELECT e.type, e.number, e.workspace, s.status
        FROM mentions m JOIN entries e ON e.id = m.entry JOIN sources s ON s.id = m.source
        WHERE m.current <> (s.status = 'current' AND NOT e.wrong AND m.found)
    """,
    "The {type} {number} of workspace {workspace} does not agree with its mentions.": f"""
        SELECT e.type, e.number, e.workspace FROM entries e
        WHERE e.shown <> (SELECT max(current) FROM mentions WHERE entry = e.id)
           OR e.last_seen <> (SELECT max(seen) FROM mentions WHERE entry = e.id AND current = e.shown)
           OR e.first_seen <> (SELECT min(seen) FROM mentions WHERE entry = e.id AND current = e.shown)
           OR e.slots <> (SELECT slots FROM mentions WHERE entry = e.id AND current = e.shown
                          ORDER BY seen DESC, id DESC LIMIT 1)
              AND NOT EXISTS (SELECT 1 FROM corrections WHERE entry = e.id)
           OR e.status <> CASE WHEN e.shown THEN coalesce({turned(EVER)}, (
                  SELECT status FROM mentions WHERE entry = e.id AND current = 1 ORDER BY seen DESC, id DESC LIMIT 1))
              ELSE {HIDDEN_AS} END
    """,
    "S-{number} of workspace {workspace} is noted as a near-copy of a source that it cannot be one of.": """
        SELECT s.number, s.workspace FROM sources s LEFT JOIN sources o ON o.id = s.copy_of
        WHERE (s.copy_of IS NULL) <> (s.first_copy IS NULL)
            OR o.workspace <> s.workspace OR o.id >= s.id OR s.first_copy <> coalesce(o.first_copy, o.id)
    """,
    "The link L-{number} of workspace {workspace} joins entries of another, or rests on no source.": """
        SELECT l.number, l.workspace FROM links l
        WHERE l.workspace <> (SELECT workspace FROM entries WHERE id = l.newer)
            OR l.workspace <> (SELECT workspace FROM entries WHERE id = l.older)
            OR NOT EXISTS (SELECT 1 FROM link_sources x JOIN sources s ON s.id = x.source
                           WHERE x.link = l.id AND s.workspace = l.workspace)
    """,
    "A mention of the {type} {number} of workspace {workspace} is looked for in another.": """
        SELECT DISTINCT e.type, e.number, e.workspace FROM link_keys k JOIN mentions m ON m.id = k.mention
        JOIN entries e ON e.id = m.entry WHERE k.workspace <> e.workspace
    """,
    "The {type} {number} of workspace {workspace} cannot be found by its words.": """
        SELECT e.type, e.number, e.workspace FROM entries e
        WHERE NOT EXISTS (SELECT 1 FROM entry_terms WHERE entry = e.id)
    """,
    "The totals of {type}s of workspace {workspace} are {entries}, not {counted} ({kind}, {status}).": """
        SELECT t.type, t.workspace, t.kind, t.status, t.entries, count(e.id) AS counted
        FROM totals t LEFT JOIN entries e ON e.workspace = t.workspace AND e.type = t.type AND e.shown = t.shown
            AND e.kind = t.kind AND e.status = t.status
        GROUP BY t.workspace, t.type, t.shown, t.kind, t.status HAVING t.entries <> count(e.id)
    """,
    "The {type} {number} of workspace {workspace} is not in the totals.": """
        SELECT e.type, e.number, e.workspace FROM entries e LEFT JOIN totals t ON t.workspace = e.workspace
            AND t.type = e.type AND t.shown = e.shown AND t.kind = e.kind AND t.status = e.status
        WHERE t.entries IS NULL
    """,
    "The party {name} of workspace {workspace} counts {entries} entries, not {counted}.": """
        SELECT p.name, p.workspace, p.entries, coalesce(sum(e.shown), 0) AS counted
        FROM parties p LEFT JOIN entry_parties l ON l.party = p.id LEFT JOIN entries e ON e.id = l.entry
        GROUP BY p.id HAVING p.entries <> counted
    """,
    "The next number for {prefix}- of workspace {workspace} has been given out already.": """
        SELECT n.prefix, n.workspace FROM (
            SELECT workspace, CASE type WHEN 'commitment' THEN 'C' WHEN 'question' THEN 'Q' ELSE 'F' END AS prefix,
                max(number) AS highest FROM entries GROUP BY workspace, type
            UNION ALL SELECT workspace, 'S', max(number) FROM sources GROUP BY workspace
            UNION ALL SELECT workspace, 'L', max(number) FROM links GROUP BY workspace
        ) n LEFT JOIN counters c ON c.workspace = n.workspace AND c.prefix = n.prefix
        WHERE c.next IS NULL OR c.next <= n.highest
    """,
    "A posting of workspace {workspace} tells of {subject}, which is not held.": """
        SELECT p.workspace, p.subject FROM postings p WHERE p.kind = 'update' AND NOT EXISTS (
            SELECT 1 FROM sources s WHERE s.workspace = p.workspace AND 'S-' || s.number = p.subject)
    """,
}
