"""Places where somebody may have undertaken something: every commitment cue with what it governs and who stands by it.

Recall comes first here; what is no commitment is turned away later (`bot/extract/judge.py`), with its reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from bot.domain import CommitmentKind
from bot.extract.clauses import (
    CALENDAR,
    Tree,
    agent,
    auxiliaries,
    by_means,
    clause_of,
    denies,
    is_negated,
    is_passive,
    plain,
    shared_by,
    subject,
    text_of,
)
from bot.extract.conditions import Condition, condition, supposed
from bot.extract.cues import Cue, Match, load_cues
from bot.extract.due import due_of
from bot.extract.headlines import given_a_task, in_headline
from bot.extract.owners import may_give, noun_actor
from bot.extract.parties import PartyBook
from bot.extract.scope import Found, Standing, standing, tense
from bot.extract.words import load_words

CUES = "commitments"
_STATES = frozenset({"be committed", "be set", "be expected", "be ready", "count on"})
SCHEDULES = frozenset({"be set", "be expected"})
_PRESENT_BE = frozenset({"is", "are", "am", "'s", "'re", "'m"})
_OF_OTHERS = frozenset({"accept"})
"""Cues of what another offers: who accepts the offer of a town to host the games does not host them."""
MODALS = frozenset({"will", "would", "be going to", "be to"})
_PAST_BE = frozenset({"was", "were"})
_DESCRIBES = frozenset({"aimed", "called", "designed", "known", "signed"})
"""What a deal is said to be: not what is agreed in it ("a memorandum aimed at more travel")."""
_HALVES = frozenset({"ca", "sha", "wo"})
_MAKING = frozenset({"make", "give"})
_OF = frozenset({"of"})
_THAT = frozenset({"that"})
_REASONS = frozenset({"because", "since", "although", "though"})
_OF_MANNER = frozenset({"after", "at", "by", "during", "in", "with"})
LONGEST_ASIDE = 8
"""Words between two commas that may stand between a cue and its "to" ("our commitment, with all partners, to stay")."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue in its sentence: `verb` is the predicate it belongs to, `content` what it governs, `actor` who may act.

    `relation` says how the content hangs from the cue; "" where there is no content.
    """

    tree: Tree
    match: Match
    kind: CommitmentKind
    verb: Token
    content: Token | None
    relation: str
    actor: Token | None
    stands: Standing
    negated: bool
    condition: Condition | None = None

    @property
    def cue(self) -> Cue:
        """The cue that was found."""
        return self.match.cue


def candidates(tree: Tree, found: Found, book: PartyBook) -> list[Candidate]:
    """All candidates of a sentence in text order; one that another one's content begins with is taken up in that."""
    matches = load_cues(CUES).matches(tree)
    every = [each for match in matches for each in _candidate(tree, match, found, book)]
    return _without_inner(_joined_with_support(tree, _without_named_twice(every), matches))


def _without_named_twice(every: list[Candidate]) -> list[Candidate]:
    """Leave out what another candidate tells, too.

    A noun cue whose action a verb cue has found through it ("broke its promise to pay"); a promise that somebody will
    make ("will make commitments on tax"); a thing planned of which it is told what will become of it ("the planned sale
    is to be completed").
    """
    acts = [(each.content, each.relation) for each in every if each.content is not None]
    made = {each.content.i for each in every if each.content is not None and each.content.lemma_ in _MAKING}
    done = {content.i for content, _ in acts}
    through = {
        each.content.i
        for each in every
        if each.content is not None and each.relation.startswith("noun ") and not each.stands.has("hypothetical")
    }

    def told_elsewhere(each: Candidate) -> bool:
        if each.content is None:
            return False
        if each.relation == "named":
            return each.content.dep_.startswith("nsubj") and each.content.head.i in done
        anchor = each.match.anchor
        return "noun" in each.cue.flags and (
            each.content.i in through or (anchor.dep_ == "obj" and anchor.head.i in made and anchor.i != each.content.i)
        )

    return [each for each in every if not told_elsewhere(each)]


