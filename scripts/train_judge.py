"""Train the judges of `config/judges/`: which candidates are commitments, and whether "will" is a pledge or a plan.

    python scripts/train_judge.py SHARED

SHARED is the folder with `gold/` and `corpora/`. Each candidate that the rules find in a marked gold sentence, and
whose action fits a marked one, is an example for; every other is one against. `judge_labels.tsv` adds candidates of
other texts in the corpora, each labelled by hand, and `judge_sentences.tsv` sentences written for the purpose, since
the gold holds few of the turns that newspapers use. The judge is a logistic regression with an L2 penalty, fitted by
accelerated gradient steps from zero, so that the same texts and pipeline give the same file.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from model.treebank import read_sentences  # noqa: E402

from bot.extract.candidates import CUES, candidates  # noqa: E402
from bot.extract.commitments import MODALS, evidence_of, parsed_sentences, turned_away, words_of  # noqa: E402
from bot.extract.features import features  # noqa: E402
from bot.extract.judge import FOLDER  # noqa: E402
from bot.extract.parties import load_parties  # noqa: E402
from bot.extract.reading import Reading, read  # noqa: E402
from bot.language import load_nlp  # noqa: E402
from bot.text import document_from_text  # noqa: E402

GOLD = ("news-dev.jsonl", "diplomacy-train.jsonl", "web-train.jsonl")
LABELS = Path(__file__).with_name("judge_labels.tsv")
SENTENCES = Path(__file__).with_name("judge_sentences.tsv")
FOLDS = 5
RARE = 3
PENALTY = 3.0
STEPS = 400
ENOUGH = 0.45
WRITTEN = 1.0
THRESHOLDS = {"commitments": 0.55, "pledge-or-plan": 0.5}
_STOP = frozenset("the a an to of its his her their our has have had will would".split())  # noqa: SIM905
_COMMON = frozenset({"to", "be", "is", "are", "not"})


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate as the judges see it. `kind` is the gold kind where it is a commitment, else ""."""

    document: str
    features: tuple[str, ...]
    kind: str
    modal: bool
    weight: float = 1.0


def words(text: str) -> list[str]:
    """The words that the scorer compares."""
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _STOP]


def likeness(one: str, other: str) -> float:
    """Token F1, as the scorer has it."""
    mine, theirs = Counter(words(one)), Counter(words(other))
    shared = sum((mine & theirs).values())
    return 2 * shared / (mine.total() + theirs.total()) if shared else 0.0


def overlapping(gold: dict[str, Any], start: int, end: int) -> list[dict[str, Any]]:
    """The gold sentences that a stretch covers by half of the shorter."""
    found = []
    for sentence in gold["sentences"]:
        shared = min(end, sentence["end"]) - max(start, sentence["start"])
        if shared > 0 and shared * 2 >= min(end - start, sentence["end"] - sentence["start"]):
            found.append(sentence)
    return found


def examples(gold: dict[str, Any], reading: Reading) -> Iterable[Example]:
    """The candidates of one gold document that stand in annotated sentences and that no rule turns away."""
    book = load_parties()
    for parsed in parsed_sentences(reading, book):
        for candidate in candidates(parsed.tree, parsed.found, book):
            if candidate.content is None or turned_away(candidate):
                continue
            place = evidence_of(parsed, candidate, reading.document)
            near = overlapping(gold, place.start, place.end)
            if not near or all("commitments" in sentence.get("optional", []) for sentence in near):
                continue
            entries = [entry for sentence in near for entry in sentence.get("commitments", [])]
            given = words_of(candidate)
            kind = _kind(candidate.match.text, given, entries)
            found = features(candidate, parsed.setting, book)
            yield Example(gold["id"], found, kind, candidate.cue.name in MODALS, weight_of(gold["id"]))


def weight_of(document: str) -> float:
    """Diplomatic releases make most of the gold; the others count double, for the judge is for all kinds of text."""
    return 1.0 if document.startswith("stategov") else 2.0


