"""Where the matter stands that a cue leaves open: the clause it asks, or the noun it is about.

Each way is a function from a sentence and a cue's match to a `Matter`, or None. `find_matter` tries the ways that the
cue lists, best first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from bot.domain import QuestionKind
from bot.extract.clauses import Tree, auxiliaries, clause_of, is_negated, subject
from bot.extract.cues import Match
from bot.extract.interrogatives import clause_head, is_infinitive, is_predicate, only_leads_over, opener_after
from bot.extract.nominals import Frame, Phrased, from_nominal, nominal_words, of_owner, quoted
from bot.extract.phrasing import (
    WH,
    clause_words,
    from_clause,
    from_direct,
    from_predicate,
)
from bot.extract.spelling import as_question, in_mid_sentence, spell
from bot.extract.words import load_words

_SUBORDINATE = frozenset({"csubj", "csubj:pass", "nsubj", "nsubj:pass", "advcl", "ccomp"})
_PARTS = frozenset({"all", "some", "any", "much", "most", "many", "part"})
_COUNTED = frozenset({"first", "second", "third", "next", "last", "other"})
_MODIFYING = ("nmod", "obl", "acl", "advcl", "obj", "nmod:desc", "ccomp")
_THAT = ("ccomp", "csubj", "acl", "advcl", "parataxis")
_STAGES = frozenset({"trial", "sentence", "sentencing"})
"""What a prisoner awaits: nobody's open question, unlike "the trial" of somebody."""
_COMING = frozenset(
    {"announce", "arrive", "be", "come", "deliver", "emerge", "follow", "give", "hand", "issue", "know", "make"}
    | {"publish", "reach", "release", "report", "reveal"}
)
"""What happens to a decision when it comes."""
_LINKING = frozenset(
    {"be", "remain", "stay", "have", "not", "never", "still", "yet", "also", "now", "immediately", "one", "of", "the"}
    | {"something", "anything"}
)
_NAMING = frozenset({"call", "describe", "dub", "label", "term"})
"""Of "what it called an attack", which asks nothing."""
_LONGEST_ACTOR = 8
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Matter:
    """What is open: how it was found (`way`), the word that opens it, the words it covers, and how to ask it."""

    way: str
    opener: str
    words: tuple[Token, ...]
    phrased: Phrased
    head: Token | None = None


def find_matter(tree: Tree, match: Match) -> Matter | None:
    """The matter that a match leaves open, by the first of its cue's ways that finds one."""
    for way in match.cue.governs:
        if (matter := WAYS[way](tree, match)) is not None:
            return matter
    return None


# Clauses


def _clause(tree: Tree, match: Match) -> Matter | None:
    """As in "unclear whether he came"."""
    opener = opener_after(tree, match)
    if "posed" in match.cue.flags and _put_by_somebody(tree, match.tokens[0]):
        return None
    head = clause_head(tree, opener) if opener is not None else None
    return _asked(tree, match, opener, head, "clause") if opener is not None and head is not None else None


def _before(tree: Tree, match: Match) -> Matter | None:
    """As in "Whether he came is unclear", "How it began remains to be seen"."""
    if (words := _first_clause(tree, match)) and (head := clause_head(tree, words[0])) is not None:
        return None if _come_what_may(tree, match, words) else _asked(tree, match, words[0], head, "before", words)
    tops = {match.anchor.i, clause_of(tree, match.anchor).i}
    for token in tree.tokens[: match.start - tree.first]:
        if tree.form(token) in WH | {"whether"} and (head := clause_head(tree, token)) is not None:
            above = tree.head(head)
            if above is not None and above.i in tops and head.dep_ in _SUBORDINATE:
                if _come_what_may(tree, match, clause_words(tree, token, head)):
                    return None
                return _asked(tree, match, token, head, "before")
    return None


def _come_what_may(tree: Tree, match: Match, words: Sequence[Token]) -> bool:
    """As in "Whether it rains or shines, we do not reveal our plans": what is not revealed is named elsewhere."""
    forms = [tree.form(word) for word in words]
    return "whether" in forms[:1] and "or" in forms and tree.child(match.anchor, "obj") is not None


