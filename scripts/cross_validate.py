"""Score the extraction on documents that neither the network, its teacher nor the judges have learnt from.

    python scripts/cross_validate.py SHARED [--errors] [--thresholds]

SHARED is the folder with `gold/` and `corpora/`. A third of the documents, part HELD by a hash of their id, is kept
apart: the network is `build/sense/held.npz` (made by `make sense`), and the judges are trained on all other examples;
only the few numbers that say how much the network counts beside the judge are fitted to part HELD. Rules and cues are
those of the checkout.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import train_judge  # noqa: E402
import train_replies  # noqa: E402
from sense.marks import MARKS  # noqa: E402
from sense.texts import is_held  # noqa: E402

from bot.domain import Findings  # noqa: E402
from bot.evaluate import score_document, summary  # noqa: E402
from bot.extract import commitments, doubt, questions, replies  # noqa: E402
from bot.extract.contract import as_json  # noqa: E402
from bot.extract.judge import load_judge  # noqa: E402
from bot.extract.reading import Reading  # noqa: E402
from bot.extract.sense import load_network  # noqa: E402
from bot.language import load_nlp  # noqa: E402

ON_QUESTIONS, MARKED, OF_ALL_KINDS = "texts on open questions", "hard sentences", "texts of all kinds"


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was found without reason")
    parser.add_argument("--thresholds", action="store_true", help="score other thresholds of the judge, too")
    args = parser.parse_args()
    nlp = load_nlp()
    network = load_network(train_judge.HELD_NETWORK)
    gold = train_judge.gold_documents(nlp, args.shared / "gold", network)
    texts = train_judge.text_documents(nlp, args.shared / "corpora", network)
    rows = train_judge.all_examples(nlp, args.shared, gold | texts)
    judges = train_judge.train_all(rows, train_judge.all_question_examples(gold | texts), apart=True)
    replied = [row for row in train_replies.all_examples(nlp, args.shared) if not is_held(row.document)]
    judges[replies.JUDGE] = train_replies.train(replied)
    sets = {name: _held(documents) for name, documents in (gold | _grouped(texts)).items()}
    for threshold in (0.35, 0.5, 0.65, 0.8) if args.thresholds else (train_judge.THRESHOLDS["commitments"],):
        judges["commitments"]["threshold"] = threshold
        with tempfile.TemporaryDirectory() as folder:
            train_judge.write(judges, Path(folder))
            _stand_in(Path(folder))
            print(f"threshold {threshold}")
            for name, documents in sets.items():
                scores = [score_document(document, _predict(document, reading)) for document, reading in documents]
                _print(name, summary([document for document, _ in documents], scores))
                for mistake in (each for score in scores for each in score.mistakes if args.errors):
                    print(f"{name} {mistake.group} {mistake.label}: {mistake.sentence!r} {mistake.why}")


def _held(documents: Sequence[Any]) -> list[Any]:
    return [each for each in documents if is_held(each[0]["id"])]


def _grouped(texts: train_judge.Documents) -> train_judge.Documents:
    """The annotated texts in sets: those written around open questions, documents of the corpora, and all others."""
    groups: train_judge.Documents = {}
    for name, documents in texts.items():
        kind = MARKED if name == MARKS.name else ON_QUESTIONS if name.startswith("questions") else OF_ALL_KINDS
        groups.setdefault(kind, []).extend(documents)
    return groups


def _stand_in(folder: Path) -> None:
    """The judges trained here take the place of those of the checkout."""
    load_judge.cache_clear()
    for module in (commitments, doubt):
        module.load_judge = partial(load_judge, folder=folder)  # type: ignore[attr-defined]


def _predict(document: dict[str, Any], reading: Reading) -> dict[str, Any]:
    found = Findings(commitments.find_commitments(reading), questions.find_questions(reading))
    return as_json(document["id"], found)


def _print(name: str, found: dict[str, Any]) -> None:
    ours, slots = found["commitments"], found["slots"]
    asked = found["questions"]
    figures = [ours["p"], ours["r"], ours["f1"], *list(slots.values())[:4], asked["p"], asked["r"], asked["f1"]]
    print(f"| {name.removesuffix('.jsonl')} | " + " | ".join(f"{figure:.2f}" for figure in figures) + " |")


if __name__ == "__main__":
    main()
