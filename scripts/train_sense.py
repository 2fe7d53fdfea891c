"""Train the network of `bot/extract/sense.py`, from labelled sentences and from what a larger one says of raw text.

    python scripts/train_sense.py --shared ../shared --work build/sense STEP ...

The steps, in order; each leaves its result in the work folder and can be run alone:

    prepare     parse the labelled sentences (gold and `scripts/sense/texts/`) and raw ones of the corpora
    vary        make more sentences, by exchanging words and phrases of the labelled ones for their like, and parse them
    teach       fine-tune the teachers on all documents but those of one part, HELD, which is a third of them
    ask         write what the teachers say of everything, in the mean
    held        train a network that knows nothing of part HELD either: what the docs' figures are measured with
    shipped     train the one that ships, which learns from all labels and from the teachers' opinions
    all         everything, one after the other (four hours on two cores)

All seeds are fixed. Needs the packages of `requirements/model.in`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from model.treebank import read_sentences  # noqa: E402
from sense.marks import all_marked  # noqa: E402
from sense.rows import Row, lists, parsed  # noqa: E402
from sense.spliced import with_other_phrases  # noqa: E402
from sense.student import Student  # noqa: E402
from sense.teacher import BASES, Base, Opinions, Teacher, opinions, train_teacher  # noqa: E402
from sense.texts import OF_COMMITMENTS, ROLES, UNSURE, Labelled, all_gold, all_texts, is_held  # noqa: E402
from sense.varied import Likes, likes_of, varied  # noqa: E402
from sense.weights import fetch  # noqa: E402
from spacy.strings import hash_string  # noqa: E402
from torch.nn import functional  # noqa: E402

from bot.extract.sense import FILE  # noqa: E402
from bot.language import load_nlp  # noqa: E402

SEED = 11
RAW_RELEASES = 36_000
SHORTEST, LONGEST_TEXT = 25, 600
STUDENT_EPOCHS = 8
BATCH = 64
RATE = 2e-3
LAST_EPOCHS, LAST_RATE = 3, 5e-4
ROLE_WEIGHT = 1.0
HARD = 0.5
UNKNOWN_WORD = 0.08
VARIANTS = 4
"""Of each sentence that undertakes or asks something; of another there is one."""


# Text


def labelled(shared: Path) -> list[Labelled]:
    """All labelled sentences."""
    return [*all_gold(shared), *all_texts(), *all_marked(shared / "corpora")]


def raw(shared: Path, rows: Sequence[Labelled]) -> list[str]:
    """Sentences without labels: treebanks (test parts aside) and releases, labelled documents of part HELD aside."""
    taken = {row.document for row in rows if is_held(row.document)}
    corpora = shared / "corpora"
    found: list[str] = []
    for bank in ("en_ewt-train", "en_gum-train"):
        sentences = read_sentences(corpora / "ud" / f"{bank}.conllu.gz")
        found += [each.text for each in sentences if each.document not in taken and _spoken_or_told(each.document)]
    releases: list[str] = []
    nlp = load_nlp()
    nlp.disable_pipes("tagger", "morphologizer", "trainable_lemmatizer", "ner")
    with gzip.open(corpora / "stategov.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [row["text"][:20_000] for row in map(json.loads, lines) if row["id"] not in taken]
    random.Random(SEED).shuffle(texts)
    for text in texts:
        for block in text.split("\n"):
            if block.strip():
                releases.extend(span.text for span in nlp(block).sents)
        if len(releases) >= RAW_RELEASES:
            break
    every = dict.fromkeys(" ".join(text.split()) for text in [*found, *releases])
    known = {row.text for row in rows}
    return [text for text in every if SHORTEST <= len(text) <= LONGEST_TEXT and text not in known]


def _spoken_or_told(document: str) -> bool:
    """Whether a treebank document is of a kind that Dossier reads: no reviews, answers or travel guides."""
    return not document.startswith(("reviews", "answers", "GUM_voyage", "GUM_vlog", "GUM_conversation"))


# Steps


def prepare(shared: Path, work: Path) -> None:
    """Parse everything once."""
    rows = labelled(shared)
    texts = raw(shared, rows)
    nlp = load_nlp()
    read = list(parsed(rows, nlp))
    unlabelled = list(parsed([Labelled("", text, commits=UNSURE, asks=UNSURE) for text in texts], nlp))
    with (work / "rows.pickle").open("wb") as file:
        pickle.dump({"rows": rows, "texts": texts, "read": read, "raw": unlabelled}, file)
    np.save(work / "vectors.npy", nlp.vocab.vectors.data)
    commits, asks = (sum(getattr(row, field) == 1 for row in rows) for field in ("commits", "asks"))
    print(f"{len(rows)} labelled sentences ({commits} commit, {asks} ask), {len(texts)} raw")


def load(work: Path) -> dict[str, Any]:
    """What `prepare` wrote."""
    return pickle.loads((work / "rows.pickle").read_bytes())


def vary(work: Path) -> None:
    """Parse sentences that are like known ones; of what document, so that those of part HELD can be told."""
    data = load(work)
    rng = random.Random(SEED)
    likes = likes_of([*data["read"], *data["raw"]], np.load(work / "vectors.npy"))
    rows: list[Labelled] = data["rows"]
    taken = {row.text for row in rows} | set(data["texts"])
    made: list[Labelled] = []
    for row, text in (*_with_other_words(data, likes, rng), *with_other_phrases(data, likes, rng)):
        if text not in taken and SHORTEST <= len(text) <= LONGEST_TEXT:
            taken.add(text)
            made.append(Labelled(row.document, text, commits=UNSURE, asks=UNSURE))
    read = list(parsed(made, load_nlp()))
    (work / "varied.pickle").write_bytes(pickle.dumps({"rows": made, "read": read}))
    print(f"{len(made)} sentences like the labelled ones", *(row.text for row in made[::4000]), sep="\n")


def _with_other_words(data: dict[str, Any], likes: Likes, rng: random.Random) -> Iterator[tuple[Labelled, str]]:
    for row, read in zip(data["rows"], data["read"], strict=True):
        for _ in range(VARIANTS if row.carries else 1):
            yield row, varied(row.text, read, likes, rng)


def teach(shared: Path, work: Path, bases: Sequence[Base], threads: int) -> None:
    """The teachers, which know nothing of the documents of part HELD."""
    seen = [row for row in labelled(shared) if not is_held(row.document)]
    for base in bases:
        model = train_teacher(seen, base, fetch(base, work), SEED, threads)
        torch.save(model.state_dict(), work / f"{base.name}.pt")


def ask(work: Path, bases: Sequence[Base], threads: int) -> None:
    """What the teachers say of all labelled and raw sentences: the mean of their scores, by their weights.

    Of words it is what the first of them says, MiniLM, which tells them better than MPNet as both are trained here.
    """
    torch.set_num_threads(threads)
    data = load(work)
    rows: list[Labelled] = data["rows"]
    held = [i for i, row in enumerate(rows) if is_held(row.document)]
    like = pickle.loads((work / "varied.pickle").read_bytes())
    places = [row.places for row in (*data["read"], *data["raw"], *like["read"])]
    texts = [*(row.text for row in rows), *data["texts"], *(row.text for row in like["rows"])]
    each: list[Opinions] = []
    for base in bases:
        folder = fetch(base, work)
        model = Teacher(base, folder)
        model.load_state_dict(torch.load(work / f"{base.name}.pt"))
        each.append(opinions(model, texts, places, folder))
        report(base.name, [rows[i] for i in held], each[-1].sentences[held])
        report_roles(base.name, [data["read"][i] for i in held], [each[-1].words[i] for i in held])
    weights = [base.weight for base in bases]
    given = Opinions(np.average([one.sentences for one in each], axis=0, weights=weights), each[0].words)
    (work / "opinions.pickle").write_bytes(pickle.dumps(given))
    report("teachers", [rows[i] for i in held], given.sentences[held])


def report(name: str, rows: Sequence[Labelled], given: np.ndarray) -> None:
    """Average precision and the best F1 on held-out sentences, for each source of text."""
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(group_of(row.document), []).append(place)
        groups.setdefault("all", []).append(place)
    for group, places in sorted(groups.items()):
        cells = []
        for column, field in enumerate(("commits", "asks")):
            pairs = [(given[i, column], getattr(rows[i], field)) for i in places if getattr(rows[i], field) != UNSURE]
            cells.append(_curve(pairs))
        print(f"{name:12} {group:12} " + " | ".join(cells), flush=True)


def report_roles(name: str, rows: Sequence[Row], given: Sequence[np.ndarray]) -> None:
    """Average precision for the words of each role on held-out sentences."""
    for column, role in enumerate(ROLES):
        words = [(scores[:, column], row.roles[:, column]) for row, scores in zip(rows, given, strict=True)]
        pairs = [(float(s), int(mark)) for scores, marks in words for s, mark in zip(scores, marks, strict=True)]
        print(f"{name:12} {role:14} " + _curve([pair for pair in pairs if pair[0] == pair[0]]), flush=True)


def group_of(document: str) -> str:
    """What kind of text a document is, by its id."""
    return document.split("_")[0].split("-")[0]


def _curve(pairs: Sequence[tuple[float, int]]) -> str:
    ranked = sorted(pairs, key=lambda pair: -pair[0])
    wanted = sum(mark for _, mark in ranked)
    hits, area, best, at_85 = 0, 0.0, (0.0, 0.0, 0.0), 0.0
    for place, (_, mark) in enumerate(ranked, 1):
        hits += mark
        precision, recall = hits / place, hits / max(wanted, 1)
        area += mark * precision / max(wanted, 1)
        at_85 = recall if precision >= 0.85 else at_85
        if hits:
            best = max(best, (2 * precision * recall / (precision + recall), precision, recall))
    return f"{wanted:4} AP {area:.3f} F1 {best[0]:.3f} (P {best[1]:.2f} R {best[2]:.2f}) R at P.85 {at_85:.2f}"


def students(work: Path, which: Sequence[str], threads: int) -> None:
    """The network that ships, and the one for cross-validation, which knows nothing of part HELD."""
    data = load(work)
    rows: list[Labelled] = data["rows"]
    vectors = np.load(work / "vectors.npy")
    soft: Opinions = pickle.loads((work / "opinions.pickle").read_bytes())
    known = lists([*data["read"], *data["raw"]])
    like = pickle.loads((work / "varied.pickle").read_bytes())
    first = len(rows) + len(data["raw"])
    held = [i for i, row in enumerate(rows) if is_held(row.document)]
    for name in which:
        seen = [i for i, row in enumerate(rows) if name == "shipped" or not is_held(row.document)]
        heard = [(row, len(rows) + i) for i, row in enumerate(data["raw"])] + [
            (row, first + i)
            for i, (row, of) in enumerate(zip(like["read"], like["rows"], strict=True))
            if name == "shipped" or not is_held(of.document)
        ]
        model = train_student(data, seen, heard, soft, known, vectors, threads)
        write(model, known, FILE if name == "shipped" else work / "held.npz")
        apart = [data["read"][i] for i in held]
        sentences, words = _read(model, apart, known, vectors)
        report(name, [rows[i] for i in held], sentences)
        report_roles(name, apart, words)


def train_student(
    data: dict[str, Any],
    seen: Sequence[int],
    heard: Sequence[tuple[Row, int]],
    soft: Opinions,
    known: dict[str, list[str]],
    vectors: np.ndarray,
    threads: int,
) -> Student:
    """A network that has learnt the labels of the rows in `seen`, and the teacher's opinion on them and on raw text.

    Last it reads the labelled rows alone a few times more, as people wrote and marked them.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    rows: list[Labelled] = data["rows"]
    tables = _tables(known)
    unknown = Labelled("", "", commits=UNSURE, asks=UNSURE)
    examples = [
        (data["read"][i], *wanted(rows[i], data["read"][i], soft, i)) for i in seen if len(data["read"][i].heads)
    ]
    last = slice(len(examples))
    examples += [(row, *wanted(unknown, row, soft, i)) for row, i in heard if len(row.heads)]
    encoded = [encode(row, tables) | {"roles": roles} for row, _, roles in examples]
    labels = [sentence for _, sentence, _ in examples]
    sizes = {name: len(words) + 1 for name, words in known.items()}
    model = Student(sizes["words"], sizes["endings"], sizes["tags"], sizes["relations"])
    _read_through(model, encoded, labels, vectors, STUDENT_EPOCHS, RATE, rng)
    _read_through(model, encoded[last], labels[last], vectors, LAST_EPOCHS, LAST_RATE, rng)
    return model