def _first_clause(tree: Tree, match: Match) -> list[Token]:
    """The words from an interrogative at the beginning of a sentence up to the predicate of a cue; else none."""
    start = next((token for token in tree.tokens if not token.is_punct and token.pos_ != "CCONJ"), tree.tokens[0])
    own = subject(tree, match.anchor) if match.anchor.pos_ == "VERB" else None
    end = tree.phrase(own)[0].i if own is not None and start.i < own.i < match.start else match.start
    while end > start.i and (tree.at(end - 1).is_punct or tree.at(end - 1) in auxiliaries(tree, match.anchor)):
        end -= 1
    while end > start.i and tree.lemma(tree.at(end - 1)) in _LINKING and tree.form(tree.at(end - 1)) != "be":
        end -= 1
    words = [tree.at(i) for i in range(start.i, end)]
    opens = bool(words) and tree.form(words[0]) in WH | {"whether"}
    return words if opens and not words[-1].is_punct and any(is_predicate(tree, token) for token in words) else []


def _that(tree: Tree, match: Match) -> Matter | None:
    """As in "not certain that he came"."""
    if tree.lemma(match.anchor) == "clear" and not _impersonal(tree, match.anchor):
        return None
    above = tree.head(match.anchor) if match.anchor.dep_ == "conj" else None
    kids = [*tree.children(match.anchor, *_THAT), *(tree.children(above, *_THAT) if above is not None else ())]
    for kid in kids:
        mark = next((each for each in tree.children(kid, "mark") if tree.form(each) == "that"), None)
        if mark is not None and mark.i > match.anchor.i:
            return _asked(tree, match, mark, kid, "that")
    return None


def _impersonal(tree: Tree, anchor: Token) -> bool:
    return any(tree.form(kid) == "it" for kid in tree.children(anchor, "expl", "nsubj"))


def _asked(
    tree: Tree, match: Match, opener: Token, head: Token, way: str, words: list[Token] | None = None
) -> Matter | None:
    """The matter of a clause, unless it asks nothing that others could answer."""
    words = words or clause_words(tree, opener, head)
    if (
        len(words) < _SHORTEST
        or (tree.form(opener) == "what" and tree.lemma(head) in _NAMING)
        or only_leads_over(tree, words)
        or not any(token.pos_ in {"VERB", "AUX"} for token in words)
        or match.anchor in words
        or _own_affair(tree, match, head, words)
    ):
        return None
    future = "future" in match.cue.flags
    phrased = from_clause(tree, opener, head, _actor(tree, match.anchor), words=words, future=future)
    if phrased is None and is_infinitive(tree, head) and tree.form(opener) != "whether":
        return None
    return Matter(way, tree.form(opener), tuple(words), phrased or quoted(spell(words)), head)


def _own_affair(tree: Tree, match: Match, head: Token, words: Sequence[Token]) -> bool:
    """What only a speaker, a reader or somebody's skill is asked for: "if I could", "how you do it", "know how to"."""
    actor = tree.child(head, "nsubj", "nsubj:pass")
    form = tree.form(actor) if actor is not None else ""
    if form in {"i", "you", "one"} or (form == "we" and "unfinished" in match.cue.flags and _able(tree, head)):
        return True
    if [tree.form(token) for token in words[:3]] == ["what", "is", "known"]:
        return True
    return tree.lemma(match.anchor) == "know" and is_infinitive(tree, head)


def _able(tree: Tree, head: Token) -> bool:
    """As in "see if we can prevent it", which is to try."""
    return any(tree.lemma(kid) in {"can", "could", "should"} for kid in tree.children(head, "aux"))


def _actor(tree: Tree, anchor: Token) -> Sequence[Token]:
    """The named actor of the cue's own clause, for a clause without a subject."""
    actor = subject(tree, anchor)
    if actor is None or actor.pos_ not in {"NOUN", "PROPN"} or actor.i > anchor.i:
        return ()
    words = nominal_words(tree, actor)
    return words if len(words) <= _LONGEST_ACTOR else ()


# Nouns


