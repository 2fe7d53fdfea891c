"""Markdown: the structure that markdown-it finds, as places in the text as it stands."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from bot.domain import Block, BlockKind
from bot.text import plain
from bot.text.charset import decode, is_text
from bot.text.formats import Format, Match, Parsed
from bot.text.lines import ends_sentence, lines
from bot.text.units import units

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SIGNS = re.compile(r"(?:^|[\r\n]) {0,3}#{1,6}[ \t]+[^\s#]|(?:^|[\r\n])\w[^\r\n]*(?:\r\n?|\n)={3,}[ \t]*(?:[\r\n]|$)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_INVISIBLE = re.compile(r"\s*<(?:!--|script|style|template)", re.IGNORECASE)
_TAGS_ONLY = re.compile(r"(?:\s*</?[a-zA-Z][^<>]*>)+\s*$")
_REFERENCE = re.compile(r"\[[^\]]+\]:\s*<?(?:\w+:|www\.|[/#.])\S*")
_INLINE = re.compile(r"\*{1,3}|_{2,3}|`+|(?<!\w)_|_(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_LONGEST_HEADING = 200

Place = tuple[int, int]


def looks_like_markdown(text: str) -> bool:
    """Whether the text has headings that only Markdown writes so."""
    return _SIGNS.search(text) is not None


def blocks(text: str, start: int = 0) -> tuple[Block, ...]:
    """The structure of Markdown from `start` on; HTML comments, link targets and rules are left out."""
    body = text[start:]
    places = [(start + m.start(), start + m.end()) for m in _LINE.finditer(body)]
    found: list[Block] = []
    for block in _blocks(text, places, _parser().parse(body)):
        is_later = not found or block.start >= found[-1].end
        if is_later and any(c.isalnum() for c in text[block.start : block.end]):
            found.append(block)
    return tuple(found)


def title_of(text: str, found: tuple[Block, ...]) -> str:
    """The first heading of the first level, without its inline marks."""
    first = next((b for b in found if b.kind is BlockKind.HEADING and b.level == 1), None)
    return _INLINE.sub("", _LINK.sub(r"\1", text[first.start : first.end])).strip() if first else ""


@cache
def _parser() -> "MarkdownIt":
    """Blocks only: inline marks stay in the text, and what is indented or in brackets is prose here, not code."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").disable(["reference", "code", "inline"])


def _blocks(text: str, places: list[Place], tokens: list["Token"]) -> Iterator[Block]:
    """Walk the tokens: what holds text has a map of lines, and the tokens before it say what it is."""
    depth, after = 0, 0
    for index, token in enumerate(tokens):
        depth += (token.type == "list_item_open") - (token.type == "list_item_close")
        if token.map is None or token.map[0] >= token.map[1]:
            continue
        if token.type == "inline":
            place = places[token.map[0]][0], places[token.map[1] - 1][1]
            is_item = index > 1 and tokens[index - 2].type == "list_item_open"
            found = _inline(text, place, token, tokens[index - 1], depth if is_item else 0, after)
        else:
            found = _raw(text, places, token)
        for block in found:
            after = block.end
            yield block


def _inline(text: str, place: Place, token: "Token", opener: "Token", depth: int, after: int) -> list[Block]:
    if opener.tag in ("td", "th"):
        cell = _find(text, max(place[0], after), place[1], token.content)
        return [Block(BlockKind.PARAGRAPH, *cell)] if cell and token.content else []
    if opener.type == "heading_open" and (opener.markup[0] == "#" or _may_be_heading(token.content)):
        found = _find(text, *place, token.content)
        return [Block(BlockKind.HEADING, *found, int(opener.tag[1]))] if found else []
    return _prose(text, place, depth)


def _may_be_heading(content: str) -> bool:
    """A paragraph that a `---` happens to follow is a heading to Markdown but not to a reader."""
    return len(content) <= _LONGEST_HEADING and "\n" not in content and not ends_sentence(content)


def _find(text: str, start: int, end: int, content: str) -> Place | None:
    words = content.strip()
    at = text.find(words, start, end)
    return (at, at + len(words)) if at >= 0 else None


def _prose(text: str, place: Place, depth: int) -> list[Block]:
    """A paragraph's lines: one block, or several where its lines are paragraphs or bullets by their looks."""
    found = [line for line in lines(text, *place) if not _is_markup(text[line.start : line.end])]
    result = []
    for index, unit in enumerate(units(text, found, flowing=True)):
        kind = BlockKind.BULLET if unit.bullet else BlockKind.PARAGRAPH
        level = max(0, depth - 1) if index == 0 else unit.depth
        plain_block = Block(kind, unit.start, unit.end, level if unit.bullet else 0)
        result.append(plain.emphasised_heading(text, unit) or plain_block)
    return result


def _is_markup(words: str) -> bool:
    return bool(_TAGS_ONLY.fullmatch(words) or _REFERENCE.fullmatch(words))


def _raw(text: str, places: list[Place], token: "Token") -> list[Block]:
    """A fence without a language holds quoted text, one with a language holds code; HTML counts by its lines."""
    if token.map is None or token.type not in ("fence", "html_block"):
        return []
    if token.info.strip() or (token.type == "html_block" and _INVISIBLE.match(token.content)):
        return []
    first = token.map[0] + (token.type == "fence")
    last = min(first + token.content.count("\n"), len(places))
    return _prose(text, (places[first][0], places[last - 1][1]), 0) if first < last else []


def _read(data: bytes, name: str) -> Parsed:
    return Parsed(decode(data, name))


def _sniff(data: bytes) -> Match:
    return Match.POSSIBLE if is_text(data) else Match.NO


FORMAT = Format("Markdown", (".md", ".markdown"), "text/markdown", sniff=_sniff, read=_read, rank=95)
