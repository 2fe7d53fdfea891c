"""What every verb shares: where output goes, how errors are said, the store, dates and JSON."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.text import Text
from typer.core import TyperGroup

from bot import answer
from bot.domain import LOCAL_WORKSPACE, Query, Reply
from bot.errors import BadInput, DossierError, StoreError
from bot.render.escape import visible
from bot.render.terminal import print_reply
from bot.settings import Settings, load_settings
from bot.store import Store, open_store

INTERRUPTED = 130
WRONG_OPTION = 2

Workspace = Annotated[str, typer.Option("--workspace", help="Whose data: a server's id, or the command line's own.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
LOCAL = LOCAL_WORKSPACE


class WrongOption(BadInput):
    """The value of an option cannot be understood."""


class Verbs(TyperGroup):
    """The verbs; what goes wrong in one is said in a line on standard error, never as a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb. A `DossierError` ends with status 1, a wrong value of an option with 2, Ctrl-C with 130."""
        try:
            return super().invoke(ctx)
        except WrongOption as error:
            complain(str(error))
            raise typer.Exit(WRONG_OPTION) from None
        except DossierError as error:
            fail(str(error))
        except KeyboardInterrupt:
            complain("Stopped.")
            raise typer.Exit(INTERRUPTED) from None


def output() -> Console:
    """The console for answers, on standard output."""
    return Console(highlight=False, emoji=False, markup=False)


def errors() -> Console:
    """The console for progress and complaints, on standard error."""
    return Console(stderr=True, highlight=False, emoji=False, markup=False)


def complain(message: str) -> None:
    """Say what went wrong on standard error."""
    errors().print(Text(visible(message), style="red"), soft_wrap=True)


def fail(message: str) -> NoReturn:
    """Say what went wrong and end with status 1."""
    complain(message)
    raise typer.Exit(1)


def say(reply: Reply) -> None:
    """Print an answer."""
    print_reply(reply, output())


def say_json(value: object) -> None:
    """Print a value as one line of JSON, at once; characters are written as they are where that is possible."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can carry
        line = json.dumps(value)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Store]:
    """The store of this installation, closed at the end."""
    with open_store((settings or load_settings()).store_path) as store:
        yield store


@contextmanager
def reading(settings: Settings | None = None) -> Iterator[Store]:
    """The store for a verb that only reads; one that cannot be written is opened all the same."""
    path = (settings or load_settings()).store_path
    try:
        store = open_store(path)
    except StoreError:
        if not path.is_file():
            raise
        store = open_store(path, readonly=True)
    with store:
        yield store


def copied(settings: Settings, target: Path) -> Path:
    """Write a consistent copy of the store to a new file, in a folder that is made where it is missing.

    Raises `BadInput` where the folder cannot be made, `StoreError` where the copy cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadInput(
            f"{target.parent} cannot be made ({error.strerror}). Name a file in a folder that may be written."
        ) from error
    with reading(settings) as store:
        store.backup(target)
    return target


def stamped(settings: Settings, name: str) -> Path:
    """A file for a copy among the backups, with the time in its name."""
    return settings.home / "backups" / f"{name}-{datetime.now(UTC):%Y%m%d-%H%M%S}.db"


def day_given(text: str | None, option: str) -> date | None:
    """The day of an option, as people write it. Raises `WrongOption`."""
    with options():
        return answer.day(text, datetime.now(UTC).date(), option=option)


def query_given(*, since: str = "", as_of: str = "", passed: date | None = None, **filters: str) -> Query:
    """The filters of a list from what was typed. Raises `WrongOption`."""
    return Query(**filters, since=day_given(since, "--since"), as_of=day_given(as_of, "--as-of"), passed=passed)


@contextmanager
def options() -> Iterator[None]:
    """What cannot be understood in the block is the value of an option."""
    try:
        yield
    except BadInput as error:
        raise WrongOption(str(error)) from error
