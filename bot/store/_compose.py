"""Read entries back as domain objects: the entry, what each Source says of it, every quote with its Source."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlite_utils import Database

from bot.domain import Candidate, Commitment, Evidence, Fact, Mention, OpenQuestion, Source, SourceRef, SourceStatus
from bot.errors import NotFound
from bot.store import _aliases, _corrections, _entries, _sources
from bot.store._shapes import SHAPES, Corrections, E, F, Shape, corrected
from bot.store._sql import Row, batches, column, marks, row, rows, value
from bot.store._turns import turned
from bot.store._values import maybe_date, no_such, parse_id, short_id

_Said = tuple[Row, SourceRef, tuple[Evidence, ...]]


def entries(db: Database, shape: Shape[F, E], ids: Sequence[int], as_of: date | None = None) -> tuple[E, ...]:
    """The entries with these row ids, in this order; with `as_of`, as they stood at the end of that day."""
    if not ids:
        return ()
    found = {r["id"]: r for r in rows(db, f"SELECT * FROM entries WHERE id IN ({marks(ids)})", ids)}
    said = _mentions(db, ids, as_of)
    by_hand = _corrections.of_all(db, ids)
    read = _aliases.reader(db, found[ids[0]]["workspace"])
    stood = _stood(db, ids, as_of) if as_of else {}
    return tuple(_entry(shape, {**found[id_], **stood.get(id_, {})}, said[id_], by_hand[id_], read) for id_ in ids)


def _entry(shape: Shape[F, E], r: Row, said: list[_Said], corrections: Corrections, read: Callable[[F], F]) -> E:
    """The entry; the mentions are as their Sources have them, the finding shown calls parties as people do."""
    mentions = tuple(_mention(shape, *each) for each in said)
    evidence = tuple(e for mention in mentions for e in mention.finding.evidence)
    finding = read(corrected(replace(mentions[-1].finding, evidence=evidence), corrections))
    seen = maybe_date(said[0][0]["seen"]), maybe_date(said[-1][0]["seen"])
    return shape.build(short_id(r["type"], r["number"]), r["status"], finding, mentions, seen, corrections)


def _mention(shape: Shape[F, E], m: Row, ref: SourceRef, quotes: tuple[Evidence, ...]) -> Mention[F]:
    copied = f"S-{m['first_copy']}" if m["first_copy"] else ""
    return Mention(ref, shape.load(m["slots"], quotes), m["reason"], copied)


def _stood(db: Database, ids: Sequence[int], as_of: date) -> dict[int, Row]:
    """Where the entries in the lists stood at the end of a day: by the last mention until then, or a link since it."""
    sql = f"""
        SELECT e.id, coalesce({turned("?1")}, (
            SELECT m.status FROM mentions m WHERE m.entry = e.id AND m.current = 1 AND m.seen <= ?1
            ORDER BY m.seen DESC, m.id DESC LIMIT 1)) AS status
        FROM entries e WHERE e.shown AND e.id IN ({marks(ids)})
    """
    return {r["id"]: {"status": r["status"]} for r in rows(db, sql, (as_of.isoformat(), *ids))}


def _mentions(db: Database, ids: Sequence[int], as_of: date | None) -> dict[int, list[_Said]]:
    """The mentions that count of each entry, earliest publication first."""
    found = rows(db, _MENTIONS.format(marks=marks(ids)), ("", 0, as_of.isoformat() if as_of else "9999", *ids))
    said: dict[int, list[_Said]] = defaultdict(list)
    for each in quoted(db, found):
        said[each[0]["entry"]].append(each)
    return said


def quoted(db: Database, found: Sequence[Row]) -> list[_Said]:
    """Rows of mentions with their Sources' columns, each with its Source and its quotes."""
    refs = {r["id"]: ref(r) for r in found}
    quotes = _evidence(db, refs)
    return [(r, refs[r["id"]], quotes[r["id"]]) for r in found]


def mentions_from(db: Database, workspace: str, id: str, source: str) -> tuple[str, tuple[Mention[Any], ...]]:  # noqa: A002
    """Where an entry stood before a Source's mention of it ("" for nowhere), and its mentions from that one on.

    Raises `NotFound`.
    """
    entry = _entries.find(db, workspace, id)
    first = row(
        db,
        "SELECT seen, id FROM mentions WHERE entry = ? AND source = ?",
        (entry["id"], _sources.find(db, workspace, source)["id"]),
    )
    if first is None:
        raise no_such(id)
    place = (first["seen"], first["id"])
    stood = value(db, _STOOD, (entry["id"], entry["shown"], *place))
    shape: Shape[Any, Any] = SHAPES[entry["type"]]
    found = rows(db, _MENTIONS.format(marks="?"), (*place, "9999", entry["id"]))
    return stood or "", tuple(_mention(shape, *each) for each in quoted(db, found))


def _evidence(db: Database, refs: dict[int, SourceRef]) -> dict[int, tuple[Evidence, ...]]:
    if not refs:
        return {}
    found: dict[int, list[Evidence]] = {mention: [] for mention in refs}
    sql = f'SELECT * FROM evidence WHERE mention IN ({marks(tuple(refs))}) ORDER BY mention, start, "end"'
    for r in rows(db, sql, tuple(refs)):
        found[r["mention"]].append(Evidence(r["start"], r["end"], r["quote"], refs[r["mention"]]))
    return {mention: tuple(quotes) for mention, quotes in found.items()}


def ref(r: Row) -> SourceRef:
    """What an Evidence says of its Source, from a row that has the Source's columns."""
    return SourceRef(
        f"S-{r['number']}", r["title"], maybe_date(r["published"]), r["origin"], SourceStatus(r["source_status"])
    )


