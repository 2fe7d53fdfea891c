"""Why a candidate is no commitment whatever the judge may think of it: what is asked, supposed, denied, foretold ..."""

from collections.abc import Callable, Container

from spacy.tokens import Token

from bot.extract.candidates import CUES, MODALS, SCHEDULES, Candidate
from bot.extract.clauses import RELATIVES, Tree, auxiliaries, clause_of, is_one, is_passive, subject
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
    if candidate.stands.has("hypothetical"):
        return not _exists_already(candidate)
    return _depends_on_how_much(candidate.tree) or _comes_later(candidate) or _is_waited_for(candidate)


def _is_waited_for(candidate: Candidate) -> bool:
    """As in "suspend it until Israel revokes the decision": it is what others wait for."""
    tree, clause = candidate.tree, clause_of(candidate.tree, candidate.verb)
    for verb in [clause, *tree.ancestors(clause)]:
        if verb.dep_ == "advcl" and any(tree.form(mark) == "until" for mark in tree.children(verb, "mark")):
            return tense(tree, clause) == "present" and "noun" not in candidate.cue.flags
        if verb.dep_ != "conj":
            return False
    return False


def _depends_on_how_much(tree: Tree) -> bool:
    """As in "the longer we are willing to help, the sooner it will end"."""
    more = [token for token in tree.tokens if token.tag_ in {"JJR", "RBR"} and tree.beside(token, -1) == "the"]
    opening = [token for token in more if token.i - tree.first == 1 or tree.beside(token, -2) in {",", "and"}]
    return len(opening) > 1


def _comes_later(candidate: Candidate) -> bool:
    """As in "you would wait that long before we'll let you in"."""
    marks = candidate.tree.children(candidate.verb, "mark") if candidate.cue.name in MODALS else ()
    return any(candidate.tree.form(mark) in {"before", "than"} for mark in marks)


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
    led = [
        each for kid in tree.children(verb, "obl") if kid.tag_ in {"WDT", "WP"} for each in tree.children(kid, "case")
    ]
    if any(tree.form(case) in {"about", "over"} for case in led) and subject(tree, verb) is None:
        return True  # "battling over which will impose the lowest taxes"
    kids = tree.children(verb, "advmod", "mark")
    asks = [kid for kid in kids if kid.i < verb.i and (_asks(tree, kid) or tree.beside(kid, -1) == "how")]
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
    bare = all(kid.dep_ in _SMALL or kid.tag_ in {"WDT", "WP"} for kid in tree.children(content))
    return bare and own is not None and tree.form(own) not in RELATIVES


_SMALL = frozenset({"mark", "aux", "punct", "advmod"})


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
    tree, said_by, own = candidate.tree, candidate.stands.said_by, _own_subject(candidate)
    if said_by is None or candidate.cue.name not in MODALS or candidate.actor == said_by:
        return False
    theirs = own is not None and own.pos_ == "PRON"
    if own is not None and tree.form(own) == "it" and said_by.tag_ == "NNS":
        theirs = False  # "experts said it would set a standard"
    return _watches(tree, said_by) and not theirs


def _own_subject(candidate: Candidate) -> Token | None:
    return candidate.tree.child(candidate.verb, "nsubj", "nsubj:pass")


def _watches(tree: Tree, said_by: Token) -> bool:
    """Whether somebody only tells what others will do: "analysts", "political analyst Andriy Zolotaryov"."""
    named = {tree.lemma(said_by), *(tree.lemma(kid) for kid in tree.children(said_by, "nmod:desc", "compound"))}
    return not named.isdisjoint(load_words(CUES)["watchers"])


def _is_inferred(candidate: Candidate) -> bool:
    """Whether it is concluded of others: "meaning they will fight on", "Russia will likely use them"."""
    tree, verb, own = candidate.tree, candidate.verb, _own_subject(candidate)
    if candidate.cue.name not in MODALS:
        return False
    above = tree.head(verb)
    concludes = above is not None and verb.dep_ == "ccomp" and tree.form(above) == "meaning"
    guesses = any(tree.form(kid) in _PRESUMABLY for kid in tree.children(verb, "advmod"))
    if above is not None and verb.dep_ == "ccomp" and own is None and above.dep_ == "acl:relcl":
        return True  # "a move that Democrats say would embolden him"
    return (concludes or guesses) and (own is None or tree.form(own) not in {"i", "we"})


_PRESUMABLY = frozenset({"inevitably", "likely", "presumably", "probably", "undoubtedly"})


def _is_warned_of(candidate: Candidate) -> bool:
    """Whether somebody warns of what a thing will do: "the company warned the move would cut its profits"."""
    own = candidate.tree.child(candidate.verb, "nsubj")  # but "warned that a law would be introduced"
    return _is_reported_by(candidate, {"warn"}) and own is not None and _is_thing(candidate.tree, own)


def _is_shown(candidate: Candidate) -> bool:
    """Whether a thing lets it be expected: "the experience of Wales indicated that households would pay more"."""
    said_by = candidate.stands.said_by
    return _is_reported_by(candidate, _SHOWING) and said_by is not None and _is_thing(candidate.tree, said_by)


def _is_claimed(candidate: Candidate) -> bool:
    """Whether it is claimed of others: "Labour would raise taxes, he claimed", "whatever they give will be lost"."""
    own = _own_subject(candidate)
    if own is None or candidate.cue.name not in MODALS:
        return False
    return candidate.tree.form(own) == "whatever" or (own.pos_ != "PRON" and _is_reported_by(candidate, {"claim"}))


