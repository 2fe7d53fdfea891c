"""The one thing handed around: settings, the store on its threads, the extraction process, the clock."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from bot.domain import Added
from bot.settings import Settings
from bot.store import Store
from bot.worker import Progress, Queued, Worker

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class App:
    """What commands and chat work with. Open one with `open_app`."""

    settings: Settings
    worker: Worker
    clock: Callable[[], datetime]
    started_at: datetime

    def now(self) -> datetime:
        """The present instant, with its timezone (UTC)."""
        return self.clock()

    async def read(self, ask: Callable[[Store], T]) -> T:
        """Run `ask` with a read-only store on a reader thread."""
        raise NotImplementedError

    async def write(self, do: Callable[[Store], T]) -> T:
        """Run `do` with the store on the one writer thread."""
        raise NotImplementedError

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
        progress: Progress | None = None,
        queued: Queued | None = None,
    ) -> Added:
        """Read, extract, decide and save one document; `origin` defaults to its name.

        Raises what `Worker.extract` raises and `StoreError`; nothing is half-stored then.
        """
        raise NotImplementedError


@asynccontextmanager
async def open_app(settings: Settings, *, clock: Callable[[], datetime] | None = None) -> AsyncIterator[App]:
    """Open the store (migrating it), start the extraction process; close both cleanly at the end."""
    raise NotImplementedError
    yield
