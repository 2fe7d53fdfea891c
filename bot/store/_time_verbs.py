"""The verbs of the `Store` about what changed since an instant."""

from __future__ import annotations

from datetime import datetime

from bot.domain import LogEntry, Source
from bot.store import _changes, _records
from bot.store._connection import Connection


class TimeVerbs(Connection):
    """What came in, what was decided, who asked for it when; by the date added."""

    def sources_since(self, workspace: str, since: datetime) -> tuple[Source, ...]:
        """The Sources added after an instant that count, in the order in which they came."""
        with self.reading():
            return tuple(_changes.sources(self._db, workspace, since))

    def touched_since(self, workspace: str, since: datetime) -> tuple[tuple[str, bool], ...]:
        """The entries that those Sources speak of, and whether one held before spoke of it already."""
        with self.reading():
            return tuple(_changes.touched(self._db, workspace, since))

    def changed_since(self, workspace: str, since: datetime) -> tuple[LogEntry, ...]:
        """What people decided after an instant, undos too, the earliest first, with what each line changed."""
        with self.reading():
            return tuple(_changes.decisions(self._db, workspace, since))

    def resting_on(self, workspace: str, source: str) -> tuple[str, ...]:
        """The entries that a Source speaks of, counted or not. Raises `NotFound`."""
        with self.reading():
            return tuple(_changes.resting(self._db, workspace, source))

    def visit(self, workspace: str, member: str, now: datetime) -> datetime | None:
        """Note that a member asks what changed; when they asked before, None for the first time."""
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            return _changes.visit(self._db, workspace, member, now)
