"""Read the proposals that the ledger makes over many documents: `python scripts/links.py STORE [--seed N] [--most N]`.

Prints how many there are of each kind, and as many of them as asked for, drawn at random with a seed, both sentences
and the reason, so that they can be judged by reading. The store is one that `dossier ingest` filled (workspace local).
"""

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.domain import LOCAL_WORKSPACE, Evidence, Link  # noqa: E402
from bot.store import open_store  # noqa: E402


def main(path: Path, seed: int, most: int) -> None:
    """Count and show."""
    with open_store(path, readonly=True) as store:
        links = store.links(LOCAL_WORKSPACE)
        held = store.counts(LOCAL_WORKSPACE)
    kinds = Counter(str(link.kind) for link in links)
    print(f"{held.sources} sources, {held.commitments} commitments, {held.questions} questions, {held.facts} facts")
    print(", ".join(f"{kinds[kind]} {kind}" for kind in sorted(kinds)) or "no proposals")
    drawn = random.Random(seed).sample(links, min(most, len(links)))
    for link in sorted(drawn, key=lambda each: int(each.id.removeprefix("L-"))):
        print(f"\n{_line(link)}\n  {link.reason}\n  {_said(link.before)}\n  {_said(link.said)}")


def _line(link: Link) -> str:
    return f"{link.id}  {link.newer.id} {link.kind} {link.older.id}"


def _said(evidence: Evidence) -> str:
    source = evidence.source
    assert source is not None
    return f"{source.published}  {' '.join(evidence.quote.split())}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=50)
    given = parser.parse_args()
    main(given.store, given.seed, given.most)
