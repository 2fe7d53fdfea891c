"""The commitments of a document: candidates, the decision about each, its slots, and one item for each matter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from bot.domain import CommitmentFinding, CommitmentKind, Document, Evidence, Firmness, Why
from bot.extract.candidates import CUES, MODALS, Candidate, candidates, cue_words, is_action_point
from bot.extract.clauses import DENIALS, SUBJECTS, Tree, auxiliaries, is_passive, subject, text_of
from bot.extract.conditions import Condition
from bot.extract.context import Context, Who, who_is
from bot.extract.due import due_date, due_of
from bot.extract.features import Setting, features, measures
from bot.extract.judge import Verdict, load_judge
from bot.extract.leads import DATELINE, LABEL, after
from bot.extract.merge import Mention, mention, merged
from bot.extract.parties import PartyBook, load_parties
from bot.extract.reading import Reading, Sentence
from bot.extract.scope import Found, scopes, tense
from bot.extract.sense import Sense
from bot.extract.slots import action, actor_words, attribution, keeps_subject, recipients
from bot.extract.turns import Turn, turn_at, turns_of
from bot.extract.undertakers import undertaker
from bot.extract.words import load_words

LONGEST_SENTENCE = 400
"""Tokens; what is longer is no sentence (a table, a list without stops) and is not looked into."""

_ASKING = frozenset({"how", "why", "whether", "when", "where"})
_BREAKS_OFF = frozenset({"—", "–", "-", "--", "..."})
_SPEAKER = frozenset({"i", "we"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with all that the decision and the slots need."""

    sentence: Sentence
    tree: Tree
    found: Found
    setting: Setting
    context: Context
    speaker: str


def find_commitments(reading: Reading) -> tuple[CommitmentFinding, ...]:
    """The commitments of a parsed document in the order of their first evidence."""
    book = load_parties()
    mentions: list[Mention] = []
    for parsed in parsed_sentences(reading, book):
        found = candidates(parsed.tree, parsed.found, book)
        mentions.extend(_mentions(parsed, found, reading.sense_of(parsed.sentence), reading.document, book))
    return merged(mentions)


def verdict_on(parsed: Parsed, candidate: Candidate, sense: Sense | None, book: PartyBook) -> Verdict:
    """What the judge says of a candidate that no rule turns away."""
    return load_judge(CUES).weigh(features(candidate, parsed.setting, book), measures(candidate, sense))


def parsed_sentences(reading: Reading, book: PartyBook) -> Iterable[Parsed]:
    """The sentences in order, each with what was said before it."""
    turns = turns_of(reading.document)
    text = reading.document.text
    context, block = Context(), -1
    for sentence in reading.sentences:
        if len(sentence.span) > LONGEST_SENTENCE:
            continue
        tree = sentence.tree
        if sentence.section != context.section:
            context = Context(sentence.section)
        if sentence.block.start != block:
            context, block = replace(context, last=()), sentence.block.start
        turn = turn_at(turns, sentence.start)
        setting = Setting(
            asked=turn is not None and turn.asks,
            transcript=bool(turns),
            listed=sentence.block.kind.value == "bullet",
        )
        yield Parsed(sentence, tree, scopes(tree), setting, context, _speaker(turn, text))
        context = context.after(tree, sentence.section, book)


def _speaker(turn: Turn | None, text: str) -> str:
    """The speaker's label as it stands in the text."""
    return text[turn.start : turn.start + len(turn.speaker)] if turn is not None else ""


def _mentions(
    parsed: Parsed, found: Iterable[Candidate], sense: Sense | None, document: Document, book: PartyBook
) -> Iterable[Mention]:
    for candidate in found:
        bare = candidate.content is None
        verdict = None
        if bare:
            if not names_a_commitment(candidate):
                continue
        else:
            if turned_away(candidate):
                continue
            verdict = None if is_action_point(candidate) else verdict_on(parsed, candidate, sense, book)
            if verdict is not None and not verdict.accepted:
                continue
        finding = _finding(parsed, candidate, verdict, document, book)
        if bare or finding.action:
            yield mention(finding, bare=bare, points_back=_points_back(candidate))


