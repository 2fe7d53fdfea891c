"""What standing a clause has: reported, conditional, demanded of others, hoped for, denied, past, in doubt.

The words that tell it are data (`config/cues/scope.toml`). `scopes(tree)` finds them all once; `standing(tree, found,
token)` climbs from a token to the root and notes what it passes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from bot.extract.clauses import (
    CALENDAR,
    SUBJECTS,
    Tree,
    auxiliaries,
    follows_a_semicolon,
    is_clause,
    is_negated,
    is_passive,
    plain,
    subject,
)
from bot.extract.cues import Match, load_cues
from bot.extract.words import load_words

Found = Mapping[int, tuple[Match, ...]]
_CLAIMS = frozenset({"ccomp", "xcomp", "acl", "csubj", "obj", "parataxis", "nmod", "obl", "advcl"})
_NOT_REALIS = frozenset({"if", "unless", "whether", "lest"})
SAYING = frozenset({"say", "add", "tell", "report", "announce", "explain", "note", "write", "warn", "state"})
_TAKEN_IN = frozenset({"know", "note", "remember", "understand"})
"""Verbs that demand nothing of what they lead to: "they should know that we will come"."""
DENYING = frozenset({"deny", "refute"})
_WORDS_GIVEN = frozenset({"notice", "word"})
_HARD_MODALS = frozenset({"must", "should", "ought"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a token's clause stands. `reporter` is the verb of saying above it, `said_by` that verb's subject."""

    reporter: Token | None = None
    said_by: Token | None = None
    marks: frozenset[str] = field(default_factory=frozenset)

    def has(self, *marks: str) -> bool:
        """Whether a mark is set: belief, demand, hope, dispute, attempt, hedge, lack, hypothetical, either."""
        return not self.marks.isdisjoint(marks)


def scopes(tree: Tree) -> Found:
    """All scope cues of a sentence by the position of their anchor."""
    found: dict[int, tuple[Match, ...]] = {}
    for match in load_cues("scope").matches(tree):
        found[match.anchor.i] = (*found.get(match.anchor.i, ()), match)
    return found


def kinds_at(found: Found, token: Token) -> frozenset[str]:
    """The kinds of the scope cues anchored at a token."""
    return frozenset(match.cue.kind for match in found.get(token.i, ()))


def standing(tree: Tree, found: Found, token: Token) -> Standing:
    """Climb from a token to the root and gather what its clause stands under."""
    marks = _own(tree, found, token)
    reporter: Token | None = None
    current, barred = token, frozenset[str]()
    for head in tree.ancestors(token):
        label = current.dep_
        kinds = kinds_at(found, head)
        if (letting := _letting_know(tree, head)) is not None:
            kinds = frozenset({"report"})
        if reporter is None and (teller := _told_to(tree, found, current, head)) is not None:
            reporter, label = teller, "ccomp"
        elif label in {"ccomp", "xcomp", "parataxis", "csubj", "advcl"} and "report" in kinds and reporter is None:
            says = label == "ccomp" or (label == "parataxis" and not follows_a_semicolon(tree, current))
            reporter = (letting or head) if says else None
        marks |= _passed(tree, label, kinds, current, head) - barred
        barred |= _barred(tree, label, current)
        if label == "conj" and current.tag_ == "VBD" and head.tag_ == "VB":
            break  # a finite verb taken for one of a row of infinitives: "the need to help and formed plans"
        taken_in = label == "ccomp" and tree.lemma(head) in _TAKEN_IN
        apart = label == "conj" and tree.child(current, "nsubj", "nsubj:pass") is not None
        if is_clause(head) and not taken_in and not apart:
            marks |= _own(tree, found, head) - barred
        current = head
        if _noting(found, head):
            break
    if reporter is None:
        reporter = _aside(tree, found, token)
    if reporter is not None and _of_two(tree, found, reporter):
        return Standing(reporter, None, frozenset(marks | {"either"}))
    return Standing(reporter, _speaker(tree, reporter) if reporter is not None else None, frozenset(marks))


def _barred(tree: Tree, label: str, clause: Token) -> frozenset[str]:
    """What a clause behind a comma does not stand under: "asked for approval by the board, which will meet in May"."""
    tells_more = label.startswith(("acl:relcl", "advcl:relcl")) and "," in tree.edge(clause)
    return _OF_WHAT_IS_ABOVE if tells_more else frozenset()


