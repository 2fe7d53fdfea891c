"""PDF: lines with their place and letter size from pdfium; `bot.text.pages` joins them."""

import re
import threading
from collections.abc import Iterator
from typing import Any

from bot.errors import DamagedDocument, EmptyDocument, EncryptedPdf, ScannedPdf, TextTooLong
from bot.text.charset import is_text
from bot.text.formats import LONGEST_TEXT, Format, Match, Parsed, foreign
from bot.text.header import sane_title
from bot.text.layout import clean, lay_out
from bot.text.pages import PageLine, pieces

_HEAD = b"%PDF-"
_PASSWORD, _SECURITY = 4, 5
_FEW_LETTERS = 25
# pdfium ends a line with CR LF, but where a hyphen ends it, it puts a mark in the place of both.
_LINE = re.compile(r"(?P<line>[^\r\n\x02\ufffe]+)(?P<hyphen>[\x02\ufffe])?")
_BULLETS = str.maketrans("\uf0b7\uf0a7\uf0d8\uf0fc", "•▪➢✓")
_PDFIUM = threading.Lock()  # pdfium is not safe to be used from several threads


def _read(data: bytes, name: str) -> Parsed:
    import pypdfium2

    with _PDFIUM:
        try:
            with pypdfium2.PdfDocument(data) as pdf:
                title = sane_title(pdf.get_metadata_value("Title"))
                found, letters, pictures = _pages(pdf, name)
                count = len(pdf)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
                raise EncryptedPdf(name) from error
            raise DamagedDocument(name, found="a PDF") from error
    if pictures and letters < _FEW_LETTERS * count:
        raise ScannedPdf(name)
    if not letters:
        raise EmptyDocument(name)
    return Parsed(lay_out(pieces(found)), title)


def _pages(pdf: Any, name: str) -> tuple[list[PageLine], int, int]:
    """All lines, the number of letters, and the number of pages that show something but hold hardly a letter."""
    found: list[PageLine] = []
    letters = pictures = characters = 0
    for number in range(len(pdf)):
        page = pdf[number]
        try:
            lines = list(_lines(page, number))
            here = sum(c.isalnum() for line in lines for c in line.text)
            pictures += here < _FEW_LETTERS and next(iter(page.get_objects(max_depth=2)), None) is not None
        finally:
            page.close()
        found += lines
        letters += here
        characters += sum(len(line.text) for line in lines)
        if characters > LONGEST_TEXT:
            raise TextTooLong(name, length=characters, limit=LONGEST_TEXT)
    return found, letters, pictures


def _lines(page: Any, number: int) -> Iterator[PageLine]:
    """The page's lines in the order in which the file draws them."""
    textpage = page.get_textpage()
    try:
        height = page.get_height()
        for match in _LINE.finditer(textpage.get_text_range()):
            line = match["line"]
            if words := clean(line.translate(_BULLETS)):
                first = match.start() + len(line) - len(line.lstrip())
                words += "-" if match["hyphen"] else ""
                yield _line(textpage, words, first, match.start() + len(line.rstrip()) - 1, number, height)
    finally:
        textpage.close()


def _line(textpage: Any, words: str, first: int, last: int, number: int, height: float) -> PageLine:
    from pypdfium2 import raw

    begin = max(0, raw.FPDFText_GetCharIndexFromTextIndex(textpage, first))
    end = max(begin, raw.FPDFText_GetCharIndexFromTextIndex(textpage, last))
    left, _, _, _ = textpage.get_charbox(begin, loose=True)
    _, bottom, right, top = textpage.get_charbox(end, loose=True)
    return PageLine(
        text=words,
        page=number,
        left=left,
        right=right,
        bottom=bottom,
        size=max(1.0, round(raw.FPDFText_GetFontSize(textpage, end) or top - bottom, 1)),
        bold=_is_bold(textpage, begin) and _is_bold(textpage, end),
        place=bottom / height if height else 0.5,
    )


def _is_bold(textpage: Any, index: int) -> bool:
    import ctypes

    from pypdfium2 import raw

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, buffer, len(buffer), flags)
    return any(word in buffer.value.lower() for word in (b"bold", b"black", b"heavy"))


def _sniff(data: bytes) -> Match:
    if data.lstrip()[:5] == _HEAD or (_HEAD in data[:1024] and not is_text(data)):
        return Match.CERTAIN
    return Match.NO if foreign(data) or is_text(data) else Match.POSSIBLE


FORMAT = Format("a PDF", (".pdf",), "application/pdf", sniff=_sniff, read=_read, rank=10)
