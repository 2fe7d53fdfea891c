"""Write what a Source says: entries, their mentions and quotes, and what is derived from them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from bot.domain import CommitmentFinding, Decision, Decisions, Evidence, FactFinding, QuestionFinding
from bot.errors import EvidenceMismatch
from bot.store import _corrections, _parties, _terms
from bot.store._shapes import COMMITMENTS, FACTS, QUESTIONS, SHAPES, Shape, corrected, slots_of
from bot.store._sql import Row, column, only, row, rows, run, value
from bot.store._turns import EVER, turned
from bot.store._values import no_such, parse_id, short_id

Finding = CommitmentFinding | QuestionFinding | FactFinding
Written = tuple[str, bool]
"""The id of an entry, and whether it is new."""


def groups(decisions: Decisions) -> tuple[tuple[Shape[Any, Any], Sequence[Decision[Any]]], ...]:
    """The decisions with the shape of their entries, in the order in which they get their ids."""
    return (COMMITMENTS, decisions.commitments), (QUESTIONS, decisions.questions), (FACTS, decisions.facts)


def refuse_mismatch(text: str, decisions: Decisions) -> None:
    """Raise `EvidenceMismatch` for a finding without Evidence or whose quote is not the slice of the text."""
    for shape, group in groups(decisions):
        for decision in group:
            _refuse(text, shape.type, shape.headline(decision.finding), decision.finding.evidence)


def _refuse(text: str, kind: str, headline: str, evidence: tuple[Evidence, ...]) -> None:
    if not evidence:
        raise EvidenceMismatch(f'The {kind} "{headline}" has no evidence, so nothing was saved. Please report this.')
    for e in evidence:
        if not 0 <= e.start < e.end <= len(text) or text[e.start : e.end] != e.quote:
            raise EvidenceMismatch(
                f'The {kind} "{headline}" quotes words that do not stand at {e.start} to {e.end} of the text, '
                "so nothing was saved. Please report this."
            )


def next_number(db: Database, workspace: str, prefix: str) -> int:
    """The next number of a short id; never given out before, nor again."""
    sql = """
        INSERT INTO counters VALUES (?, ?, 2) ON CONFLICT DO UPDATE SET next = next + 1 RETURNING next - 1
    """
    return int(value(db, sql, (workspace, prefix)))


def write(db: Database, source: Row, decisions: Decisions) -> dict[str, list[Written]]:
    """Store the mentions of one Source; the entries by type, each once, in order of their first finding."""
    written: dict[str, list[Written]] = {}
    for shape, group in groups(decisions):
        seen = dict(_write(db, source, shape, decision) for decision in group)
        written[shape.type] = list(seen.items())
    return written


def _write(db: Database, source: Row, shape: Shape[Any, Any], decision: Decision[Any]) -> Written:
    workspace, finding = source["workspace"], decision.finding
    if decision.entry is None:
        number = next_number(db, workspace, shape.prefix)
        entry = _open(db, source, shape, decision, number)
    else:
        found = find(db, workspace, decision.entry)
        entry, number = found["id"], found["number"]
    mention = _mention(db, source, shape, decision, entry)
    run_all_evidence(db, mention, finding.evidence)
    _parties.link(db, workspace, entry, shape.roles(finding))
    if decision.entry is not None:
        settle(db, entry)
    if _corrections.of(db, entry):
        _relink(db, entry)
        return _told(db, shape, number, mention)
    _terms.put(db, entry, _said(shape, finding), _acting(shape, finding), more=True)
    return _told(db, shape, number, mention)


def _told(db: Database, shape: Shape[Any, Any], number: int, mention: int) -> Written:
    opened = value(db, "SELECT opened FROM mentions WHERE id = ?", (mention,))
    return short_id(shape.type, number), bool(opened)


def _open(db: Database, source: Row, shape: Shape[Any, Any], decision: Decision[Any], number: int) -> int:
    finding = decision.finding
    return run(
        db,
        """INSERT INTO entries (workspace, type, number, kind, status, headline, slots, rank, first_seen, last_seen)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            source["workspace"],
            shape.type,
            number,
            str(finding.kind),
            decision.status,
            shape.headline(finding),
            slots_of(finding),
            shape.rank(finding),
            source["seen"],
            source["seen"],
        ),
    )


