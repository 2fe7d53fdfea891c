"""A sign for each kind, which differs from the others in shape too: not everybody sees the colours."""

from collections.abc import Callable

from bot.draw.canvas import BOLD, Canvas, Point

RADIUS = 11.0

Draw = Callable[[Canvas, Point, str, str], None]


def draw_mark(canvas: Canvas, kind: str, at: Point, colour: str, ground: str) -> None:
    """The sign of a kind, with a rim of the ground that parts it from what is behind it."""
    canvas.disc(at, RADIUS + 3, ground)
    _SIGNS.get(kind, _pledge)(canvas, at, colour, ground)


def draw_due(canvas: Canvas, at: Point, colour: str, ground: str) -> None:
    """The sign of a day by which something is due."""
    canvas.shape(_diamond(at, RADIUS + 1), colour, ground)


def _pledge(canvas: Canvas, at: Point, colour: str, _ground: str) -> None:
    canvas.disc(at, RADIUS, colour)


def _offer(canvas: Canvas, at: Point, colour: str, ground: str) -> None:
    canvas.ring(at, RADIUS, colour, ground, 4)


def _agreement(canvas: Canvas, at: Point, colour: str, ground: str) -> None:
    canvas.ring(at, RADIUS + 1, colour, ground, 3)
    canvas.disc(at, RADIUS - 5, colour)


def _plan(canvas: Canvas, at: Point, colour: str, _ground: str) -> None:
    side = RADIUS - 1.5
    canvas.box((at[0] - side, at[1] - side), (at[0] + side, at[1] + side), colour, 3)


def _refusal(canvas: Canvas, at: Point, colour: str, _ground: str) -> None:
    side = RADIUS - 3
    canvas.line([(at[0] - side, at[1] - side), (at[0] + side, at[1] + side)], colour, 5)
    canvas.line([(at[0] - side, at[1] + side), (at[0] + side, at[1] - side)], colour, 5)


def _withdrawal(canvas: Canvas, at: Point, colour: str, _ground: str) -> None:
    side = RADIUS
    canvas.shape([(at[0] - side, at[1] - side + 3), (at[0] + side, at[1] - side + 3), (at[0], at[1] + side)], colour)


def _fulfilment(canvas: Canvas, at: Point, colour: str, ground: str) -> None:
    canvas.disc(at, RADIUS + 1, colour)
    canvas.line([(at[0] - 5, at[1] + 0.5), (at[0] - 1.5, at[1] + 4), (at[0] + 5.5, at[1] - 4)], ground, 3.2)


def _question(canvas: Canvas, at: Point, colour: str, ground: str) -> None:
    canvas.ring(at, RADIUS + 1, colour, ground, 2.5)
    canvas.text((at[0], at[1] + 6), "?", 16, colour, BOLD, anchor="ms")


def _diamond(at: Point, side: float) -> list[Point]:
    return [(at[0], at[1] - side), (at[0] + side, at[1]), (at[0], at[1] + side), (at[0] - side, at[1])]


_SIGNS: dict[str, Draw] = {
    "pledge": _pledge,
    "offer": _offer,
    "agreement": _agreement,
    "plan": _plan,
    "refusal": _refusal,
    "withdrawal": _withdrawal,
    "fulfilment": _fulfilment,
    "question": _question,
}
