"""The verbs of the `Store` about links between entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.domain import Link, Page, Proposal, Thread, Turn
from bot.store import _aliases, _links
from bot.store._connection import Connection


class LinkVerbs(Connection):
    """Links: proposed by the ledger, decided on by people (see `bot.revise`)."""

    def unlinked(self, workspace: str, source: str = "", batch: int = 1000) -> tuple[_links.Unlinked, ...]:
        """What was said that no link was looked for yet, all of a Source and a batch of the rest, in order.

        Of each the row of the mention, the entry's id, the finding, its day and its Source.
        """
        with self.reading():
            return tuple(_links.unlinked(self._db, workspace, source, batch))

    def bearing(
        self, workspace: str, asked: Sequence[Sequence[str]], fewest: int
    ) -> tuple[tuple[tuple[str, Any, date], ...], ...]:
        """For each set of keys what is said under at least so many of them: the entry's id, the finding, its day.

        A few at most for each set, in its order.
        """
        with self.reading():
            return tuple(_links.bearing(self._db, workspace, asked, fewest))

    def put_link_keys(self, workspace: str, mention: int, keys: Iterable[str]) -> None:
        """Let a mention (a row of `unlinked`) be found by these keys from now on."""
        with self.writing():
            _links.put_keys(self._db, workspace, mention, keys)

    def propose(self, workspace: str, mention: int, proposal: Proposal, now: datetime) -> None:
        """Propose a link that a mention gave rise to; two entries are linked once, and not anew after a rejection."""
        with self.writing():
            _links.propose(self._db, workspace, mention, proposal, now)

    def linked(self, workspace: str, one: str, other: str) -> bool:
        """Whether two entries are linked, whatever people said of it. Raises `NotFound`."""
        with self.reading():
            return _links.linked(self._db, workspace, one, other)

    def called(self, workspace: str) -> Mapping[str, frozenset[str]]:
        """All folded names of the parties that people gave names to, by the folded name that they lead to."""
        with self.reading():
            return _aliases.called(self._db, workspace)

    def link(self, workspace: str, id: str) -> Link:  # noqa: A002
        """A link by its id (`L-4`). Raises `NotFound`."""
        with self.reading():
            return _links.link(self._db, workspace, id)

    def link_ends(self, workspace: str, id: str) -> tuple[str, str]:  # noqa: A002
        """The ids of the newer and the older entry of a link. Raises `NotFound`."""
        with self.reading():
            return _links.ends(self._db, workspace, id)

    def links_waiting(self, workspace: str, page_number: int = 0, size: int = 1) -> Page[Link]:
        """The proposals that nobody confirmed or rejected, those put off last."""
        with self.reading():
            return _links.waiting(self._db, workspace, page_number, size)

    def links(self, workspace: str) -> tuple[Link, ...]:
        """All links between entries that are in the lists, by number."""
        with self.reading():
            return _links.every(self._db, workspace)

    def links_since(self, workspace: str, since: datetime) -> tuple[Link, ...]:
        """The links proposed after an instant that nobody decided on."""
        with self.reading():
            return _links.since(self._db, workspace, since)

    def turned_by(self, workspace: str, ids: Sequence[str]) -> tuple[str, ...]:
        """The entries whose standing follows from these by confirmed links. Raises `NotFound`."""
        with self.reading():
            return tuple(_links.turned_by(self._db, workspace, ids))

    def turns(self, workspace: str, id: str) -> tuple[Turn, ...]:  # noqa: A002
        """What confirmed links make of an entry, the earliest first. Raises `NotFound`."""
        with self.reading():
            return _links.turns(self._db, workspace, id)

    def thread(self, workspace: str, id: str) -> Thread:  # noqa: A002
        """The steps that an entry went through, each with its sentence, and its links. Raises `NotFound`."""
        with self.reading():
            return _links.thread(self._db, workspace, id)
