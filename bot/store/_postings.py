"""Who is to be told, and the messages owed: written in the transaction that causes them, marked once they are sent."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import islice

from sqlite_utils import Database

from bot.domain import Filter, Posting, PostingState, Posts
from bot.errors import NotFound
from bot.store._records import write_log
from bot.store._sql import Row, each_row, row, rows, run, value
from bot.store._values import Whose, dump, instant

UPDATE = "update"
"""The kind of Posting that tells of an added Source; its subject is the Source's id."""
TOGETHER = timedelta(minutes=1)
"""Sources that come within so long of the first are told in its message."""


def set_channel(db: Database, workspace: str, channel: str, wanted: Filter, by: str, now: datetime) -> None:
    """Subscribe a channel to updates in place of any other; what is pending goes there too."""
    settings = dump(asdict(wanted))
    if before := _updates(db, workspace):
        if before["channel"] == channel:
            _narrow(db, workspace, before, settings, by, now)
            return
        _end(db, before["id"], now)
    subscription = run(
        db,
        """INSERT INTO subscriptions (workspace, kind, channel, settings, created_by, created_at)
           VALUES (?, ?, ?, ?, ?, ?)""",
        (workspace, UPDATE, channel, settings, by, instant(now)),
    )
    if before:
        run(db, _MOVE, (channel, subscription, before["id"]))
        drop(db, "subscription = ?", before["id"], "it was posted in the new channel before", now)
    details = {"channel": channel, "before": before["channel"] if before else ""}
    write_log(db, workspace, by, "updates set", channel, now, details)


def _narrow(db: Database, workspace: str, before: Row, settings: str, by: str, now: datetime) -> None:
    """Tell the channel of other things from now on."""
    if Filter(**json.loads(settings)) == Filter(**json.loads(before["settings"])):
        return
    run(db, "UPDATE subscriptions SET settings = ? WHERE id = ?", (settings, before["id"]))
    write_log(db, workspace, by, "updates set", before["channel"], now, json.loads(settings))


def wanted(db: Database, workspace: str) -> Filter:
    """What updates tell of."""
    found = _updates(db, workspace)
    return Filter(**json.loads(found["settings"])) if found else Filter()


def channel(db: Database, workspace: str) -> str | None:
    """The channel that updates go to."""
    found = _updates(db, workspace)
    return found["channel"] if found else None


def stop(db: Database, workspace: str, by: str, now: datetime) -> bool:
    """End the subscription to updates and drop what is pending for it."""
    if not (before := _updates(db, workspace)):
        return False
    _end(db, before["id"], now)
    drop(db, "subscription = ?", before["id"], "updates were stopped", now)
    write_log(db, workspace, by, "updates stopped", before["channel"], now, {"channel": before["channel"]})
    return True


