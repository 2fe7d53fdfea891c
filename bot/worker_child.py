"""The two ends of the pipe to the extraction process: `Child` in the bot, `_serve` in the process itself.

The child runs with a lower priority, ignores Ctrl-C (the bot decides when it ends) and ends when the bot does.
"""

import contextlib
import hashlib
import logging
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from bot.domain import Document, Findings
from bot.errors import DossierError, ReadingFailed, ReadingTooSlow

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Result = tuple[Document, Findings]

NICENESS = 10
PROGRESS_SECONDS = 0.3
POLL_SECONDS = 0.2
MEMORY_BYTES = 2 * 2**30
"""What the process may fill; a document of a million characters takes a quarter of it, the pipeline included."""


class Stopped(Exception):
    """Nobody waits for the document any more."""


class _NotTaken(Exception):
    """The process died before it took the document up."""


class ExtractionBug(RuntimeError):
    """An error in the child that is nobody's input; its text is the child's traceback, for the log."""


@dataclass(frozen=True)
class Task:
    """What the child is to read."""

    data: bytes
    name: str
    title: str = ""
    published: date | None = None

    @cached_property
    def key(self) -> tuple[object, ...]:
        """The same for what gives the same result."""
        return (hashlib.sha256(self.data).digest(), self.name, self.title, self.published)


class Child:
    """The extraction process as its owner sees it. All methods are called from one thread."""

    def __init__(self, job_seconds: float, memory_bytes: int = MEMORY_BYTES) -> None:
        """A document may take `job_seconds`, and the process `memory_bytes`."""
        self._job_seconds = job_seconds
        self._memory_bytes = memory_bytes
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start a fresh process; it loads the pipeline at once."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, self._memory_bytes), name="dossier-extraction", daemon=True
        )
        self._process.start()
        theirs.close()
        self._pipe = ours

    def stop(self) -> None:
        """Kill the process; it holds nothing that could be lost."""
        if self._process:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe:
            self._pipe.close()
        self._process = self._pipe = None

    def run(self, task: Task, progress: Progress, dropped: threading.Event) -> Result:
        """Have one document read. Raises its DossierError, ReadingFailed, ReadingTooSlow, ExtractionBug or Stopped.

        After the death of the process, its time running out or `dropped`, a fresh process stands ready. A process that
        died before it took the document is no fault of the document's, which then gets one more.
        """
        for last in (False, True):
            try:
                return self._run(task, progress, dropped)
            except _NotTaken as error:
                self._restart()
                if last:
                    raise ReadingFailed(task.name) from error
            except (ReadingFailed, ReadingTooSlow, Stopped):
                self._restart()
                raise
        raise AssertionError("not reached")

    def _run(self, task: Task, progress: Progress, dropped: threading.Event) -> Result:
        if self._pipe is None:
            self.start()
        assert self._pipe is not None
        deadline, taken = time.monotonic() + self._job_seconds, False
        try:
            self._pipe.send(task)
            while (message := self._next(self._pipe, task, deadline, dropped))[0] in {"taken", "progress"}:
                taken = True
                if message[0] == "progress":
                    progress(*message[1])
        except (EOFError, OSError) as error:
            raise ReadingFailed(task.name) if taken else _NotTaken from error
        what, value = message
        if what == "done":
            result: Result = value
            return result
        raise value if what == "error" else ExtractionBug(value)

    def _next(
        self, pipe: "Connection[Any, Any]", task: Task, deadline: float, dropped: threading.Event
    ) -> tuple[str, Any]:
        """The child's next message. Raises ReadingTooSlow, Stopped, or EOFError where the child has died."""
        while True:
            if dropped.is_set():
                raise Stopped
            if time.monotonic() > deadline:
                raise ReadingTooSlow(task.name, time=_in_words(self._job_seconds))
            if pipe.poll(POLL_SECONDS):
                message: tuple[str, Any] = pipe.recv()
                return message

    def _restart(self) -> None:
        self.stop()
        self.start()


def _in_words(seconds: float) -> str:
    return "a minute" if seconds < 90 else f"{round(seconds / 60)} minutes"


def _serve(pipe: "Connection[Any, Any]", memory_bytes: int) -> None:
    """The child's life: load the pipeline, then one document after the other until the pipe closes."""
    _be_a_good_child()
    _limit_memory(memory_bytes)
    load = _loader()
    load()
    while True:
        try:
            task: Task = pipe.recv()
            pipe.send(("taken", None))
            pipe.send(_outcome(task, load, _throttled(pipe)))
        except (EOFError, OSError):
            return


def _outcome(task: Task, load: Callable[[], Any], progress: Progress) -> tuple[str, object]:
    from bot.worker import extract_here

    try:
        nlp = load()
        if isinstance(nlp, DossierError):
            return "error", nlp
        return "done", extract_here(
            task.data, task.name, nlp, title=task.title, published=task.published, progress=progress
        )
    except DossierError as error:
        return "error", error.with_traceback(None)
    except MemoryError:
        return "error", ReadingFailed(task.name)
    except Exception:  # noqa: BLE001 - the bot logs it under a reference; the child goes on
        return "bug", traceback.format_exc()


def _loader() -> Callable[[], Any]:
    """Give the pipeline, loaded once; where it is missing give that error, and look again the next time."""
    loaded: list[Any] = []

    def load() -> Any:
        from bot.language import load_nlp

        if not loaded:
            try:
                loaded.append(load_nlp())
            except DossierError as error:
                return error
        return loaded[0]

    return load


def _throttled(pipe: "Connection[Any, Any]") -> Progress:
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PROGRESS_SECONDS or done >= total:
            last = now
            pipe.send(("progress", (done, total)))

    return progress


def _be_a_good_child() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _limit_memory(most: int) -> None:
    """What asks for more gets a MemoryError, or ends the process where it is not Python that asks."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # not every system has such limits
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