def _mention(db: Database, source: Row, shape: Shape[Any, Any], decision: Decision[Any], entry: int) -> int:
    """The row of what the Source says of the entry; a second finding of one Source on one entry joins the first."""
    known = value(db, "SELECT id FROM mentions WHERE source = ? AND entry = ?", (source["id"], entry))
    if known is not None:
        return int(known)
    return run(
        db,
        """INSERT INTO mentions
           (entry, source, workspace, type, key, seen, kind, slots, status, reason, opened, current)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT 1 - wrong FROM entries WHERE id = ?1))""",
        (
            entry,
            source["id"],
            source["workspace"],
            shape.type,
            decision.key,
            source["seen"],
            str(decision.finding.kind),
            slots_of(decision.finding),
            decision.status,
            decision.reason,
            decision.entry is None,
        ),
    )


def run_all_evidence(db: Database, mention: int, evidence: Iterable[Evidence]) -> None:
    """Store the quotes of a mention, each place once."""
    db.conn.executemany(
        'INSERT OR IGNORE INTO evidence (mention, start, "end", quote) VALUES (?, ?, ?, ?)',
        [(mention, e.start, e.end, e.quote) for e in evidence],
    )


def _said(shape: Shape[Any, Any], finding: Any) -> set[str]:
    """The words that an entry is found by for the sake of one finding."""
    return _terms.words(shape.words(finding), *(e.quote for e in finding.evidence))


def _acting(shape: Shape[Any, Any], finding: Any) -> set[str]:
    """The words for the actor that an entry is found by for the sake of one finding."""
    return _terms.actor_words(shape.actor(finding)) | ({_terms.called(shape.unnamed(finding))} - {""})


def find(db: Database, workspace: str, id: str) -> Row:  # noqa: A002
    """The row of an entry. Raises `NotFound`."""
    kind, number = parse_id(id)
    found = row(db, "SELECT * FROM entries WHERE workspace = ? AND type = ? AND number = ?", (workspace, kind, number))
    if found is None:
        raise no_such(id)
    return found


def settle(db: Database, entry: int) -> None:
    """Derive an entry's columns from its mentions: those that count, or all where none does. What people set prevails.

    A mention counts whose Source is current, unless the entry is marked wrong.
    """
    current = value(db, "SELECT max(current) FROM mentions WHERE entry = ?", (entry,))
    seen = only(db, _SEEN, (entry, current))
    latest = only(db, _LATEST, (entry, current))
    shape = SHAPES[latest["type"]]
    corrections = _corrections.of(db, entry)
    finding = corrected(shape.load(latest["slots"], ()), corrections)
    hidden = value(db, f"SELECT {HIDDEN_AS} FROM entries e WHERE e.id = ?", (entry,))
    run(
        db, "UPDATE entries SET first_seen = ?, last_seen = ?, shown = ? WHERE id = ?", (*seen.values(), current, entry)
    )
    by_link = value(db, f"SELECT {turned(EVER)} FROM entries e WHERE e.id = ?", (entry,))
    run(
        db,
        "UPDATE entries SET kind = ?, status = ?, headline = ?, slots = ?, rank = ? WHERE id = ?",
        (
            str(finding.kind),
            (by_link or latest["status"]) if current else hidden,
            shape.headline(finding),
            slots_of(finding) if corrections else latest["slots"],
            shape.rank(finding),
            entry,
        ),
    )


def set_current(db: Database, source: int) -> None:
    """Count a Source's mentions, or count them no longer, and derive anew the entries they belong to."""
    _recount(db, "source", source)
    for entry in column(db, "SELECT entry FROM mentions WHERE source = ? ORDER BY entry", (source,)):
        derive(db, entry)