def owe_update(db: Database, workspace: str, source: str, now: datetime) -> None:
    """Owe the updates channel, if there is one, the news of a Source; soon after another, in the same message."""
    if wanted := _updates(db, workspace):
        first = value(db, _FIRST, (workspace, wanted["channel"], instant(now - TOGETHER), instant(now)))
        content = dump({"with": first}) if first else ""
        run(
            db,
            """INSERT OR IGNORE INTO postings
               (workspace, subscription, channel, kind, subject, content, created_at, due_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (workspace, wanted["id"], wanted["channel"], UPDATE, source, content, instant(now), instant(now)),
        )


def together(db: Database, posting: Posting) -> tuple[Posting, ...]:
    """The Postings that are told in one message with this one, as they stand now, the first first.

    Without those that were given up; none where this one is not pending any more.
    """
    first = json.loads(posting.content).get("with", posting.id) if posting.kind == UPDATE and posting.content else None
    members = rows(db, _TOGETHER, (posting.workspace, posting.kind, posting.channel, first or posting.id))
    found = tuple(_posting(r) for r in members)
    waiting = any(each.id == posting.id and each.state is PostingState.PENDING for each in found)
    return found if waiting else ()


def drop_update(db: Database, workspace: str, source: str, now: datetime) -> None:
    """A Source that was removed needs no telling any more."""
    posting = value(
        db, "SELECT id FROM postings WHERE workspace = ? AND kind = ? AND subject = ?", (workspace, UPDATE, source)
    )
    if posting is not None:
        drop(db, "id = ?", posting, "the source was removed", now)


def unsay(db: Database, workspace: str, gone: frozenset[str], stayed: frozenset[str]) -> None:
    """Let digests tell nothing of entries that are gone, and of some that stayed no more than that they are new."""
    for r in rows(db, "SELECT id, content FROM postings WHERE workspace = ? AND kind = 'digest'", (workspace,)):
        said = json.loads(r["content"])
        left = [[kind, id_, what] for kind, id_, what in said["changes"] if id_ not in gone]
        left = [each for each in left if each[1] not in stayed or not each[2]]
        if left != said["changes"]:
            run(db, "UPDATE postings SET content = ? WHERE id = ?", (dump({**said, "changes": left}), r["id"]))


def drop(db: Database, where: str, wanted: int, why: str, now: datetime) -> None:
    """Give up what is pending, with the reason."""
    run(
        db,
        f"UPDATE postings SET state = 'failed', error = ?, done_at = ? WHERE {where} AND state = 'pending'",
        (why, instant(now), wanted),
    )


def posts(db: Database, of: Whose) -> Posts:
    """How many messages of some workspaces are owed, and when the last one was sent."""
    owed = rows(db, "SELECT workspace, count(*) AS n FROM postings WHERE state = 'pending' GROUP BY workspace")
    sent = row(db, "SELECT done_at FROM postings WHERE state = 'sent' ORDER BY id DESC LIMIT 1")
    return Posts(
        owed=sum(r["n"] for r in owed if of(r["workspace"])),
        last=datetime.fromisoformat(sent["done_at"]) if sent else None,
        store_bytes=value(db, "PRAGMA page_count") * value(db, "PRAGMA page_size"),
    )


def due(db: Database, now: datetime, limit: int, of: Whose) -> tuple[Posting, ...]:
    """What is to be sent now, of some workspaces, oldest first."""
    ours = (r for r in each_row(db, _DUE, (instant(now),)) if of(r["workspace"]))
    return tuple(_posting(r) for r in islice(ours, limit))


def mark_sent(db: Database, workspace: str, posting: int, message: str, now: datetime) -> None:
    """Note the message that a Posting became."""
    _find(db, workspace, posting)
    run(
        db,
        """UPDATE postings SET state = 'sent', message = ?, attempts = attempts + 1, error = NULL, done_at = ?
           WHERE id = ?""",
        (message, instant(now), posting),
    )


def mark_failed(
    db: Database, workspace: str, posting: int, error: str, now: datetime, retry_at: datetime | None
) -> None:
    """Note a try that failed: due again at `retry_at`, or given up."""
    _find(db, workspace, posting)
    state, due_at = ("pending", instant(retry_at)) if retry_at else ("failed", instant(now))
    run(
        db,
        "UPDATE postings SET state = ?, due_at = ?, attempts = attempts + 1, error = ?, done_at = ? WHERE id = ?",
        (state, due_at, error, None if retry_at else instant(now), posting),
    )


def _updates(db: Database, workspace: str) -> Row | None:
    return row(
        db,
        "SELECT id, channel, settings FROM subscriptions WHERE workspace = ? AND kind = 'update' AND ended_at IS NULL",
        (workspace,),
    )


def _end(db: Database, subscription: int, now: datetime) -> None:
    run(db, "UPDATE subscriptions SET ended_at = ? WHERE id = ?", (instant(now), subscription))


def _find(db: Database, workspace: str, posting: int) -> None:
    if value(db, "SELECT 1 FROM postings WHERE id = ? AND workspace = ?", (posting, workspace)) is None:
        raise NotFound(f"There is no posting {posting} here.")


def _posting(r: Row) -> Posting:
    return Posting(
        id=r["id"],
        workspace=r["workspace"],
        channel=r["channel"],
        kind=r["kind"],
        subject=r["subject"],
        state=PostingState(r["state"]),
        created_at=datetime.fromisoformat(r["created_at"]),
        message=r["message"],
        attempts=r["attempts"],
        content=r["content"],
        written_as=r["written_as"],
    )


_COLUMNS = "id, workspace, channel, kind, subject, state, created_at, message, attempts, content, written_as"
_DUE = f"""
    SELECT {_COLUMNS} FROM postings
    WHERE state = 'pending' AND due_at <= ? ORDER BY due_at, id
"""
_FIRST = """
    SELECT id FROM postings WHERE workspace = ? AND channel = ? AND kind = 'update' AND content = ''
        AND created_at > ? AND created_at <= ? AND state <> 'failed'
    ORDER BY id DESC LIMIT 1
"""
"""The Posting that a new one goes together with: one that itself goes with none."""
_TOGETHER = f"""
    SELECT {_COLUMNS} FROM postings
    WHERE workspace = ? AND kind = ? AND channel = ? AND state <> 'failed'
        AND ? IN (id, CASE WHEN kind = 'update' AND content <> '' THEN json_extract(content, '$.with') END)
    ORDER BY id
"""
M021 = """
    ALTER TABLE postings ADD COLUMN written_as TEXT NOT NULL DEFAULT '';
"""
_MOVE = """
    UPDATE OR IGNORE postings SET channel = ?, subscription = ? WHERE subscription = ? AND state = 'pending'
"""
