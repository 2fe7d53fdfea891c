"""Who speaks where in a transcript, read off the labels at the beginning of paragraphs ("QUESTION:", "MR PRICE:").

`turns_of(document)` gives the turns of a transcript in order, and none where the document is none. What is said to a
question is found in `bot.extract.replies`.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import BlockKind, Document
from bot.extract.clauses import plain

LABEL = re.compile(r"(?P<name>[A-Z][\w.\u2019'()-]*(?: [\w.\u2019'()-]+){0,7}):(?=\s|$)")
ASKERS = frozenset({"question", "q", "reporter", "journalist", "interviewer", "audience", "audience member", "host"})
CHAIRS = frozenset({"operator", "moderator", "chair", "staff"})
_FEWEST = 3
_WORDS = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says at a stretch: `text[start:end]`, the label included."""

    speaker: str
    start: int
    end: int

    @property
    def asks(self) -> bool:
        """Whether the label says that this is somebody who puts questions."""
        return self.speaker in ASKERS

    @property
    def chairs(self) -> bool:
        """Whether the label says that this is somebody who only gives the word to others."""
        return self.speaker in CHAIRS


def turns_of(document: Document) -> tuple[Turn, ...]:
    """The turns of a transcript in text order; empty for any other document."""
    blocks = [block for block in document.blocks if block.kind is not BlockKind.BULLET]
    labels = [_label(document.text[block.start : block.end]) for block in blocks]
    counts = Counter(label for label in labels if label)
    known = {label for label, count in counts.items() if count > 1 or plain(label) in ASKERS | CHAIRS}
    if len(known) < 2 or sum(counts[label] for label in known) < _FEWEST:
        return ()
    turns: list[Turn] = []
    for block, label in zip(blocks, labels, strict=True):
        if label and (label in known or label.isupper()):
            turns.append(Turn(plain(label), block.start, block.end))
        elif turns:
            turns[-1] = Turn(turns[-1].speaker, turns[-1].start, block.end)
    return tuple(turns)


def _label(text: str) -> str:
    found = LABEL.match(text)
    if found is None:
        return ""
    name = found["name"]
    return name if name.isupper() or plain(name) in ASKERS | CHAIRS or len(name.split()) <= 3 else ""


def turn_at(turns: Sequence[Turn], place: int) -> Turn | None:
    """The turn in which a place lies."""
    number = bisect_right(turns, place, key=lambda turn: turn.start) - 1
    return turns[number] if number >= 0 and place < turns[number].end else None


def is_full_question(said: str) -> bool:
    """Whether a turn asks something new, and not only "Sorry?" or "And then?"."""
    return said.rstrip().endswith("?") and len(said.partition(":")[2].split()) >= _WORDS


def without_label(text: str) -> str:
    """A speaker's words without the label before them."""
    label = LABEL.match(text)
    return text[label.end() :].lstrip() if label is not None and label["name"].isupper() else text
