"""`/digest`, and what the bot posts because of it."""

import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.chat.due import Due
from bot.chat.faults import passing
from bot.chat.forums import AnswerLost, Once
from bot.chat.post import Outbox
from bot.domain import Cadence, Filter, Schedule
from bot.errors import NotAllowed
from bot.ingest import ingest
from commands.digest import choose
from tests import samples
from tests.chat.stage import buttons, find, text, walk

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SIX = "".join(
    f"Norland has offered to {verb} the pier. " for verb in ("light", "paint", "sweep", "close", "lease", "sell")
)


async def use(stage, name, **options):
    return await stage.news.moderator.slash(stage.news.channel, f"digest {name}", **options)


async def set_daily(stage, **options):
    return await use(stage, "set", channel=stage.news.channel, cadence="daily", timezone="Europe/Berlin", **options)


async def add(stage, words=samples.TEXT):
    stage.clock.now += timedelta(minutes=1)
    await stage.news.moderator.slash(stage.news.channel, "source add", file=("a.txt", words.encode()))


async def stock(stage, words, when):
    new = replace(samples.new_source(words), added_at=when)
    await stage.app.write(lambda store: ingest(store, stage.news.workspace, new, find(words)))


async def work(stage, now):
    """What the bot does by itself, at an instant."""
    stage.clock.now = now
    await Due(stage.app).look()
    await Outbox(stage.app, stage.client).send_due()


def posts(stage):
    sent = [e for e in stage.env.http_requests if e.method == "POST" and e.path.endswith("/messages")]
    return [e for e in sent if str(stage.news.channel.id) in e.path]


def plain(message):
    return text(message).replace("\\", "")


async def held(stage):
    return await stage.app.read(lambda store: store.digests(stage.news.workspace))


async def test_a_moderator_sets_a_digest_and_it_comes_when_it_is_due(stage):
    result = await set_daily(stage, hour=7, kind="commitments")
    (one,) = await held(stage)
    assert result.ephemeral
    assert f"<#{stage.news.channel.id}> every day at 07:00 (Europe/Berlin), commitments; next <t:" in text(
        result.response
    )
    assert one.next_at == datetime(2026, 3, 15, 6, tzinfo=UTC)

    await add(stage)
    await work(stage, one.next_at - HOUR)
    assert posts(stage) == []
    await work(stage, one.next_at)
    await work(stage, one.next_at + timedelta(seconds=5))

    assert len(posts(stage)) == 1
    message = stage.news.channel.last_message
    assert "Daily digest: commitments" in text(message)
    assert "14 March 2026, 10:05 to 15 March 2026, 07:00 (Europe/Berlin)" in plain(message)
    assert samples.OFFER in text(message)
    assert samples.DOUBT not in text(message)
    assert "Late" not in text(message)
    assert "Evidence" in buttons(message)


async def test_one_that_was_missed_is_sent_once_and_marked_as_late(stage):
    await set_daily(stage)
    await add(stage)
    (one,) = await held(stage)
    await stage.restart()

    await work(stage, one.next_at + 3 * DAY + HOUR)
    await work(stage, one.next_at + 3 * DAY + 2 * HOUR)

    assert len(posts(stage)) == 1
    assert "Late: this was due 18 March 2026, 09:00, when Dossier could not post." in plain(
        stage.news.channel.last_message
    )


async def test_what_does_not_fit_is_in_a_file(stage):
    await set_daily(stage)
    await add(stage, f"Piers\n\n{SIX}Norland has offered to rent the pier.\n")
    (one,) = await held(stage)

    await work(stage, one.next_at)

    message = stage.news.channel.last_message
    assert "1 more: all 7 are in digest.txt." in text(message)
    (attached,) = message.attachments
    assert attached.filename == "digest.txt"
    content = (await attached.read()).decode()
    assert content.count("Norland has offered to") == 7
    assert "\n  S-1 · " in content
    assert any(part.get("type") == discord.ComponentType.file.value for part in walk(message))


async def test_nothing_new_is_no_message(stage):
    await set_daily(stage)
    (one,) = await held(stage)

    await work(stage, one.next_at)
    await work(stage, one.next_at + 9 * DAY)

    assert posts(stage) == []


