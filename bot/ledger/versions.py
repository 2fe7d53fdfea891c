"""What a new reading of a document has in common with an earlier one of it: what stayed keeps its entry. Pure.

A new version of a document, and the same text read by newer rules, are both decided like any document first; what found
no entry of its own that way is taken for the one whose sentence it has. So ids survive a slot that reads otherwise.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bot.domain import CommitmentFinding, Decision, Decisions, FactFinding, QuestionFinding
from bot.ledger.words import content

_FIGURE = re.compile(r"\d(?:[\d.,]*\d)?")
Finding = CommitmentFinding | QuestionFinding | FactFinding
F = TypeVar("F", CommitmentFinding, QuestionFinding, FactFinding)


@dataclass(frozen=True, slots=True)
class Held:
    """What an earlier reading said of an entry."""

    entry: str
    finding: Finding


def carried(decisions: Decisions, held: Sequence[Held], reason: str) -> Decisions:
    """The decisions, with what would open an entry joined to the one that the earlier reading had for its sentence.

    An entry that another finding goes to already is not given out twice.
    """
    taken = {
        decision.entry
        for group in (decisions.commitments, decisions.questions, decisions.facts)
        for decision in group
        if decision.entry
    }
    left = [each for each in held if each.entry not in taken]
    return Decisions(
        _carried(decisions.commitments, left, reason),
        _carried(decisions.questions, left, reason),
        _carried(decisions.facts, left, reason),
    )


def its_own(again: Decisions, otherwise: Decisions) -> Decisions:
    """Of two decisions on each finding, the first where it gives an entry, else the second."""

    def chosen(first: Sequence[Decision[F]], second: Sequence[Decision[F]]) -> tuple[Decision[F], ...]:
        return tuple(a if a.entry else b for a, b in zip(first, second, strict=True))

    return Decisions(
        chosen(again.commitments, otherwise.commitments),
        chosen(again.questions, otherwise.questions),
        chosen(again.facts, otherwise.facts),
    )


def _carried(decisions: Sequence[Decision[F]], left: list[Held], reason: str) -> tuple[Decision[F], ...]:
    """The closest pairs first, so that two matters of one sentence are not taken for each other."""
    pairs = sorted(
        (-likeness, place, each.entry)
        for place, decision in enumerate(decisions)
        if decision.entry is None
        for each in left
        if (likeness := _likeness(each.finding, decision.finding))
    )
    given: dict[int, str] = {}
    for _, place, entry in pairs:
        if place not in given and entry not in given.values():
            given[place] = entry
    left[:] = [each for each in left if each.entry not in given.values()]
    return tuple(
        replace(decision, entry=given[place], reason=reason) if place in given else decision
        for place, decision in enumerate(decisions)
    )


def _likeness(old: Any, new: Any) -> int:
    """How much two findings with a sentence in common are the same; 0 where they are not.

    A sentence in which only figures were changed is the same with other sums or days.
    """
    if type(old) is not type(new):
        return 0
    mine, theirs = _sentences(old), _sentences(new)
    same = bool(mine & theirs)
    if not same and not {*map(_but_figures, mine)} & {*map(_but_figures, theirs)}:
        return 0
    same_matter = content(_matter(old)) == content(_matter(new))
    return 4 * int(same) + 2 * int(same_matter) + int(old.kind == new.kind)


def _but_figures(sentence: str) -> str:
    return _FIGURE.sub("#", sentence)


def _matter(finding: Any) -> str:
    match finding:
        case CommitmentFinding():
            return finding.action
        case QuestionFinding():
            return finding.content
    return str(finding.statement)


def _sentences(finding: Any) -> set[str]:
    return {" ".join(e.quote.split()) for e in finding.evidence}
