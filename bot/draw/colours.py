"""The colours of a picture on Discord's dark and light backgrounds; each kind has a shape of its own besides."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """Background, words, quiet words, lines, commitments of any kind, and one colour for each kind."""

    ground: str
    words: str
    quiet: str
    line: str
    commitments: str
    kinds: Mapping[str, str]


PALETTES = {
    Theme.DARK: Palette(
        "#232428",
        "#F2F3F5",
        "#B5BAC1",
        "#3A3C42",
        "#7C86F7",
        {
            "pledge": "#57C98A",
            "offer": "#62AEF7",
            "agreement": "#B794F6",
            "plan": "#E6DC6A",
            "refusal": "#F47174",
            "withdrawal": "#F5A35C",
            "fulfilment": "#3ED9B0",
            "question": "#F0B94A",
        },
    ),
    Theme.LIGHT: Palette(
        "#FFFFFF",
        "#1E1F22",
        "#5C5E66",
        "#E1E3E8",
        "#5865F2",
        {
            "pledge": "#1F8B4C",
            "offer": "#1D6FD1",
            "agreement": "#7645D9",
            "plan": "#8F7A00",
            "refusal": "#C9302C",
            "withdrawal": "#C2570C",
            "fulfilment": "#0B7F6B",
            "question": "#A36A00",
        },
    ),
}