def one(db: Database, workspace: str, id: str) -> Commitment | OpenQuestion | Fact | Source:  # noqa: A002
    """The entry or Source with this id, whatever its status. Raises `NotFound`."""
    if parse_id(id)[0] == "source":
        return _sources.source(db, workspace, id)
    found = _entries.find(db, workspace, id)
    shape: Shape[Any, Any] = SHAPES[found["type"]]
    entry: Commitment | OpenQuestion | Fact = entries(db, shape, [found["id"]])[0]
    return entry


def by_id(
    db: Database, workspace: str, ids: Sequence[str], batch: int = 200
) -> Iterator[Commitment | OpenQuestion | Fact]:
    """The entries with these ids, in their order, whatever their status. Raises `NotFound`."""
    for some in batches(ids, batch):
        wanted = [parse_id(id_) for id_ in some]
        found: dict[str, Commitment | OpenQuestion | Fact] = {}
        for type_, shape in SHAPES.items():
            numbers = [number for kind, number in wanted if kind == type_]
            sql = f"SELECT id FROM entries WHERE workspace = ? AND type = ? AND number IN ({marks(numbers)})"
            held = column(db, sql, (workspace, type_, *numbers)) if numbers else ()
            found |= {entry.id: entry for entry in entries(db, shape, held)}
        for id_, (type_, number) in zip(some, wanted, strict=True):
            if (entry := found.get(short_id(type_, number))) is None:
                raise no_such(id_)
            yield entry


def there(db: Database, workspace: str, id: str) -> bool:  # noqa: A002
    """Whether there is an entry or Source with this id."""
    try:
        one(db, workspace, id)
    except NotFound:
        return False
    return True


def every(db: Database, workspace: str, shape: Shape[F, E], batch: int = 200) -> Iterator[E]:
    """Every entry of a type, by number, whatever its status."""
    ids = column(db, "SELECT id FROM entries WHERE workspace = ? AND type = ? ORDER BY number", (workspace, shape.type))
    for some in batches(ids, batch):
        yield from entries(db, shape, some)


def said(db: Database, shape: Shape[F, E], entries: Sequence[int]) -> list[tuple[int, str, F]]:
    """All mentions of some entries, counted or not: the row, the look-up key, the finding."""
    found = rows(db, _SAID.format(marks=marks(entries)), entries)
    return [(m["id"], m["key"], shape.load(m["slots"], quotes)) for m, _, quotes in quoted(db, found)]


def said_by(db: Database, workspace: str, source: str, *, ever: bool) -> list[tuple[str, Any]]:
    """What a Source says, as it says it: the id of the entry and the finding; `ever` adds what is not found now."""
    found = rows(db, _SAID_BY, (_sources.find(db, workspace, source)["id"], ever))
    return [
        (short_id(m["type"], m["entry_number"]), SHAPES[m["type"]].load(m["slots"], quotes))
        for m, _, quotes in quoted(db, found)
    ]


def candidates(db: Database, workspace: str, shape: Shape[F, E], keys: Sequence[str]) -> dict[str, list[Candidate[F]]]:
    """By key, the entries with a mention under it, oldest first, each with the latest such mention."""
    by_key: dict[str, list[Candidate[F]]] = defaultdict(list)
    found = _latest_under(db, workspace, shape.type, [key for key in dict.fromkeys(keys) if key])
    for m, _, quotes in quoted(db, found):
        by_key[m["key"]].append(Candidate(short_id(shape.type, m["entry_number"]), shape.load(m["slots"], quotes)))
    return dict(by_key)


def _latest_under(db: Database, workspace: str, kind: str, keys: Sequence[str]) -> list[Row]:
    return rows(db, _CANDIDATES.format(marks=marks(keys)), (workspace, kind, *keys)) if keys else []


_MENTIONS = """
    SELECT m.id, m.entry, m.seen, m.slots, m.status, m.reason,
        s.number, s.title, s.published, s.origin, s.status AS source_status,
        (SELECT o.number FROM sources o WHERE o.id = s.first_copy) AS first_copy
    FROM mentions m JOIN entries e ON e.id = m.entry JOIN sources s ON s.id = m.source
    WHERE (m.seen, m.id) >= (?, ?) AND m.seen <= ? AND m.entry IN ({marks}) AND m.current = e.shown
    ORDER BY m.entry, m.seen, m.id
"""
_SAID = """
    SELECT m.id, m.key, m.slots, s.number, s.title, s.published, s.origin, s.status AS source_status
    FROM mentions m JOIN sources s ON s.id = m.source WHERE m.entry IN ({marks}) ORDER BY m.id
"""
_SAID_BY = """
    SELECT m.id, m.type, m.slots, e.number AS entry_number,
        s.number, s.title, s.published, s.origin, s.status AS source_status
    FROM mentions m JOIN entries e ON e.id = m.entry JOIN sources s ON s.id = m.source
    WHERE m.source = ? AND (m.found OR ?) ORDER BY m.id
"""
_STOOD = """
    SELECT status FROM mentions WHERE entry = ? AND current = ? AND (seen, id) < (?, ?)
    ORDER BY seen DESC, id DESC LIMIT 1
"""
_CANDIDATES = """
    SELECT m.id, m.key, m.slots, e.number AS entry_number,
        s.number, s.title, s.published, s.origin, s.status AS source_status
    FROM (SELECT key, entry, max(id) AS latest FROM mentions
          WHERE workspace = ? AND type = ? AND key <> '' AND key IN ({marks}) GROUP BY key, entry) c
    JOIN mentions m ON m.id = c.latest JOIN entries e ON e.id = m.entry JOIN sources s ON s.id = m.source
    ORDER BY m.key, e.number
"""
