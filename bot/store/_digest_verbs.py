"""The verbs of the `Store` about digests, and about what they tell of beside what is new."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain import Filter, Posting, Query, Schedule, Subscription
from bot.store import _changes, _lists, _records, _subscriptions
from bot.store._connection import Connection
from bot.store._shapes import SHAPES
from bot.store._values import short_id


class DigestVerbs(Connection):
    """Subscriptions to digests. Callers want `bot.digest`, which knows when they are due and what they tell."""

    def set_digest(
        self,
        workspace: str,
        channel: str,
        place: str,
        wanted: tuple[Schedule, Filter],
        by: str,
        now: datetime,
        next_at: datetime,
    ) -> Subscription:
        """Give a channel a digest, in place of the one that it has, paused or not; it is due at `next_at`."""
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            found = _subscriptions.put(self._db, workspace, channel, place, wanted, by, now)
            _subscriptions.plan(self._db, found.id, next_at)
            return _subscriptions.one(self._db, workspace, found.id)

    def digests(self, workspace: str) -> tuple[Subscription, ...]:
        """The digests that are set, paused ones too, in the order in which they were first set."""
        with self.reading():
            return tuple(_subscriptions.held(self._db, workspace))

    def digest(self, workspace: str, id: int) -> Subscription:  # noqa: A002
        """A digest by its number, also one that was stopped. Raises `NotFound`."""
        with self.reading():
            return _subscriptions.one(self._db, workspace, id)

    def stop_digest(self, workspace: str, id: int, by: str, now: datetime) -> Subscription:  # noqa: A002
        """End a digest; what it still owes is dropped. Raises `NotFound`."""
        with self.writing():
            return _subscriptions.stop(self._db, workspace, id, by, now)

    def digests_due(self, now: datetime) -> tuple[Subscription, ...]:
        """The digests of all workspaces that are due now and owe nothing from before, longest due first."""
        with self.reading():
            return tuple(_subscriptions.due(self._db, now))

    def cover(self, subscription: Subscription, period: tuple[datetime, datetime], content: str, now: datetime) -> None:
        """Everything until now is told by a posting with this content (none for ""); `period` is due and next due."""
        with self.writing():
            _subscriptions.cover(self._db, subscription, period, content, now)

    def pause_digest(self, subscription: Subscription, why: str, since: datetime, now: datetime) -> None:
        """Post a digest no more until it is set again, and owe whoever set it the news, once."""
        with self.writing():
            _subscriptions.pause(self._db, subscription, why, since, now)

    def tell_of_lost(self, posting: Posting, why: str, now: datetime) -> None:
        """An update could not be posted: owe whoever set the channel the news, once until one is sent again."""
        with self.writing():
            _subscriptions.tell_of_lost(self._db, posting, why, now)

    def due_between(self, workspace: str, first: date, end: date) -> tuple[str, ...]:
        """The commitments in the lists whose date is on or after `first` and before `end`, by number."""
        with self.reading():
            return tuple(short_id("commitment", n) for n in _changes.due_between(self._db, workspace, first, end))

    def matching(self, workspace: str, query: Query) -> frozenset[str]:
        """The ids of all entries that match by parties, words and Sources, those in no list any more too."""
        with self.reading():
            return frozenset(
                short_id(kind, number)
                for kind, shape in SHAPES.items()
                for number in _lists.matching(self._db, workspace, shape, query)
            )
