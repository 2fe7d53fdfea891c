"""The text of formats that have none of their own (HTML, PDF, DOCX): one block a line, in the manner of Markdown.

The blocks of such a document follow from this text as those of any text do, so that it can be read again as it is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import BlockKind
from bot.text.lines import ends_sentence

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_BREAK = re.compile(r"[\n\x0b\x0c\x85\u2028\u2029]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\xad": None, "\u200b": None})


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, paragraph or bullet on its way into the text. `level` as in `Block`."""

    kind: BlockKind
    text: str
    level: int = 0


def clean(words: str) -> str:
    """One line of words: white space collapsed, control characters and soft hyphens dropped, ligatures spelt out."""
    return " ".join(_CONTROL.sub("", words.translate(_LIGATURES)).split())


def split_breaks(words: str) -> list[str]:
    """The lines that line breaks make within a paragraph; one that goes on in small letters belongs to the last."""
    result: list[str] = []
    for part in (clean(part) for part in _BREAK.split(words)):
        if not part:
            continue
        if result and part[0].islower() and not ends_sentence(result[-1]):
            result[-1] = f"{result[-1]} {part}"
        else:
            result.append(part)
    return result


def lay_out(pieces: Iterable[Piece]) -> str:
    """The pieces as text: blank lines between them, but bullets of a list directly under one another."""
    result: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        words = clean(piece.text)
        if not words:
            continue
        if before:
            is_list = before.kind is piece.kind is BlockKind.BULLET
            result.append("\n" if is_list else "\n\n")
        result.append(f"{_mark(piece)}{words}")
        before = piece
    return "".join(result)


def _mark(piece: Piece) -> str:
    if piece.kind is BlockKind.HEADING:
        return "#" * min(max(piece.level, 1), 6) + " "
    return "  " * piece.level + "- " if piece.kind is BlockKind.BULLET else ""
