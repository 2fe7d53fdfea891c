"""How a predicate stands in its sentence: negated, unfinished, supposed, past; and who is its subject.

This is what tells "has not decided whether" and "must decide whether" (open) from "decided whether" (settled) and
"if it is unclear" (supposed).
"""

from dataclasses import dataclass

from spacy.tokens import Token

from bot.extract.clauses import Tree, clause_of, is_negated, is_passive, subject

_REFUSING = frozenset(
    {"refuse", "decline", "fail", "unable", "unavailable", "unwilling", "reluctant", "stop", "avoid", "impossible"}
    | {"struggle"}
)
_WILLING = frozenset({"be", "able", "possible", "want", "like", "wish", "prepared", "position"})
_NOBODY = frozenset({"nobody", "none", "neither", "few", "nothing"})
_MODALS = frozenset({"will", "would", "must", "shall", "should", "may", "might", "can", "could", "need"})
_SUPPOSING = frozenset({"if", "unless", "lest", "provided", "assuming"})
_ENTITLED = frozenset({"free", "right", "mandate", "power", "authority", "entitled", "competence"})
_LETTING = frozenset({"allow", "empower", "enable", "entitle"})
_ANYBODY = frozenset({"people", "person", "public"})
_WAITING = frozenset({"until", "till", "while", "before", "once"})
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Openness:
    """What the words around a predicate say of it.

    `actor` is its subject: a pronoun's form, "people" for anybody, "name", "noun", or "" where none is found.
    """

    negated: bool = False
    no_longer: bool = False
    yet: bool = False
    unfinished: bool = False
    supposed: bool = False
    past: bool = False
    modal: str = ""
    actor: str = ""
    perfect: bool = False
    progressive: bool = False
    passive: bool = False
    predicate: bool = False


def openness(tree: Tree, anchor: Token) -> Openness:
    """How the predicate (or the noun's clause) around `anchor` stands."""
    verb = _predicate(tree, anchor)
    negated = any(_negated(tree, token) for token in {anchor, verb})
    gone = any(_no_longer(tree, token) for token in {anchor, verb})
    yet = _yet(tree, anchor)
    return Openness(
        negated=(negated and not gone) or yet,
        no_longer=gone,
        yet=yet or _so_far(tree, anchor),
        unfinished=negated or yet or _unfinished(tree, anchor),
        supposed=_supposed(tree, verb),
        past=_past(tree, verb),
        modal=_modal(tree, verb),
        actor=_actor(tree, verb),
        perfect=verb.tag_ != "VB" and any(tree.lemma(kid) == "have" for kid in tree.children(verb, "aux")),
        progressive=verb.tag_ == "VBG" and any(tree.lemma(kid) == "be" for kid in tree.children(verb, "aux")),
        passive=is_passive(tree, verb),
        predicate=_said_of_something(tree, anchor),
    )


def _predicate(tree: Tree, anchor: Token) -> Token:
    return anchor if anchor.pos_ in {"VERB", "AUX", "ADJ"} else clause_of(tree, anchor)


def _negated(tree: Tree, token: Token) -> bool:
    """As in "not", "no one", "unable to", and what a conjunct takes over from a negated "did not A or B"."""
    if is_negated(tree, token) or _refused(tree, token) or _nobody(tree, token):
        return True
    if token.dep_ == "conj" and (head := tree.head(token)) is not None:
        cc = tree.child(token, "cc")
        own = tree.child(token, "nsubj", "nsubj:pass", "aux")
        return cc is not None and tree.form(cc) in {"or", "nor"} and own is None and is_negated(tree, head)
    return False


def _refused(tree: Tree, token: Token) -> bool:
    """As in "refused to say", "unable to say", "could not ... say": the head denies the act."""
    head = tree.head(token)
    for _ in range(3):
        if head is None or token.dep_ not in {"xcomp", "advcl", "ccomp", "conj", "acl"}:
            return False
        if tree.lemma(head) in _REFUSING and token.dep_ != "conj":
            return not is_negated(tree, head)
        if token.dep_ == "xcomp" and tree.lemma(head) in _WILLING:
            return is_negated(tree, head)
        if token.dep_ not in {"conj", "xcomp"}:
            return False
        token, head = head, tree.head(head)
    return False


