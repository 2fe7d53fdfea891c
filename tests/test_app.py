"""The App: a real store on its threads, the real extraction process."""

import asyncio
import threading

import pytest

from bot import __version__, answer
from bot.app import READERS, open_app
from bot.domain import Query
from bot.errors import EmptyDocument, StoreError
from bot.ingest import ingest
from bot.store import open_store
from tests.samples import NOW, findings, new_source

TEXT = (
    "Norland and the Isles have offered to send engineers to Estmark if the ceasefire holds. "
    "It is unclear whether the Union will pay for them.\n"
)


def add_samples(store, workspace="111"):
    return ingest(store, workspace, new_source(), findings())


async def test_what_is_written_can_be_read(app):
    added = await app.write(add_samples)
    page = await app.read(lambda store: answer.commitments(store, "111", Query()))
    assert [each.id for each in page.items] == list(added.new_commitments)


async def test_a_reader_cannot_write(app):
    await app.write(add_samples)
    with pytest.raises(StoreError):
        await app.read(lambda store: store.keep("key", "value"))


async def test_readers_do_not_wait_for_the_writer(app):
    held, free = threading.Event(), threading.Event()

    def hold(store):
        with store.writing():
            store.keep("key", "value")
            held.set()
            free.wait(30)

    writing = asyncio.create_task(app.write(hold))
    await asyncio.to_thread(held.wait, 30)
    try:
        assert await asyncio.wait_for(app.read(lambda store: store.kept("key")), 10) is None
    finally:
        free.set()
        await writing
    assert await app.read(lambda store: store.kept("key")) == "value"


async def test_one_reader_does_not_wait_for_another(app):
    gate = threading.Barrier(READERS)
    assert await asyncio.wait_for(asyncio.gather(*(app.read(lambda store: gate.wait(20)) for _ in range(READERS))), 30)


async def test_many_more_questions_than_readers_are_all_answered(app):
    await app.write(add_samples)
    found = await asyncio.gather(*(app.read(lambda store: store.counts("111").sources) for _ in range(50)))
    assert found == [1] * 50


async def test_all_that_one_reading_sees_is_of_the_same_moment(app):
    first, added = threading.Event(), threading.Event()

    def count_twice(store):
        before = store.counts("111").sources
        first.set()
        added.wait(30)
        return before, store.counts("111").sources

    reading = asyncio.create_task(app.read(count_twice))
    await asyncio.to_thread(first.wait, 30)
    await app.write(add_samples)
    added.set()
    assert await reading == (0, 0)


async def test_writes_happen_one_after_the_other_in_the_order_asked(app):
    order: list[int] = []
    await asyncio.gather(*(app.write(lambda store, n=n: order.append(n)) for n in range(20)))
    assert order == list(range(20))


async def test_an_error_in_a_reading_frees_its_reader(app):
    for _ in range(READERS + 2):
        with pytest.raises(ZeroDivisionError):
            await app.read(lambda store: 1 / 0)
    assert await app.read(lambda store: store.workspaces()) == ()


@pytest.mark.model
async def test_a_document_becomes_a_source_with_its_entries(app, nlp):
    told: list[int] = []
    added = await app.add_source(
        "111", TEXT.encode(), "a.txt", added_by="7", title="Engineers", progress=lambda done, total: told.append(done)
    )
    assert (added.source.id, added.source.title, added.source.origin, added.source.added_by) == (
        "S-1",
        "Engineers",
        "a.txt",
        "7",
    )
    assert added.source.added_at == NOW
    assert added.new_commitments
    assert told


@pytest.mark.model
async def test_the_same_document_again_is_a_duplicate_but_not_in_another_workspace(app, nlp):
    first = await app.add_source("111", TEXT.encode(), "a.txt", added_by="7")
    again = await app.add_source("111", TEXT.encode(), "b.txt", added_by="8")
    elsewhere = await app.add_source("222", TEXT.encode(), "a.txt", added_by="9")
    assert (first.duplicate, again.duplicate, elsewhere.duplicate) == (False, True, False)
    assert again.source == first.source
    assert elsewhere.source.added_by == "9"


async def test_a_document_that_cannot_be_read_leaves_nothing(app):
    with pytest.raises(EmptyDocument):
        await app.add_source("111", b"", "a.txt", added_by="7")
    assert await app.read(lambda store: store.workspaces()) == ()


@pytest.mark.model
async def test_answers_come_at_once_while_a_document_is_read(app, nlp):
    await app.write(add_samples)
    begun = asyncio.Event()
    job = asyncio.create_task(
        app.add_source("111", TEXT.encode() * 2000, "long.txt", added_by="7", progress=lambda done, total: begun.set())
    )
    await asyncio.wait_for(begun.wait(), 60)
    page = await asyncio.wait_for(app.read(lambda store: answer.commitments(store, "111", Query())), 1)
    assert page.total == 1
    assert (await app.status("111")).waiting == 1
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job


async def test_status_tells_how_the_bot_is(app):
    status = await app.status("111")
    assert (status.version, status.started_at, status.waiting, status.sources) == (__version__, NOW, 0, 0)


async def test_what_was_written_is_there_after_a_restart(settings):
    async with open_app(settings) as first:
        await first.write(add_samples)
        assert first.now().tzinfo
    async with open_app(settings) as second:
        assert await second.read(lambda store: store.counts("111").sources) == 1


async def test_after_closing_nothing_is_left_open(settings):
    before = threading.active_count()
    async with open_app(settings) as app:
        await asyncio.gather(app.read(lambda store: None), app.write(lambda store: None))
        pid = app.worker.pid
    assert pid
    assert app.worker.pid is None
    assert threading.active_count() <= before
    with open_store(settings.store_path) as store:
        assert store.check() == []


async def test_a_store_that_cannot_be_opened_is_told_and_nothing_is_left_running(settings):
    settings.home.parent.mkdir(exist_ok=True)
    settings.home.write_text("a file where the folder should be", encoding="utf-8")
    before = threading.active_count()
    with pytest.raises(StoreError):
        async with open_app(settings):
            pass
    assert threading.active_count() <= before