def _is_reported_by(candidate: Candidate, verbs: Container[str]) -> bool:
    """Whether one of `verbs` says what somebody will do."""
    reporter = candidate.stands.reporter
    return candidate.cue.name in MODALS and reporter is not None and candidate.tree.lemma(reporter) in verbs


_SHOWING = frozenset({"confirm", "indicate", "reveal", "show", "suggest"})


def _is_imagined(candidate: Candidate) -> bool:
    """Whether it is only what a noun names: "fears that they will", "would send a signal that the US is willing"."""
    tree, clause = candidate.tree, clause_of(candidate.tree, candidate.verb)
    noun = tree.head(clause)
    if noun is None or noun.pos_ != "NOUN" or clause.dep_ not in {"acl", "acl:relcl", "ccomp"}:
        return False
    verb = clause_of(tree, noun)
    signals = tree.lemma(noun) in _SIGNALS and tense(tree, verb) in {"would", "modal"}
    return signals or tree.lemma(noun) in load_words(CUES)["imagined"]


_SIGNALS = frozenset({"message", "sign", "signal"})


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
    lasts = tree.lemma(content) == "take" and span and _nobody_acts(candidate)
    return takes_place or sees or lasts or (actor is None and tree.lemma(content) in load_words(CUES)["happenings"])


def _nobody_acts(candidate: Candidate) -> bool:
    actor, tree = candidate.actor, candidate.tree
    return actor is None or _is_thing(tree, actor) or tree.form(actor) == "it"


def _is_an_act(candidate: Candidate) -> bool:
    """As in "raising the threshold would help many"."""
    return candidate.cue.name in MODALS and candidate.tree.child(candidate.verb, "csubj") is not None


def _is_no_threat(candidate: Candidate) -> bool:
    """As in "the ban threatens to reignite tensions", "the hall is ready"."""
    thing = candidate.actor is not None and _is_thing(candidate.tree, candidate.actor)
    return thing and candidate.cue.name in {"be ready", "threaten"}


def _goes_on_until(candidate: Candidate) -> bool:
    """As in "it will take until the autumn before they come back", "the response will not take long"."""
    tree, verb = candidate.tree, candidate.content
    if verb is None or "noun" in candidate.cue.flags or not _nobody_acts(candidate):
        return False
    marks = [each for kid in tree.children(verb, "obl", "advcl") for each in tree.children(kid, "case", "mark")]
    long = any(tree.form(kid) in {"long", "longer"} for kid in tree.children(verb, "advmod"))
    return tree.lemma(verb) == "take" and (long or any(tree.form(mark) == "until" for mark in marks))


def _stands_open(candidate: Candidate) -> bool:
    """Whether a place is ready for others: "the hall is ready for the residents to move in"."""
    content = candidate.content
    own = candidate.tree.child(content, "nsubj") if content is not None else None
    return candidate.cue.name == "be ready" and own is not None and own != candidate.actor


def _reports_results(candidate: Candidate) -> bool:
    """Whether a company tells how it did: "announced a 26% rise in annual profits"."""
    content, tree = candidate.content, candidate.tree
    if candidate.cue.name != "announce" or content is None or content.pos_ != "NOUN":
        return False
    told = {tree.lemma(content), *(tree.lemma(kid) for kid in tree.children(content, "nmod", "compound"))}
    return not told.isdisjoint(load_words(CUES)["results"])


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
    if candidate.content is None or "noun" in candidate.cue.flags:
        return False
    said = candidate.content
    if candidate.cue.name in MODALS and (
        _is_impersonal(tree, said) or _is_a_law(candidate) or tree.lemma(said) in load_words(CUES)["qualities"]
    ):
        return True
    if candidate.relation != "ccomp":
        return False
    if said.tag_ == "VBG" or _subjunctive(tree, said):
        return False
    return tense(tree, said) in {"past", "perfect", "present"}


def _is_impersonal(tree: Tree, said: Token) -> bool:
    """Whether it says what an act or a thing is: "it would be a mistake to sign", "it will not be a long campaign"."""
    own = tree.child(said, "nsubj", "expl")
    if own is None or tree.form(own) != "it" or tree.child(said, "cop") is None:
        return False
    acts = tree.children(said, "csubj", "acl", "ccomp", "advcl", "xcomp")
    of_an_act = any(tree.form(kid) in {"to", "that"} for act in acts for kid in tree.children(act, "mark"))
    return said.pos_ == "NOUN" or (said.pos_ == "ADJ" and of_an_act)


def _is_a_law(candidate: Candidate) -> bool:
    """Whether it says what a law does: "the act will cover Wales"; but "the act will be amended"."""
    actor, tree = candidate.actor, candidate.tree
    if actor is None or candidate.content is None or is_passive(tree, candidate.content):
        return False
    laws = load_words(CUES)["laws"]
    return tree.lemma(actor) in laws or (actor.pos_ == "PROPN" and tree.form(tree.phrase(actor)[-1]) in laws)


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
    *((rule, "foretold by others") for rule in (_is_foretold, _is_inferred, _is_warned_of, _is_shown, _is_claimed)),
    (_is_imagined, "thought, not said"),
    (_says_what_is, "says what is, not what will be done"),
    *((rule, "happens by itself") for rule in (_happens, _is_an_act, _is_no_threat, _goes_on_until, _reports_results)),
    (_stands_open, "happens by itself"),
    (_names_nothing_to_do, "names somebody, not what is to be done"),
)
