"""The verbs that read documents: `ingest` into a workspace, `extract` without a store."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot import cluster, overview
from bot.cli.common import (
    LOCAL,
    AsJson,
    Workspace,
    complain,
    copied,
    day_given,
    errors,
    opened,
    output,
    say,
    say_json,
    stamped,
)
from bot.cli.documents import Given, Row, files, lines, rows
from bot.domain import Added, Document, Findings, NewSource
from bot.errors import BadInput, DossierError
from bot.fetch import is_address
from bot.render import added_line, findings_reply, replaced_line
from bot.render.escape import visible
from bot.render.rereading import reread_object, reread_reply
from bot.settings import load_settings
from bot.store import Store
from bot.worker_child import Result, Task

if TYPE_CHECKING:
    from spacy.language import Language

_MEANT = "Files, folders to walk, addresses on the web."
Tick = Callable[[int, int], None]
_Ready = Callable[[], tuple[Document, Callable[[], Findings]]]
"""Reads a document; what is in it is found once it is known to be new."""

JsonLines = Annotated[
    str, typer.Option("--jsonl", metavar="FILE", help='Lines of {"id", "text", "title", "date"}; - is standard input.')
]


def ingest(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH|URL...", help="Files, folders to walk, addresses.")
    ] = None,
    jsonl: JsonLines = "",
    title: Annotated[str, typer.Option(help="The title, for a single file; by default the document's own.")] = "",
    published: Annotated[str, typer.Option("--date", help="Its publication date, such as 2026-03-14.")] = "",
    supersedes: Annotated[str, typer.Option(help="The source of which a single file is a new version (S-2).")] = "",
    dask: Annotated[
        str,
        typer.Option("--dask", metavar="HOST:PORT", help="Read on the Dask cluster of this scheduler."),
    ] = "",
    workspace: Workspace = LOCAL,
) -> None:
    """Add sources to a workspace. The same content twice is one source."""
    documents = files(paths or [])
    if not documents and not jsonl:
        raise BadInput("There is nothing to add. Give files, folders or addresses, or --jsonl FILE.")
    if (title or published or supersedes) and (jsonl or len(documents) != 1):
        raise BadInput("--title, --date and --supersedes are for a single file. Add the others in a call of their own.")
    day = day_given(published, "--date")
    with opened() as store:
        earlier = overview.superseding(store, workspace, supersedes).id if supersedes else ""
        adding = _Adding(store, workspace, earlier)
        given = _given(documents, jsonl, title, day)
        done = [adding.add(*each) for each in (_by_cluster(dask, given) if dask else _by_itself(given))]
    if not all(done):
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A document to be added: where it comes from, what to call it, and its bytes or text once it is opened."""

    origin: str
    label: str
    opened: Callable[[], Task | Document]


def _given(documents: list[Given], jsonl: str, title: str, published: date | None) -> Iterator[_Incoming]:
    for number, given in enumerate(documents, start=1):
        yield _Incoming(
            given.origin, f"{number}/{len(documents)} {given.name}", partial(_task, given, title, published)
        )
    if jsonl:
        with lines(jsonl) as stream:
            yield from (_Incoming(str(row.id or jsonl), _name(row), partial(_document, row)) for row in rows(stream))


def _task(given: Given, title: str, published: date | None) -> Task:
    return Task(*given.contents(), title, published)


def _by_itself(incoming: Iterable[_Incoming]) -> Iterator[tuple[str, _Ready]]:
    """Each document read in this process, and what is in it found when it is asked for."""
    from bot.language import load_nlp

    nlp = load_nlp()
    yield from ((each.origin, partial(_read_here, each, nlp)) for each in incoming)


def _read_here(incoming: _Incoming, nlp: "Language") -> tuple[Document, Callable[[], Findings]]:
    from bot.extract import findings
    from bot.text import read_document

    given = incoming.opened()
    if isinstance(given, Task):
        document = read_document(given.data, given.name, title=given.title, published=given.published)
    else:
        document = given

    def found() -> Findings:
        with _bar(incoming.label) as tick:
            return findings(document, nlp, progress=tick)

    return document, found


def _by_cluster(address: str, incoming: Iterable[_Incoming]) -> Iterator[tuple[str, _Ready]]:
    """Each document read and what is in it found on a Dask cluster, in the same order."""
    with cluster.connected(address) as client:
        for origin, outcome in cluster.read(client, ((each.origin, each.opened) for each in incoming)):
            yield origin, partial(_came, outcome)


def _came(outcome: Result | Exception) -> tuple[Document, Callable[[], Findings]]:
    if isinstance(outcome, Exception):
        raise outcome
    document, found = outcome
    return document, lambda: found


