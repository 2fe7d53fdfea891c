"""How the ledger puts mentions together on real, dated documents.

    python scripts/measure_ledger.py CORPUS.jsonl.gz [--documents 600] [--extract] [--sample 50] [--adding 80]

The findings are kept in `build/ledger-findings.jsonl`, so that a change of the ledger is measured in a minute;
`--extract` reads what is not in there yet, which takes hours for a large corpus and can be stopped and gone on with.
Prints mentions, entries, and automatic merges by reason, and a sample of merges, always the same, to judge by reading;
with `--adding` only what it costs to put so many of the documents, kept apart, into the ledger of all others beside an
empty one.
"""

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bot.domain import Commitment, Document, Evidence, Findings, NewSource
from bot.ingest import ingest
from bot.store import Store, open_store
from bot.store._shapes import COMMITMENTS, FACTS, QUESTIONS, Shape, slots_of
from bot.text import document_from_text
from scripts.bench_store import in_turn

KEPT = Path("build/ledger-findings.jsonl")
HERE = "local"


def main() -> None:
    """Read what is asked for, put it into a store that is thrown away, and print the figures."""
    asked = _asked()
    if asked.extract:
        extract(asked.corpus, asked.documents)
    kept = {row["id"]: row for row in _lines(KEPT)}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "ledger.db") as store:
        began = time.perf_counter()
        rows = [row for row in documents(asked.corpus, asked.documents) if row["id"] in kept]
        apart = set(random.Random(5).sample([row["id"] for row in rows], asked.adding))
        added, rows = [row for row in rows if row["id"] in apart], [row for row in rows if row["id"] not in apart]
        for n, row in enumerate(rows):
            ingest(store, HERE, new(row), loaded(kept[row["id"]]), announce=False)
            if n % 100 == 99:
                print(f"{n + 1} of {len(rows)} sources", file=sys.stderr)
        print(f"{len(rows)} sources in {time.perf_counter() - began:.0f} s")
        if added:
            print(adding(store, [(new(row), loaded(kept[row["id"]])) for row in added]))
        else:
            report(store, asked.sample)


def adding(store: Store, given: list[tuple[NewSource, Findings]]) -> str:
    """What it costs to put each into an empty store and into this one, in turn: medians in milliseconds."""
    empty, full = in_turn(store, HERE, given, announce=False)
    times = sum(full) / sum(empty)
    return f"put into an empty store {median(empty):.1f}, into this one {median(full):.1f}: {times:.2f} times"


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=1_000_000, help="a random draw of so many, always the same")
    parser.add_argument("--extract", action="store_true")
    parser.add_argument("--sample", type=int, default=50)
    parser.add_argument("--adding", type=int, default=0)
    return parser.parse_args()


def documents(corpus: Path, wanted: int) -> list[dict[str, str]]:
    """A draw of the documents, by date; a larger draw holds the smaller ones."""
    rows = list(_lines(corpus))
    random.Random(1).shuffle(rows)
    return sorted(rows[:wanted], key=lambda row: (row["date"], row["id"]))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def extract(corpus: Path, wanted: int) -> None:
    """Find what is in the documents that were not read yet, and keep it."""
    from bot.extract import findings
    from bot.language import load_nlp

    KEPT.parent.mkdir(exist_ok=True)
    known = {row["id"] for row in _lines(KEPT)} if KEPT.exists() else set()
    rows = list(_lines(corpus))
    random.Random(1).shuffle(rows)
    nlp = load_nlp()
    with KEPT.open("a", encoding="utf-8") as stream:
        for row in rows[:wanted]:
            if row["id"] not in known:
                stream.write(json.dumps({"id": row["id"], **saved(findings(new(row).document, nlp))}) + "\n")
                stream.flush()


def new(row: dict[str, str]) -> NewSource:
    """A line of the corpus on its way into the store."""
    document: Document = document_from_text(row["text"], title=row["title"], published=date.fromisoformat(row["date"]))
    return NewSource(document, row.get("url", row["id"]), "cli", datetime(2026, 1, 1, tzinfo=UTC))


GROUPS: tuple[tuple[str, Shape[Any, Any]], ...] = (
    ("commitments", COMMITMENTS),
    ("questions", QUESTIONS),
    ("facts", FACTS),
)


def saved(found: Findings) -> dict[str, Any]:
    """Findings as JSON."""
    groups = {
        name: [(slots_of(finding), [(e.start, e.end, e.quote) for e in finding.evidence]) for finding in group]
        for name, _ in GROUPS
        for group in [getattr(found, name)]
    }
    return {**groups, "names": found.names}


def loaded(row: dict[str, Any]) -> Findings:
    """The findings that `saved` wrote."""
    groups = {
        name: tuple(shape.load(slots, tuple(Evidence(*e) for e in evidence)) for slots, evidence in row[name])
        for name, shape in GROUPS
    }
    return Findings(**groups, names=tuple((name, tuple(more)) for name, more in row["names"]))


def report(store: Store, sample: int) -> None:
    """Print what became of the findings."""
    merges: list[tuple[str, str, str, str]] = []
    reasons: Counter[str] = Counter()
    for kind in ("commitment", "question"):
        entries = list(store.every(HERE, kind))
        mentions = sum(len(entry.mentions) for entry in entries)
        print(f"{kind}s: {mentions} mentions, {len(entries)} entries")
        for entry in entries:
            for mention in entry.mentions:
                if mention.reason:
                    reasons[f"{kind}: " + re.sub(r"; (on the same day|\d+ days? apart)", "", mention.reason)] += 1
                    earlier = next(m for m in entry.mentions if not m.reason or m is not mention)
                    merges.append((entry.id, mention.reason, _said(earlier), _said(mention)))
        if kind == "commitment":
            longest = sorted((e for e in entries if isinstance(e, Commitment)), key=lambda e: -len(e.mentions))[:10]
            for entry in longest:
                print(f"  {len(entry.mentions):3} {', '.join(entry.finding.actors)}: {entry.finding.action}")
    print(f"automatic merges: {sum(reasons.values())}")
    for reason, count in reasons.most_common(40):
        print(f"  {count:5} {reason}")
    in_other_words = [merge for merge in merges if "other words" in merge[1]]
    for title, those in (("all merges", merges), ("merges in other words", in_other_words)):
        print(f"\n{title}, a sample")
        for n, merge in enumerate(random.Random(7).sample(those, min(sample, len(those))), 1):
            print(f"{n}. {merge[0]} ({merge[1]})\n   - {merge[2]}\n   - {merge[3]}")


def _said(mention: Any) -> str:
    finding = mention.finding
    named = f"[{finding.kind}] {', '.join(finding.actors)} | {finding.action}" if hasattr(finding, "action") else ""
    return f"{named or finding.question} <- {' '.join(finding.evidence[0].quote.split())[:300]}"


if __name__ == "__main__":
    main()
