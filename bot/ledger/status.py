"""Where an entry stands, read off its dated mentions. Nothing follows from silence, and no step is taken back by it."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain import (
    AWAITED,
    Commitment,
    CommitmentFinding,
    CommitmentKind,
    CommitmentStatus,
    Firmness,
    Mention,
    QuestionFinding,
    QuestionStatus,
    SourceStatus,
    Turn,
)

_SAID = {
    CommitmentKind.OFFER: CommitmentStatus.OFFERED,
    CommitmentKind.PLAN: CommitmentStatus.PLANNED,
    CommitmentKind.PLEDGE: CommitmentStatus.PLEDGED,
    CommitmentKind.AGREEMENT: CommitmentStatus.AGREED,
    CommitmentKind.REFUSAL: CommitmentStatus.REFUSED,
    CommitmentKind.WITHDRAWAL: CommitmentStatus.WITHDRAWN,
    CommitmentKind.FULFILMENT: CommitmentStatus.REPORTED_DONE,
}
_FLOATING = re.compile(
    r"\b(?:consider\w*|weigh\w*|explor\w+|float\w*|mull\w*|contemplat\w+|may|might|could)\b", re.IGNORECASE
)
_BEGINNING = re.compile(
    r"\b(?:beg[iau]n\w*|start\w*|under way|underway|in the process|(?:is|are|’s|’re|'s|'re|been) \w+ing)\b",
    re.IGNORECASE,
)
_RANK = {
    CommitmentStatus.FLOATED: -1,
    CommitmentStatus.OFFERED: 0,
    CommitmentStatus.PLANNED: 1,
    CommitmentStatus.CONDITIONAL: 2,
    CommitmentStatus.PLEDGED: 2,
    CommitmentStatus.AGREED: 3,
}


def commitment_status(mentions: Sequence[Mention[CommitmentFinding]]) -> CommitmentStatus:
    """Where a commitment stands after these mentions, given the earliest first; see `commitment_steps`."""
    steps = commitment_steps(mentions)
    return steps[-1] if steps else CommitmentStatus.SOURCE_WITHDRAWN


def commitment_steps(
    mentions: Sequence[Mention[CommitmentFinding]],
    stood: CommitmentStatus | None = None,
    turns: Sequence[Turn] = (),
) -> tuple[CommitmentStatus, ...]:
    """Where a commitment stood after each mention: the furthest step, until a text says it was turned back or done.

    `stood` is where it stood before the first of them, `turns` what confirmed links made of it in between. A later text
    that speaks of the offer again does not undo the agreement, and one that leaves the condition out does not lift it.
    Where every Source is withdrawn, so is the commitment.
    """
    if not any(mention.source.status is SourceStatus.CURRENT for mention in mentions):
        return (CommitmentStatus.SOURCE_WITHDRAWN,) * len(mentions)
    steps: list[CommitmentStatus] = []
    for mention in mentions:
        steps.append(_next(stood, _said(mention.finding)))
        stood = CommitmentStatus(_turned(mention, turns) or steps[-1])
    return tuple(steps)


def _turned(mention: Mention[CommitmentFinding] | Mention[QuestionFinding], turns: Sequence[Turn]) -> str:
    """What the last link that bears on an entry after a mention makes of it, "" for none."""
    return next((turn.status for turn in reversed(turns) if turn.after == mention.source.id), "")


def date_passed(entry: Commitment, today: date) -> bool:
    """Whether the day that a step forward is due has passed, and no Source held speaks of it since.

    That says nothing of whether it was done.
    """
    due = entry.finding.due_date
    waiting = entry.status in AWAITED
    return bool(waiting and due and due < today and not (entry.last_seen and entry.last_seen > due))


def _said(finding: CommitmentFinding) -> CommitmentStatus:
    """What one mention says for itself; a step forward that hangs on a condition is conditional."""
    conditional = finding.condition is not None or finding.firmness is Firmness.CONDITIONAL
    said = _SAID[finding.kind]
    if said is CommitmentStatus.REPORTED_DONE and _BEGINNING.search(finding.why.cue):
        return CommitmentStatus.UNDER_WAY
    if _floated(finding):
        return CommitmentStatus.FLOATED
    return CommitmentStatus.CONDITIONAL if conditional and said in _RANK else said


def _floated(finding: CommitmentFinding) -> bool:
    """Whether a plan or an offer is only thought about: `is considering`, `may send`."""
    thought = finding.kind in {CommitmentKind.PLAN, CommitmentKind.OFFER} and finding.firmness is Firmness.TENTATIVE
    return thought and bool(_FLOATING.search(finding.why.cue))


def _next(stood: CommitmentStatus | None, said: CommitmentStatus) -> CommitmentStatus:
    if stood not in _RANK or said not in _RANK:
        return stood if stood is CommitmentStatus.REPORTED_DONE and said in _RANK else said
    if _RANK[said] > _RANK[stood]:
        return said
    return CommitmentStatus.CONDITIONAL if said is CommitmentStatus.CONDITIONAL and _RANK[stood] == 2 else stood


def question_status(mentions: Sequence[Mention[QuestionFinding]]) -> QuestionStatus:
    """Whether a question is open: it is, until a person confirms an answer, unless every Source is withdrawn."""
    return question_steps(mentions)[-1] if mentions else QuestionStatus.SOURCE_WITHDRAWN


def question_steps(
    mentions: Sequence[Mention[QuestionFinding]], stood: QuestionStatus | None = None, turns: Sequence[Turn] = ()
) -> tuple[QuestionStatus, ...]:
    """Whether a question was open after each mention; asking again does not open what stood answered before."""
    if not any(mention.source.status is SourceStatus.CURRENT for mention in mentions):
        return (QuestionStatus.SOURCE_WITHDRAWN,) * len(mentions)
    steps: list[QuestionStatus] = []
    for mention in mentions:
        steps.append(stood or QuestionStatus.OPEN)
        stood = QuestionStatus(_turned(mention, turns) or steps[-1])
    return tuple(steps)
