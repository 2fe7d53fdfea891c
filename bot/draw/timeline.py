"""A timeline: above, how much was said when; below, entry by entry, what was said on which day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import Picture, Theme
from bot.draw.axis import Axis
from bot.draw.canvas import BOLD, MEDIUM, WIDTH, Canvas, legible, width, wrapped
from bot.draw.colours import PALETTES, Palette
from bot.draw.marks import RADIUS, draw_due, draw_mark
from bot.render.timeline import QUESTION, Chart, Row, says, span

NAME = "timeline.png"
EDGE = 36.0
TITLE, WORDS, SMALL = 42, 30, 26
_LINE, _TRACK, _GAP = 38.0, 36.0, 20.0
_HEAD, _BARS, _FOOT = 122.0, 84.0, 48.0
_INDENT = 16.0
_BUCKETS = 28


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its words in lines, and where it begins."""

    row: Row
    lines: tuple[str, ...]
    top: float

    @property
    def track(self) -> float:
        """Where its line of days runs."""
        return self.top + len(self.lines) * _LINE + _TRACK / 2 + 1

    @property
    def bottom(self) -> float:
        """Where the next may begin."""
        return self.track + _TRACK / 2 + _GAP


def draw_timeline(chart: Chart, theme: Theme = Theme.DARK) -> Picture:
    """The picture as a PNG, 1600 pixels wide, to be legible at the width of a phone."""
    palette = PALETTES[theme]
    bars = _BARS if chart.more else 0.0
    rows = _placed(chart.rows, _HEAD + bars)
    legend = _legend(chart)
    base = rows[-1].bottom
    canvas = Canvas(base + _FOOT + len(legend) * 40 + 26, palette.ground)
    axis = Axis(chart.first, chart.end, EDGE + _INDENT, WIDTH - EDGE - _INDENT)
    _head(canvas, chart, palette)
    _days(canvas, axis, palette, _HEAD - 8, base)
    if bars:
        _bars(canvas, chart, axis, palette, _HEAD + bars - 22)
    for placed in rows:
        _row(canvas, placed, axis, palette)
    _key(canvas, legend, palette, base + _FOOT + 26)
    return Picture(NAME, canvas.png(), says(chart))


def _placed(rows: Sequence[Row], top: float) -> list[Placed]:
    found: list[Placed] = []
    for row in rows:
        room = WIDTH - 2 * EDGE - width(f"{row.id}  ", WORDS, BOLD)
        lines = tuple(wrapped(row.words, WORDS, room, 2))
        found.append(Placed(row, lines, found[-1].bottom if found else top))
    return found


def _head(canvas: Canvas, chart: Chart, palette: Palette) -> None:
    (title,) = wrapped(chart.title, TITLE, WIDTH - 2 * EDGE, 1, BOLD)
    canvas.text((EDGE, 56), title, TITLE, palette.words, BOLD)
    canvas.text((EDGE, 95), f"{chart.counts} · {span(chart.first, chart.last)}", SMALL, palette.quiet)


def _days(canvas: Canvas, axis: Axis, palette: Palette, top: float, base: float) -> None:
    """The named days: a faint line through all rows, the name below."""
    canvas.line([(EDGE, base), (WIDTH - EDGE, base)], palette.line, 2)
    free = 0.0
    for when, name in axis.ticks():
        at = axis.place(when)
        canvas.line([(at, top), (at, base + 6)], palette.line)
        half = width(name, SMALL) / 2
        middle = min(max(at, EDGE + half), WIDTH - EDGE - half)
        if middle - half >= free:
            canvas.text((middle, base + 33), name, SMALL, palette.quiet, anchor="ms")
            free = middle + half + 14


