"""Scores the pipeline in bot/language/pipeline on the treebanks in --corpora; its figures go into docs/model.md.

python scripts/score_model.py --corpora ../shared/corpora
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from model.names import read_names  # noqa: E402
from model.score import Scores, paragraph_text, paragraphs, score_names, score_trees, words_per_second  # noqa: E402
from model.treebank import read_sentences  # noqa: E402
from spacy.language import Language  # noqa: E402

from bot.language import PIPELINE, load_nlp  # noqa: E402

BANKS = {"en_ewt-dev": "EWT dev", "en_ewt-test": "EWT test", "en_gum-test": "GUM test"}
SHOWN = ("words", "tags", "pos", "morph", "lemmas", "UAS", "LAS", "UAS*", "LAS*", "sentences")
BELOW = "<!-- What follows is written by scripts/score_model.py. -->\n"


def main() -> None:
    """Parse the options, score, and write the lower part of the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder with ud/ and ner/")
    parser.add_argument("--pipeline", type=Path, default=PIPELINE)
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "model.md")
    options = parser.parse_args()
    nlp = load_nlp(options.pipeline)
    figures = "\n".join(sections(nlp, options.corpora, options.pipeline))
    head = options.page.read_text(encoding="utf8").partition(BELOW)[0] if options.page.exists() else ""
    options.page.write_text(f"{head}{BELOW}\n{figures}\n", encoding="utf8")
    print(figures)


def sections(nlp: Language, corpora: Path, pipeline: Path) -> Iterator[str]:
    """The parts of the page."""
    size = sum(file.stat().st_size for file in pipeline.rglob("*") if file.is_file())
    yield f"Size: {size / 1e6:.1f} MB. Speed: {speed(nlp, corpora):,.0f} words a second on one core.\n"
    for bank, title in BANKS.items():
        scores = score_trees(nlp, read_sentences(corpora / "ud" / f"{bank}.conllu.gz"))
        yield f"### {title}\n"
        yield from tree_table(scores)
        yield ""
    yield "### Names, EWT dev (Universal NER)\n"
    sentences = read_sentences(corpora / "ud" / "en_ewt-dev.conllu.gz")
    yield from name_table(score_names(nlp, sentences, read_names(corpora / "ner" / "en_ewt-dev.iob2.gz")))


def speed(nlp: Language, corpora: Path) -> float:
    """Words a second on the test text, once warm."""
    blocks = [paragraph_text(group) for group in paragraphs(read_sentences(corpora / "ud" / "en_gum-test.conllu.gz"))]
    words_per_second(nlp, blocks[:50])
    return words_per_second(nlp, blocks)


def tree_table(scores: Mapping[str, Scores]) -> Iterator[str]:
    """One row a genre, the total first."""
    yield from table_head(["genre", "gold words", *(name.replace("*", "\\*") for name in SHOWN)])
    for genre, row in scores.items():
        yield cells([genre, f"{row['words'].gold:,}", *(f"{100 * row[name].f1:.1f}" for name in SHOWN)])


def name_table(scores: Scores) -> Iterator[str]:
    """One row a label, the total first."""
    yield from table_head(["label", "gold names", "precision", "recall", "F1"])
    for label, score in scores.items():
        figures = (score.precision, score.recall, score.f1)
        yield cells([label, f"{score.gold:,}", *(f"{100 * figure:.1f}" for figure in figures)])


def table_head(names: Sequence[str]) -> Iterator[str]:
    """The first two lines of a Markdown table whose figures are set right."""
    yield cells(names)
    yield cells(["---", *["--:"] * (len(names) - 1)])


def cells(values: Sequence[str]) -> str:
    """One line of a Markdown table."""
    return f"| {' | '.join(values)} |"


if __name__ == "__main__":
    main()
