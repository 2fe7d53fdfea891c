"""Lists of entries: a Query becomes one statement that walks an index in the order of the list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from bot.domain import Page, Query
from bot.store import _parties, _search, _sources
from bot.store._compose import entries
from bot.store._shapes import E, F, Shape
from bot.store._sql import column, value


@dataclass(slots=True)
class _Selection:
    """The parts of the statement while they are put together.

    The walk is led by `entries e`, or by `entry_parties d` where one party alone is asked for.
    """

    clauses: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    by_party: bool = False
    nothing: bool = False

    def where(self, clause: str, **values: Any) -> None:
        """Demand a clause; its values go by name."""
        self.clauses.append(clause)
        self.values.update(values)

    @property
    def source(self) -> str:
        """FROM and WHERE; `entries` is left out where the index by party suffices."""
        needed = any("e." in clause for clause in self.clauses)
        joined = "entry_parties d CROSS JOIN entries e ON e.id = d.entry" if needed else "entry_parties d"
        return f"FROM {joined if self.by_party else 'entries e'} WHERE {' AND '.join(self.clauses)}"


def page(db: Database, workspace: str, shape: Shape[F, E], query: Query, number: int, size: int) -> Page[E]:
    """The entries that match, those last spoken of first. Raises `NotFound` for a `source` that is not held."""
    number, chosen = max(0, number), _selection(db, workspace, shape, query)
    if chosen.nothing:
        return Page((), number, size, 0)
    lead = "d" if chosen.by_party else "e"
    last = _LAST_AS_OF if query.as_of else f"{lead}.last_seen"
    ids = column(
        db,
        f"SELECT {'d.entry' if chosen.by_party else 'e.id'} {chosen.source} "
        f"ORDER BY {last} DESC, {lead}.rank, {lead}.number LIMIT :size OFFSET :skip",
        {**chosen.values, "size": size, "skip": number * size},
    )
    return Page(entries(db, shape, ids, query.as_of), number, size, _total(db, query, chosen))


def _total(db: Database, query: Query, chosen: _Selection) -> int:
    """How many match; what only kind and status narrow is counted already, by triggers."""
    narrowed = (query.actor, query.recipient, query.about, query.source, query.text, query.since, query.as_of)
    if any(narrowed):
        return int(value(db, f"SELECT count(*) {chosen.source}", chosen.values))
    return int(
        value(
            db,
            f"SELECT coalesce(sum(e.entries), 0) FROM totals e WHERE {' AND '.join(chosen.clauses)}",
            chosen.values,
        )
    )


def _selection(db: Database, workspace: str, shape: Shape[Any, Any], query: Query) -> _Selection:
    withdrawn = query.status.strip().lower() == shape.withdrawn
    chosen = _Selection(values={"workspace": workspace, "type": shape.type, "shown": int(not withdrawn)})
    for role, name in (("actor", query.actor), ("recipient", query.recipient)):
        if name.strip():
            _by_party(chosen, role, _parties.matching(db, workspace, name))
    if not chosen.by_party:
        chosen.where("e.workspace = :workspace AND e.type = :type AND e.shown = :shown")
    _by_words(db, chosen, workspace, query)
    if query.source.strip():
        source = _sources.find(db, workspace, query.source)["id"]
        chosen.where("e.id IN (SELECT entry FROM mentions WHERE source = :source AND current = :shown)", source=source)
    _by_time(chosen, query)
    _by_state(chosen, query, withdrawn=withdrawn)
    return chosen


def _by_party(chosen: _Selection, role: str, parties: Sequence[int]) -> None:
    """Entries with one of the parties in the role."""
    chosen.nothing |= not parties
    if len(parties) == 1 and not chosen.by_party:
        chosen.by_party = True
        chosen.where(
            "d.party = :party AND d.role = :role AND d.type = :type AND d.shown = :shown", party=parties[0], role=role
        )
        return
    names = {f"{role}{i}": party for i, party in enumerate(parties)}
    wanted = ", ".join(f":{name}" for name in names)
    chosen.where(f"e.id IN (SELECT entry FROM entry_parties WHERE party IN ({wanted}) AND role = '{role}')", **names)


def _by_words(db: Database, chosen: _Selection, workspace: str, query: Query) -> None:
    """Entries that name the subject as a party, or have its words in what they say or in a quote."""
    for field_, text in (("about", query.about), ("text", query.text)):
        if not text.strip():
            continue
        names = _parties.canonical(db, _parties.named(db, workspace, text)) if field_ == "about" else []
        asked = _search.entries_about(workspace, text, names)
        chosen.nothing |= not asked
        chosen.where(_SAYING.format(field=field_), **{field_: asked})


def _by_time(chosen: _Selection, query: Query) -> None:
    lead = "d" if chosen.by_party else "e"
    if query.since:
        chosen.where(f"{lead}.last_seen >= :since", since=query.since.isoformat())
    if query.as_of:
        chosen.where("e.first_seen <= :as_of", as_of=query.as_of.isoformat())
    if query.since and query.as_of:
        chosen.where(f"{_LAST_AS_OF} >= :since")


def _by_state(chosen: _Selection, query: Query, *, withdrawn: bool) -> None:
    for name, wanted in (("kind", query.kind), ("status", "" if withdrawn else query.status)):
        if wanted.strip():
            held = _AS_OF.format(column=name) if query.as_of else f"e.{name}"
            chosen.where(f"{held} = :{name}", **{name: wanted.strip().lower()})


_SAYING = """e.id IN (
    SELECT m.entry FROM mention_texts_fts JOIN mentions m ON m.id = mention_texts_fts.rowid
    WHERE mention_texts_fts MATCH :{field} AND m.workspace = :workspace AND m.type = :type AND m.current = :shown
)"""
_UNTIL = "FROM mentions x WHERE x.entry = e.id AND x.current = e.shown AND x.seen <= :as_of"
_LAST_AS_OF = f"(SELECT max(x.seen) {_UNTIL})"
_AS_OF = f"(SELECT x.{{column}} {_UNTIL} ORDER BY x.seen DESC, x.id DESC LIMIT 1)"