def _noun(tree: Tree, match: Match, noun: Token | None, way: str) -> Matter | None:
    if noun is not None and tree.lemma(noun) in _PARTS:
        noun = tree.child(noun, "nmod") or noun
    if noun is None or not _fits(tree, match, noun):
        return None
    words = nominal_words(tree, noun)
    if not words or (noun.pos_ == "PRON" and len(words) == 1):
        return _whole(tree, match) if words and "pronoun" in match.cue.flags else None
    frame = frame_of(tree, noun, awaited=match.cue.kind == QuestionKind.PENDING)
    frame = Frame.KNOWN if "known" in match.cue.flags else frame
    phrased = _of_owner(tree, noun, words) or from_nominal(tree, noun, frame) or quoted(spell(words))
    return Matter(way, "", tuple(words), phrased, noun)


def _fits(tree: Tree, match: Match, noun: Token) -> bool:
    """Whether a noun is of the class that the cue asks for ("hidden": a cause, a motive ...)."""
    lists = load_words("questions")
    if "awaited" in match.cue.flags and len(nominal_words(tree, noun)) == 1 and tree.lemma(noun) in _STAGES:
        return False
    asked = [name for name in ("hidden", "awaited", "inquiry") if name in match.cue.flags]
    words = {tree.lemma(each) for each in tree.conjuncts(noun)} | {tree.form(noun)}
    return not asked or any(words & set(lists[name]) for name in asked)


def _of_owner(tree: Tree, noun: Token, words: Sequence[Token]) -> Phrased | None:
    """As in "the envoy, whose fate is unknown"."""
    owner = next((each.head for each in tree.ancestors(noun) if each.dep_ == "acl:relcl"), None)
    return of_owner(tree, words, owner) if words[0].tag_ == "WP$" and owner is not None and len(words) > 1 else None


def frame_of(tree: Tree, noun: Token, *, awaited: bool = False) -> Frame:
    """The question that fits a noun, from the lists under `[words]`; `awaited` where it is still to come."""
    lists, lemma = load_words("questions"), tree.lemma(noun)
    if lemma in lists["inquiry"]:
        return Frame.FIND
    if lemma in lists["will_be"]:
        return Frame.WILL_BE
    if awaited:
        return Frame.SAY if lemma in lists["say"] else Frame.THERE if lemma in lists["awaited"] else Frame.KNOWN
    return Frame.BE if lemma in lists["be"] or lemma in lists["hidden"] else Frame.KNOWN


def _about(tree: Tree, match: Match) -> Matter | None:
    """The noun behind "about", "regarding", "surrounding" ..."""
    about = load_words("questions")["about"]
    for owner in dict.fromkeys([match.anchor, *match.tokens]):
        for kid in tree.children(owner, *_MODIFYING):
            if kid.i <= match.anchor.i or kid in match.tokens:
                continue
            case = next((each for each in tree.children(kid, "case", "mark") if tree.form(each) in about), None)
            if case is not None and kid.pos_ in {"NOUN", "PROPN", "PRON"}:
                return _withheld(tree, match, case, _noun(tree, match, kid, "about"))
            if tree.form(kid) in about and (inner := tree.child(kid, "obj", "obl")) is not None:
                return _noun(tree, match, inner, "about")
    return None


def _withheld(tree: Tree, match: Match, case: Token, matter: Matter | None) -> Matter | None:
    """The matter asked for by what is not told of it: "gave no reason for the delay", "What is the reason for ...?"."""
    named = next((token for token in match.tokens if tree.lemma(token) in _TOLD), None)
    if matter is None or named is None or "known" not in match.cue.flags or tree.form(case) not in {"for", "of"}:
        return matter
    be = "are" if named.tag_ == "NNS" else "is"
    asked = f"what {be} the {tree.form(named)} {tree.form(case)} {in_mid_sentence(matter.words)}"
    return replace(matter, phrased=Phrased(as_question(asked), matter.phrased.content))


_TOLD = frozenset({"date", "deadline", "detail", "figure", "reason", "timeline", "timescale", "timetable"})


def _object(tree: Tree, match: Match) -> Matter | None:
    return _noun(
        tree, match, next((kid for kid in tree.children(match.anchor, "obj") if kid.i > match.anchor.i), None), "object"
    )


