"""Several mentions of one matter in a document are one commitment with several evidences.

Two mentions are of one matter when the same parties act, their kinds go together, no figure or place speaks against
it, and what they undertake is named with the same words, whether as a verb or as its noun ("deploy", "deployment").
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.domain import CommitmentFinding, CommitmentKind, Evidence, Firmness

_AHEAD = frozenset({CommitmentKind.PLEDGE, CommitmentKind.OFFER, CommitmentKind.AGREEMENT, CommitmentKind.PLAN})
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*")
_EMPTY = frozenset(
    {
        "a",
        "an",
        "the",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "but",
        "as",
        "that",
        "this",
        "these",
        "those",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "it",
        "they",
        "we",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "have",
        "has",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "not",
        "no",
        "all",
        "any",
        "also",
        "further",
        "continue",
        "more",
        "new",
        "such",
        "other",
        "who",
        "which",
        "into",
        "about",
        "over",
        "under",
        "between",
        "against",
        "until",
        "than",
        "then",
        "so",
        "out",
        "up",
        "make",
        "take",
        "give",
        "work",
        "ensure",
        "provide",
        "support",
        "help",
        "get",
    }
)
_STEM = 5
FIRST = 8
"""A mention is compared with so many of a matter's mentions: later ones say what the first ones said."""

_ENOUGH, _ENOUGH_UNNAMED = 0.67, 0.85


@dataclass(frozen=True, slots=True)
class Mention:
    """A finding with what merging needs to know.

    `bare` is a mention that names a commitment without saying what it is ("this pledge"); `points_back` one that does
    so with "this" or "the". A bare mention is never a commitment of its own.
    """

    finding: CommitmentFinding
    bare: bool = False
    points_back: bool = False
    words: frozenset[str] = field(default_factory=frozenset)


def mention(finding: CommitmentFinding, *, bare: bool = False, points_back: bool = False) -> Mention:
    """A finding ready to be merged."""
    return Mention(finding, bare, points_back, content_words(finding.action))


def content_words(text: str) -> frozenset[str]:
    """The beginnings of the words that carry an action's meaning, so that a verb and its noun are one."""
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(word if word[0].isdigit() else word[:_STEM] for word in words if word not in _EMPTY)


def merged(mentions: Iterable[Mention]) -> tuple[CommitmentFinding, ...]:
    """One finding for each matter, in the order of its first evidence."""
    groups: list[list[Mention]] = []
    by_word: dict[tuple[frozenset[str], str], list[int]] = {}
    for each in mentions:
        number = _last_named(each, groups) if each.bare else _matching(each, groups, by_word)
        if number is None:
            if each.bare:
                continue
            number = len(groups)
            groups.append([])
        groups[number].append(each)
        for word in sorted(each.words):
            places = by_word.setdefault((_acting(each), word), [])
            if number not in places:
                places.append(number)
    return tuple(_one(group) for group in groups)


def _acting(each: Mention) -> frozenset[str]:
    return frozenset(each.finding.actors or (each.finding.actor_text.lower(),))


def _matching(
    each: Mention, groups: Sequence[list[Mention]], by_word: dict[tuple[frozenset[str], str], list[int]]
) -> int | None:
    """The first group of the same matter; only those that share a word with the mention are looked at."""
    near = {number for word in each.words for number in by_word.get((_acting(each), word), ())}
    return next(
        (number for number in sorted(near) if any(same_matter(one, each) for one in groups[number][:FIRST])), None
    )


def _last_named(each: Mention, groups: Sequence[list[Mention]]) -> int | None:
    """The latest commitment that a bare mention can mean: of the same parties, or, pointing back, the latest of all."""
    actors = set(each.finding.actors)
    for number in range(len(groups) - 1, -1, -1):
        first = groups[number][0].finding
        if first.kind not in _AHEAD:
            continue
        if actors:
            if actors == set(first.actors):
                return number
        elif each.points_back:
            return number
    return None


def same_matter(one: Mention, other: Mention) -> bool:
    """Whether two mentions are plainly of one matter; a doubt is a no."""
    if not _kinds_go_together(one.finding.kind, other.finding.kind) or one.bare or other.bare:
        return False
    named = _same_actors(one.finding, other.finding)
    if named is None or _numbers_differ(one.words, other.words):
        return False
    mine, theirs = set(one.finding.recipients), set(other.finding.recipients)
    if mine and theirs and not mine & theirs:
        return False
    return _overlap(one.words, other.words) >= (_ENOUGH if named else _ENOUGH_UNNAMED)


def _kinds_go_together(one: CommitmentKind, other: CommitmentKind) -> bool:
    return one is other or (one in _AHEAD and other in _AHEAD)


def _same_actors(one: CommitmentFinding, other: CommitmentFinding) -> bool | None:
    """True for the same named parties, False for the same words for an unnamed one, None for different ones."""
    if one.actors or other.actors:
        return True if set(one.actors) == set(other.actors) else None
    return False if one.actor_text.lower() == other.actor_text.lower() else None


def _numbers_differ(one: frozenset[str], other: frozenset[str]) -> bool:
    mine = {word for word in one if word[0].isdigit()}
    theirs = {word for word in other if word[0].isdigit()}
    return bool(mine and theirs and mine != theirs)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    if min(len(one), len(other)) < 2 and one != other:
        return 0.0
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _one(group: Sequence[Mention]) -> CommitmentFinding:
    """The first mention, completed from the later ones, with all their evidence."""
    findings = [each.finding for each in group]
    first = findings[0]
    due = next((each for each in findings if each.due), first)
    condition = next((each.condition for each in findings if each.condition), None)
    return replace(
        first,
        recipients=next((each.recipients for each in findings if each.recipients), ()),
        condition=condition,
        due=due.due,
        due_date=due.due_date,
        attribution=next((each.attribution for each in findings if each.attribution), None),
        firmness=Firmness.CONDITIONAL if condition and first.firmness is Firmness.FIRM else first.firmness,
        evidence=_ordered(evidence for each in findings for evidence in each.evidence),
    )


def _ordered(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(dict.fromkeys(evidence), key=lambda each: (each.start, each.end)))
