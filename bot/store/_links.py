"""Links between entries: looked for by keys, written down as proposals, read back with the sentences they rest on."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from heapq import heapify, heappop
from itertools import chain, islice
from typing import Any

from sqlite_utils import Database

from bot.domain import Evidence, Link, LinkKind, LinkStatus, Page, Proposal, Step, Thread, Turn
from bot.errors import NotFound
from bot.store import _compose, _entries
from bot.store._shapes import SHAPES
from bot.store._sql import Row, batches, column, marks, only, row, rows, run, value
from bot.store._turns import COUNTS, DAY, TURNS
from bot.store._values import instant, short_id
from bot.texts import _

MOST_UNDER_KEY = 64
"""So many of the latest mentions under a key are looked at, so that a look-up costs the same however much is held."""
MOST_FOUND = 10
AT_ONCE = 500
"""Rows that one statement is asked for."""
PREFIX = "L"
Unlinked = tuple[int, str, Any, date, str]
"""The row of a mention, the id of its entry, the finding, its day and its Source."""


def unlinked(db: Database, workspace: str, source: str, batch: int) -> list[Unlinked]:
    """The mentions whose keys are missing: those of a Source, and some of those that were held before."""
    found = rows(db, _UNLINKED, {"workspace": workspace, "source": source.removeprefix("S-"), "batch": batch})
    return _said(db, found)


def _said(db: Database, found: Sequence[Row]) -> list[Unlinked]:
    return [
        (
            m["id"],
            short_id(m["type"], m["entry_number"]),
            SHAPES[m["type"]].load(m["slots"], quotes),
            _day(m["seen"]),
            ref.id,
        )
        for m, ref, quotes in _compose.quoted(db, found)
    ]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def bearing(
    db: Database, workspace: str, asked: Sequence[Sequence[str]], fewest: int
) -> list[tuple[tuple[str, Any, date], ...]]:
    """For each set of keys what mentions that share them say: those that share most first, then the latest."""
    keys = dict.fromkeys(key for each in asked for key in each)
    under = {key: column(db, _UNDER_KEY, (workspace, key)) for key in keys}
    ranked = [_most_shared(under, each, fewest) for each in asked]
    first = [list(islice(each, MOST_FOUND)) for each in ranked]
    current = _current(db, sorted({mention for each in first for mention in each}))
    found = [_counting(db, each, rest, current) for each, rest in zip(first, ranked, strict=True)]
    said = _by_row(db, sorted({mention for each in found for mention in each}))
    return [tuple(said[mention] for mention in each) for each in found]


def _most_shared(under: Mapping[str, Sequence[int]], keys: Sequence[str], fewest: int) -> Iterator[int]:
    """The mentions under at least so many of the keys, best first; few are taken, so they are not sorted."""
    shared = Counter(chain.from_iterable(under[key] for key in dict.fromkeys(keys)))
    ranked = [(-times, -mention) for mention, times in shared.items() if times >= fewest]
    heapify(ranked)
    while ranked:
        yield -heappop(ranked)[1]


def _counting(db: Database, first: Sequence[int], rest: Iterator[int], current: Container[int]) -> list[int]:
    """The best mentions that count now, in their order: the `first`, and for each that does not one of the `rest`."""
    kept = [mention for mention in first if mention in current]
    more = (mention for mention in rest if _current(db, [mention]))
    return kept if len(kept) == len(first) else [*kept, *islice(more, len(first) - len(kept))]


def _current(db: Database, mentions: Sequence[int]) -> set[int]:
    """Those of some mentions that count now."""
    sql = "SELECT id FROM mentions WHERE current AND id IN ({marks})"
    return {each for part in batches(mentions, AT_ONCE) for each in column(db, sql.format(marks=marks(part)), part)}


def _by_row(db: Database, mentions: Sequence[int]) -> dict[int, tuple[str, Any, date]]:
    """What mentions say, by their rows."""
    found = (rows(db, _BY_ROW.format(marks=marks(part)), part) for part in batches(mentions, AT_ONCE))
    return {each[0]: each[1:4] for part in found for each in _said(db, part)}


def put_keys(db: Database, workspace: str, mention: int, keys: Iterable[str]) -> None:
    """Let a mention be found by these keys, and by no others."""
    run(db, "DELETE FROM link_keys WHERE mention = ?", (mention,))
    values = [(workspace, key, mention) for key in keys]
    db.conn.executemany("INSERT OR IGNORE INTO link_keys VALUES (?, ?, ?)", values)
    run(db, "UPDATE mentions SET linked = 1 WHERE id = ?", (mention,))


def propose(db: Database, workspace: str, mention: int, proposal: Proposal, now: datetime) -> None:
    """Write a proposal down that a mention gave rise to, unless the two entries are linked: then it rests on it too."""
    ends = tuple(_entries.find(db, workspace, id_)["id"] for id_ in (proposal.newer, proposal.older))
    known = _between(db, ends)
    if known is None:
        number = _entries.next_number(db, workspace, PREFIX)
        said = (workspace, number, str(proposal.kind), *ends, proposal.reason, proposal.makes, instant(now))
        sql = """INSERT INTO links (workspace, number, kind, newer, older, reason, makes, at)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
        known = run(db, sql, said)
    run(db, "INSERT OR IGNORE INTO link_sources SELECT ?, source FROM mentions WHERE id = ?", (known, mention))