def _bars(canvas: Canvas, chart: Chart, axis: Axis, palette: Palette, base: float) -> None:
    """How many commitments (below) and questions (above) were spoken of over time, all entries together."""
    days = max(1, (chart.end - chart.first).days)
    counts: Counter[tuple[int, bool]] = Counter()
    for mark in chart.every:
        counts[min(_BUCKETS - 1, (mark.when - chart.first).days * _BUCKETS // days), mark.kind == QUESTION] += 1
    most = max(counts[bucket, False] + counts[bucket, True] for bucket in range(_BUCKETS))
    wide = (axis.right - axis.left) / _BUCKETS
    for bucket in range(_BUCKETS):
        left, top = axis.left + bucket * wide, base
        for is_question, colour in ((False, palette.commitments), (True, palette.kinds[QUESTION])):
            high = counts[bucket, is_question] * (_BARS - 30) / most
            if high:
                canvas.box((left + 2, top - high), (left + wide - 2, top), colour, 2)
                top -= high + 1
    canvas.line([(EDGE, base), (WIDTH - EDGE, base)], palette.line, 2)


def _row(canvas: Canvas, placed: Placed, axis: Axis, palette: Palette) -> None:
    row = placed.row
    colour = palette.kinds.get(row.marks[-1].kind, palette.quiet)
    indent = width(f"{row.id}  ", WORDS, BOLD)
    canvas.text((EDGE, placed.top + 28), row.id, WORDS, colour, BOLD)
    for number, line in enumerate(placed.lines):
        canvas.text((EDGE + indent, placed.top + 28 + number * _LINE), line, WORDS, palette.words)
    _track(canvas, placed, axis, palette)


def _track(canvas: Canvas, placed: Placed, axis: Axis, palette: Palette) -> None:
    """The entry's line of days, from the first time that it was said to the last, and on to the day it is due."""
    row, high = placed.row, placed.track
    canvas.line([(EDGE, high), (WIDTH - EDGE, high)], palette.line, 2)
    last = row.marks[-1]
    colour = palette.kinds.get(last.kind, palette.quiet)
    first, until = axis.place(row.marks[0].when), axis.place(last.when)
    canvas.line([(first, high), (until, high)], colour, 5)
    if row.due and last.when < row.due <= axis.end:
        _dashes(canvas, until, axis.place(row.due), high, colour)
        draw_due(canvas, (axis.place(row.due), high), colour, palette.ground)
    for mark in row.marks:
        tone = palette.kinds.get(mark.kind, palette.quiet)
        draw_mark(canvas, mark.kind, (axis.place(mark.when), high), tone, palette.ground)


def _dashes(canvas: Canvas, left: float, right: float, high: float, colour: str) -> None:
    at = left + RADIUS + 6
    while at < right - RADIUS:
        canvas.line([(at, high), (min(at + 6, right), high)], colour, 2)
        at += 12


def _legend(chart: Chart) -> list[list[str]]:
    """The kinds that are drawn, and whether a day that is due is, in lines that fit."""
    drawn = {mark.kind for row in chart.rows for mark in row.marks}
    due = any(row.due and row.marks[-1].when < row.due <= chart.end for row in chart.rows)
    names = [name for name in PALETTES[Theme.DARK].kinds if name in drawn] + (["due"] if due else [])
    lines: list[list[str]] = [[]]
    for name in names:
        if sum(_key_width(each) for each in [*lines[-1], name]) > WIDTH - 2 * EDGE + 24:
            lines.append([])
        lines[-1].append(name)
    return lines


def _key_width(name: str) -> float:
    return 2 * RADIUS + 10 + width(name, SMALL, MEDIUM) + 26


def _key(canvas: Canvas, legend: Sequence[Sequence[str]], palette: Palette, top: float) -> None:
    for number, names in enumerate(legend):
        left, high = EDGE, top + number * 40
        for name in names:
            at = (left + RADIUS, high)
            if name == "due":
                draw_due(canvas, at, palette.quiet, palette.ground)
            else:
                draw_mark(canvas, name, at, palette.kinds[name], palette.ground)
            canvas.text((left + 2 * RADIUS + 10, high + 9), legible(name), SMALL, palette.quiet, MEDIUM)
            left += _key_width(name)
