"""Who undertakes what a candidate tells: who acts, or who says of a thing what will become of it."""

from spacy.tokens import Token

from bot.extract.candidates import CUES, MODALS, Candidate
from bot.extract.clauses import Tree
from bot.extract.parties import PartyBook, parties_of
from bot.extract.words import load_words

_SPEAKERS = frozenset({"i", "we", "he", "she", "they", "it"})
_WHOEVER = frozenset({"anyone", "anybody", "everyone", "everybody", "nobody", "nothing", "one", "none", "each"})


def undertaker(candidate: Candidate, book: PartyBook) -> Token | None:
    """Who undertakes it: the actor, or who says of a thing what will be done ("the ministry said the road would open").

    Of those who only pass on what others do (a newspaper, analysts) nothing follows.
    """
    said_by, tree = candidate.stands.said_by, candidate.tree
    if candidate.cue.name in MODALS and candidate.actor is not None and _is_commitment(tree, candidate.actor):
        return tree.child(candidate.actor, "nmod:poss") or candidate.actor
    if candidate.cue.name not in MODALS or said_by is None or not (_of_a_thing(candidate, book) or _gets(candidate)):
        return candidate.actor
    return candidate.actor if _only_tells(tree, said_by) else said_by


def _is_commitment(tree: Tree, noun: Token) -> bool:
    """Whether a noun is itself an undertaking, as in "our commitment will not waver"."""
    return tree.lemma(noun) in load_words(CUES)["devoted"]


def _of_a_thing(candidate: Candidate, book: PartyBook) -> bool:
    """Whether nobody acts: a passive without a doer, or a subject that stands for a thing or for whoever it may be."""
    actor, tree = candidate.actor, candidate.tree
    if actor is None or tree.form(actor) in _WHOEVER:
        return True
    alive = actor.ent_type_ or tree.lemma(actor) in load_words(CUES)["agents"] or parties_of(tree, actor, book)
    return actor.pos_ == "NOUN" and not alive


def _gets(candidate: Candidate) -> bool:
    """Whether it is told of others what they will have, which they do not undertake."""
    actor, content, tree = candidate.actor, candidate.content, candidate.tree
    if actor is None or content is None or actor.pos_ not in {"NOUN", "PROPN"}:
        return False
    return tree.lemma(content) in {"get", "have", "receive"} and tree.child(content, "obj") is not None


def _only_tells(tree: Tree, said_by: Token) -> bool:
    """Whether who says it only passes on what others do: a newspaper, an analyst, a report."""
    names = {tree.lemma(said_by), tree.form(said_by), *(tree.form(kid) for kid in tree.children(said_by, "compound"))}
    somebody = said_by.pos_ in {"NOUN", "PROPN"} or tree.form(said_by) in _SPEAKERS
    return not somebody or not names.isdisjoint(load_words(CUES)["tellers"])
