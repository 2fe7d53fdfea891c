"""Slow work, late errors, lost acknowledgements."""

import asyncio

import discord
import pytest
from discord import app_commands

import commands
from bot.chat import reply
from bot.chat.client import Dossier
from bot.chat.loader import load
from bot.chat.reply import Answer, State, respond
from bot.domain import Reply
from bot.errors import NotFound
from tests.chat.stage import text


async def with_command(stage, work, *, public=False, after=None):
    """The bot with one more command, `/slow`, that answers with `work`."""

    @app_commands.command(description="Takes its time")
    async def slow(itx: discord.Interaction) -> None:
        await respond(itx, work(), public=public)
        if after:
            await after(itx)

    stage.client = Dossier(stage.app, [*load(commands), slow])
    await stage.env.restart_bot(stage.client)
    return await stage.news.member.slash(stage.news.channel, "slow")


def acknowledged_by(stage):
    return [one.json["type"] for one in stage.env.http_requests if one.path.endswith("/callback")]


async def late(seconds=0.9):
    await asyncio.sleep(seconds)
    return Answer(Reply("At last"))


async def late_error():
    await asyncio.sleep(0.9)
    raise NotFound("There is no such thing.")


async def late_bug():
    await asyncio.sleep(0.9)
    raise RuntimeError("secret")


async def test_work_that_takes_long_is_announced_and_then_answered(stage):
    result = await with_command(stage, late)

    assert acknowledged_by(stage) == [5]
    assert result.response.ephemeral
    assert "At last" in text(result.response)
    assert not result.followups


async def test_a_public_answer_that_takes_long_is_public(stage):
    await with_command(stage, late, public=True)

    assert acknowledged_by(stage) == [5]
    assert "At last" in text(stage.news.channel.last_message)


async def test_an_error_after_a_private_wait_replaces_the_placeholder(stage):
    result = await with_command(stage, late_error)

    assert result.response.ephemeral
    assert "There is no such thing." in text(result.response)


async def test_an_error_after_a_public_wait_is_private_and_leaves_no_placeholder(stage):
    result = await with_command(stage, late_error, public=True)

    assert result.response is None
    (told,) = result.followups
    assert told.ephemeral
    assert "There is no such thing." in text(told)
    assert stage.news.channel.last_message is None


async def test_a_bug_after_a_public_wait_is_told_privately_too(stage, caplog):
    result = await with_command(stage, late_bug, public=True)

    (told,) = result.followups
    assert told.ephemeral
    assert "Something went wrong" in text(told)
    assert "secret" not in text(told)
    assert len(stage.env.errors) == 1
    caplog.clear()


async def test_an_error_after_the_answer_is_one_more_private_message(stage):
    async def after(itx):
        assert reply.state(itx) is State.ANSWERED
        await reply.refuse(itx, "One more thing.")

    async def quick():
        return Answer(Reply("Here"))

    result = await with_command(stage, quick, public=True, after=after)

    assert "Here" in text(stage.news.channel.last_message)
    assert "One more thing." in text(result.followups[0])
    assert result.followups[0].ephemeral


async def test_an_acknowledgement_that_broke_off_is_sent_again(stage):
    await stage.stock(stage.news)
    stage.env.inject_error("POST", "/interactions/*/callback", status=503, times=1)

    result = await stage.news.member.slash(stage.news.channel, "commitments")

    assert "C-1" in text(result.response)


async def test_an_acknowledgement_that_discord_has_already_counts_as_done(stage):
    await stage.stock(stage.news)
    stage.env.inject_error("POST", "/interactions/*/callback", status=400, code=40060, times=1)

    result = await stage.news.member.slash(stage.news.channel, "commitments")

    assert result.response is None, "nothing is sent twice, and nothing is raised"


async def test_an_interaction_that_is_gone_is_only_noted(stage, caplog):
    await stage.stock(stage.news)
    stage.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062, times=1)

    await stage.news.member.slash(stage.news.channel, "commitments")

    assert [r.levelname for r in caplog.records if "gone before it could be answered" in r.getMessage()] == ["WARNING"]
    assert len(stage.env.errors) == 1


async def test_an_answer_is_tried_again_when_discord_stumbles_after_the_wait(stage):
    stage.env.inject_error("PATCH", "/webhooks/*", status=503, times=1)

    result = await with_command(stage, late)

    assert "At last" in text(result.response)


@pytest.mark.parametrize("public", [True, False])
async def test_the_file_of_an_answer_goes_with_it(stage, public):
    async def listed():
        return Answer(Reply("List", file=("list.csv", b"a,b\n")))

    result = await with_command(stage, listed, public=public)

    assert [file.filename for file in result.response.attachments] == ["list.csv"]
