"""The watched folder, look by look."""

import os

import pytest

from bot.chat.post import Outbox
from bot.chat.watch import Watch
from bot.domain import Query
from bot.errors import Busy
from tests.chat.stage import text

FIRST = "# First brief\n\nNorland and the Isles have offered to dredge the harbour for Estmark.\n"
SECOND = "# Second brief\n\nNorland and the Isles have offered to light the harbour for Estmark.\n"


@pytest.fixture
def seeds(settings):
    settings.seeds.mkdir()
    return settings.seeds


def watching(stage, *places):
    ids = [place.workspace for place in places or (stage.news, stage.rival)]
    return Watch(stage.app, lambda: ids)


async def twice(watch):
    await watch.look()
    return await watch.look()


async def titles(stage, place):
    found = await stage.app.read(lambda store: store.sources(place.workspace, Query()))
    return sorted(source.title for source in found.items)


async def test_a_file_is_taken_after_two_looks_found_it_unchanged(stage, seeds):
    watch = watching(stage)
    (seeds / "a.md").write_text(FIRST)

    assert await watch.look() == 0
    assert await watch.look() == 1
    assert await watch.look() == 0

    assert await titles(stage, stage.news) == ["First brief"]
    assert await titles(stage, stage.rival) == ["First brief"]


async def test_a_file_that_is_still_growing_waits(stage, seeds):
    watch = watching(stage)
    (seeds / "a.md").write_text(FIRST[:40])
    await watch.look()
    (seeds / "a.md").write_text(FIRST)

    assert await watch.look() == 0
    assert await watch.look() == 1


async def test_nothing_is_taken_twice_after_a_restart(stage, seeds):
    (seeds / "a.md").write_text(FIRST)
    await twice(watching(stage))

    assert await twice(watching(stage)) == 0
    assert stage.worker.read == ["a.md", "a.md"], "once for each server"


async def test_a_file_that_was_only_touched_is_not_read_again(stage, seeds):
    watch = watching(stage, stage.news)
    (seeds / "a.md").write_text(FIRST)
    await twice(watch)
    os.utime(seeds / "a.md", (1, 1))

    await twice(watch)

    assert stage.worker.read == ["a.md"]


async def test_a_file_that_changes_supersedes_the_source_that_it_made(stage, seeds):
    watch = watching(stage)
    (seeds / "a.md").write_text(FIRST)
    await twice(watch)
    (seeds / "a.md").write_text(SECOND)

    assert await twice(watch) == 1

    assert await titles(stage, stage.news) == ["Second brief"]
    old = await stage.app.read(lambda store: store.source(stage.news.workspace, "S-1"))
    assert (old.status, old.superseded_by) == ("superseded", "S-2")
    gone = await stage.app.read(lambda store: store.entry(stage.news.workspace, "C-1"))
    assert gone.status == "no longer in the current version"


async def test_a_file_whose_source_was_retracted_makes_a_further_source(stage, seeds):
    watch = watching(stage, stage.news)
    (seeds / "a.md").write_text(FIRST)
    await twice(watch)
    await stage.news.moderator.slash(stage.news.channel, "source retract", id="S-1")
    (seeds / "a.md").write_text(SECOND)

    await twice(watch)

    assert await titles(stage, stage.news) == ["Second brief"]
    old = await stage.app.read(lambda store: store.source(stage.news.workspace, "S-1"))
    assert (old.status, old.superseded_by) == ("retracted", "")


async def test_a_bad_file_is_noted_once_and_left_alone(stage, seeds, caplog):
    watch = watching(stage, stage.news)
    (seeds / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (seeds / "good.md").write_text(FIRST)

    await twice(watch)
    await twice(watch)

    assert caplog.text.count("bad.pdf was not added") == 1
    assert await titles(stage, stage.news) == ["First brief"]
    known = await stage.app.read(lambda store: store.watched(stage.news.workspace))
    assert "damaged" in known["bad.pdf"].outcome


async def test_a_file_that_brings_out_a_bug_holds_up_no_other(stage, seeds, caplog):
    watch = watching(stage, stage.news)
    (seeds / "a.md").write_text(FIRST)
    stage.worker.error = RuntimeError("a bug")
    await twice(watch)
    stage.worker.error = None
    (seeds / "b.md").write_text(SECOND)

    assert await twice(watch) == 1

    assert await titles(stage, stage.news) == ["Second brief"]
    assert caplog.text.count("a.md was not added") == 1
    caplog.clear()


async def test_a_full_queue_means_only_that_the_file_waits(stage, seeds):
    watch = watching(stage, stage.news)
    (seeds / "a.md").write_text(FIRST)
    stage.worker.error = Busy("100 documents are waiting.")
    await twice(watch)
    stage.worker.error = None

    assert await watch.look() == 1

    assert await titles(stage, stage.news) == ["First brief"]


async def test_a_server_that_joins_later_gets_what_lies_there(stage, seeds):
    joined = [stage.news.workspace]
    watch = Watch(stage.app, lambda: joined)
    (seeds / "a.md").write_text(FIRST)
    await twice(watch)
    joined.append(stage.rival.workspace)

    await watch.look()

    assert await titles(stage, stage.rival) == ["First brief"]


async def test_only_the_servers_that_the_settings_name_are_fed(settings, caplog):
    from dataclasses import replace

    from tests.chat.stage import staged

    settings.seeds.mkdir()
    (settings.seeds / "a.md").write_text(FIRST)
    async with staged(replace(settings, seed_workspaces=("1",))) as stage:
        assert await twice(watching(stage)) == 0


async def owed(stage, place):
    due = await stage.app.read(lambda store: store.postings_due(stage.app.now()))
    return [posting.subject for posting in due if posting.workspace == place.workspace]


async def set_updates(stage, place):
    await place.moderator.slash(place.channel, "updates set", channel=place.channel)


async def test_what_lies_there_at_the_first_look_is_not_announced(stage, seeds):
    await set_updates(stage, stage.news)
    (seeds / "a.md").write_text(FIRST)

    await twice(watching(stage))

    assert await owed(stage, stage.news) == []


async def test_what_comes_later_is_announced_where_updates_are_on(stage, seeds):
    watch = watching(stage)
    await twice(watch)
    await set_updates(stage, stage.news)
    (seeds / "a.md").write_text(FIRST)
    await twice(watch)

    await Outbox(stage.app, stage.client).send_due()

    assert "New source: First brief" in text(stage.news.channel.last_message)
    assert stage.rival.channel.last_message is None


async def test_what_came_while_the_bot_was_down_is_announced(stage, seeds):
    await twice(watching(stage))
    await set_updates(stage, stage.news)
    (seeds / "a.md").write_text(FIRST)

    await twice(watching(stage))

    assert await owed(stage, stage.news) == ["S-1"]


async def test_a_folder_that_is_not_there_is_no_error(stage):
    assert await twice(watching(stage)) == 0


async def test_who_waits_for_the_seeds_hears_of_each_file(stage, seeds):
    watch, heard = watching(stage, stage.news), []
    (seeds / "a.md").write_text(FIRST)
    (seeds / "b.md").write_text(SECOND)
    await watch.look()

    await watch.look(lambda path, number, of: heard.append((path, number, of)))

    assert heard == [("a.md", 0, 2), ("b.md", 1, 2)]
