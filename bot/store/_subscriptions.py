"""Digests that channels get: what each wants, until when it was told everything, when it is due again."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from bot.domain import Cadence, Filter, Posting, Schedule, Subscription
from bot.errors import NotFound
from bot.store import _postings
from bot.store._records import write_log
from bot.store._sql import Row, row, rows, run, value
from bot.store._values import dump, instant
from bot.texts import _

DIGEST, NOTICE = "digest", "notice"
"""The kinds of Posting that tell of a period, and that tell a person that a digest is paused."""
_TICK = timedelta(microseconds=1)
ITSELF = "dossier"
"""Who pauses a digest: nobody but the bot itself."""


def put(
    db: Database, workspace: str, channel: str, place: str, wanted: tuple[Schedule, Filter], by: str, now: datetime
) -> Subscription:
    """Give a channel a digest, in place of the one that it has; what that one has not told yet stays to be told."""
    schedule, filter_ = wanted
    settings = {"place": place, "schedule": asdict(schedule), "filter": asdict(filter_)}
    before = row(db, f"SELECT id FROM subscriptions WHERE {_LIVE} AND channel = ?", (workspace, channel))
    if before:
        run(db, _AGAIN, (dump(settings), by, before["id"]))
    else:
        run(db, _FIRST, (workspace, channel, dump(settings), by, instant(now), instant(now)))
    write_log(db, workspace, by, "digest set", place, now, {"channel": channel, "cadence": str(schedule.cadence)})
    return next(each for each in held(db, workspace) if each.channel == channel)


def held(db: Database, workspace: str) -> list[Subscription]:
    """The digests of a workspace, in the order in which they were first set."""
    return [_subscription(r) for r in rows(db, f"SELECT * FROM subscriptions WHERE {_LIVE} ORDER BY id", (workspace,))]


def one(db: Database, workspace: str, id: int) -> Subscription:  # noqa: A002
    """A digest by its number, also one that has ended. Raises `NotFound`."""
    found = row(db, "SELECT * FROM subscriptions WHERE workspace = ? AND id = ? AND kind = 'digest'", (workspace, id))
    if found is None:
        raise NotFound(_("There is no such digest here. /digest list shows those that are set."))
    return _subscription(found)


def stop(db: Database, workspace: str, id: int, by: str, now: datetime) -> Subscription:  # noqa: A002
    """End a digest and drop what is pending for it. Raises `NotFound`."""
    if all(each.id != id for each in held(db, workspace)):
        raise NotFound(_("There is no such digest here. /digest list shows those that are set."))
    found = one(db, workspace, id)
    run(db, "UPDATE subscriptions SET ended_at = ? WHERE id = ?", (instant(now), id))
    _postings.drop(db, "subscription = ?", id, "the digest was stopped", now)
    write_log(db, workspace, by, "digest stopped", found.place, now, {"channel": found.channel})
    return found


def due(db: Database, now: datetime) -> list[Subscription]:
    """The digests of all workspaces that are due, but those that still owe their last posting; longest due first."""
    return [_subscription(r) for r in rows(db, _DUE, (instant(now),))]


def cover(
    db: Database, subscription: Subscription, period: tuple[datetime, datetime], content: str, now: datetime
) -> None:
    """Everything until now is told: note when it is due again, and owe the message where there is `content`.

    `period` is when this one was due, and when the next one is.
    """
    due_at, next_at = period
    values = (instant(now), instant(next_at), subscription.id)
    run(db, "UPDATE subscriptions SET covered = ?, next_at = ? WHERE id = ?", values)
    if content:
        _owe(db, subscription, DIGEST, f"{subscription.id}|{due_at.isoformat()}", subscription.channel, content, now)


def untold(db: Database, workspace: str, moment: datetime) -> datetime:
    """The moment, or the first one that no digest covers: what waited for the store while one was written is news."""
    covered = value(db, f"SELECT max(covered) FROM subscriptions WHERE {_LIVE}", (workspace,))
    return max(moment, datetime.fromisoformat(covered) + _TICK) if covered else moment


def plan(db: Database, subscription: int, next_at: datetime) -> None:
    """Note when a digest is due next."""
    run(db, "UPDATE subscriptions SET next_at = ? WHERE id = ?", (instant(next_at), subscription))


def pause(db: Database, subscription: Subscription, why: str, since: datetime, now: datetime) -> None:
    """Post it no more until it is set again, and owe whoever set it the news; what was learnt `since` is untold."""
    values = (instant(now), why, instant(since), subscription.id)
    run(db, "UPDATE subscriptions SET paused_at = ?, paused_why = ?, covered = ? WHERE id = ?", values)
    write_log(db, subscription.workspace, ITSELF, "digest paused", subscription.place, now, {"why": why})
    if subscription.created_by.isdecimal():
        content = dump({"digest": subscription.id})
        subject = f"{subscription.id}|{instant(now)}"
        _owe(db, subscription, NOTICE, subject, f"@{subscription.created_by}", content, now)


def tell_of_lost(db: Database, posting: Posting, why: str, now: datetime) -> None:
    """Owe whoever set the updates channel the news that it cannot be posted in; once, until something is sent again."""
    wanted = row(db, _OF_POSTING, (posting.id,))
    if wanted and wanted["created_by"].isdecimal():
        last = value(db, _LAST_UPDATE, (wanted["id"],))
        values = (f"@{wanted['created_by']}", f"updates|{wanted['id']}|{last or 0}", dump({"lost": why}))
        run(db, _NOTICE, (posting.workspace, wanted["id"], *values, instant(now), instant(now)))


def _owe(
    db: Database, subscription: Subscription, kind: str, subject: str, channel: str, content: str, now: datetime
) -> None:
    run(
        db,
        """INSERT OR IGNORE INTO postings
           (workspace, subscription, channel, kind, subject, content, created_at, due_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (subscription.workspace, subscription.id, channel, kind, subject, content, instant(now), instant(now)),
    )


