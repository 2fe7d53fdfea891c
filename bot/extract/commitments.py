"""The commitments of a document: candidates, the decision about each, its slots, and one item for each matter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from bot.domain import CommitmentFinding, CommitmentKind, Document, Evidence, Firmness, Why
from bot.extract.candidates import CUES, MODALS, SCHEDULES, Candidate, candidates, cue_start, cue_words, is_action_point
from bot.extract.clauses import (
    DENIALS,
    SUBJECTS,
    Tree,
    auxiliaries,
    denies,
    is_negated,
    is_passive,
    plain,
    subject,
    text_of,
)
from bot.extract.conditions import Condition
from bot.extract.context import Context, Who, who_is
from bot.extract.due import due_date, due_of, lies_behind
from bot.extract.features import Setting, features, measures
from bot.extract.judge import Verdict, load_judge
from bot.extract.leads import DATELINE, LABEL, after
from bot.extract.merge import Mention, mention, merged
from bot.extract.parties import PartyBook, load_parties
from bot.extract.reading import Reading, Sentence
from bot.extract.rejections import turned_away
from bot.extract.scope import DENYING, Found, scopes
from bot.extract.sense import Sense
from bot.extract.slots import action, actor_words, attribution, keeps_subject, recipients
from bot.extract.turns import Turn, turn_at, turns_of
from bot.extract.undertakers import undertaker
from bot.extract.words import load_words

LONGEST_SENTENCE = 400
"""Tokens; what is longer is no sentence (a table, a list without stops) and is not looked into."""

_PLAIN = frozenset({"measure", "timetable"})
"""Cues that are no more than the tense of any verb."""
_THEMSELVES = frozenset({"i", "we", "he", "she", "it", "they"})
_SPEAKER = frozenset({"i", "we"})
_OWN = frozenset({"i", "my", "we", "our"})


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
    named = turn is not None and len(turn.speaker) > 1  # not the "A" of question and answer
    return text[turn.start : turn.start + len(turn.speaker)] if turn is not None and named else ""


def _mentions(
    parsed: Parsed, found: Iterable[Candidate], sense: Sense | None, document: Document, book: PartyBook
) -> Iterable[Mention]:
    told = _accepted(parsed, found, sense, book)
    every = [candidate for candidate, _ in told]
    for candidate, verdict in told:
        bare = candidate.content is None
        if _told_better(candidate, every):
            continue
        finding = _finding(parsed, candidate, verdict, document, book)
        if bare or finding.action:
            yield mention(finding, bare=bare, points_back=_points_back(candidate))


def _told_better(candidate: Candidate, every: Sequence[Candidate]) -> bool:
    """Whether another cue tells the same: "announced that he would not stand", "are suspending the start"."""
    if candidate.cue.name in _PLAIN:
        return any(each.match.anchor == candidate.match.anchor for each in every if each.cue.name not in _PLAIN)
    if candidate.content is None or candidate.cue.name in MODALS or candidate.relation != "ccomp":
        return False
    return any(each.content == candidate.content for each in every if each.cue.name in MODALS | _PLAIN)


def _accepted(
    parsed: Parsed, found: Iterable[Candidate], sense: Sense | None, book: PartyBook
) -> list[tuple[Candidate, Verdict | None]]:
    """The candidates that neither a rule nor the judge turns away, with the judge's verdict where it was asked."""
    kept: list[tuple[Candidate, Verdict | None]] = []
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
        kept.append((candidate, verdict))
    return kept


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
    if own is not None and _speaks_of_itself(candidate, own):
        doer = own
    words = words_of(candidate, doer)
    kind = kind_of(candidate, parsed.setting, book)
    whole = content is not None and keeps_subject(tree, content, doer)
    told = _told_of(candidate) if doer is None else ""
    if words and told:
        words = f"{told}{words}"
    elif words and kind is CommitmentKind.PLEDGE and _refuses(candidate) and not whole:
        words = f"not {words}"
    places = given.places if given else frozenset()
    due = due_of(tree, content, candidate.verb, places) if content is not None else None
    due = None if due is not None and lies_behind(due, document.published) else due
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


def _speaks_of_itself(candidate: Candidate, own: Token) -> bool:
    """Whether who acts in a clause that somebody announces is they themselves: "announced that it would merge"."""
    tree, content = candidate.tree, candidate.content
    alike = own.pos_ == "PRON" and tree.form(own) in _THEMSELVES and candidate.relation in {"acl", "ccomp"}
    return alike and content is not None and candidate.cue.name not in MODALS and not is_negated(tree, content)