def linked(db: Database, workspace: str, one: str, other: str) -> bool:
    """Whether two entries are linked, whatever people said of it. Raises `NotFound`."""
    return _between(db, tuple(_entries.find(db, workspace, id_)["id"] for id_ in (one, other))) is not None


def _between(db: Database, ends: tuple[int, ...]) -> int | None:
    sql = "SELECT id FROM links WHERE newer = ?1 AND older = ?2 OR newer = ?2 AND older = ?1"
    found: int | None = value(db, sql, ends)
    return found


def find(db: Database, workspace: str, id: str) -> Row:  # noqa: A002
    """The row of a link, whether it is to be seen or not. Raises `NotFound`."""
    number = id.strip().upper().removeprefix(PREFIX).removeprefix("-").strip()
    found = None
    if number.isascii() and number.isdigit() and len(number) < 18:
        sql = f"SELECT l.*, {COUNTS} AS counts FROM links l WHERE workspace = ? AND number = ?"
        found = row(db, sql, (workspace, int(number)))
    if found is None:
        shown = " ".join(id.split())[:40] or "link without an id"
        raise NotFound(
            _("There is no {shown} here. Ids of links look like L-4; /review shows those that are open.", shown=shown)
        )
    return found


def link(db: Database, workspace: str, id: str) -> Link:  # noqa: A002
    """A link by its id, as it stands. Raises `NotFound`."""
    return _links(db, [find(db, workspace, id)])[0]


