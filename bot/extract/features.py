"""What can be said of a candidate in short strings: the judge weighs them, and `why` shows those that weighed most."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from bot.extract.candidates import CUES, Candidate, form_of
from bot.extract.clauses import Tree, clause_of, is_clause, is_passive, subject, text_of
from bot.extract.due import due_words
from bot.extract.interrogatives import ends_in_a_title
from bot.extract.parties import PartyBook, is_name, party
from bot.extract.scope import tense
from bot.extract.sense import Sense, log_odds
from bot.extract.words import load_words

_PERSONS = {"i": "I", "me": "I", "my": "I", "we": "we", "us": "we", "our": "we", "you": "you", "your": "you"}
_THIRD = {"he": "he", "she": "he", "his": "he", "her": "he", "they": "they", "their": "they", "it": "it", "its": "it"}
_WHO = frozenset({"who", "which", "that", "whoever", "anyone", "someone", "one", "everyone", "nobody", "somebody"})
_MODALS = frozenset({"will", "would", "be going to", "be to", "measure"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a sentence: whether it is a transcript and an asker speaks, whether it is a bullet."""

    asked: bool = False
    transcript: bool = False
    listed: bool = False


def features(candidate: Candidate, setting: Setting, book: PartyBook) -> tuple[str, ...]:
    """The features of a candidate, in a fixed order, each once."""
    tree = candidate.tree
    found = [
        *_of_cue(candidate),
        *_of_actor(candidate, book),
        *_of_content(candidate),
        *_of_standing(candidate),
        *_of_sentence(tree, setting),
        *_together(candidate, setting, book),
    ]
    return tuple(dict.fromkeys(found))


MEASURES = ("a cue of the family", "reads like an undertaking", "cue reads like one", "action reads like one")


def measures(candidate: Candidate, sense: Sense | None) -> Mapping[str, float]:
    """How much the sentence, the cue and the action's first word read like an undertaking's, in log odds.

    Each counts by the family of the cue, and so does a constant.
    """
    if sense is None:
        return {}
    first, content = candidate.tree.first, candidate.content
    sizes = (
        1.0,
        log_odds(sense.commits),
        log_odds(sense.most("commitment cue", (token.i - first for token in candidate.match.tokens))),
        log_odds(sense.most("action", () if content is None else (content.i - first,))),
    )
    return {f"{name}, {family_of(candidate)}": size for name, size in zip(MEASURES, sizes, strict=True)}


def family_of(candidate: Candidate) -> str:
    """The cue's family: "modal", "noun" or "verb"."""
    return "modal" if candidate.cue.name in _MODALS else "noun" if "noun" in candidate.cue.flags else "verb"


_WILLING = frozenset({"I", "we", "country or body", "person", "agent", "group", "name"})


def _together(candidate: Candidate, setting: Setting, book: PartyBook) -> list[str]:
    """What counts only in company: the cue's family, who acts, what is done, and in which clause."""
    actor, deed = who(candidate, book), verb_class(candidate)
    name = candidate.cue.name
    family = name if name in _MODALS else "noun" if "noun" in candidate.cue.flags else "verb"
    actor = "they" if actor in {"he", "it"} else actor
    clause = "relative" if candidate.stands.has("relative") else "main" if candidate.verb.dep_ in _MAIN else "other"
    if candidate.verb.dep_ == "ccomp" and candidate.stands.reporter is not None:
        clause = "reported"
    found = [
        f"{family} by {actor}: {deed}",
        f"{family} in a {clause} clause",
        f"{family} by {actor} in a {clause} clause",
    ]
    if name == "measure" and candidate.tree.lemma(candidate.match.anchor) in load_words(CUES)["performs"]:
        today = "today" in candidate.tree.forms
        found += ["announces by doing", f"announces by doing, {actor}"] + ["announces by doing, today"] * today
    if candidate.condition and name in _MODALS:
        found.append(f"{name} on a condition, {actor}: {deed}")
    if setting.transcript and name in _MODALS and candidate.content is not None:
        talk = candidate.tree.lemma(candidate.content) in load_words(CUES)["talk"]
        found += [f"{name} by {actor} in a transcript", *(["leads the talk on"] if talk else [])]
    doing = deed in {"deed", "other"} and not candidate.stands.has("belief", "hope", "demand", "hypothetical", "hedge")
    if doing and clause != "relative" and actor in _WILLING | {"they"}:
        if name in _PLAIN and actor != "group":
            found.append("plainly undertaken")
        sure = clause == "reported" or (clause == "main" and name != "would")
        if name in _MODALS - {"measure"} and deed == "deed" and actor != "they" and sure:
            found.append("a deed announced by us" if actor in {"I", "we"} else "a deed announced")
        if name in _MODALS - {"measure"} and clause == "reported":
            found.append("said to be done by them" if actor == "they" else "said to be done")
    return found