def reread(
    apply: Annotated[bool, typer.Option("--apply", help="Let the sources say what was found now.")] = False,
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """Read all sources again by the rules of now, and show which items appear and disappear.

    Before anything changes the store is copied.
    """
    from bot.extract import findings
    from bot.language import load_nlp
    from bot.versions import document_of
    from bot.versions import reread as read_again

    settings = load_settings()
    with opened(settings) as store:
        held, nlp = overview.speaking(store, workspace), load_nlp()
        found = {}
        for number, source in enumerate(held, start=1):
            with _bar(f"{number}/{len(held)} {source.id}") as tick:
                found[source.id] = findings(document_of(store, workspace, source), nlp, progress=tick)
        copy = copied(settings, stamped(settings, "before-reread")) if apply else None
        done = read_again(store, workspace, found, "cli", datetime.now(UTC), apply=apply)
    if json:
        say_json([reread_object(each) for each in done])
    else:
        say(reread_reply(done, applied=apply))
        if copy is not None:
            taken_back = f"As it was before: {copy}\nTo take it back, stop the bot first: dossier restore {copy}"
            output().print(Text(visible(taken_back)), soft_wrap=True)


def extract(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="FILE|URL...", help="Files, folders to walk, addresses.")
    ] = None,
    jsonl: JsonLines = "",
    json: AsJson = False,
) -> None:
    """Print what is found in documents; nothing is stored."""
    documents = files(paths or [])
    if bool(documents) == bool(jsonl):
        raise BadInput("Give files to read, or --jsonl FILE, one of the two.")
    from bot.language import load_nlp

    nlp = load_nlp()
    good = _extract_rows(jsonl, nlp) if jsonl else [_extract_file(given, nlp, json) for given in documents]
    if not all(good):
        raise typer.Exit(1)


def _extract_file(given: Given, nlp: "Language", json: bool) -> bool:
    from bot.extract.contract import as_json
    from bot.worker import extract_here

    name = given.origin
    try:
        data, name = given.contents()
        with _bar(name) as tick:
            document, findings = extract_here(data, name, nlp, progress=tick)
    except Exception as error:  # noqa: BLE001 - one bad document must not take the others with it
        if json:
            say_json({"id": given.name, "error": _words(error, name)})
        complain(_words(error, name))
        return False
    if json:
        say_json(as_json(given.name, findings))
    else:
        say(findings_reply(document, findings, name))
    return True


def _extract_rows(name: str, nlp: "Language") -> list[bool]:
    """One line out for each line in, as they are done."""
    good = []
    with lines(name) as stream:
        for row in rows(stream):
            answer = _extracted(row, nlp)
            say_json(answer)
            good.append("error" not in answer)
    return good


def _extracted(row: Row, nlp: "Language") -> dict[str, Any]:
    from bot.extract import findings
    from bot.extract.contract import as_json

    try:
        return as_json(row.id, findings(_document(row), nlp))
    except Exception as error:  # noqa: BLE001 - one bad text must not take the others with it
        return {"id": row.id, "error": _words(error, _name(row))}


def _words(error: Exception, name: str) -> str:
    """What to tell of an error that one document met with."""
    if isinstance(error, DossierError):
        return str(error)
    return (
        f"{name} could not be read: the extractor failed ({error!r}). That is a mistake in Dossier; please report it."
    )


def _document(row: Row) -> Document:
    """The text of a row as it stands. Raises `UnreadableDocument`, `BadInput`."""
    from bot.text import check_text, document_from_text

    if row.error:
        raise BadInput(row.error)
    document = document_from_text(row.text, title=row.title, published=row.published)
    check_text(document, _name(row))
    return document


def _name(row: Row) -> str:
    return f"Document {row.id}" if row.id is not None else "This document"


class _Adding:
    """Documents on their way into one workspace, from the command line."""

    def __init__(self, store: Store, workspace: str, supersedes: str = "") -> None:
        self._supersedes = supersedes
        self._store = store
        self._workspace = workspace

    def add(self, origin: str, ready: _Ready) -> bool:
        """Save one document once it is read, and say in a line what came of it; whether it is held now."""
        try:
            added = self._add(origin, *ready())
        except Exception as error:  # noqa: BLE001 - one bad document must not take the others with it
            complain(_words(error, origin))
            return False
        output().print(added_line(added), soft_wrap=True)
        if not added.duplicate and not self._supersedes and is_address(origin):
            self._mind(origin, added.source.id)
        if not added.duplicate and (became := overview.replaced(self._store, self._workspace, added.source)):
            output().print(replaced_line(became), soft_wrap=True)
        return True

    def _mind(self, origin: str, new: str) -> None:
        """Say that the address is held with another text, which this may be a new version of."""
        there = (each.id for each in self._store.sources_at(self._workspace, origin) if each.id != new)
        if earlier := next(there, ""):
            errors().print(
                f"{earlier} is from the same address, with another text. If {new} is a new version of it, "
                f"take {new} back with dossier undo, and add it again with --supersedes {earlier}.",
                soft_wrap=True,
            )

    def _add(self, origin: str, document: Document, find: Callable[[], Findings]) -> Added:
        from bot.ingest import ingest as save
        from bot.versions import replace

        if held := self._store.held(self._workspace, document.text):
            return Added(held, duplicate=True)
        found = find()
        new = NewSource(document, origin, "cli", datetime.now(UTC))
        if self._supersedes:
            return replace(self._store, self._workspace, self._supersedes, new, found)[0]
        return save(self._store, self._workspace, new, found)


@contextmanager
def _bar(name: str) -> Iterator[Tick]:
    """A bar on standard error while one document is read, gone when it is done."""
    console = errors()
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(visible(name), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
