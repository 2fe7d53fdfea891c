"""From parsed words back to written ones: spaces, capitals, stray punctuation."""

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from bot.extract.clauses import plain

_EDGES = " \t\n,;:.!?\u2013\u2014-\u2026*|"
_PAIRS = (("(", ")"), ("[", "]"), ("\u201c", "\u201d"))


def spell(tokens: Sequence[Token], instead: Mapping[int, str] | None = None) -> str:
    """Tokens as they are written, with their spaces; `instead` exchanges tokens by position.

    An "n't" that has lost the word before it is written "not".
    """
    changed = instead or {}
    parts: list[str] = []
    for place, token in enumerate(tokens):
        text = changed.get(token.i, token.text)
        if plain(token.text) == "n't" and (place == 0 or tokens[place - 1].i != token.i - 1):
            text = "not"
        parts.append(text + token.whitespace_)
    return re.sub(r"\s+", " ", "".join(parts))


def trimmed(text: str) -> str:
    """Without surrounding punctuation, and without a bracket or quotation mark that has lost its other half."""
    text = re.sub(r"\s+", " ", text).strip(_EDGES)
    for left, right in _PAIRS:
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    return re.sub(r"\s+([,;])", r"\1", text).strip(_EDGES)


def as_question(text: str) -> str:
    """With a capital at the front and a question mark at the end."""
    body = trimmed(text)
    return f"{body[:1].upper()}{body[1:]}?"


def in_mid_sentence(words: Sequence[Token]) -> str:
    """Words for the middle of a sentence: a capital stays where it does more than mark a sentence's beginning."""
    text = trimmed(spell(words))
    first = words[0]
    at_start = first.is_sent_start or first.i == 0
    is_name = first.pos_ == "PROPN" or bool(first.ent_type_) or not (first.text[1:].islower() or first.text == "A")
    return text if is_name or not (at_start or first.pos_ == "DET") else lowered(text)


def lowered(text: str) -> str:
    """With a small first letter."""
    return text[:1].lower() + text[1:]
