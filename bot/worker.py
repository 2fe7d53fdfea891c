"""The extraction process: reading and extraction run in one child process, so that the gateway is never blocked.

Hostile input is parsed in the child too. When it dies, the job that killed it gets a clear error and a fresh child
takes the next one. The command line needs no process and calls `extract_here`.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.domain import Document, Findings
from bot.errors import Busy
from bot.fair import Fair
from bot.texts import _
from bot.worker_child import MEMORY_BYTES, Child, Progress, Result, Stopped, Task

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger(__name__)

Queued = Callable[[int], None]

QUEUE, QUEUE_OF_ONE = 500, 50
"""How many documents may wait, and how many of them of one workspace."""
QUEUE_BYTES, QUEUE_BYTES_OF_ONE = 256 * 2**20, 64 * 2**20
KEPT_CHARACTERS = 4_000_000
"""Results kept for the next workspace that wants the same file (the watched folder feeds many), in characters."""


@dataclass(eq=False, slots=True)
class _Job:
    """A document on its way through the worker."""

    task: Task
    future: asyncio.Future[Result]
    progress: Progress | None
    queued: Queued | None
    dropped: threading.Event = field(default_factory=threading.Event)


class Worker:
    """One child process with the pipeline loaded, and a bounded queue before it, in which workspaces take turns.

    `await start()` before the first job, `await close()` after the last.
    """

    def __init__(
        self,
        *,
        queue_size: int = QUEUE,
        of_one: int = QUEUE_OF_ONE,
        job_seconds: float = 900.0,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        """`queue_size` documents may wait, `of_one` of a workspace.

        One may take `job_seconds`, and the process `memory_bytes`.
        """
        self._queue_size = queue_size
        self._of_one = of_one
        self._child = Child(job_seconds, memory_bytes)
        self._jobs: Fair[_Job] = Fair()
        self._running: _Job | None = None
        self._wake = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, "extraction")
        self._consumer: asyncio.Task[None] | None = None
        self._kept = _Kept(KEPT_CHARACTERS)

    @property
    def waiting(self) -> int:
        """Documents taken on and not yet read, the one being read included."""
        return len(self._jobs) + (self._running is not None)

    @property
    def pid(self) -> int | None:
        """The child's process id while it runs."""
        return self._child.pid

    async def start(self) -> None:
        """Start the child; it loads the pipeline in the background."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._child.start)
        self._consumer = asyncio.create_task(self._consume(), name="extraction")

    async def close(self) -> None:
        """End the child; jobs that are not done get `Busy`."""
        if self._consumer is None:
            return
        jobs = [*([self._running] if self._running else []), *self._jobs]
        self._jobs.clear()
        for job in jobs:
            job.dropped.set()
            _fail(job, Busy(_("Dossier is shutting down, so the document was not read. Add it again in a minute.")))
        self._consumer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._consumer
        self._consumer = None
        await asyncio.get_running_loop().run_in_executor(self._thread, self._child.stop)
        self._thread.shutdown()

    async def extract(
        self,
        data: bytes,
        name: str,
        *,
        workspace: str = "",
        title: str = "",
        published: date | None = None,
        progress: Progress | None = None,
        queued: Queued | None = None,
    ) -> tuple[Document, Findings]:
        """Read the bytes of a file and extract its findings, when it is the turn of the workspace.

        `queued` gets the number of documents before this one, whenever it changes, until its turn comes; `progress`
        gets (characters parsed, characters in all) a few times a second. Both are called on the event loop.
        Raises the `DossierError` that reading raised, `ReadingFailed`, `ReadingTooSlow`, or `Busy` when too many wait.
        """
        self._refuse_more(workspace, len(data))
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        job = _Job(Task(data, name, title, published), future, progress, queued)
        self._jobs.put(workspace, job)
        self._tell_places()
        self._wake.set()
        try:
            return await future
        except asyncio.CancelledError:
            self._drop(job)
            raise

    def _drop(self, job: _Job) -> None:
        """Nobody waits for it any more: take it out of the queue, or stop the child that reads it."""
        job.dropped.set()
        if self._jobs.drop(job):
            self._tell_places()

    def _refuse_more(self, workspace: str, size: int) -> None:
        """Raise `Busy` where one more would be too many of this workspace, or of all; the memory is bounded so."""
        own = self._jobs.of(workspace)
        if len(own) >= self._of_one or _size(own) + size > QUEUE_BYTES_OF_ONE:
            raise Busy(
                _(
                    "{own} documents of this server are waiting to be read, and no more may. "
                    "Add this one again when some of them are done.",
                    own=len(own),
                )
            )
        if self._consumer is None or len(self._jobs) >= self._queue_size or _size(self._jobs) + size > QUEUE_BYTES:
            raise Busy(_("Too many documents are waiting to be read. Add this one again in a few minutes."))

    def _tell_places(self) -> None:
        ahead = 1 if self._running else 0
        for place, job in enumerate(self._jobs, start=ahead):
            if job.queued:
                job.queued(place)

    async def _consume(self) -> None:
        while True:
            await self._wake.wait()
            while self._jobs:
                self._running = self._jobs.take()
                self._tell_places()
                await self._finish(self._running)
                self._running = None
            self._wake.clear()

    async def _finish(self, job: _Job) -> None:
        """Run a job on the thread that owns the child, and hand its outcome to whoever waits."""
        loop = asyncio.get_running_loop()

        def progress(done: int, total: int) -> None:
            if job.progress and not job.dropped.is_set():
                loop.call_soon_threadsafe(job.progress, done, total)

        try:
            result = await loop.run_in_executor(self._thread, self._read, job, progress)
        except Stopped:
            job.future.cancel()
        except Exception as error:  # noqa: BLE001 - whoever waits for the job gets it, and the queue goes on
            _fail(job, error)
        else:
            if not job.future.done():
                job.future.set_result(result)

    def _read(self, job: _Job, progress: Progress) -> Result:
        if kept := self._kept.get(job.task):
            return kept
        result = self._child.run(job.task, progress, job.dropped)
        self._kept.put(job.task, result)
        return result


def extract_here(
    data: bytes,
    name: str,
    nlp: "Language",
    *,
    title: str = "",
    published: date | None = None,
    progress: Progress | None = None,
) -> tuple[Document, Findings]:
    """Read and extract in this process, for the command line. Raises what reading raises."""
    from bot.text import read_document

    document = read_document(data, name, title=title, published=published)
    from bot.extract import findings

    return document, findings(document, nlp, progress=progress)


class _Kept:
    """The latest results, up to a number of characters; used on the worker's thread only."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._results: dict[tuple[object, ...], Result] = {}

    def get(self, task: Task) -> Result | None:
        return self._results.get(task.key)

    def put(self, task: Task, result: Result) -> None:
        self._results[task.key] = result
        self._size += len(result[0].text)
        while self._size > self._limit:
            oldest = next(iter(self._results))
            self._size -= len(self._results.pop(oldest)[0].text)


def _size(jobs: Iterable[_Job]) -> int:
    return sum(len(job.task.data) for job in jobs)


def _fail(job: _Job, error: Exception) -> None:
    if not job.future.done():
        job.future.set_exception(error)
