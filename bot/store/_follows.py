"""What members follow, which entries that means, and the direct messages owed to those who asked for them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from bot.domain import Follow, FollowKind, Query
from bot.errors import BadInput
from bot.store import _lists
from bot.store._shapes import SHAPES, Shape
from bot.store._sql import Row, column, row, rows, run
from bot.store._values import fold, instant, short_id
from bot.texts import _

FOLLOW = "follow"
"""The kind of Posting that tells one person what a Source says of what they follow; its subject is the Source's id."""
MOST = 50
"""How much one member may follow: each Source is looked at for all of it."""


def add(db: Database, workspace: str, member: str, follow: Follow) -> bool:
    """Follow something, or set anew whether direct messages are wanted."""
    key = (workspace, member, str(follow.kind), fold(follow.target))
    if row(db, f"SELECT 1 FROM follows WHERE {_ONE}", key):
        run(db, f"UPDATE follows SET direct = ?, refused_at = NULL WHERE {_ONE}", (follow.direct, *key))
        return False
    if len(of(db, workspace, member)) >= MOST:
        raise BadInput(_("You follow {most} things already. /follow remove ends one of them.", most=MOST))
    run(
        db,
        "INSERT INTO follows (workspace, member, kind, folded, target, since, direct) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*key, follow.target, instant(follow.since), follow.direct),
    )
    return True


def remove(db: Database, workspace: str, member: str, kind: FollowKind, target: str) -> bool:
    """End it."""
    key = (workspace, member, str(kind), fold(target))
    there = row(db, f"SELECT 1 FROM follows WHERE {_ONE}", key) is not None
    run(db, f"DELETE FROM follows WHERE {_ONE}", key)
    return there


def of(db: Database, workspace: str, member: str) -> list[Follow]:
    """What a member follows, in the order in which they began."""
    sql = "SELECT * FROM follows WHERE workspace = ? AND member = ? ORDER BY since, kind, folded"
    return [_follow(r) for r in rows(db, sql, (workspace, member))]


def among(db: Database, workspace: str, member: str, ids: Collection[str]) -> frozenset[str]:
    """Those of some entries that a member follows."""
    follows = of(db, workspace, member) if ids else []
    return frozenset().union(*(_meant(db, workspace, follow) for follow in follows)) & frozenset(ids)


def refuse(db: Database, workspace: str, member: str, now: datetime) -> None:
    """No more direct messages, and it is to be said."""
    sql = "UPDATE follows SET direct = 0, refused_at = ? WHERE workspace = ? AND member = ? AND direct = 1"
    run(db, sql, (instant(now), workspace, member))


def refused(db: Database, workspace: str, member: str) -> datetime | None:
    """When they ended by themselves, where that is yet to be said."""
    sql = "SELECT refused_at FROM follows WHERE workspace = ? AND member = ? AND refused_at IS NOT NULL"
    found = column(db, sql, (workspace, member))
    return datetime.fromisoformat(max(found)) if found else None


def told(db: Database, workspace: str, member: str, until: datetime) -> None:
    """It is said that they had ended by then."""
    sql = "UPDATE follows SET refused_at = NULL WHERE workspace = ? AND member = ? AND refused_at <= ?"
    run(db, sql, (workspace, member, instant(until)))


def owe(db: Database, workspace: str, source: str, spoken_of: Collection[str], now: datetime) -> None:
    """Owe a message to each who wants one and follows what a Source speaks of."""
    wanting = column(db, "SELECT DISTINCT member FROM follows WHERE workspace = ? AND direct = 1", (workspace,))
    for member in sorted(wanting):
        follows = [follow for follow in of(db, workspace, member) if follow.direct]
        if any(_meant(db, workspace, follow) & frozenset(spoken_of) for follow in follows):
            run(db, _OWE, (workspace, f"@{member}", FOLLOW, source, instant(now), instant(now)))


def _meant(db: Database, workspace: str, follow: Follow) -> frozenset[str]:
    """The ids of the entries that a follow is about, those that lists no longer show too."""
    if follow.kind is FollowKind.ENTRY:
        return frozenset({follow.target})
    by_party = follow.kind is FollowKind.PARTY
    query = Query(party=follow.target) if by_party else Query(about=follow.target)
    shapes: dict[str, Shape[Any, Any]] = SHAPES
    return frozenset(
        short_id(name, number)
        for name, shape in shapes.items()
        for number in _lists.matching(db, workspace, shape, query)
    )


def _follow(r: Row) -> Follow:
    return Follow(FollowKind(r["kind"]), r["target"], datetime.fromisoformat(r["since"]), bool(r["direct"]))


_ONE = "workspace = ? AND member = ? AND kind = ? AND folded = ?"
_OWE = """
    INSERT OR IGNORE INTO postings (workspace, channel, kind, subject, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?)
"""
