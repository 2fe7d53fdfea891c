"""Cut a text into sentences for search and for the words around a quote: no language model, only punctuation.

These sentences need not be those of the extractor. What they must be is exact slices, in order, none of them huge.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain import Block, BlockKind

LONGEST = 1_000
"""No passage has more characters than this: a text of one line without a full stop is cut at blanks."""

_RUN = re.compile(r"[.!?…\"'”’»)\]]+")
_STOP = re.compile(r"[.!?…]")
_PARAGRAPH = re.compile(r"[^\n]+")
_SHORT_FORM = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|gen|lt|col|sgt|capt|sen|rep|gov|st|no|art|vs|etc|e\.g|i\.e|approx|inc|ltd|co|corp"
    r"|jan|feb|mar|apr|aug|sept?|oct|nov|dec)|\b[a-z])\.$",
    re.IGNORECASE,
)


class Passage(NamedTuple):
    """`text[start:end]`, of a block of this kind."""

    kind: str
    start: int
    end: int


def passages(text: str, blocks: tuple[Block, ...]) -> list[Passage]:
    """The sentences of all blocks in order; without blocks, every line is taken for a paragraph."""
    if not blocks:
        blocks = tuple(Block(BlockKind.PARAGRAPH, m.start(), m.end()) for m in _PARAGRAPH.finditer(text))
    return [
        Passage(block.kind.value, start, end)
        for block in blocks
        for first, last in _sentences(text, block)
        for start, end in _pieces(text, first, last)
    ]


def _sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    start = block.start
    if block.kind is not BlockKind.HEADING:
        for run in _RUN.finditer(text, block.start, block.end):
            if _ends(text, start, run):
                yield start, run.end()
                start = run.end()
    yield start, block.end


def _ends(text: str, start: int, run: re.Match[str]) -> bool:
    """Whether a run of marks ends a sentence: with a stop, not after an abbreviation, not before a small letter."""
    stop = _STOP.search(run[0])
    following = text[run.end() : run.end() + 12]
    if not stop or not following[:1].isspace() or following.lstrip()[:1].islower():
        return False
    end = run.start() + stop.end()
    return not _SHORT_FORM.search(text[max(start, end - 9) : end])


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without white space around it, cut where it is too long; nothing of an empty one."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    raw = text[start:end]
    if body := raw.strip():
        first = start + len(raw) - len(raw.lstrip())
        yield first, first + len(body)
