"""The verbs that read documents: `ingest` into a workspace, `extract` without a store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.common import LOCAL, AsJson, Workspace, complain, day_given, errors, opened, output, say, say_json
from bot.cli.documents import Row, contents, files, lines, rows
from bot.domain import Document, Findings, NewSource
from bot.errors import BadInput, DossierError
from bot.render import added_line, findings_reply
from bot.render.escape import visible
from bot.store import Store

if TYPE_CHECKING:
    from spacy.language import Language

Tick = Callable[[int, int], None]

JsonLines = Annotated[
    str, typer.Option("--jsonl", metavar="FILE", help='Lines of {"id", "text", "title", "date"}; - is standard input.')
]


def ingest(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH...", help="Files, or folders to walk.")] = None,
    jsonl: JsonLines = "",
    title: Annotated[str, typer.Option(help="The title, for a single file; by default the document's own.")] = "",
    published: Annotated[str, typer.Option("--date", help="Its publication date, such as 2026-03-14.")] = "",
    workspace: Workspace = LOCAL,
) -> None:
    """Add sources to a workspace. The same content twice is one source."""
    from bot.language import load_nlp

    documents = files(paths or [])
    if not documents and not jsonl:
        raise BadInput("There is nothing to add. Give files or folders, or --jsonl FILE.")
    if (title or published) and (jsonl or len(documents) != 1):
        raise BadInput("--title and --date describe a single file. Add the others in a call of their own.")
    day = day_given(published, "--date")
    with opened() as store:
        nlp = load_nlp()
        done = [
            _add_file(store, workspace, path, nlp, title=title, published=day, count=f"{number}/{len(documents)}")
            for number, path in enumerate(documents, start=1)
        ]
        if jsonl:
            done += _add_rows(store, workspace, jsonl, nlp)
    if not all(done):
        raise typer.Exit(1)


def extract(
    paths: Annotated[list[str] | None, typer.Argument(metavar="FILE...", help="Files, or folders to walk.")] = None,
    jsonl: JsonLines = "",
    json: AsJson = False,
) -> None:
    """Print what is found in documents; nothing is stored."""
    documents = files(paths or [])
    if bool(documents) == bool(jsonl):
        raise BadInput("Give files to read, or --jsonl FILE, one of the two.")
    from bot.language import load_nlp

    nlp = load_nlp()
    good = _extract_rows(jsonl, nlp) if jsonl else [_extract_file(path, nlp, json) for path in documents]
    if not all(good):
        raise typer.Exit(1)


def _extract_file(path: Path, nlp: "Language", json: bool) -> bool:
    from bot.extract.contract import as_json
    from bot.worker import extract_here

    try:
        with _bar(path.name) as tick:
            document, findings = extract_here(contents(path), path.name, nlp, progress=tick)
    except Exception as error:  # noqa: BLE001 - one bad document must not take the others with it
        if json:
            say_json({"id": str(path), "error": _words(error, path.name)})
        complain(_words(error, path.name))
        return False
    if json:
        say_json(as_json(str(path), findings))
    else:
        say(findings_reply(document, findings, path.name))
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
    from bot.extract.contract import as_json

    try:
        return as_json(row.id, _read(row, nlp)[1])
    except Exception as error:  # noqa: BLE001 - one bad text must not take the others with it
        return {"id": row.id, "error": _words(error, _name(row))}


def _words(error: Exception, name: str) -> str:
    """What to tell of an error that one document met with."""
    if isinstance(error, DossierError):
        return str(error)
    return (
        f"{name} could not be read: the extractor failed ({error!r}). That is a mistake in Dossier; please report it."
    )


def _read(row: Row, nlp: "Language", tick: Tick | None = None) -> tuple[Document, Findings]:
    """The text of a row as it stands, and its findings. Raises `UnreadableDocument`, `BadInput`."""
    from bot.extract import findings
    from bot.text import check_text, document_from_text

    if row.error:
        raise BadInput(row.error)
    document = document_from_text(row.text, title=row.title, published=row.published)
    check_text(document, _name(row))
    return document, findings(document, nlp, progress=tick)


def _name(row: Row) -> str:
    return f"Document {row.id}" if row.id is not None else "This document"


def _add_file(
    store: Store, workspace: str, path: Path, nlp: "Language", *, title: str, published: date | None, count: str
) -> bool:
    from bot.worker import extract_here

    def read() -> tuple[Document, Findings]:
        with _bar(f"{count} {path.name}") as tick:
            return extract_here(contents(path), path.name, nlp, title=title, published=published, progress=tick)

    return _added(store, workspace, path.name, read)


def _add_rows(store: Store, workspace: str, name: str, nlp: "Language") -> list[bool]:
    def add(row: Row) -> bool:
        def read() -> tuple[Document, Findings]:
            with _bar(_name(row)) as tick:
                return _read(row, nlp, tick)

        return _added(store, workspace, str(row.id or name), read)

    with lines(name) as stream:
        return [add(row) for row in rows(stream)]


def _added(store: Store, workspace: str, origin: str, read: Callable[[], tuple[Document, Findings]]) -> bool:
    """Read and save one document, and say in a line what came of it; whether it is held now."""
    from bot.ingest import ingest as save

    try:
        document, findings = read()
        new = NewSource(document, origin, "cli", datetime.now(UTC))
        added = save(store, workspace, new, findings)
    except Exception as error:  # noqa: BLE001 - one bad document must not take the others with it
        complain(_words(error, origin))
        return False
    output().print(added_line(added), soft_wrap=True)
    return True


@contextmanager
def _bar(name: str) -> Iterator[Tick]:
    """A bar on standard error while one document is read, gone when it is done."""
    console = errors()
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(visible(name), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
