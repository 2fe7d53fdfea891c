"""What an undertaking depends on: the branch of a sentence that a condition cue opens, where it belongs to the deed."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from bot.extract.clauses import CALENDAR, FINITE, SUBJECTS, Tree, follows_a_semicolon, plain, run_from
from bot.extract.cues import Match
from bot.extract.scope import Found
from bot.extract.slots import spelled
from bot.extract.words import load_words

_HEADS = frozenset({"mark", "case", "advmod", "fixed", "cc", "aux", "det"})
_OF_ADJECTIVE = frozenset({"conditional", "contingent", "dependent"})
_FINDING_OUT = frozenset(
    {"ask", "assess", "check", "confirm", "decide", "determine", "discover", "establish", "find", "learn", "see"}
    | {"verify", "wonder"}
)
_OF_CLAUSES = frozenset({"until", "once", "before", "while"})


@dataclass(frozen=True, slots=True)
class Condition:
    """What an action depends on: the words, and their positions (to keep them out of the action)."""

    text: str
    places: frozenset[int]


def condition(tree: Tree, found: Found, heads: Iterable[Token], *, barred: bool = False) -> Condition | None:
    """The first condition of a deed, whose predicate and content are `heads`.

    It hangs from one of them or from anything below, or stands at the edge of the clause that reports or begins it.
    `barred`: the deed will not be done, so that what stands in its way ("not without a mandate") is a condition, too.
    """
    kinds = frozenset({"condition", "bar"} if barred else {"condition"})
    tops = [
        (match, top)
        for place in sorted(found)
        for match in found[place]
        if match.cue.kind in kinds and (top := _top(tree, match)) is not None
    ]
    heads, opened = list(heads), {top.i for _, top in tops}

    def apart(token: Token) -> bool:
        return token.i not in opened and _on_its_own(tree, token)

    below = {token.i for head in heads for token in tree.phrase(head, unless=apart)}
    within = (_spelled(tree, match, top) for match, top in tops if top.i in below)
    beside = (_spelled(tree, match, top) for match, top in tops if _at_the_edge(tree, top, heads, below))
    return next((given for each in (within, beside) for given in each if given is not None), None)


def supposed(tree: Tree, deed: Token) -> Condition | None:
    """The event that a consequence is threatened for: "any further aggression would have massive consequences"."""
    event = tree.child(deed, "nsubj", "nsubj:pass")
    if event is None or event.pos_ != "NOUN" or event.i > deed.i:
        return None
    if not any(tree.form(kid) in {"any", "further"} for kid in tree.children(event, "det", "amod", "advmod")):
        return None
    if tree.lemma(event) not in load_words("commitments")["harms"] and tree.child(event, "acl:relcl") is None:
        return None  # "further details will be announced"
    words = tree.phrase(event)
    return Condition(spelled(words), frozenset(token.i for token in words))


def _spelled(tree: Tree, match: Match, top: Token) -> Condition | None:
    start = match.start
    adjective = tree.lemma(match.anchor) in _OF_ADJECTIVE
    if adjective and (case := tree.child(top, "case", "mark")) is not None:
        start = case.i + 1
    words = run_from(_joined(tree, tree.phrase(top)), start)
    text = spelled(words)
    return Condition(text, frozenset(token.i for token in words)) if len(words) > 1 or adjective else None


def _top(tree: Tree, match: Match) -> Token | None:
    """The head of the branch that a condition cue opens."""
    anchor = match.anchor
    if tree.lemma(anchor) == "should":
        return _should_clause(tree, anchor)
    if tree.lemma(anchor) == "provide":
        return anchor if _is_provided(tree, anchor) else None
    if tree.form(anchor) in _OF_CLAUSES:
        return _clause_after(tree, anchor)
    if tree.lemma(anchor) in _OF_ADJECTIVE:
        return tree.child(anchor, "obl", "advcl", "nmod", "ccomp", "xcomp")
    if anchor.dep_ in _HEADS or anchor.pos_ in {"ADP", "SCONJ"}:
        head = tree.head(anchor)
        return None if head is tree.root or _asks_whether(tree, anchor, head) else head
    return anchor if anchor is not tree.root else None


def _asks_whether(tree: Tree, word: Token, clause: Token | None) -> bool:
    """Whether an "if" means "whether": "will meet on Monday to determine if the bond is needed"."""
    verb = tree.head(clause) if clause is not None else None
    if verb is None or tree.form(word) != "if" or clause is None or clause.i < verb.i:
        return False
    return tree.lemma(verb) in _FINDING_OUT and tree.child(verb, "obj", "obl") is None


def _is_provided(tree: Tree, word: Token) -> bool:
    """Whether "provided" opens a clause ("provided Rome agrees") and is no verb of its own ("it provided ships")."""
    own = tree.child(word, *SUBJECTS)
    before = own is None or plain(own.text) in CALENDAR  # "until September provided that ..."
    return before and tree.child(word, "ccomp") is not None and tree.child(word, "aux", "obj") is None


def _clause_after(tree: Tree, word: Token) -> Token | None:
    """The clause that "until" or "once" opens; None before a day or a noun ("until Friday", "once a year")."""
    head = tree.head(word)
    if head is not None and word.dep_ == "case" and head.dep_ in SUBJECTS:
        head = tree.head(head) if plain(head.text) not in CALENDAR else None
    opens = head is not None and (word.dep_ in {"mark", "case"}) and tree.child(head, *SUBJECTS) is not None
    if head is not None and tree.form(word) == "while" and head.tag_ == "VBD":
        return None  # "declined the offer, while India said that it would think it over"
    return head if opens and head is not tree.root else None


def _should_clause(tree: Tree, aux: Token) -> Token | None:
    """The clause of an inverted "should" ("should hostilities cease")."""
    head = tree.head(aux)
    if head is None or aux.dep_ != "aux" or head is tree.root:
        return None
    own = tree.child(head, *SUBJECTS, "expl")
    return head if own is not None and aux.i < own.i else None


def _joined(tree: Tree, words: list[Token]) -> list[Token]:
    """The words with the punctuation that stands between them."""
    places = {token.i for token in words}
    low, high = words[0].i, words[-1].i
    return [each for i in range(low, high + 1) if (each := tree.at(i)).i in places or each.is_punct]


def _on_its_own(tree: Tree, token: Token) -> bool:
    """Whether a further member of a row says something for itself ("and the other will stay if ...", "; if ...")."""
    if follows_a_semicolon(tree, token):
        return True
    if token.dep_ != "conj":
        return False
    return token.tag_ in FINITE or tree.child(token, *SUBJECTS, "aux", "aux:pass", "cop") is not None


def _at_the_edge(tree: Tree, top: Token, heads: list[Token], below: Container[int]) -> bool:
    """Whether a branch hangs from the clause that reports or begins the deed, and stands right before or after it."""
    host = tree.head(top)
    if host is None or top.i in below or all(host.i != each.i for head in heads for each in _hosts(tree, head)):
        return False
    before = _word_before(tree, tree.phrase(top)[0])
    if before is None:
        return heads[0].dep_ == "ccomp"  # "If the vote fails, she said, she would resign"
    return before.i in below


def _hosts(tree: Tree, verb: Token) -> Iterator[Token]:
    """The clauses above a predicate that say it or that it goes on from."""
    current = verb
    while _goes_on(tree, current) and (head := tree.head(current)) is not None:
        yield head
        current = head


def _goes_on(tree: Tree, verb: Token) -> bool:
    """Whether a clause goes on from the one above: a complement, a conjunct, "..., declaring his readiness to go"."""
    says = verb.dep_ == "advcl" and verb.tag_ == "VBG" and tree.child(verb, *SUBJECTS) is None
    return verb.dep_ in {"ccomp", "xcomp", "conj"} or says


def _word_before(tree: Tree, token: Token) -> Token | None:
    """The next word before a token that is no punctuation; None at the beginning of the sentence."""
    before = tree.tokens[: token.i - tree.first]
    return next((each for each in reversed(before) if not each.is_punct), None)