_OF_WHAT_IS_ABOVE = frozenset({"attempt", "demand", "hope", "hypothetical", "lack"})


def _speaker(tree: Tree, reporter: Token) -> Token | None:
    """Who says it.

    None where the parser takes a day for it ("..., earlier Tuesday announced") and where all that the sentence has
    before a "..., saying" is a thing ("the plan is in doubt").
    """
    own = subject(tree, reporter)
    if own is not None and plain(own.text) in CALENDAR:
        return None
    shared = reporter.tag_ == "VBG" and tree.child(reporter, *SUBJECTS) is None
    if own is None or own.pos_ != "NOUN" or own.ent_type_ or not shared:
        return own
    words = load_words("commitments")
    tells = tree.lemma(own) in words["tellers"] and tree.lemma(own) not in words["deals"] and tree.lemma(own) != "plan"
    return own if tells or tree.lemma(own) in words["agents"] else None


def _of_two(tree: Tree, found: Found, reporter: Token) -> bool:
    """Whether either of two may say it: "wants the mayor to stay, saying she would reopen the bridge"."""
    head = tree.head(reporter)
    return _noting(found, reporter) and head is not None and head.dep_ == "xcomp"


def _noting(found: Found, token: Token) -> bool:
    """Whether it says something by the way: it is no part of what stands above ("urged her to stay, noting ...")."""
    return token.dep_ == "advcl" and token.tag_ == "VBG" and "report" in kinds_at(found, token)


def _told_to(tree: Tree, found: Found, clause: Token, head: Token) -> Token | None:
    """The verb of saying above a "that" clause which the parser hangs from who is told, or from the word that is given.

    "told the MPs that the field would be kept", "gave his word that", "served notice that".
    """
    verb = tree.head(head)
    that = any(tree.form(kid) == "that" for kid in tree.children(clause, "mark"))
    if verb is None or not clause.dep_.startswith("acl") or not that or head.dep_ not in {"obj", "iobj", "obl"}:
        return None
    tells = "report" in kinds_at(found, verb) and head.pos_ != "PRON"
    return verb if tells or tree.lemma(head) in _WORDS_GIVEN else None


def _letting_know(tree: Tree, verb: Token) -> Token | None:
    """The "let" of "let it be known", "let them know", for either of its two verbs: they say, and demand nothing."""
    let = tree.head(verb) if tree.lemma(verb) == "know" else verb
    if let is None or tree.lemma(let) != "let":
        return None
    knows = verb is not let or any(tree.lemma(kid) == "know" for kid in tree.children(let, "xcomp", "ccomp"))
    return let if knows else None


def _passed(tree: Tree, label: str, kinds: frozenset[str], current: Token, head: Token) -> set[str]:
    """What a step from a token to its head adds."""
    marks: set[str] = set()
    if label in {"ccomp", "xcomp", "csubj"}:
        marks |= kinds & {"belief", "hope", "dispute", "attempt"}
        asked = "demand" in kinds and _of_others(tree, current, head, label) and not _comes_true(tree, head, label)
        marks |= {"demand"} if asked else set()
    if label == "nsubj" and head.pos_ == "ADJ" and "relative" not in marks:
        marks |= kinds & {"dispute"}  # "reports that they had agreed were not true"
    if label in {"obj", "nmod", "obl", "acl", "nsubj:pass"} or (label == "xcomp" and head.pos_ in {"NOUN", "ADJ"}):
        marks |= kinds & {"lack", "hope"}
        if label == "acl" and any(tree.form(kid) == "no" for kid in tree.children(head, "det")):
            marks.add("lack")
        marks |= {"demand"} if "demand" in kinds and label == "obj" else set()
        marks |= kinds & {"dispute"} if label == "obj" and tree.lemma(head) in DENYING else set()
    if label in {"obl", "advcl", "acl"}:
        marks |= kinds & {"hope"}
    if label.startswith(("acl:relcl", "advcl:relcl")):
        marks.add("relative")
    if label == "acl" and tree.form(head) == "condition":
        marks.add("hypothetical")
    return marks