def turned_away(candidate: Candidate) -> str:
    """Why a candidate is no commitment whatever the judge may think; "" where nothing speaks against it outright."""
    tree, stands = candidate.tree, candidate.stands
    if _is_asked(tree, candidate.verb):
        return "asked, not said"
    if any(_opens_a_question(tree, verb) for verb in (candidate.verb, candidate.content) if verb is not None):
        return "left open, not said"
    if stands.has("hypothetical"):
        return "only supposed"
    if stands.has("demand") and "noun" not in candidate.cue.flags:
        return "asked of others"
    if candidate.negated and "turns" not in candidate.cue.flags and not _upheld(candidate):
        return "denied"
    if stands.has("lack"):
        return "said to be lacking"
    if _says_what_is(candidate):
        return "says what is, not what will be done"
    if _happens(candidate):
        return "happens by itself"
    if _names_nothing_to_do(candidate):
        return "names somebody, not what is to be done"
    return ""


def _is_asked(tree: Tree, verb: Token) -> bool:
    """Whether a sentence ends in a question mark, quotation marks aside, or begins as a question and breaks off.

    What asks only in an aside at its end, "(until gone?)", does not.
    """
    if "?" in tree.forms[-3:]:
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
    return any(kid.i == first for kid in asks)


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


def _happens(candidate: Candidate) -> bool:
    """Whether it tells of a bare event: "the talks will take place in Rome", "the deal will see three plants close"."""
    content, actor, tree = candidate.content, candidate.actor, candidate.tree
    if content is None or "noun" in candidate.cue.flags:
        return False
    takes_place = tree.lemma(content) == "take" and any(
        tree.form(kid) == "place" and tree.child(kid, "nmod") is None
        for kid in tree.children(content, "obj", "compound", "compound:prt", "xcomp")
    )
    sees = tree.lemma(content) == "see" and actor is not None and _is_thing(tree, actor)
    return takes_place or sees or (actor is None and tree.lemma(content) in load_words(CUES)["happenings"])


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
    one = own is not None and own.tag_ in {"NN", "NNP"} and tree.child(own, "conj") is None
    return one and verb.tag_ in {"VB", "VBP"} and not auxiliaries(tree, verb) and tree.form(verb) == tree.lemma(verb)


def names_a_commitment(candidate: Candidate) -> bool:
    """Whether a cue without an action speaks of a commitment known from elsewhere: "this pledge", "their offer"."""
    if "noun" not in candidate.cue.flags or candidate.match.anchor.pos_ != "NOUN" or candidate.negated:
        return False
    if "anaphor" in candidate.cue.flags:
        return True
    definite = candidate.tree.child(candidate.match.anchor, "det", "nmod:poss")
    return (
        candidate.actor is not None
        and candidate.match.anchor.dep_.startswith("nsubj")
        and definite is not None
        and candidate.tree.form(definite) not in {"a", "an", "any", "no", "some"}
    )


def _points_back(candidate: Candidate) -> bool:
    return "anaphor" in candidate.cue.flags


def _finding(
    parsed: Parsed, candidate: Candidate, verdict: Verdict | None, document: Document, book: PartyBook
) -> CommitmentFinding:
    tree, content = parsed.tree, candidate.content
    given = candidate.condition
    actor = undertaker(candidate, book)
    who = who_is(tree, actor, candidate.stands, parsed.context, book)
    said = attribution(tree, parsed.found, candidate.stands, parsed.speaker)
    own = tree.child(content, "nsubj") if content is not None else None
    doer = actor if actor is not None and actor in {candidate.actor, own} else None
    words = words_of(candidate, doer)
    kind = kind_of(candidate, parsed.setting, book)
    whole = content is not None and keeps_subject(tree, content, doer)
    if kind is CommitmentKind.PLEDGE and _refuses(candidate) and words and not whole:
        words = f"not {words}"
    if words and doer is None:
        words = f"{_told_of(candidate)}{words}"
    places = given.places if given else frozenset()
    due = due_of(tree, content, candidate.verb, places) if content is not None else None
    return CommitmentFinding(
        kind=kind,
        actors=who.actors,
        actor_text=who.text,
        action=words,
        recipients=recipients(tree, content, candidate.match, book, who.actors) if content is not None else (),
        condition=given.text if given else None,
        due=due,
        attribution=said,
        firmness=_firmness(candidate, given, said, who),
        why=Why(
            cue_words(candidate), candidate.cue.name, *((verdict.score, verdict.reasons) if verdict else (None, ()))
        ),
        evidence=(evidence_of(parsed, candidate, document),),
        due_date=due_date(due, document.published) if due else None,
    )


