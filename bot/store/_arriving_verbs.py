"""The verbs of the `Store` about what is on its way in: drafts that wait to be kept, feeds that are followed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain import Draft, DraftKind, Feed, FeedItem, Findings, NewSource, Outcome, Source
from bot.store import _copies, _drafts, _feeds, _outcomes, _records, _sources
from bot.store._connection import Connection


class ArrivingVerbs(Connection):
    """What is not yet a Source, and where Sources come from."""

    def add_draft(
        self,
        workspace: str,
        kind: DraftKind,
        new: NewSource,
        findings: Findings,
        until: datetime,
        *,
        supersedes: str = "",
        direct: bool = False,
    ) -> int:
        """Keep a document that was read until somebody decides on it, or until an instant; its number."""
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            return _drafts.add(self._db, workspace, kind, new, findings, supersedes, until, direct=direct)

    def draft(self, workspace: str, id: int, now: datetime) -> Draft:  # noqa: A002
        """A draft that waits still. Raises `NotFound`."""
        with self.reading():
            return _drafts.draft(self._db, workspace, id, now)

    def drafts(self, workspace: str, kind: DraftKind, now: datetime, *, by: str = "") -> tuple[int, ...]:
        """The numbers of the drafts of a kind that wait, the oldest first; all, or one member's."""
        with self.reading():
            return _drafts.waiting(self._db, workspace, kind, now, by)

    def drop_draft(self, workspace: str, id: int) -> None:  # noqa: A002
        """Forget a draft. Raises `NotFound`."""
        with self.writing():
            _drafts.drop(self._db, workspace, id)

    def tidy_drafts(self, now: datetime) -> int:
        """Forget the drafts of all workspaces that nobody kept in time; how many. Who suggested one hears of it."""
        with self.writing():
            _outcomes.tell_overdue(self._db, now)
            return _drafts.tidy(self._db, now)

    def sources_at(self, workspace: str, origin: str, *, ever: bool = False) -> tuple[Source, ...]:
        """The Sources that came from exactly this origin and count, or `ever` did, the latest first."""
        with self.reading():
            return _sources.at(self._db, workspace, origin, ever=ever)

    # What became of suggestions

    def tell_outcome(self, workspace: str, member: str, outcome: Outcome, direct: int | None = None) -> None:
        """Let a member hear what became of what they suggested: when they next ask what changed, or by a direct
        message about the draft of the number `direct`.
        """
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            _outcomes.tell(self._db, workspace, member, outcome, direct)

    def outcomes(self, workspace: str, member: str) -> tuple[Outcome, ...]:
        """What became of what a member suggested and is yet to be told, the earliest first."""
        with self.reading():
            return tuple(_outcomes.waiting(self._db, workspace, member))

    def told_outcomes(self, workspace: str, member: str, told: Iterable[Outcome]) -> None:
        """Note that a member has heard of these, so that they are told once."""
        with self.writing():
            _outcomes.told(self._db, workspace, member, told)

    # Near-copies

    def uncompared(self, workspace: str, most: int = 2000) -> tuple[str, ...]:
        """The Sources that were not compared with those before them yet, the earliest first."""
        with self.reading():
            return tuple(_copies.uncompared(self._db, workspace, most))

    def like_texts(
        self, workspace: str, keys: Sequence[int], *, source: str = "", supersedes: str = ""
    ) -> tuple[str, ...]:
        """A few Sources whose texts share keys, those that count first, then those that share most.

        Only Sources before `source`, where it is given, and no earlier versions of it or of what `supersedes` names.
        Raises `NotFound`.
        """
        with self.reading():
            return tuple(_copies.alike(self._db, workspace, keys, source, supersedes))

    def note_text(self, workspace: str, source: str, keys: Sequence[int], copy_of: str) -> None:
        """Let a Source be found by the keys of its text, a near-copy of another or ("") not. Raises `NotFound`."""
        with self.writing():
            _copies.note(self._db, workspace, source, keys, copy_of)

    # Feeds

    def add_feed(self, workspace: str, url: str, title: str, by: str, now: datetime) -> Feed:
        """Follow a feed, and log it. Raises `BadInput` where it is followed already."""
        with self.writing():
            return _feeds.add(self._db, workspace, url, title, by, now)

    def feed(self, workspace: str, id: int) -> Feed:  # noqa: A002
        """A feed that is followed. Raises `NotFound`."""
        with self.reading():
            return _feeds.find(self._db, workspace, id)

    def feeds(self, workspace: str) -> tuple[Feed, ...]:
        """The feeds that a workspace follows, in the order in which they were added."""
        with self.reading():
            return _feeds.followed(self._db, workspace)

    def feeds_due(self, now: datetime) -> tuple[Feed, ...]:
        """The feeds of all workspaces that are to be looked at now."""
        with self.reading():
            return _feeds.due(self._db, now)

    def end_feed(self, workspace: str, id: int, by: str, now: datetime) -> Feed:  # noqa: A002
        """Follow a feed no more, and log it; what it brought stays. Raises `NotFound`."""
        with self.writing():
            return _feeds.end(self._db, workspace, id, by, now)

    def mark_feed(self, feed: Feed) -> None:
        """Note how a feed was found. Raises `NotFound` for one that is followed no more."""
        with self.writing():
            _feeds.mark(self._db, feed)

    def feed_items(self, workspace: str, feed: int) -> dict[str, FeedItem]:
        """What is known of a feed's items, by key. Raises `NotFound`."""
        with self.reading():
            return _feeds.items(self._db, workspace, feed)

    def mark_feed_item(self, workspace: str, feed: int, item: FeedItem) -> None:
        """Note what became of an item. Raises `NotFound` for a feed that is followed no more."""
        with self.writing():
            _feeds.mark_item(self._db, workspace, feed, item)
