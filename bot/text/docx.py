"""DOCX: paragraphs with their styles through python-docx; tables as rows of text.

A date of creation or change is not a publication date, so the file's properties give none.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.domain import BlockKind
from bot.errors import DamagedDocument, EncryptedDocx, UnpacksTooLarge
from bot.text.charset import is_text
from bot.text.formats import Format, Match, Parsed, foreign
from bot.text.header import sane_title
from bot.text.layout import Piece, clean, lay_out, split_breaks

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST_UNPACKED, _MOST_MEMBERS = 100, 5_000
_MEGABYTE = 2**20
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", _FALLBACK}
_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_DEEPEST_STYLE, _BODY_OUTLINE = 12, 9
_LEVEL = re.compile(r"\d$")
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\x0b", f"{_W}cr": "\x0b", f"{_W}noBreakHyphen": "-"}
_NAME = "a Word document (DOCX)"


def _read(data: bytes, name: str) -> Parsed:
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise EncryptedDocx(name)
    _check_archive(data, name)
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = Document(io.BytesIO(data))
        pieces = list(_pieces(document))
    except (OpcError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise DamagedDocument(name, found=_NAME) from error
    title = next((p.text for p in pieces if p.kind is BlockKind.HEADING and p.level == 0), "")
    return Parsed(lay_out(_leveled(pieces)), title or sane_title(document.core_properties.title))


def _check_archive(data: bytes, name: str) -> None:
    """Before anything is unpacked: is it whole, is it of a sane size, and is its XML free of entities?"""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if size > _LARGEST_UNPACKED * _MEGABYTE or len(members) > _MOST_MEMBERS:
                raise UnpacksTooLarge(name, size=size // _MEGABYTE, limit=_LARGEST_UNPACKED)
            xml = (member for member in members if member.filename.endswith((".xml", ".rels")))
            if any(_DTD.search(archive.read(member)) for member in xml):
                raise DamagedDocument(name, found=_NAME)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise DamagedDocument(name, found=_NAME) from error


def _pieces(document: Any) -> Iterator[Piece]:
    """Paragraphs and table rows of the body, also those within content controls; the title has level 0."""
    roles = _roles(document.styles.element)
    for element in _flattened(document.element.body):
        if element.tag == f"{_W}tbl":
            yield from _rows(element)
        else:
            kind, level = _role(element, roles)
            for words in split_breaks(_text(element)):
                yield Piece(kind, words, level)


def _flattened(parent: Any) -> Iterator[Any]:
    for element in parent:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in _WRAPPERS:
            yield from _flattened(element)


def _rows(table: Any) -> Iterator[Piece]:
    """A row is a paragraph with its cells side by side; a table of one column is a box around paragraphs."""
    for row in table.iter(f"{_W}tr"):
        cells = [[clean(_text(p)) for p in cell.iter(f"{_W}p")] for cell in row.iterchildren(f"{_W}tc")]
        if len(cells) == 1:
            yield from (Piece(BlockKind.PARAGRAPH, words) for words in cells[0])
        else:
            yield Piece(BlockKind.PARAGRAPH, " | ".join(filter(None, (" ".join(cell) for cell in cells))))


def _text(element: Any) -> str:
    """The words as they stand after tracked changes, without what is drawn in boxes."""
    parts = []
    for child in element:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag not in _LEFT_OUT:
            parts.append(_text(child))
    return "".join(parts)


Role = tuple[BlockKind, int]


def _roles(styles: Any) -> dict[str, Role]:
    """What each paragraph style that is not plain makes of a paragraph, by the style's id."""
    found = {style.get(f"{_W}styleId"): style for style in styles.iterchildren(f"{_W}style")}
    return {key: role for key, style in found.items() if (role := _style_role(style, found))}


def _style_role(style: Any, found: dict[str, Any]) -> Role | None:
    """By the style's name or properties, else by those of the style that it is based on."""
    for _ in range(_DEEPEST_STYLE):
        name = (_value(style, "name") or "").lower()
        digit = _LEVEL.search(name)
        number = int(digit.group()) if digit else 1
        if name == "title":
            return BlockKind.HEADING, 0
        if name.startswith("heading"):
            return BlockKind.HEADING, number
        if name.startswith(("list bullet", "list number")):
            return BlockKind.BULLET, number - 1
        if role := _properties_role(style.find(f"{_W}pPr")):
            return role
        base = found.get(_value(style, "basedOn") or "")
        if base is None:
            return None
        style = base
    return None


def _role(paragraph: Any, roles: dict[str, Role]) -> Role:
    properties = paragraph.find(f"{_W}pPr")
    styled = roles.get(_value(properties, "pStyle") or "") if properties is not None else None
    own = _properties_role(properties)
    if styled and (styled[0] is BlockKind.HEADING or own is None):
        return styled
    return own or (BlockKind.PARAGRAPH, 0)


def _properties_role(properties: Any) -> Role | None:
    """An outline level makes a heading, a numbering makes a bullet."""
    if properties is None:
        return None
    outline = _value(properties, "outlineLvl")
    if outline and outline.isdigit() and int(outline) < _BODY_OUTLINE:
        return BlockKind.HEADING, int(outline) + 1
    numbering = properties.find(f"{_W}numPr")
    if numbering is None or _value(numbering, "numId") in (None, "0"):
        return None
    level = _value(numbering, "ilvl") or "0"
    return BlockKind.BULLET, int(level) if level.isdigit() else 0


def _value(parent: Any, tag: str) -> str | None:
    child = parent.find(f"{_W}{tag}")
    return None if child is None else child.get(f"{_W}val")


def _leveled(pieces: list[Piece]) -> list[Piece]:
    """Heading levels from 1 for the document's title; without one, sections begin at 2 so that none is taken for it."""
    levels = [p.level for p in pieces if p.kind is BlockKind.HEADING]
    opens_with_title = levels.count(1) == 1 and pieces[0].kind is BlockKind.HEADING and pieces[0].level == 1
    step = 0 if opens_with_title and 0 not in levels else 1
    return [replace(p, level=p.level + step) if p.kind is BlockKind.HEADING else p for p in pieces]


def _sniff(data: bytes) -> Match:
    if data.startswith(_ZIP):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                is_word = any(name.startswith("word/") and name.endswith(".xml") for name in archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            is_word = False
        return Match.CERTAIN if is_word else Match.POSSIBLE
    if data.startswith(_OLE):
        return Match.POSSIBLE
    return Match.NO if foreign(data) or is_text(data) else Match.POSSIBLE


FORMAT = Format(
    _NAME,
    (".docx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    sniff=_sniff,
    read=_read,
    rank=20,
)
