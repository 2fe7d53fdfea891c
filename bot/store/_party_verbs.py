"""The verbs of the `Store` about parties and their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from bot.domain import Cell, CommitmentFinding, Party
from bot.store import _aliases, _naming, _parties, _values
from bot.store._connection import Connection


class PartyVerbs(Connection):
    """Parties: their names, what is told of them as a whole."""

    def add_aliases(self, workspace: str, aliases: Mapping[str, Iterable[str]]) -> None:
        """Note further names of parties, by canonical name; lists and autocomplete then know them."""
        with self.writing():
            _parties.add_aliases(self._db, workspace, aliases)

    def parties(self, workspace: str, prefix: str = "", limit: int = 25) -> tuple[str, ...]:
        """Canonical names of the parties with a name, or a word of one, that begins so; those most spoken of first."""
        with self.reading():
            return _parties.beginning(self._db, workspace, prefix, limit)

    def party(self, workspace: str, name: str) -> str | None:
        """The name of the party that goes by this name, in whatever case; None for none or several."""
        found = self.parties_named(workspace, name)
        return found[0] if len(found) == 1 else None

    def parties_named(self, workspace: str, name: str) -> tuple[str, ...]:
        """The names of the parties that go by exactly this name."""
        with self.reading():
            return tuple(_parties.meant(self._db, workspace, name))

    def party_names(self, workspace: str, name: str) -> Party:
        """A party by its name (as `party` gives it), with the further names that it goes by."""
        with self.reading():
            return _naming.party(self._db, workspace, name)

    def partners(self, workspace: str, name: str, limit: int = 10) -> tuple[tuple[str, int], ...]:
        """The parties named together with this one in what it undertook, and in how many commitments."""
        with self.reading():
            return tuple(_naming.partners(self._db, workspace, name, limit))

    def months(self, workspace: str, name: str) -> tuple[tuple[date, int], ...]:
        """The months in which something that this party undertook was first said, and how much."""
        with self.reading():
            return tuple(_naming.months(self._db, workspace, name))

    def aliases(self, workspace: str) -> Mapping[str, str]:
        """The party that each folded name leads to which people decided on."""
        with self.reading():
            return _aliases.heads(self._db, workspace)

    def given(self, workspace: str) -> tuple[tuple[str, str], ...]:
        """The names that people gave, as they wrote them, and the party that each leads to, by name."""
        with self.reading():
            return tuple(_aliases.given(self._db, workspace))

    def alias_cell(self, name: str) -> Cell:
        """The cell that says which party a name is."""
        return Cell("alias", _values.fold(name))

    def reader(self, workspace: str) -> Callable[[Any], Any]:
        """What gives a finding with its names read through the aliases of now."""
        with self.reading():
            return _aliases.reader(self._db, workspace)

    def rekey(self, workspace: str, names: Iterable[str], key_of: Callable[[CommitmentFinding], str]) -> None:
        """Derive anew the look-up keys of commitments with these (folded) names for an actor."""
        with self.writing():
            _naming.rekey(self._db, workspace, names, key_of)
