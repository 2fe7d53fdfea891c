"""Why a stretch of text gave nothing: the cues that stand in it, and what became of each.

This serves `dossier evaluate --errors`. It asks the same questions as `commitments` and `questions` do, in the same
order, and keeps the answers that those drop.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language

from bot.domain import Document
from bot.extract.asking import Candidate as Asking
from bot.extract.candidates import CUES, Candidate, candidates, cue_words
from bot.extract.clauses import Tree
from bot.extract.commitments import LONGEST_SENTENCE, Parsed, parsed_sentences, verdict_on, words_of
from bot.extract.cues import Cue, Match, load_cues
from bot.extract.doubt import enough
from bot.extract.doubt import verdict_on as doubted
from bot.extract.judge import load_judge
from bot.extract.matters import find_matter
from bot.extract.openness import openness
from bot.extract.parties import PartyBook, load_parties
from bot.extract.questions import LONGEST, candidates_in
from bot.extract.reading import Reading, Sentence, read
from bot.extract.rejections import turned_away
from bot.extract.sense import Sense

Place = tuple[str, int, int]
"""A group ("commitments" or "questions") and a stretch of the text."""

QUESTIONS = "questions"
NO_CUE = "no cue"
UNREAD = "not read as a sentence (a heading, perhaps)"
_TAKEN, _TURNED_AWAY, _UNUSED, _LONG = 1.0, -1.0, -2.0, -3.0


@dataclass(frozen=True, slots=True)
class Overlooked:
    """What became of a cue in the sentence at `start` to `end`; `near` orders by how near it came to being taken."""

    start: int
    end: int
    near: float
    why: str


def reasons(document: Document, nlp: Language, places: Sequence[Place]) -> list[str]:
    """Why nothing was found at each place: the fate of the cue there that came nearest to being taken."""
    reading = read(document, nlp)
    every: dict[str, list[Overlooked]] = {
        "commitments": list(overlooked_commitments(reading)),
        "questions": list(overlooked_questions(reading)),
    }
    return [_reason(reading, every[group], start, end) for group, start, end in places]


def _reason(reading: Reading, every: Sequence[Overlooked], start: int, end: int) -> str:
    if not any(_touches(sentence.start, sentence.end, start, end) for sentence in reading.sentences):
        return UNREAD
    here = [each for each in every if _touches(each.start, each.end, start, end)]
    return max(here, key=lambda each: each.near).why if here else NO_CUE


def _touches(start: int, end: int, other_start: int, other_end: int) -> bool:
    return start < other_end and other_start < end


# Commitments


def overlooked_commitments(reading: Reading) -> Iterator[Overlooked]:
    """The fate of every commitment cue, in text order."""
    book = load_parties()
    yield from _too_long(reading, LONGEST_SENTENCE)
    for parsed in parsed_sentences(reading, book):
        found, sense = candidates(parsed.tree, parsed.found, book), reading.sense_of(parsed.sentence)
        taken = {each.match.start for each in found}
        for candidate in found:
            yield _at(parsed.sentence, *_fate(parsed, candidate, sense, book))
        for match in load_cues(CUES).matches(parsed.tree):
            if match.start not in taken and _has_words(match.cue):
                yield _at(parsed.sentence, _UNUSED, f"{_named(match)}: not used as the cue wants it")


def _has_words(cue: Cue) -> bool:
    """Whether a cue names words; one that fits any word of a kind is no trace of anything."""
    return all(any(element.words for element in pattern) for pattern in cue.patterns)


def _fate(parsed: Parsed, candidate: Candidate, sense: Sense | None, book: PartyBook) -> tuple[float, str]:
    """How near a candidate came to being taken, and what it failed on."""
    shown = f"“{cue_words(candidate)}” by {candidate.cue.name}"
    if candidate.content is None:
        return _UNUSED, f"{shown}: says no action"
    if away := turned_away(candidate):
        return _TURNED_AWAY, f"{shown}, turned away: {away}"
    verdict = verdict_on(parsed, candidate, sense, book)
    if not verdict.accepted:
        judged = f"{shown}, judged {verdict.score:.2f}, under {load_judge(CUES).threshold:.2f}"
        return verdict.score, "; ".join([judged, *verdict.reasons])
    if not words_of(candidate, candidate.actor):
        return verdict.score, f"{shown}: no words are left for the action"
    return _TAKEN, f"{shown}: taken, with evidence beside the marked sentence"


# Questions


def overlooked_questions(reading: Reading) -> Iterator[Overlooked]:
    """The fate of every question cue, question mark and sentence that reads like a question, in text order."""
    yield from _too_long(reading, LONGEST)
    for sentence, every in candidates_in(reading):
        for candidate in every:
            yield _at(sentence, *_doubt(candidate, reading))
        taken = {each.signs for each in every}
        for match in load_cues(QUESTIONS).matches(sentence.tree):
            if match.tokens not in taken:
                yield _at(sentence, *_unasked(sentence.tree, match))
        if "?" in sentence.tree.forms[-3:] and not every:
            yield _at(sentence, _TURNED_AWAY, "“?” by question mark, turned away: nothing says that it is left open")


def _doubt(candidate: Asking, reading: Reading) -> tuple[float, str]:
    """How near a candidate for a question came to being taken, and how it was judged."""
    shown = f"“{candidate.cue}” by {candidate.rule}" if candidate.cue else candidate.rule
    verdict = doubted(candidate, reading)
    if verdict.accepted:
        return _TAKEN, f"{shown}: taken, with evidence beside the marked sentence"
    stands = f"{shown}, {candidate.ground.value}, judged {verdict.score:.2f}, under {enough(candidate):.2f}"
    return verdict.score, "; ".join([stands, *verdict.reasons])


def _unasked(tree: Tree, match: Match) -> tuple[float, str]:
    if find_matter(tree, match) is None:
        return _UNUSED, f"{_named(match)}: no matter is found behind it"
    stands = "; ".join(_standing(tree, match)) or "as a plain statement"
    return _TURNED_AWAY, f"{_named(match)}, turned away as it stands: {stands}"


def _standing(tree: Tree, match: Match) -> Iterable[str]:
    """What can be said of how the cue stands, in short words."""
    stands = openness(tree, match.anchor)
    names = ("negated", "no_longer", "yet", "unfinished", "supposed", "past", "perfect", "progressive")
    found = [name.replace("_", " ") for name in names if getattr(stands, name)]
    found += [f"modal {stands.modal}"] if stands.modal else []
    return [*found, f"actor {stands.actor}"] if stands.actor else found


# Both


def _too_long(reading: Reading, longest: int) -> Iterator[Overlooked]:
    for sentence in reading.sentences:
        if (length := len(sentence.span)) > longest:
            yield _at(sentence, _LONG, f"too long to be looked into: {length} words, at most {longest}")


def _named(match: Match) -> str:
    return f"“{match.text}” by {match.cue.name}"


def _at(sentence: Sentence, near: float, why: str) -> Overlooked:
    return Overlooked(sentence.start, sentence.end, near, why)