def _candidate(tree: Tree, match: Match, found: Found, book: PartyBook) -> Iterator[Candidate]:
    if "support" in match.cue.flags or not _stands_right(tree, match):
        return
    content, relation = governed(tree, match.anchor, match.cue.governs)
    if content is None and not {"xcomp", "acl"}.isdisjoint(match.cue.governs):
        content, relation = _next_to(tree, match) or _beside(tree, match) or (None, "")
    if content is not None and relation == "nmod" and content.pos_ == "PROPN" and "turns" in match.cue.flags:
        content, relation = _beyond_owner(tree, content) or (content, relation)
    if content is not None and (tree.lemma(content) in match.cue.without or _says_nothing(content)):
        return
    if content is not None and "noun" not in match.cue.flags and match.cue.name not in _OF_OTHERS:
        content, relation = _descended(tree, content, relation)
    content, relation = _told(tree, content, relation)
    if content is not None and "noun" in match.cue.flags and _only_describes(tree, content):
        deed = next((kid for kid in tree.children(content, "xcomp", "advcl") if _marked_to(tree, kid)), None)
        content, relation = (deed, "acl") if deed is not None else (None, "")  # "commitments made by both to help"
    verb = _predicate(tree, match, content)
    actor = _actor(tree, match, verb, content, book)
    denied = is_negated(tree, verb) or any(denies(tree, token) for token in match.tokens)
    if "noun" in match.cue.flags:
        denied = denied or is_negated(tree, match.anchor)
    kind = CommitmentKind(match.cue.kind)
    barred = denied or kind is CommitmentKind.REFUSAL or (content is not None and is_negated(tree, content))
    given = condition(tree, found, [verb, *([content] if content is not None else [])], barred=barred)
    if given is None and actor is None and "modal" in match.cue.flags:
        given = supposed(tree, verb)
    stands = standing(tree, found, match.anchor if "noun" in match.cue.flags else verb)
    if "noun" in match.cue.flags and (stands.has("hypothetical") or tense(tree, verb) == "modal"):
        given = None  # "if Rome drops its plan" and "the plan must wait until" set the plan no condition
    yield Candidate(tree, match, kind, verb, content, relation, actor, stands, denied, given)


def _only_describes(tree: Tree, content: Token) -> bool:
    """As "valued" in "the offer valued the exchange at a billion"."""
    bare = not tree.children(content, "aux", "aux:pass", "mark", "nsubj", "nsubj:pass")
    return content.dep_ == "acl" and content.tag_ in {"VBD", "VBN"} and bare


def _says_nothing(content: Token) -> bool:
    """Whether a word alone tells no action: a day or month, a relative pronoun; "to march" does."""
    words = {plain(content.text), plain(content.nbor(-1).text) if content.tag_ == "CD" and content.i else ""}
    return (not CALENDAR.isdisjoint(words) and content.tag_[:1] != "V") or content.tag_ in {"WDT", "WP"}


def _stands_right(tree: Tree, match: Match) -> bool:
    """Whether the cue is used as its flags want it."""
    flags, anchor = match.cue.flags, match.anchor
    if "progressive" in flags:
        aux = tree.child(anchor, "aux", "cop")
        doing = tree.form(anchor).endswith("ing") and (tree.lemma(anchor) not in {"go", "be"} or _goes(tree, anchor))
        doing = doing or any(tree.form(kid) == "being" for kid in tree.children(anchor, "aux:pass"))
        now = _PRESENT_BE | (_PAST_BE if anchor.dep_ == "ccomp" else frozenset())
        return doing and aux is not None and tree.form(aux) in now
    if "dated" in flags:
        return due_of(tree, anchor, anchor) is not None and not auxiliaries(tree, anchor)
    if "ahead" in flags:
        done = tree.head(anchor)
        return done is not None and _tells_of_a_noun(tree, done) and due_of(tree, done, done) is not None
    if "headline" in flags:
        return in_headline(tree, anchor)
    if match.cue.name == "be committed" and agent(tree, anchor) is not None:
        return False
    if match.cue.name == "be to":
        own = subject(tree, tree.head(anchor) or anchor) if anchor.dep_ == "cop" else subject(tree, anchor)
        purpose = own is not None and tree.lemma(own) in load_words(CUES)["purposes"]
        main = anchor.dep_ not in {"aux", "aux:pass"} or _marked_to(tree, tree.head(anchor))
        return anchor.pos_ == "AUX" and main and not purpose
    if "noun" in flags:
        return anchor.pos_ in {"NOUN", "PROPN", "VERB"}
    return True


