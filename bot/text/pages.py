"""Lines on pages, with their places and letter sizes, joined into headings, bullets and paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain import BlockKind
from bot.text.layout import Piece
from bot.text.lines import Line, bullet_end, ends_sentence, word_set

_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.1
_LARGER = 1.12
_SLACK = 1.25
_CLOSEST, _FARTHEST = 0.8, 2.5
_GAP = 1.25
_SAME_LINE, _SAME_LEFT, _COLUMN = 0.3, 4.0, 72.0
_LONE_MARKS = frozenset("•‣◦▪●○■✓✔")
_MOST_HEADING_LINES, _LONGEST_HEADING = 3, 200
_KEPT_HYPHENS = word_set(
    "anglo- co- cross- ex- half- high- inter- long- low- mid- multi- non- post- pre- pro- quasi- self- semi- short-"
    " sub- vice- well-"
)


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page: its words, its place in points from the page's lower left, and its letters' size.

    `place` is how high on the page it stands, from 0 (bottom) to 1.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float
    bold: bool
    place: float


@dataclass(frozen=True, slots=True)
class Shape:
    """What is usual in a document: body letters, the step from line to line in letter sizes, and the right margins."""

    size: float
    step: float
    margins: dict[tuple[int, int], float]

    def is_full(self, line: PageLine, following: PageLine) -> bool:
        """Whether the following line's first word had no room in this one."""
        width = (line.right - line.left) / max(1, len(line.text))
        word = following.text.split(maxsplit=1)[0]
        margin = self.margins.get(_column(line), line.right)
        return line.right + (len(word) + 1) * width * _SLACK > margin


def pieces(lines: Sequence[PageLine]) -> Iterator[Piece]:
    """The pieces that the lines make up, without running heads and page numbers."""
    body = _without_furniture(lines)
    if not body:
        return
    shape = _shape(body)
    groups = _joined(body, shape)
    levels = _heading_levels(groups, shape)
    hyphenated = _hyphenated(body)
    lefts: list[float] = []
    for group in groups:
        yield _piece(group, levels, hyphenated, lefts)


def _without_furniture(lines: Sequence[PageLine]) -> list[PageLine]:
    """Without page numbers in the margins, and without what stands there again on at least half of the pages."""
    margins = [line for line in lines if not _MARGIN < line.place < 1 - _MARGIN]
    pages = Counter(key for _, key in {(line.page, _running(line)) for line in margins})
    often = max(2, (max((line.page for line in lines), default=0) + 1) / 2)
    furniture = {id(a) for a in margins if _PAGE_NUMBER.match(a.text) or pages[_running(a)] >= often}
    return [line for line in lines if id(line) not in furniture]


def _running(line: PageLine) -> tuple[str, float]:
    return _DIGITS.sub("0", line.text), line.size


def _shape(body: Sequence[PageLine]) -> Shape:
    sizes: Counter[float] = Counter()
    margins: dict[tuple[int, int], float] = {}
    for line in body:
        sizes[line.size] += len(line.text)
        margins[_column(line)] = max(line.right, margins.get(_column(line), 0.0))
    size = sizes.most_common(1)[0][0]
    pairs = pairwise(body)
    steps = Counter(round((a.bottom - b.bottom) / size, 1) for a, b in pairs if a.size == b.size == size)
    usual = [step for step, _ in steps.most_common() if _CLOSEST <= step <= _FARTHEST]
    return Shape(size, usual[0] if usual else _FARTHEST, margins)


def _column(line: PageLine) -> tuple[int, int]:
    """Lines of a column begin at about the same place; a list's indent still belongs to it."""
    return line.page, round(line.left / _COLUMN)


