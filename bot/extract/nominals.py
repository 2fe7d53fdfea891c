"""The question that a noun phrase stands for, and what a phrased question is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token

from bot.extract.clauses import SUBJECTS, Tree
from bot.extract.spelling import as_question, in_mid_sentence, spell, trimmed


@dataclass(frozen=True, slots=True)
class Phrased:
    """A question, and the matter as the text has it."""

    question: str
    content: str


def quoted(content: str) -> Phrased:
    """The matter in the text's own words, where no question can be made of them."""
    text = trimmed(content)
    return Phrased(f"Still open: \u201c{text}\u201d", text)


class Frame(StrEnum):
    """The question that fits a noun: see `from_nominal`."""

    BE = "be"
    WILL_BE = "will be"
    FIND = "find"
    SAY = "say"
    THERE = "there"
    KNOWN = "known"


def from_nominal(tree: Tree, noun: Token, frame: Frame) -> Phrased | None:
    """The question that a noun phrase stands for.

    BE: "What is the cause of the fire?"; WILL_BE: "What will the decision be?"; FIND: "What will the inquiry find?";
    SAY: "What will the report say?"; THERE: "Will there be a deal?"; KNOWN, for any other: "What is known about the
    safety of the reactor?". None for a bare pronoun.
    """
    words = nominal_words(tree, noun)
    if not words or (noun.pos_ == "PRON" and len(words) == 1):
        return None
    text = trimmed(spell(words))
    definite = _definite(tree, words, noun)
    many = noun.tag_ in {"NNS", "NNPS"} or tree.child(noun, "conj") is not None
    if frame is Frame.BE and definite:
        return Phrased(as_question(f"what {'are' if many else 'is'} {definite}"), text)
    if frame is Frame.WILL_BE and definite:
        return Phrased(as_question(f"what will {definite} be"), text)
    if frame in {Frame.FIND, Frame.SAY} and definite:
        return Phrased(as_question(f"what will {definite} {frame}"), text)
    if frame is Frame.THERE:
        return Phrased(as_question(f"will there be {in_mid_sentence(words)}"), text)
    return Phrased(as_question(f"what is known about {definite or in_mid_sentence(words)}"), text)


def of_owner(tree: Tree, words: Sequence[Token], owner: Token) -> Phrased:
    """The question in "the envoy, whose fate is unknown": "What is the fate of the envoy?"."""
    whole = nominal_words(tree, owner)
    kept = [token for token in whole if token.i <= owner.i]
    text = f"the {trimmed(spell(words[1:]))} of {in_mid_sentence(kept or [owner])}"
    many = words[-1].tag_ in {"NNS", "NNPS"}
    return Phrased(as_question(f"what {'are' if many else 'is'} {text}"), text)


def nominal_words(tree: Tree, noun: Token) -> list[Token]:
    """The unbroken words of a noun phrase, without its preposition, asides and what only follows it."""

    def foreign(token: Token) -> bool:
        if token.dep_ in {"case", "cc", "cop", "punct", "mark", "aux", "aux:pass"} or token.dep_ in SUBJECTS:
            return token.head.i == noun.i and (token.i < noun.i or token.dep_ != "punct")
        aside = token.dep_ == "acl:relcl" and any(tree.form(kid) == "," for kid in tree.children(token, "punct"))
        aside = aside or (token.dep_ in {"nmod", "acl"} and _after_a_comma(tree, token, noun))
        return (
            aside
            or token.dep_ in {"parataxis", "discourse", "dep", "vocative"}
            or (token.head.i == noun.i and token.dep_ in {"advcl", "advmod", "obl", "expl", "ccomp"})
        )

    members = [token.i for token in tree.phrase(noun, unless=foreign)]
    low = high = members.index(noun.i)
    while low > 0 and members[low - 1] >= members[low] - 1:
        low -= 1
    while high + 1 < len(members) and members[high + 1] <= members[high] + 1:
        high += 1
    return [tree.at(i) for i in members[low : high + 1]]


def _after_a_comma(tree: Tree, token: Token, noun: Token) -> bool:
    """Whether a phrase is set off from its noun: "the new owner, with offices in Rome"."""
    return token.head.i == noun.i < token.i and tree.beside(tree.phrase(token)[0], -1) == ","


_ARTICLES = frozenset({"a", "an", "no", "any", "some", "further", "more"})
_OWN = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "your", "my", "whose"})


def _definite(tree: Tree, words: list[Token], noun: Token) -> str:
    """The noun phrase with a definite article, "" where one would be wrong."""
    first = tree.form(words[0])
    if first in _OWN or tree.child(noun, "nmod:poss") is not None:
        return in_mid_sentence(words)
    if first in _ARTICLES and len(words) > 1:
        return f"the {trimmed(spell(words[1:]))}"
    if noun.pos_ == "PROPN" or words[0].pos_ in {"NUM", "PRON"}:
        return ""
    if tree.child(noun, "nmod", "acl", "acl:relcl") is not None or tree.child(noun, "amod") is not None:
        return f"the {in_mid_sentence(words)}"
    return ""