def _tells_of_a_noun(tree: Tree, verb: Token) -> bool:
    above = tree.head(verb)
    return verb.dep_ == "acl" and above is not None and above.pos_ in {"NOUN", "PROPN"}


def _goes(tree: Tree, verb: Token) -> bool:
    """Whether it tells of a journey: "is going next week to Uganda"."""
    places = [kid for kid in tree.children(verb, "obl") if _has_case(tree, kid, frozenset({"to"}))]
    home = any(tree.form(kid) in {"home", "back"} for kid in tree.children(verb, "advmod"))
    return tree.lemma(verb) == "go" and (home or any(kid.pos_ == "PROPN" for kid in places))


def _marked_to(tree: Tree, verb: Token | None) -> bool:
    return verb is not None and any(tree.form(kid) == "to" for kid in tree.children(verb, "mark"))


def is_action_point(candidate: Candidate) -> bool:
    """Whether it is a line of minutes that gives somebody a task: "Action: the clerk to write", "Mr Platt to write"."""
    return "headline" in candidate.cue.flags and given_a_task(candidate.tree, candidate.match.anchor) is not None


def governed(tree: Tree, anchor: Token, specs: Sequence[str]) -> tuple[Token | None, str]:
    """What hangs from an anchor in one of the given ways (see `governs` in the cue file), and in which one."""
    for spec in specs:
        label, _, cases = spec.partition(":")
        if label == "nsubj" and cases == "pass":
            label, cases = "nsubj:pass", ""
        if (content := _in_way(tree, anchor, label, frozenset(cases.split("|")) - {""})) is not None:
            return content, label
    return None, ""


def _next_to(tree: Tree, match: Match) -> tuple[Token, str] | None:
    """What the "to" right after a cue belongs to, wherever the parse hangs it."""
    place = _after_aside(tree, match.tokens[-1].i + 1)
    while place < tree.first + len(tree.tokens) and tree.at(place).pos_ == "ADV":
        place += 1
    return _infinitive_at(tree, place)


def _beside(tree: Tree, match: Match) -> tuple[Token, str] | None:
    """What hangs from a word beside a cue: "our commitments and efforts to act", "voted by a majority to act"."""
    anchor = match.anchor
    if "noun" in match.cue.flags:
        beside = [kid for kid in tree.children(anchor, "conj") if kid.pos_ == "NOUN"]
    else:
        beside = [kid for kid in tree.children(anchor, "obl") if _has_case(tree, kid, _OF_MANNER)]
    for noun in beside:
        acts = [kid for kid in tree.children(noun, "acl") if _has_case(tree, kid, frozenset({"to"}))]
        if acts:
            return acts[0], "beside"
    return None


def _infinitive_at(tree: Tree, place: int) -> tuple[Token, str] | None:
    """What the "to" at a place belongs to."""
    if place >= tree.first + len(tree.tokens) or tree.form(tree.at(place)) != "to":
        return None
    head = tree.head(tree.at(place))
    if head is not None and tree.at(place).dep_ == "fixed":  # "due to load" may be taken for "due to the load"
        head = tree.head(head) if head.dep_ == "case" else head
    return (head, "next") if head is not None and head.i > place else None


def _beyond_owner(tree: Tree, owner: Token) -> tuple[Token, str] | None:
    """The "to" clause behind whose readiness it is and an aside: "the readiness of the US, with others, to act"."""
    return _infinitive_at(tree, _after_aside(tree, tree.phrase(owner)[-1].i + 1))


def _after_aside(tree: Tree, place: int) -> int:
    """The place after an aside between two commas that begins at `place`, or `place` itself where none does."""
    within = tree.forms[place - tree.first : place - tree.first + LONGEST_ASIDE + 2]
    if within[:1] != (",",) or "," not in within[1:]:
        return place
    return place + within.index(",", 1) + 1