def _read_through(
    model: Student,
    encoded: Sequence[dict[str, np.ndarray]],
    labels: Sequence[np.ndarray],
    vectors: np.ndarray,
    epochs: int,
    rate: float,
    rng: random.Random,
) -> None:
    """Train the model for some epochs, at a rate that goes up at first and then down to little."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02)
    steps = epochs * len(_groups(encoded, rng))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.05 * steps)) * max(0.01, 1 - step / steps)
    )
    started = time.monotonic()
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for group in _groups(encoded, rng):
            batch = collate([encoded[i] for i in group], vectors)
            batch["words"] = batch["words"] * (torch.rand(batch["words"].shape) > UNKNOWN_WORD)
            sentences, roles = model(batch)
            loss = _loss(sentences, roles, batch, np.array([labels[i] for i in group]))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            total += loss.item() * epochs / steps
        print(f"student: epoch {epoch + 1}, loss {total:.4f}, {time.monotonic() - started:.0f} s", flush=True)


def wanted(label: Labelled, row: Row, soft: Opinions, place: int) -> tuple[np.ndarray, np.ndarray]:
    """What the network shall say of a sentence and of its words: the label, as far as there is one, and the opinion.

    `place` is that of the row among the opinions. A word without an opinion takes its label, without either NaN.
    """
    labels = np.array([label.commits, label.asks], dtype=np.float32)
    sentence = _mixed(labels, _chance(soft.sentences[place]))
    labels = np.where(np.arange(len(ROLES)) < OF_COMMITMENTS, label.commits, label.asks)
    roles = np.where(labels == UNSURE, UNSURE, row.roles)
    return sentence, _mixed(roles, _chance(soft.words[place]))


def _chance(scores: np.ndarray) -> np.ndarray:
    found: np.ndarray = 1 / (1 + np.exp(-scores.astype(np.float32)))
    return found


def _mixed(hard: np.ndarray, soft: np.ndarray) -> np.ndarray:
    known = np.where(hard == UNSURE, soft, np.where(np.isnan(soft), hard, HARD * hard + (1 - HARD) * soft))
    return known.astype(np.float32)


def _loss(
    sentences: torch.Tensor, roles: torch.Tensor, batch: dict[str, torch.Tensor], labels: np.ndarray
) -> torch.Tensor:
    loss = functional.binary_cross_entropy_with_logits(sentences, torch.from_numpy(labels))
    known = batch["mask"][..., None] * ~batch["roles"].isnan()
    each = functional.binary_cross_entropy_with_logits(roles, batch["roles"].nan_to_num(0), reduction="none")
    return loss + ROLE_WEIGHT * (each * known).sum() / batch["mask"].sum().clamp(min=1)


def _tables(known: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    return {name: {word: place for place, word in enumerate(words, 1)} for name, words in known.items()}


def encode(row: Row, tables: dict[str, dict[str, int]]) -> dict[str, np.ndarray]:
    """A row as indices."""
    found = {name: np.array([table.get(word, 0) for word in row.strings[name]]) for name, table in tables.items()}
    return {**found, "vectors": row.vectors, "heads": row.heads, "roles": row.roles}


def collate(encoded: Sequence[dict[str, np.ndarray]], vectors: np.ndarray) -> dict[str, torch.Tensor]:
    """Rows side by side, filled up with zeros."""
    length = max(len(row["heads"]) for row in encoded)
    batch: dict[str, torch.Tensor] = {}
    for name in ("words", "endings", "tags", "relations", "heads"):
        table = np.zeros((len(encoded), length), dtype=np.int64)
        for place, row in enumerate(encoded):
            table[place, : len(row[name])] = row[name]
        batch[name] = torch.from_numpy(table)
    wide = np.zeros((len(encoded), length, vectors.shape[1]), dtype=np.float32)
    roles = np.zeros((len(encoded), length, encoded[0]["roles"].shape[1]), dtype=np.float32)
    mask = np.zeros((len(encoded), length), dtype=np.float32)
    for place, row in enumerate(encoded):
        size = len(row["heads"])
        wide[place, :size] = np.where(row["vectors"][:, None] >= 0, vectors[row["vectors"]], 0)
        roles[place, :size], mask[place, :size] = row["roles"], 1
    return {
        **batch,
        "vectors": torch.from_numpy(wide),
        "roles": torch.from_numpy(roles),
        "mask": torch.from_numpy(mask),
    }


def _groups(encoded: Sequence[dict[str, np.ndarray]], rng: random.Random | None) -> list[list[int]]:
    places = list(range(len(encoded)))
    if rng is None:
        places.sort(key=lambda i: len(encoded[i]["heads"]))
        return [places[i : i + BATCH] for i in range(0, len(places), BATCH)]
    rng.shuffle(places)
    pools = [
        sorted(places[i : i + 20 * BATCH], key=lambda j: len(encoded[j]["heads"]))
        for i in range(0, len(places), 20 * BATCH)
    ]
    groups = [pool[i : i + BATCH] for pool in pools for i in range(0, len(pool), BATCH)]
    rng.shuffle(groups)
    return groups


@torch.no_grad()
def _read(
    model: Student, rows: Sequence[Row], known: dict[str, list[str]], vectors: np.ndarray
) -> tuple[np.ndarray, list[np.ndarray]]:
    """The scores of the sentences, and of the words of each."""
    model.eval()
    tables = _tables(known)
    encoded = [encode(row, tables) for row in rows]
    found = np.zeros((len(rows), 2), dtype=np.float32)
    words = [row.roles for row in rows]
    for group in _groups(encoded, None):
        sentences, roles = (scores.numpy() for scores in model(collate([encoded[i] for i in group], vectors)))
        found[group] = sentences
        for place, i in enumerate(group):
            words[i] = roles[place, : len(rows[i].heads)]
    return found, words


def write(model: Student, known: dict[str, list[str]], path: Path) -> None:
    """The weights in half precision and the lists of what is known, as `bot/extract/sense.py` reads them."""
    weights = {name: weight.numpy().astype(np.float16) for name, weight in model.state_dict().items()}
    named = {f"{name}_list": np.array(words) for name, words in known.items()}
    for words in known.values():
        if len({hash_string(word) for word in words}) != len(words):
            raise ValueError("two words have one hash")
    np.savez_compressed(path, **weights, **named)
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path("build/sense"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("steps", nargs="+")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    for step in args.steps if args.steps != ["all"] else ["prepare", "vary", "teach", "ask", "held", "shipped"]:
        match step:
            case "prepare":
                prepare(args.shared, args.work)
            case "vary":
                vary(args.work)
            case "teach":
                teach(args.shared, args.work, BASES, args.threads)
            case "ask":
                ask(args.work, BASES, args.threads)
            case "held" | "shipped":
                students(args.work, [step], args.threads)
            case other:
                parser.error(f"unknown step {other}")


if __name__ == "__main__":
    main()
