"""Extraction on a Dask cluster: documents go out, and come back read in the order in which they went.

Extraction is a pure function of the document, so it may run anywhere; whoever calls is the one writer. A worker loads
the pipeline once and reads one document at a time. Dask gives a document to another worker where one dies.
"""

import hashlib
import platform
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from bot.domain import Document
from bot.errors import BadInput, DossierError, ReadingFailed
from bot.worker_child import Result, Task

K = TypeVar("K")
Given = Task | Document
"""A file's bytes, or a text that is read as it stands."""

AHEAD = 4
"""Documents on their way for each worker: enough that none waits, few enough to be held."""
CONNECT_SECONDS, WORKERS_SECONDS = 10, 30
_BOT = Path(__file__).resolve().parent
_NOT_INSTALLED = (
    "Dask is not installed here, so --dask cannot be used. Install it in the checkout of Dossier "
    "(`.venv/bin/pip install '.[dask]'`), or leave --dask out: the documents are then read on this machine."
)
_LOST = (
    "The Dask cluster was lost while documents were read. What was added stays; look at the scheduler, and give the "
    "same documents again: what is held is not added twice."
)
_one_at_a_time = threading.Lock()


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the cluster whose scheduler is at an address.

    Raises `BadInput` where Dask is not installed, nothing answers, no worker is there, or the workers' Dossier is
    another than this one and might find other things.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise BadInput(_NOT_INSTALLED) from error
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BadInput(
            f"No Dask scheduler answers at {address}. Start one (`dask scheduler`), or correct the address."
        ) from error
    with client:
        _demand_workers(client, address)
        yield client


def read(client: Any, given: Iterable[tuple[K, Callable[[], Given]]]) -> Iterator[tuple[K, Result | Exception]]:
    """Have documents read on the workers: each with what came of it or why nothing did, in the order given.

    What cannot be opened here is among them with its error. Raises `BadInput` where the cluster is lost.
    """
    ahead = AHEAD * max(1, len(client.nthreads()))
    waiting: deque[tuple[K, Any, str]] = deque()
    for key, opened in given:
        waiting.append((key, *_submitted(client, opened)))
        if len(waiting) > ahead:
            yield _outcome(*waiting.popleft())
    while waiting:
        yield _outcome(*waiting.popleft())


def extract(given: Given) -> Result:
    """Read and extract; this runs on a worker. Raises what reading raises."""
    from bot.extract import findings
    from bot.worker import extract_here

    with _one_at_a_time:
        if isinstance(given, Task):
            return extract_here(given.data, given.name, _pipeline(), title=given.title, published=given.published)
        return given, findings(given, _pipeline())


def fingerprint() -> str:
    """The same for the same Dossier: its code, its data, and the packages whose numbers its answers rest on."""
    found = hashlib.sha256()
    folders = (_BOT, _BOT.parent / "config" / "cues", _BOT.parent / "config" / "judges")
    for file in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if "__pycache__" not in file.parts:
            found.update(file.relative_to(_BOT.parent).as_posix().encode() + b"\0" + file.read_bytes())
    versions = " ".join(version(name) for name in ("spacy", "thinc", "numpy"))
    return f"{found.hexdigest()[:16]} Python {platform.python_version()} {versions}"


@cache
def _pipeline() -> Any:
    from bot.language import load_nlp

    return load_nlp()


def _demand_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=WORKERS_SECONDS)
        found = client.run(fingerprint)
    except TimeoutError as error:
        raise BadInput(
            f"The Dask cluster at {address} has no workers. Start some where Dossier is installed "
            f"(`dask worker {address} --nthreads 1`)."
        ) from error
    except ImportError as error:
        raise BadInput(
            f"The workers of {address} have no Dossier ({error}). Start them from its checkout, with its .venv."
        ) from error
    ours = fingerprint()
    if others := sorted(worker for worker, theirs in found.items() if theirs != ours):
        raise BadInput(
            f"The workers {', '.join(others)} run another Dossier, or other packages, than this machine, and might "
            "find other things. Install the same on all of them, and start them again."
        )


def _submitted(client: Any, opened: Callable[[], Given]) -> tuple[Any, str]:
    """A document on its way, or why it is not; and what to call it."""
    try:
        given = opened()
    except Exception as error:  # noqa: BLE001 - one bad document must not take the others with it
        return error, ""
    name = given.name if isinstance(given, Task) else given.title or "This document"
    return client.submit(extract, given, pure=False), name


def _outcome(key: K, sent: Any, name: str) -> tuple[K, Result | Exception]:
    from distributed import KilledWorker

    if isinstance(sent, Exception):
        return key, sent
    try:
        result: Result = sent.result()
    except KilledWorker:
        return key, ReadingFailed(name)
    except (CancelledError, TimeoutError, ConnectionError) as error:
        raise BadInput(_LOST) from error
    except DossierError as error:
        return key, error.with_traceback(None)
    except Exception as error:  # noqa: BLE001 - one bad document must not take the others with it
        return key, error
    return key, result
