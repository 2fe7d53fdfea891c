"""What a Document says: commitments, open questions and key facts, each with the exact sentences that carry it.

`findings(document, nlp)` is the one door. It is pure and deterministic: the same text gives the same findings on every
run and machine. The steps are `reading` (parse), `commitments`, `questions` and `facts`; `contract` writes the JSON.
"""

from collections.abc import Callable
from dataclasses import replace

from spacy.language import Language

from bot.domain import Document, Findings
from bot.extract.aliases import aliases
from bot.extract.commitments import find_commitments
from bot.extract.facts import find_facts
from bot.extract.questions import find_questions
from bot.extract.reading import read

__all__ = ["findings"]


def findings(document: Document, nlp: Language, *, progress: Callable[[int, int], None] | None = None) -> Findings:
    """Extract everything from a document; `progress` gets (characters done, characters in all)."""
    reading = read(document, nlp, progress)
    found = Findings(find_commitments(reading), find_questions(reading), find_facts(reading))
    return replace(found, names=aliases(found))
