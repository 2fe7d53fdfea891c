"""Fill a store with made-up entries and time each list: `python -m scripts.bench_store 1000 100000`.

Prints a Markdown table, one column a size; each figure is the best of five, in milliseconds. Then, for each size, what
it costs to add a source to such a store beside an empty one: the same sources, added to both in turn, and each read by
the extractor once, which is part of what people wait for.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from bot.domain import (
    CommitmentFinding,
    CommitmentKind,
    Document,
    Evidence,
    Findings,
    Firmness,
    NewSource,
    Query,
    QuestionFinding,
    QuestionKind,
    Why,
)
from bot.extract import findings
from bot.ingest import ingest
from bot.language import load_nlp
from bot.store import Store, open_store
from bot.text import document_from_text

VERBS = [
    "deploy",
    "send",
    "train",
    "fund",
    "supply",
    "build",
    "host",
    "join",
    "support",
    "protect",
    "rebuild",
    "equip",
    "monitor",
    "inspect",
    "open",
]
THINGS = [
    "troops",
    "tanks",
    "hospitals",
    "schools",
    "bridges",
    "grids",
    "ports",
    "advisers",
    "drones",
    "shelters",
    "funds",
    "clinics",
    "roads",
]
PARTIES = [f"Party {n}" for n in range(300)]
HERE = "1"
A_SOURCE = 50
IN_TURN = 21
WHY = Why("would", "bench")


def main() -> None:
    """Measure every size given."""
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 100_000]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{size}.db" for size in sizes]
        columns = [measure(path, size) for path, size in zip(paths, sizes, strict=True)]
        added = [beside_empty(path) for path in paths]
    print("| ms | " + " | ".join(f"{size:,} entries" for size in sizes) + " |")
    print("|---|" + "---:|" * len(sizes))
    for name in columns[0]:
        print(f"| {name} | " + " | ".join(f"{column[name]:.2f}" for column in columns) + " |")
    print(f"\nA source of {A_SOURCE} findings, in ms (medians of {IN_TURN}):")
    for size, (read, empty, full) in zip(sizes, added, strict=True):
        print(
            f"read {read:.0f}, put into an empty store {empty:.0f}, into one of {size:,} {full:.0f}: "
            f"{full / empty:.2f} times, with the reading {(read + full) / (read + empty):.2f} times"
        )


def measure(path: Path, size: int) -> dict[str, float]:
    """The time of each verb on a store of this size."""
    chance = random.Random(1)
    with open_store(path) as store:
        costs = [add(store, n, chance) for n in range(size // A_SOURCE)]
    last = sorted(costs[-max(1, len(costs) // 10) :])
    with open_store(path, readonly=True) as store:
        timed = {name: best(store, ask) for name, ask in QUESTIONS.items()}
    return {f"add a source of {A_SOURCE} findings (median of the last tenth)": last[len(last) // 2], **timed}


def beside_empty(path: Path) -> tuple[float, float, float]:
    """The medians of reading a source, of putting it into an empty store, and of putting it into the one at `path`."""
    nlp, made = load_nlp(), [source(n, random.Random(-n - 2)) for n in range(IN_TURN)]
    texts = [document_from_text(new.document.text) for new, _ in made]
    read = [timed(lambda text=text: findings(text, nlp)) for text in texts]
    with open_store(path) as store:
        empty, full = in_turn(store, HERE, made, announce=True)
    return median(read), median(empty), median(full)


def in_turn(
    store: Store, workspace: str, given: list[tuple[NewSource, Findings]], *, announce: bool
) -> tuple[list[float], list[float]]:
    """How long it takes to put each into an empty store, and then into this one: both in milliseconds."""
    empty, full = [], []
    for new, found in given:
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "empty.db") as fresh:
            empty.append(timed(lambda: ingest(fresh, workspace, new, found, announce=announce)))  # noqa: B023
        full.append(timed(lambda: ingest(store, workspace, new, found, announce=announce)))  # noqa: B023
    return empty, full


def timed(act: Callable[[], object]) -> float:
    """How long it took, in milliseconds."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def add(store: Store, n: int, chance: random.Random) -> float:
    """Ingest one made-up source; how long it took."""
    new, found = source(n, chance)
    return timed(lambda: ingest(store, HERE, new, found))


def source(n: int, chance: random.Random) -> tuple[NewSource, Findings]:
    """A made-up source, and what is in it."""
    parts: list[str] = []
    commitments, questions, at = [], [], 0
    for i in range(A_SOURCE):
        actor, other = party(chance), party(chance)
        action = deed(chance, other)
        parts.append(f"{actor} said it would {action} if talks go well.")
        evidence = (Evidence(at, at + len(parts[-1]), parts[-1]),)
        at += len(parts[-1]) + 1
        if i % 5 == 4:
            kind = QuestionKind.INDIRECT
            questions.append(QuestionFinding(kind, f"Will {actor} {action}?", action, (actor,), WHY, evidence))
        else:
            commitments.append(commitment(chance, actor, action, other, evidence))
    published = date(2021, 1, 1) + timedelta(days=chance.randrange(1500))
    new = NewSource(Document(" ".join(parts), f"Source {n}", published), "bench", "cli", datetime.now(UTC))
    return new, Findings(tuple(commitments), tuple(questions))


def party(chance: random.Random) -> str:
    """Some party, a few of them often."""
    return PARTIES[min(int(chance.expovariate(1 / 20)), len(PARTIES) - 1)]


def deed(chance: random.Random, other: str) -> str:
    """Something that may be done at another party's."""
    return f"{chance.choice(VERBS)} {chance.choice(THINGS)} number {chance.randrange(2000)} in {other}"


def commitment(
    chance: random.Random, actor: str, action: str, other: str, evidence: tuple[Evidence, ...]
) -> CommitmentFinding:
    """A made-up commitment of any kind."""
    kind = chance.choice(list(CommitmentKind))
    condition = "if talks go well" if chance.random() < 0.3 else None
    return CommitmentFinding(
        kind, (actor,), actor, action, (other,), condition, None, None, Firmness.FIRM, WHY, evidence
    )


def best(store: Store, ask: Callable[[Store], Any]) -> float:
    """The fastest of five, in milliseconds."""
    return min(timed(lambda: ask(store)) for _ in range(5))


def commitments(**query: Any) -> Callable[[Store], Any]:
    """Ask for the first page of commitments."""
    return lambda store: store.commitments(HERE, Query(**query))


QUESTIONS: dict[str, Callable[[Store], Any]] = {
    "commitments": commitments(),
    "... of a kind": commitments(kind="pledge"),
    "... of a kind and status": commitments(kind="plan", status="conditional"),
    "... by actor": commitments(actor="party 3"),
    "... by part of a name": commitments(actor="party 29"),
    "... by actor and recipient": commitments(actor="party 3", recipient="party 5"),
    "... about a party": commitments(about="party 3"),
    "... about a word": commitments(about="bridges"),
    "... about a word that all have": commitments(about="talks"),
    "... since a day": commitments(since=date(2024, 6, 1)),
    "... of a source": commitments(source="S-5"),
    "... as of a day": commitments(as_of=date(2023, 1, 1)),
    "questions": lambda store: store.questions(HERE, Query()),
    "sources": lambda store: store.sources(HERE, Query()),
    "search, a rare word": lambda store: store.search(HERE, "number 77"),
    "search, a common word": lambda store: store.search(HERE, "bridges"),
    "one entry": lambda store: store.entry(HERE, "C-100"),
    "parties by what they begin with": lambda store: store.parties(HERE, "p"),
    "counts": lambda store: store.counts(HERE),
}

if __name__ == "__main__":
    main()