def _joined(body: Sequence[PageLine], shape: Shape) -> list[list[PageLine]]:
    groups = [[body[0]]]
    for line in body[1:]:
        if _continues(groups[-1], line, shape):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(group: Sequence[PageLine], line: PageLine, shape: Shape) -> bool:
    """Whether a line goes on with the piece that the lines before it make up."""
    before = group[-1]
    step = (before.bottom - line.bottom) / before.size if before.page == line.page else -1.0
    if abs(step) < _SAME_LINE and before.page == line.page:
        return True
    if _mark_end(line.text) or not 1 / _LARGER < line.size / before.size < _LARGER:
        return False
    ended, is_full = ends_sentence(before.text), shape.is_full(before, line)
    if step < 0:
        return not ended and before.size == shape.size and (line.text[0].islower() or is_full)
    if step > shape.step * _GAP or (before.bold != line.bold and not is_full):
        return False
    is_indented = line.left > before.left + line.size and not (len(group) == 1 and _mark_end(before.text))
    if is_indented and ended:
        return False
    return is_full or (not ended and line.text[0].islower())


def _heading_levels(groups: Sequence[Sequence[PageLine]], shape: Shape) -> dict[tuple[float, bool], int]:
    """The level of each kind of letters that headings are set in; a size used once, at the top, is the title's."""
    looks = Counter(_look(group) for group in groups if _may_be_heading(group, shape))
    ranked = sorted(looks, reverse=True)
    first = next((_look(group) for group in groups if _may_be_heading(group, shape)), None)
    has_title = bool(ranked) and looks[ranked[0]] == 1 and first == ranked[0]
    return {look: min(rank + (1 if has_title else 2), 6) for rank, look in enumerate(ranked)}


def _look(group: Sequence[PageLine]) -> tuple[float, bool]:
    return group[0].size, group[0].bold


def _may_be_heading(group: Sequence[PageLine], shape: Shape) -> bool:
    """Larger letters than the body's, or bold ones in a line of their own; no sentence either way."""
    length = sum(len(line.text) for line in group)
    if len(group) > _MOST_HEADING_LINES or length > _LONGEST_HEADING or ends_sentence(group[-1].text):
        return False
    if not any(c.isalpha() for c in group[0].text):
        return False
    return group[0].size >= shape.size * _LARGER or (len(group) == 1 and group[0].bold)


def _piece(
    group: Sequence[PageLine], levels: dict[tuple[float, bool], int], hyphenated: frozenset[str], lefts: list[float]
) -> Piece:
    text = _text(group, hyphenated)
    is_heading = len(group) <= _MOST_HEADING_LINES and len(text) <= _LONGEST_HEADING and not ends_sentence(text)
    if is_heading and _look(group) in levels:
        lefts.clear()
        return Piece(BlockKind.HEADING, text, levels[_look(group)])
    if mark := _mark_end(text):
        return Piece(BlockKind.BULLET, text[mark:], _depth(group[0].left, lefts))
    lefts.clear()
    return Piece(BlockKind.PARAGRAPH, text)


def _depth(left: float, lefts: list[float]) -> int:
    """How deep a bullet is nested, by how far in it stands compared with the bullets over it."""
    while lefts and left < lefts[-1] - _SAME_LEFT:
        lefts.pop()
    if not lefts or left > lefts[-1] + _SAME_LEFT:
        lefts.append(left)
    return len(lefts) - 1


def _mark_end(text: str) -> int | None:
    return bullet_end(text, Line(0, 0, len(text), True)) or (len(text) if text in _LONE_MARKS else None)


def _text(group: Sequence[PageLine], hyphenated: frozenset[str]) -> str:
    """The lines as one; a word that was broken at a line's end is made whole again."""
    text = group[0].text
    for line in group[1:]:
        _, _, tail = text.rpartition(" ")
        first = line.text.split(maxsplit=1)[0]
        if not tail.endswith("-") or not tail[:-1].isalpha() or not first[0].islower():
            text = f"{text} {line.text}"
        elif tail.lower() in _KEPT_HYPHENS or _bare(tail + first) in hyphenated:
            text = f"{text}{line.text}"
        else:
            text = f"{text[:-1]}{line.text}"
    return text


def _hyphenated(body: Sequence[PageLine]) -> frozenset[str]:
    """The words that the document writes with a hyphen within a line."""
    return frozenset(_bare(word) for line in body for word in line.text.split() if "-" in word[1:-1])


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]\"'“”‘’").lower()
