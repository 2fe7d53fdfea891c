"""Drafts: documents that were read and wait to be kept, with all that was found in them."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain import Document, Draft, DraftKind, Evidence, Findings, NewSource
from bot.errors import NotFound
from bot.store._shapes import COMMITMENTS, FACTS, QUESTIONS, SHAPES, slots_of
from bot.store._sources import dump_blocks, load_blocks
from bot.store._sql import Row, column, row, run, value
from bot.store._values import dump, instant, maybe_date
from bot.texts import _

GONE = _("This draft is no longer there: it was kept or discarded, or it was too old. Add the document again.")


def add(
    db: Database,
    workspace: str,
    kind: DraftKind,
    new: NewSource,
    findings: Findings,
    supersedes: str,
    until: datetime,
    *,
    direct: bool = False,
) -> int:
    """Write a draft; its number."""
    document = new.document
    return run(
        db,
        """INSERT INTO drafts (workspace, kind, text, title, published, media_type, blocks, findings, origin, author,
           added_by, added_at, supersedes, until, direct) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            workspace,
            kind.value,
            document.text,
            document.title,
            document.published and document.published.isoformat(),
            document.media_type,
            dump_blocks(document.blocks),
            _dumped(findings),
            new.origin,
            new.author,
            new.added_by,
            instant(new.added_at),
            supersedes,
            instant(until),
            direct,
        ),
    )


def draft(db: Database, workspace: str, id: int, now: datetime) -> Draft:  # noqa: A002
    """A draft that waits still. Raises `NotFound`."""
    found = row(db, "SELECT * FROM drafts WHERE workspace = ? AND id = ? AND until > ?", (workspace, id, instant(now)))
    if found is None:
        raise NotFound(GONE)
    return _draft(found)


def waiting(db: Database, workspace: str, kind: DraftKind, now: datetime, by: str) -> tuple[int, ...]:
    """The numbers of the drafts of a kind that wait, the oldest first; all, or those that one member handed in."""
    sql = "SELECT id FROM drafts WHERE workspace = ? AND kind = ? AND until > ? AND ? IN ('', added_by) ORDER BY id"
    return tuple(column(db, sql, (workspace, kind.value, instant(now), by)))


def drop(db: Database, workspace: str, id: int) -> None:  # noqa: A002
    """Forget a draft. Raises `NotFound`."""
    if value(db, "SELECT 1 FROM drafts WHERE workspace = ? AND id = ?", (workspace, id)) is None:
        raise NotFound(GONE)
    run(db, "DELETE FROM drafts WHERE id = ?", (id,))


def drop_like(db: Database, workspace: str, origin: str, text: str) -> None:
    """Forget the drafts of a document, whoever handed it in."""
    run(
        db,
        "DELETE FROM drafts WHERE workspace = ? AND (text = ? OR (origin = ? AND instr(origin, '://')))",
        (workspace, text, origin),
    )


def tidy(db: Database, now: datetime) -> int:
    """Forget all drafts that nobody kept in time; how many."""
    old = column(db, "SELECT id FROM drafts WHERE until <= ?", (instant(now),))
    for id_ in old:
        run(db, "DELETE FROM drafts WHERE id = ?", (id_,))
    return len(old)


def _draft(r: Row) -> Draft:
    document = Document(r["text"], r["title"], maybe_date(r["published"]), r["media_type"], load_blocks(r["blocks"]))
    new = NewSource(document, r["origin"], r["added_by"], datetime.fromisoformat(r["added_at"]), r["author"])
    return Draft(
        r["id"], DraftKind(r["kind"]), new, _loaded(r["findings"], r["text"]), r["supersedes"], bool(r["direct"])
    )


def _dumped(findings: Findings) -> str:
    groups = (COMMITMENTS, findings.commitments), (QUESTIONS, findings.questions), (FACTS, findings.facts)
    return dump({"names": findings.names, **{shape.type: [_slots(each) for each in group] for shape, group in groups}})


def _slots(finding: Any) -> dict[str, Any]:
    return {"slots": slots_of(finding), "evidence": [[e.start, e.end] for e in finding.evidence]}


def _loaded(written: str, text: str) -> Findings:
    found = json.loads(written)
    commitments, questions, facts = (
        tuple(_found(SHAPES[kind], found[kind], text)) for kind in ("commitment", "question", "fact")
    )
    return Findings(commitments, questions, facts, tuple((name, tuple(more)) for name, more in found["names"]))


def _found(shape: Any, written: list[dict[str, Any]], text: str) -> Iterator[Any]:
    for each in written:
        yield shape.load(each["slots"], tuple(Evidence(start, end, text[start:end]) for start, end in each["evidence"]))


M017 = """
    ALTER TABLE sources ADD COLUMN author TEXT NOT NULL DEFAULT '';
    CREATE INDEX sources_by_origin ON sources (workspace, origin);
    CREATE TABLE drafts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        kind TEXT NOT NULL CHECK (kind IN ('preview', 'suggestion')),
        text TEXT NOT NULL,
        title TEXT NOT NULL,
        published TEXT,
        media_type TEXT NOT NULL,
        blocks TEXT NOT NULL,
        findings TEXT NOT NULL,
        origin TEXT NOT NULL,
        author TEXT NOT NULL,
        added_by TEXT NOT NULL,
        added_at TEXT NOT NULL,
        supersedes TEXT NOT NULL,
        until TEXT NOT NULL
    ) STRICT;
    CREATE INDEX drafts_in_order ON drafts (workspace, kind, id);
    CREATE INDEX drafts_by_age ON drafts (until);
"""
"""The table as migration m017 made it; what comes later is a migration of its own."""
