"""A page to draw on: in units of a page 800 wide, drawn larger than it is given out, so that edges are smooth.

The letters are those of a font that comes with the package, so that a picture is the same on every machine.
"""

import unicodedata
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH = 800
OUT = 2
"""Pixels for each unit of the picture that is given out."""
_FINER = 2
_SCALE = OUT * _FINER
ELLIPSIS = "…"
REGULAR, MEDIUM, BOLD = 400, 500, 650

Point = tuple[float, float]


@lru_cache(maxsize=32)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    data = files("fontpkg_inter").joinpath("files", "Inter[opsz,wght].ttf").read_bytes()
    font = ImageFont.truetype(BytesIO(data), size * _SCALE, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([min(32, max(14, size)), weight])
    return font


@lru_cache(maxsize=1)
def _missing() -> bytes:
    """What the font draws for a letter that it does not have."""
    return bytes(_font(20, REGULAR).getmask("\uffff"))


def legible(text: str) -> str:
    """The text, a letter that the font does not have as the one without its accent, or as a question mark."""
    return "".join(char if _drawn(char) else _plain(char) for char in text)


@lru_cache(maxsize=4096)
def _drawn(char: str) -> bool:
    if char.isascii():
        return char.isprintable()
    return unicodedata.category(char)[0] != "C" and bytes(_font(20, REGULAR).getmask(char)) != _missing()


def _plain(char: str) -> str:
    bare = unicodedata.normalize("NFKD", char)[:1]
    return bare if bare.isascii() and bare.isprintable() else "?"


def width(text: str, size: int, weight: int = REGULAR) -> float:
    """How wide a text is."""
    return _font(size, weight).getlength(text) / _SCALE


def wrapped(text: str, size: int, room: float, lines: int, weight: int = REGULAR) -> list[str]:
    """The text in at most so many lines that are no wider than `room`; what does not fit ends in an ellipsis."""
    found, words = [""], legible(text).split()
    for number, word in enumerate(words):
        longer = f"{found[-1]} {word}".strip()
        if width(longer, size, weight) <= room:
            found[-1] = longer
        elif len(found) < lines and found[-1]:
            found.append(_cut(word, size, room, weight))
        else:
            found[-1] = _cut(f"{found[-1]} {' '.join(words[number:])}".strip(), size, room, weight)
            break
    return found


def _cut(text: str, size: int, room: float, weight: int) -> str:
    if width(text, size, weight) <= room:
        return text
    while text and width(text + ELLIPSIS, size, weight) > room:
        text = text[:-1]
    return text.rstrip(" ,;:") + ELLIPSIS


class Canvas:
    """What is drawn on."""

    def __init__(self, height: float, ground: str) -> None:
        """An empty page."""
        self.height = height
        self._image = Image.new("RGB", (WIDTH * _SCALE, round(height * _SCALE)), ground)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, at: Point, text: str, size: int, colour: str, weight: int = REGULAR, anchor: str = "ls") -> None:
        """Words whose base line begins at a point; `anchor` as Pillow has it."""
        self._draw.text(_at(at), text, fill=colour, font=_font(size, weight), anchor=anchor)

    def line(self, points: list[Point], colour: str, thick: float = 1.5) -> None:
        """A line through points, with round joints."""
        self._draw.line([_at(each) for each in points], fill=colour, width=round(thick * _SCALE), joint="curve")
        for each in (points[0], points[-1]) if thick > 2 else ():
            self.disc(each, thick / 2, colour)

    def disc(self, at: Point, radius: float, colour: str) -> None:
        """A filled circle."""
        self._draw.ellipse(_around(at, radius), fill=colour)

    def ring(self, at: Point, radius: float, colour: str, ground: str, thick: float = 3.5) -> None:
        """A circle, with the ground in it."""
        self._draw.ellipse(_around(at, radius), fill=ground, outline=colour, width=round(thick * _SCALE))

    def box(self, corner: Point, other: Point, colour: str, round_by: float = 0) -> None:
        """A filled rectangle."""
        self._draw.rounded_rectangle([*_at(corner), *_at(other)], radius=round(round_by * _SCALE), fill=colour)

    def shape(self, points: list[Point], colour: str, ground: str = "", thick: float = 3) -> None:
        """A shape with corners: filled, or with the ground in it where one is given."""
        corners = [_at(each) for each in points]
        self._draw.polygon(corners, fill=ground or colour)
        if ground:
            self._draw.line([*corners, *corners[:2]], fill=colour, width=round(thick * _SCALE), joint="curve")

    def png(self) -> bytes:
        """The picture."""
        out = BytesIO()
        self._image.reduce(_FINER).quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()


def _at(point: Point) -> tuple[int, int]:
    return round(point[0] * _SCALE), round(point[1] * _SCALE)


def _around(at: Point, radius: float) -> list[int]:
    return [*_at((at[0] - radius, at[1] - radius)), *_at((at[0] + radius, at[1] + radius))]
