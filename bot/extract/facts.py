"""The key facts of a document: its own list, or its central statements; and its figures, events and positions."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from bot.domain import Block, BlockKind, Document, Evidence, FactFinding
from bot.extract.central import likeness, shares
from bot.extract.clauses import plain
from bot.extract.kinds import Hit, Passage, load_kinds
from bot.extract.parties import load_parties, named
from bot.extract.reading import Reading
from bot.extract.words import load_words

STATEMENT = "statement"
MOST_STATEMENTS = 5
MOST_OF_A_KIND = 3
_A_STATEMENT_EVERY = 6
_ALIKE = 0.6
_FEWEST_BULLETS = 2


def find_facts(reading: Reading) -> tuple[FactFinding, ...]:
    """The facts of a parsed document in the order of their evidence; one a sentence."""
    passages = passages_of(reading)
    blocks = listed_blocks(reading.document)
    facts = [_listed(block, passages, reading.document.text) for block in blocks]
    inside = {(block.start, block.end) for block in blocks}
    rest = [passage for passage in passages if (passage.sentence.block.start, passage.sentence.block.end) not in inside]
    facts += _unlisted(rest, reading.document.text, statements=0 if blocks else _how_many(rest), known=facts)
    return tuple(sorted(facts, key=lambda fact: fact.evidence[0].start))


def passages_of(reading: Reading) -> list[Passage]:
    """The sentences of a document as kinds of facts get them."""
    sentences = [sentence for sentence in reading.sentences if not sentence.lead]
    trees = [sentence.tree for sentence in sentences]
    parts = shares(sentences, trees)
    return [Passage(s, tree, share) for s, tree, share in zip(sentences, trees, parts, strict=True)]


def _how_many(passages: Sequence[Passage]) -> int:
    return max(1, min(MOST_STATEMENTS, len(passages) // _A_STATEMENT_EVERY))


# The document's own list


def listed_blocks(document: Document) -> tuple[Block, ...]:
    """The bullets of the document's own list of key facts: those under a heading that says so, or at the very top."""
    blocks = document.blocks
    for place, block in enumerate(blocks):
        announced = block.kind is not BlockKind.BULLET and _announces(document.text[block.start : block.end])
        if announced and (bullets := _bullets(blocks[place + 1 :])):
            return bullets
    top = [block for block in blocks if block.kind is not BlockKind.HEADING]
    leading = _bullets(top)
    return leading if len(leading) >= _FEWEST_BULLETS and len(leading) < len(top) else ()


def _bullets(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(takewhile(lambda block: block.kind is BlockKind.BULLET, blocks))


def _announces(heading: str) -> bool:
    """Whether a line says that key facts follow."""
    name = re.sub(r"[^a-z ]+", " ", plain(heading)).split()
    words = [word for word in name if word != "the"]
    return " ".join(words) in load_words("facts")["lists"]


def _listed(block: Block, passages: Sequence[Passage], text: str) -> FactFinding:
    inside = [passage for passage in passages if passage.sentence.block == block]
    kind, value = next(((name, hit.value) for name, hit in _specific(inside)), (STATEMENT, None))
    about = dict.fromkeys(name for passage in inside for name in named(passage.tree, load_parties()))
    quote = text[block.start : block.end]
    return FactFinding(kind, _one_line(quote), tuple(about), True, (Evidence(block.start, block.end, quote),), value)


# Facts from the running text


def _unlisted(
    passages: Sequence[Passage], text: str, *, statements: int, known: Sequence[FactFinding]
) -> list[FactFinding]:
    """The weightiest hits of each kind, the more specific kind first; a statement only for a sentence not yet taken."""
    taken: dict[int, FactFinding] = {}
    said = {plain(fact.statement) for fact in known}
    kept: list[Passage] = []
    counts: dict[str, int] = {}
    for name, hit in [*_specific(passages), *_statements(passages)]:
        sentence = hit.passage.sentence
        most = statements if name == STATEMENT else MOST_OF_A_KIND
        evidence = sentence.evidence(text)
        if counts.get(name, 0) >= most or sentence.start in taken or plain(_one_line(evidence.quote)) in said:
            continue
        if any(likeness(hit.passage.tree, other.tree) > _ALIKE for other in kept):
            continue
        counts[name] = counts.get(name, 0) + 1
        kept.append(hit.passage)
        about = named(hit.passage.tree, load_parties())
        taken[sentence.start] = FactFinding(name, _one_line(evidence.quote), about, False, (evidence,), hit.value)
    return list(taken.values())


def _specific(passages: Sequence[Passage]) -> list[tuple[str, Hit]]:
    """The hits of every kind but statements, weightiest first."""
    found = [
        (kind.name, hit) for kind in load_kinds().values() if kind.name != STATEMENT for hit in kind.find(passages)
    ]
    return sorted(found, key=_rank)


def _statements(passages: Sequence[Passage]) -> list[tuple[str, Hit]]:
    hits = load_kinds()[STATEMENT].find(passages)
    return sorted(((STATEMENT, hit) for hit in hits), key=_rank)


def _rank(found: tuple[str, Hit]) -> tuple[float, int]:
    return -found[1].weight, found[1].passage.sentence.start


def _one_line(quote: str) -> str:
    return re.sub(r"\s+", " ", quote).strip()
