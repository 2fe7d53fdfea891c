"""Score the extractor against a gold set: precision, recall and F1 by sentence, slots, and intervals for each.

A gold set has one document a line: `id`, `text`, `title`, `date` and `sentences`, each with `start`, `end`, the
`commitments` and `questions` that readers marked in it, and what is `optional` (marked by one reader only: neither hit
nor miss). A sentence counts as found when some evidence overlaps it by half of the shorter of the two. Slots are
scored on found commitments.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Json = Mapping[str, Any]
Counts = defaultdict[str, float]

GROUPS = ("commitments", "questions")
SLOTS = ("kind_accuracy", "actor_f1", "action_f1", "condition_presence", "condition_f1")
MISS, FALSE_ALARM = "miss", "false alarm"
RESAMPLES = 1000
SEED = 20260314
_STOP = frozenset("the a an to of its his her their our has have had will would".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Mistake:
    """A sentence that was missed, or found without reason.

    `why` is the reason that the extractor gave for what it found, or what became of the nearest cue in what it missed.
    """

    document: str
    group: str
    label: str
    sentence: str
    why: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """What one document, or many, scored: sums that can be added up, so that documents can be drawn again."""

    counts: Mapping[str, float]
    mistakes: tuple[Mistake, ...] = ()
    wrong_quotes: int = 0


Explain = Callable[[Json, Sequence[Mistake]], Sequence[str]]
"""What became of the nearest cue in each missed sentence of a document."""


def score_document(gold: Json, predicted: Json) -> Score:
    """Compare one document's findings (as `extract --json` prints them) with its marked sentences."""
    counts: Counts = defaultdict(float)
    mistakes: list[Mistake] = []
    for group in GROUPS:
        for sentence in gold["sentences"]:
            if group not in sentence.get("optional", []):
                mistake = _score_sentence(gold, sentence, group, predicted.get(group, []), counts)
                mistakes += [mistake] if mistake else []
    return Score(counts, tuple(mistakes), _wrong_quotes(gold["text"], predicted))


def _score_sentence(gold: Json, sentence: Json, group: str, found: Sequence[Json], counts: Counts) -> Mistake | None:
    """Count a sentence, and say what is wrong with it if anything is."""
    hits = hits_in(sentence, found)
    marked = sentence.get(group, [])
    if marked and hits:
        counts[f"{group} tp"] += 1
        if group == "commitments":
            for entry in marked:
                _score_slots(entry, hits, counts)
    if bool(marked) == bool(hits):
        return None
    counts[f"{group} {'fn' if marked else 'fp'}"] += 1
    text = gold["text"][sentence["start"] : sentence["end"]]
    label, why = (MISS, "") if marked else (FALSE_ALARM, " | ".join(map(reason, hits)))
    return Mistake(str(gold["id"]), group, label, text, why, sentence["start"], sentence["end"])


def hits_in(sentence: Json, found: Sequence[Json]) -> list[Json]:
    """The items of which some evidence lies in a sentence."""
    return [item for item in found if any(_overlap(place, sentence) for place in item.get("evidence", []))]


def _score_slots(entry: Json, hits: Sequence[Json], counts: Counts) -> None:
    """Add the slots of the found commitment whose action is closest to the marked one's."""
    best = max(hits, key=lambda item: token_f1(item.get("action") or "", entry["action"]))
    counts["marked"] += 1
    counts["kind"] += best.get("kind") == entry["kind"]
    counts["action"] += token_f1(best.get("action") or "", entry["action"])
    if entry["actor"]:
        actors = best.get("actors", [])
        names = [*actors, best.get("actor_text") or "", " ".join(actors)]
        counts["with actor"] += 1
        counts["actor"] += max(token_f1(name, entry["actor"]) for name in names)
    has, wanted = bool(best.get("condition")), bool(entry["condition"])
    counts["condition tp"] += has and wanted
    counts["condition fp"] += has and not wanted
    counts["condition fn"] += wanted and not has
    if has and wanted:
        counts["condition"] += token_f1(best["condition"], entry["condition"])


def total(scores: Iterable[Score]) -> Score:
    """Several documents as one."""
    counts: Counts = defaultdict(float)
    mistakes: list[Mistake] = []
    wrong = 0
    for score in scores:
        for name, value in score.counts.items():
            counts[name] += value
        mistakes += score.mistakes
        wrong += score.wrong_quotes
    return Score(counts, tuple(mistakes), wrong)


