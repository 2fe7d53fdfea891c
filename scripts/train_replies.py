"""Train the judge of `config/judges/replies.json`: whether the reply to a question put in a transcript leaves it open.

    python scripts/train_replies.py SHARED [--folds]

SHARED is the folder with `gold/` and `corpora/`. `reply_labels.tsv` has the questions of the briefings and press
availabilities in the corpora, each with the chance that an annotator of the gold set would mark it, as readers judged
who had seen the gold set's own questions of that kind; those of the gold set count as they are marked. With `--folds`
nothing is written: the documents are dealt into five parts, each is judged by what the other four teach, and the
figures are printed.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from sense.marks import corpus_texts  # noqa: E402
from sense.texts import rows_of  # noqa: E402
from train_judge import ASKED, fit, overlapping, read_text, write  # noqa: E402

from bot.extract import replies  # noqa: E402
from bot.extract.asking import Ground  # noqa: E402
from bot.extract.questions import candidates_in  # noqa: E402
from bot.extract.reading import Reading, sensed  # noqa: E402
from bot.language import load_nlp  # noqa: E402

LABELS = Path(__file__).with_name("reply_labels.tsv")
RARE = 20
PENALTY = 25.0
THRESHOLD = 0.5
OPEN = 0.4
"""The chance from which a question counts as open; two readings, and those of the gold set's own, agree best there."""
FOLDS = 5
SMALLEST = 0.003


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its reply as the judge sees it; `chance` that it is open, `gold` whether the gold set says so."""

    document: str
    features: tuple[str, ...]
    measures: tuple[tuple[str, float], ...]
    chance: float
    gold: bool


def read_labels(path: Path = LABELS) -> dict[tuple[str, int], float]:
    """The chances by document and place of the question."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {(document, int(place)): float(chance) for document, place, chance in rows}


def all_examples(nlp: Language, shared: Path) -> list[Example]:
    """The labelled questions of the corpora, and those of the gold set."""
    labels = read_labels()
    wanted = {document for document, _ in labels}
    gold = {row["id"]: row for row in rows_of(shared / "gold" / ASKED)}
    found: list[Example] = []
    for document, published, text in corpus_texts(shared / "corpora"):
        if document in wanted | gold.keys():
            reading = sensed(read_text(nlp, text, published))
            found.extend(_examples(document, reading, labels, gold.get(document, {"sentences": []})))
    return found


def _examples(
    document: str, reading: Reading, labels: dict[tuple[str, int], float], gold: dict[str, Any]
) -> Iterator[Example]:
    for sentence, every in candidates_in(reading):
        for candidate in every:
            if candidate.ground is not Ground.PUT:
                continue
            near = overlapping(gold, sentence.start, sentence.end)
            chance = float(any(each.get("questions") for each in near)) if near else None
            chance = labels.get((document, sentence.start)) if chance is None else chance
            if chance is not None:
                sizes = replies.measures(sentence, candidate.answers, reading)
                yield Example(document, candidate.features, tuple(sizes.items()), chance, bool(near))


def train(rows: Sequence[Example]) -> dict[str, Any]:
    """The judge as it is written to its file."""
    counts = Counter(feature for row in rows for feature in row.features)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    names += sorted({name for row in rows for name, _ in row.measures})
    weights = fit(
        matrix(rows, names),
        np.array([row.chance >= OPEN for row in rows], float),
        np.ones(len(rows)),
        penalty=PENALTY,
        steps=400,
    )
    table = {name: round(float(weight), 3) for name, weight in zip(names, weights[:-1], strict=True)}
    return {
        "bias": round(float(weights[-1]), 3),
        "threshold": THRESHOLD,
        "weights": {name: weight for name, weight in table.items() if abs(weight) >= SMALLEST},
    }


def matrix(rows: Sequence[Example], names: Sequence[str]) -> np.ndarray:
    """One row an example, one column a feature or measure, and a last one for the bias."""
    places = {name: place for place, name in enumerate(names)}
    table = np.zeros((len(rows), len(names) + 1), dtype=np.float32)
    table[:, -1] = 1
    for number, row in enumerate(rows):
        for name, size in (*((feature, 1.0) for feature in row.features), *row.measures):
            if (place := places.get(name)) is not None:
                table[number, place] = size
    return table


def judged(judge: dict[str, Any], rows: Sequence[Example]) -> np.ndarray:
    """The scores of the rows, as log odds."""
    names = list(judge["weights"])
    found: np.ndarray = matrix(rows, names) @ np.array([*judge["weights"].values(), judge["bias"]])
    return found


# Figures


def folds(rows: Sequence[Example]) -> None:
    """Print how well each part is judged by what the others teach."""
    parts = np.array([int(hashlib.md5(row.document.encode()).hexdigest(), 16) % FOLDS for row in rows])
    scores = np.zeros(len(rows))
    for part in range(FOLDS):
        judge = train([row for row, own in zip(rows, parts, strict=True) if own != part])
        scores[parts == part] = judged(judge, [row for row, own in zip(rows, parts, strict=True) if own == part])
    chances = np.array([row.chance for row in rows])
    gold = np.array([row.gold for row in rows])
    _print("all", scores, chances >= OPEN)
    clear = (chances < 0.25) | (chances >= 0.55)
    _print("without those in doubt", scores[clear], chances[clear] >= OPEN)
    _print("of the gold set", scores[gold], chances[gold] >= OPEN)


def _print(name: str, scores: np.ndarray, wanted: np.ndarray) -> None:
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(wanted[order])
    precisions = hits / np.arange(1, len(order) + 1)
    print(f"{name}: {wanted.sum()} of {len(wanted)} open, average precision {precisions[wanted[order]].mean():.3f}")
    for threshold in (0.7, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35):
        taken = int((scores >= np.log(threshold / (1 - threshold))).sum())
        if taken:
            recall = hits[taken - 1] / wanted.sum()
            print(f"  from {threshold}: {taken} taken, P {precisions[taken - 1]:.2f} R {recall:.2f}")


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--folds", action="store_true")
    args = parser.parse_args()
    rows = all_examples(load_nlp(), args.shared)
    if args.folds:
        folds(rows)
    else:
        write({replies.JUDGE: train(rows)})


if __name__ == "__main__":
    main()
