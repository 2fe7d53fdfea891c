"""Whose a promise, a plan or an offer is: the owner of a noun that names an undertaking."""

import re

from spacy.tokens import Token

from bot.extract.clauses import Tree, agent, is_passive, plain, subject
from bot.extract.parties import PartyBook, is_name
from bot.extract.words import load_words

_SENT = frozenset({"force", "forces", "military", "personnel", "police", "soldier", "staff", "team", "troop", "troops"})
_FROM = frozenset({"of", "by", "from", "between", "among"})


def noun_actor(tree: Tree, noun: Token, book: PartyBook, content: Token | None = None) -> Token | None:
    """Whose commitment it is: its possessor, who it comes from or the subject of the verb that it belongs to."""
    if (owner := tree.child(noun, "nmod:poss")) is not None:
        return _owner(tree, noun, owner, book)
    if (giver := _from_whom(tree, noun, content)) is not None:
        return giver
    for kid in tree.children(noun, "amod", "compound", "nmod:desc"):
        if _names_whose(noun, kid, book):
            return kid
    if (told_of := _stranded(tree, noun)) is not None:
        return told_of
    for made in tree.children(noun, "acl"):
        if made.tag_ == "VBN" and (maker := agent(tree, made)) is not None:
            return maker
    if (clause := tree.child(noun, "acl:relcl")) is not None and (own := tree.child(clause, "nsubj")) is not None:
        return own if tree.form(own) not in {"which", "that", "who"} else None
    return _governing_subject(tree, noun)


def _from_whom(tree: Tree, noun: Token, content: Token | None) -> Token | None:
    """Who a promise is said to come from: "a pledge by Rome", "the commitment of both sides to the deal"."""
    for kid in tree.children(noun, "nmod", "obl"):
        case = tree.child(kid, "case")
        if case is None or tree.form(case) not in _FROM or (content is not None and kid.i == content.i):
            continue
        led_to = content is not None and content.i > kid.i and may_give(tree, kid)
        if tree.form(case) != "of" or is_name(kid) or kid.pos_ == "PRON" or led_to:
            return kid
    return None


def may_give(tree: Tree, noun: Token) -> bool:
    """Whether a noun stands for somebody who can promise: "both sides", not "10 million" or "troops"."""
    lemma = tree.lemma(noun)
    return (lemma in load_words("commitments")["agents"] and lemma not in _SENT) or lemma in {"side", "party"}


def _names_whose(noun: Token, before: Token, book: PartyBook) -> bool:
    """Whether a word before a noun says whose it is: "French plans", "OPCW plans".

    Of a noun that the parser takes a verb for ("Danida plans to publish it") any name is its subject.
    """
    if re.search(r"-[a-z]", before.text):
        return False  # "a U.N.-backed plan"
    if book.country(before.text) or book.canonical(before.text) or before.ent_type_ in {"ORG", "LOC"}:
        return True
    taken_for_a_noun = noun.dep_ == "ROOT" and noun.tag_ == "NNS"
    acts = is_name(before) or plain(before.lemma_) in load_words("commitments")["agents"]
    return _initials(before) or (taken_for_a_noun and acts)


def _stranded(tree: Tree, noun: Token) -> Token | None:
    """The subject of a verb that the parser takes for an adjective: "Cigna, the insurer, announced plans to ..."."""
    announced = tree.child(noun, "amod") if noun.dep_ == "ROOT" else None
    verb = next((kid for kid in tree.children(noun, "amod") if kid.tag_ in {"VBN", "VBD"}), None)
    if announced is None or verb is None or announced.i >= verb.i or not announced.text[:1].isupper():
        return None
    return announced if tree.child(announced, "appos") is not None else None


def _initials(token: Token) -> bool:
    """Whether a word is a name in capitals, like OPCW."""
    return token.pos_ == "PROPN" and token.text.isupper() and len(token.text) > 2


def _owner(tree: Tree, noun: Token, owner: Token, book: PartyBook) -> Token:
    """Whom a possessor means: "we renew our pledge" is we; "we thank Rome for its pledge" is Rome."""
    if owner.pos_ != "PRON":
        return owner
    head = tree.head(noun)
    case = tree.child(noun, "case")
    if head is not None and case is not None and tree.form(case) == "for" and noun.dep_ in {"obl", "nmod"}:
        thanked = tree.child(head, "obj", "iobj")
        return thanked if thanked is not None and thanked.i < noun.i else owner
    whose = _governing_subject(tree, noun) if noun.dep_ in {"obj", "conj"} else None
    return whose if whose is not None and _may_own(tree, owner, whose, book) else owner


def _may_own(tree: Tree, owner: Token, whose: Token, book: PartyBook) -> bool:
    """Whether a subject can be who "my", "our", "its" or "his" means; a minister's "our commitment" is not his own."""
    form, subject_form = tree.form(owner), tree.form(whose)
    if whose.pos_ == "PRON":
        return (form, subject_form) in _PRONOUNS
    one_person = whose.ent_type_ == "PER" or tree.lemma(whose) in book.officials
    if form == "our" and one_person and tree.child(whose, "conj") is None:
        return False
    return form not in {"my", "your"} and whose.tag_ != "VBG"


GETTING = frozenset(
    {"await", "demand", "extract", "get", "need", "obtain", "receive", "request", "secure", "seek", "want"}
)
"""What is done with another's promise."""

_PRONOUNS = frozenset(
    {("my", "i"), ("our", "we"), ("their", "they"), ("its", "it"), ("his", "he"), ("her", "she"), ("your", "you")}
)


def _governing_subject(tree: Tree, noun: Token) -> Token | None:
    """The subject of the verb whose object (or companion: "in our commitment") the noun is."""
    current = noun
    for head in tree.ancestors(noun):
        if current.dep_ in {"obj", "obl", "conj", "xcomp"} and head.pos_ in {"VERB", "AUX"}:
            if current.dep_ == "conj":
                current = head
                continue
            if current.dep_ == "obj" and tree.lemma(head) in GETTING:
                return None
            return agent(tree, head) if is_passive(tree, head) and current.dep_ == "obl" else subject(tree, head)
        if current.dep_ != "conj":
            return None
        current = head
    return None
