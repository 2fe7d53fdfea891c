"""Documents for tests of the extractor, laid out by hand or by the reader."""

from bot.domain import Block, BlockKind, CommitmentFinding, Document
from bot.extract.candidates import Candidate, candidates
from bot.extract.commitments import find_commitments, parsed_sentences
from bot.extract.parties import load_parties
from bot.extract.reading import Reading, read


def document(*lines: str, title: str = "") -> Document:
    """One block a line: "# x" is a heading, "- x" a bullet, any other line a paragraph."""
    blocks, text = [], ""
    for line in lines:
        kind = {"#": BlockKind.HEADING, "-": BlockKind.BULLET}.get(line[:1], BlockKind.PARAGRAPH)
        start = len(text) + (0 if kind is BlockKind.PARAGRAPH else 2)
        blocks.append(Block(kind, start, len(text) + len(line)))
        text += line + "\n"
    return Document(text, title=title, blocks=tuple(blocks))


def reading(nlp, *lines: str) -> Reading:
    """The parsed document of these lines."""
    return read(document(*lines), nlp)


def only(nlp, sentence: str) -> CommitmentFinding:
    """The one commitment in a sentence."""
    (found,) = find_commitments(reading(nlp, sentence))
    return found


def with_action(nlp, sentence: str) -> list[Candidate]:
    """The candidates for commitments in one sentence that name an action."""
    book = load_parties()
    (parsed,) = parsed_sentences(reading(nlp, sentence), book)
    return [each for each in candidates(parsed.tree, parsed.found, book) if each.content is not None]