def _subscription(r: Row) -> Subscription:
    settings = json.loads(r["settings"])
    return Subscription(
        id=r["id"],
        workspace=r["workspace"],
        channel=r["channel"],
        place=settings["place"],
        created_by=r["created_by"],
        schedule=_schedule(settings["schedule"]),
        filter=Filter(**settings["filter"]),
        covered=datetime.fromisoformat(r["covered"]),
        next_at=datetime.fromisoformat(r["next_at"] or r["covered"]),
        paused_at=datetime.fromisoformat(r["paused_at"]) if r["paused_at"] else None,
        paused_why=r["paused_why"],
    )


def _schedule(values: dict[str, Any]) -> Schedule:
    return Schedule(Cadence(values["cadence"]), values["hour"], values["timezone"], values["day"])


_OF_POSTING = """
    SELECT s.id, s.created_by FROM postings p JOIN subscriptions s ON s.id = p.subscription WHERE p.id = ?
"""
_LAST_UPDATE = "SELECT max(id) FROM postings WHERE subscription = ? AND kind = 'update' AND state = 'sent'"
_NOTICE = """
    INSERT OR IGNORE INTO postings (workspace, subscription, kind, channel, subject, content, created_at, due_at)
    VALUES (?, ?, 'notice', ?, ?, ?, ?, ?)
"""
_LIVE = "workspace = ? AND kind = 'digest' AND ended_at IS NULL"
_FIRST = """
    INSERT INTO subscriptions (workspace, kind, channel, settings, created_by, created_at, covered)
    VALUES (?, 'digest', ?, ?, ?, ?, ?)
"""
_AGAIN = "UPDATE subscriptions SET settings = ?, created_by = ?, paused_at = NULL, paused_why = '' WHERE id = ?"
_DUE = """
    SELECT * FROM subscriptions s
    WHERE kind = 'digest' AND ended_at IS NULL AND paused_at IS NULL AND next_at <= ? AND NOT EXISTS (
        SELECT 1 FROM postings p WHERE p.subscription = s.id AND p.kind = 'digest' AND p.state = 'pending')
    ORDER BY next_at, id
"""
