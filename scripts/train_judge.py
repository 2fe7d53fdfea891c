"""Train judges of `config/judges/`: which candidates are commitments, which open questions, which "will" a pledge.

    python scripts/train_judge.py SHARED

SHARED is the folder with `gold/` and `corpora/`. Each candidate that the rules find in a marked sentence of the gold
sets, of the annotated texts (`scripts/sense/texts/`) or of the corpora (`scripts/sense/marks.jsonl`), and whose action
fits a marked one, is an example for; every other is one against. `judge_labels.tsv` adds candidates of texts in the
corpora, each labelled by hand, and `judge_sentences.tsv` sentences written for the purpose. A candidate for an open
question is an example for where its matter or its cue is like a marked one. How much the network's reading counts is
learnt from documents that it does not know (`build/sense/held.npz`, made by `make sense`). A judge is a logistic
regression with an L2 penalty, fitted by accelerated gradient steps from zero, so that the same texts and pipeline give
the same file.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from sense.marks import MARKS, corpus_texts, marked  # noqa: E402
from sense.texts import TEXTS, as_gold, is_held, rows_of  # noqa: E402

from bot.extract import doubt  # noqa: E402
from bot.extract.asking import Candidate as Asking  # noqa: E402
from bot.extract.asking import Ground  # noqa: E402
from bot.extract.candidates import CUES, Candidate, candidates  # noqa: E402
from bot.extract.commitments import MODALS, Parsed, evidence_of, parsed_sentences, words_of  # noqa: E402
from bot.extract.features import features, measures  # noqa: E402
from bot.extract.judge import FOLDER  # noqa: E402
from bot.extract.parties import load_parties  # noqa: E402
from bot.extract.questions import candidates_in  # noqa: E402
from bot.extract.reading import Reading, parse, sensed  # noqa: E402
from bot.extract.rejections import turned_away  # noqa: E402
from bot.extract.sense import Network, Sense, load_network  # noqa: E402
from bot.language import load_nlp  # noqa: E402
from bot.text import document_from_text  # noqa: E402

GOLD = ("news-dev.jsonl", "diplomacy-train.jsonl", "web-train.jsonl")
ASKED = "questions-train.jsonl"
LABELS = Path(__file__).with_name("judge_labels.tsv")
SENTENCES = Path(__file__).with_name("judge_sentences.tsv")
HELD_NETWORK = ROOT / "build" / "sense" / "held.npz"
RARE = 3
PENALTY = 3.0
STEPS = 400
ENOUGH, ASKED_ENOUGH = 0.45, 0.3
WRITTEN = 1.0
PLEDGE = "pledge-or-plan"
THRESHOLDS = {CUES: 0.5, PLEDGE: 0.5, doubt.JUDGE: 0.45}
_STOP = frozenset("the a an to of its his her their our has have had will would".split())  # noqa: SIM905
_COMMON = frozenset({"to", "be", "is", "are", "not"})


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate as a judge sees it. `kind` is the gold kind where it is what the judge looks for, else ""."""

    document: str
    features: tuple[str, ...]
    measures: tuple[tuple[str, float], ...]
    kind: str
    modal: bool = False
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


def judged(reading: Reading) -> list[Judged]:
    """The candidates of a document that have an action and that no rule turns away."""
    book = load_parties()
    return [
        Judged(parsed, candidate, reading.sense_of(parsed.sentence))
        for parsed in parsed_sentences(reading, book)
        for candidate in candidates(parsed.tree, parsed.found, book)
        if candidate.content is not None and not turned_away(candidate)
    ]


def question_examples(gold: dict[str, Any], reading: Reading) -> Iterator[Example]:
    """The candidates for open questions of one gold document that stand in annotated sentences."""
    for sentence, every in candidates_in(reading):
        near = overlapping(gold, sentence.start, sentence.end)
        if not near or all("questions" in each.get("optional", []) for each in near):
            continue
        entries = [entry for each in near for entry in each.get("questions", [])]
        for candidate in every:
            if candidate.ground is Ground.PUT:
                continue  # of these the judge of replies decides
            sizes = tuple(doubt.measures(candidate, reading).items())
            whole = candidate.ground is Ground.UNNAMED and not candidate.signs
            kind = entries[0]["kind"] if whole and entries else _asked_kind(candidate, entries)
            yield Example(gold["id"], doubt.features(candidate), sizes, kind, weight=weight_of(gold["id"]))


def _asked_kind(candidate: Asking, entries: Sequence[dict[str, Any]]) -> str:
    """The kind of the gold entry whose matter or cue a candidate's is most like, "" where it is like none."""
    cue, content = candidate.cue, candidate.phrased.content
    alike = [
        (max(likeness(content, entry["content"]), likeness(cue, entry["cue"])), entry["kind"]) for entry in entries
    ]
    best, kind = max(alike, default=(0.0, ""))
    return kind if best >= ASKED_ENOUGH else ""


def examples(gold: dict[str, Any], reading: Reading) -> Iterable[Example]:
    """The candidates for commitments of one gold document that stand in annotated sentences."""
    for each in judged(reading):
        place = evidence_of(each.parsed, each.candidate, reading.document)
        near = overlapping(gold, place.start, place.end)
        if not near or all("commitments" in sentence.get("optional", []) for sentence in near):
            continue
        entries = [entry for sentence in near for entry in sentence.get("commitments", [])]
        kind = _kind(each.candidate.match.text, words_of(each.candidate, each.candidate.actor), entries)
        yield each.example(gold["id"], kind, weight_of(gold["id"]))


def weight_of(document: str) -> float:
    """Diplomatic releases make most of the gold; the others count double, for the judge is for all kinds of text."""
    return 1.0 if document.startswith("stategov") else 2.0


