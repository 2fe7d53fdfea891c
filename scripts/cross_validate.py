"""Score commitments on the gold sets with judges that never saw the document they are scored on.

    python scripts/cross_validate.py SHARED

SHARED is the folder with `gold/` and `corpora/`. The documents are dealt into parts by a hash of their id; for each
part both judges are trained on all other examples. Rules and cues are those of the checkout: only the judges' weights
are cross-validated.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import train_judge  # noqa: E402

from bot.domain import Findings  # noqa: E402
from bot.evaluate import Score, score_document, summary  # noqa: E402
from bot.extract import commitments  # noqa: E402
from bot.extract.contract import as_json  # noqa: E402
from bot.extract.judge import load_judge  # noqa: E402
from bot.language import load_nlp  # noqa: E402


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    nlp = load_nlp()
    rows = train_judge.all_examples(nlp, shared)
    gold = {name: _documents(shared / "gold" / name) for name in train_judge.GOLD}
    scores: dict[str, list[Score]] = {name: [] for name in gold}
    for part in range(train_judge.FOLDS):
        with tempfile.TemporaryDirectory() as folder:
            others = [row for row in rows if train_judge.fold_of(row.document) != part]
            train_judge.write(train_judge.train_both(others), Path(folder))
            # The judges of this part stand in for those of the checkout.
            commitments.load_judge = partial(load_judge, folder=Path(folder))  # type: ignore[assignment]
            for name, documents in gold.items():
                held = [each for each in documents if train_judge.fold_of(each["id"]) == part]
                scores[name].extend(score_document(each, _predict(nlp, each)) for each in held)
    for name, documents in gold.items():
        _print(name, summary(documents, scores[name]))


def _documents(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _predict(nlp: Any, document: dict[str, Any]) -> dict[str, Any]:
    reading = train_judge.read_text(nlp, document["text"], document.get("date", ""))
    return as_json(document["id"], Findings(commitments=commitments.find_commitments(reading)))


def _print(name: str, found: dict[str, Any]) -> None:
    ours, slots = found["commitments"], found["slots"]
    figures = [ours["p"], ours["r"], ours["f1"], *list(slots.values())[:4]]
    print(f"| {name.removesuffix('.jsonl')} | " + " | ".join(f"{figure:.2f}" for figure in figures) + " |")


if __name__ == "__main__":
    main()