def waiting(db: Database, workspace: str, number: int, size: int) -> Page[Link]:
    """The proposals that nobody decided on, what was put off last."""
    where = f"l.workspace = ? AND l.status IN ('open', 'later') AND {COUNTS}"
    total = value(db, f"SELECT count(*) FROM links l WHERE {where}", (workspace,))
    number = max(0, min(number, (total - 1) // size))
    found = rows(
        db,
        f"SELECT l.* FROM links l WHERE {where} ORDER BY l.status = 'later', l.number LIMIT ? OFFSET ?",
        (workspace, size, number * size),
    )
    return Page(_links(db, found), number, size, total)


def every(db: Database, workspace: str) -> tuple[Link, ...]:
    """All links that are to be seen, by number."""
    found = rows(db, f"SELECT l.* FROM links l WHERE l.workspace = ? AND {COUNTS} ORDER BY l.number", (workspace,))
    return _links(db, found)


def since(db: Database, workspace: str, moment: datetime) -> tuple[Link, ...]:
    """The links proposed after an instant that nobody decided on."""
    sql = f"""
        SELECT l.* FROM links l WHERE l.workspace = ? AND l.at > ? AND l.status IN ('open', 'later') AND {COUNTS}
        ORDER BY l.number
    """
    return _links(db, rows(db, sql, (workspace, instant(moment))))


def set_status(db: Database, workspace: str, id: str, status: str | None) -> None:  # noqa: A002
    """Note what people say of a link; what follows for its older entry is derived anew."""
    held = find(db, workspace, id)
    run(db, "UPDATE links SET status = ? WHERE id = ?", (status or LinkStatus.OPEN, held["id"]))
    _entries.derive(db, held["older"])


def ends(db: Database, workspace: str, id: str) -> tuple[str, str]:  # noqa: A002
    """The ids of the newer and the older entry of a link. Raises `NotFound`."""
    held = find(db, workspace, id)
    return _short(db, held["newer"]), _short(db, held["older"])


def turned_by(db: Database, workspace: str, ids: Sequence[str]) -> list[str]:
    """The entries that confirmed links lead to from these."""
    sql = "SELECT l.older FROM links l WHERE l.newer = ? AND l.status = 'confirmed' ORDER BY l.number"
    found = [older for id_ in ids for older in column(db, sql, (_entries.find(db, workspace, id_)["id"],))]
    return [_short(db, older) for older in dict.fromkeys(found)]


def turns(db: Database, workspace: str, id: str) -> tuple[Turn, ...]:  # noqa: A002
    """What confirmed links make of an entry, the earliest first. Raises `NotFound`."""
    entry = _entries.find(db, workspace, id)
    found = rows(db, _TURNS, {"entry": entry["id"]})
    said = {each["id"]: _proof(db, each["newer"], each["day"]) for each in found}
    return tuple(Turn(f"S-{t['after']}", t["makes"], f"{PREFIX}-{t['number']}", said[t["id"]]) for t in found)


def _proof(db: Database, newer: int, day: str) -> Evidence:
    """The first sentence that says a newer entry on or after a day."""
    found = rows(db, f"{_SAID_OF} AND m.current = 1 AND m.seen >= ? ORDER BY m.seen, m.id LIMIT 1", (newer, day))
    return _compose.quoted(db, found)[0][2][0]


def thread(db: Database, workspace: str, id: str) -> Thread:  # noqa: A002
    """The steps that an entry went through, each with its sentence, and its links. Raises `NotFound`."""
    entry = _entries.find(db, workspace, id)
    held = _links(db, rows(db, _OF, (entry["id"],)))
    said = rows(db, f"{_SAID_OF} AND m.current = ? ORDER BY m.seen, m.id", (entry["id"], entry["shown"]))
    turned = turns(db, workspace, id) if entry["shown"] else ()
    steps: list[Step] = []
    for m, ref, quotes in _compose.quoted(db, said):
        steps.append(Step(m["status"], quotes[0]))
        steps += [Step(t.status, t.evidence, t.link) for t in turned if t.after == ref.id and t.evidence]
    kept = [step for n, step in enumerate(steps) if not n or step.link or step.status != steps[n - 1].status]
    return Thread(tuple(kept) if entry["type"] != "fact" else (), held)


def _links(db: Database, found: Sequence[Row]) -> tuple[Link, ...]:
    return tuple(_link(db, each) for each in found)


def _link(db: Database, held: Row) -> Link:
    newer, older = (_compose.one(db, held["workspace"], _short(db, held[end])) for end in ("newer", "older"))
    said, before = _sentences(db, held)
    kind, status = LinkKind(held["kind"]), LinkStatus(held["status"])
    at = datetime.fromisoformat(held["at"])
    return Link(f"{PREFIX}-{held['number']}", kind, newer, older, said, before, held["reason"], status, at)  # type: ignore[arg-type]


def _sentences(db: Database, held: Row) -> tuple[Evidence, Evidence]:
    """The sentence of the newer entry, the first since the older one was, and the last of the older one by then."""
    ends_ = {"newer": held["newer"], "older": held["older"]}
    newer = rows(db, _NEWER, ends_)
    older = rows(db, _OLDER, {**ends_, "day": newer[0]["seen"]})
    return _compose.quoted(db, newer)[0][2][0], _compose.quoted(db, older)[0][2][0]


def _short(db: Database, entry: int) -> str:
    found = only(db, "SELECT type, number FROM entries WHERE id = ?", (entry,))
    return short_id(found["type"], found["number"])


_SAID_COLUMNS = """
    SELECT m.id, m.type, m.slots, m.seen, m.status, e.number AS entry_number,
        s.number, s.title, s.published, s.origin, s.status AS source_status
    FROM mentions m JOIN entries e ON e.id = m.entry JOIN sources s ON s.id = m.source
"""
_UNLINKED = f"""
    {_SAID_COLUMNS} WHERE m.id IN (
        SELECT u.id FROM mentions u JOIN sources o ON o.id = u.source
        WHERE u.workspace = :workspace AND u.linked = 0 AND o.number = :source
        UNION SELECT * FROM (SELECT u.id FROM mentions u WHERE u.workspace = :workspace AND u.linked = 0
                             ORDER BY u.id LIMIT :batch))
    ORDER BY m.id
"""
_UNDER_KEY = f"""
    SELECT mention FROM link_keys WHERE workspace = ? AND key = ? ORDER BY mention DESC LIMIT {MOST_UNDER_KEY}
"""
_SAID_OF = f"{_SAID_COLUMNS} WHERE m.entry = ?"
_BY_ROW = f"{_SAID_COLUMNS} WHERE m.id IN ({{marks}})"
_TURNS = f"""
    SELECT t.*, (
        SELECT s.number FROM mentions m JOIN sources s ON s.id = m.source
        WHERE m.entry = :entry AND m.current = 1 AND m.seen <= t.day ORDER BY m.seen DESC, m.id DESC LIMIT 1) AS after
    FROM (SELECT l.id, l.number, l.makes, l.newer, {DAY} AS day FROM links l JOIN entries e ON e.id = l.older
          WHERE l.older = :entry AND {TURNS}) t
    WHERE t.day IS NOT NULL ORDER BY t.day, t.number
"""
_OF = f"""
    SELECT l.* FROM links l WHERE (l.newer = ?1 OR l.older = ?1) AND l.status <> 'rejected' AND {COUNTS}
    ORDER BY l.number
"""
_NEWER = f"""
    {_SAID_COLUMNS} WHERE m.entry = :newer AND m.current = e.shown
    ORDER BY m.seen < (SELECT o.first_seen FROM entries o WHERE o.id = :older), m.seen, m.id LIMIT 1
"""
_OLDER = f"""
    {_SAID_COLUMNS} WHERE m.entry = :older AND m.current = e.shown
    ORDER BY m.seen > :day, CASE WHEN m.seen <= :day THEN m.seen END DESC, m.seen, m.id DESC LIMIT 1
"""
