"""How well near-copies of one text are told, on real releases.

    python -m scripts.measure_copies CORPUS.jsonl.gz [--show]

Prints which pairs of the corpus are taken for near-copies, of how many that share a key; then makes of each release a
copy as another paper would run it (headline, byline, notice, no last paragraph, a word otherwise), and the same with
one figure changed, and prints how many of each are taken for near-copies (of 300 releases, always the same).
"""

import argparse
import difflib
import random
import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from bot.ledger.copies import FEWEST_WORDS, near_copy, text_keys
from scripts.measure_ledger import documents

_HEADLINES = ("Ministers set out next steps", "What we know so far", "Officials give details of talks")
_FIGURE = re.compile(r"(?<=\s)\d[\d,.]*\d(?=\s)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--show", action="store_true", help="print how the texts of each pair differ")
    asked = parser.parse_args()
    texts = {row["id"]: row["text"] for row in documents(asked.corpus, 1_000_000)}
    titles = {row["id"]: row["title"] for row in documents(asked.corpus, 1_000_000)}
    pairs, sharing = found(texts)
    print(f"{len(texts)} releases, {sharing} pairs share a key, {len(pairs)} are taken for near-copies")
    for one, other in pairs:
        print(f"{one} {titles[one]}\n  {other} {titles[other]}")
        if asked.show:
            print("\n".join(differing(texts[one], texts[other])))
    made(list(texts.values()))


def found(texts: dict[str, str]) -> tuple[list[tuple[str, str]], int]:
    """The pairs that are taken for near-copies, and how many were compared."""
    under: dict[int, list[str]] = defaultdict(list)
    for id_, text in texts.items():
        for key in text_keys(text):
            under[key].append(id_)
    sharing = sorted({pair for ids in under.values() for pair in combinations(ids, 2)})
    return [pair for pair in sharing if near_copy(texts[pair[0]], texts[pair[1]])], len(sharing)


def differing(one: str, other: str) -> list[str]:
    """The lines of two texts that differ."""
    lines = difflib.unified_diff(one.splitlines(), other.splitlines(), lineterm="", n=0)
    return [f"    {line[:300]}" for line in lines if not line.startswith(("---", "+++", "@@"))]


def made(texts: list[str]) -> None:
    """What becomes of copies that were made, and of texts that differ in a figure or a name."""
    draw = random.Random(1)
    long = draw.sample([text for text in texts if len(text.split()) >= 2 * FEWEST_WORDS], 300)
    copies = [(text, rerun(text, draw)) for text in long]
    figures = [(text, _FIGURE.sub(_another, rerun(text, draw), count=1)) for text in long if _FIGURE.search(text)]
    for name, group in (("copies made", copies), ("copies with another figure", figures)):
        shared = [pair for pair in group if set(text_keys(pair[0])) & set(text_keys(pair[1]))]
        taken = sum(near_copy(*pair) for pair in shared)
        print(f"{name}: {len(group)}, {len(shared)} share a key, {taken} are taken for near-copies")


def rerun(text: str, draw: random.Random) -> str:
    """A text as another paper runs it."""
    *lines, last = text.splitlines()
    kept = lines if len(lines) > 4 and len(last.split()) < len(text.split()) / 5 else [*lines, last]
    body = "\n".join(kept).replace(" said ", " stated ").replace(" also ", " ")
    return f"{draw.choice(_HEADLINES)}\nBy our own correspondent\n{body}\nAll rights reserved by the publisher."


def _another(figure: re.Match[str]) -> str:
    return figure[0][:-1] + str((int(figure[0][-1]) + 1) % 10)


if __name__ == "__main__":
    main()