def _comes_true(tree: Tree, head: Token, label: str) -> bool:
    """Whether what may be a demand tells what was done or is so: "forced the agency to call it off", "am advised"."""
    if tree.lemma(head) == "force":
        return label == "xcomp" and tense(tree, head) in {"past", "perfect"}
    return label == "ccomp" and tree.lemma(head) == "advise" and is_passive(tree, head)


def _of_others(tree: Tree, current: Token, head: Token, label: str) -> bool:
    """Whether what is asked is asked of somebody else ("want you to", "call on them to", "urged that")."""
    return (
        label == "ccomp"
        or tree.child(head, "obj", "iobj", "obl") is not None
        or tree.child(current, "nsubj") is not None
    )


def _own(tree: Tree, found: Found, head: Token) -> set[str]:
    """What stands at a clause itself: "if", a modal, a hedge, a negation."""
    marks: set[str] = set()
    for kid in tree.children(head):
        form, label = tree.form(kid), kid.dep_
        if label in {"mark", "advmod"} and form in _NOT_REALIS:
            marks.add("hypothetical")
        if label == "ccomp" and kid.pos_ == "ADJ" and "dispute" in kinds_at(found, kid):
            marks.add("dispute")
        if label == "case" and "lack" in kinds_at(found, kid):
            marks.add("lack")
        if label == "aux" and form in _HARD_MODALS:
            marks.add("hypothetical" if _inverted(tree, kid, head) else "demand")
        if label in {"aux", "advmod"} and "hedge" in kinds_at(found, kid):
            marks.add("hedge")
    return marks


def _inverted(tree: Tree, aux: Token, head: Token) -> bool:
    """Whether an auxiliary stands before the subject ("should hostilities cease")."""
    own = tree.child(head, "nsubj", "nsubj:pass", "expl")
    return own is not None and aux.i < own.i and tree.form(aux) == "should"


def _aside(tree: Tree, found: Found, token: Token) -> Token | None:
    """A verb of saying that stands beside the clause: "..., officials said"."""
    for each in [token, *tree.ancestors(token)]:
        for kid in tree.children(each, "parataxis"):
            if "report" in kinds_at(found, kid) and tree.child(kid, "nsubj") is not None:
                return kid
        for kid in tree.children(each, "advcl", "conj", "ccomp", "dep"):
            if says_aside(tree, kid) and kid.i > token.i:
                return kid
    return None


def says_aside(tree: Tree, token: Token) -> bool:
    """Whether a clause is a bare "..., officials said" that follows what they said, however the parse hangs it."""
    if tree.lemma(token) not in SAYING or tree.child(token, "mark", "cc", "obj", "ccomp") is not None:
        return False
    own = tree.child(token, "nsubj")
    return own is not None and "," in tree.edge(token) and tree.form(own) not in {"which", "who", "that"}


def source_of(found: Found) -> Match | None:
    """An "according to" in the sentence."""
    for matches in found.values():
        for match in matches:
            if match.cue.kind == "source":
                return match
    return None


def tense(tree: Tree, verb: Token) -> str:
    """A predicate's form in a word: future, would, modal, perfect, past, progressive, present, infinitive or bare."""
    aux = auxiliaries(tree, verb)
    lemmas = [tree.lemma(kid) for kid in aux]
    if "will" in lemmas or "shall" in lemmas:
        return "future"
    if "would" in lemmas:
        return "would"
    if any(kid.tag_ == "MD" for kid in aux):
        return "modal"
    if any(tree.form(kid) == "to" for kid in tree.children(verb, "mark")):
        return "infinitive"
    if "have" in lemmas and not any(kid.tag_ == "VBD" for kid in aux):
        return "perfect"
    return _plain_tense(verb, aux)


def _plain_tense(verb: Token, aux: tuple[Token, ...]) -> str:
    finite = aux[0].tag_ if aux else verb.tag_
    if finite == "VBD":
        return "past"
    if verb.tag_ == "VBG":
        return "progressive" if aux else "participle"
    if verb.tag_ == "VBN" and not aux:
        return "participle"
    return "present" if finite in {"VBZ", "VBP"} else "bare"


def negated(tree: Tree, verb: Token) -> bool:
    """Whether the predicate is denied (its auxiliaries' "not" is its own)."""
    return is_negated(tree, verb)
