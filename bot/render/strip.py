"""Where in a text things stand, in a line of marks and in words."""

from collections.abc import Sequence

from bot.render.words import plural
from bot.texts import _

BARS = "▁▂▃▄▅▆▇█"
NONE = "·"
LONG = 4_000
"""Characters from which a text is long: of a shorter one the quotes say enough."""
CELLS = 20
_FEW = 4


def strip(places: Sequence[int], length: int) -> str:
    """`Where: ▂·▇▁··▂ (start to end), most from 10% to 15%: 5 of 9 quotes`; "" for a short text or few places."""
    if length < LONG or len(places) < _FEW:
        return ""
    counts = [0] * CELLS
    for place in places:
        counts[min(CELLS - 1, place * CELLS // length)] += 1
    most = max(counts)
    marks = "".join(BARS[(len(BARS) - 1) * count // most] if count else NONE for count in counts)
    at, cell = counts.index(most), 100 // CELLS
    said = _(
        "most from {start}% to {end}%: {most} of {quotes}",
        start=at * cell,
        end=(at + 1) * cell,
        most=most,
        quotes=plural(len(places), "quote"),
    )
    return _("Where: {marks} (start to end), {said}", marks=marks, said=said)
