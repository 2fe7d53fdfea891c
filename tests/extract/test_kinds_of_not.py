"""What "not" makes of an undertaking: a refusal, a promise to spare somebody, or more than was said."""

import pytest

from bot.domain import CommitmentKind
from tests.extract.readings import only

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        (
            "The ministry said it will not only repair the bridge but also build a second one.",
            "not only repair the bridge but also build a second one",
        ),
        (
            "Norway is committed to not only ensuring that the treaty holds, but to take further action.",
            "not only ensuring that the treaty holds, but to take further action",
        ),
    ],
)
def test_not_only_denies_nothing_and_stays_in_the_action(nlp, sentence, action):
    found = only(nlp, sentence)
    assert (found.kind, found.action) == (CommitmentKind.PLEDGE, action)


def test_not_just_denies_where_no_but_follows(nlp):
    assert only(nlp, "The union said it would not just sign the contract.").kind is CommitmentKind.REFUSAL


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The minister said that the airfield would not be sold.", CommitmentKind.PLEDGE),
        ("The ministry said that no one will be billed for September.", CommitmentKind.PLEDGE),
        ("We will not give up on the miners, the minister said.", CommitmentKind.PLEDGE),
        ("The president has said she will not stand in 2011.", CommitmentKind.REFUSAL),
        ("The chairman said he would not give evidence.", CommitmentKind.REFUSAL),
    ],
)
def test_what_will_not_be_done_to_others_is_a_promise_and_what_one_will_not_do_a_refusal(nlp, sentence, kind):
    assert only(nlp, sentence).kind is kind


def test_what_is_announced_is_a_plan(nlp):
    found = only(nlp, "Nearly all Republican Senators have already announced that they will vote against the articles.")
    assert (found.kind, found.actors) == (CommitmentKind.PLAN, ("Republican Senators",))


def test_getting_ready_is_a_plan_and_no_offer(nlp):
    assert only(nlp, "The bank is getting ready to open two branches in Hanoi.").kind is CommitmentKind.PLAN
    assert only(nlp, "The bank is ready to open two branches in Hanoi.").kind is CommitmentKind.OFFER
