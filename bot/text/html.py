"""HTML: the main text as trafilatura finds it, with headings and lists; title and date from the page's own metadata.

Nothing is fetched and nothing guessed: the date is one that the page declares as its publication date.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from bot.domain import BlockKind
from bot.errors import EmptyDocument, TextTooLong
from bot.text import plain
from bot.text.charset import decode, is_text, is_utf
from bot.text.dates import parse_date
from bot.text.formats import LONGEST_TEXT, Format, Match, Parsed
from bot.text.layout import Piece, clean, lay_out, split_breaks
from bot.text.lines import word_set

_START = re.compile(
    rb"(?>\s*(?:<!--.*?-->|<\?xml[^>]*\?>))*+\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG = re.compile(rb"</(?:p|div|h[1-6]|li|ul|ol|table|article|section|body)\s*>", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_HIDDEN = word_set(
    "script style noscript template nav footer aside form button select svg iframe object video audio graphic"
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS, _ITEMS, _ROWS, _VERBATIM = {"ul", "ol", "list"}, {"li", "item"}, {"tr", "row"}, {"pre", "code"}
_BLOCKS = word_set(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure head header hgroup"
    " main p quote section summary table tbody td tfoot th thead cell"
) | {*_HEADINGS, *_LISTS, *_ITEMS, *_ROWS, "pre"}
_BREAK = "\x0b"
_DATE_NAMES = (
    *("article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date.issued"),
    *("dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "publication_date"),
    *("publish_date", "published_date", "pubdate", "publishdate", "citation_publication_date", "citation_date"),
    *("parsely-pub-date", "sailthru.date", "article.published", "date"),
)
_SHORT = 250
_LONGEST_PAGE = 2 * LONGEST_TEXT
# Browsers read these as Windows-1252, and so the pages are written.
_WEB_NAMES = dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252")


def _read(data: bytes, name: str) -> Parsed:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = html.document_fromstring(_decode(data, name).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise EmptyDocument(name) from error
    if (length := _visible_length(tree)) > _LONGEST_PAGE:
        raise TextTooLong(name, length=length, limit=LONGEST_TEXT)
    return Parsed(_text(tree), _title(tree), _published(tree))


def _visible_length(tree: Any) -> int:
    hidden = ("script", "style", "template", "noscript")
    return sum(len(e.text or "") + len(e.tail or "") for e in tree.iter() if e.tag not in hidden)


def _decode(data: bytes, name: str) -> str:
    """As the page declares, if it holds to it; a byte order mark and valid UTF-8 go before."""
    declared = _DECLARED.search(data[:4096])
    if declared and not is_utf(data):
        charset = declared[1].decode("ascii").lower()
        with suppress(UnicodeDecodeError, LookupError):
            return data.decode(_WEB_NAMES.get(charset, charset))
    return decode(data, name)


def _text(tree: Any) -> str:
    """The main text; the whole page without its furniture where the main part is too short to be all of it."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(tree, include_comments=False, include_formatting=False, with_metadata=False)
    main = lay_out(_pieces(found.body)) if found is not None else ""
    if len(main) >= _SHORT:
        return main
    body = tree.find("body")
    return max(main, lay_out(_pieces(tree if body is None else body)), key=len)


