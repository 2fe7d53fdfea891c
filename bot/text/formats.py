"""What a document format is, which formats there are, and which one some bytes are.

To add a format, write one file in this folder that defines `FORMAT = Format(...)`; nothing else needs to know.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from pathlib import PurePosixPath

from bot.errors import BinaryDocument, UnknownFormat, WrongExtension
from bot.text.charset import is_text

LONGEST_TEXT = 1_000_000
_SUFFIX = re.compile(r"\.(?=\w*[a-z])\w{1,9}$")


class Match(IntEnum):
    """How surely some bytes are of a format: POSSIBLE means that only the file's name can tell."""

    NO = 0
    POSSIBLE = 1
    CERTAIN = 2


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a format's reader yields: the text to store, and what the file itself says of title and publication date.

    A format with a layout of its own writes its text with `bot.text.layout.lay_out`, from which the blocks follow.
    """

    text: str
    title: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of document.

    `name` reads well in "holds ...". The first of `suffixes` is the usual one. `sniff` judges by content alone.
    `read` gets the bytes and the file's name (for messages only) and raises `UnreadableDocument` subclasses.
    `rank` orders the formats where a file without an extension could be several of them: the lowest is taken.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    sniff: Callable[[bytes], Match]
    read: Callable[[bytes, str], Parsed]
    rank: int = 50


# How well-known other files begin, and what people call them; a text format must not take them for text.
_FOREIGN = (
    (b"PK\x03\x04", "a ZIP archive or an Office file"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"ID3", "a sound file"),
)


def foreign(data: bytes) -> str | None:
    """What the bytes plainly are, where that is something Dossier does not read as text."""
    for magic, words in _FOREIGN:
        if data.startswith(magic) and (len(magic) > 3 or b"\x00" in data[:1024]):
            return words
    return None


@cache
def formats() -> tuple[Format, ...]:
    """All formats that this folder defines, by rank."""
    folders = importlib.import_module("bot.text").__path__
    modules = [importlib.import_module(f"bot.text.{info.name}") for info in pkgutil.iter_modules(folders)]
    found = [value for module in modules if isinstance(value := getattr(module, "FORMAT", None), Format)]
    return tuple(sorted(found, key=lambda f: (f.rank, f.name)))


def suffix_of(name: str) -> str:
    """The extension in small letters with its dot; "" where the name has none (a dot in a title is not one)."""
    match = _SUFFIX.search(PurePosixPath(name).name.lower())
    return match.group() if match else ""


def choose(data: bytes, name: str) -> Format:
    """The format to read `data` as.

    Raises `WrongExtension` where the content is of another known format than the name says, `BinaryDocument` where
    it is no document at all, and `UnknownFormat` for an extension that no format has.
    """
    matches = {format_: format_.sniff(data) for format_ in formats()}
    certain = next((f for f, match in matches.items() if match is Match.CERTAIN), None)
    suffix = suffix_of(name)
    claimed = next((f for f in formats() if suffix in f.suffixes), None)
    if claimed and (claimed is certain or (not certain and matches[claimed])):
        return claimed
    if certain and suffix:
        raise _wrong(name, claimed, suffix, certain)
    if suffix and not claimed:
        raise UnknownFormat(name, suffix=suffix, formats=_readable())
    if certain:
        return certain
    if foreign(data) or not is_text(data):
        raise BinaryDocument(name, found=foreign(data) or "binary data", formats=_readable())
    found = next(f for f, match in matches.items() if match)
    if claimed:
        raise _wrong(name, claimed, suffix, found)
    return found


def _wrong(name: str, claimed: Format | None, suffix: str, found: Format) -> WrongExtension:
    expected = claimed.name if claimed else f"a {suffix} file"
    return WrongExtension(name, expected=expected, found=found.name, suffix=found.suffixes[0])


def _readable() -> str:
    """The extensions for a message: "pdf, docx, html, txt or md"."""
    *most, last = [f.suffixes[0].lstrip(".") for f in formats()]
    return f"{', '.join(most)} or {last}"
