"""The verbs by which what is held is taken along."""

import json
import sys
from dataclasses import fields
from pathlib import Path
from typing import Annotated

import typer

from bot import answer, overview
from bot.cli.asking import About, Actor, AsOf, OfSource, Recipient, Since
from bot.cli.common import LOCAL, Workspace, WrongOption, options, output, query_given, reading, say
from bot.domain import FileFormat, Medium, Query, Theme
from bot.errors import BadInput
from bot.render import export_file, timeline_reply
from bot.render.escape import visible
from bot.render.exports import SUFFIX
from bot.render.objects import export_object
from bot.render.timeline import chart
from bot.store import Store

Group = Annotated[str, typer.Option("--only", help="commitments, questions or facts.")]
Format = Annotated[str, typer.Option("--format", help="json, csv or markdown; else as the file's name ends.")]


def export(
    path: Annotated[Path | None, typer.Argument(help="A new file; without it, standard output.")] = None,
    written: Format = "",
    only: Group = "",
    actor: Actor = "",
    recipient: Recipient = "",
    kind: Annotated[str, typer.Option(help="A kind of commitment, question or fact.")] = "",
    status: Annotated[str, typer.Option(help="Where it stands.")] = "",
    about: About = "",
    source: OfSource = "",
    since: Since = "",
    as_of: AsOf = "",
    workspace: Workspace = LOCAL,
) -> None:
    """What a workspace holds, to a file: everything as JSON, or what filters leave as JSON, CSV or Markdown."""
    if path and path.exists():
        raise BadInput(f"{path} is there already. Name a new file, so that nothing is overwritten.")
    query = query_given(
        actor=actor,
        recipient=recipient,
        kind=kind,
        status=status,
        about=about,
        source=source,
        since=since,
        as_of=as_of,
    )
    groups, how = _groups(only), _format(written, path)
    with reading() as store, options():
        data = _made(store, workspace, query, groups, how, indent=1 if path else None)
    _put(path, data)


def _groups(only: str) -> tuple[str, ...]:
    if only and only not in overview.GROUPS:
        raise WrongOption(f"--only takes commitments, questions or facts, not “{only}”.")
    return (only,) if only else ()


def _format(written: str, path: Path | None) -> FileFormat:
    """The format asked for, else that of the file's name, else JSON. Raises `WrongOption`."""
    if written:
        try:
            return FileFormat(written.casefold())
        except ValueError:
            raise WrongOption(f"--format takes json, csv or markdown, not “{written}”.") from None
    by_name = {suffix: each for each, suffix in SUFFIX.items()}
    return by_name.get(path.suffix.casefold() if path else "", FileFormat.JSON)


def _made(
    store: Store, workspace: str, query: Query, groups: tuple[str, ...], how: FileFormat, *, indent: int | None
) -> bytes:
    """The file. As JSON and without a filter it is everything, with texts and with what lists do not show."""
    narrowed = groups or any(getattr(query, each.name) for each in fields(query))
    if how is FileFormat.JSON and not narrowed:
        held = export_object(answer.export(store, workspace))
        return (json.dumps(held, ensure_ascii=False, indent=indent) + "\n").encode("utf-8", "replace")
    return export_file(overview.extract(store, workspace, query, groups), how)


def _put(path: Path | None, data: bytes, done: str = "Exported to") -> None:
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}). Name a file in a folder that may be.") from error
    output().print(visible(f"{done} {path}"), soft_wrap=True)


def timeline(
    actor: Annotated[str, typer.Argument(help="Whose commitments; any name of the party.")] = "",
    about: About = "",
    since: Since = "",
    picture: Annotated[Path | None, typer.Option("--picture", help="Draw it into this new PNG file, too.")] = None,
    theme: Annotated[str, typer.Option(help="dark or light.")] = "dark",
    workspace: Workspace = LOCAL,
) -> None:
    """Commitments and questions over time."""
    query = query_given(actor=actor, about=about, since=since)
    if theme not in set(Theme):
        raise WrongOption(f"--theme takes dark or light, not “{theme}”.")
    if picture and picture.exists():
        raise BadInput(f"{picture} is there already. Name a new file, so that nothing is overwritten.")
    with reading() as store:
        found = overview.timeline(store, workspace, query)
        near = () if found.entries else answer.near(store, workspace, query)
    say(timeline_reply(found, None, near, medium=Medium.TERMINAL))
    if picture and (drawn := chart(found)):
        from bot.draw import draw_timeline

        _put(picture, draw_timeline(drawn, Theme(theme)).data, "Drawn to")
