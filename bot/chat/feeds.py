"""The feeds that servers follow, looked at again and again: each item becomes a Source once.

A feed is asked with the ETag and date that it gave, at most every quarter of an hour, and less and less often while it
fails. What became of an item stands in the store, so nothing comes twice, also after a restart. An item that is edited
is a new version of the Source that it made; one that only moved within the feed, or to another id, is the same.
What a feed holds when it is first read is added quietly; what comes later is announced.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.app import App
from bot.chat.adding import Handed
from bot.domain import Added, Feed, FeedItem, SourceStatus
from bot.errors import BadInput, Busy, CannotFetch, DossierError, NotFound, StoreError
from bot.feed import Entry, Listing, discover, read
from bot.fetch import FEEDS, Fetched, Limits, Web, checked
from bot.texts import _

log = logging.getLogger(__name__)

BY = "feed"
EVERY, LONGEST = timedelta(minutes=15), timedelta(days=1)
LIMITS = Limits(size=2 * 2**20, types=FEEDS)
MOST = 25
"""How many feeds a workspace may follow."""
TRIES = 5
"""How often the page of an item is asked for while its server fails."""
_ADDED, _DUPLICATE, _TRIED = "added", "duplicate", "tried "
_OUR_FAULT = _("Something went wrong inside Dossier while this was read; the log says what.")


@dataclass(frozen=True, slots=True)
class Found:
    """A feed as it was just read."""

    url: str
    listing: Listing
    etag: str = ""
    modified: str = ""


def refuse_more(held: Sequence[Feed]) -> None:
    """Raise `BadInput` where no more feeds may be followed."""
    if len(held) >= MOST:
        raise BadInput(_("{most} feeds are followed, and no more can be. Remove one of them first.", most=MOST))


async def find(web: Web, address: str) -> Found:
    """The feed at an address, or the one that the page there names as its own. Raises `CannotFetch`."""
    got = await web.get(address, limits=LIMITS)
    try:
        return await _read(got, str(checked(address)))
    except CannotFetch:
        other = discover(got.data, got.url)
        if not other:
            raise
    return await _read(await web.get(other, limits=LIMITS), other)


async def _read(got: Fetched, asked: str) -> Found:
    listing = await asyncio.to_thread(read, got.data, got.url)
    return Found(got.moved or asked, listing, got.etag, got.modified)


class Feeds:
    """Looks at the feeds that are due; `workspaces` names those that may be fed at the moment."""

    def __init__(self, app: App, workspaces: Callable[[], Sequence[str]]) -> None:
        """Nothing was seen yet."""
        self.app = app
        self.workspaces = workspaces
        self._got: dict[tuple[str, str, str], Fetched] = {}

    async def look(self) -> int:
        """Look at every feed that is due, one after the other; how many items were dealt with."""
        now, fed = self.app.now(), set(self.workspaces())
        due = await self.app.read(lambda store: store.feeds_due(now))
        done = 0
        self._got.clear()
        for feed in due:
            if feed.workspace in fed:
                done += await self._look(feed)
        self._got.clear()
        return done

    async def _get(self, feed: Feed) -> Fetched:
        """What the feed's server says; asked once in a look, however many servers of ours follow the feed."""
        asked = (feed.url, feed.etag, feed.modified)
        if asked not in self._got:
            self._got[asked] = await self.app.web.get(feed.url, limits=LIMITS, etag=feed.etag, modified=feed.modified)
        return self._got[asked]

    async def _look(self, feed: Feed) -> int:
        """Look at one feed and note how it was found. One that is followed no more meanwhile is left alone."""
        try:
            return await self._taken(feed)
        except CannotFetch as error:
            await self._failed(feed, error)
        except NotFound:
            log.info("%s is followed no more in %s", feed.url, feed.workspace)
        except StoreError as error:
            log.warning("%s waits for the next look: %s", feed.url, error)
        except Exception:
            log.exception("%s could not be read for %s", feed.url, feed.workspace)
            await self._failed(feed, CannotFetch(feed.url, _OUR_FAULT))
        return 0

    async def _taken(self, feed: Feed) -> int:
        """Ask for a feed and add what is new in it."""
        got = await self._get(feed)
        now, wait = self.app.now(), EVERY
        url, title, etag, modified, done = got.moved or feed.url, feed.title, feed.etag, feed.modified, 0
        if got.changed:
            found = await _read(got, feed.url)
            title, wait = found.listing.title or title, _pause(found.listing)
            done, all_done = await self._items(feed, found.listing.entries)
            if all_done:
                etag, modified = found.etag, found.modified
        read = replace(
            feed,
            url=url,
            title=title,
            etag=etag,
            modified=modified,
            read_at=now,
            next_at=now + wait,
            failures=0,
            error="",
        )
        await self.app.write(lambda store: store.mark_feed(read))
        return done

    async def _failed(self, feed: Feed, error: CannotFetch) -> None:
        """Try again later, and ever later; a feed that is gone for good is followed no more."""
        now = self.app.now()
        log.warning("%s could not be read for %s: %s", feed.url, feed.workspace, error.why)
        if error.gone:
            await self.app.write(lambda store: store.end_feed(feed.workspace, feed.id, BY, now))
            return
        wait = max(EVERY * 2 ** min(feed.failures, 7), timedelta(seconds=min(error.wait, 86_400)))
        tried = replace(feed, failures=feed.failures + 1, error=error.why, next_at=now + min(wait, LONGEST))
        try:
            await self.app.write(lambda store: store.mark_feed(tried))
        except NotFound:
            log.info("%s is followed no more in %s", feed.url, feed.workspace)

    async def _items(self, feed: Feed, entries: Sequence[Entry]) -> tuple[int, bool]:
        """Deal with the items that are new or edited, the oldest first; how many, and whether none is left over."""
        known = await self.app.read(lambda store: store.feed_items(feed.workspace, feed.id))
        todo = [entry for entry in reversed(entries) if _changed(entry, known)]
        all_done = True
        for entry in todo:
            item = await self._item(feed, entry, known.get(entry.key))
            if item is None:
                return len(todo), False
            await self.app.write(lambda store, one=item: store.mark_feed_item(feed.workspace, feed.id, one))  # type: ignore[misc]
            all_done = all_done and not item.outcome.startswith(_TRIED)
        return len(todo), all_done

    async def _item(self, feed: Feed, entry: Entry, known: FeedItem | None) -> FeedItem | None:
        """Add one item; None where it has to wait for the next look."""
        before = known.source if known else ""
        try:
            added = await self._add(feed, entry, known)
        except (Busy, StoreError) as error:
            log.warning("%s waits for the next look: %s", entry.key, error)
            return None
        except CannotFetch as error:
            tries = _tries(known) + 1
            if error.passing and tries < TRIES:
                return FeedItem(entry.key, "", f"{_TRIED}{tries}", before)
            return FeedItem(entry.key, entry.hash, str(error), before)
        except DossierError as error:
            log.warning("%s of %s was not added to %s: %s", entry.key, feed.url, feed.workspace, error)
            return FeedItem(entry.key, entry.hash, str(error), before)
        except Exception:
            log.exception(
                "%s of %s was not added to %s; it is left alone until it changes", entry.key, feed.url, feed.workspace
            )
            return FeedItem(entry.key, entry.hash, _OUR_FAULT, before)
        outcome = _DUPLICATE if added.duplicate and added.source.id != before else _ADDED
        return FeedItem(entry.key, entry.hash, outcome, added.source.id)

    async def _add(self, feed: Feed, entry: Entry, known: FeedItem | None) -> Added:
        handed = await self._document(entry)
        return await self.app.add_source(
            feed.workspace,
            handed.data,
            handed.name,
            added_by=BY,
            title=entry.title,
            published=entry.published,
            origin=entry.link or feed.url,
            announce=feed.read_at is not None,
            supersedes=await self._earlier(feed.workspace, entry, known),
        )

    async def _document(self, entry: Entry) -> Handed:
        """The item's own content where it is whole, else its page, else what content there is."""
        own = Handed(entry.page(), "item.html")
        if not entry.link or (entry.full and own.data):
            return own
        try:
            got = await self.app.web.get(entry.link)
        except CannotFetch as error:
            if error.passing or not own.data:
                raise
            return own
        return Handed(got.data, got.name)

    async def _earlier(self, workspace: str, entry: Entry, known: FeedItem | None) -> str:
        """The Source that the item made before, under this id or from this address, if it counts still."""
        if known and known.source:
            made = known.source
            held = await self.app.read(lambda store: store.source(workspace, made))
            return held.id if held.status is SourceStatus.CURRENT and held.added_by == BY else ""
        if not entry.link:
            return ""
        there = await self.app.read(lambda store: store.sources_at(workspace, entry.link))
        return next((source.id for source in there if source.added_by == BY), "")


def _changed(entry: Entry, known: Mapping[str, FeedItem]) -> bool:
    return entry.key not in known or known[entry.key].hash != entry.hash


def _tries(known: FeedItem | None) -> int:
    words = known.outcome.removeprefix(_TRIED) if known and known.outcome.startswith(_TRIED) else "0"
    return int(words) if words.isdecimal() else 0


def _pause(listing: Listing) -> timedelta:
    """How long the feed is left alone: as it asks, within reason."""
    return min(max(EVERY, timedelta(minutes=listing.minutes)), LONGEST)
