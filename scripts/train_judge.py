"""Train the judges of `config/judges/`: which candidates are commitments, and whether "will" is a pledge or a plan.

    python scripts/train_judge.py SHARED

SHARED is the folder with `gold/` and `corpora/`. Each candidate that the rules find in a marked sentence of the gold
sets or of the annotated texts (`scripts/sense/texts/`), and whose action fits a marked one, is an example for; every
other is one against. `judge_labels.tsv` adds candidates of other texts in the corpora, each labelled by hand, and
`judge_sentences.tsv` sentences written for the purpose. How much the network's reading counts is learnt from documents
that it does not know (`build/sense/held.npz`, made by `make sense`). The judge is a logistic regression with an L2
penalty, fitted by accelerated gradient steps from zero, so that the same texts and pipeline give the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from model.treebank import read_sentences  # noqa: E402
from sense.texts import TEXTS, as_gold, is_held, rows_of  # noqa: E402

from bot.extract.candidates import CUES, Candidate, candidates  # noqa: E402
from bot.extract.commitments import MODALS, Parsed, evidence_of, parsed_sentences, turned_away, words_of  # noqa: E402
from bot.extract.features import features, measures  # noqa: E402
from bot.extract.judge import FOLDER  # noqa: E402
from bot.extract.parties import load_parties  # noqa: E402
from bot.extract.reading import Reading, read  # noqa: E402
from bot.extract.sense import Network, Sense, load_network, senses  # noqa: E402
from bot.language import load_nlp  # noqa: E402
from bot.text import document_from_text  # noqa: E402

GOLD = ("news-dev.jsonl", "diplomacy-train.jsonl", "web-train.jsonl")
LABELS = Path(__file__).with_name("judge_labels.tsv")
SENTENCES = Path(__file__).with_name("judge_sentences.tsv")
HELD_NETWORK = ROOT / "build" / "sense" / "held.npz"
MEASURE = "reads like an undertaking"
RARE = 3
PENALTY = 3.0
STEPS = 400
ENOUGH = 0.45
WRITTEN = 1.0
THRESHOLDS = {"commitments": 0.45, "pledge-or-plan": 0.5}
_STOP = frozenset("the a an to of its his her their our has have had will would".split())  # noqa: SIM905
_COMMON = frozenset({"to", "be", "is", "are", "not"})


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate as the judges see it. `kind` is the gold kind where it is a commitment, else ""."""

    document: str
    features: tuple[str, ...]
    measures: tuple[tuple[str, float], ...]
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


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate that a judge decides about, in its sentence."""

    parsed: Parsed
    candidate: Candidate
    sense: Sense | None

    def example(self, document: str, kind: str, weight: float) -> Example:
        """The candidate as an example; `kind` is "" where it is no commitment."""
        found = features(self.candidate, self.parsed.setting, load_parties())
        sizes = tuple(measures(self.candidate, self.sense).items())
        return Example(document, found, sizes, kind, self.candidate.cue.name in MODALS, weight)


def judged(reading: Reading, network: Network | None) -> list[Judged]:
    """The candidates of a document that have an action and that no rule turns away; without a network, no sense."""
    book = load_parties()
    found = [
        (parsed, candidate)
        for parsed in parsed_sentences(reading, book)
        for candidate in candidates(parsed.tree, parsed.found, book)
        if candidate.content is not None and not turned_away(candidate)
    ]
    if network is None:
        return [Judged(parsed, candidate, None) for parsed, candidate in found]
    read = senses([parsed.sentence.span for parsed, _ in found], network)
    return [Judged(parsed, candidate, sense) for (parsed, candidate), sense in zip(found, read, strict=True)]


def examples(gold: dict[str, Any], reading: Reading, network: Network | None = None) -> Iterable[Example]:
    """The candidates of one gold document that stand in annotated sentences."""
    for each in judged(reading, network):
        place = evidence_of(each.parsed, each.candidate, reading.document)
        near = overlapping(gold, place.start, place.end)
        if not near or all("commitments" in sentence.get("optional", []) for sentence in near):
            continue
        entries = [entry for sentence in near for entry in sentence.get("commitments", [])]
        kind = _kind(each.candidate.match.text, words_of(each.candidate), entries)
        yield each.example(gold["id"], kind, weight_of(gold["id"]))


def weight_of(document: str) -> float:
    """Diplomatic releases make most of the gold; the others count double, for the judge is for all kinds of text."""
    return 1.0 if document.startswith("stategov") else 2.0


def labelled(document: str, reading: Reading, labels: dict[tuple[str, int], str]) -> Iterable[Example]:
    """The candidates of a document that were labelled by hand."""
    for each in judged(reading, None):
        place = (document, each.parsed.sentence.offset + each.candidate.match.tokens[0].idx)
        if place in labels:
            yield each.example(document, labels[place].replace("-", ""), weight_of(document))


def written(row: str, parsed_row: Reading, number: int) -> Iterable[Example]:
    """The candidates of a sentence written for training: those with the bracketed cue, or, where it has none, all."""
    kind, marked = row.split("\t")
    places = bracketed(marked)
    for each in judged(parsed_row, None):
        cue = {each.parsed.sentence.offset + token.idx for token in each.candidate.match.tokens}
        if kind == "-" or cue & places:
            yield each.example(f"written {number // 3}", kind.replace("-", ""), WRITTEN)


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


def fit(
    table: np.ndarray, wanted: np.ndarray, counts: np.ndarray, *, penalty: float = PENALTY, steps: int = STEPS
) -> np.ndarray:
    """The weights of a logistic regression; `counts` says how much each row counts. The bias is hardly penalised."""
    penalties = np.full(table.shape[1], penalty)
    penalties[-1] = 1e-3
    step = 1 / (0.25 * _greatest(table * np.sqrt(counts)[:, None]) + penalty)
    weights = np.zeros(table.shape[1])
    ahead, pace = weights.copy(), 1.0
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-table @ ahead))
        fresh = ahead - step * (table.T @ (counts * (chance - wanted)) + penalties * ahead)
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead, weights, pace = fresh + (pace - 1) / faster * (fresh - weights), fresh, faster
    return weights


def _greatest(table: np.ndarray) -> float:
    """The square of the greatest singular value, by power iteration, and a little more to be on the safe side."""
    vector = np.ones(table.shape[1])
    for _ in range(60):
        vector = table.T @ (table @ (vector / np.linalg.norm(vector)))
    return 1.02 * float(np.linalg.norm(vector))


def train(
    rows: Sequence[Example], threshold: float, wanted: Callable[[Example], bool] = lambda row: bool(row.kind)
) -> dict[str, Any]:
    """A judge as it is written to its file; `wanted` tells what it shall accept."""
    places = vocabulary(rows)
    counts = np.array([row.weight for row in rows])
    weights = fit(matrix(rows, places), np.array([wanted(row) for row in rows], dtype=float), counts)
    table = {name: round(float(weights[place]), 3) for name, place in places.items()}
    return {
        "bias": round(float(weights[-1]), 3),
        "threshold": threshold,
        "weights": {name: weight for name, weight in table.items() if weight},
    }


def train_both(rows: Sequence[Example], held: Sequence[Example]) -> dict[str, dict[str, Any]]:
    """Both judges, fitted to `rows`; the examples in `held` say how much the network's reading counts beside that.

    The network knows the other documents by heart, so only where it does not is there something to learn from it.
    """
    modal = [row for row in rows if row.modal and row.kind in {"pledge", "plan"}]
    apart = {row.document for row in held}
    blind = train([row for row in rows if row.document not in apart], THRESHOLDS[CUES])
    return {
        CUES: _stacked(train(rows, THRESHOLDS[CUES]), _shares(blind, held)),
        "pledge-or-plan": train(modal, THRESHOLDS["pledge-or-plan"], lambda row: row.kind == "pledge"),
    }


FAMILIES = ("modal", "noun", "verb")


def _shares(judge: dict[str, Any], held: Sequence[Example]) -> np.ndarray:
    """How much the judge's own sum counts, then the network's reading for each family, then a constant."""
    sums = [judge["bias"] + sum(judge["weights"].get(name, 0.0) for name in set(row.features)) for row in held]
    table = np.zeros((len(held), len(FAMILIES) + 2))
    table[:, 0], table[:, -1] = sums, 1.0
    for number, row in enumerate(held):
        for name, size in row.measures:
            table[number, 1 + FAMILIES.index(name.rpartition(" ")[2])] = size
    wanted = np.array([bool(row.kind) for row in held], dtype=float)
    return fit(table, wanted, np.ones(len(held)), penalty=1.0, steps=4000)


def _stacked(judge: dict[str, Any], shares: np.ndarray) -> dict[str, Any]:
    own, *reading, constant = (float(share) for share in shares)
    weights = {name: round(own * weight, 3) for name, weight in judge["weights"].items()}
    weights |= {f"{MEASURE}, {family}": round(share, 3) for family, share in zip(FAMILIES, reading, strict=True)}
    return judge | {"bias": round(own * judge["bias"] + constant, 3), "weights": weights}


# The command


Documents = dict[str, list[tuple[dict[str, Any], Reading]]]


def gold_documents(nlp: Language, gold: Path, names: Sequence[str] = GOLD) -> Documents:
    """The documents of the gold sets, parsed, by set."""
    return {name: [_with_reading(nlp, each) for each in rows_of(gold / name)] for name in names}


def text_documents(nlp: Language) -> Documents:
    """The annotated texts, parsed, by file."""
    return {path.name: [_with_reading(nlp, each) for each in as_gold(path)] for path in sorted(TEXTS.glob("*.txt"))}


def _with_reading(nlp: Language, document: dict[str, Any]) -> tuple[dict[str, Any], Reading]:
    return document, read_text(nlp, document["text"], document.get("date", ""))


def all_examples(nlp: Language, shared: Path, documents: Documents) -> list[Example]:
    """The examples of annotated documents, of the labelled texts and of the written sentences."""
    return [
        *gold_examples(documents, load_network(HELD_NETWORK)),
        *label_examples(nlp, shared / "corpora"),
        *written_examples(nlp),
    ]


def gold_examples(documents: Documents, network: Network) -> list[Example]:
    """The examples of annotated documents; `network` reads those of part HELD, which it has not learnt from."""
    return [
        example
        for rows in documents.values()
        for gold, reading in rows
        for example in examples(gold, reading, network if is_held(gold["id"]) else None)
    ]


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
    documents = gold_documents(nlp, shared / "gold") | text_documents(nlp)
    rows = all_examples(nlp, shared, documents)
    print(f"{len(rows)} examples, {sum(bool(row.kind) for row in rows)} of them commitments")
    write(train_both(rows, [row for row in rows if row.measures]))


def write(judges: dict[str, dict[str, Any]], folder: Path = FOLDER) -> None:
    """Write each judge to its file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, judge in judges.items():
        text = json.dumps(judge, indent=0, sort_keys=True, ensure_ascii=False)
        (folder / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
        print(f"{name}: {len(judge['weights'])} weights")


if __name__ == "__main__":
    main()
