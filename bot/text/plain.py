"""Plain text: headings, bullets and paragraphs told apart by how their lines stand."""

import re

from bot.domain import Block, BlockKind
from bot.text.charset import decode, is_text
from bot.text.formats import Format, Match, Parsed
from bot.text.header import is_masthead, opens_story
from bot.text.lines import ends_sentence, is_turn, lines, word_set
from bot.text.units import Unit, units

_MOST_CHARACTERS, _MOST_WORDS = 100, 14
_MOST_IN_A_ROW = 2
_TOP = 4
_LONGEST_LEAD_IN, _SHORTEST_QUESTION = 4, 3
_SMALL_WORDS = word_set("a an and as at between but by for from in into of on or over the to under up via vs with")
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|shall|should|may|might|can|could|must|do|does|did|said|says"
    r"|[a-z]+n’t|[a-z]+n't|(?:[a-z]+ed|[a-z]+s) (?:to|not|that|whether))\b"
)
_NOT_A_HEADING = re.compile(r".*(?:@|://|www\.|\|)|\d{1,2}[:.]\d\d\b|(?:begin|end) (?:text|quote)", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:I|We|You|He|She|It|They|This|These|There)\b")
_EMPHASISED = re.compile(r"(\*\*|__)(?P<words>\S.*\S)\1:?$")


def blocks(text: str, start: int = 0) -> tuple[Block, ...]:
    """The structure of plain text from `start` on; see docs/reading.md for the rules."""
    found = units(text, lines(text, start))
    alone = [_looks_like_heading(text, found, index) for index in range(len(found))]
    _drop_lists_of_lines(found, alone)
    return tuple(_block(text, found, alone, index) for index in range(len(found)))


def title_of(text: str, found: tuple[Block, ...]) -> str:
    """The headline, where the document makes plain that it is one: set off, and a byline, date or dateline follows.

    Under a masthead it is the heading that comes next.
    """
    if headline := _under_masthead(text, found[:_TOP]):
        return headline
    if len(found) < 2 or found[0].kind is not BlockKind.HEADING:
        return ""
    is_set_off = len(text[found[0].end : found[1].start].splitlines()) > 1
    following = [b for b in found[1:_TOP] if b.kind is not BlockKind.BULLET][: _TOP if is_set_off else 1]
    follows = any(opens_story(text[b.start : min(b.end, b.start + 200)]) for b in following)
    return text[found[0].start : found[0].end] if follows else ""


def _under_masthead(text: str, top: tuple[Block, ...]) -> str:
    """The heading under the lines that name paper or notice; of a body in capitals above them only before a story."""
    words = [text[block.start : min(block.end, block.start + 200)] for block in top]
    names = [place for place, line in enumerate(words) if is_masthead(line)]
    if not names or not all(place in names or words[place].isupper() for place in range(names[-1])):
        return ""
    under = next((place for place in range(names[-1] + 1, len(top)) if not opens_story(words[place])), None)
    if under is None or top[under].kind is not BlockKind.HEADING:
        return ""
    sure = is_masthead(words[0]) or any(map(opens_story, words[under + 1 : under + 2]))
    return words[under] if sure else ""


def emphasised_heading(text: str, unit: Unit) -> Block | None:
    """A line that is bold as a whole and no sentence, as people write headings without heading marks."""
    length = unit.end - unit.start
    if unit.rows != 1 or unit.bullet or length > _MOST_CHARACTERS or text[unit.start] not in "*_":
        return None
    match = _EMPHASISED.match(text, unit.start, unit.end)
    if not match or ends_sentence(match["words"].rstrip(":")):
        return None
    return Block(BlockKind.HEADING, match.start("words"), match.end("words"), 2)


def _block(text: str, found: list[Unit], alone: list[bool], index: int) -> Block:
    unit = found[index]
    if heading := emphasised_heading(text, unit):
        return heading
    if alone[index] and _leads(found, alone, index):
        return Block(BlockKind.HEADING, unit.start, unit.end, 1 if index == 0 and _is_title(text, found, alone) else 2)
    if unit.bullet:
        return Block(BlockKind.BULLET, unit.start, unit.end, unit.depth)
    return Block(BlockKind.PARAGRAPH, unit.start, unit.end)


def _looks_like_heading(text: str, found: list[Unit], index: int) -> bool:
    unit = found[index]
    if unit.rows > 1 or unit.end - unit.start > _MOST_CHARACTERS:
        return False
    if unit.bullet and not (unit.numbered and _numbers_a_section(found, index)):
        return False
    words = text[unit.start : unit.end]
    return (unit.ruled and not ends_sentence(words)) or _reads_like_heading(
        words, headline=index == 0 and _is_set_off(found)
    )


def _numbers_a_section(found: list[Unit], index: int) -> bool:
    """A numbered line between paragraphs is a heading; among other bullets it is one of them."""
    around = found[max(0, index - 1) : index] + found[index + 1 : index + 2]
    return len(found) > index + 1 and not any(unit.bullet for unit in around)


def _reads_like_heading(words: str, *, headline: bool) -> bool:
    """Short, no final mark, begins like a name or sentence, and says nothing of its own unless it is the headline."""
    bare = words.removesuffix(":")
    split = bare.split()
    if bare.endswith("?") and len(split) >= _SHORTEST_QUESTION and _is_title_case(split):
        bare = bare[:-1]
    if len(split) > _MOST_WORDS or ends_sentence(bare) or not bare[:1].isalnum():
        return False
    if bare[-1] in ",-–—" or split[-1] in {"and", "or"}:
        return False
    if bare[0].islower() or not any(c.isalpha() for c in bare) or is_turn(words) or _NOT_A_HEADING.match(words):
        return False
    if opens_story(words):
        return False
    if bare.isupper() or _is_title_case(split):
        return True
    if (bare != words and len(split) > _LONGEST_LEAD_IN) or _PRONOUN.match(bare):
        return False
    return headline or not _PREDICATE.search(bare)


def _is_title_case(split: list[str]) -> bool:
    """Whether all words but the small ones begin with a capital or figure."""
    return all(word in _SMALL_WORDS or not word[0].islower() for word in split)


def _drop_lists_of_lines(found: list[Unit], alone: list[bool]) -> None:
    """More than two heading-like lines directly under one another are a list (of names, an address), not headings."""
    index = 0
    while index < len(found):
        end = index + 1
        while alone[index] and end < len(found) and alone[end] and not found[end].new:
            end += 1
        if end - index > _MOST_IN_A_ROW:
            alone[index:end] = [False] * (end - index)
        index = end


def _leads(found: list[Unit], alone: list[bool], index: int) -> bool:
    """Whether text follows, at most a few other headings on, that a heading can stand over."""
    following = range(index + 1, min(index + 4, len(found)))
    return any(not alone[other] or found[other].bullet for other in following)


def _is_title(text: str, found: list[Unit], alone: list[bool]) -> bool:
    """The first line is the document's title where it is set off: another heading, or a date or byline follows."""
    if alone[1] or found[0].ruled:
        return True
    following = found[1 : _TOP if _is_set_off(found) else 2]
    return any(opens_story(text[unit.start : min(unit.end, unit.start + 200)]) for unit in following)


def _is_set_off(found: list[Unit]) -> bool:
    """Whether a blank line stands under the first line."""
    return len(found) > 1 and found[1].new


def _read(data: bytes, name: str) -> Parsed:
    return Parsed(decode(data, name))


def _sniff(data: bytes) -> Match:
    return Match.POSSIBLE if is_text(data) else Match.NO


FORMAT = Format("plain text", (".txt", ".text"), "text/plain", sniff=_sniff, read=_read, rank=90)
