"""Why a candidate is no commitment whatever the judge may think of it: what is asked, supposed, denied, foretold ..."""

from collections.abc import Callable

from spacy.tokens import Token

from bot.extract.candidates import CUES, MODALS, SCHEDULES, Candidate
from bot.extract.clauses import RELATIVES, Tree, auxiliaries, clause_of, is_one, subject
from bot.extract.interrogatives import ends_in_a_title
from bot.extract.owners import GETTING
from bot.extract.scope import tense
from bot.extract.words import load_words

_ASKING = frozenset({"how", "why", "whether", "when", "where"})
_BREAKS_OFF = frozenset({"—", "–", "-", "--", "..."})
_SOMEBODY = frozenset({"me", "us", "you", "him", "her", "them", "it"})
_ANY = frozenset({"those", "any", "anyone", "anybody", "whoever", "every", "everyone"})
_SPANS = frozenset({"minute", "hour", "day", "week", "month", "year", "decade", "time", "while"})


def turned_away(candidate: Candidate) -> str:
    """Why a candidate is no commitment whatever the judge may think; "" where nothing speaks against it outright."""
    return next((why for speaks_against, why in _RULES if speaks_against(candidate)), "")


def _is_left_open(candidate: Candidate) -> bool:
    verbs = [verb for verb in (candidate.verb, candidate.content) if verb is not None]
    return any(_opens_a_question(candidate.tree, verb) for verb in verbs)


def _is_supposed(candidate: Candidate) -> bool:
    return candidate.stands.has("hypothetical") and not _exists_already(candidate)


def _exists_already(candidate: Candidate) -> bool:
    """Whether only what becomes of a promise is supposed, which somebody has made: "if Rome drops its plan to sell"."""
    tree, noun = candidate.tree, candidate.match.anchor
    verb = tree.head(noun)
    if "noun" not in candidate.cue.flags or verb is None or noun.dep_ != "obj":
        return False
    return tree.child(noun, "nmod:poss") is not None and tree.lemma(verb) not in _MAKING


_MAKING = frozenset({"announce", "form", "give", "have", "make", "offer", "outline", "present", "publish", "unveil"})


def _is_demanded(candidate: Candidate) -> bool:
    return candidate.stands.has("demand") and "noun" not in candidate.cue.flags


def _is_denied(candidate: Candidate) -> bool:
    return candidate.negated and "turns" not in candidate.cue.flags and not _upheld(candidate)


def _is_lacking(candidate: Candidate) -> bool:
    return candidate.stands.has("lack")


def _is_asked(candidate: Candidate) -> bool:
    """Whether a sentence ends in a question mark, quotation marks aside, or begins as a question and breaks off.

    What asks only in an aside at its end, "(until gone?)", does not.
    """
    tree, verb = candidate.tree, candidate.verb
    if "?" in tree.forms[-3:] and not ends_in_a_title(tree):
        return ")" not in tree.forms[-2:] or tree.forms[0] == "("
    if tree.forms[-1] not in _BREAKS_OFF:
        return False
    own, helping = subject(tree, verb), auxiliaries(tree, verb)
    return own is not None and bool(helping) and helping[0].i < own.i


def _upheld(candidate: Candidate) -> bool:
    """Whether what is denied is that a commitment gave way: "we have not wavered in our commitment to ...".

    Of "will not waver" the modal tells.
    """
    tree, verb = candidate.tree, candidate.verb
    if "noun" not in candidate.cue.flags or tree.lemma(verb) not in load_words(CUES)["gives_way"]:
        return False
    return tense(tree, verb) not in {"future", "would", "modal"}


def _opens_a_question(tree: Tree, verb: Token) -> bool:
    """Whether a predicate heads an indirect question: "when the survey will be finished", "whether to open"."""
    above = tree.head(verb)
    if above is None:
        return False
    if verb.dep_ in {"acl:relcl", "advcl:relcl"} and tree.form(above) in _ASKING:
        return tree.child(above, "cop") is None
    if verb.dep_ == "advcl" and above.pos_ == "VERB" and _tells_when(tree, verb, above):
        return False
    asks = [kid for kid in tree.children(verb, "advmod", "mark") if _asks(tree, kid) and kid.i < verb.i]
    first = min((kid.i for kid in tree.children(verb)), default=verb.i)
    return any(kid.i == first or kid.dep_ == "mark" for kid in asks)


def _tells_when(tree: Tree, verb: Token, above: Token) -> bool:
    """Whether a clause with "when" says when something was or is: "began when he refused", "the time comes when"."""
    opens = any(tree.form(kid) == "when" for kid in tree.children(verb, "advmod", "mark"))
    return opens and (tense(tree, verb) == "past" or tree.lemma(above) in load_words(CUES)["arrives"])


def _asks(tree: Tree, word: Token) -> bool:
    """Whether a word opens a question; not "where" after a place ("leaves for Paris, where he will meet her")."""
    if tree.form(word) not in _ASKING:
        return False
    before = next((each for each in reversed(tree.tokens[: word.i - tree.first]) if not each.is_punct), None)
    return tree.form(word) != "where" or before is None or before.pos_ != "PROPN"


def _is_wanted(candidate: Candidate) -> bool:
    """Whether somebody wants a promise that none is said to have given: "until they get assurances"."""
    tree, noun = candidate.tree, candidate.match.anchor
    verb = tree.head(noun)
    if "noun" not in candidate.cue.flags or noun.dep_ != "obj" or verb is None or tree.lemma(verb) not in GETTING:
        return False
    return candidate.actor is None and tense(tree, verb) not in {"past", "perfect"}