_PLAIN = frozenset(
    {
        "vow",
        "commit",
        "be committed",
        "plan",
        "agree",
        "refuse",
        "threaten",
        "be ready",
        "readiness",
        "offer",
        "count on",
    }
)


def _long_ago(candidate: Candidate) -> bool:
    """Whether it is said to have been undertaken in a certain year: "in 2002 the academy decided to split them"."""
    tree, verb = candidate.tree, candidate.verb
    if form_of(candidate) not in {"past", "perfect"}:
        return False
    return any(_YEAR.fullmatch(tree.form(kid)) for kid in tree.children(verb, "obl", "obl:unmarked", "advmod"))


_YEAR = re.compile(r"(?:19|20)\d\d")
_MAIN = frozenset({"ROOT", "root", "conj", "parataxis"})


def _of_cue(candidate: Candidate) -> list[str]:
    name, form = candidate.cue.name, form_of(candidate)
    family = family_of(candidate)
    found = [f"cue {name}", f"family {family}", f"family {family}, tense {form}", f"kind {candidate.kind.value}"]
    found.append(f"word {candidate.tree.lemma(candidate.match.anchor)}")
    if candidate.condition:
        found += ["on a condition", f"on a condition, cue {name}"]
    if _long_ago(candidate):
        found += ["in a year gone by", f"in a year gone by, family {family}"]
    if candidate.negated:
        found += ["negated", f"negated, family {family}"]
    if "weak" in candidate.cue.flags:
        found.append("weak cue")
    found.append(f"cue {name}, tense {form}" if family != "modal" else f"cue {name}, {candidate.verb.dep_ or 'root'}")
    return found


def who(candidate: Candidate, book: PartyBook) -> str:
    """What kind of word the actor is: I, we, you, he, they, it, country, name, agents, agent, thing or nobody."""
    tree, actor = candidate.tree, candidate.actor
    if actor is None:
        return "nobody"
    form, lemma = tree.form(actor), tree.lemma(actor)
    if form in _PERSONS or form in _THIRD:
        return _PERSONS.get(form) or _THIRD[form]
    if form in _WHO or actor.pos_ == "PRON":
        return "other pronoun"
    if (name := party(tree, actor, book)) is not None and book.canonical(name):
        return "country or body"
    if actor.ent_type_ == "PER":
        return "person"
    if lemma in load_words(CUES)["agents"]:
        return "group" if actor.tag_ in {"NNS", "NNPS"} else "agent"
    return "name" if is_name(actor) else "thing"


def _of_actor(candidate: Candidate, book: PartyBook) -> list[str]:
    tree, actor = candidate.tree, candidate.actor
    kind = who(candidate, book)
    family = candidate.cue.name if candidate.cue.name in _MODALS else "cue"
    found = [f"actor {kind}", f"{family} with actor {kind}"]
    patient = subject(tree, candidate.content) if candidate.content is not None and actor is None else None
    if patient is not None and patient.i != candidate.content.i:  # type: ignore[union-attr]
        found.append("passive with a thing" if not is_name(patient) else "passive with a name")
    if actor is not None and any(
        tree.form(kid) in {"any", "every", "no", "a", "an"} for kid in tree.children(actor, "det")
    ):
        found.append("actor indefinite")
    return found


def _of_content(candidate: Candidate) -> list[str]:
    tree, content = candidate.tree, candidate.content
    if content is None:
        return ["no content"]
    lemma, words = tree.lemma(content), load_words(CUES)
    found = [f"content {candidate.relation}", f"content is {content.pos_}", f"does {lemma}"]
    modal = candidate.cue.name in _MODALS
    deed = verb_class(candidate)
    found += [f"{deed} verb", f"{deed} verb, {'modal' if modal else candidate.cue.name}"]
    if tree.child(content, "cop") is not None:
        found += ["says what something is", f"is {content.pos_}"]
    if is_passive(tree, content):
        found += ["passive", *(["passive after a modal"] if modal else [])]
    if content.pos_ == "NOUN" and lemma in words["measures"]:
        found.append("a measure")
    found += _of_verb(tree, content)
    return found