def _in_way(tree: Tree, anchor: Token, label: str, cases: frozenset[str]) -> Token | None:
    if label == "self":
        return tree.head(anchor) if anchor.dep_ in {"aux", "cop"} else (anchor if anchor.pos_ == "VERB" else None)
    if label == "progressive":
        return anchor
    if label in {"headline", "be done"}:
        return tree.head(anchor)
    if label == "named":
        named = tree.head(anchor) if anchor.tag_ == "VBN" and anchor.dep_ in {"acl", "amod"} else None
        return named if named is not None and named.pos_ == "NOUN" else None
    if label == "be to":
        return tree.child(anchor, "xcomp", "advcl", "ccomp") or (
            tree.head(anchor) if anchor.dep_ in {"cop", "aux", "aux:pass"} else None
        )
    if label == "obj" and cases == {"deal"}:
        deals = load_words(CUES)["deals"]
        return next((kid for kid in tree.children(anchor, "obj", "nsubj:pass") if tree.lemma(kid) in deals), None)
    kids = [kid for kid in tree.children(anchor, label) if _has_case(tree, kid, cases) and not _gives_reason(tree, kid)]
    if label == "acl":
        kids = [kid for kid in kids if tree.form(kid) not in _DESCRIBES]
    if {"of", "to"} <= cases:  # "the commitment of both sides to the deal"
        kids = [kid for kid in kids if not (_has_case(tree, kid, _OF) and may_give(tree, kid))]
    return next((kid for kid in kids if not _says_nothing(kid)), None)


def _gives_reason(tree: Tree, clause: Token) -> bool:
    """Whether a clause says why or although what, and so not what: "is ready because it has put forward a plan"."""
    return clause.dep_ == "advcl" and _has_case(tree, clause, _REASONS)


def _has_case(tree: Tree, token: Token, cases: frozenset[str]) -> bool:
    return not cases or any(tree.form(kid) in cases for kid in tree.children(token, "case", "mark"))


def _told(tree: Tree, content: Token | None, relation: str) -> tuple[Token | None, str]:
    """What somebody is assured of, where the parser hangs it from who is told ("assured the men that they would")."""
    if content is None or relation != "obj":
        return content, relation
    for clause in tree.children(content, "acl:relcl", "acl"):
        if _has_case(tree, clause, _THAT):
            return clause, "ccomp"
    return content, relation


def _descended(tree: Tree, content: Token, relation: str) -> tuple[Token, str]:
    """The action within a noun that only names it ("broke its promise to pay": "pay")."""
    if relation not in {"obj", "obl", "nsubj:pass"} or content.pos_ != "NOUN":
        return content, relation
    for cue in load_cues(CUES).cues:
        if "noun" in cue.flags and any(tree.lemma(content) in pattern[0].words for pattern in cue.patterns):
            inner, way = governed(tree, content, cue.governs)
            whole = inner is None or (way == "nmod" and tree.lemma(content) in load_words(CUES)["deals"])
            return (content, relation) if whole or inner is None else (inner, f"noun {way}")
    return content, relation


def _predicate(tree: Tree, match: Match, content: Token | None) -> Token:
    """The word whose auxiliaries, subject and negation are those of the cue."""
    anchor = match.anchor
    if "noun" in match.cue.flags:
        return clause_of(tree, anchor)
    if anchor.dep_ in {"aux", "cop", "case"}:
        return content if content is not None else (tree.head(anchor) or anchor)
    return anchor


def _actor(tree: Tree, match: Match, verb: Token, content: Token | None, book: PartyBook) -> Token | None:
    anchor, flags = match.anchor, match.cue.flags
    if anchor.dep_ == "amod" and content is not None and content == tree.head(anchor):
        return noun_actor(tree, content, book)
    if match.cue.name == "count on":
        return next((token for token in match.tokens if tree.form(token) in {"us", "me", "my", "our"}), None)
    if "noun" in flags:
        return noun_actor(tree, anchor, book, content)
    if match.cue.name == "as promised":
        return None
    if "headline" in flags:
        named = tree.head(content) if content is not None and not is_passive(tree, content) else None
        named = given_a_task(tree, anchor) or named
        return named if named is not None and named.i < match.anchor.i else None
    if anchor.tag_ == "VBN" and match.cue.name not in _STATES and _passive_participle(tree, anchor):
        return agent(tree, anchor)
    scheduled = "modal" in flags or match.cue.name in SCHEDULES
    if scheduled and content is not None and is_passive(tree, content):
        own = subject(tree, content)
        return own if own is not None and tree.form(own) in {"i", "we"} else agent(tree, content)
    return subject(tree, verb) or _main_subject(tree, verb) or _taken_for_a_row(tree, verb)


def _taken_for_a_row(tree: Tree, verb: Token) -> Token | None:
    """The subject of a verb that the parser takes for a noun after a name ("the department recommits to ...")."""
    return tree.child(verb, "compound") if verb.tag_ == "NNS" and verb.dep_ == "ROOT" else None


