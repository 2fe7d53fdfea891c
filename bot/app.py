"""The one thing handed around: settings, the store on its threads, the extraction process, the clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from bot import __version__, answer, drafts, versions
from bot.domain import Added, Draft, DraftKind, NewSource, Source, Status
from bot.fetch import Web
from bot.ingest import ingest
from bot.settings import Settings
from bot.store import Store, open_store
from bot.worker import Queued, Worker
from bot.worker_child import Progress

T = TypeVar("T")

READERS = 3


@dataclass(frozen=True, slots=True)
class App:
    """What commands and chat work with. Open one with `open_app`."""

    settings: Settings
    worker: Worker
    threads: "StoreThreads"
    clock: Callable[[], datetime]
    started_at: datetime
    web: Web = field(default_factory=Web)

    def now(self) -> datetime:
        """The present instant, with its timezone (UTC)."""
        return self.clock()

    async def read(self, ask: Callable[[Store], T]) -> T:
        """Run `ask` with a read-only store on a reader thread; all it reads is of the same moment."""
        return await self.threads.read(ask)

    async def write(self, do: Callable[[Store], T]) -> T:
        """Run `do` with the store on the one writer thread."""
        return await self.threads.write(do)

    async def add_source(
        self,
        workspace: str,
        data: bytes,
        name: str,
        *,
        added_by: str,
        title: str = "",
        published: date | None = None,
        origin: str = "",
        announce: bool = True,
        supersedes: str = "",
        progress: Progress | None = None,
        queued: Queued | None = None,
    ) -> Added:
        """Read, extract, decide and save one document; `origin` defaults to its name.

        `supersedes` is the Source of which it is a new version (see `bot.versions.replace`). Raises what
        `Worker.extract` raises and `StoreError`; nothing is half-stored then.
        """
        document, findings = await self.worker.extract(
            data, name, workspace=workspace, title=title, published=published, progress=progress, queued=queued
        )
        new = NewSource(document, origin or name, added_by, self.now())
        if supersedes:
            return await self.write(
                lambda store: versions.replace(store, workspace, supersedes, new, findings, announce=announce)[0]
            )
        return await self.write(lambda store: ingest(store, workspace, new, findings, announce=announce))

    async def draft_source(
        self,
        workspace: str,
        kind: DraftKind,
        data: bytes,
        name: str,
        *,
        added_by: str,
        author: str = "",
        title: str = "",
        published: date | None = None,
        origin: str = "",
        supersedes: str = "",
        direct: bool = False,
        progress: Progress | None = None,
        queued: Queued | None = None,
    ) -> Draft | Source:
        """Read and extract one document, to be looked at before it is kept; a text that is held gives its Source.

        Raises as `add_source`, and `BadInput` where too many suggestions wait.
        """
        document, findings = await self.worker.extract(
            data, name, workspace=workspace, title=title, published=published, progress=progress, queued=queued
        )
        if author and not document.title:  # the address of a message says nothing
            document = replace(document, title=name)
        new = NewSource(document, origin or name, added_by, self.now(), author)
        return await self.write(
            lambda store: drafts.draft(store, workspace, kind, new, findings, supersedes=supersedes, direct=direct)
        )

    async def status(self, workspace: str) -> Status:
        """What the workspace holds and how the bot is."""
        held = await self.read(lambda store: answer.status(store, workspace))
        return replace(held, version=__version__, waiting=self.worker.waiting, started_at=self.started_at)


@asynccontextmanager
async def open_app(settings: Settings, *, clock: Callable[[], datetime] | None = None) -> AsyncIterator[App]:
    """Open the store (migrating it), start the extraction process; close both cleanly at the end.

    Raises `StoreError` where the store cannot be opened.
    """
    now = clock or _utc_now
    threads = StoreThreads(settings)
    worker = Worker()
    try:
        await threads.open()
        await worker.start()
        yield App(settings, worker, threads, now, now())
    finally:
        await worker.close()
        await threads.close()


class StoreThreads:
    """One thread that writes and a few that read, each with a connection of its own, since SQLite's are bound to one.

    Readers get a snapshot and never wait for the writer (WAL).
    """

    def __init__(self, settings: Settings, readers: int = READERS) -> None:
        """Nothing is opened yet."""
        path = settings.store_path
        self._writer = _Lane(partial(open_store, path), "store-writer")
        self._readers = [_Lane(partial(open_store, path, readonly=True), f"store-reader-{n}") for n in range(readers)]
        self._free: asyncio.LifoQueue[_Lane] = asyncio.LifoQueue()

    async def open(self) -> None:
        """Open the writer, which creates and migrates the store; the readers open when first used."""
        await self._writer.run(lambda _: None)
        for lane in self._readers:
            self._free.put_nowait(lane)

    async def write(self, do: Callable[[Store], T]) -> T:
        """Run on the writer's thread, after everything that was asked before."""
        return await self._writer.run(do)

    async def read(self, ask: Callable[[Store], T]) -> T:
        """Run on the first reader that is free."""
        lane = await self._free.get()
        try:
            return await lane.run(partial(_of_one_moment, ask))
        finally:
            self._free.put_nowait(lane)

    async def close(self) -> None:
        """Let what runs finish, then close every connection on its own thread."""
        for lane in [*self._readers, self._writer]:
            await lane.close()


class _Lane:
    """A thread and its connection."""

    def __init__(self, connect: Callable[[], Store], name: str) -> None:
        self._connect = connect
        self._store: Store | None = None
        self._thread = ThreadPoolExecutor(1, name)

    async def run(self, do: Callable[[Store], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._call, do)

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown()

    def _call(self, do: Callable[[Store], T]) -> T:
        if self._store is None:
            self._store = self._connect()
        return do(self._store)

    def _disconnect(self) -> None:
        if self._store is not None:
            self._store.close()


def _of_one_moment(ask: Callable[[Store], T], store: Store) -> T:
    with store.reading():
        return ask(store)


def _utc_now() -> datetime:
    return datetime.now(UTC)
