"""How fast the extraction is beside the bare spaCy pipeline, on one core and the same text: `make bench`, or

    python -m scripts.bench_extract --corpora ../shared/corpora --words 60000 --rounds 5

Both get the same documents in the same run, in turn: the pipeline reads the blocks of each as `bot.extract.reading`
hands them over, the extraction does all that `findings` does. Prints words a second (words as `str.split` counts them),
the ratio of the whole to the bare pipeline, and the most memory that the process has held. The text is a fixed sample
of the releases in the corpora or, where these are absent, `seeds/` over and over.
"""

import argparse
import gzip
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import cycle
from pathlib import Path
from statistics import median

if __name__ == "__main__":  # before numpy is imported, which reads them once
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

from spacy.language import Language

from bot.domain import BlockKind, Document
from bot.extract import findings
from bot.extract.reading import WRAPS
from bot.language import load_nlp, parse_blocks
from bot.text import document_from_text, read_document

ROOT = Path(__file__).resolve().parent.parent
ASKED_RATIO, ASKED_SPEED, ASKED_MEMORY = 0.6, 3_000, 1_024
EVERY = 23
"""One release in so many is taken, so that the sample spans all years and sorts."""


Way = Callable[[Document, Language], None]


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--words", type=int, default=60_000, help="about so many words are read in each round")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    documents = sample(given.corpora / "stategov.jsonl.gz", given.words)
    words = sum(len(document.text.split()) for document in documents)
    print(f"{len(documents)} documents, {words:,} words, {given.rounds} rounds each, in turn, on one core\n")
    nlp = load_nlp()
    ways: dict[str, Way] = {"bare pipeline": bare, "whole extraction": whole}
    times = measure(documents, nlp, ways, given.rounds)
    print("\n".join(table(words, times)))
    print(f"\nmost memory held: {memory():,.0f} MiB (asked: less than {ASKED_MEMORY:,})")


def sample(corpus: Path, words: int) -> list[Document]:
    """Documents of about so many words in all: the same ones on every run."""
    found: list[Document] = []
    for document in _releases(corpus) if corpus.is_file() else cycle(_seeds()):
        found.append(document)
        words -= len(document.text.split())
        if words <= 0:
            break
    return found


def _releases(corpus: Path) -> Iterator[Document]:
    """The releases, every so many first, then those beside them."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in (row for first in range(EVERY) for row in rows[first::EVERY]):
        yield document_from_text(row["text"], title=row["title"], published=date.fromisoformat(row["date"]))


def _seeds() -> list[Document]:
    files = sorted(path for path in (ROOT / "seeds").iterdir() if path.is_file())
    return [read_document(path.read_bytes(), path.name) for path in files]


def bare(document: Document, nlp: Language) -> None:
    """Only the pipeline, on the blocks that the extraction reads."""
    blocks = [block for block in document.blocks if block.kind is not BlockKind.HEADING]
    for _ in parse_blocks(nlp, [document.text[block.start : block.end].translate(WRAPS) for block in blocks]):
        pass


def whole(document: Document, nlp: Language) -> None:
    """All that is done to a document between its text and its findings, parsing included."""
    findings(document, nlp)


def measure(
    documents: Sequence[Document], nlp: Language, ways: Mapping[str, Way], rounds: int
) -> dict[str, list[float]]:
    """The processor seconds of each round of each way.

    The ways take turns at each document, and every other document in the other order, so that whatever else the machine
    does weighs on all alike. A round that nobody counts comes first, to load what is loaded once.
    """
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        spent = dict.fromkeys(ways, 0.0)
        for place, document in enumerate(documents if number else documents[:3]):
            for name in list(ways)[:: 1 if place % 2 else -1]:
                began = time.process_time()
                ways[name](document, nlp)
                spent[name] += time.process_time() - began
        for name, seconds in spent.items():
            times[name] += [seconds] if number else []
    return times


def table(words: int, times: dict[str, list[float]]) -> list[str]:
    """Words a second of each way, slowest, median and fastest round, and the ratio of the two."""
    rows = ["| words a second | slowest | median | fastest |", "|---|---:|---:|---:|"]
    speeds = {name: [words / seconds for seconds in row] for name, row in times.items()}
    for name, row in speeds.items():
        rows.append(f"| {name} | {min(row):,.0f} | {median(row):,.0f} | {max(row):,.0f} |")
    bare_speeds, whole_speeds = speeds.values()
    ratios = [ours / theirs for ours, theirs in zip(whole_speeds, bare_speeds, strict=True)]
    rows.append(f"| ratio, whole to bare | {min(ratios):.2f} | {median(ratios):.2f} | {max(ratios):.2f} |")
    return [*rows, "", f"asked: a ratio of {ASKED_RATIO} and {ASKED_SPEED:,} words a second"]


def memory() -> float:
    """The most memory that this process has held so far, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main()
