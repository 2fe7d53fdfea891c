"""Where a commitment stands: the furthest step that a text says, never one that follows from silence."""

import pytest

from bot.domain import CommitmentKind as Kind
from bot.domain import CommitmentStatus as Status
from bot.domain import Firmness, Mention, QuestionStatus, SourceRef, SourceStatus
from bot.ledger import commitment_status, commitment_steps, question_status, question_steps
from tests.store.make import commitment, question

T = "A text."
IF = "if it is asked"


def mentions(*said, status=SourceStatus.CURRENT):
    return [
        Mention(
            SourceRef(f"S-{n}", "", None, status=status),
            commitment(T, kind=kind, condition=IF if conditional else None),
        )
        for n, (kind, conditional) in enumerate(said)
    ]


@pytest.mark.parametrize(
    ("kind", "conditional", "status"),
    [
        (Kind.OFFER, False, Status.OFFERED),
        (Kind.PLAN, False, Status.PLANNED),
        (Kind.PLEDGE, False, Status.PLEDGED),
        (Kind.AGREEMENT, False, Status.AGREED),
        (Kind.OFFER, True, Status.CONDITIONAL),
        (Kind.PLEDGE, True, Status.CONDITIONAL),
        (Kind.AGREEMENT, True, Status.CONDITIONAL),
        (Kind.REFUSAL, False, Status.REFUSED),
        (Kind.REFUSAL, True, Status.REFUSED),
        (Kind.WITHDRAWAL, False, Status.WITHDRAWN),
        (Kind.FULFILMENT, False, Status.REPORTED_DONE),
    ],
)
def test_one_mention_says_where_it_stands(kind, conditional, status):
    assert commitment_status(mentions((kind, conditional))) is status


def test_words_of_condition_without_a_clause_count_as_a_condition():
    (m,) = mentions((Kind.PLEDGE, False))
    held = Mention(m.source, commitment(T, firmness=Firmness.CONDITIONAL))
    assert commitment_status([held]) is Status.CONDITIONAL


@pytest.mark.parametrize(
    ("said", "steps"),
    [
        (
            [(Kind.OFFER, False), (Kind.OFFER, True), (Kind.AGREEMENT, False), (Kind.OFFER, False)],
            [Status.OFFERED, Status.CONDITIONAL, Status.AGREED, Status.AGREED],
        ),
        ([(Kind.PLEDGE, True), (Kind.PLEDGE, False)], [Status.CONDITIONAL, Status.CONDITIONAL]),
        ([(Kind.PLEDGE, False), (Kind.PLEDGE, True)], [Status.PLEDGED, Status.CONDITIONAL]),
        ([(Kind.AGREEMENT, False), (Kind.PLEDGE, True)], [Status.AGREED, Status.AGREED]),
        ([(Kind.PLEDGE, False), (Kind.WITHDRAWAL, False)], [Status.PLEDGED, Status.WITHDRAWN]),
        ([(Kind.WITHDRAWAL, False), (Kind.PLEDGE, False)], [Status.WITHDRAWN, Status.PLEDGED]),
        ([(Kind.FULFILMENT, False), (Kind.PLEDGE, False)], [Status.REPORTED_DONE, Status.REPORTED_DONE]),
        ([(Kind.FULFILMENT, False), (Kind.WITHDRAWAL, False)], [Status.REPORTED_DONE, Status.WITHDRAWN]),
        ([(Kind.PLAN, False), (Kind.OFFER, False)], [Status.PLANNED, Status.PLANNED]),
        ([], []),
    ],
)
def test_each_mention_is_a_step_and_none_is_taken_back_by_silence(said, steps):
    assert list(commitment_steps(mentions(*said))) == steps
    assert commitment_status(mentions(*said)) is (steps[-1] if steps else Status.SOURCE_WITHDRAWN)


def test_steps_go_on_from_where_it_stood():
    said = mentions((Kind.OFFER, False), (Kind.AGREEMENT, False), (Kind.PLEDGE, True), (Kind.WITHDRAWAL, False))
    whole = commitment_steps(said)
    for n in range(1, len(said)):
        assert whole[:n] + commitment_steps(said[n:], whole[n - 1]) == whole


@pytest.mark.parametrize("status", [SourceStatus.REMOVED, SourceStatus.RETRACTED, SourceStatus.SUPERSEDED])
def test_a_matter_of_no_current_source_is_withdrawn_with_it(status):
    assert commitment_status(mentions((Kind.PLEDGE, False), status=status)) is Status.SOURCE_WITHDRAWN
    asked = [Mention(SourceRef("S-1", "", None, status=status), question(T))]
    assert question_status(asked) is QuestionStatus.SOURCE_WITHDRAWN


def test_a_question_is_open_until_somebody_confirms_an_answer():
    asked = [Mention(SourceRef("S-1", "", None), question(T))] * 2
    assert question_status(asked) is QuestionStatus.OPEN
    assert question_steps(asked) == (QuestionStatus.OPEN, QuestionStatus.OPEN)
    assert question_steps(asked, QuestionStatus.ANSWERED) == (QuestionStatus.ANSWERED, QuestionStatus.ANSWERED)
    assert question_status([]) is QuestionStatus.SOURCE_WITHDRAWN
