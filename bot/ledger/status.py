"""Where an entry stands, read off its dated mentions. Nothing follows from silence, and no step is taken back by it."""

from collections.abc import Sequence

from bot.domain import (
    CommitmentFinding,
    CommitmentKind,
    CommitmentStatus,
    Firmness,
    Mention,
    QuestionFinding,
    QuestionStatus,
    SourceStatus,
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
_RANK = {
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
    mentions: Sequence[Mention[CommitmentFinding]], stood: CommitmentStatus | None = None
) -> tuple[CommitmentStatus, ...]:
    """Where a commitment stood after each mention: the furthest step, until a text says it was turned back or done.

    `stood` is where it stood before the first of them. A later text that speaks of the offer again does not undo the
    agreement, and one that leaves the condition out does not lift it. Where every Source is withdrawn, so is the
    commitment.
    """
    if not any(mention.source.status is SourceStatus.CURRENT for mention in mentions):
        return (CommitmentStatus.SOURCE_WITHDRAWN,) * len(mentions)
    steps: list[CommitmentStatus] = []
    for mention in mentions:
        steps.append(_next(steps[-1] if steps else stood, _said(mention.finding)))
    return tuple(steps)


def _said(finding: CommitmentFinding) -> CommitmentStatus:
    """What one mention says for itself; a step forward that hangs on a condition is conditional."""
    conditional = finding.condition is not None or finding.firmness is Firmness.CONDITIONAL
    said = _SAID[finding.kind]
    return CommitmentStatus.CONDITIONAL if conditional and said in _RANK else said


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
    mentions: Sequence[Mention[QuestionFinding]], stood: QuestionStatus | None = None
) -> tuple[QuestionStatus, ...]:
    """Whether a question was open after each mention; asking again does not open what stood answered before."""
    current = any(mention.source.status is SourceStatus.CURRENT for mention in mentions)
    return ((stood or QuestionStatus.OPEN) if current else QuestionStatus.SOURCE_WITHDRAWN,) * len(mentions)
