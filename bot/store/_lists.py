"""Lists of entries: a Query becomes one question to the full-text index, which answers in the order of the list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlite_utils import Database

from bot.domain import AWAITED, Order, Page, Query
from bot.store import _aliases, _parties, _sources
from bot.store._compose import entries
from bot.store._entries import HIDDEN
from bot.store._shapes import E, F, Shape
from bot.store._sql import column, value
from bot.store._terms import ENTRY_AT, ROLES, Scope, called, demand, demanded_actor, entry_at, floor
from bot.store._turns import turned
from bot.store._values import fold


def page(db: Database, workspace: str, shape: Shape[F, E], query: Query, number: int, size: int) -> Page[E]:
    """The entries that match, those last spoken of first. Raises `NotFound` for a `source` that is not held."""
    number = max(0, number)
    scope = Scope(workspace, shape.type, shown=_word(query.status) not in HIDDEN)
    asked = _asked(db, scope, query)
    if asked is None:
        return Page((), number, size, 0)
    found = _as_of if query.as_of else _current
    ids, total = found(db, scope, asked, query, size, number * size)
    return Page(entries(db, shape, ids, query.as_of), number, size, total)


def ids(db: Database, workspace: str, shape: Shape[Any, Any], query: Query) -> list[int]:
    """The rows of all entries in the lists that match, as they stand now."""
    asked = _asked(db, Scope(workspace, shape.type), query)
    return column(db, f"SELECT {ENTRY_AT} {_INDEX}", {"asked": asked, "since": 0}) if asked else []


def sources(db: Database, workspace: str, shape: Shape[Any, Any], query: Query) -> set[int]:
    """The rows of all Sources that count and speak of an entry that matches."""
    asked = _asked(db, Scope(workspace, shape.type), query)
    return set(column(db, f"{_SPOKEN} {_INDEX})", {"asked": asked, "since": 0})) if asked else set()


def matching(db: Database, workspace: str, shape: Shape[Any, Any], query: Query) -> list[int]:
    """The numbers of all entries that match, those that are in no list any more too."""
    found = []
    for shown in (True, False):
        if asked := _asked(db, Scope(workspace, shape.type, shown=shown), query):
            sql = f"SELECT number FROM entries WHERE id IN (SELECT {ENTRY_AT} {_INDEX})"
            found += column(db, sql, {"asked": asked, "since": 0})
    return found


def _asked(db: Database, scope: Scope, query: Query) -> str | None:
    """The question to the index, None where nothing can match. On a past day kind and status were others."""
    made, found = [], []
    for role, name in (("actor", query.actor), ("recipient", query.recipient)):
        if name.strip():
            made.append(_in_role(db, scope, role, name))
    if query.party.strip():
        role = query.role if query.role in ROLES else "party"
        made.append(_named(db, scope, role, _parties.meant(db, scope.workspace, query.party)))
    if query.source.strip():
        made.append([scope.source(_sources.find(db, scope.workspace, query.source)["id"])])
    if not query.as_of:
        made += [[scope.kind(_word(query.kind))]] if query.kind.strip() else []
        made += [[scope.status(_word(query.status))]] if query.status.strip() else []
    if query.about.strip():
        found.append(_about(db, scope, query.about))
    if query.text.strip():
        found.append(_words(query.text))
    if not all(made) or not all(found):
        return None
    return " AND ".join([*(_scoped(either) for either in made or [[scope.base]]), *_based(scope, made, found)])


def _in_role(db: Database, scope: Scope, role: str, name: str) -> list[str]:
    """Entries with a party in a role; an actor is also found by its words in the text, unless the name is an alias."""
    either = _named(db, scope, role, _parties.matching(db, scope.workspace, name))
    if role == "actor" and fold(name) not in _aliases.heads(db, scope.workspace):
        in_words = demanded_actor(scope, name)
        either += [in_words] if in_words else []
    return either


def _named(db: Database, scope: Scope, role: str, meant: Sequence[str]) -> list[str]:
    """Entries that name one of these parties in a role, or whose actor is called by an alias of it and nothing else."""
    either = [scope.party(party, role) for party in _parties.members(db, scope.workspace, meant)]
    if role in {"actor", "party"}:
        heads, wanted = _aliases.heads(db, scope.workspace), {fold(name) for name in meant}
        either += [scope.acting(called(alias)) for alias, head in heads.items() if fold(head) in wanted]
    return either


def _based(scope: Scope, made: list[list[str]], found: list[str]) -> list[str]:
    """What is asked by words; words alone would be those of every workspace."""
    return [*found, *([_scoped([scope.base])] if found and made else [])]


def _scoped(either: list[str]) -> str:
    return f"scope : ({' OR '.join(either)})"


def _words(text: str) -> str:
    asked = demand(text)
    return f"words : ({asked})" if asked else ""


def _about(db: Database, scope: Scope, text: str) -> str:
    """Entries that name the party, or hold the words."""
    named = _named(db, scope, "party", _parties.meant(db, scope.workspace, text))
    either = [part for part in (_scoped(named) if named else "", _words(text)) if part]
    return f"({' OR '.join(either)})" if either else ""


def _current(db: Database, scope: Scope, asked: str, query: Query, size: int, skip: int) -> tuple[list[int], int]:
    """Entries as they stand now: the index alone knows which, in which order and how many."""
    values: dict[str, Any] = {
        "asked": asked,
        "since": floor(query.since) if query.since else 0,
        "size": size,
        "skip": skip,
    }
    order = (
        f"{_WEIGHT.format(shown=int(scope.shown))} DESC, rowid DESC" if query.order == Order.SOURCES else "rowid DESC"
    )
    found = _INDEX
    if query.passed:
        found += f" AND {_PASSED}"
        values["passed"] = query.passed.isoformat()
    places = column(db, f"SELECT rowid {found} ORDER BY {order} LIMIT :size OFFSET :skip", values)
    narrowed = (query.actor, query.recipient, query.about, query.party, query.source, query.text, query.since)
    counted = any(narrowed) or query.passed
    total = value(db, f"SELECT count(*) {found}", values) if counted else _total(db, scope, query)
    return [entry_at(place) for place in places], total


def _total(db: Database, scope: Scope, query: Query) -> int:
    """How many there are of a kind and status: counted already, by triggers."""
    values = (scope.workspace, scope.type, int(scope.shown), _word(query.kind), _word(query.status))
    return int(value(db, _TOTAL, values))


def _as_of(db: Database, scope: Scope, asked: str, query: Query, size: int, skip: int) -> tuple[list[int], int]:
    """Entries as they stood on a day: those first seen by then, in the order in which they were last seen by then."""
    values: dict[str, Any] = {
        "workspace": scope.workspace,
        "type": scope.type,
        "shown": int(scope.shown),
        "as_of": (query.as_of or date.max).isoformat(),
    }
    clauses = ["e.workspace = :workspace AND e.type = :type AND e.shown = :shown AND e.first_seen <= :as_of"]
    if asked != _scoped([scope.base]):
        clauses.append(f"e.id IN (SELECT {ENTRY_AT} {_INDEX})")
        values |= {"asked": asked, "since": 0}
    if query.since:
        clauses.append(f"{_stood('last_seen', 'seen')} >= :from")
        values["from"] = query.since.isoformat()
    for name, wanted in (("kind", query.kind), ("status", query.status)):
        if wanted.strip():
            withdrawn = name == "status" and not scope.shown
            then = "e.status" if withdrawn else _stood(name, name) if name == "kind" else _STATUS_THEN
            clauses.append(f"{then} = :{name}")
            values[name] = _word(wanted)
    source = f"FROM entries e WHERE {' AND '.join(clauses)}"
    weight = f"{_WEIGHT_BY_THEN} DESC, " if query.order == Order.SOURCES else ""
    order = f"{weight}{_stood('last_seen', 'seen')} DESC, e.rank, e.number"
    ids = column(
        db, f"SELECT e.id {source} ORDER BY {order} LIMIT :size OFFSET :skip", {**values, "size": size, "skip": skip}
    )
    return ids, value(db, f"SELECT count(*) {source}", values)


def _stood(now: str, then: str) -> str:
    """A column as it stood on the day: as it is now, unless something was said since."""
    return f"""CASE WHEN e.last_seen <= :as_of THEN e.{now} ELSE (
        SELECT x.{then} FROM mentions x WHERE x.entry = e.id AND x.current = e.shown AND x.seen <= :as_of
        ORDER BY x.seen DESC, x.id DESC LIMIT 1) END"""


def _word(text: str) -> str:
    return " ".join(text.lower().split())


_STATUS_THEN = f"""coalesce({turned(":as_of")}, (
    SELECT x.status FROM mentions x WHERE x.entry = e.id AND x.current = e.shown AND x.seen <= :as_of
    ORDER BY x.seen DESC, x.id DESC LIMIT 1))"""
_INDEX = "FROM entry_terms_fts WHERE entry_terms_fts MATCH :asked AND rowid >= :since"
_TEXTS = "SELECT count(DISTINCT coalesce(s.first_copy, s.id)) FROM mentions m JOIN sources s ON s.id = m.source"
_WEIGHT = f"""({_TEXTS} WHERE m.current = {{shown}}
    AND m.entry = {ENTRY_AT.replace("rowid", "entry_terms_fts.rowid")})"""
_WEIGHT_BY_THEN = f"({_TEXTS} WHERE m.entry = e.id AND m.current = e.shown AND m.seen <= :as_of)"
"""In how many Sources an entry is said: one mention is one Source, and near-copies are one text."""
_SPOKEN = f"SELECT DISTINCT source FROM mentions WHERE current = 1 AND entry IN (SELECT {ENTRY_AT}"
_DUE = "json_extract(e.slots, '$.due_date')"
_AWAITED = ", ".join(f"'{status}'" for status in sorted(AWAITED))
_PASSED = f"""EXISTS (
    SELECT 1 FROM entries e WHERE e.id = {ENTRY_AT.replace("rowid", "entry_terms_fts.rowid")}
        AND e.status IN ({_AWAITED}) AND {_DUE} < :passed AND e.last_seen <= {_DUE})"""
"""Whether an entry was due before a day, and is not spoken of since."""
_TOTAL = """
    SELECT coalesce(sum(entries), 0) FROM totals
    WHERE workspace = ? AND type = ? AND shown = ? AND ? IN ('', kind) AND ? IN ('', status)
"""
