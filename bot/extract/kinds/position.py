"""Positions: a named party takes a stand, for or against something."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from bot.extract.clauses import SUBJECTS, Tree, is_negated, text_of
from bot.extract.kinds import Hit, Kind, Passage
from bot.extract.parties import load_parties, parties_of
from bot.extract.words import load_words

_WEIGHT = 1.0


def find(passages: Sequence[Passage]) -> Iterator[Hit]:
    """Sentences in which a named party condemns, welcomes, supports, opposes and so on."""
    for passage in passages:
        if passage.share > 0 and (verb := _stance(passage.tree)) is not None:
            yield Hit(passage, _WEIGHT + passage.share, _words(passage.tree, verb))


def _stance(tree: Tree) -> Token | None:
    """The verb of stance in the main clause (or one coordinated with it) whose subject is a named party."""
    book, stances = load_parties(), load_words("facts")["stances"]
    for verb in tree.conjuncts(tree.root):
        own = tree.child(verb, *SUBJECTS) or tree.child(tree.root, *SUBJECTS)
        if own is None or tree.lemma(verb) not in stances or not _real(tree, verb):
            continue
        if parties_of(tree, own, book) and _has_object(tree, verb):
            return verb
    return None


def _has_object(tree: Tree, verb: Token) -> bool:
    """Whether the verb says what the stand is about; one calls "for" or "on", while "called a session" is no stand."""
    if tree.lemma(verb) == "call":
        return tree.child(verb, "obj") is None and tree.child(verb, "obl", "xcomp") is not None
    return tree.child(verb, "obj", "ccomp", "obl", "xcomp") is not None


def _real(tree: Tree, verb: Token) -> bool:
    return not any(kid.tag_ == "MD" or tree.form(kid) == "to" for kid in tree.children(verb, "aux", "mark"))


def _words(tree: Tree, verb: Token) -> str:
    """The stance as it is written: "does not support"."""
    helpers = [kid for kid in tree.children(verb, "aux", "advmod") if kid.i < verb.i and verb.i - kid.i <= 3]
    return text_of([*helpers, verb]) if is_negated(tree, verb) and helpers else str(verb.text)


KIND = Kind(
    name="position",
    about="a named party takes a stand for or against something",
    find=find,
    examples=(
        ("France condemned the attack on the embassy in the strongest terms.", "condemned"),
        ("The European Union welcomes the release of the prisoners.", "welcomes"),
        ("Russia rejected the proposal to send observers to the region.", "rejected"),
        ("Norland called for an end of the siege.", "called"),
        ("Norland called a special session of the assembly.", None),
        ("The storm destroyed the harbour and the old town.", None),
        ("He supports the local football team.", None),
    ),
)
