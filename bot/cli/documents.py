"""Documents from the shell: files and folders, addresses on the web, and JSON lines."""

import asyncio
import gzip
import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.errors import BadInput, CannotFetch, DossierError, FileTooLarge, NotFound
from bot.fetch import Web, checked, is_address

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a JSON lines file; `error` says what is wrong with it, if anything."""

    id: Any
    text: str = ""
    title: str = ""
    published: date | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A file, or where `web` is there an address, to read; `wrong` says why it cannot be, where that is known."""

    name: str
    path: Path
    wrong: DossierError | None = None
    web: Web | None = None

    @property
    def origin(self) -> str:
        """Where it comes from, as it is kept: a file's name, or the address."""
        return self.name if self.web else name_of(self.path)

    def contents(self) -> tuple[bytes, str]:
        """The bytes, and a file's name for them. Raises what is wrong with it, as `contents`, or `CannotFetch`."""
        if self.wrong:
            raise self.wrong
        if self.web:
            found = asyncio.run(self.web.get(self.name))
            return found.data, found.name
        return contents(self.path), name_of(self.path)


def files(paths: Iterable[str], web: Web | None = None) -> list[Given]:
    """What is meant: a folder stands for the visible files in and below it, in order of their names.

    A path that is not there, and an address that cannot be asked for, are among them with what is wrong, so that the
    others go on.
    """
    found = (given for path in paths for given in _meant(path, web or Web()))
    return list({given.name: given for given in found}.values())


def _meant(given: str, web: Web) -> list[Given]:
    path = Path(given)
    if is_address(given):
        try:
            return [Given(str(checked(given)), path, web=web)]
        except CannotFetch as error:
            return [Given(given, path, error)]
    try:
        with _opening(path):
            path.stat()
            return [Given(str(each), each) for each in (_walk(path) if path.is_dir() else [path])]
    except NotFound as error:
        return [Given(given, path, error)]


def _walk(folder: Path) -> list[Path]:
    below = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in below if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def contents(path: Path) -> bytes:
    """The bytes of a file.

    Raises `NotFound` where it cannot be opened, `BadInput` for a pipe or device, which may never end, and
    `FileTooLarge` before too much is read.
    """
    from bot.text import LARGEST_FILE

    with _opening(path):
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BadInput(f"{path} is not a file but a pipe or device. Save what it gives as a file, and add that.")
        if found.st_size > LARGEST_FILE:
            raise FileTooLarge(path.name, size=f"{found.st_size / 2**20:.1f}", limit=LARGEST_FILE // 2**20)
        return path.read_bytes()


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound(f"There is no file or folder {path}. Check the path.") from error
    except OSError as error:
        raise NotFound(f"{path} cannot be opened ({error.strerror}). Check the path and its permissions.") from error


def name_of(path: Path) -> str:
    """The file's name as text that can be stored; bytes that are no characters become question marks in a box."""
    return os.fsencode(path.name).decode("utf-8", "replace")


@contextmanager
def lines(name: str) -> Iterator[Iterable[bytes]]:
    """The lines of a file (gzip too) or, for `-`, of standard input. Raises `NotFound`."""
    if name == STDIN:
        yield sys.stdin.buffer
        return
    path = Path(name)
    if not path.is_file():
        raise NotFound(f"There is no file {name}. Check the path, or give - for standard input.")
    with _opening(path):
        raw = path.open("rb")
    with raw, gzip.open(raw) if path.suffix == ".gz" else raw as stream:
        yield stream


def rows(stream: Iterable[bytes]) -> Iterator[Row]:
    """The documents of a JSON lines stream, one for each line that is not blank; a bad line is a Row with its error."""
    for number, line in enumerate(stream, start=1):
        if line.strip():
            yield _row(line, number)


def _row(line: bytes, number: int) -> Row:
    try:
        value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError) as error:
        return Row(None, error=f"Line {number} is not JSON in UTF-8 ({error}). Write one object a line.")
    if not isinstance(value, dict):
        return Row(None, error=f'Line {number} is not an object. Write {{"id": ..., "text": ...}}.')
    text = value.get("text")
    if not isinstance(text, str):
        return Row(value.get("id"), error=f'Line {number} has no "text". Write {{"id": ..., "text": ...}}.')
    title = value.get("title")
    if not _storable(text) or not _storable(str(title)):
        return Row(value.get("id"), error=f"Line {number} holds half a character (a lone surrogate). Write it in full.")
    published = date_given(value.get("date"))
    if value.get("date") not in (None, "") and published is None:
        return Row(value.get("id"), error=f'Line {number} has a "date" that is none. Write it as 2026-03-14.')
    return Row(value.get("id"), text, title if isinstance(title, str) else "", published)


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def date_given(value: object) -> date | None:
    """A publication date as given; one that cannot be understood is none."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