async def test_a_digest_that_cannot_be_posted_is_paused_and_its_moderator_told_once(stage, caplog):
    await set_daily(stage)
    await add(stage)
    (one,) = await held(stage)
    stage.env.inject_error("POST", f"/channels/{stage.news.channel.id}/messages", status=403, code=50013, times=1)

    await work(stage, one.next_at)
    await work(stage, one.next_at + HOUR)
    await work(stage, one.next_at + 9 * DAY)

    direct = stage.news.moderator.user.dm_channel
    assert len(direct.history()) == 1
    said = plain(direct.last_message)
    assert "The daily digest of Newsroom is paused" in said
    assert "/digest set channel:#desk cadence:daily hour:9 timezone:Europe/Berlin" in said
    listed = plain((await use(stage, "list")).response)
    assert "**Paused** since <t:" in listed
    assert "It starts again with `/digest set channel:#desk cadence:daily hour:9 timezone:Europe/Berlin`" in listed

    await set_daily(stage)
    await work(stage, one.next_at + 10 * DAY)
    assert samples.OFFER in text(stage.news.channel.last_message)
    assert "**Paused**" not in text((await use(stage, "list")).response)
    caplog.clear()


async def test_a_notice_that_was_sent_already_is_not_sent_again(stage):
    await set_daily(stage)
    await add(stage)
    (one,) = await held(stage)
    stage.env.backend.delete_channel(stage.news.channel.id)
    await stage.env.settle()
    await work(stage, one.next_at)
    (notice,) = await stage.app.read(lambda store: store.postings_due(one.next_at))
    await Outbox(stage.app, stage.client)._deliver([notice])

    await work(stage, one.next_at + HOUR)

    assert len(stage.news.moderator.user.dm_channel.history()) == 1
    assert "the channel is gone" in text(stage.news.moderator.user.dm_channel.last_message)


async def test_a_digest_that_is_in_the_channel_already_is_not_sent_again(stage):
    await set_daily(stage)
    await add(stage)
    (one,) = await held(stage)
    stage.clock.now = one.next_at
    await Due(stage.app).look()
    (posting,) = await stage.app.read(lambda store: store.postings_due(one.next_at))
    await Outbox(stage.app, stage.client)._deliver([posting])
    await stage.restart()

    await work(stage, one.next_at + HOUR)

    assert len(posts(stage)) == 1


async def test_the_permissions_that_are_missing_there_are_named(stage):
    nothing = discord.PermissionOverwrite(attach_files=False, send_messages=False)
    closed = stage.news.guild.create_text_channel("closed", overwrites={stage.news.guild.default_role: nothing})

    result = await use(stage, "set", channel=closed, cadence="daily")

    assert "Dossier lacks Send Messages and Attach Files in #closed" in plain(result.response)
    assert await held(stage) == ()


async def test_a_channel_of_another_server_is_refused(stage):
    foreign = stage.client.get_channel(stage.rival.channel.id)
    assert isinstance(foreign, discord.TextChannel)

    with pytest.raises(NotAllowed, match="another server"):
        await choose(stage.app, stage.news.workspace, foreign, (Schedule(Cadence.DAILY), Filter()), "1")


async def test_a_timezone_that_there_is_not_is_refused_and_those_there_are_are_offered(stage):
    wrong = await use(stage, "set", channel=stage.news.channel, cadence="daily", timezone="Berl")
    assert "Did you mean Europe/Berlin?" in plain(wrong.response)

    offered = await stage.news.moderator.autocomplete(stage.news.channel, "digest set", "timezone", "berl")
    assert [choice["value"] for choice in offered] == ["Europe/Berlin"]


async def test_a_preview_shows_what_would_come_and_takes_nothing_away(stage):
    await set_daily(stage)
    nothing = await use(stage, "preview")
    assert "Nothing would be posted." in text(nothing.response)
    await add(stage)
    stage.clock.now += HOUR

    shown = await use(stage, "preview", digest="desk")

    assert shown.ephemeral
    assert samples.OFFER in text(shown.response)
    (one,) = await held(stage)
    await work(stage, one.next_at)
    assert samples.OFFER in text(stage.news.channel.last_message)


async def test_stopping_ends_the_one_that_is_meant(stage):
    assert "No digest is set here" in text((await use(stage, "stop")).response)
    await set_daily(stage)
    other = stage.news.guild.create_text_channel("other")
    await use(stage, "set", channel=other, cadence="weekly", day="Friday")
    both = plain((await use(stage, "stop")).response)
    assert "Say which digest you mean: #desk or #other." in both

    ended = await use(stage, "stop", digest="desk")

    assert "The digest has ended" in text(ended.response)
    (left,) = await held(stage)
    assert left.place == "other"
    assert "every Friday at 09:00 (UTC)" in plain((await use(stage, "list")).response)


