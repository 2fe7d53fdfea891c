"""The extraction process, for real: started, fed, killed, and its answers compared with those of this process."""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot import errors
from bot.domain import BlockKind
from bot.errors import (
    Busy,
    DossierError,
    EmptyDocument,
    ReadingFailed,
    ReadingTooSlow,
    UnreadableDocument,
    WrongExtension,
)
from bot.worker import Worker, extract_here
from tests.conftest import ROOT

TEXT = (
    "Norland and the Isles have offered to send engineers to Estmark if the ceasefire holds. "
    "It is unclear whether the Union will pay for them.\n"
)
LONG = ("The council of Estmark met on Monday. " + TEXT) * 1500
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
async def worker():
    started = Worker()
    await started.start()
    yield started
    await started.close()


async def begun(worker, data=LONG, **options):
    """A long job that the child has begun, and what it said of its progress so far."""
    told = asyncio.Event()
    job = asyncio.create_task(
        worker.extract(data.encode(), "long.txt", progress=lambda done, total: told.set(), **options)
    )
    await asyncio.wait_for(told.wait(), 60)
    return job


async def cancelled(job):
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job


@pytest.mark.model
async def test_the_child_finds_what_this_process_finds(worker, nlp):
    there = await worker.extract(TEXT.encode(), "a.txt", title="Engineers")
    assert there == extract_here(TEXT.encode(), "a.txt", nlp, title="Engineers")
    document, found = there
    assert document.title == "Engineers"
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH]
    assert all(document.text[e.start : e.end] == e.quote for c in found.commitments for e in c.evidence)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"", "empty.txt", EmptyDocument),
        (PDF, "no.txt", WrongExtension),
        (b"\x00\x01\x02" * 400, "b.txt", UnreadableDocument),
    ],
)
async def test_an_error_of_reading_comes_back_as_it_was_raised(worker, data, name, kind):
    with pytest.raises(kind) as caught:
        await worker.extract(data, name)
    assert str(caught.value).startswith(name)


@pytest.mark.model
async def test_progress_is_told_on_the_event_loop_and_ends_at_the_whole(worker, nlp):
    told = []
    data = (TEXT * 200).encode()
    await worker.extract(data, "a.txt", progress=lambda done, total: told.append((done, total, asyncio.current_task())))
    assert told
    assert [done for done, *_ in told] == sorted(done for done, *_ in told)
    assert told[-1][0] <= told[-1][1] == len(TEXT * 200)


@pytest.mark.model
async def test_the_loop_goes_on_while_a_long_document_is_read(worker, nlp):
    job = await begun(worker)
    longest, last = 0.0, time.perf_counter()
    for _ in range(100):
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
    assert longest < 0.5
    await cancelled(job)


@pytest.mark.model
async def test_documents_are_read_in_order_and_told_how_many_come_first(worker, nlp):
    places, done = [], []
    first = await begun(worker)
    others = [
        asyncio.create_task(
            worker.extract(
                f"{TEXT} Number {n}.".encode(), f"{n}.txt", queued=lambda ahead, n=n: places.append((n, ahead))
            )
        )
        for n in range(3)
    ]
    for n, other in enumerate(others):
        other.add_done_callback(lambda _, n=n: done.append(n))
    await asyncio.sleep(0)
    assert worker.waiting == 4
    assert places[-3:] == [(0, 1), (1, 2), (2, 3)]
    await cancelled(first)
    await asyncio.gather(*others)
    assert done == [0, 1, 2]
    assert places[-1] == (2, 1)
    assert worker.waiting == 0


@pytest.mark.model
async def test_a_killed_child_fails_its_document_and_a_fresh_one_reads_the_next(worker, nlp):
    job = await begun(worker)
    killed = worker.pid
    os.kill(killed, signal.SIGKILL)
    with pytest.raises(ReadingFailed, match=r"long\.txt could not be read: reading it broke off"):
        await job
    document, _ = await worker.extract(TEXT.encode(), "next.txt")
    assert document.text == TEXT
    assert worker.pid != killed


async def test_a_child_that_died_in_between_is_replaced_before_the_next_document(worker):
    os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(EmptyDocument):
        await worker.extract(b"", "a.txt")


@pytest.mark.model
async def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_read(nlp):
    worker = Worker(job_seconds=0.05)
    await worker.start()
    try:
        with pytest.raises(ReadingTooSlow, match="more than a minute"):
            await worker.extract(LONG.encode(), "long.txt")
        assert worker.waiting == 0
        assert worker.pid
    finally:
        await worker.close()


@pytest.mark.model
async def test_a_document_that_nobody_waits_for_makes_room_at_once(worker, nlp):
    job = await begun(worker)
    await cancelled(job)
    started = time.perf_counter()
    with pytest.raises(EmptyDocument):
        await worker.extract(b"", "a.txt")
    assert time.perf_counter() - started < 20


