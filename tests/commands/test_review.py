"""`/review`: proposed links one by one, their buttons, and what `/show` tells of them."""

import pytest

from bot.domain import Action
from tests.chat.stage import buttons
from tests.chat.stage import text as escaped
from tests.chat.test_buttons import answer_to, send
from tests.test_revise import DOUBT, GONE, PAYS, story, turn


def text(message):
    return escaped(message).replace("\\", "")


@pytest.fixture
async def desk(stage):
    def fill(store):
        story(store, stage.news.workspace)
        turn(store, stage.news.workspace)

    await stage.app.write(fill)
    return stage.news


async def test_a_proposal_shows_both_sentences_the_reason_and_three_buttons(desk):
    shown = (await desk.moderator.slash(desk.channel, "review")).response

    assert DOUBT in text(shown)
    assert PAYS in text(shown)
    assert "L-1: C-2 answers Q-1?" in text(shown)
    assert "a later sentence says all that is asked (pay, bridge); 15 days later" in text(shown)
    assert {"Confirm", "Reject", "Not now"} <= set(buttons(shown))


async def test_confirming_goes_on_to_the_next_and_settles_the_question(desk):
    review = await desk.moderator.slash(desk.channel, "review")

    await desk.moderator.click(review.response, label="Confirm")

    assert "Confirmed L-1: C-2 answers Q-1, which is answered now." in text(review.response)
    assert GONE in text(review.response)
    assert "pay for the bridge" not in text((await desk.member.slash(desk.channel, "questions")).response)
    shown = text((await desk.member.slash(desk.channel, "show", id="Q-1")).response)
    assert "Answer" in shown
    assert PAYS in shown

    await desk.moderator.click(review.response, label="Confirm")
    assert "No proposal waits" in text(review.response)
    shown = text((await desk.member.slash(desk.channel, "show", id="C-1")).response)
    assert "offered 5 January 2026 → agreed 5 February 2026 → withdrawn 20 April 2026 (L-2)" in shown
    assert GONE in shown
    assert "Last mentioned 20 April 2026" in shown

    log = text((await desk.moderator.slash(desk.channel, "log")).response)
    assert "Link confirmed (L-2): C-3 withdraws C-1" in log


async def test_what_is_rejected_or_put_off_changes_nothing_but_the_queue(desk):
    review = await desk.moderator.slash(desk.channel, "review")

    await desk.moderator.click(review.response, label="Not now")
    assert "Put off L-1" in text(review.response)
    await desk.moderator.click(review.response, label="Reject")

    assert "Rejected L-2" in text(review.response)
    assert "L-1: C-2 answers Q-1?" in text(review.response), "what was put off comes again at the end"
    assert "agreed" in text((await desk.member.slash(desk.channel, "show", id="C-1")).response)


async def test_pages_of_proposals_can_be_turned(desk):
    review = await desk.moderator.slash(desk.channel, "review")

    await desk.moderator.click(review.response, label="Next")

    assert "L-2: C-3 withdraws C-1?" in text(review.response)


@pytest.mark.parametrize("verb", ["confirm", "reject", "later", "review"])
async def test_a_member_who_forges_a_button_decides_nothing(stage, desk, verb):
    message = await send(stage, desk, Action("Press", verb, "L-2"))

    result = await desk.member.click(message, label="Press")

    assert "Only moderators" in answer_to(result)
    assert "agreed" in text((await desk.member.slash(desk.channel, "show", id="C-1")).response)


async def test_a_link_of_another_server_cannot_be_decided_on(stage, desk):
    message = await send(stage, stage.rival, Action("Press", "confirm", "L-2"))

    result = await stage.rival.moderator.click(message, label="Press")

    assert "There is no L-2 here" in answer_to(result)
    assert "No proposal waits" in text((await stage.rival.moderator.slash(stage.rival.channel, "review")).response)
