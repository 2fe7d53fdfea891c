"""A Document parsed: its sentences in order, each with its place in the text and its section, and how each reads."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Span

from bot.domain import Block, BlockKind, Document, Evidence
from bot.extract.clauses import Tree
from bot.extract.clauses import index as tree_of
from bot.extract.leads import dateline
from bot.extract.mending import mend, rejoin
from bot.extract.sense import Network, Sense, senses
from bot.language import parse_blocks

Progress = Callable[[int, int], None]

# The pipeline takes a line break for the end of a sentence, but within a block it is only where a line was wrapped.
WRAPS = str.maketrans("\n\r\t\v\f\u2028\u2029", "       ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a Reading.

    `span` is the parsed sentence; `offset` is added to spaCy's `idx` to get a place in the document's text.
    `start` and `end` are that place without surrounding white space. `section` is the heading it stands under. `tree`
    is the sentence indexed, once for all who look at it. `lead` says that it is a headline or a dateline run into the
    first sentence of its block.
    """

    span: Span
    offset: int
    start: int
    end: int
    block: Block
    section: str
    index: int
    tree: Tree
    lead: bool = False

    def evidence(self, text: str) -> Evidence:
        """The whole sentence as Evidence."""
        return Evidence(self.start, self.end, text[self.start : self.end])


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed Document: sentences of paragraphs and bullets in order; headings are context, not sentences.

    `senses` has what the network makes of each sentence, by the sentence's `index`; it is empty where nobody asked it.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    senses: tuple[Sense, ...] = ()

    def sense_of(self, sentence: Sentence) -> Sense | None:
        """What the network makes of one of the sentences."""
        return self.senses[sentence.index] if self.senses else None


def read(document: Document, nlp: Language, progress: Progress | None = None) -> Reading:
    """Parse a document and let the network read it; `progress` gets (characters parsed, characters in all)."""
    return sensed(parse(document, nlp, progress))


def sensed(reading: Reading, network: Network | None = None) -> Reading:
    """The reading with what a network makes of its sentences: the one that ships, unless another is given."""
    return replace(reading, senses=tuple(senses([sentence.span for sentence in reading.sentences], network)))


def parse(document: Document, nlp: Language, progress: Progress | None = None) -> Reading:
    """Parse every block but the headings."""
    blocks = [block for block in document.blocks if block.kind is not BlockKind.HEADING]
    sections = _sections(document)
    sentences: list[Sentence] = []
    parts = [part for block in blocks for part in _parts(document.text, block)]
    texts = [document.text[start:end].translate(WRAPS) for _, start, end in parts]
    for (block, start, end), doc in zip(parts, parse_blocks(nlp, texts), strict=True):
        rejoin(doc)
        for span in list(doc.sents):
            mend(span)
            section, index, lead = sections[block.start], len(sentences), end < block.end
            if sentence := _sentence(block, start, span, section, index, lead=lead):
                sentences.append(sentence)
        if progress:
            progress(end, len(document.text))
    return Reading(document, tuple(sentences))


def _parts(text: str, block: Block) -> Iterator[tuple[Block, int, int]]:
    """A block, in parts where a headline and a dateline are run into its first sentence: each is parsed for itself."""
    cuts = [block.start, *dateline(text, block.start, block.end), block.end]
    return ((block, start, end) for start, end in pairwise(cuts) if text[start:end].strip())


def _sections(document: Document) -> dict[int, str]:
    """The heading over each block, by the block's start."""
    heading, found = "", {}
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            heading = document.text[block.start : block.end]
        found[block.start] = heading
    return found


_BEFORE = re.compile(r"\s*(?:[\"\u201d\u2019)\]]\s+)*")
"""What the parser may put at the head of a sentence and is not of it: a mark that closes what was said before."""


def _sentence(block: Block, offset: int, span: Span, section: str, index: int, *, lead: bool) -> Sentence | None:
    raw = span.text
    start = offset + span.start_char + len(_BEFORE.match(raw)[0])  # type: ignore[index]
    end = offset + span.end_char - (len(raw) - len(raw.rstrip()))
    return Sentence(span, offset, start, end, block, section, index, tree_of(span), lead) if start < end else None