def labelled(document: str, reading: Reading, labels: dict[tuple[str, int], str]) -> Iterable[Example]:
    """The candidates of a document that were labelled by hand."""
    for each in judged(reading):
        place = (document, each.parsed.sentence.offset + each.candidate.match.tokens[0].idx)
        if place in labels:
            yield each.example(document, labels[place].replace("-", ""), weight_of(document))


def written(row: str, parsed_row: Reading, number: int) -> Iterable[Example]:
    """The candidates of a sentence written for training: those with the bracketed cue, or, where it has none, all."""
    kind, marked = row.split("\t")
    places = bracketed(marked)
    for each in judged(parsed_row):
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


def train_all(rows: Sequence[Example], asked: Sequence[Example], *, apart: bool = False) -> dict[str, dict[str, Any]]:
    """All judges: `rows` are the candidates for commitments, `asked` those for open questions.

    With `apart`, they learn from the documents of part HELD only how much the network's reading counts.
    """
    modal = [
        row for row in rows if row.modal and row.kind in {"pledge", "plan"} and not (apart and is_held(row.document))
    ]
    return {
        CUES: _with_network(rows, THRESHOLDS[CUES], apart=apart),
        PLEDGE: train(modal, THRESHOLDS[PLEDGE], lambda row: row.kind == "pledge"),
        doubt.JUDGE: _with_network(asked, THRESHOLDS[doubt.JUDGE], apart=apart),
    }


def _with_network(rows: Sequence[Example], threshold: float, *, apart: bool) -> dict[str, Any]:
    """A judge that weighs the network's reading, too; rows that have measures say how much it counts.

    The network knows the other documents by heart, so only where it does not is there something to learn from it.
    """
    held = [row for row in rows if row.measures]
    unseen = {row.document for row in held}
    blind = train([row for row in rows if row.document not in unseen], threshold)
    names = sorted({name for row in held for name, _ in row.measures})
    return _stacked(blind if apart else train(rows, threshold), names, _shares(blind, names, held))


def _shares(judge: dict[str, Any], names: Sequence[str], held: Sequence[Example]) -> np.ndarray:
    """How much the judge's own sum counts, then each measure, then a constant."""
    sums = [judge["bias"] + sum(judge["weights"].get(name, 0.0) for name in set(row.features)) for row in held]
    table = np.zeros((len(held), len(names) + 2))
    table[:, 0], table[:, -1] = sums, 1.0
    for number, row in enumerate(held):
        for name, size in row.measures:
            table[number, 1 + names.index(name)] = size
    wanted = np.array([bool(row.kind) for row in held], dtype=float)
    return fit(table, wanted, np.ones(len(held)), penalty=1.0, steps=4000)


def _stacked(judge: dict[str, Any], names: Sequence[str], shares: np.ndarray) -> dict[str, Any]:
    own, *reading, constant = (float(share) for share in shares)
    weights = {name: round(own * weight, 3) for name, weight in judge["weights"].items()}
    weights |= {name: round(share, 3) for name, share in zip(names, reading, strict=True)}
    return judge | {"bias": round(own * judge["bias"] + constant, 3), "weights": weights}


# The command


Documents = dict[str, list[tuple[dict[str, Any], Reading]]]


def gold_documents(nlp: Language, gold: Path, network: Network, names: Sequence[str] = (*GOLD, ASKED)) -> Documents:
    """The documents of the gold sets by set, parsed; `network` reads those of part HELD, which it does not know."""
    return {name: [_with_reading(nlp, each, network) for each in rows_of(gold / name)] for name in names}


def text_documents(nlp: Language, corpora: Path, network: Network) -> Documents:
    """The annotated texts by file, and the annotated documents of the corpora, parsed and read likewise."""
    files = {path.name: as_gold(path) for path in sorted(TEXTS.glob("*.txt"))} | {MARKS.name: marked(corpora)}
    return {name: [_with_reading(nlp, each, network) for each in documents] for name, documents in files.items()}


def _with_reading(nlp: Language, document: dict[str, Any], network: Network) -> tuple[dict[str, Any], Reading]:
    reading = read_text(nlp, document["text"], document.get("date", ""))
    return document, sensed(reading, network) if is_held(document["id"]) else reading


def all_examples(nlp: Language, shared: Path, documents: Documents) -> list[Example]:
    """The candidates for commitments in annotated documents, in the labelled texts and in the written sentences."""
    annotated = [pair for name, rows in documents.items() if name != ASKED for pair in rows]
    return [
        *(example for gold, reading in annotated for example in examples(gold, reading)),
        *label_examples(nlp, shared / "corpora"),
        *written_examples(nlp),
    ]


def all_question_examples(documents: Documents) -> list[Example]:
    """The candidates for open questions in annotated documents."""
    return [example for rows in documents.values() for gold, read in rows for example in question_examples(gold, read)]


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
    return parse(document_from_text(text, published=day), nlp)


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    nlp = load_nlp()
    network = load_network(HELD_NETWORK)
    documents = gold_documents(nlp, shared / "gold", network) | text_documents(nlp, shared / "corpora", network)
    rows, asked = all_examples(nlp, shared, documents), all_question_examples(documents)
    for name, found in (("commitments", rows), ("open questions", asked)):
        print(f"{len(found)} candidates, {sum(bool(row.kind) for row in found)} of them {name}")
    write(train_all(rows, asked))


def write(judges: dict[str, dict[str, Any]], folder: Path = FOLDER) -> None:
    """Write each judge to its file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, judge in judges.items():
        text = json.dumps(judge, indent=0, sort_keys=True, ensure_ascii=False)
        (folder / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
        print(f"{name}: {len(judge['weights'])} weights")


if __name__ == "__main__":
    main()
