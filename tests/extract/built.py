"""Parsed sentences built by hand, so that a rule is tested and not the pipeline."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.extract.clauses import Tree, index


def tree(rows: str) -> Tree:
    """One sentence from rows of `word lemma UPOS XPOS head deprel`, the head being the word's number, 0 for the root.

    A word that ends in "_" has no space after it.
    """
    cells = [line.split() for line in rows.strip().splitlines()]
    words = [cell[0].removesuffix("_") for cell in cells]
    doc = Doc(
        Vocab(),
        words=words,
        spaces=[not cell[0].endswith("_") for cell in cells],
        lemmas=[cell[1] for cell in cells],
        pos=[cell[2] for cell in cells],
        tags=[cell[3] for cell in cells],
        heads=[int(cell[4]) - 1 if cell[4] != "0" else place for place, cell in enumerate(cells)],
        deps=["ROOT" if cell[4] == "0" else cell[5] for cell in cells],
    )
    return index(doc[:])


def word(sentence: Tree, text: str):
    """The first token written so."""
    return next(token for token in sentence.tokens if token.text == text)
