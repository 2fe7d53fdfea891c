"""What a bare "to" says without a finite verb: a headline ("Ford to cut 3,000 jobs"), a task in minutes."""

from spacy.tokens import Token

from bot.extract.clauses import Tree, is_finite, is_passive

_ACTION_POINTS = (("action", ":"), ("actions", ":"))
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "cllr", "councillor", "prof", "rev", "sir", "chair", "clerk"})
_INITIALS = range(2, 4)
_PROMISING = frozenset(
    {"agreement", "commitment", "deal", "decision", "intention", "offer", "plan", "pledge", "promise"}
)


def in_headline(tree: Tree, to: Token) -> bool:
    """Whether a "to" stands in a headline or an action point without a finite verb: "Ford to cut 3,000 jobs"."""
    verb = tree.head(to)
    if given_a_task(tree, to) is not None:
        return True
    if verb is None or to.dep_ != "mark" or verb.dep_ != "acl" or tree.root.pos_ not in {"NOUN", "PROPN"}:
        return False
    named = tree.head(verb)
    if named is None or named.dep_ not in {"ROOT", "appos"} or tree.forms[-1] == "." or tree.lemma(named) in _PROMISING:
        return False
    return not any(map(is_finite, tree.tokens))


def given_a_task(tree: Tree, to: Token) -> Token | None:
    """To whom a line of minutes gives a task with this "to": "Action: the clerk to write", "Mr Platt to write"."""
    return _assigned(tree, to) or _minuted(tree, to)


def _minuted(tree: Tree, to: Token) -> Token | None:
    """The named person of whom a "to" tells what to do, in a sentence without a finite verb."""
    verb = tree.head(to)
    if tree.forms[-1] != "." or to.dep_ != "mark" or verb is None or verb.pos_ != "VERB":
        return None
    if verb.i == tree.root.i:
        named = tree.child(verb, "nsubj")
    else:
        named = tree.root if verb in tree.children(tree.root, "acl") else None
    if named is None or not _is_a_person(tree, named) or is_passive(tree, verb) or any(map(is_finite, tree.tokens)):
        return None
    return named


def _is_a_person(tree: Tree, noun: Token) -> bool:
    """Whether it is a name with a title, an office or initials: "Mr Platt", "the clerk", "JS"."""
    words = [noun, *tree.children(noun, "nmod:desc", "compound", "flat")]
    initials = len(words) == 1 and noun.text.isalpha() and noun.text.isupper() and len(noun.text) in _INITIALS
    return initials or any(tree.form(word).rstrip(".") in _TITLES for word in words)


def _assigned(tree: Tree, to: Token) -> Token | None:
    """To whom an action point gives the task ("Action: the clerk to write to ..."), wherever the parse hangs it."""
    before = tree.tokens[2 : to.i - tree.first] if tree.forms[:2] in _ACTION_POINTS and to.dep_ == "mark" else ()
    if any(is_finite(token) or token.is_punct for token in before):
        return None
    places = {token.i for token in before}
    doer = next((token for token in before if token.head.i not in places), None)
    return doer if doer is not None and doer.pos_ in {"NOUN", "PROPN"} else None