def set_wrong(db: Database, entry: int, *, wrong: bool) -> None:
    """Take an entry out of all lists because it is wrong, or let it back in."""
    run(db, "UPDATE entries SET wrong = ? WHERE id = ?", (wrong, entry))
    _recount(db, "entry", entry)
    derive(db, entry)


def _recount(db: Database, column_: str, id_: int) -> None:
    """Say of the mentions of a Source or an entry whether they count."""
    run(db, f"UPDATE mentions SET current = {COUNTS} WHERE {column_} = ?", (id_,))


def derive(db: Database, entry: int) -> None:
    """Derive anew everything that follows from an entry's mentions and from what people decided on it."""
    settle(db, entry)
    _relink(db, entry)


def _relink(db: Database, entry: int) -> None:
    """Derive anew which parties an entry names and which words it is found by."""
    _parties.unlink(db, entry)
    corrections = _corrections.of(db, entry)
    said: set[str] = set()
    actor: set[str] = set()
    for m in rows(db, _COUNTED, (entry,)):
        shape = SHAPES[m["type"]]
        finding = corrected(shape.load(m["slots"], ()), corrections)
        _parties.link(db, m["workspace"], entry, shape.roles(finding))
        said |= _said(shape, finding)
        actor |= _acting(shape, finding)
        said |= _terms.words(*column(db, "SELECT quote FROM evidence WHERE mention = ?", (m["id"],)))
    _terms.put(db, entry, said, actor)


def set_steps(db: Database, workspace: str, id: str, steps: Sequence[str]) -> None:  # noqa: A002
    """Note where the entry stood after each of its last counted mentions, in their order."""
    entry = find(db, workspace, id)["id"]
    mentions = reversed(column(db, _LAST, (entry, len(steps))))
    for mention, status in zip(mentions, steps, strict=True):
        run(db, "UPDATE mentions SET status = ? WHERE id = ? AND status <> ?", (str(status), mention, str(status)))
    settle(db, entry)
    _terms.put(db, entry, (), more=True)


HIDDEN = frozenset({"source withdrawn", "marked wrong", "no longer in the current version", "no longer found"})
"""Where an entry stands that is in no list."""
COUNTS = """
    (SELECT s.status = 'current' FROM sources s WHERE s.id = mentions.source)
    AND NOT (SELECT e.wrong FROM entries e WHERE e.id = mentions.entry) AND mentions.found
"""
"""Whether a mention counts, in SQL."""
HIDDEN_AS = """
    CASE WHEN e.wrong THEN 'marked wrong'
    WHEN EXISTS (SELECT 1 FROM mentions x JOIN sources s ON s.id = x.source
                 WHERE x.entry = e.id AND x.found AND s.status = 'superseded') THEN 'no longer in the current version'
    WHEN NOT EXISTS (SELECT 1 FROM mentions x WHERE x.entry = e.id AND x.found) THEN 'no longer found'
    ELSE 'source withdrawn' END
"""
"""Where an entry `e` stands of which no mention counts, in SQL."""
_SEEN = """
    SELECT (SELECT min(seen) FROM mentions WHERE entry = ?1 AND current = ?2) AS first,
        (SELECT max(seen) FROM mentions WHERE entry = ?1 AND current = ?2) AS last
"""
_LAST = """
    SELECT id FROM mentions WHERE entry = ?1 AND current = (SELECT max(current) FROM mentions WHERE entry = ?1)
    ORDER BY seen DESC, id DESC LIMIT ?2
"""
_LATEST = """
    SELECT type, kind, status, slots FROM mentions WHERE entry = ? AND current = ? ORDER BY seen DESC, id DESC LIMIT 1
"""
_COUNTED = """
    SELECT id, workspace, type, slots FROM mentions
    WHERE entry = ?1 AND current = (SELECT max(current) FROM mentions WHERE entry = ?1) ORDER BY seen, id
"""