def _nobody(tree: Tree, token: Token) -> bool:
    for kid in tree.children(token, "nsubj", "nsubj:pass"):
        before = tree.beside(kid, -1)
        if (tree.form(kid) in _NOBODY and before != "a") or (tree.form(kid) == "one" and before == "no"):
            return True
    return False


def _no_longer(tree: Tree, token: Token) -> bool:
    return any(
        tree.form(kid) in {"longer", "more"} and tree.beside(kid, -1) == "no"
        for kid in tree.children(token, "advmod", "obl")
    )


def _yet(tree: Tree, anchor: Token) -> bool:
    """As in "have yet to say", "is yet to be seen"."""
    words = [tree.form(tree.at(i)) for i in range(max(tree.first, anchor.i - 4), anchor.i)]
    return "yet to" in " ".join(words)


def _so_far(tree: Tree, anchor: Token) -> bool:
    """As in "not yet", "so far", "still", "to date" near by."""
    near = range(max(tree.first, anchor.i - _NEAR), min(tree.first + len(tree.tokens), anchor.i + _NEAR))
    words = " ".join(tree.form(tree.at(i)) for i in near)
    return any(f" {phrase} " in f" {words} " for phrase in ("yet", "so far", "still", "to date"))


def _unfinished(tree: Tree, anchor: Token) -> bool:
    """Going on or still to come: "to decide", "is deciding", "will decide", "until they decide".

    Not "decided", "decides", "managed to decide", "was allowed to decide", "seems to have decided".
    """
    helpers = [*tree.children(anchor, "aux", "aux:pass", "mark")]
    forms = {tree.form(kid) for kid in helpers}
    lemmas = {tree.lemma(kid) for kid in helpers}
    if anchor.tag_ == "VBG":
        return True
    if "to" in forms or anchor.tag_ == "VB":
        head = tree.head(anchor)
        done = head is not None and head.tag_ == "VBD" and tree.lemma(head) in {"manage", "help", "use"}
        done = done or "have" in lemmas or (head is not None and tree.lemma(head) in _LETTING)
        return not done and (head is None or tree.lemma(head) not in _ENTITLED)
    if lemmas & _MODALS or (anchor.tag_ in {"VBP", "VBZ"} and forms & _WAITING):
        return True
    head = tree.head(anchor)
    return anchor.dep_ == "conj" and head is not None and head.tag_ == anchor.tag_ == "VB"


def _supposed(tree: Tree, verb: Token) -> bool:
    """Inside an "if" or "unless" clause, or only wanted: "it is important that there be an inquiry"."""
    marks = [tree.form(mark) for mark in tree.children(verb, "mark")]
    if marks == ["that"] and verb.tag_ == "VB" and not tree.children(verb, "aux"):
        return True
    for token in [verb, *tree.ancestors(verb)[:3]]:
        aside = token.dep_.startswith("advcl") or (token.dep_ == "acl" and _is_said(tree, tree.head(token)))
        if aside and any(tree.form(kid) in _SUPPOSING for kid in tree.children(token, "mark")):
            return True
    return False


def _is_said(tree: Tree, noun: Token | None) -> bool:
    """Whether a noun is what is said of something: "we wouldn't be in this position if ..."."""
    return noun is not None and tree.child(noun, "cop") is not None


def _past(tree: Tree, verb: Token) -> bool:
    if verb.tag_ == "VBD":
        return True
    return any(kid.tag_ == "VBD" for kid in tree.children(verb, "aux", "aux:pass", "cop"))


def _modal(tree: Tree, verb: Token) -> str:
    return next((tree.lemma(kid) for kid in tree.children(verb, "aux") if tree.lemma(kid) in _MODALS), "")


def _actor(tree: Tree, verb: Token) -> str:
    own = subject(tree, verb)
    if own is None:
        return ""
    if own.pos_ == "PRON":
        return tree.form(own)
    if tree.lemma(own) in _ANYBODY:
        return "people"
    return "name" if own.tag_ == "NNP" and tree.child(own, "det") is None else "noun"


def _said_of_something(tree: Tree, anchor: Token) -> bool:
    """Whether the anchor is (part of) a predicate: not a participle or phrase that only qualifies a noun."""
    if anchor.tag_ == "VBG" and anchor.dep_ == "advcl":
        return False
    if anchor.dep_ in {"acl", "amod", "nmod", "compound", "acl:relcl"}:
        return anchor.dep_ == "acl:relcl" or tree.child(anchor, "cop", "nsubj", "nsubj:pass") is not None
    return True
