"""Lines joined into the units that a reader sees: bullets and paragraphs, hard-wrapped or one to a line."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.text.lines import Line, bullet_end, ends_sentence, is_numbered, is_rule, is_turn

_NARROWEST, _WIDEST = 45, 125
"""A hard-wrapped text's longest line lies between these; beyond, a line is a paragraph."""
_MUCH_LONGER = 3


class Shape(NamedTuple):
    """How a group of lines is set: the width it was wrapped at (0 where it was not), and whether it is flowing text."""

    width: int
    flowing: bool


class Unit(NamedTuple):
    """One or several lines that belong together: `text[start:end]` without a bullet's mark.

    `new` is whether a blank line stands before it, `ruled` whether an ornament such as `-----` underlines it.
    """

    start: int
    end: int
    rows: int
    new: bool
    bullet: bool = False
    numbered: bool = False
    depth: int = 0
    ruled: bool = False


def units(text: str, found: Iterable[Line], *, flowing: bool = False) -> list[Unit]:
    """Join lines into units; ornaments are left out, and bullets get their depth from their indents.

    In `flowing` text (a Markdown paragraph) a line without a final mark goes on, unless a far longer one follows.
    """
    result: list[Unit] = []
    indents: list[int] = []
    groups = list(_groups(found))
    wrapped = any(_breaks_sentences(text, group) for group in groups)
    for group in groups:
        shape = Shape(_wrap_width(text, group) if wrapped else 0, flowing)
        for joined in _joined(text, group, shape):
            if is_rule(text, joined[0]):
                _underline(text, result, joined[0])
                continue
            unit = _unit(text, joined, indents)
            if not unit.bullet:
                indents.clear()
            result.append(unit)
    return result


def _groups(found: Iterable[Line]) -> Iterator[list[Line]]:
    """Runs of lines without a blank line in between."""
    group: list[Line] = []
    for line in found:
        if line.new and group:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _joined(text: str, group: Sequence[Line], shape: Shape) -> Iterator[list[Line]]:
    """The group's lines, those that continue one another together."""
    if len(group) == 1:
        yield [group[0]]
        return
    marks = [bullet_end(text, line) for line in group]
    at = 0
    for index in range(1, len(group) + 1):
        if index == len(group) or not _continues(text, group, marks, at, index, shape):
            yield list(group[at:index])
            at = index


def _breaks_sentences(text: str, group: Sequence[Line]) -> bool:
    """Whether a full line stops in the middle of a sentence that the next one goes on with in small letters.

    One such place proves a text to be hard-wrapped; texts with a paragraph to a line have none.
    """
    width = _width(group)
    return bool(width) and any(text[b.start].islower() for _, b in _unfinished(text, group, width))


def _wrap_width(text: str, group: Sequence[Line]) -> int:
    """The width at which the group's lines were broken; 0 where no full line stops in the middle of a sentence."""
    width = _width(group)
    return width if width and any(_unfinished(text, group, width)) else 0


def _width(group: Sequence[Line]) -> int:
    width = max(line.width for line in group) if len(group) > 1 else 0
    return width if _NARROWEST <= width <= _WIDEST else 0


def _unfinished(text: str, group: Sequence[Line], width: int) -> Iterator[tuple[Line, Line]]:
    """The pairs of lines where the first is full, has no final mark, and no bullet follows."""
    for a, b in pairwise(group):
        if _is_full(text, a, b, width) and not ends_sentence(text[a.start : a.end]) and bullet_end(text, b) is None:
            yield a, b


def _is_full(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether the next line's first word had no room in this one."""
    word = text[following.start : following.end].split(maxsplit=1)[0]
    return line.width + 1 + len(word) > width


def _continues(
    text: str, group: Sequence[Line], marks: Sequence[int | None], first: int, index: int, shape: Shape
) -> bool:
    """Whether line `index` goes on with the unit that began at line `first`."""
    line, before = group[index], group[index - 1]
    if marks[index] is not None or is_rule(text, line) or is_rule(text, before):
        return False
    words = text[line.start : line.end]
    if is_turn(words):
        return False
    ended = ends_sentence(text[before.start : before.end])
    if not ended and words[0].islower():
        return True
    mark = marks[first]
    width = shape.width
    if mark is not None:
        return _continues_bullet(line, group[first], mark, ended=ended, wrapped=bool(width))
    if shape.flowing and not ended:
        return line.width < _MUCH_LONGER * before.width
    if not width or not _is_full(text, before, line, width) or (line.indent > before.indent + 1 and ended):
        return False
    return not ended or not _stands_alone(text, group, index, width)


def _continues_bullet(line: Line, item: Line, mark: int, *, ended: bool, wrapped: bool) -> bool:
    """A line set in under its bullet's words goes on with it; one at the margin only in the middle of a sentence."""
    if line.indent > item.indent:
        return line.indent >= mark - item.left or wrapped or not ended
    return wrapped and not ended


def _stands_alone(text: str, group: Sequence[Line], index: int, width: int) -> bool:
    """Whether a line after a full stop looks like a heading between paragraphs: short, no final mark, no sequel."""
    line = group[index]
    if ends_sentence(text[line.start : line.end]):
        return False
    return index + 1 < len(group) and not _is_full(text, line, group[index + 1], width)


def _underline(text: str, result: list[Unit], rule: Line) -> None:
    is_line = len(set(text[rule.start : rule.end])) == 1 and text[rule.start] in "-=_~"
    if is_line and result and not rule.new and result[-1].rows == 1 and not result[-1].bullet:
        result[-1] = result[-1]._replace(ruled=True)


def _unit(text: str, joined: Sequence[Line], indents: list[int]) -> Unit:
    first, end = joined[0], joined[-1].end
    mark = bullet_end(text, first)
    if mark is None:
        return Unit(first.start, end, len(joined), first.new)
    while indents and first.indent < indents[-1]:
        indents.pop()
    if not indents or first.indent > indents[-1]:
        indents.append(first.indent)
    return Unit(mark, end, len(joined), first.new, True, is_numbered(text, first), len(indents) - 1)
