"""The extraction process: reading and extraction run in one child process, so that the gateway is never blocked.

Hostile input is parsed in the child too. When it dies, the job that killed it gets a clear error and a fresh child
takes the next one. The command line needs no process and calls `extract_here`.
"""

from collections.abc import Callable
from datetime import date

from bot.domain import Document, Findings

Progress = Callable[[int, int], None]
Queued = Callable[[int], None]


class Worker:
    """One child process with the pipeline loaded, a bounded first-in-first-out queue before it.

    `await start()` before the first job, `await close()` after the last.
    """

    def __init__(self, *, queue_size: int = 100, job_seconds: float = 900.0) -> None: ...

    @property
    def waiting(self) -> int:
        """Documents taken on and not yet read, the one being read included."""
        raise NotImplementedError

    async def start(self) -> None:
        """Start the child; it loads the pipeline in the background."""

    async def close(self) -> None:
        """End the child; jobs not done get `Busy`."""

    async def extract(
        self,
        data: bytes,
        name: str,
        *,
        title: str = "",
        published: date | None = None,
        progress: Progress | None = None,
        queued: Queued | None = None,
    ) -> tuple[Document, Findings]:
        """Read the bytes of a file and extract its findings.

        `queued` gets the number of documents before this one, whenever it changes, until its turn comes; `progress`
        gets (characters parsed, characters in all) a few times a second. Both are called on the event loop.
        Raises the `DossierError` that reading raised, `ReadingFailed`, `ReadingTooSlow`, or `Busy` when the queue is full.
        """
        raise NotImplementedError
