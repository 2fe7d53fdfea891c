"""One item for each matter, with every sentence that speaks of it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain import CommitmentFinding, CommitmentKind, Evidence, Firmness, Why
from bot.extract.merge import content_words, mention, merged, same_matter

K = CommitmentKind


def finding(action: str, start: int = 0, **slots: object) -> CommitmentFinding:
    base = CommitmentFinding(
        kind=K.OFFER,
        actors=("France", "United Kingdom"),
        actor_text="France and the UK",
        action=action,
        recipients=(),
        condition=None,
        due=None,
        attribution=None,
        firmness=Firmness.FIRM,
        why=Why("offered", "offer"),
        evidence=(Evidence(start, start + 1, "x"),),
    )
    return replace(base, **slots)


TROOPS = finding("deploy troops to Ukraine", 0)


def places(found: CommitmentFinding) -> list[int]:
    return [evidence.start for evidence in found.evidence]


def test_the_verb_and_its_noun_are_one_matter():
    (found,) = merged([mention(TROOPS), mention(finding("troop deployment", 50))])
    assert found.action == "deploy troops to Ukraine"
    assert places(found) == [0, 50]


@pytest.mark.parametrize(
    "other",
    [
        finding("deploy troops to Ukraine", actors=("France",)),
        finding("deploy troops to Ukraine", actors=(), actor_text="officials"),
        finding("deploy troops to Ukraine", kind=K.REFUSAL),
        finding("deploy troops to Ukraine", kind=K.WITHDRAWAL),
        finding("send money to Ukraine"),
        finding("send aid", recipients=("Poland",)),
    ],
)
def test_other_actors_another_stance_or_other_words_are_another_matter(other: CommitmentFinding):
    known = replace(TROOPS, recipients=("Ukraine",))
    assert len(merged([mention(known), mention(replace(other, evidence=(Evidence(9, 10, "y"),)))])) == 2


def test_offer_pledge_agreement_and_plan_go_together():
    kinds = [K.OFFER, K.PLEDGE, K.AGREEMENT, K.PLAN]
    found = merged(mention(finding("deploy troops to Ukraine", n, kind=kind)) for n, kind in enumerate(kinds))
    assert [each.kind for each in found] == [K.OFFER]
    assert places(found[0]) == [0, 1, 2, 3]


def test_different_figures_are_different_matters():
    assert len(merged([mention(finding("send 50 tanks")), mention(finding("send 80 tanks", 5))])) == 2


def test_different_recipients_are_different_matters():
    one = finding("send medical aid teams", recipients=("Ukraine",))
    other = finding("send medical aid teams", 5, recipients=("Poland",))
    assert not same_matter(mention(one), mention(other))


def test_one_word_in_common_is_not_enough():
    assert not same_matter(mention(finding("deploy")), mention(finding("deploy troops to Mali")))


def test_what_later_mentions_add_fills_what_is_missing():
    later = finding(
        "deploy troops to Ukraine",
        50,
        condition="if asked",
        due="by May",
        due_date=date(2026, 5, 31),
        recipients=("Ukraine",),
        attribution="officials said",
    )
    (found,) = merged([mention(TROOPS), mention(later)])
    assert (found.condition, found.due, found.due_date) == ("if asked", "by May", date(2026, 5, 31))
    assert (found.recipients, found.attribution) == (("Ukraine",), "officials said")
    assert found.firmness is Firmness.CONDITIONAL


def test_a_bare_mention_joins_the_commitment_of_its_party():
    other = finding("pay for repairs", 10, actors=("Italy",))
    bare = finding("", 20, actors=("France", "United Kingdom"))
    found = merged([mention(TROOPS), mention(other), mention(bare, bare=True)])
    assert [places(each) for each in found] == [[0, 20], [10]]


def test_this_pledge_joins_the_last_commitment_and_never_a_refusal():
    refusal = finding("open the border", 10, kind=K.REFUSAL, actors=("Italy",))
    bare = mention(finding("", 20, actors=(), actor_text=""), bare=True, points_back=True)
    found = merged([mention(TROOPS), mention(refusal), bare])
    assert [places(each) for each in found] == [[0, 20], [10]]


def test_a_bare_mention_alone_is_no_commitment():
    assert merged([mention(finding(""), bare=True, points_back=True)]) == ()
    assert merged([mention(TROOPS), mention(finding("", 9, actors=(), actor_text=""), bare=True)]) == (TROOPS,)


def test_unnamed_actors_need_nearly_the_same_words():
    one = finding("raise the minimum wage", actors=(), actor_text="the government")
    assert same_matter(mention(one), mention(replace(one, evidence=(Evidence(5, 6, "y"),))))
    assert not same_matter(mention(one), mention(replace(one, action="raise the tax on fuel")))


def test_the_same_sentence_twice_is_one_evidence():
    (found,) = merged([mention(TROOPS), mention(TROOPS)])
    assert places(found) == [0]


def test_content_words_leave_out_what_says_little():
    assert content_words("provide support to the 50 farmers") == {"50", "farme"}
    assert content_words("") == frozenset()
