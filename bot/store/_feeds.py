"""Feeds that a workspace follows, and what became of each of their items."""

from datetime import datetime

from sqlite_utils import Database

from bot.domain import Feed, FeedItem
from bot.errors import BadInput, NotFound
from bot.store._records import ensure_workspace, write_log
from bot.store._sql import Row, row, rows, run, value
from bot.store._values import instant, parse_id
from bot.texts import _


def add(db: Database, workspace: str, url: str, title: str, by: str, now: datetime) -> Feed:
    """Follow a feed, and log it. Raises `BadInput` where it is followed already."""
    ensure_workspace(db, workspace)
    if held := row(db, f"{_FEEDS} AND workspace = ? AND url = ?", (workspace, url)):
        raise BadInput(_("The feed {url} is followed already. /source feed list shows all feeds.", url=held["url"]))
    again = row(db, "SELECT id FROM feeds WHERE workspace = ? AND url = ?", (workspace, url))
    if again:  # what was taken from it before is known, so that nothing comes twice
        sql = "UPDATE feeds SET ended_at = NULL, title = ?, added_by = ?, next_at = ?, failures = 0, error = ''"
        run(db, f"{sql}, etag = '', modified = '' WHERE id = ?", (title, by, instant(now), again["id"]))
        id_ = again["id"]
    else:
        sql = "INSERT INTO feeds (workspace, url, title, added_by, created_at, next_at) VALUES (?, ?, ?, ?, ?, ?)"
        id_ = run(db, sql, (workspace, url, title, by, instant(now), instant(now)))
    write_log(db, workspace, by, "feed added", url, now, {})
    return find(db, workspace, id_)


def find(db: Database, workspace: str, id: int) -> Feed:  # noqa: A002
    """A feed that is followed. Raises `NotFound`."""
    found = row(db, f"{_FEEDS} AND workspace = ? AND id = ?", (workspace, id))
    if found is None:
        raise NotFound(_("There is no such feed here. /source feed list shows those that are followed."))
    return _feed(found)


def followed(db: Database, workspace: str) -> tuple[Feed, ...]:
    """The feeds of a workspace, in the order in which they were added."""
    return tuple(_feed(r) for r in rows(db, f"{_FEEDS} AND workspace = ? ORDER BY id", (workspace,)))


def due(db: Database, now: datetime) -> tuple[Feed, ...]:
    """The feeds of all workspaces that are to be looked at now, the longest due first."""
    return tuple(_feed(r) for r in rows(db, f"{_FEEDS} AND next_at <= ? ORDER BY next_at, id", (instant(now),)))


def end(db: Database, workspace: str, id: int, by: str, now: datetime) -> Feed:  # noqa: A002
    """Follow a feed no more, and log it; what it brought stays. Raises `NotFound`."""
    before = find(db, workspace, id)
    run(db, "UPDATE feeds SET ended_at = ? WHERE id = ?", (instant(now), id))
    write_log(db, workspace, by, "feed removed", before.url, now, {})
    return before


def mark(db: Database, feed: Feed) -> None:
    """Note how a feed was found. Raises `NotFound` for one that is followed no more."""
    find(db, feed.workspace, feed.id)
    other = "SELECT 1 FROM feeds WHERE workspace = ? AND url = ? AND id <> ?"
    taken = value(db, other, (feed.workspace, feed.url, feed.id))
    run(
        db,
        f"""UPDATE feeds SET {"" if taken else "url = :url,"} title = :title, etag = :etag, modified = :modified,
            next_at = :next_at, read_at = :read_at, failures = :failures, error = :error WHERE id = :id""",
        {
            **({} if taken else {"url": feed.url}),
            "title": feed.title,
            "etag": feed.etag,
            "modified": feed.modified,
            "next_at": instant(feed.next_at),
            "read_at": feed.read_at and instant(feed.read_at),
            "failures": feed.failures,
            "error": feed.error,
            "id": feed.id,
        },
    )


def items(db: Database, workspace: str, feed: int) -> dict[str, FeedItem]:
    """What is known of a feed's items, by key. Raises `NotFound`."""
    find(db, workspace, feed)
    sql = "SELECT i.*, s.number FROM feed_items i LEFT JOIN sources s ON s.id = i.source WHERE i.feed = ?"
    return {
        r["key"]: FeedItem(r["key"], r["hash"], r["outcome"], f"S-{r['number']}" if r["number"] is not None else "")
        for r in rows(db, sql, (feed,))
    }


def mark_item(db: Database, workspace: str, feed: int, item: FeedItem) -> None:
    """Note what became of an item, in place of what was known of it. Raises `NotFound`."""
    find(db, workspace, feed)
    number = parse_id(item.source)[1] if item.source else None
    source = value(db, "SELECT id FROM sources WHERE workspace = ? AND number = ?", (workspace, number))
    run(
        db,
        "INSERT OR REPLACE INTO feed_items (feed, key, hash, outcome, source) VALUES (?, ?, ?, ?, ?)",
        (feed, item.key, item.hash, item.outcome, source),
    )


def _feed(r: Row) -> Feed:
    return Feed(
        id=r["id"],
        workspace=r["workspace"],
        url=r["url"],
        title=r["title"],
        added_by=r["added_by"],
        next_at=datetime.fromisoformat(r["next_at"]),
        read_at=datetime.fromisoformat(r["read_at"]) if r["read_at"] else None,
        etag=r["etag"],
        modified=r["modified"],
        failures=r["failures"],
        error=r["error"],
    )


_FEEDS = "SELECT * FROM feeds WHERE ended_at IS NULL"
M017 = """
    CREATE TABLE feeds (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        url TEXT NOT NULL,
        title TEXT NOT NULL,
        added_by TEXT NOT NULL,
        created_at TEXT NOT NULL,
        next_at TEXT NOT NULL,
        read_at TEXT,
        etag TEXT NOT NULL DEFAULT '',
        modified TEXT NOT NULL DEFAULT '',
        failures INTEGER NOT NULL DEFAULT 0,
        error TEXT NOT NULL DEFAULT '',
        ended_at TEXT,
        UNIQUE (workspace, url)
    ) STRICT;
    CREATE INDEX feeds_due ON feeds (next_at) WHERE ended_at IS NULL;
    CREATE TABLE feed_items (
        feed INTEGER NOT NULL REFERENCES feeds(id),
        key TEXT NOT NULL,
        hash TEXT NOT NULL,
        outcome TEXT NOT NULL,
        source INTEGER REFERENCES sources(id),
        PRIMARY KEY (feed, key)
    ) STRICT, WITHOUT ROWID;
"""
"""The tables as migration m017 made them; what comes later is a migration of its own."""
M022 = """
    CREATE INDEX watched_files_of_source ON watched_files (source);
    CREATE INDEX feed_items_of_source ON feed_items (source);
"""
