"""What is owed to channels is sent once, whatever happens."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import versions
from bot.chat.post import NONCE_MEMORY, Outbox, marker, next_try
from bot.domain import Posting, PostingState
from bot.ingest import ingest
from tests import samples
from tests.chat.stage import NOW, buttons, find, text


@pytest.fixture
async def owing(stage):
    """A server whose updates channel is owed one message."""
    await stage.news.moderator.slash(stage.news.channel, "updates set", channel=stage.news.channel)
    await stage.stock(stage.news, announce=True)
    return stage


async def due(stage):
    """What is owed to channels; what is owed to people is apart."""
    owed = await stage.app.read(lambda store: store.postings_due(stage.app.now()))
    return tuple(posting for posting in owed if posting.kind != "notice")


def sent(stage):
    return [e for e in stage.env.http_requests if e.method == "POST" and e.path.endswith("/messages")]


async def test_an_update_is_sent_with_what_is_new_and_is_then_done(owing):
    await Outbox(owing.app, owing.client).send_due()

    message = owing.news.channel.last_message
    assert "New source: Bridges for Estmark" in text(message)
    assert samples.OFFER in text(message)
    assert {"Evidence", "Brief"} <= set(buttons(message))
    assert await due(owing) == ()


async def test_nothing_is_sent_twice(owing):
    outbox = Outbox(owing.app, owing.client)
    await outbox.send_due()
    await outbox.send_due()

    assert len(sent(owing)) == 1


async def test_the_nonce_is_enforced_and_made_of_the_posting(owing):
    (posting,) = await due(owing)

    await Outbox(owing.app, owing.client).send_due()

    (request,) = sent(owing)
    assert request.json["nonce"] == marker(posting)
    assert request.json["enforce_nonce"] is True
    assert len(marker(posting)) <= 25


async def test_an_old_posting_that_is_in_the_channel_already_is_only_marked(owing):
    (posting,) = await due(owing)
    outbox = Outbox(owing.app, owing.client)
    await outbox._deliver([posting])
    owing.clock.now += NONCE_MEMORY + timedelta(hours=1)

    await outbox.send_due()

    assert len(sent(owing)) == 1
    assert await due(owing) == ()


async def test_an_old_posting_that_is_not_in_the_channel_is_sent(owing):
    owing.clock.now += timedelta(days=2)

    await Outbox(owing.app, owing.client).send_due()

    assert len(sent(owing)) == 1
    assert await due(owing) == ()


async def test_a_passing_fault_is_tried_again_later(owing):
    outbox = Outbox(owing.app, owing.client)
    owing.env.inject_error("POST", "/channels/*/messages", status=503, times=1)

    await outbox.send_due()
    at_once = await due(owing)
    owing.clock.now += timedelta(seconds=5)
    await outbox.send_due()

    assert at_once == ()
    assert "New source" in text(owing.news.channel.last_message)
    assert await due(owing) == ()


async def test_a_channel_that_is_gone_is_given_up(owing, caplog):
    owing.env.backend.delete_channel(owing.news.channel.id)
    await owing.env.settle()

    await Outbox(owing.app, owing.client).send_due()
    owing.clock.now += timedelta(days=1)

    assert await due(owing) == ()
    assert "was given up" in caplog.text


async def test_a_channel_that_may_not_be_written_in_is_given_up(owing):
    owing.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=None)

    await Outbox(owing.app, owing.client).send_due()
    owing.clock.now += timedelta(days=1)

    assert await due(owing) == ()


async def test_a_source_that_was_removed_meanwhile_is_not_announced(owing):
    await owing.app.write(lambda store: store.remove_source(owing.news.workspace, "S-1", "1", owing.app.now()))

    await Outbox(owing.app, owing.client).send_due()

    assert sent(owing) == []
    assert await due(owing) == ()


async def test_a_channel_of_another_server_never_gets_it(owing):
    foreign = str(owing.rival.channel.id)
    await owing.app.write(lambda s: s.set_updates_channel(owing.news.workspace, foreign, "1", owing.app.now()))

    await Outbox(owing.app, owing.client).send_due()

    assert sent(owing) == []
    assert owing.rival.channel.last_message is None


async def test_one_bad_posting_does_not_hold_up_the_others(owing):
    await owing.rival.moderator.slash(owing.rival.channel, "updates set", channel=owing.rival.channel)
    await owing.stock(owing.rival, announce=True)
    owing.env.inject_error("POST", f"/channels/{owing.news.channel.id}/messages", status=403, times=None)

    await Outbox(owing.app, owing.client).send_due()

    assert "New source" in text(owing.rival.channel.last_message)


PIER = "Pier letter\n\nNorland has offered to light the pier.\n"


async def come(stage, words, seconds, **options):
    """A source comes, and what is due then is sent."""
    stage.clock.now += timedelta(seconds=seconds)
    new = replace(samples.new_source(words), added_at=stage.clock.now)
    await stage.app.write(lambda store: ingest(store, stage.news.workspace, new, find(words), **options))


async def send(stage):
    await Outbox(stage.app, stage.client).send_due()


async def test_sources_that_come_within_a_minute_are_one_message_that_the_later_ones_are_added_to(owing):
    await send(owing)
    await come(owing, PIER, 30)
    await send(owing)
    await come(owing, "Harbour\n\nNothing of note.\n", 25)
    await send(owing)

    (message,) = owing.news.channel.history()
    assert len(sent(owing)) == 1
    assert "## 3 new sources" in text(message)
    assert "### S-2 · Bridges for Estmark" in text(message)
    assert samples.OFFER in text(message)
    assert "Norland has offered to light the pier." in text(message)
    assert "Nothing new was found in S-3" in text(message)
    assert {"Evidence", "Brief of S-1", "Brief of S-2", "Brief of S-3"} <= set(buttons(message))
    assert await due(owing) == ()

    await come(owing, "Quay\n\nNorland has offered to paint the quay.\n", 6)
    await send(owing)
    assert "New source" in text(owing.news.channel.last_message)
    assert len(sent(owing)) == 2


async def test_sources_that_wait_together_are_sent_together_and_in_order(owing):
    await come(owing, PIER, 5)
    await send(owing)

    assert len(sent(owing)) == 1
    said = text(owing.news.channel.last_message)
    assert said.index("S-1 · 1 March 2026 · 1 new commitment") < said.index("S-2 · 1 March 2026 · 1 new commitment")
    assert not [e for e in owing.env.http_requests if e.method == "PATCH" and "/messages/" in e.path]


async def test_what_was_sent_before_a_crash_is_found_and_what_came_since_is_added(owing):
    await Outbox(owing.app, owing.client)._deliver(await due(owing))
    await come(owing, PIER, 40)
    owing.clock.now += timedelta(hours=1)
    await owing.restart()

    await send(owing)

    (message,) = owing.news.channel.history()
    assert "## 2 new sources" in text(message)
    assert await due(owing) == ()


async def test_a_message_that_somebody_deleted_is_not_written_again(owing):
    await send(owing)
    owing.env.backend.delete_message(owing.news.channel.id, owing.news.channel.last_message.id)
    await come(owing, PIER, 30)
    await send(owing)

    (message,) = owing.news.channel.history()
    assert "New source" in text(message)
    assert samples.OFFER not in text(message)
    assert "light the pier" in text(message)


async def test_a_new_version_is_told_as_one_with_what_became_of_the_old(owing):
    await send(owing)
    newer = f"{samples.OFFER}\n\nNorland has offered to light the pier.\n"
    owing.clock.now += timedelta(hours=1)
    new = replace(samples.new_source(newer), added_at=owing.clock.now)
    await owing.app.write(lambda store: versions.replace(store, owing.news.workspace, "S-1", new, find(newer)))

    await send(owing)

    said = text(owing.news.channel.last_message)
    assert "## New version: Bridges for Estmark" in said
    assert "Supersedes S-1: 1 entry stayed; no longer in the current version: Q-1 and F-1" in said
    assert "light the pier" in said


async def test_who_chose_a_channel_that_is_lost_is_told_once_until_it_works_again(owing, caplog):
    def forbid(times):
        owing.env.inject_error(
            "POST", f"/channels/{owing.news.channel.id}/messages", status=403, code=50013, times=times
        )

    direct = owing.news.moderator.user.dm_channel
    forbid(2)
    for number in range(4):
        await send(owing)
        await send(owing)
        await come(owing, f"{PIER}Norland has offered to build pier {number}.\n", 3600)
    (notice,) = direct.history()
    assert "Updates of Newsroom cannot be posted" in text(notice)
    assert "Dossier may not post there" in text(notice)
    assert "/updates set" in text(notice)

    forbid(2)
    await send(owing)
    await send(owing)
    assert len(direct.history()) == 2
    caplog.clear()


async def test_in_a_forum_each_source_is_a_post_with_the_tags_that_fit(stage):
    forum = stage.news.guild.create_forum_channel("sources")
    there = stage.client.get_channel(forum.id)
    for name in ("Norland", "Estmark", "Offers"):
        await there.create_tag(name=name)
    set_ = await stage.news.moderator.slash(stage.news.channel, "updates set", channel=forum)
    assert "Updates are on" in text(set_.response)
    await stage.stock(stage.news, announce=True)
    await come(stage, "Quay\n\nEstmark has offered to paint the quay.\n", 30)

    await send(stage)
    await send(stage)

    assert [thread.name for thread in there.threads] == ["Bridges for Estmark", "Bridges for Estmark"]
    first = there.threads[0]
    assert {tag.name for tag in first.applied_tags} == {"Norland", "Estmark", "Offers"}
    (message,) = [one async for one in first.history()]
    assert "New source: Bridges for Estmark" in text(message)
    assert await due(stage) == ()


async def test_a_post_in_a_forum_that_was_made_before_a_crash_is_not_made_again(stage, caplog):
    forum = stage.news.guild.create_forum_channel("sources")
    await stage.news.moderator.slash(stage.news.channel, "updates set", channel=forum)
    await stage.stock(stage.news, announce=True)
    await Outbox(stage.app, stage.client)._deliver(await due(stage))
    await stage.restart()

    await send(stage)

    assert len(stage.client.get_channel(forum.id).threads) == 1
    assert await due(stage) == ()
    assert "was given up" not in caplog.text


async def test_updates_tell_of_what_is_wanted_and_of_no_source_without_it(stage):
    await stage.stock(stage.news)
    await stage.news.moderator.slash(
        stage.news.channel, "updates set", channel=stage.news.channel, topic="pier", kind="commitments"
    )
    await come(stage, PIER.replace("light", "paint") + "It is unclear whether the pier will be open.", 60)
    await come(stage, "Quay\n\nNorland has offered to light the quay.\n", 90)

    await send(stage)

    (message,) = stage.news.channel.history()
    assert "paint the pier" in text(message)
    assert "unclear" not in text(message)
    assert await due(stage) == ()


async def test_a_posting_whose_message_cannot_be_made_is_tried_some_times_and_then_given_up(owing, caplog):
    class Broken(Outbox):
        async def _reply(self, told):
            raise RuntimeError("a bug")

    outbox = Broken(owing.app, owing.client)
    for _ in range(12):
        await outbox.send_due()
        owing.clock.now += timedelta(hours=1)

    assert await due(owing) == ()
    caplog.clear()


def test_the_wait_doubles_up_to_a_quarter_of_an_hour():
    waits = [(next_try(attempts, NOW) - NOW).total_seconds() for attempts in (0, 1, 2, 5, 30)]

    assert waits == [2, 4, 8, 64, 900]


def test_no_two_postings_have_one_marker():
    def posting(id_, workspace="1", created=NOW):
        return Posting(id_, workspace, "9", "update", "S-1", PostingState.PENDING, created)

    made = [posting(1), posting(2), posting(1, "2"), posting(1, created=NOW + timedelta(seconds=1))]

    assert len({marker(one) for one in made}) == len(made)
    assert marker(posting(1)) == marker(posting(1))
