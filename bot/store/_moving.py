"""A server as a file of its own: written out of one store, brought into another under the ids that people know.

The file is a store that holds nothing else, so it is migrated and checked like any other, and both ways are the same
copying from the file beside. Numbers that all servers of a store share (rows, lines of the log, drafts, feeds, digests,
postings) stay as they are where they are free; else all of them are raised by the same, above every number that either
store ever gave out, so that an old one leads nowhere rather than to something else.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from graphlib import TopologicalSorter
from pathlib import Path

from sqlite_utils import Database

from bot.errors import BadInput, NotFound, StoreError
from bot.store import _check, _terms, _ways
from bot.store._restoring import examined, forget, place, take
from bot.store._sql import Row, column, each_row, explained, only, row, rows, run, value
from bot.store._values import dump
from bot.store.opening import address, open_store
from bot.store.store import Store

Shifts = Mapping[str, int]
"""By how much the numbers of each table are raised."""

_DERIVED = ("totals", "entry_terms")
"""Tables that follow from others: kept by triggers, or made anew."""
_SHOWN = 3
"""How many problems are told."""


def export_server(store: Store, workspace: str, file: Path) -> int:
    """Write all that a store holds of one server to a new file, as it is at one moment; the number of Sources.

    The file appears whole or not at all, readable by its owner alone. Raises `NotFound` where there is no such server,
    and `StoreError` where the file cannot be written.
    """
    if workspace not in store.workspaces():
        held = ", ".join(store.workspaces()) or "none"
        raise NotFound(f"There is no server {workspace} in this store. Those that it holds: {held}.")
    assert store.path is not None
    part = file.with_name(f"{file.name}.part")
    try:
        forget(part)
        with open_store(part) as made, _beside(made, store.path), made.writing():
            _bring(made._db, workspace)
        sources = examined(part, file)[workspace]
        _fold(part)
        place(part, file)
    except OSError as error:
        raise StoreError(f"{file} cannot be written ({error.strerror}). Choose another place.") from error
    finally:
        with suppress(OSError):
            forget(part)
    return sources


def restore_server(file: Path, path: Path) -> tuple[str, int]:
    """Bring the server of such a file into the store at `path`; which it is, and how many Sources it has.

    The file is brought up to date and checked first, and the whole store afterwards, before anything is kept. Raises
    `StoreError` where either is not sound, and `BadInput` where the file is of no single server or the store has it.
    """
    if not file.is_file():
        raise StoreError(f"There is no file {file}. Name one that `dossier export-server` wrote.")
    part = path.with_name(f"{path.name}.moving")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        forget(part)
        take(file, part)
        workspace, sources = _single(examined(part, file), file)
        with open_store(path) as store, _beside(store, part), store.writing():
            _refuse_twin(store, workspace)
            _bring(store._db, workspace)
            if wrong := _check.problems(store._db):
                said = " ".join(wrong[:_SHOWN])
                raise StoreError(f"Nothing was restored, as the store would not be sound. {said} Run `dossier check`.")
    except OSError as error:
        raise StoreError(f"Nothing was restored ({error.strerror}). Correct that and try again.") from error
    finally:
        with suppress(OSError):
            forget(part)
    return workspace, sources


def _single(held: Mapping[str, int], file: Path) -> tuple[str, int]:
    if len(held) != 1:
        raise BadInput(
            f"{file} holds {len(held)} servers, so it is no file of `dossier export-server`. "
            "A whole store is restored with `dossier restore`."
        )
    return next(iter(held.items()))


def _refuse_twin(store: Store, workspace: str) -> None:
    if workspace in store.workspaces():
        sources = store.counts(workspace).sources
        raise BadInput(
            f"The store has the server {workspace} already (sources: {sources}), so nothing was restored. To put the "
            "file in its place, take it out first: `dossier export-server --remove` writes it to a file of its own."
        )


@contextmanager
def _beside(store: Store, file: Path) -> Iterator[None]:
    """Another store's file, to be read as `moved`."""
    db = store._db
    with explained():
        db.execute("ATTACH DATABASE ? AS moved", (address(file, readonly=True),))
    try:
        yield
    finally:
        db.execute("DETACH DATABASE moved")


def _fold(part: Path) -> None:
    """One file, with no log beside it."""
    with open_store(part) as store, explained():
        store._db.execute("PRAGMA journal_mode = DELETE").fetchall()


def _bring(db: Database, workspace: str) -> None:
    """Copy every row of a workspace from `moved`; those that others refer to first."""
    run(db, "PRAGMA defer_foreign_keys = ON")
    ways = {table: way for table, way in _ways.ways(db).items() if table not in _DERIVED}
    refers = {table: _ways.references(db, table) for table in ways}
    shifts = {table: _shift(db, table) for table in ways if _numbered(db, table)}
    for table in TopologicalSorter({table: set(to.values()) - {table} for table, to in refers.items()}).static_order():
        to = refers[table] | ({"id": table} if table in shifts else {})
        by = {name: shifts[parent] for name, parent in to.items() if parent in shifts}
        found = f"SELECT * FROM moved.{table} WHERE {_ways.condition(ways[table], 'moved')}"
        _insert(db, table, (_raised(table, r, by, shifts) for r in each_row(db, found, (workspace,))))
    _insert(db, "kept", iter(rows(db, f"SELECT * FROM moved.kept WHERE {_ways.KEPT}", (workspace,))))
    _terms_anew(db, workspace, shifts["entries"])
    _never_again(db, shifts)


