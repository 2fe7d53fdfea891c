"""Read every hostile file of `tests/fuzz/files` as the bot would: `python -m scripts.fuzz [NAME]`.

Prints a line a file: how long it took and how it ended. Ends with status 1 where one was not answered or refused in
words, or took longer than a document may.
"""

import asyncio
import gzip
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.errors import DossierError
from bot.worker import Worker
from tests.fuzz.make import FILES, SAID

QUICK = {
    "bidirectional.txt",
    "bomb.docx",
    "comments.html",
    "cut.docx",
    "deep-arrays.pdf",
    "deep-runs.docx",
    "deep-xml.docx",
    "elsewhere.docx",
    "elsewhere.html",
    "far-text.pdf",
    "half-a-pair.txt",
    "huge-page.pdf",
    "laughs.docx",
    "laughs.html",
    "launch.pdf",
    "lying-charset.html",
    "lying-length.pdf",
    "nan-page.pdf",
    "no-end.pdf",
    "no-styles.docx",
    "no-types.docx",
    "not-utf8.txt",
    "only-a-head.pdf",
    "pages-in-a-ring.pdf",
    "script.pdf",
    "scripts.html",
    "styles-in-a-ring.docx",
    "tables-in-tables.docx",
    "upwards.docx",
    "utf-32.txt",
    "zeros-within.txt",
    "zero-width.txt",
}
"""Those that take a moment: CI reads these."""
A_DOCUMENT = 300.0
"""Seconds that one may take here; the bot gives it three times as many."""


@dataclass(frozen=True)
class Outcome:
    """How reading a file ended."""

    said: str
    seconds: float
    bug: bool = False


def corpus() -> dict[str, bytes]:
    """All files, unpacked, by name."""
    return {file.name.removesuffix(".gz"): gzip.decompress(file.read_bytes()) for file in sorted(FILES.glob("*.gz"))}


async def read_all(
    files: Mapping[str, bytes], seconds: float, told: Callable[[str, Outcome], None] = lambda *_: None
) -> dict[str, Outcome]:
    """Read them one after the other, and after each of them a good one."""
    worker = Worker(job_seconds=seconds)
    await worker.start()
    found = {}
    try:
        for number, (name, data) in enumerate(files.items()):
            found[name] = await _outcome(worker, data, name)
            good = await _outcome(worker, f"{SAID}{number}.".encode(), "good.txt")
            if good.bug or not good.said.startswith("1 commitment"):
                found[name] = Outcome(f"the next document was not read: {good.said}", good.seconds, bug=True)
            told(name, found[name])
    finally:
        await worker.close()
    return found


async def _outcome(worker: Worker, data: bytes, name: str) -> Outcome:
    start = time.monotonic()
    try:
        document, found = await worker.extract(data, name)
    except DossierError as error:
        return Outcome(f"{type(error).__name__}: {error}", time.monotonic() - start)
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return Outcome(str(error), time.monotonic() - start, bug=True)
    every = (*found.commitments, *found.questions, *found.facts)
    wrong = [e for one in every for e in one.evidence if document.text[e.start : e.end] != e.quote]
    said = f"{len(found.commitments)} commitments, {len(found.questions)} questions, {len(document.text):,} characters"
    return Outcome(said.replace("1 commitments", "1 commitment"), time.monotonic() - start, bug=bool(wrong))


def main() -> None:
    """Read those whose name holds the argument."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    files = {name: data for name, data in corpus().items() if wanted in name}
    outcomes = asyncio.run(read_all(files, A_DOCUMENT, _say))
    bugs = sum(one.bug for one in outcomes.values())
    slowest = max(outcomes.values(), key=lambda one: one.seconds)
    print(f"{len(outcomes)} files, {bugs} not answered, the slowest {slowest.seconds:.0f} s")
    sys.exit(bool(bugs))


def _say(name: str, one: Outcome) -> None:
    print(f"{'BUG' if one.bug else 'ok ':4} {one.seconds:6.1f} s  {name:32} {one.said[:110]}", flush=True)


if __name__ == "__main__":
    main()
