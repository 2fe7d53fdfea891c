"""Several processes, each with the servers of its shards: each looks at its own, whatever else its store holds."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import digest
from bot.chat.background import background
from bot.chat.client import Dossier, ShardedDossier, client
from bot.chat.due import Due
from bot.chat.guests import GRACE, Purge, caught_up
from bot.chat.health import vitals
from bot.chat.post import Outbox
from bot.domain import Cadence, Filter, Schedule
from tests.chat.stage import Place, place, staged
from tests.samples import NOW

DAY = timedelta(days=1)
THEIRS = (1 << 22) * 6
"""The id of a server on the shard 0 of 2."""


@pytest.fixture
async def stage(settings, caplog):
    """A process with the second of two shards, and in it one server; its store holds one of the other shard, too."""
    async with staged(replace(settings, shard_ids=(1,), shard_count=2), make=client, shard=1) as found:
        found.foreign = str(THEIRS)
        await found.app.write(lambda store: store.arrive(found.foreign, "Elsewhere", "9", NOW))
        yield found
    assert not [r for r in caplog.get_records("call") if r.levelname == "ERROR"]


async def test_only_the_servers_of_its_shards_are_there(stage):
    assert isinstance(stage.client, ShardedDossier)
    assert stage.client.shard_ids == [1]
    assert {guild.shard_id for guild in stage.client.guilds} == {1}
    assert stage.app.settings.holds(stage.news.workspace)
    answer = await stage.news.member.slash(stage.news.channel, "commitments")
    assert answer.ephemeral


async def test_a_server_of_another_process_was_not_left_and_is_never_purged(stage):
    await caught_up(stage.app, stage.client)
    assert stage.foreign in await stage.app.read(lambda store: store.staying(()))

    await stage.app.write(lambda store: [store.leave(stage.foreign, NOW), store.leave(stage.rival.workspace, NOW)])
    stage.clock.now += GRACE + DAY
    forgotten = []

    assert await Purge(stage.app, forgotten.append).look() == 1
    assert forgotten == [stage.rival.workspace]
    assert stage.foreign in await stage.app.read(lambda store: store.workspaces())


async def test_what_is_owed_in_a_server_of_another_process_is_sent_by_that_one_alone(stage):
    foreign = Place(None, None, None, None)
    foreign_id, ours = stage.foreign, stage.news
    for workspace, channel in ((foreign_id, "9"), (ours.workspace, str(ours.channel.id))):
        await stage.app.write(lambda store, w=workspace, c=channel: store.set_updates_channel(w, c, "42", NOW))
    foreign.guild = type("Guild", (), {"id": int(foreign_id)})
    await stage.stock(foreign, announce=True)
    await stage.stock(ours, announce=True)

    owed = (await vitals(stage.app, stage.client)).owed
    sent = await Outbox(stage.app, stage.client).send_due()

    assert owed == sent == 1
    due = await stage.app.read(lambda store: store.postings_due(stage.clock.now))
    assert {one.workspace for one in due} == {foreign_id}
    assert {one.attempts for one in due} == {0}


async def test_what_others_owe_does_not_crowd_out_what_is_ours(stage):
    ours = stage.news
    await stage.app.write(lambda store: store.set_updates_channel(stage.foreign, "9", "42", NOW))
    await stage.app.write(
        lambda store: store.set_updates_channel(ours.workspace, str(ours.channel.id), "42", NOW),
    )
    foreign = Place(type("Guild", (), {"id": int(stage.foreign)}), None, None, None)
    await stage.stock(foreign, *(f"Norland has offered to plant {n} trees." for n in range(4)), announce=True)
    await stage.stock(ours, announce=True)

    (due,) = await stage.app.read(
        lambda store: store.postings_due(stage.clock.now, 1, of=stage.app.settings.holds),
    )

    assert due.workspace == ours.workspace


async def test_a_digest_of_another_process_stays_due(stage):
    wanted = Schedule(Cadence.DAILY), Filter()
    for workspace in (stage.foreign, stage.news.workspace):
        place_ = Place(type("Guild", (), {"id": int(workspace)}), None, None, None)
        await stage.app.write(
            lambda store, w=workspace: digest.set_up(store, w, ("9", "desk"), wanted, "42", NOW - DAY)
        )
        await stage.stock(place_)
    stage.clock.now += 2 * DAY

    assert await Due(stage.app).look() == 1

    due = await stage.app.read(lambda store: store.digests_due(stage.clock.now))
    assert [one.workspace for one in due] == [stage.foreign]


async def test_the_watched_folder_and_feeds_feed_its_own_servers_alone(stage):
    await stage.app.write(lambda store: store.add_feed(stage.foreign, "http://127.0.0.1:9/feed", "Feed", "42", NOW))
    stage.settings.seeds.mkdir()
    (stage.settings.seeds / "brief.txt").write_text("Norland has offered to send engineers to Estmark.\n")
    stage.client.came_up.set()

    async with background(stage.client):
        await stage.env.settle()
        for _ in range(200):
            held = await stage.app.read(lambda store: store.counts(stage.news.workspace).sources)
            if held:
                break
            await asyncio.sleep(0.05)

    assert held == 1
    assert await stage.app.read(lambda store: store.counts(stage.foreign).sources) == 0
    assert [f.failures for f in await stage.app.read(lambda store: store.feeds_due(stage.clock.now + DAY))] == [0]


async def test_without_shards_there_is_one_connection(settings):
    async with staged(settings) as found:
        assert type(client(found.app, ())) is Dossier
        assert place(found.env, "Any").workspace
