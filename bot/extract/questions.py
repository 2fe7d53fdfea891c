"""The open questions of a document: each matter once, phrased as a person would ask it, with all that say so."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from bot.domain import Evidence, QuestionFinding, QuestionKind, Why
from bot.extract.asking import Candidate, Ground, Setting, cued
from bot.extract.clauses import plain
from bot.extract.direct import asked, following, is_question
from bot.extract.doubt import verdict_on
from bot.extract.likeness import Gist, fits, gist, same
from bot.extract.nominals import quoted
from bot.extract.parties import PartyBook, load_parties, named, parties_of
from bot.extract.reading import Reading, Sentence
from bot.extract.replies import replies_to
from bot.extract.turns import Turn, turn_at, turns_of, without_label
from bot.extract.unnamed import unnamed

LONGEST = 300
"""Words in the longest sentence that is read for questions; what is longer is a table, a list or no prose at all."""
_SUBJECTS = ("nsubj", "nsubj:pass")


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate that counts, with whom it is about and what it comes down to.

    One that is not `accepted` counts only as a further mention of a matter that is open elsewhere in the document.
    """

    candidate: Candidate
    about: tuple[str, ...]
    gist: Gist
    why: Why
    accepted: bool = True


def find_questions(reading: Reading) -> tuple[QuestionFinding, ...]:
    """The open questions of a parsed document in the order of their first evidence."""
    book = load_parties()
    found: list[Found] = []
    for _, every in candidates_in(reading):
        found.extend(_chosen(every, reading, book))
    return tuple(_finding(group, reading.document.text) for group in grouped(found))


def candidates_in(reading: Reading) -> Iterator[tuple[Sentence, list[Candidate]]]:
    """What each sentence may leave open: the question that it asks, else what its cues and the network give."""
    setting = Setting(reading.document.text, turns_of(reading.document))
    before: Turn | None = None
    answers: tuple[Sentence, ...] = ()
    for sentence in reading.sentences:
        if len(sentence.span) > LONGEST:
            continue
        tree, turn = sentence.tree, turn_at(setting.turns, sentence.start)
        if is_question(sentence, setting.text):
            if turn is None:
                answers = following(sentence, reading, setting.text)
            elif turn != before:
                answers = replies_to(turn, setting.turns, reading)
            before = turn
            question = asked(sentence, setting, turn, answers)
            yield sentence, [question] if question is not None else []
        else:
            cues = list(cued(sentence, tree, turn))
            beside = frozenset(token for each in cues if each.ground is not Ground.SOUND for token in each.signs)
            named = any(each.ground is Ground.SOUND for each in cues)
            others = () if named else unnamed(sentence, reading.sense_of(sentence), beside)
            found = [*(each for each in cues if each.ground is not Ground.SETTLED), *others]
            yield sentence, [each for each in found if turn is None or _has_a_matter(each, turn)]


def _has_a_matter(candidate: Candidate, turn: Turn) -> bool:
    """Whether what is said in a transcript names a matter: all that a reporter says is none, if it has no cue."""
    return bool(candidate.signs) if turn.asks else not _only_evades(candidate)


def _only_evades(candidate: Candidate) -> bool:
    """Whether an answer leaves open what was asked and names no matter of its own: "I don't have a date for you"."""
    phrased = candidate.phrased
    return phrased == quoted(phrased.content) and plain(phrased.content).startswith(("i ", "we "))


_ORDER = (Ground.SOUND, Ground.PUT, Ground.MARK, Ground.DOUBTFUL, Ground.UNNAMED)


def _chosen(every: Iterable[Candidate], reading: Reading, book: PartyBook) -> list[Found]:
    """The candidates of one sentence that the judge accepts, one for each stretch of words: the best grounded.

    Where it accepts none, what a rule holds to be sound is kept as well, as a mention of what is open elsewhere.
    """
    kept: list[Found] = []
    taken: set[int] = set()
    for candidate in sorted(every, key=lambda each: _ORDER.index(each.ground)):
        verdict = verdict_on(candidate, reading)
        places = {token.i for token in candidate.words}
        if places & taken or not (verdict.accepted or candidate.ground is Ground.SOUND):
            continue
        taken |= places if verdict.accepted else set()
        about = _about(candidate, book)
        why = Why(candidate.cue, candidate.rule, verdict.score, verdict.reasons)
        kept.append(Found(candidate, about, _gist(candidate, about, book), why, verdict.accepted))
    kept = [each for each in kept if each.accepted] or kept
    return sorted(kept, key=lambda each: each.candidate.words[0].i)


