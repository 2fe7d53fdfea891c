"""Sources: written once with everything that rests on them, never changed but for whether they still count."""

import hashlib
import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain import Block, BlockKind, Decisions, Document, NewSource, Page, Query, Source, SourceRef, SourceStatus
from bot.errors import BadInput, NotFound
from bot.store import _entries
from bot.store._passages import passages
from bot.store._sql import Row, column, row, rows, run, value
from bot.store._terms import Scope
from bot.store._values import day_of, dump, instant, maybe_date, no_such, parse_id, short_id
from bot.texts import _


def text_hash(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def held(db: Database, workspace: str, text: str) -> Source | None:
    """The Source with exactly this text, unless it was removed."""
    found = row(
        db,
        f"{_SOURCES} WHERE s.workspace = ? AND s.text_hash = ? AND s.status <> 'removed'",
        (workspace, text_hash(text)),
    )
    return _source(found) if found else None


def insert(db: Database, workspace: str, new: NewSource, decisions: Decisions) -> Row:
    """Write a Source, its text and its sentences; the row, for what is to rest on it."""
    document = new.document
    number = _entries.next_number(db, workspace, "S")
    seen = document.published or day_of(new.added_at)
    id_ = run(
        db,
        """INSERT INTO sources (workspace, number, title, origin, media_type, published, added_at, added_by, seen,
           length, text_hash, author) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            workspace,
            number,
            document.title,
            new.origin,
            document.media_type,
            document.published and document.published.isoformat(),
            instant(new.added_at),
            new.added_by,
            seen.isoformat(),
            len(document.text),
            text_hash(document.text),
            new.author,
        ),
    )
    run(db, "INSERT INTO source_texts VALUES (?, ?, ?)", (id_, document.text, dump_blocks(document.blocks)))
    _insert_passages(db, id_, Scope(workspace, "source").base, document, decisions)
    return {"id": id_, "workspace": workspace, "number": number, "seen": seen.isoformat()}


def _insert_passages(db: Database, source: int, scope: str, document: Document, decisions: Decisions) -> None:
    named = _named_places(decisions)
    db.conn.executemany(
        'INSERT INTO passages (source, kind, start, "end", text, names, scope) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [
            (source, kind, start, end, document.text[start:end], _names_in(named, start, end), scope)
            for kind, start, end in passages(document.text, document.blocks)
        ],
    )


def replace_passages(db: Database, source: Row, document: Document, decisions: Decisions) -> None:
    """Write the sentences kept for search anew, with the parties that are named in them now."""
    shown = source["status"] == SourceStatus.CURRENT
    run(db, "DELETE FROM passages WHERE source = ?", (source["id"],))
    scope = Scope(source["workspace"], "source", shown=shown).base
    _insert_passages(db, source["id"], scope, document, decisions)


def _named_places(decisions: Decisions) -> list[tuple[int, int, list[str]]]:
    """Which parties are named in which place, so that a sentence about "London" is found as the United Kingdom's."""
    return [
        (e.start, e.end, [name for _, name in shape.roles(decision.finding)])
        for shape, group in _entries.groups(decisions)
        for decision in group
        for e in decision.finding.evidence
    ]


def _names_in(named: list[tuple[int, int, list[str]]], start: int, end: int) -> str:
    names = (name for first, last, names in named if first < end and start < last for name in names)
    return "\n".join(dict.fromkeys(names))


def dump_blocks(blocks: tuple[Block, ...]) -> str:
    """Blocks as JSON: a list of [kind, start, end, level]."""
    return dump([[block.kind.value, block.start, block.end, block.level] for block in blocks])


def load_blocks(text: str) -> tuple[Block, ...]:
    """Blocks from their JSON."""
    return tuple(Block(BlockKind(kind), start, end, level) for kind, start, end, level in json.loads(text))


def find(db: Database, workspace: str, id: str) -> Row:  # noqa: A002
    """The row of a Source. Raises `NotFound`."""
    kind, number = parse_id(id)
    found = row(db, f"{_SOURCES} WHERE s.workspace = ? AND s.number = ?", (workspace, number))
    if kind != "source" or found is None:
        raise no_such(id)
    return found


def source(db: Database, workspace: str, id: str) -> Source:  # noqa: A002
    """A Source by id. Raises `NotFound`."""
    return _source(find(db, workspace, id))


def text(db: Database, workspace: str, id: str) -> str:  # noqa: A002
    """A Source's text. Raises `NotFound`."""
    return str(value(db, "SELECT text FROM source_texts WHERE source = ?", (find(db, workspace, id)["id"],)))


def blocks(db: Database, workspace: str, id: str) -> tuple[Block, ...]:  # noqa: A002
    """A Source's structure. Raises `NotFound`."""
    return load_blocks(value(db, "SELECT blocks FROM source_texts WHERE source = ?", (find(db, workspace, id)["id"],)))


def at(db: Database, workspace: str, origin: str, *, ever: bool = False) -> tuple[Source, ...]:
    """The Sources that came from an origin and count, or with `ever` that are held at all, the latest first."""
    where = "s.workspace = ? AND s.origin = ?" + ("" if ever else " AND s.status = 'current'")
    return tuple(_source(r) for r in rows(db, f"{_SOURCES} WHERE {where} ORDER BY s.number DESC", (workspace, origin)))


def page(db: Database, workspace: str, query: Query, number: int, size: int) -> Page[Source]:
    """Sources that match, latest first."""
    where, values = _where(workspace, query)
    total = value(db, f"SELECT count(*) FROM sources s WHERE {where}", values)
    found = rows(
        db,
        f"{_SOURCES} WHERE {where} ORDER BY s.seen DESC, s.number DESC LIMIT :size OFFSET :skip",
        {**values, "size": size, "skip": max(0, number) * size},
    )
    return Page(tuple(_source(r) for r in found), max(0, number), size, total)


def among(db: Database, ids: Collection[int], size: int) -> Page[Source]:
    """Of the Sources in these rows the first ones, latest first, and how many they are."""
    where = "s.id IN (SELECT value FROM json_each(?)) ORDER BY s.seen DESC, s.number DESC LIMIT ?"
    found = rows(db, f"{_SOURCES} WHERE {where}", (json.dumps(list(ids)), size))
    return Page(tuple(_source(r) for r in found), 0, size, len(ids))


def _where(workspace: str, query: Query) -> tuple[str, dict[str, Any]]:
    clauses = ["s.workspace = :workspace", "s.status = :status"]
    values: dict[str, Any] = {"workspace": workspace, "status": query.status.strip().lower() or SourceStatus.CURRENT}
    for name, words in (("text", query.text), ("about", query.about)):
        for i, word in enumerate(words.split()):
            clauses.append(f"instr(lower(s.title || ' ' || s.origin), :{name}{i}) > 0")
            values[f"{name}{i}"] = word.lower()
    if query.source:
        clauses.append("s.number = :number")
        values["number"] = parse_id(query.source)[1]
    if query.since:
        clauses.append("s.seen >= :since")
        values["since"] = query.since.isoformat()
    if query.as_of:
        clauses.append("s.seen <= :as_of")
        values["as_of"] = query.as_of.isoformat()
    return " AND ".join(clauses), values


def refuse_erased(found: Row) -> None:
    """Raise `NotFound` for a Source whose text was deleted for good."""
    if found["erased"]:
        raise NotFound(
            _(
                "The text of S-{number} was deleted for good, and nothing can bring it back. Add it anew.",
                number=found["number"],
            )
        )


def set_status(db: Database, workspace: str, id: str, status: SourceStatus) -> tuple[Source, Source]:  # noqa: A002
    """Let a Source count, or count no longer, with all that rests on it; the Source before and after.

    Raises `NotFound`, and `BadInput` where its text has been added again meanwhile.
    """
    before = find(db, workspace, id)
    refuse_erased(before)
    if before["status"] == SourceStatus.REMOVED and status is not SourceStatus.REMOVED:
        _refuse_twin(db, before)
    run(db, "UPDATE sources SET status = ? WHERE id = ?", (status.value, before["id"]))
    current = status is SourceStatus.CURRENT
    scope = Scope(workspace, "source", shown=current).base
    run(db, "UPDATE passages SET scope = ? WHERE source = ? AND scope <> ?", (scope, before["id"], scope))
    _entries.set_current(db, before["id"])
    return _source(before), source(db, workspace, id)


def set_successor(db: Database, workspace: str, id: str, successor: str | None) -> None:  # noqa: A002
    """Note which new version supersedes a Source, or that none does. Raises `NotFound`."""
    by = find(db, workspace, successor)["id"] if successor else None
    run(db, "UPDATE sources SET superseded_by = ? WHERE id = ?", (by, find(db, workspace, id)["id"]))


def _refuse_twin(db: Database, before: Row) -> None:
    twin = value(
        db,
        "SELECT number FROM sources WHERE workspace = ? AND text_hash = ? AND status <> 'removed'",
        (before["workspace"], before["text_hash"]),
    )
    if twin is not None:
        raise BadInput(
            _(
                "S-{number} was added again as S-{twin}. Remove that first, or leave it as it is.",
                number=before["number"],
                twin=twin,
            )
        )


def written_with(db: Database, source: int) -> dict[str, list[tuple[str, bool]]]:
    """The entries that a Source speaks of, by type, and whether each is new with it."""
    found: dict[str, list[tuple[str, bool]]] = {"commitment": [], "question": [], "fact": []}
    sql = """
        SELECT e.type, e.number, m.opened FROM mentions m JOIN entries e ON e.id = m.entry
        WHERE m.source = ? ORDER BY e.type, m.id
    """
    for r in rows(db, sql, (source,)):
        found[r["type"]].append((short_id(r["type"], r["number"]), bool(r["opened"])))
    return found


def latest_addition(db: Database, workspace: str) -> datetime | None:
    """When the last Source came in."""
    found = column(db, "SELECT max(added_at) FROM sources WHERE workspace = ?", (workspace,))[0]
    return datetime.fromisoformat(found) if found else None


def _source(r: Row) -> Source:
    return Source(
        id=f"S-{r['number']}",
        title=r["title"],
        published=maybe_date(r["published"]),
        origin=r["origin"],
        media_type=r["media_type"],
        added_at=datetime.fromisoformat(r["added_at"]),
        added_by=r["added_by"],
        text_hash=r["text_hash"],
        length=r["length"],
        status=SourceStatus(r["status"]),
        commitments=r["commitments"],
        questions=r["questions"],
        facts=r["facts"],
        supersedes=f"S-{r['earlier']}" if r["earlier"] else "",
        superseded_by=f"S-{r['successor']}" if r["successor"] else "",
        author=r["author"],
        copy_of=_copied(r),
    )


def _copied(r: Row) -> SourceRef | None:
    """The Source of which it is a near-copy, unless that was removed."""
    if r["copied"] is None:
        return None
    status = SourceStatus(r["copied_status"])
    return SourceRef(f"S-{r['copied']}", r["copied_title"], maybe_date(r["copied_on"]), r["copied_origin"], status)


def _counted(kind: str) -> str:
    return f"(SELECT count(*) FROM mentions m WHERE m.source = s.id AND m.type = '{kind}') AS {kind}s"


_SOURCES = f"""
    SELECT s.*, {_counted("commitment")}, {_counted("question")}, {_counted("fact")},
        (SELECT o.number FROM sources o WHERE o.id = s.superseded_by) AS successor,
        (SELECT max(o.number) FROM sources o WHERE o.superseded_by = s.id) AS earlier,
        c.number AS copied, c.title AS copied_title, c.published AS copied_on, c.origin AS copied_origin,
        c.status AS copied_status
    FROM sources s LEFT JOIN sources c ON c.id = s.copy_of AND c.status <> 'removed'
"""
