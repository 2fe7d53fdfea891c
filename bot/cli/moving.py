"""The verbs by which a server moves from one store to another."""

from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from bot.cli.common import opened, output, reading
from bot.errors import BadInput
from bot.render.escape import visible
from bot.render.words import plural
from bot.settings import load_settings
from bot.store import export_server, restore_server


def export_one(
    server: Annotated[str, typer.Argument(help="The server's id.")],
    file: Annotated[Path, typer.Argument(help="A new file.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take it out of this store when the file is there.")] = False,
) -> None:
    """Write all that is held of one server to a file, to be restored into another store."""
    if file.exists():
        raise BadInput(f"{file} is there already. Name a new file, so that nothing is overwritten.")
    with (
        opened() if remove else reading() as store,
        store.removing(server, datetime.now(UTC)) if remove else nullcontext(),
    ):
        sources = export_server(store, server, file)
    here = "It is no longer in this store." if remove else "It is still in this store, too."
    _say(f"Server {server} with {plural(sources, 'source')} is in {file}. {here}")


def restore_one(file: Annotated[Path, typer.Argument(help="A file that export-server wrote.")]) -> None:
    """Bring a server from a file into this store, with all that it had."""
    server, sources = restore_server(file, load_settings().store_path)
    _say(f"Server {server} with {plural(sources, 'source')} is in this store now. Every id is as it was.")


def _say(line: str) -> None:
    output().print(Text(visible(line)), soft_wrap=True)
