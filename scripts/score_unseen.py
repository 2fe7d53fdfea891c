"""Score the extraction that ships on annotated texts that nothing of it has learnt from.

    python -m scripts.score_unseen [--errors] [FILE ...]

The texts of `scripts/sense/unseen/` were written and annotated by others who did not know the rules: dispatches of
agencies, newspaper reports, volunteers' news, interviews, communiqués and briefings, passages around words that may
signal an open question, and two files (`newsstand`, `embassies`) by writers who knew the guidelines and the first
documents of the gold sets alone. `briefings` has annotations of the transcripts in the corpora of the shared folder
(`../shared`, or what DOSSIER_SHARED names), without the texts: for open questions alone, sentences without a question
mark that have a word which may signal one, half of them such as the network or a cue held to be likely; readers
annotated them who had seen the gold set of questions. FILE is the name of one of them without its ending; without any
it is all of them. Nothing is to be trained on them. Prints what `dossier evaluate` prints of a gold set.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scripts.sense.marks import marked
from scripts.sense.texts import as_gold

ROOT = Path(__file__).resolve().parent.parent
UNSEEN = Path(__file__).with_name("sense") / "unseen"


def main(arguments: Sequence[str]) -> int:
    """See the module's docstring."""
    options = [each for each in arguments if each.startswith("--")]
    names = [each for each in arguments if each not in options]
    paths = [path for path in sorted(UNSEEN.iterdir()) if path.stem in names or not names]
    documents = [document for path in paths for document in documents_of(path)]
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "unseen.jsonl"
        gold.write_text("".join(f"{json.dumps(each)}\n" for each in documents), encoding="utf-8")
        command = [sys.executable, "-m", "bot", "evaluate", str(gold), *options]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


def documents_of(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a file in the form of the gold sets."""
    if path.suffix == ".txt":
        return as_gold(path)
    shared = Path(os.environ.get("DOSSIER_SHARED") or ROOT.parent / "shared")
    return marked(shared / "corpora", path)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