def verb_class(candidate: Candidate) -> str:
    """What kind of act the content names: deed, unwilled, state (a predicate without a verb), other or none."""
    content, words = candidate.content, load_words(CUES)
    if content is None:
        return "no"
    lemma = candidate.tree.lemma(content)
    if candidate.tree.child(content, "cop") is not None or lemma == "be":
        return "state"
    if content.pos_ not in {"VERB", "AUX"}:
        return "noun"
    if lemma in words["unwilled"]:
        return "unwilled"
    return "deed" if lemma in words["deeds"] else "other"


def _of_verb(tree: Tree, content: Token) -> list[str]:
    kids = tree.children(content)
    found = [f"verb has {kid.dep_}" for kid in kids if kid.dep_ in {"obj", "xcomp", "ccomp", "iobj", "compound:prt"}]
    found += ["also"] * any(tree.form(kid) in {"also", "further", "additionally"} for kid in kids)
    found += ["hedged"] * any(
        tree.form(kid) in {"probably", "likely", "perhaps", "maybe", "never", "always", "often"} for kid in kids
    )
    if content.pos_ == "VERB" and (inner := tree.child(content, "xcomp")) is not None:
        found.append(
            f"does {tree.lemma(content)} to {tree.lemma(inner)}" if tree.lemma(content) == "continue" else "verb chain"
        )
    phrase = tree.phrase(content)
    if any(token.ent_type_ or token.pos_ == "PROPN" for token in phrase):
        found.append("content has a name")
    if any(token.pos_ == "NUM" for token in phrase):
        found.append("content has a number")
    if due_words(text_of(phrase)):
        found.append("content has a date")
    return found


def _of_standing(candidate: Candidate) -> list[str]:
    tree, stands, verb = candidate.tree, candidate.stands, candidate.verb
    found = [f"stands under {mark}" for mark in sorted(stands.marks)]
    clause = clause_of(tree, verb)
    found.append(f"clause {clause.dep_.lower()}")
    if stands.reporter is not None:
        same = _same(candidate)
        found += ["reported", f"reported, cue {candidate.cue.name}", "said of oneself" if same else "said of another"]
        found.append(f"reported by {tree.lemma(stands.reporter)}")
    if "noun" in candidate.cue.flags:
        found += _of_noun(candidate)
    return found


def _same(candidate: Candidate) -> bool:
    """Whether who says it is who undertakes it."""
    said_by, actor, tree = candidate.stands.said_by, candidate.actor, candidate.tree
    if said_by is None or actor is None:
        return False
    return said_by.i == actor.i or tree.form(actor) in {
        "it",
        "they",
        "he",
        "she",
        "we",
        "i",
        "its",
        "their",
        "his",
        "our",
        "her",
    }


def _of_noun(candidate: Candidate) -> list[str]:
    tree, noun = candidate.tree, candidate.match.anchor
    head = tree.head(noun)
    found = [f"noun as {noun.dep_}"]
    if head is not None:
        found.append(f"noun as {noun.dep_} of {tree.lemma(head)}")
    determiner = tree.child(noun, "det")
    owned = "owner" if tree.child(noun, "nmod:poss") is not None else "nothing"
    found.append(f"noun with {tree.form(determiner) if determiner is not None else owned}")
    if (case := tree.child(noun, "case")) is not None:
        found.append(f"noun after {tree.form(case)}")
    return found


def _of_sentence(tree: Tree, setting: Setting) -> list[str]:
    last = tree.tokens[-1]
    forms = set(tree.forms[-3:])
    found = ["asks"] * ("?" in forms and not ends_in_a_title(tree)) + ["exclaims"] * (tree.form(last) == "!")
    found += ["in quotation marks"] * any(form in {'"', "``", "''"} for form in tree.forms)
    found += ["put by an asker"] * setting.asked + ["bullet"] * setting.listed
    root = tree.root
    return [*found, f"main clause {tense(tree, root)}"] if is_clause(root) else found