def _pieces(element: Any, depth: int = -1) -> Iterator[Piece]:
    """The pieces of an element, in HTML's vocabulary or trafilatura's; `depth` counts the lists around it from 0."""
    words = [_spaced(element.text)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _HIDDEN:
            if _is_block(child):
                yield from _flush(words, depth)
                yield from _block(child, depth)
            else:
                words.append(_inline(child))
        words.append(_spaced(child.tail))
    yield from _flush(words, depth)


def _block(element: Any, depth: int) -> Iterator[Piece]:
    tag = element.tag
    if tag in _HEADINGS or tag == "head":
        level = _HEADINGS.get(element.get("rend", "") if tag == "head" else tag, 2)
        yield Piece(BlockKind.HEADING, _inline(element).replace(_BREAK, " "), level)
    elif tag in _LISTS:
        yield from _pieces(element, depth + 1)
    elif tag in _ITEMS:
        yield from _pieces(element, max(depth, 0))
    elif tag in _VERBATIM:
        yield from _verbatim(
            element.text_content() if hasattr(element, "text_content") else "".join(element.itertext())
        )
    elif tag in _ROWS and not any(_is_block(part) for cell in element for part in cell):
        cells = (clean(_inline(cell)) for cell in element)
        yield Piece(BlockKind.PARAGRAPH, " | ".join(filter(None, cells)))
    else:
        yield from _pieces(element, depth)


def _flush(words: list[str], depth: int) -> Iterator[Piece]:
    kind = BlockKind.BULLET if depth >= 0 else BlockKind.PARAGRAPH
    for part in split_breaks("".join(words)):
        yield Piece(kind, part, max(depth, 0))
    words.clear()


def _verbatim(words: str) -> Iterator[Piece]:
    """Text set with line breaks of its own has the structure that plain text has."""
    for block in plain.blocks(words):
        yield Piece(block.kind, words[block.start : block.end], block.level)


def _is_block(element: Any) -> bool:
    """Whether an element stands on lines of its own, or holds one that does."""
    if not isinstance(element.tag, str):
        return False
    if element.tag in _VERBATIM:
        return any("\n" in words.strip() for words in element.itertext())
    return element.tag in _BLOCKS or next(element.iterdescendants(*_BLOCKS), None) is not None


def _inline(element: Any) -> str:
    """The words of an element and all in it; a line break is kept as a mark."""
    if element.tag in ("br", "lb"):
        return _BREAK
    parts = [_spaced(element.text)]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _HIDDEN:
            parts.append(_inline(child))
        parts.append(_spaced(child.tail))
    return "".join(parts)


def _spaced(words: str | None) -> str:
    return words.replace("\n", " ").replace("\r", " ") if words else ""


def _title(tree: Any) -> str:
    """What the page declares as its title, else its only main heading, else the `title` element."""
    for name in ("og:title", "citation_title", "dc.title", "dcterms.title", "headline"):
        if declared := _metadata(tree).get(name):
            return clean(declared)
    headings = [words for h1 in tree.iter("h1") if (words := clean(_inline(h1).replace(_BREAK, " ")))]
    if len(headings) == 1:
        return headings[0]
    return clean(next((words for element in tree.iter("title") if (words := element.text)), ""))


def _published(tree: Any) -> date | None:
    """The declared publication date: metadata, structured data, or a `time` marked as such."""
    found = _metadata(tree)
    declared = [found[name] for name in _DATE_NAMES if name in found]
    times = [
        element.get("datetime") or ""
        for element in tree.iter("time")
        if element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
    ]
    return next((day for words in [*declared, *_structured_dates(tree), *times] if (day := parse_date(words))), None)


def _metadata(tree: Any) -> dict[str, str]:
    """The page's `meta` elements by name, the first of each."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content := (meta.get("content") or "").strip():
            found.setdefault(name.strip().lower(), content)
    return found


def _structured_dates(tree: Any) -> list[str]:
    """`datePublished` in the page's JSON-LD."""
    found: list[str] = []
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                value = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            found += _dates_in(value)
    return found


def _dates_in(value: Any, depth: int = 0) -> list[str]:
    if depth > 4 or not isinstance(value, dict | list):
        return []
    if isinstance(value, list):
        return [words for entry in value for words in _dates_in(entry, depth + 1)]
    own = value.get("datePublished")
    inner = [words for key in ("@graph", "mainEntity") for words in _dates_in(value.get(key), depth + 1)]
    return [own, *inner] if isinstance(own, str) else inner


def _sniff(data: bytes) -> Match:
    if _START.match(data.removeprefix(b"\xef\xbb\xbf")[:8192]):
        return Match.CERTAIN
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Match.CERTAIN if _START.match(data[2:8192].replace(b"\x00", b"")) else Match.NO
    return Match.POSSIBLE if _BLOCK_TAG.search(data) and is_text(data) else Match.NO


FORMAT = Format("an HTML page", (".html", ".htm", ".xhtml"), "text/html", sniff=_sniff, read=_read, rank=30)
