"""A text's lines with their places, and what can be told from a single one: bullet, rule, turn, full stop."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_QUOTE_MARK = re.compile(r"\s*(?:>\s*)*")
_MARKS = "✓✔✅✗✘❌☐☑☒"
_BULLET = re.compile(
    rf"(?:[-*+•‣◦▪●○■·–—➢➤→►{_MARKS}]|\(?\d{{1,3}}[.)]|\(?[a-z]\)|\([ivx]{{1,4}}\))\s+"
    rf"(?=\S)(?:\[[ xX]\]\s+|[{_MARKS}]\s+)*"
    rf"|[•‣▪●{_MARKS}](?=\w)"
)
_NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s")
_TURN = re.compile(r"(?:[A-Z][A-Z.’'()-]*(?:\s[A-Z0-9.’'()-]+){0,6}|[QA]|[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}):\s")
_END_MARKS = ".!?:;…。"
_CLOSERS = "\"'”’»)]*_"


def word_set(listed: str) -> frozenset[str]:
    """The words that stand in `listed`, for lookups."""
    return frozenset(listed.split())


class Line(NamedTuple):
    """A line that is not blank: `text[start:end]` without the white space and `>` marks around it.

    `left` is where the physical line begins, `new` whether a blank line (or the text's beginning) stands before it.
    """

    left: int
    start: int
    end: int
    new: bool

    @property
    def indent(self) -> int:
        """How far in the content begins."""
        return self.start - self.left

    @property
    def width(self) -> int:
        """The length of the line as it would be seen, without trailing white space."""
        return self.end - self.left


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]` that are not blank, in order."""
    last, blank = start, True
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        left, right = match.span()
        blank = blank or (left - last > 1 and text[last:left] != "\r\n")
        last = right
        first = _content_start(text, left, right)
        stop = left + len(text[left:right].rstrip())
        if first >= stop:
            blank = True
            continue
        yield Line(left, first, stop, blank)
        blank = False


def _content_start(text: str, left: int, right: int) -> int:
    if text[left] > ">" and not text[left].isspace():
        return left
    match = _QUOTE_MARK.match(text, left, right)
    return match.end() if match else left


def bullet_end(text: str, line: Line) -> int | None:
    """Where the words behind a bullet or number begin; None where the line has no such mark."""
    first = text[line.start]
    if first.isalpha() and text[line.start + 1 : line.start + 2] != ")":
        return None
    match = _BULLET.match(text, line.start, line.end)
    return match.end() if match else None


def is_numbered(text: str, line: Line) -> bool:
    """Whether the line begins with a number as lists and numbered headings do."""
    return bool(_NUMBERED.match(text, line.start, line.end))


def is_rule(text: str, line: Line) -> bool:
    """Whether the line is only an ornament, as `-----` or `* * *`: nothing in it can be read aloud."""
    return not any(c.isalnum() for c in text[line.start : line.end])


def is_turn(words: str) -> bool:
    """Whether the line opens with a speaker's name and a colon."""
    return bool(_TURN.match(words))


def ends_sentence(words: str) -> bool:
    """Whether the words end as sentences do: with a final mark, perhaps inside quotes or brackets."""
    return words.rstrip(_CLOSERS)[-1:] in _END_MARKS if words else False
