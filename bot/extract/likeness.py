"""Whether two findings of one document speak of the same matter.

A matter is told by three things: whom it is about, the word at its head ("back" in "whether the US will back them"),
and its other content words. Words that say the same are one word: `words.same` and `words.vague` in
`config/cues/questions.toml` are the table.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Token

from bot.extract.clauses import Tree, plain
from bot.extract.parties import PartyBook
from bot.extract.words import load_words

_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM"})
_SHARED = 0.34
_MOSTLY = 0.75
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Gist:
    """What a matter comes down to. `words` leave out the head and the parties; `vague` has a head that says little
    ("response", "stance").
    """

    parties: frozenset[str]
    head: str
    words: frozenset[str]
    opener: str = ""
    vague: bool = False
    question: str = field(default="", compare=False)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Each word to the first of its row in `words.same`."""
    rows = (row.split() for row in load_words("questions")["same"])
    return {word: row[0] for row in rows for word in row}


def one_word(lemma: str) -> str:
    """The word that stands for a lemma and its likes: "backing" and "support" are one."""
    return _table().get(lemma, lemma)


def gist(
    tree: Tree,
    words: Iterable[Token],
    head: Token | None,
    book: PartyBook,
    *,
    opener: str = "",
    question: str = "",
    parties: Iterable[str] = (),
) -> Gist:
    """The gist of the matter that `words` express and `head` heads; `parties` are known from the context."""
    lists = load_words("questions")
    stop, vague = set(lists["empty"]), set(lists["vague"])
    found: set[str] = set()
    named = set(parties)
    own = head
    if head is not None and tree.lemma(head) in stop and (inner := _inner(tree, head)) is not None:
        own = inner
    spelled = {word for name in named for word in plain(name).split()}
    for token in words:
        if name := book.country(token.text) or book.canonical(token.text):
            named.add(name)
        elif token.pos_ in _CONTENT and tree.lemma(token) not in stop and tree.form(token) not in spelled:
            found.add(one_word(tree.lemma(token)))
    top = one_word(tree.lemma(own)) if own is not None else ""
    if top in stop or (own is not None and (book.country(own.text) or book.canonical(own.text))):
        top = ""
    rest = found - {top} - vague
    return Gist(frozenset(named), top, frozenset(rest), opener, vague=not top or top in vague, question=question)


def _inner(tree: Tree, head: Token) -> Token | None:
    """The noun that an empty word measures or does ("the level of support", "provide support")."""
    return next((kid for kid in tree.children(head, "nmod", "obj") if kid.pos_ == "NOUN" and kid.i > head.i), None)


def same(one: Gist, other: Gist) -> bool:
    """Whether two gists are plainly of one matter; a doubt is a no."""
    if one.question and one.question == other.question:
        return True
    if one.vague or other.vague or not _may_answer(one.opener, other.opener):
        return False
    if (one.parties or other.parties) and not one.parties & other.parties:
        return False
    if one.head and one.head == other.head and one.parties:
        return not one.words or not other.words or _overlap(one.words, other.words) >= _SHARED
    mine, theirs = one.words | {one.head} - {""}, other.words | {other.head} - {""}
    return min(len(mine), len(theirs)) > 1 and _overlap(mine, theirs) >= _MOSTLY


def fits(vague: Gist, other: Gist) -> bool:
    """Whether a vague gist ("the American response") can mean the matter of another: it says little foreign to it."""
    if not vague.parties & other.parties or other.vague or not _may_answer("whether", other.opener):
        return False
    return not vague.words or _overlap(vague.words, other.words | {other.head}) >= _HALF


def _may_answer(one: str, other: str) -> bool:
    """Whether two openers ask for the same kind of answer: "whether" and "why" do not."""
    polar = {"whether", "if", "that", ""}
    return one == other or (one in polar and other in polar) or not one or not other


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