def figures(counts: Mapping[str, float]) -> dict[str, float]:
    """Every figure by name: `commitments f1`, `actor_f1` ..."""
    found: dict[str, float] = {}
    for group in GROUPS:
        tp, fp, fn = (counts.get(f"{group} {name}", 0) for name in ("tp", "fp", "fn"))
        found |= {f"{group} {name}": value for name, value in prf(tp, fp, fn).items()}
    presence = prf(*(counts.get(f"condition {name}", 0) for name in ("tp", "fp", "fn")))
    found["kind_accuracy"] = _share(counts.get("kind", 0), counts.get("marked", 0))
    found["actor_f1"] = _share(counts.get("actor", 0), counts.get("with actor", 0))
    found["action_f1"] = _share(counts.get("action", 0), counts.get("marked", 0))
    found["condition_presence"] = presence["f1"]
    found["condition_f1"] = _share(counts.get("condition", 0), counts.get("condition tp", 0))
    return found


def prf(tp: float, fp: float, fn: float) -> dict[str, float]:
    """Precision, recall and F1; 0 where there is nothing to divide by."""
    p, r = _share(tp, tp + fp), _share(tp, tp + fn)
    return {"p": p, "r": r, "f1": _share(2 * p * r, p + r)}


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def intervals(
    scores: Sequence[Score], *, resamples: int = RESAMPLES, seed: int = SEED
) -> dict[str, tuple[float, float]]:
    """The 95% bootstrap interval of each figure over documents drawn with replacement; the same on every run."""
    draw = random.Random(seed)  # noqa: S311 - statistics, no secret
    samples: dict[str, list[float]] = {}
    for _ in range(resamples if scores else 0):
        counts: dict[str, float] = {}
        for score in draw.choices(scores, k=len(scores)):
            for name, value in score.counts.items():
                counts[name] = counts.get(name, 0) + value
        for name, value in figures(counts).items():
            samples.setdefault(name, []).append(value)
    return {name: _middle(sorted(values)) for name, values in samples.items()}


def _middle(values: Sequence[float]) -> tuple[float, float]:
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]


def summary(gold: Sequence[Json], scores: Sequence[Score], unanswered: Sequence[str] = ()) -> dict[str, Any]:
    """The scorer's figures as one JSON object, rounded to three places."""
    whole = total(scores)
    found = {name: round(value, 3) for name, value in figures(whole.counts).items()}
    groups = {
        group: {name: found[f"{group} {name}"] for name in ("p", "r", "f1")}
        | {name: int(whole.counts.get(f"{group} {name}", 0)) for name in ("tp", "fp", "fn")}
        for group in GROUPS
    }
    return {
        "documents": len(gold),
        "unanswered": sorted(unanswered),
        **groups,
        "slots": {name: found[name] for name in SLOTS},
        "quotes_that_differ_from_the_text": whole.wrong_quotes,
    }


def evaluate(
    gold: Sequence[Json],
    predict: Callable[[Json], Json],
    *,
    explain: Explain | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Score]:
    """Score every document with what `predict` finds in it; `progress` gets the number of documents done.

    `explain` is asked, once a document, why each of its misses was missed.
    """
    scores = []
    for number, document in enumerate(gold, start=1):
        score = score_document(document, predict(document))
        scores.append(_explained(score, document, explain) if explain else score)
        if progress:
            progress(number)
    return scores


def _explained(score: Score, document: Json, explain: Explain) -> Score:
    """The score with a reason beside each miss."""
    missed = [mistake for mistake in score.mistakes if mistake.label == MISS]
    if not missed:
        return score
    whys = dict(zip(missed, explain(document, missed), strict=True))
    mistakes = (replace(mistake, why=whys.get(mistake, mistake.why)) for mistake in score.mistakes)
    return replace(score, mistakes=tuple(mistakes))


def token_f1(one: str, other: str) -> float:
    """The words that two texts share, small words aside, as F1."""
    x, y = _tokens(one), _tokens(other)
    if not x or not y:
        return float(x == y)
    shared = sum((Counter(x) & Counter(y)).values())
    return 2 * shared / (len(x) + len(y))


def _tokens(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _STOP]


def _overlap(place: Json, sentence: Json) -> bool:
    shared = min(place["end"], sentence["end"]) - max(place["start"], sentence["start"])
    shorter = min(place["end"] - place["start"], sentence["end"] - sentence["start"])
    return bool(shared > 0 and shared * 2 >= shorter)


def _wrong_quotes(text: str, predicted: Json) -> int:
    places = [place for group in GROUPS for item in predicted.get(group, []) for place in item.get("evidence", [])]
    return sum("quote" in place and text[place["start"] : place["end"]] != place["quote"] for place in places)


def cue_of(item: Json) -> str:
    """By what an item was found, in a few words: kind, cue (if any) and rule, and the score where a judge had a say."""
    why = item.get("why") or {}
    judged = f", judged {why['score']:.2f}" if why.get("score") is not None else ""
    cue = f"“{why['cue']}” by " if why.get("cue") else ""
    return f"{item.get('kind')}: {cue}{why.get('rule', '')}{judged}"


def reason(item: Json) -> str:
    """Why an item was found, in a line: `cue_of` with the features that weighed most."""
    why = item.get("why") or {}
    return "; ".join([cue_of(item), *why.get("features", [])])
