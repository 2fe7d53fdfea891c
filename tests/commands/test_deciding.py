"""What moderators decide in Discord: /wrong, /correct, /source retract and restore, /log, /undo."""

import pytest

from bot.domain import Action
from tests.chat.stage import buttons, text
from tests.chat.test_buttons import send


@pytest.fixture
async def desk(stage):
    await stage.stock(stage.news)
    return stage.news.moderator, stage.news.channel


async def test_a_wrong_entry_leaves_the_list_and_undo_brings_it_back(stage, desk):
    moderator, channel = desk
    marked = await moderator.slash(channel, "wrong", id="c1")
    assert marked.ephemeral
    assert "Marked C-1 as wrong" in text(marked.response)
    assert "send engineers" not in text((await moderator.slash(channel, "commitments")).response)

    log = await moderator.slash(channel, "log")
    assert "Marked wrong: C-1" in text(log.response)
    assert f"by {moderator.mention}" in text(log.response)
    undone = await moderator.slash(channel, "undo", line=2)

    assert "Marked wrong: C-1" in text(undone.response)
    assert "send engineers" in text((await moderator.slash(channel, "commitments")).response)


async def test_a_corrected_slot_shows_that_a_person_set_it(stage, desk):
    moderator, channel = desk

    result = await moderator.slash(channel, "correct", id="C-1", slot="due", value="1 May 2026")

    assert "Set due of C-1" in text(result.response)
    shown = text((await stage.news.member.slash(channel, "show", id="C-1")).response)
    assert "1 May 2026" in shown
    assert "Set by a person" in shown


async def test_a_retracted_source_is_flagged_and_can_be_restored(stage, desk):
    moderator, channel = desk

    assert "Retracted S-1" in text((await moderator.slash(channel, "source retract", id="S-1")).response)
    assert "source withdrawn" in text((await moderator.slash(channel, "show", id="C-1")).response)
    assert "Restored S-1" in text((await moderator.slash(channel, "source restore", id="S-1")).response)

    assert "source withdrawn" not in text((await moderator.slash(channel, "show", id="C-1")).response)


async def test_the_log_turns_its_pages(stage, desk):
    moderator, channel = desk
    for value in range(11):
        await moderator.slash(channel, "correct", id="C-1", slot="due", value=f"day {value}")
    log = await moderator.slash(channel, "log")
    assert "Page 1 of 2" in text(log.response)

    await moderator.click(log.response, label="Next")

    assert "Source added: S-1" in text(log.response)
    assert "Next" in buttons(log.response)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("log", {}),
        ("undo", {"line": 1}),
        ("wrong", {"id": "C-1"}),
        ("correct", {"id": "C-1", "slot": "due"}),
        ("source retract", {"id": "S-1"}),
        ("source restore", {"id": "S-1"}),
    ],
)
async def test_nothing_of_another_server_can_be_decided_on(stage, desk, command, options):
    rival = stage.rival

    result = await rival.moderator.slash(rival.channel, command, **options)

    said = text(result.response)
    assert "There is no" in said or "Nobody has decided anything yet" in said
    assert "Bridges" not in said


async def test_a_member_who_forges_the_button_does_not_see_the_log(stage, desk):
    member = stage.news.member
    message = await send(stage, stage.news, Action("Next", "log", "0"))

    result = await member.click(message, label="Next")

    assert result.ephemeral
    assert "Only moderators" in text(result.followups[0] if result.followups else result.response)
