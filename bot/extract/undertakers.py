"""Who undertakes what a candidate tells: who acts, who says of a thing what will become of it, or whom "it was resolved
that" gives the task.
"""

from spacy.tokens import Token

from bot.extract.candidates import CUES, MODALS, Candidate
from bot.extract.clauses import SUBJECTS, Tree, is_passive
from bot.extract.parties import PartyBook, parties_of
from bot.extract.words import load_words

_SPEAKERS = frozenset({"i", "we", "he", "she", "they", "it"})
_WHAT_IS_DECIDED = frozenset({"ccomp", "xcomp", "advcl"})
_WHOEVER = frozenset({"anyone", "anybody", "everyone", "everybody", "nobody", "nothing", "one", "none", "each"})


def undertaker(candidate: Candidate, book: PartyBook) -> Token | None:
    """Who undertakes it: the actor, or who says of a thing what will be done ("the ministry said the road would open").

    Of those who only pass on what others do (a newspaper, analysts) nothing follows.
    """
    said_by, tree = candidate.stands.said_by, candidate.tree
    if _nobody_decides(candidate):
        return _doer(candidate, book)
    if _is_money(tree, candidate.actor) or _is_the_plan(candidate):
        return None  # "they have $40 million ready to invest", "the plan is to close"
    if _lies_within_a_thing(candidate, book):
        return None
    if candidate.cue.name in MODALS and candidate.actor is not None and _is_commitment(tree, candidate.actor):
        return tree.child(candidate.actor, "nmod:poss") or candidate.actor
    if candidate.cue.name not in MODALS or said_by is None or not (_of_a_thing(candidate, book) or _gets(candidate)):
        return candidate.actor
    return candidate.actor if _only_tells(tree, said_by) else said_by


def _nobody_decides(candidate: Candidate) -> bool:
    """Whether "it" stands for nobody: "it was resolved that the clerk would reply", "it was agreed to pay"."""
    tree, anchor = candidate.tree, candidate.match.anchor
    if candidate.cue.name in MODALS or candidate.relation not in _WHAT_IS_DECIDED or not is_passive(tree, anchor):
        return False
    own = tree.child(anchor, *SUBJECTS, "expl")
    return own is not None and tree.form(own) == "it" and candidate.actor in {None, own}


def _is_money(tree: Tree, actor: Token | None) -> bool:
    return actor is not None and (actor.tag_ == "$" or tree.lemma(actor) in {"million", "billion", "trillion"})


def _is_the_plan(candidate: Candidate) -> bool:
    actor = candidate.actor
    return candidate.cue.name == "be to" and actor is not None and candidate.tree.lemma(actor) in _PLANS


_PLANS = frozenset({"idea", "intention", "plan", "policy", "proposal"})


def _lies_within_a_thing(candidate: Candidate, book: PartyBook) -> bool:
    """Whether the undertaking is told of within a thing: "a partnership founded on a commitment to peace"."""
    actor, tree = candidate.actor, candidate.tree
    inside = actor is not None and "noun" in candidate.cue.flags and candidate.match.anchor in tree.phrase(actor)
    return inside and _is_a_thing(tree, actor, book)  # type: ignore[arg-type]


def _doer(candidate: Candidate, book: PartyBook) -> Token | None:
    """Who is to act in the clause of what was decided; None where that is told of a thing, or of what is done to it."""
    content, tree = candidate.content, candidate.tree
    own = tree.child(content, "nsubj") if content is not None else None
    if own is None or _is_a_thing(tree, own, book) or tree.form(own) in _WHOEVER:
        return None
    return None if any(tree.form(kid) == "no" for kid in tree.children(own, "det")) else own


def _is_commitment(tree: Tree, noun: Token) -> bool:
    """Whether a noun is itself an undertaking, as in "our commitment will not waver"."""
    return tree.lemma(noun) in load_words(CUES)["devoted"]


def _of_a_thing(candidate: Candidate, book: PartyBook) -> bool:
    """Whether nobody acts: a passive without a doer, or a subject that stands for a thing or for whoever it may be."""
    actor, tree = candidate.actor, candidate.tree
    return actor is None or tree.form(actor) in _WHOEVER or _is_a_thing(tree, actor, book)


def _is_a_thing(tree: Tree, actor: Token, book: PartyBook) -> bool:
    """Whether a noun stands for nobody who acts."""
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
