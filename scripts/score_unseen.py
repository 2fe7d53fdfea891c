"""Score the extraction that ships on annotated texts that nothing of it has learnt from.

    python -m scripts.score_unseen [--errors] [FILE ...]

The texts of `scripts/sense/unseen/` were written and annotated by others who did not know the rules: dispatches of
agencies, newspaper reports, volunteers' news, interviews, communiqués and briefings, passages around words that may
signal an open question, and two files (`newsstand`, `embassies`) by writers who knew the guidelines and the first
documents of the gold sets alone. FILE is the name of one of them without its ending; without any it is all of them.
Nothing is to be trained on them. Prints what `dossier evaluate` prints of a gold set.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts.sense.texts import as_gold

ROOT = Path(__file__).resolve().parent.parent
UNSEEN = Path(__file__).with_name("sense") / "unseen"


def main(arguments: Sequence[str]) -> int:
    """See the module's docstring."""
    options = [each for each in arguments if each.startswith("--")]
    names = [each for each in arguments if each not in options]
    paths = [path for path in sorted(UNSEEN.glob("*.txt")) if path.stem in names or not names]
    documents = [document for path in paths for document in as_gold(path)]
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "unseen.jsonl"
        gold.write_text("".join(f"{json.dumps(each)}\n" for each in documents), encoding="utf-8")
        command = [sys.executable, "-m", "bot", "evaluate", str(gold), *options]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
