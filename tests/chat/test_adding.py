"""Progress while a long document is read."""

import asyncio
from datetime import timedelta

import discord

from bot.errors import Busy
from tests.chat.stage import text

BRIEF = "Harbour brief\n\nNorland and the Isles have offered to dredge the harbour for Estmark.\n"


async def begin(stage):
    """A document that is being read until `stage.worker.held` is set."""
    stage.worker.held = asyncio.Event()
    return await stage.news.moderator.slash(
        stage.news.channel, "source add", file=("long.txt", BRIEF.encode()), title="Long"
    )


async def test_a_place_in_the_queue_and_the_progress_are_shown_and_then_the_result(stage):
    result = await begin(stage)
    assert result.deferred
    assert result.ephemeral
    (reading,) = stage.client.readings

    await stage.client.show_readings()
    waiting = text(result.response)
    reading.read(250, 1000)
    await stage.client.show_readings()
    halfway = text(result.response)
    stage.worker.held.set()
    await stage.env.settle()

    assert "2 documents before it in the queue" in waiting
    assert "Reading long.txt" in waiting
    assert "25 %" in halfway
    assert "250 of 1,000 characters" in halfway
    assert "Added S-1" in text(result.response)
    assert stage.client.readings == set()


async def test_a_place_is_told_again_after_a_while_and_the_reading_at_once(stage):
    result = await begin(stage)
    (reading,) = stage.client.readings
    await stage.client.show_readings()

    reading.queued(1)
    assert await stage.client.show_readings() == 0
    stage.clock.now += timedelta(seconds=11)
    assert await stage.client.show_readings() == 1
    assert "1 document before it" in text(result.response)
    reading.read(250, 1000)
    assert await stage.client.show_readings() == 1

    stage.worker.held.set()
    await stage.env.settle()


async def test_a_document_is_acknowledged_before_it_is_read(stage):
    result = await stage.news.moderator.slash(stage.news.channel, "source add", file=("a.txt", BRIEF.encode()))

    (acknowledged,) = [entry.json["type"] for entry in stage.env.http_requests if entry.path.endswith("/callback")]
    assert acknowledged == discord.InteractionResponseType.deferred_channel_message.value
    assert "Added S-1" in text(result.response)


async def test_nothing_is_edited_while_there_is_no_news(stage):
    await begin(stage)
    assert await stage.client.show_readings() == 1

    assert await stage.client.show_readings() == 0
    stage.worker.held.set()
    await stage.env.settle()


async def test_late_news_never_overwrites_the_result(stage):
    result = await begin(stage)
    (reading,) = stage.client.readings
    stage.worker.held.set()
    await stage.env.settle()

    reading.read(999, 1000)
    assert not await reading.show()

    assert "Added S-1" in text(result.response)


async def test_a_fault_while_showing_progress_does_not_stop_the_reading(stage, caplog):
    result = await begin(stage)
    stage.env.inject_error("PATCH", "/webhooks/*", status=503, times=1)

    await stage.client.show_readings()
    stage.worker.held.set()
    await stage.env.settle()

    assert "Progress not shown" in caplog.text
    assert "Added S-1" in text(result.response)


async def test_others_are_answered_while_a_document_is_read(stage):
    await stage.stock(stage.news)
    await begin(stage)

    result = await stage.news.member.slash(stage.news.channel, "commitments")

    assert not result.deferred
    assert "C-1" in text(result.response)
    stage.worker.held.set()
    await stage.env.settle()


async def test_a_full_queue_is_said_so(stage):
    stage.worker.error = Busy("100 documents are waiting to be read. Add this one again in a few minutes.")

    result = await stage.news.moderator.slash(stage.news.channel, "source add", file=("a.txt", b"text"))

    assert "100 documents are waiting" in text(result.response)


async def test_a_reading_says_what_it_knows(stage):
    await begin(stage)
    (reading,) = stage.client.readings
    reading.queued(0)
    opening = reading.words()
    reading.queued(1)
    queued = reading.words()
    reading.read(1000, 1000)

    assert opening == "Opening the document ..."
    assert queued == "1 document before it in the queue."
    assert reading.words().startswith("▰" * 20 + " 100 %")
    stage.worker.held.set()
    await stage.env.settle()


async def test_progress_is_not_shown_when_the_token_is_about_to_die(stage):
    await begin(stage)
    stage.clock.now += timedelta(minutes=14, seconds=1)

    assert await stage.client.show_readings() == 0
    stage.worker.held.set()
    await stage.env.settle()