def _says_no_more_than_what(candidate: Candidate) -> bool:
    """Whether a relative clause has its object before it and names a bare verb: "the offer we intend to accept"."""
    tree, verb, content = candidate.tree, candidate.verb, candidate.content
    if content is None:
        return False
    if content.pos_ == "PRON" and tree.form(content) in _SOMEBODY:
        return True  # "wages are due to them"
    if tree.lemma(content) == "do" and any(tree.form(kid) == "so" for kid in tree.children(content, "advmod")):
        return True
    what = tree.head(verb)
    if content.pos_ != "VERB" or verb.dep_ != "acl:relcl" or content.i == verb.i or what is None:
        return False
    if tree.form(what) == "what":
        return False  # "what they agreed to do was to ..."
    own = tree.child(verb, "nsubj")
    if any(tree.form(kid) in {"where", "when"} for kid in tree.children(verb, "advmod")):
        return False
    bare = all(kid.dep_ in {"mark", "aux", "punct", "advmod"} for kid in tree.children(content))
    return bare and own is not None and tree.form(own) not in RELATIVES


def _picks_out(candidate: Candidate) -> bool:
    """Whether a relative clause only says whom it is about: "talks with those groups who will lay down their arms"."""
    tree = candidate.tree
    clause = clause_of(tree, candidate.verb)
    chain = [each for each in [clause, *tree.ancestors(clause)] if each.dep_ not in {"conj", "xcomp"}]
    noun = tree.head(chain[0]) if chain and chain[0].dep_ == "acl:relcl" else None
    if noun is None or candidate.actor != noun or tense(tree, chain[0]) not in {"future", "would", "present"}:
        return False
    return tree.form(noun) in _ANY or any(tree.form(kid) in _ANY for kid in tree.children(noun, "det"))


def _is_foretold(candidate: Candidate) -> bool:
    """Whether those who watch say what another will do: "analysts said that the bank would cut its rate"."""
    tree, said_by = candidate.tree, candidate.stands.said_by
    if said_by is None or candidate.cue.name not in MODALS or candidate.actor == said_by:
        return False
    own = tree.child(candidate.verb, "nsubj")
    theirs = own is not None and own.pos_ == "PRON"
    return not theirs and tree.lemma(said_by) in load_words(CUES)["watchers"]


def _happens(candidate: Candidate) -> bool:
    """Whether it tells of a bare event: "the talks will take place in Rome", "the deal will see three plants close"."""
    content, actor, tree = candidate.content, candidate.actor, candidate.tree
    if content is None or "noun" in candidate.cue.flags:
        return False
    takes_place = tree.lemma(content) == "take" and any(
        tree.form(kid) == "place" and tree.child(kid, "nmod") is None
        for kid in tree.children(content, "obj", "compound", "compound:prt", "xcomp")
    )
    thing = actor is not None and _is_thing(tree, actor)
    sees = tree.lemma(content) in load_words(CUES)["brings"] and thing and candidate.cue.name in MODALS | SCHEDULES
    span = any(tree.lemma(kid) in _SPANS for kid in tree.children(content, "obj", "obl:unmarked", "nmod:unmarked"))
    span = span and not any(tree.lemma(kid) not in _SPANS for kid in tree.children(content, "obj"))
    nobody = actor is None or thing or tree.form(actor) == "it"
    lasts = tree.lemma(content) == "take" and span and nobody
    return takes_place or sees or lasts or (actor is None and tree.lemma(content) in load_words(CUES)["happenings"])


def _is_thing(tree: Tree, actor: Token) -> bool:
    """Whether a noun names nobody who could act."""
    return actor.pos_ == "NOUN" and tree.lemma(actor) not in load_words(CUES)["agents"]


def _names_nothing_to_do(candidate: Candidate) -> bool:
    """Whether all that a noun governs is a name: "guarantees for Ukraine"; but "our commitment to NATO" says enough."""
    content, tree = candidate.content, candidate.tree
    if content is None or content.pos_ != "PROPN" or "noun" not in candidate.cue.flags:
        return False
    return tree.lemma(candidate.match.anchor) not in load_words(CUES)["devoted"]


def _says_what_is(candidate: Candidate) -> bool:
    """Whether it tells how things are: "announced that it had closed", "agree that it is bad", "it will remain"."""
    actor, tree = candidate.actor, candidate.tree
    if candidate.content is not None and tree.lemma(candidate.content) == "remain" and candidate.cue.name in MODALS:
        return actor is not None and _is_thing(tree, actor)
    if candidate.content is None or candidate.relation != "ccomp" or "noun" in candidate.cue.flags:
        return False
    if candidate.content.tag_ == "VBG" or _subjunctive(tree, candidate.content):
        return False
    return tense(candidate.tree, candidate.content) in {"past", "perfect", "present"}


def _subjunctive(tree: Tree, verb: Token) -> bool:
    """Whether a clause says what shall be: "determined that Ukraine get what it needs"."""
    own = subject(tree, verb)
    one = own is not None and is_one(tree, own)
    return one and verb.tag_ in {"VB", "VBP"} and not auxiliaries(tree, verb) and tree.form(verb) == tree.lemma(verb)


_RULES: tuple[tuple[Callable[[Candidate], bool], str], ...] = (
    (_is_asked, "asked, not said"),
    (_is_left_open, "left open, not said"),
    (_is_supposed, "only supposed"),
    (_is_demanded, "asked of others"),
    (_is_denied, "denied"),
    (_is_lacking, "said to be lacking"),
    (_is_wanted, "wanted, not given"),
    (_says_no_more_than_what, "does not say what is done"),
    (_picks_out, "says who is meant, not what they undertake"),
    (_is_foretold, "foretold by others"),
    (_says_what_is, "says what is, not what will be done"),
    (_happens, "happens by itself"),
    (_names_nothing_to_do, "names somebody, not what is to be done"),
)
