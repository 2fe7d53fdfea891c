"""Names that people gave to parties: kept apart from what the extractor knows, and read through.

What a Source says stays as it was written: an alias changes which party a name is taken for when entries are read,
looked for and compared, so that it holds for all that is held and all that comes, and leaves no trace once it is gone.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sqlite_utils import Database

from bot.domain import CommitmentFinding
from bot.store._sql import Row, row, rows, run
from bot.store._values import dump, fold

Heads = Mapping[str, str]
"""The name of the party that a folded name leads to, for the names that people decided on."""


def held(db: Database, workspace: str, folded: str) -> str | None:
    """What people say of a folded name, as the log keeps it; None where nothing."""
    found = row(db, "SELECT * FROM given_aliases WHERE workspace = ? AND folded = ?", (workspace, folded))
    return dump({"alias": found["alias"], "party": found["party"]}) if found else None


def put(db: Database, workspace: str, folded: str, value: str | None) -> None:
    """Let a folded name lead to a party, as `dump` wrote it, or to none but its own."""
    run(db, "DELETE FROM given_aliases WHERE workspace = ? AND folded = ?", (workspace, folded))
    if value is not None:
        said = json.loads(value)
        values = (workspace, folded, said["alias"], said["party"])
        run(db, "INSERT INTO given_aliases VALUES (?, ?, ?, ?)", values)


def heads(db: Database, workspace: str) -> Heads:
    """Where each name that people decided on leads to in the end."""
    given = _given(db, workspace)
    return {folded: _head(folded, given) for folded in given}


def given(db: Database, workspace: str) -> list[tuple[str, str]]:
    """The names that people gave, as they wrote them, and where each leads to in the end."""
    found = _given(db, workspace)
    return [(r["alias"], _head(folded, found)) for folded, r in found.items()]


def _given(db: Database, workspace: str) -> dict[str, Row]:
    found = rows(db, "SELECT * FROM given_aliases WHERE workspace = ? ORDER BY folded", (workspace,))
    return {r["folded"]: r for r in found}


def _head(folded: str, given: Mapping[str, Row]) -> str:
    """The end of a chain of names. A ring, which only undoing can close, is headed by its first in the alphabet."""
    path = [folded]
    while path[-1] in given:
        following = fold(given[path[-1]]["party"])
        if following in path:
            ring = path[path.index(following) :]
            return str(given[min(ring)]["alias"])
        path.append(following)
    return str(given[path[-2]]["party"])


def head(heads: Heads, name: str) -> str:
    """The name of the party that a name leads to: itself, unless people decided otherwise."""
    return heads.get(fold(name), name)


def led_to(heads: Heads, names: Iterable[str]) -> set[str]:
    """All folded names of the parties headed by these names."""
    wanted = {fold(name) for name in names}
    return wanted | {folded for folded, name in heads.items() if fold(name) in wanted}


def called(db: Database, workspace: str) -> dict[str, frozenset[str]]:
    """All folded names of the parties that people gave names to, by the folded name that they lead to."""
    known = heads(db, workspace)
    wanted = {fold(name) for name in known.values()}
    return {name: frozenset(led_to(known, [name])) for name in wanted}


def given_to(db: Database, workspace: str, names: Iterable[str]) -> list[str]:
    """The names that people gave to the parties headed by these, as they wrote them."""
    known, wanted = heads(db, workspace), {fold(name) for name in names}
    given = _given(db, workspace)
    return [r["alias"] for folded, r in given.items() if fold(known[folded]) in wanted and folded not in wanted]


def reader(db: Database, workspace: str) -> Callable[[Any], Any]:
    """What gives a finding with its names read through the aliases of the workspace."""
    known = heads(db, workspace)
    return partial(read, known) if known else _as_it_is


def _as_it_is(finding: Any) -> Any:
    return finding


def read(heads: Heads, finding: Any) -> Any:
    """A finding with its parties as people named them; where no party is named, the actor's words may be an alias."""
    if not isinstance(finding, CommitmentFinding):
        return replace(finding, about=_called(heads, finding.about))
    meant = heads.get(fold(finding.actor_text))
    actors = _called(heads, finding.actors) or ((meant,) if meant else ())
    return replace(finding, actors=actors, recipients=_called(heads, finding.recipients))


def _called(heads: Heads, names: Iterable[str]) -> tuple[str, ...]:
    """Each party once, where it first stands."""
    found: dict[str, str] = {}
    for name in names:
        meant = head(heads, name)
        found.setdefault(fold(meant), meant)
    return tuple(found.values())