def _numbered(db: Database, table: str) -> bool:
    return any(c["name"] == "id" and c["type"] == "INTEGER" for c in rows(db, f"PRAGMA table_info({table})"))


def _shift(db: Database, table: str) -> int:
    """Nothing where all numbers are free; else the highest that was ever given out here or there."""
    if row(db, f"SELECT 1 FROM moved.{table} JOIN main.{table} USING (id) LIMIT 1") is None:
        return 0
    return max(_highest(db, schema, table) for schema in ("main", "moved"))


def _highest(db: Database, schema: str, table: str) -> int:
    given = value(db, f"SELECT seq FROM {schema}.sqlite_sequence WHERE name = ?", (table,))
    return int(given or value(db, f"SELECT max(id) FROM {schema}.{table}") or 0)


def _insert(db: Database, table: str, found: Iterator[Row]) -> None:
    names = [c["name"] for c in rows(db, f"PRAGMA table_info({table})")]
    listed, values = (", ".join(form.format(name) for name in names) for form in ('"{}"', ":{}"))
    db.conn.executemany(f"INSERT INTO main.{table} ({listed}) VALUES ({values})", found)


def _raised(table: str, r: Row, by: Mapping[str, int], shifts: Shifts) -> Row:
    """A row with its numbers raised, in its text too."""
    raised = r | {name: r[name] + shift for name, shift in by.items() if r[name] is not None}
    match table:
        case "parties":
            return raised | {"entries": 0}  # counted by a trigger as its entries come
        case "postings":
            return raised | _posting(r, raised["id"], shifts)
        case "log":
            return raised | {"details": _json(r["details"], _LINES, shifts)}
    return raised


def _posting(r: Row, number: int, shifts: Shifts) -> Row:
    """What else is raised of a posting; one that was sent and not marked is known in Discord by its old name."""
    subject = _subject(r, shifts)
    same = (number, subject) == (r["id"], r["subject"])
    name = r["written_as"] or ("" if same else f"{r['id']}|{r['kind']}|{r['subject']}")
    return {"subject": subject, "content": _json(r["content"], _POSTINGS, shifts), "written_as": name}


def _subject(posting: Row, shifts: Shifts) -> str:
    """What a posting is about, where that is a number: of a draft, or of a digest and what follows it."""
    subject = str(posting["subject"])
    if posting["kind"] == "outcome":
        return str(int(subject) + shifts["drafts"])
    if posting["kind"] not in {"digest", "notice"}:
        return subject
    first, *rest = subject.split("|")
    if first == "updates":
        digest, last = map(int, rest)
        return f"updates|{digest + shifts['subscriptions']}|{last + shifts['postings'] if last else 0}"
    return "|".join([str(int(first) + shifts["subscriptions"]), *rest])


_POSTINGS = {"with": "postings", "digest": "subscriptions"}
_LINES = {"line": "log", "because": "log"}
"""The keys under which JSON has numbers of rows, and the tables that these are of."""


def _json(text: str, numbers: Mapping[str, str], shifts: Shifts) -> str:
    said = json.loads(text) if text else {}
    raised = {
        key: type(said[key])(int(said[key]) + shifts[table])
        for key, table in numbers.items()
        if key in said and shifts[table]
    }
    return dump(said | raised) if raised else text


def _terms_anew(db: Database, workspace: str, shift: int) -> None:
    """The words that entries are found by: some have numbers of rows in them."""
    found = "SELECT t.* FROM moved.entry_terms t JOIN moved.entries e ON e.id = t.entry WHERE e.workspace = ?"
    for t in rows(db, found, (workspace,)):
        e = only(db, "SELECT * FROM entries WHERE id = ?", (t["entry"] + shift,))
        scope = " ".join(_terms.made(db, e, _terms.acting(t["scope"])))
        place = _terms.place(e["last_seen"], e["rank"], e["id"])
        _insert(db, "entry_terms", iter([t | {"entry": e["id"], "place": place, "scope": scope}]))


def _never_again(db: Database, shifts: Shifts) -> None:
    """Numbers that were given out there are not given out again here."""
    for table in column(db, "SELECT name FROM moved.sqlite_sequence ORDER BY name"):
        highest = max(_highest(db, "main", table), _highest(db, "moved", table) + shifts[table])
        run(db, "DELETE FROM main.sqlite_sequence WHERE name = ?", (table,))
        run(db, "INSERT INTO main.sqlite_sequence (name, seq) VALUES (?, ?)", (table, highest))