def _subject(tree: Tree, match: Match) -> Matter | None:
    verb = match.anchor
    noun = tree.child(verb, "nsubj", "nsubj:pass")
    deed = tree.child(verb, "xcomp") if "awaited" in match.cue.flags else None
    if deed is not None and tree.lemma(deed) not in _COMING:
        return None  # "the trial is expected to last two months"
    if noun is None:
        verb = clause_of(tree, match.anchor)
        noun = tree.child(verb, "nsubj", "nsubj:pass")
    return _noun(tree, match, noun, "subject") if noun is not None and noun not in match.tokens else None


def _inverted_clause(tree: Tree, match: Match) -> Matter | None:
    """As in "The question is, are they ready for that."."""
    words = [token for token in tree.tokens if token.i >= match.end]
    while words and words[0].is_punct:
        words.pop(0)
    if len(words) < _SHORTEST or words[0].tag_ not in {"MD", "VBZ", "VBP", "VBD"} or tree.form(words[1]) == "you":
        return None
    if _put_by_somebody(tree, match.tokens[0]):
        return None
    phrased = from_direct(spell(words))
    return Matter("inverted", tree.form(words[0]), tuple(words), phrased, tree.head(match.anchor)) if phrased else None


def _put_by_somebody(tree: Tree, noun: Token) -> bool:
    """As in "My question", "the next question": one that somebody puts, not one that is open."""
    kids = {tree.form(kid) for kid in tree.children(noun, "det", "amod", "nmod:poss")}
    return not kids & {"the", "a"} or bool(kids & _COUNTED)


def _complement(tree: Tree, match: Match) -> Matter | None:
    """The other side of "the missing piece is X"."""
    head = tree.head(match.anchor)
    if head is not None and match.anchor.dep_ == "cop" and is_negated(tree, head):
        return None
    if head is not None and match.anchor.dep_ == "cop" and head.pos_ not in {"NOUN", "PROPN"}:
        return _inverted_clause(tree, match)
    if match.anchor.dep_ == "cop" and not _put_by_somebody(tree, match.tokens[0]):
        return _noun(tree, match, head, "complement") if head is not None and head not in match.tokens else None
    if match.anchor.dep_ == "nsubj" and head is not None and tree.child(head, "cop") is not None:
        return _noun(tree, match, head, "complement")
    if tree.child(match.anchor, "cop") is not None:
        return _noun(tree, match, tree.child(match.anchor, "nsubj"), "complement")
    return None


# Acts


def _itself(tree: Tree, match: Match) -> Matter | None:
    return _noun(tree, match, match.anchor, "itself")


def _act(tree: Tree, match: Match) -> Matter | None:
    """An act that is still owed: "has yet to rule"."""
    actor = subject(tree, match.anchor)
    if actor is None:
        above = (tree.child(each, "nsubj") for each in tree.ancestors(match.anchor)[:3])
        actor = next((each for each in above if each is not None), None)
    if actor is None or actor.pos_ not in {"NOUN", "PROPN"}:
        return None
    how = tree.lemma(match.anchor) in load_words("questions")["how"]
    phrased = from_predicate(tree, match.anchor, actor, "how" if how else "when")
    if phrased is None:
        return None
    words = [token for token in tree.phrase(match.anchor) if token.i >= nominal_words(tree, actor)[0].i]
    return Matter("act", "", tuple(words), phrased, match.anchor)


def _whole(tree: Tree, match: Match) -> Matter | None:
    """The cue's own clause, where what is open cannot be taken out of it."""
    clause = clause_of(tree, match.anchor)
    while clause.dep_ == "xcomp" and (head := tree.head(clause)) is not None:
        clause = head
    words = tree.phrase(
        clause, unless=lambda token: token.head.i == clause.i and token.dep_ in {"conj", "cc", "parataxis"}
    )
    return Matter("whole", "", tuple(words), quoted(spell(words)), clause)


WAYS: Mapping[str, Callable[[Tree, Match], Matter | None]] = {
    "clause": _clause,
    "before": _before,
    "that": _that,
    "about": _about,
    "object": _object,
    "subject": _subject,
    "complement": _complement,
    "act": _act,
    "itself": _itself,
    "whole": _whole,
}
