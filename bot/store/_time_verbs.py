"""The verbs of the `Store` about what changed since an instant, and about Sources that take another's place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain import Decisions, Document, LogEntry, Source
from bot.store import _changes, _compose, _decisions, _records, _rereading
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

    def visited(self, workspace: str, member: str) -> datetime | None:
        """When a member was last told what changed; None where they never were."""
        with self.reading():
            return _changes.visited(self._db, workspace, member)

    def visit(self, workspace: str, member: str, now: datetime) -> datetime | None:
        """Note that a member was told what changed; when they were before, None for the first time."""
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            return _changes.visit(self._db, workspace, member, now)

    # Versions

    def said_by(self, workspace: str, source: str, *, ever: bool = False) -> tuple[tuple[str, Any], ...]:
        """What a Source says, whether it counts or not: the id of each entry and the finding. Raises `NotFound`.

        What its text was once found to say, and is no longer by newer rules, is only given with `ever`.
        """
        with self.reading():
            return tuple(_compose.said_by(self._db, workspace, source, ever=ever))

    def slots_by(self, workspace: str, source: str) -> Mapping[str, str]:
        """What a Source says of each entry, written down so that two readings can be compared. Raises `NotFound`."""
        with self.reading():
            return _rereading.slots(self._db, workspace, source)

    def reread(self, workspace: str, source: str, document: Document, decisions: Decisions) -> None:
        """Let a Source say what was decided on its findings now; what it said before and does not now is kept hidden.

        Callers want `bot.versions.reread`. Raises `NotFound`, `EvidenceMismatch`.
        """
        with self.writing():
            _rereading.reread(self._db, workspace, source, document, decisions)

    def supersede(self, workspace: str, old: str, new: str, by: str, now: datetime) -> LogEntry:
        """Let a Source that was just added take the place of another, and log both as one decision."""
        with self.writing():
            return _decisions.log_version(self._db, workspace, old, new, by, now)
