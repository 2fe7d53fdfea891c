"""Dated events: something that happened, with the date in the sentence."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from bot.extract.clauses import Tree, plain, text_of
from bot.extract.kinds import Hit, Kind, Passage
from bot.extract.words import load_words

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DATES = (
    (3.0, re.compile(rf"\b(?:{_DAY},? )?{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b")),
    (3.0, re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? \d{{4}})?\b")),
    (2.5, re.compile(rf"\b{_MONTH},? \d{{4}}\b")),
    (2.0, re.compile(rf"\b(?:on|last|late|early) {_DAY}(?: (?:morning|afternoon|evening|night))?\b")),
    (1.5, re.compile(r"\b(?:in|since) (?:early |late |mid-)?(?:19|20)\d{2}\b")),
    (1.5, re.compile(r"\b(?:yesterday|last (?:night|week|month|year))\b")),
)
_LIMIT = re.compile(r"\b(?:by|until|till|before|from|after|for) (?:the )?$")


def find(passages: Sequence[Passage]) -> Iterator[Hit]:
    """Sentences whose main verb is a past act and that give its date."""
    for passage in passages:
        tree = passage.tree
        if passage.share <= 0 or not _past_act(tree, tree.root):
            continue
        if (dated := _date(text_of(tree.tokens))) is not None:
            weight, words = dated
            yield Hit(passage, weight + passage.share, words)


def _past_act(tree: Tree, verb: Token) -> bool:
    """Whether a verb tells of something done: "signed", "was signed"; not "said", "had", "would sign"."""
    if verb.pos_ != "VERB" or tree.lemma(verb) in load_words("facts")["no_event"]:
        return False
    helpers = tree.children(verb, "aux", "aux:pass")
    if any(kid.tag_ == "MD" or tree.form(kid) == "to" for kid in helpers) or any(
        tree.lemma(k) == "have" for k in helpers
    ):
        return False
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and any(kid.tag_ == "VBD" for kid in helpers))


def _date(text: str) -> tuple[float, str] | None:
    """The weight and words of the most definite date in a text."""
    low = plain(text)
    for weight, pattern in _DATES:
        found = pattern.search(low) if len(low) == len(text) else None
        if found is not None and not _LIMIT.search(low[: found.start()]):
            return weight, _without_preposition(text[found.start() : found.end()])
    return None


def _without_preposition(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first.lower() in {"on", "in", "since"} else words


KIND = Kind(
    name="event",
    about="something that happened, with its date",
    find=find,
    examples=(
        ("The two presidents signed the treaty in Geneva on March 3, 2021.", "March 3, 2021"),
        ("The bridge was destroyed by a storm on 12 June.", "12 June"),
        ("Parliament dismissed the prime minister on Tuesday after a long debate.", "Tuesday"),
        ("Norland agreed to send two ships by 30 April.", None),
        ("The parliament will vote on the law on Tuesday after a debate.", None),
        ("The spokesman said on Tuesday that the talks were difficult.", None),
    ),
)
