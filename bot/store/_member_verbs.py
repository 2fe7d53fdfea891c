"""The verbs of the `Store` about people: what they follow, what is kept of them; and about the servers they are in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.domain import Follow, FollowKind, Personal
from bot.store import _follows, _guests, _persons, _records
from bot.store._connection import Connection
from bot.store._values import Whose, everyones


class MemberVerbs(Connection):
    """Members by their ids; nothing of them is told to anybody else."""

    def follow(self, workspace: str, member: str, follow: Follow) -> bool:
        """Let a member follow something; False where they did (then only `direct` is set anew).

        Raises `BadInput` where they follow too much already.
        """
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            return _follows.add(self._db, workspace, member, follow)

    def unfollow(self, workspace: str, member: str, kind: FollowKind, target: str) -> bool:
        """End it; False where they did not follow it."""
        with self.writing():
            return _follows.remove(self._db, workspace, member, kind, target)

    def follows(self, workspace: str, member: str) -> tuple[Follow, ...]:
        """What a member follows, in the order in which they began."""
        with self.reading():
            return tuple(_follows.of(self._db, workspace, member))

    def followed(self, workspace: str, member: str, ids: Collection[str]) -> frozenset[str]:
        """Those of some entries that a member follows."""
        with self.reading():
            return _follows.among(self._db, workspace, member, ids)

    def refuse_direct(self, workspace: str, member: str, now: datetime) -> None:
        """Direct messages to a member failed: none are sent any more, and the next /catchup says so."""
        with self.writing():
            _follows.refuse(self._db, workspace, member, now)

    def refused_direct(self, workspace: str, member: str) -> datetime | None:
        """When direct messages to a member ended by themselves, where the member is yet to be told."""
        with self.reading():
            return _follows.refused(self._db, workspace, member)

    def told_refused(self, workspace: str, member: str, until: datetime) -> None:
        """Note that a member has heard of those that had ended by then, so that it is told once."""
        with self.writing():
            _follows.told(self._db, workspace, member, until)

    # What is kept of a person

    def personal(self, workspace: str, member: str) -> Personal:
        """What is kept of a person."""
        with self.reading():
            return _persons.personal(self._db, workspace, member)

    def forget(self, workspace: str, member: str) -> Personal:
        """Delete it; what they did stays, as that of a former member. What was kept is returned."""
        with self.writing():
            return _persons.forget(self._db, workspace, member)

    # Servers

    def arrive(self, workspace: str, name: str, channel: str, now: datetime) -> bool:
        """The bot is in this server: it is greeted in the channel the first time, and is no longer taken for left.

        Without a `channel` there is nowhere to greet. False where the bot knew the server.
        """
        with self.writing():
            _records.name_workspace(self._db, workspace, name)
            return _guests.arrive(self._db, workspace, channel, now)

    def leave(self, workspace: str, now: datetime) -> None:
        """The bot is no longer in this server; what is held of it is purged later, unless the bot comes back."""
        with self.writing():
            _guests.leave(self._db, workspace, now)

    def staying(self, present: Iterable[str]) -> tuple[str, ...]:
        """The servers that the bot takes itself to be in, without those that it is in indeed."""
        with self.reading():
            return _guests.staying(self._db, frozenset(present))

    def purge_left(self, before: datetime, *, of: Whose = everyones) -> tuple[str, ...]:
        """Purge the servers that the bot left before an instant: nothing of them is kept. Which these were."""
        with self.reading():
            gone = _guests.left_before(self._db, before, of)
        for workspace in gone:
            with self.deleting():
                _guests.purge(self._db, workspace)
        return gone

    @contextmanager
    def removing(self, workspace: str, now: datetime) -> Iterator[None]:
        """Purge a server at the end of the block, as it is held elsewhere then; nobody else writes in the meantime."""
        with self.deleting():
            yield
            _guests.arrive(self._db, workspace, "", now)
            _guests.leave(self._db, workspace, now)
            _guests.purge(self._db, workspace)