def _told_of(candidate: Candidate) -> str:
    """What a second predicate tells of, and how: "the bridge will" in "the bridge was shut and will be mended"."""
    tree, content = candidate.tree, candidate.content
    if content is None or not is_passive(tree, content):
        return ""
    if candidate.cue.name in SCHEDULES:
        return _due_to(candidate)
    if candidate.cue.name not in MODALS:
        return ""
    shared = subject(tree, content) if tree.child(content, *SUBJECTS) is None else None
    modal = candidate.match.tokens[-1]
    if shared is None or content.i < modal.i:
        return ""
    denied = tree.beside(modal, 1) in DENIALS
    if denied is not candidate.negated:
        return ""
    return f"{actor_words(tree, shared)} {text_of([cue_start(candidate), tree.at(modal.i + denied)])} "


def _due_to(candidate: Candidate) -> str:
    """What is said to be due, and how: "the details are due to" in "the details are due to be presented"."""
    tree, anchor, content = candidate.tree, candidate.match.anchor, candidate.content
    due = subject(tree, anchor)
    being = auxiliaries(tree, anchor)
    to = next((kid for kid in tree.children(content, "mark") if tree.form(kid) == "to"), None) if content else None
    if due is None or not being or to is None or not due.i < being[0].i < to.i:
        return ""
    return f"{actor_words(tree, due)} {text_of([being[0], to])} "


def words_of(candidate: Candidate, actor: Token | None) -> str:
    """What the actor undertakes, in the words of the text; "" where the candidate has no content."""
    content = candidate.content
    if content is None:
        return ""
    places = candidate.condition.places if candidate.condition else frozenset()
    return action(candidate.tree, content, cue=candidate.match, actor=actor, leave_out=places - {content.i})


def kind_of(candidate: Candidate, setting: Setting, book: PartyBook) -> CommitmentKind:
    """The kind: the cue's, turned into a refusal by "not"; for "will" the judge tells between pledge and plan."""
    if _refuses(candidate):
        spares = candidate.cue.name in MODALS and _spares(candidate)
        return CommitmentKind.PLEDGE if spares else CommitmentKind.REFUSAL
    if candidate.cue.name in MODALS:
        verdict = load_judge("pledge-or-plan").weigh(features(candidate, setting, book))
        return CommitmentKind.PLEDGE if verdict.accepted else CommitmentKind.PLAN
    return candidate.kind


def _spares(candidate: Candidate) -> bool:
    """Whether what will not be is a promise: "we will not yield", "no one will be charged", "it would not be sold"."""
    content, tree = candidate.content, candidate.tree
    if content is None:
        return False
    lemma = tree.lemma(content)
    words = {lemma, f"{lemma} {tree.beside(content, 1)}"}
    return is_passive(tree, content) or not words.isdisjoint(load_words(CUES)["steadfast"])


def _refuses(candidate: Candidate) -> bool:
    if candidate.kind in {CommitmentKind.REFUSAL, CommitmentKind.WITHDRAWAL, CommitmentKind.FULFILMENT}:
        return False
    content, tree = candidate.content, candidate.tree
    if content is not None and candidate.relation == "ccomp" and subject(tree, content) != candidate.actor:
        return False
    denied = content is not None and any(
        denies(tree, kid) and kid.i < content.i for kid in tree.children(content, "advmod")
    )
    return (candidate.negated and "turns" in candidate.cue.flags) or (denied and "noun" not in candidate.cue.flags)


def _firmness(candidate: Candidate, given: Condition | None, said: str | None, who: Who) -> Firmness:
    """How binding it reads; the scale is in docs/extraction.md."""
    if candidate.stands.has("dispute") and not _is_taken_for_granted(candidate):
        return Firmness.DISPUTED
    if given is not None:
        return Firmness.CONDITIONAL
    if candidate.stands.has("hedge", "attempt", "belief", "hope") or "aim" in candidate.cue.flags:
        return Firmness.TENTATIVE
    said_by = candidate.stands.said_by
    own = said_by is not None and (
        candidate.tree.form(said_by) in _SPEAKER
        or bool(who.text and said is not None and who.text in said)
        or plain(who.text) in _OWN
    )
    return Firmness.REPORTED if candidate.stands.reporter is not None and not own else Firmness.FIRM


def _is_taken_for_granted(candidate: Candidate) -> bool:
    """As "its decision" in "denied that it was split over its decision": it is not what is denied."""
    tree, noun = candidate.tree, candidate.match.anchor
    above = tree.head(noun)
    owned = "noun" in candidate.cue.flags and tree.child(noun, "nmod:poss") is not None
    return owned and not (above is not None and tree.lemma(above) in DENYING)


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