def _main_subject(tree: Tree, verb: Token) -> Token | None:
    """The main clause's subject, for a finite verb that the parse has coordinated with something else."""
    if verb.dep_ not in {"conj", "parataxis"} or verb.tag_ not in {"VB", "VBP", "VBZ", "VBD"}:
        return None
    own = subject(tree, tree.root)
    return own if own is not None and own.i < verb.i else None


def _passive_participle(tree: Tree, verb: Token) -> bool:
    if is_passive(tree, verb):
        return bool(auxiliaries(tree, verb)) or not by_means(tree, verb)
    return verb.dep_ == "acl" and tree.child(verb, "aux") is None and shared_by(tree, verb) is None


def _joined_with_support(tree: Tree, every: list[Candidate], matches: Sequence[Match]) -> list[Candidate]:
    """A noun cue takes the kind of the cue verb whose object it is ("offered a commitment" is an offer)."""
    verbs = {match.anchor.i: match for match in matches if "noun" not in match.cue.flags}
    nouns = {each.match.anchor.i for each in every if "noun" in each.cue.flags and each.content is not None}
    deals = {each.match.anchor.i for each in every if "deal" in each.cue.flags}
    kept: list[Candidate] = []
    for each in every:
        if "noun" in each.cue.flags:
            head = tree.head(each.match.anchor)
            if head is None or head.i not in deals or each.match.anchor.dep_ != "obj":
                kept.append(_lent(tree, each, verbs))
        elif each.content is None or each.content.i not in nouns or each.relation != "obj" or "deal" in each.cue.flags:
            kept.append(each)
    return kept


_LENDING = frozenset({"offer", "refuse", "reject", "withdraw", "fulfil"})


def _lent(tree: Tree, each: Candidate, verbs: Mapping[int, Match]) -> Candidate:
    """The candidate with the kind of the cue verb that its noun is the object of."""
    head = tree.head(each.match.anchor)
    verb = verbs.get(head.i) if head is not None and each.match.anchor.dep_ in {"obj", "nsubj:pass"} else None
    return each if verb is None or verb.cue.name not in _LENDING else replace(each, kind=CommitmentKind(verb.cue.kind))


def _without_inner(every: list[Candidate]) -> list[Candidate]:
    """Leave out one whose predicate is another's content ("plans to offer"); of "will be ready to" it is the modal."""
    ready = {each.verb.i for each in every if each.cue.name == "be ready" and each.content is not None}
    every = [each for each in every if each.content is None or each.content.i not in ready]
    taken = {
        each.content.i
        for each in every
        if each.content is not None and each.content.i != each.verb.i and not each.cue.flags & {"weak"}
    }
    said = {each.verb.i for each in every if "modal" in each.cue.flags and each.verb.pos_ == "VERB"}
    every = [each for each in every if each.verb.i not in said or each.cue.flags & {"modal", "noun"}]
    return [each for each in every if each.verb.i not in taken or "noun" in each.cue.flags]


def cue_words(candidate: Candidate) -> str:
    """The cue with the auxiliaries before it, as it stands in the text ("have offered", "is ready", "won't")."""
    tree, last = candidate.tree, candidate.match.tokens[-1]
    if last.lower_ in _HALVES and tree.beside(last, 1) == "n't":
        last = tree.at(last.i + 1)
    return text_of([cue_start(candidate), last])


def cue_start(candidate: Candidate) -> Token:
    """The first word of the cue and of the auxiliaries before it."""
    tree, start = candidate.tree, candidate.match.start
    own = subject(tree, candidate.match.anchor)
    helping = [kid.i for kid in tree.children(candidate.match.anchor, "aux", "aux:pass", "cop")]
    behind = [place for place in helping if own is None or place > own.i or own.i > candidate.match.anchor.i]
    if tree.lemma(tree.at(start)) == "be" and behind:
        start = max(start, behind[0])  # of "was pleased that it was ready" not the first "was"
    while (
        start > tree.first and tree.at(start - 1).dep_ in {"aux", "aux:pass", "cop"} and tree.at(start - 1).tag_ != "TO"
    ):
        start -= 1
    return tree.at(start)


def form_of(candidate: Candidate) -> str:
    """The tense of the cue's predicate (see `scope.tense`)."""
    return tense(candidate.tree, candidate.verb)
