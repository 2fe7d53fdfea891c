"""What became of what members suggested: kept until they hear of it, or owed to those who want a direct message."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain import Fate, Outcome
from bot.store._sql import rows, run
from bot.store._values import dump, instant

OUTCOME = "outcome"
"""The kind of Posting that tells one person what became of what they suggested; its subject is the draft's number."""


def tell(db: Database, workspace: str, member: str, outcome: Outcome, direct: int | None) -> None:
    """Keep it until the member asks what changed, or owe a direct message about the draft of this number."""
    if not member.isdecimal():
        return  # the command line, or a former member
    if direct is not None:
        _owe(db, workspace, member, direct, outcome)
        return
    values = (workspace, member, outcome.title, str(outcome.fate), outcome.source, instant(outcome.at))
    run(db, "INSERT INTO outcomes (workspace, member, title, fate, source, at) VALUES (?, ?, ?, ?, ?, ?)", values)


def waiting(db: Database, workspace: str, member: str) -> list[Outcome]:
    """What is kept for a member."""
    found = rows(db, "SELECT * FROM outcomes WHERE workspace = ? AND member = ? ORDER BY id", (workspace, member))
    return [_outcome(r) for r in found]


def told(db: Database, workspace: str, member: str, outcomes: Iterable[Outcome]) -> None:
    """Keep these no longer."""
    for outcome in outcomes:
        same = (workspace, member, outcome.title, str(outcome.fate), outcome.source, instant(outcome.at))
        run(db, _FORGET, same)


def _owe(db: Database, workspace: str, member: str, draft: int, outcome: Outcome) -> None:
    content = dump({**asdict(outcome), "fate": str(outcome.fate), "at": instant(outcome.at)})
    at = instant(outcome.at)
    run(db, _OWE, (workspace, f"@{member}", OUTCOME, str(draft), content, at, at))


def retitle(db: Database, workspace: str, source: str, title: str) -> None:
    """Call what became a Source by another title, wherever that is told, or was."""
    run(db, "UPDATE outcomes SET title = ? WHERE workspace = ? AND source = ?", (title, workspace, source))
    run(
        db,
        """UPDATE postings SET content = json_set(content, '$.title', ?)
           WHERE workspace = ? AND kind = ? AND json_extract(content, '$.source') = ?""",
        (title, workspace, OUTCOME, source),
    )


def outcome_of(content: str) -> Outcome:
    """The Outcome that a Posting tells."""
    return _outcome(json.loads(content))


def tell_overdue(db: Database, now: datetime) -> None:
    """Let those hear of it who suggested what nobody decided on in time."""
    sql = "SELECT * FROM drafts WHERE kind = 'suggestion' AND until <= ? ORDER BY id"
    for r in rows(db, sql, (instant(now),)):
        outcome = Outcome(r["title"] or r["origin"], Fate.OVERDUE, now)
        tell(db, r["workspace"], r["added_by"], outcome, r["id"] if r["direct"] else None)


def _outcome(r: dict[str, Any]) -> Outcome:
    return Outcome(r["title"], Fate(r["fate"]), datetime.fromisoformat(r["at"]), r["source"])


_OWE = """
    INSERT OR IGNORE INTO postings (workspace, channel, kind, subject, content, created_at, due_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_FORGET = """
    DELETE FROM outcomes
    WHERE workspace = ? AND member = ? AND title = ? AND fate = ? AND source = ? AND at = ?
"""
M019 = """
    CREATE TABLE outcomes (
        id INTEGER PRIMARY KEY,
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        member TEXT NOT NULL,
        title TEXT NOT NULL,
        fate TEXT NOT NULL,
        source TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX outcomes_of ON outcomes (workspace, member);
    ALTER TABLE drafts ADD COLUMN direct INTEGER NOT NULL DEFAULT 0 CHECK (direct IN (0, 1));
    ALTER TABLE sources ADD COLUMN erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1));
    DROP TRIGGER log_unchanged;
    CREATE TRIGGER log_unchanged BEFORE UPDATE ON log WHEN NOT (
        (new.id, new.workspace, new.at, new.what, new.subject, new.undoes)
            IS (old.id, old.workspace, old.at, old.what, old.subject, old.undoes)
        AND ((new.who = 'a former member' AND new.details IS old.details)
            OR (new.who IS old.who AND (new.details GLOB '{"erased":*'
                OR new.details IS json_set(old.details, '$.before', '(deleted)')))))
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
    DROP TRIGGER log_effects_undeleted;
    CREATE TRIGGER log_effects_undeleted BEFORE DELETE ON log_effects WHEN NOT EXISTS (
        SELECT 1 FROM log l LEFT JOIN guests g ON g.workspace = l.workspace
        WHERE l.id = old.log AND (g.left_at IS NOT NULL OR l.details GLOB '{"erased":*'))
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""
"""The table, and the two ways in which the log may say less: an entry and its Source were deleted for good."""
