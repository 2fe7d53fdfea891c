"""One party as a whole: the names it goes by, with whom it undertakes things and when; what follows from its names."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlite_utils import Database

from bot.domain import CommitmentFinding, Party, Query
from bot.store import _aliases, _compose, _lists, _parties
from bot.store._shapes import COMMITMENTS
from bot.store._sql import batches, column, marks, rows, run
from bot.store._terms import ENTRY_AT, Scope, called
from bot.store._values import fold

Key = Callable[[CommitmentFinding], str]
_BATCH = 500


def party(db: Database, workspace: str, name: str) -> Party:
    """The party of this name, with its further names."""
    given = _aliases.given_to(db, workspace, [name])
    written = {fold(alias) for alias in given}
    known = [alias for alias in _parties.known_names(db, workspace, name) if fold(alias) not in written]
    return Party(name, tuple(known), tuple(given))


def partners(db: Database, workspace: str, name: str, limit: int) -> list[tuple[str, int]]:
    """The other parties named in what it undertook, those in most commitments first."""
    heads = _aliases.heads(db, workspace)
    together: dict[str, set[int]] = {}
    for r in _per_batch(db, workspace, name, _NAMED_WITH):
        together.setdefault(_aliases.head(heads, r["name"]), set()).add(r["entry"])
    counted = [(other, len(entries)) for other, entries in together.items() if fold(other) != fold(name)]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))[:limit]


def months(db: Database, workspace: str, name: str) -> list[tuple[date, int]]:
    """The first days of the months in which something that it undertook was first said, and how much."""
    found: Counter[str] = Counter()
    for r in _per_batch(db, workspace, name, _BY_MONTH):
        found[r["month"]] += r["entries"]
    return [(date.fromisoformat(f"{month}-01"), found[month]) for month in sorted(found)]


def _per_batch(db: Database, workspace: str, name: str, sql: str) -> Iterable[dict[str, Any]]:
    undertook = _lists.ids(db, workspace, COMMITMENTS, Query(party=name, role="actor"))
    for some in batches(undertook, _BATCH):
        yield from rows(db, sql.format(marks=marks(some)), some)


def rekey(db: Database, workspace: str, names: Iterable[str], key_of: Key) -> None:
    """Derive anew what commitments with these names for an actor are known again by."""
    if not (folded := sorted(set(names))):
        return
    read = _aliases.reader(db, workspace)
    ids = _called(db, workspace, folded)
    for some in batches(ids, _BATCH):
        for mention, key, finding in _compose.said(db, COMMITMENTS, some):
            if (new := key_of(read(finding))) != key:
                run(db, "UPDATE mentions SET key = ? WHERE id = ?", (new, mention))


def _called(db: Database, workspace: str, folded: list[str]) -> list[int]:
    """The commitments, shown or not, whose actors go by these folded names, and those of which the index cannot tell:
    what does not count is not in it, nor what a person's correction is laid over.
    """
    sql = f"SELECT id FROM parties WHERE workspace = ? AND folded IN ({marks(folded)}) ORDER BY id"
    parties = column(db, sql, (workspace, *folded))
    scopes = [Scope(workspace, COMMITMENTS.type, shown=shown) for shown in (True, False)]
    words = [scope.party(each, "actor") for scope in scopes for each in parties]
    words += [scope.acting(called(name)) for scope in scopes for name in folded]
    asked = f"scope : ({' OR '.join(words)})"
    found = column(db, f"SELECT {ENTRY_AT} FROM entry_terms_fts WHERE entry_terms_fts MATCH ?", (asked,))
    return list(dict.fromkeys([*found, *column(db, _UNSEEN, (workspace, COMMITMENTS.type))]))


_UNSEEN = """
    SELECT DISTINCT m.entry FROM mentions m WHERE m.workspace = ? AND m.type = ?
        AND (m.current = 0 OR m.entry IN (SELECT entry FROM corrections WHERE slot = 'actors'))
"""
_NAMED_WITH = """
    SELECT DISTINCT l.entry, p.name FROM entry_parties l JOIN parties p ON p.id = l.party WHERE l.entry IN ({marks})
"""
_BY_MONTH = """
    SELECT substr(first_seen, 1, 7) AS month, count(*) AS entries FROM entries WHERE id IN ({marks}) GROUP BY month
"""
