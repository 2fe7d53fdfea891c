"""Joining and leaving servers: one greeting, no outage taken for leaving, nothing kept for long."""

from datetime import timedelta

import discord
import pytest

from bot.chat.guests import GRACE, Purge, caught_up, greeting_channel
from bot.chat.post import NONCE_MEMORY, Outbox
from bot.chat.watch import Watch
from bot.domain import Query
from tests.chat.stage import text

DAY = timedelta(days=1)


@pytest.fixture
async def joined(stage):
    """A server with a channel in which the bot may not write, one in which it may, which the bot has just joined."""
    guild = stage.env.create_guild("Harbour")
    closed = guild.create_text_channel("announcements")
    open_ = guild.create_text_channel("general")
    stage.closed, stage.open, stage.guild = closed, open_, guild
    await stage.env.settle()
    await stage.app.write(
        lambda store: [store.leave(str(guild.id), stage.app.now()), store.purge_left(stage.app.now() + DAY)]
    )
    await caught_up(stage.app, stage.client)
    return stage


def greetings(stage):
    posts = [e for e in stage.env.http_requests if e.method == "POST" and e.path.endswith("/messages")]
    return [
        e
        for e in posts
        if "Dossier is here" in str(e.json) and e.path.split("/")[-2] in {str(stage.open.id), str(stage.closed.id)}
    ]


async def send(stage):
    await Outbox(stage.app, stage.client).send_due()


async def test_a_new_server_is_greeted_once_with_three_steps_over_restarts_and_crashes(joined):
    await send(joined)
    await joined.restart()
    await caught_up(joined.app, joined.client)
    await send(joined)

    assert len(greetings(joined)) == 1
    said = text(joined.closed.last_message or joined.open.last_message).replace("\\", "")
    assert [line[0] for line in said.splitlines() if line[:1].isdigit()] == ["1", "2", "3"]
    assert "deleted 30 days later" in said
    assert "/privacy" in said


async def test_a_greeting_that_was_sent_before_a_crash_is_found_again(joined):
    (posting,) = [
        p
        for p in await joined.app.read(lambda s: s.postings_due(joined.app.now()))
        if p.workspace == str(joined.guild.id)
    ]
    await Outbox(joined.app, joined.client)._deliver([posting])
    joined.clock.now += NONCE_MEMORY + DAY

    await send(joined)

    assert len(greetings(joined)) == 1


async def test_it_writes_where_it_may_and_nowhere_else(stage):
    class Channel:
        def __init__(self, position, **may):
            self.position = self.id = position
            self.guild = type("Guild", (), {"me": None})
            self.may = discord.Permissions(**may)

        def permissions_for(self, _):
            return self.may

    closed, later, first = (
        Channel(0, view_channel=True),
        Channel(2, view_channel=True, send_messages=True),
        Channel(1, view_channel=True, send_messages=True),
    )
    guild = type("Guild", (), {"system_channel": closed, "text_channels": [later, closed, first]})

    assert greeting_channel(guild) is first
    guild.system_channel = later
    assert greeting_channel(guild) is later
    guild.system_channel, guild.text_channels = None, [closed]
    assert greeting_channel(guild) is None


async def test_what_a_server_had_is_purged_after_the_grace_period_and_the_others_stay(stage):
    await stage.stock(stage.news)
    await stage.stock(stage.rival)
    watch = Watch(stage.app, list)
    purge = Purge(stage.app, watch.forget)
    await stage.client.on_guild_remove(stage.client.get_guild(stage.news.guild.id))

    stage.clock.now += GRACE - DAY
    assert await purge.look() == 0
    stage.clock.now += 2 * DAY
    assert await purge.look() == 1

    here, there = await held(stage, stage.news), await held(stage, stage.rival)
    assert (here, there) == (0, 1)
    assert await stage.app.read(lambda store: store.check()) == []


async def held(stage, place):
    return await stage.app.read(lambda store: store.commitments(place.workspace, Query()).total)


async def test_coming_back_in_time_keeps_everything(stage):
    await stage.stock(stage.news)
    guild = stage.client.get_guild(stage.news.guild.id)
    await stage.client.on_guild_remove(guild)
    stage.clock.now += GRACE - DAY
    await stage.client.on_guild_join(guild)
    stage.clock.now += 10 * GRACE

    assert await Purge(stage.app, lambda _: None).look() == 0
    assert await held(stage, stage.news) == 1


async def test_what_was_left_while_the_bot_was_down_counts_from_when_it_is_back(stage):
    await stage.stock(stage.news)
    only = type("Client", (), {"guilds": [stage.client.get_guild(stage.rival.guild.id)]})

    await caught_up(stage.app, only)
    stage.clock.now += GRACE + DAY

    assert await Purge(stage.app, lambda _: None).look() == 1
    assert await held(stage, stage.news) == 0


async def test_an_outage_is_not_leaving(stage):
    await stage.stock(stage.news)
    guild = stage.client.get_guild(stage.news.guild.id)
    stage.client._connection.parse_guild_delete({"id": str(guild.id), "unavailable": True})
    await stage.env.settle()
    await caught_up(stage.app, stage.client)
    stage.clock.now += 2 * GRACE

    assert await Purge(stage.app, lambda _: None).look() == 0
    assert await held(stage, stage.news) == 1
