"""The doors of the package: bytes or text in, Document out, with every check that a document has to pass."""

import math
from dataclasses import replace
from datetime import date

from bot.domain import Block, BlockKind, Document
from bot.errors import EmptyDocument, FileTooLarge, NotEnglish, TextTooLong
from bot.text import markdown, plain
from bot.text.english import other_language
from bot.text.formats import LONGEST_TEXT, choose
from bot.text.header import dateline_end, read_header

MEGABYTE = 2**20
LARGEST_FILE = 10 * MEGABYTE
_STORY_BEGINS, _LONGEST_DATELINE = 5, 200


def read_document(data: bytes, name: str, *, title: str = "", published: date | None = None) -> Document:
    """Read a file's bytes; `name` is checked against the content, and `title` and `published` go before the file's own.

    Raises a subclass of `UnreadableDocument` that says what is wrong with the file and what to do.
    """
    if len(data) > LARGEST_FILE:
        size = math.ceil(len(data) / MEGABYTE * 10) / 10
        raise FileTooLarge(name, size=size, limit=LARGEST_FILE // MEGABYTE)
    if not data.strip(b" \t\r\n\x0b\x0c") or data in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        raise EmptyDocument(name)
    format_ = choose(data, name)
    parsed = format_.read(data, name)
    _check_length(parsed.text, name)
    document = document_from_text(parsed.text, title=title or parsed.title, published=published or parsed.published)
    check_text(document, name)
    return replace(document, media_type=format_.media_type)


def document_from_text(text: str, *, title: str = "", published: date | None = None) -> Document:
    """Plain text or Markdown as a Document: `text` stays as it is, the blocks point into it. Nothing is refused."""
    header = read_header(text)
    is_markdown = markdown.looks_like_markdown(text)
    blocks = markdown.blocks(text, header.end) if is_markdown else plain.blocks(text, header.end)
    found = title or header.title or (markdown.title_of(text, blocks) if is_markdown else plain.title_of(text, blocks))
    media_type = markdown.FORMAT.media_type if is_markdown else plain.FORMAT.media_type
    return Document(text, found, published or header.published, media_type, _without_dateline(text, blocks))


def _without_dateline(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A dateline is no part of the sentence behind it, so the story's first paragraph begins after it."""
    for index, block in enumerate(blocks[:_STORY_BEGINS]):
        end = dateline_end(text[block.start : min(block.end, block.start + _LONGEST_DATELINE)])
        if end and block.kind is BlockKind.PARAGRAPH:
            return (*blocks[:index], replace(block, start=block.start + end), *blocks[index + 1 :])
    return blocks


def check_text(document: Document, name: str) -> None:
    """What every text has to pass, however it came in.

    Raises `EmptyDocument`, `TextTooLong` or `NotEnglish`, with `name` in the message.
    """
    _check_length(document.text, name)
    if not any(c.isalnum() for c in document.text):
        raise EmptyDocument(name)
    if language := other_language(_prose(document.text, document.blocks)):
        raise NotEnglish(name, language=language)


def _check_length(text: str, name: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(name, length=len(text), limit=LONGEST_TEXT)


def _prose(text: str, blocks: tuple[Block, ...]) -> str:
    return "\n".join(text[b.start : b.end] for b in blocks if b.kind is not BlockKind.HEADING)