def _told_of(candidate: Candidate) -> str:
    """What a second predicate tells of, and how: "the bridge will" in "the bridge was shut and will be mended"."""
    tree, content = candidate.tree, candidate.content
    if content is None or candidate.cue.name not in MODALS or not is_passive(tree, content):
        return ""
    shared = subject(tree, content) if tree.child(content, *SUBJECTS) is None else None
    modal = candidate.match.tokens[-1]
    if shared is None or content.i < modal.i:
        return ""
    denied = tree.form(tree.at(modal.i + 1)) in DENIALS
    if denied is not candidate.negated:
        return ""
    return f"{actor_words(tree, shared)} {text_of([modal, tree.at(modal.i + denied)])} "


def words_of(candidate: Candidate, actor: Token | None) -> str:
    """What the actor undertakes, in the words of the text; "" where the candidate has no content."""
    content = candidate.content
    if content is None:
        return ""
    places = candidate.condition.places if candidate.condition else frozenset()
    return action(candidate.tree, content, cue=candidate.match, actor=actor, leave_out=places - {content.i})


def kind_of(candidate: Candidate, setting: Setting, book: PartyBook) -> CommitmentKind:
    """The kind: the cue's, turned into a refusal by "not", and for "will" told by the judge between pledge and plan."""
    steadfast = (
        candidate.content is not None and candidate.tree.lemma(candidate.content) in load_words(CUES)["steadfast"]
    )
    if _refuses(candidate):
        return CommitmentKind.PLEDGE if steadfast and candidate.cue.name in MODALS else CommitmentKind.REFUSAL
    if candidate.cue.name in MODALS:
        verdict = load_judge("pledge-or-plan").weigh(features(candidate, setting, book))
        return CommitmentKind.PLEDGE if verdict.accepted else CommitmentKind.PLAN
    return candidate.kind


def _refuses(candidate: Candidate) -> bool:
    if candidate.kind in {CommitmentKind.REFUSAL, CommitmentKind.WITHDRAWAL, CommitmentKind.FULFILMENT}:
        return False
    content, tree = candidate.content, candidate.tree
    if content is not None and candidate.relation == "ccomp" and subject(tree, content) != candidate.actor:
        return False
    denied = content is not None and any(
        tree.form(kid) in {"not", "never"} and kid.i < content.i for kid in tree.children(content, "advmod")
    )
    return (candidate.negated and "turns" in candidate.cue.flags) or (denied and "noun" not in candidate.cue.flags)


def _firmness(candidate: Candidate, given: Condition | None, said: str | None, who: Who) -> Firmness:
    """How binding it reads; the scale is in docs/extraction.md."""
    if candidate.stands.has("dispute"):
        return Firmness.DISPUTED
    if given is not None:
        return Firmness.CONDITIONAL
    if candidate.stands.has("hedge", "attempt", "belief", "hope") or "aim" in candidate.cue.flags:
        return Firmness.TENTATIVE
    said_by = candidate.stands.said_by
    own = said_by is not None and (
        candidate.tree.form(said_by) in _SPEAKER or bool(who.text and said is not None and who.text in said)
    )
    return Firmness.REPORTED if candidate.stands.reporter is not None and not own else Firmness.FIRM


# Evidence


def evidence_of(parsed: Parsed, candidate: Candidate, document: Document) -> Evidence:
    """The sentence, without a speaker's label or a run-in heading before it."""
    start, end = parsed.sentence.start, parsed.sentence.end
    first = _first_place(parsed, candidate)
    for lead in (DATELINE, LABEL):
        start = after(lead, document.text, start, end, first)
    return Evidence(start, end, document.text[start:end])


def _first_place(parsed: Parsed, candidate: Candidate) -> int:
    """Where the first word that matters stands: cue, actor, verb of saying or predicate."""
    tokens: list[Token | None] = [
        candidate.match.tokens[0],
        candidate.actor,
        candidate.content,
        candidate.stands.reporter,
        candidate.stands.said_by,
    ]
    return min(parsed.sentence.offset + token.idx for token in tokens if token is not None)