def _gist(candidate: Candidate, about: Sequence[str], book: PartyBook) -> Gist:
    return gist(
        candidate.tree,
        candidate.words,
        candidate.head,
        book,
        opener=candidate.opener,
        question=candidate.phrased.question,
        parties=about,
    )


# Whom it is about


def _about(candidate: Candidate, book: PartyBook) -> tuple[str, ...]:
    """The parties that the matter names; where it names none, those of the cue's clause."""
    tree, words = candidate.tree, candidate.words
    found: dict[str, None] = {}
    head = candidate.head
    if head is not None and (subject := tree.child(head, *_SUBJECTS)) is not None and subject in words:
        found.update(dict.fromkeys(parties_of(tree, subject, book)))
    found.update(dict.fromkeys(named(tree, book, [token for token in words if token.dep_ != "amod"])))
    if not found and head is not None:
        found.update(dict.fromkeys(_adjectives(candidate, head, book)))
    if not found:
        found.update(dict.fromkeys(named(tree, book)))
    return tuple(found)


def _adjectives(candidate: Candidate, head: Token, book: PartyBook) -> Iterable[str]:
    """As in "American support" is about the United States."""
    for kid in candidate.tree.children(head, "amod", "compound", "nmod:poss"):
        if name := book.country(kid.text):
            yield name


# One item a matter


def grouped(found: Sequence[Found]) -> list[list[Found]]:
    """What was found, with mentions of one matter together.

    A vague one goes with the only matter about its party. One that is not accepted goes with the only matter that it
    speaks of, or is left out.
    """
    groups: list[list[Found]] = []
    later: list[Found] = []
    for each in found:
        if not each.accepted or (each.gist.vague and each.about):
            later.append(each)
            continue
        homes = [group for group in groups if any(same(each.gist, other.gist) for other in group)]
        joined = [*(one for group in homes for one in group), each]
        groups = [group for group in groups if not any(group is home for home in homes)] + [joined]
    for each in sorted(later, key=lambda each: not each.accepted):
        fitting = [group for group in groups if any(_joins(each, other) for other in group)]
        if len(fitting) == 1:
            fitting[0].append(each)
        elif each.accepted:
            groups.append([each])
    ordered = [sorted(group, key=lambda each: each.candidate.sentence.start) for group in groups]
    return sorted(ordered, key=lambda group: group[0].candidate.sentence.start)


def _joins(each: Found, other: Found) -> bool:
    alike = not each.accepted and same(each.gist, other.gist)
    return alike or (each.gist.vague and fits(each.gist, other.gist))


def _finding(group: Sequence[Found], text: str) -> QuestionFinding:
    best = max((each for each in group if each.accepted), key=_clarity)
    evidence = {each.candidate.sentence.start: _evidence(each.candidate, text) for each in group}
    return QuestionFinding(
        kind=best.candidate.kind,
        question=best.candidate.phrased.question,
        content=best.candidate.phrased.content,
        about=best.about,
        why=best.why,
        evidence=tuple(evidence[start] for start in sorted(evidence)),
    )


def _evidence(candidate: Candidate, text: str) -> Evidence:
    """The sentence, without the label of its speaker."""
    whole = candidate.sentence.evidence(text)
    start = whole.end - len(without_label(whole.quote))
    return Evidence(start, whole.end, text[start : whole.end]) if start < whole.end else whole


def _clarity(found: Found) -> int:
    """How well a mention says what is asked: a clause with a named subject best; the first of equals is taken."""
    candidate = found.candidate
    score = {QuestionKind.INDIRECT: 4, QuestionKind.DIRECT: 4, QuestionKind.PENDING: 2, QuestionKind.UNCERTAINTY: 2}[
        candidate.kind
    ]
    if candidate.phrased.question.endswith("?"):
        score += 4
    if candidate.phrased.question.startswith("What is known about"):
        score -= 1
    head = candidate.head
    subject = candidate.tree.child(head, *_SUBJECTS) if head is not None else None
    if subject is not None and subject.pos_ != "PRON":
        score += 1
    return score