async def test_another_server_has_none_of_it(stage):
    await set_daily(stage)

    there = await stage.rival.moderator.slash(stage.rival.channel, "digest list")

    assert "None is set." in text(there.response)


async def test_a_month_of_digests_over_the_change_of_the_clocks_with_restarts(stage):
    """Daily and weekly in one server, each in a channel of its own; Berlin puts its clocks forward on 29 March."""
    chance = random.Random(29)
    other = stage.news.guild.create_text_channel("weekly")
    await set_daily(stage, hour=2)
    await use(stage, "set", channel=other, cadence="weekly", day="Sunday", hour=2, timezone="Europe/Berlin")
    start, told = stage.clock.now, 0
    while stage.clock.now < start + 31 * DAY:
        now = stage.clock.now + timedelta(minutes=chance.randint(180, 420))
        if chance.random() < 0.2:
            told += 1
            await stock(stage, f"Norland has offered to build bridge number {told}.", now)
        if chance.random() < 0.1:
            now += chance.choice([timedelta(hours=1), 2 * DAY])
            await stage.restart()
        if chance.random() < 0.1:
            stage.env.inject_error("POST", "/channels/*/messages", status=503, times=1)
        await work(stage, now)
    await work(stage, stage.clock.now + 8 * DAY)

    for channel in (stage.news.channel, other):
        messages = channel.history()
        numbers = [number for message in messages for number in sorted(await bridges(message))]
        assert sorted(numbers) == list(range(1, told + 1)), "each thing is told once in each channel"
        assert all("### New" in text(message) for message in messages), "none is empty"
    assert len(stage.news.channel.history()) > len(other.history()) >= 4


async def bridges(message):
    """The bridges that a digest tells of, in its file where it has one."""
    said = [(await each.read()).decode() for each in message.attachments] or [text(message)]
    return {int(number) for number in re.findall(r"bridge number (\d+)", said[0])}


async def test_in_a_forum_each_digest_is_a_post_with_its_day_and_the_tags_that_fit(stage):
    forum = stage.news.guild.create_forum_channel("digests")
    there = stage.client.get_channel(forum.id)
    for name in ("Daily", "Norland", "New", "Withdrawn"):
        await there.create_tag(name=name)
    result = await use(stage, "set", channel=forum, cadence="daily", timezone="Europe/Berlin")
    assert "The digest is set" in text(result.response)
    await add(stage, f"Piers\n\n{SIX}Norland has offered to rent the pier.\n")
    (one,) = await held(stage)

    await work(stage, one.next_at)
    await work(stage, one.next_at + HOUR)
    await add(stage, "Quay\n\nNorland has offered to paint the quay.\n")
    await work(stage, one.next_at + DAY)

    assert [thread.name for thread in there.threads] == ["Daily digest, 15 March 2026", "Daily digest, 16 March 2026"]
    first = there.threads[0]
    assert {tag.name for tag in first.applied_tags} == {"Daily", "Norland", "New"}
    (message,) = [one async for one in first.history()]
    assert "1 more: all 7 are in digest.txt." in text(message)
    assert [attached.filename for attached in message.attachments] == ["digest.txt"]


async def test_a_digest_in_a_forum_that_was_posted_before_a_crash_is_not_posted_again(stage):
    forum = stage.news.guild.create_forum_channel("digests")
    await use(stage, "set", channel=forum, cadence="daily")
    await add(stage)
    (one,) = await held(stage)
    stage.clock.now = one.next_at
    await Due(stage.app).look()
    outbox = Outbox(stage.app, stage.client)
    await outbox._deliver(await stage.app.read(lambda store: store.postings_due(stage.clock.now)))
    await stage.restart()

    await work(stage, one.next_at + HOUR)

    assert len(stage.client.get_channel(forum.id).threads) == 1


async def test_a_forum_that_asks_for_a_tag_is_refused(stage):
    forum = stage.news.guild.create_forum_channel("digests")
    there = stage.client.get_channel(forum.id)
    there._flags |= discord.ChannelFlags(require_tag=True).value

    with pytest.raises(NotAllowed, match="asks for a tag on each post"):
        await choose(stage.app, stage.news.workspace, there, (Schedule(Cadence.DAILY), Filter()), "1")


def test_a_request_for_a_post_is_read_once():
    parts = Once([{"name": "payload_json"}])

    assert list(parts) == [{"name": "payload_json"}]
    with pytest.raises(AnswerLost) as lost:
        list(parts)
    assert passing(lost.value)