def labelled(document: str, reading: Reading, labels: dict[tuple[str, int], str]) -> Iterable[Example]:
    """The candidates of a document that were labelled by hand."""
    book = load_parties()
    for parsed in parsed_sentences(reading, book):
        for candidate in candidates(parsed.tree, parsed.found, book):
            place = (document, parsed.sentence.offset + candidate.match.tokens[0].idx)
            if candidate.content is None or turned_away(candidate) or place not in labels:
                continue
            kind = labels[place].replace("-", "")
            found = features(candidate, parsed.setting, book)
            yield Example(document, found, kind, candidate.cue.name in MODALS, weight_of(document))


def written(row: str, parsed_row: Reading, number: int) -> Iterable[Example]:
    """The candidates of a sentence written for training: those with the bracketed cue, or, where it has none, all."""
    kind, marked = row.split("\t")
    places = bracketed(marked)
    book = load_parties()
    for parsed in parsed_sentences(parsed_row, book):
        for candidate in candidates(parsed.tree, parsed.found, book):
            if candidate.content is None or turned_away(candidate):
                continue
            cue = {parsed.sentence.offset + token.idx for token in candidate.match.tokens}
            if kind == "-" or cue & places:
                found = features(candidate, parsed.setting, book)
                given = kind.replace("-", "")
                yield Example(f"written {number // 3}", found, given, candidate.cue.name in MODALS, WRITTEN)


def bracketed(marked: str) -> set[int]:
    """Where the bracketed words of a sentence begin once the brackets are taken away."""
    places: set[int] = set()
    for count, found in enumerate(re.finditer(r"\[", marked)):
        places.add(found.start() - 2 * count)
    return places


def read_labels(path: Path = LABELS) -> dict[tuple[str, int], str]:
    """The labels by document and place of the cue."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {(document, int(place)): label for document, place, _, label in rows}


def corpus_texts(corpora: Path) -> Iterable[tuple[str, str, str]]:
    """(id, date, text) of the documents in the corpora; treebank sentences are joined as their paragraphs say."""
    with gzip.open(corpora / "stategov.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], row["date"], row["text"]
    texts: dict[str, str] = {}
    for bank in ("en_ewt-train", "en_ewt-dev", "en_gum-train", "en_gum-dev", "en_gum-test"):
        for sentence in read_sentences(corpora / "ud" / f"{bank}.conllu.gz"):
            before = texts.get(sentence.document, "")
            gap = "" if not before else "\n" if sentence.paragraph else " "
            texts[sentence.document] = before + gap + sentence.text
    yield from ((document, "", text) for document, text in texts.items())


def _kind(cue: str, given: str, entries: Sequence[dict[str, Any]]) -> str:
    """The kind of the gold entry that a candidate fits best, "" where it fits none."""
    best, kind = 0.0, ""
    for entry in entries:
        like = likeness(given, entry["action"])
        shared = set(words(cue)) & set(words(entry["cue"])) - _COMMON
        if like > best and (like >= ENOUGH or (shared and like > ENOUGH / 2)):
            best, kind = like, entry["kind"]
    return kind


# Fitting


def vocabulary(rows: Iterable[Example]) -> dict[str, int]:
    """The features that occur often enough to learn from, in a fixed order."""
    counts = Counter(feature for row in rows for feature in row.features)
    return {name: place for place, name in enumerate(sorted(name for name, n in counts.items() if n >= RARE))}


def matrix(rows: Sequence[Example], places: dict[str, int]) -> np.ndarray:
    """One row an example, one column a feature, and a last one for the bias."""
    table = np.zeros((len(rows), len(places) + 1))
    table[:, -1] = 1.0
    for number, row in enumerate(rows):
        for feature in row.features:
            if (place := places.get(feature)) is not None:
                table[number, place] = 1.0
    return table


def fit(table: np.ndarray, wanted: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The weights of a logistic regression; `counts` says how much each row counts. The bias is hardly penalised."""
    penalties = np.full(table.shape[1], PENALTY)
    penalties[-1] = 1e-3
    step = 1 / (0.25 * np.linalg.norm(table * np.sqrt(counts)[:, None], 2) ** 2 + PENALTY)
    weights = np.zeros(table.shape[1])
    ahead, pace = weights.copy(), 1.0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-table @ ahead))
        fresh = ahead - step * (table.T @ (counts * (chance - wanted)) + penalties * ahead)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead, weights, pace = fresh + (pace - 1) / faster * (fresh - weights), fresh, faster
    return weights