@pytest.mark.model
async def test_a_document_that_still_waits_can_be_taken_back(worker, nlp):
    first = await begun(worker)
    second = asyncio.create_task(worker.extract(TEXT.encode(), "second.txt"))
    await asyncio.sleep(0)
    await cancelled(second)
    assert worker.waiting == 1
    await cancelled(first)


@pytest.mark.model
async def test_when_too_many_wait_one_more_is_refused_with_what_to_do(nlp):
    worker = Worker(queue_size=1)
    await worker.start()
    try:
        first = await begun(worker)
        second = asyncio.create_task(worker.extract(TEXT.encode(), "second.txt"))
        await asyncio.sleep(0)
        with pytest.raises(Busy, match="Too many documents are waiting"):
            await worker.extract(TEXT.encode(), "third.txt")
        await cancelled(first)
        await second
    finally:
        await worker.close()


@pytest.mark.model
async def test_workspaces_take_turns_and_one_cannot_fill_the_queue(nlp):
    worker = Worker(of_one=3)
    await worker.start()
    places, done = {}, []

    def added(workspace, n):
        job = asyncio.create_task(
            worker.extract(
                f"{TEXT} Number {n}.".encode(),
                f"{n}.txt",
                workspace=workspace,
                queued=lambda ahead: places.update({f"{workspace}{n}": ahead}),
            )
        )
        job.add_done_callback(lambda _: done.append(f"{workspace}{n}"))
        return job

    try:
        first = await begun(worker, workspace="a")
        jobs = [added("a", 1), added("a", 2), added("a", 3)]
        await asyncio.sleep(0)
        jobs.append(added("b", 4))
        await asyncio.sleep(0)
        assert places == {"b4": 1, "a1": 2, "a2": 3, "a3": 4}
        with pytest.raises(Busy, match="3 documents of this server are waiting"):
            await worker.extract(TEXT.encode(), "more.txt", workspace="a")
        await cancelled(first)
        await asyncio.gather(*jobs)
    finally:
        await worker.close()
    assert done == ["b4", "a1", "a2", "a3"]


@pytest.mark.model
async def test_closing_tells_those_who_wait_and_leaves_no_process(nlp):
    worker = Worker()
    await worker.start()
    first = await begun(worker)
    second = asyncio.create_task(worker.extract(TEXT.encode(), "second.txt"))
    await asyncio.sleep(0)
    pid = worker.pid
    await worker.close()
    for job in (first, second):
        with pytest.raises(Busy, match="shutting down"):
            await job
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_worker_that_was_not_started_takes_nothing():
    with pytest.raises(Busy):
        await Worker().extract(b"text", "a.txt")


@pytest.mark.model
async def test_the_same_file_for_the_next_workspace_is_not_read_again(worker, nlp):
    data = (TEXT * 300).encode()
    first = await worker.extract(data, "a.txt")
    os.kill(worker.pid, signal.SIGKILL)
    assert await worker.extract(data, "a.txt") is first
    assert (await worker.extract(data, "a.txt", title="Other"))[0].title == "Other"


async def test_the_child_runs_with_a_lower_priority(worker):
    with pytest.raises(EmptyDocument):
        await worker.extract(b"", "a.txt")
    assert os.getpriority(os.PRIO_PROCESS, worker.pid) > os.getpriority(os.PRIO_PROCESS, 0)


def test_the_child_ends_when_the_bot_is_killed():
    code = (
        "import asyncio, sys\n"
        "from bot.worker import Worker\n"
        "async def main():\n"
        "    worker = Worker()\n"
        "    await worker.start()\n"
        "    print(worker.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    bot = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert bot.stdout
    pid = int(bot.stdout.readline())
    time.sleep(1)
    bot.kill()
    bot.wait()
    bot.stdout.close()
    for _ in range(200):
        if not alive(pid):
            return
        time.sleep(0.1)
    pytest.fail("the extraction process outlived the bot")


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")  # a zombie that its new parent has not yet waited for is dead
    return not stat.exists() or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


def kinds(kind=DossierError):
    yield kind
    for below in kind.__subclasses__():
        yield from kinds(below)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind.__module__ == errors.__name__])
def test_every_error_crosses_to_another_process_as_it_is(kind):
    details = {"found": "a PDF", "expected": "text", "suffix": ".pdf", "formats": "txt", "language": "French"}
    numbers = {"size": 1, "limit": 2, "length": 3, "time": "a minute"}
    if issubclass(kind, UnreadableDocument):
        error = kind("a.txt", **details, **numbers)
    else:
        error = kind("https://example.org/a", "It is gone.") if kind is errors.CannotFetch else kind("What. Do this.")
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back)) == (kind, str(error))