def train(rows: Sequence[Example], wanted: Sequence[bool], threshold: float) -> dict[str, Any]:
    """A judge as it is written to its file."""
    places = vocabulary(rows)
    counts = np.array([row.weight for row in rows])
    weights = fit(matrix(rows, places), np.array(wanted, dtype=float), counts)
    table = {name: round(float(weights[place]), 3) for name, place in places.items()}
    return {
        "bias": round(float(weights[-1]), 3),
        "threshold": threshold,
        "weights": {name: weight for name, weight in table.items() if weight},
    }


def train_both(rows: Sequence[Example]) -> dict[str, dict[str, Any]]:
    """Both judges."""
    modal = [row for row in rows if row.modal and row.kind in {"pledge", "plan"}]
    return {
        CUES: train(rows, [bool(row.kind) for row in rows], THRESHOLDS[CUES]),
        "pledge-or-plan": train(modal, [row.kind == "pledge" for row in modal], THRESHOLDS["pledge-or-plan"]),
    }


def fold_of(document: str) -> int:
    """The part of the data that a document belongs to, by a hash of its id."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % FOLDS


# The command


def all_examples(nlp: Language, shared: Path) -> list[Example]:
    """The examples of the gold sets, of the labelled texts and of the written sentences."""
    return [
        *gold_examples(nlp, shared / "gold"),
        *label_examples(nlp, shared / "corpora"),
        *written_examples(nlp),
    ]


def gold_examples(nlp: Language, gold: Path) -> list[Example]:
    """The examples of all gold sets."""
    rows: list[Example] = []
    for name in GOLD:
        for line in (gold / name).read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            rows.extend(examples(document, read_text(nlp, document["text"], document.get("date", ""))))
    return rows


def label_examples(nlp: Language, corpora: Path) -> list[Example]:
    """The examples labelled by hand in the other texts."""
    labels = read_labels()
    wanted = {document for document, _ in labels}
    rows: list[Example] = []
    for document, published, text in corpus_texts(corpora):
        if document in wanted:
            rows.extend(labelled(document, read_text(nlp, text, published), labels))
    return rows


def written_examples(nlp: Language) -> list[Example]:
    """The examples in the sentences written for training."""
    rows: list[Example] = []
    for number, line in enumerate(SENTENCES.read_text(encoding="utf-8").splitlines()):
        if not line.startswith("#"):
            text = line.split("\t")[1].replace("[", "").replace("]", "")
            rows.extend(written(line, read_text(nlp, text, ""), number))
    return rows


def read_text(nlp: Language, text: str, published: str) -> Reading:
    """The parsed text; `published` is an ISO date or empty."""
    day = date.fromisoformat(published[:10]) if published else None
    return read(document_from_text(text, published=day), nlp)


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    nlp = load_nlp()
    rows = all_examples(nlp, shared)
    print(f"{len(rows)} examples, {sum(bool(row.kind) for row in rows)} of them commitments")
    write(train_both(rows))


def write(judges: dict[str, dict[str, Any]], folder: Path = FOLDER) -> None:
    """Write each judge to its file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, judge in judges.items():
        text = json.dumps(judge, indent=0, sort_keys=True, ensure_ascii=False)
        (folder / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
        print(f"{name}: {len(judge['weights'])} weights")


if __name__ == "__main__":
    main()
