"""The scorer's figures: the same as the yardstick's own, with intervals that are the same on every run."""

import json
import random
import subprocess
import sys

import pytest

from bot.evaluate import Score, evaluate, figures, intervals, prf, score_document, summary, token_f1, total

TEXT = "Norland vows to build a bridge if it is paid. Nobody came. Is it true? The Isles will leave."
STARTS = [0, 46, 59, 71]
ENDS = [45, 58, 70, len(TEXT)]


def gold(**sentences):
    """A document of four sentences; `s0=...` gives what is marked in the first."""
    rows = [
        {"id": str(n), "start": STARTS[n], "end": ENDS[n], **sentences.get(f"s{n}", {})} for n in range(len(STARTS))
    ]
    return {"id": "d", "text": TEXT, "sentences": rows}


def marked(**slots):
    return {"kind": "pledge", "actor": "Norland", "action": "build a bridge", "condition": "if it is paid", **slots}


def found(number=0, **slots):
    place = {"start": STARTS[number], "end": ENDS[number], "quote": TEXT[STARTS[number] : ENDS[number]]}
    item = {"kind": "pledge", "actors": ["Norland"], "actor_text": "Norland", "action": "build a bridge"}
    return {**item, "condition": "if it is paid", "why": {"cue": "vows", "rule": "verb"}, "evidence": [place], **slots}


def test_a_sentence_found_is_a_hit_with_all_its_slots():
    score = score_document(gold(s0={"commitments": [marked()]}), {"commitments": [found()]})
    assert figures(score.counts) | {"commitments f1": 1.0, "kind_accuracy": 1.0} == figures(score.counts)
    assert [
        figures(score.counts)[name] for name in ("actor_f1", "action_f1", "condition_presence", "condition_f1")
    ] == [1.0] * 4
    assert score.mistakes == ()


def test_a_sentence_missed_and_one_found_without_reason_are_mistakes_with_their_words():
    score = score_document(gold(s0={"commitments": [marked()]}), {"commitments": [found(3)]})
    assert [(each.label, each.sentence) for each in score.mistakes] == [
        ("miss", TEXT[:45]),
        ("false alarm", "The Isles will leave."),
    ]
    assert score.mistakes[1].why == "pledge: “vows” by verb"


def test_the_judges_score_stands_in_the_reason_of_a_false_alarm():
    judged = found(3, why={"cue": "will", "rule": "modal", "score": 0.618})
    assert score_document(gold(), {"commitments": [judged]}).mistakes[0].why == "pledge: “will” by modal, judged 0.62"


def test_the_features_that_weighed_most_stand_in_the_reason_of_a_false_alarm():
    judged = found(3, why={"cue": "will", "rule": "modal", "score": 0.618, "features": ["for: deed", "against: past"]})
    (mistake,) = score_document(gold(), {"commitments": [judged]}).mistakes
    assert mistake.why == "pledge: “will” by modal, judged 0.62; for: deed; against: past"


def test_a_false_alarm_gives_the_reason_of_every_item_found_there():
    (mistake,) = score_document(gold(), {"commitments": [found(3), found(3, kind="offer")]}).mistakes
    assert mistake.why == "pledge: “vows” by verb | offer: “vows” by verb"


def test_the_reason_of_each_miss_is_asked_for_once_a_document():
    asked: list[tuple[str, list[tuple[str, int, int]]]] = []

    def explain(document, missed):
        asked.append((document["id"], [(each.group, each.start, each.end) for each in missed]))
        return [f"reason {number}" for number in range(len(missed))]

    document = gold(s0={"commitments": [marked()]}, s2={"questions": [{"kind": "direct"}]})
    (score,) = evaluate([document], lambda _: {"commitments": [found(3)]}, explain=explain)
    assert asked == [("d", [("commitments", 0, 45), ("questions", 59, 70)])]
    assert [(each.label, each.why) for each in score.mistakes] == [
        ("miss", "reason 0"),
        ("false alarm", "pledge: “vows” by verb"),
        ("miss", "reason 1"),
    ]


def test_a_document_without_misses_is_not_asked_about():
    def explain(document, missed):
        raise AssertionError(document, missed)

    (score,) = evaluate([gold()], lambda _: {"commitments": [found(3)]}, explain=explain)
    assert [each.label for each in score.mistakes] == ["false alarm"]


def test_what_only_one_reader_marked_is_neither_hit_nor_miss():
    document = gold(s0={"commitments": [marked()], "optional": ["commitments"]})
    assert not any(score_document(document, {}).counts.values())
    assert not any(score_document(document, {"commitments": [found()]}).counts.values())


def test_half_of_the_shorter_span_is_enough_and_less_is_not():
    half = {"start": 0, "end": 22}
    document = gold(s0={"commitments": [marked()]})
    assert score_document(document, {"commitments": [found(evidence=[half])]}).counts["commitments tp"] == 1
    over = {"start": 40, "end": 58}
    assert score_document(document, {"commitments": [found(evidence=[over])]}).counts.get("commitments tp", 0) == 0


def test_questions_have_no_slots():
    score = score_document(gold(s2={"questions": [{"kind": "direct"}]}), {"questions": [found(2)]})
    assert score.counts["questions tp"] == 1
    assert "marked" not in score.counts


def test_an_actor_that_is_not_marked_is_not_scored():
    score = score_document(gold(s0={"commitments": [marked(actor="")]}), {"commitments": [found()]})
    assert "with actor" not in score.counts


def test_a_condition_too_many_and_one_too_few_are_counted():
    few = score_document(gold(s0={"commitments": [marked()]}), {"commitments": [found(condition=None)]})
    many = score_document(gold(s0={"commitments": [marked(condition="")]}), {"commitments": [found()]})
    assert (few.counts["condition fn"], many.counts["condition fp"]) == (1, 1)


def test_a_quote_that_differs_from_the_text_is_counted():
    wrong = found(evidence=[{"start": 0, "end": 45, "quote": "other words"}])
    assert score_document(gold(), {"commitments": [wrong]}).wrong_quotes == 1


@pytest.mark.parametrize(
    ("one", "other", "f1"),
    [
        ("build a bridge", "build the bridge", 1.0),
        ("", "", 1.0),
        ("x", "", 0.0),
        ("build bridges", "build a bridge", 0.5),
    ],
)
def test_words_are_compared_without_small_words(one, other, f1):
    assert token_f1(one, other) == f1


def test_nothing_found_divides_by_nothing():
    assert prf(0, 0, 0) == {"p": 0.0, "r": 0.0, "f1": 0.0}


def test_documents_add_up():
    one = Score({"commitments tp": 1}, wrong_quotes=1)
    assert total([one, one]).counts["commitments tp"] == 2
    assert total([one, one]).wrong_quotes == 2


def test_intervals_hold_the_figure_and_are_the_same_on_every_run():
    scores = [Score({"commitments tp": n % 3, "commitments fn": 1}) for n in range(40)]
    figure = figures(total(scores).counts)["commitments r"]
    low, high = intervals(scores, resamples=200)["commitments r"]
    assert low < figure < high
    assert intervals(scores, resamples=200) == intervals(scores, resamples=200)


def test_no_documents_give_no_intervals():
    assert intervals([]) == {}


def test_progress_is_told_document_by_document():
    told: list[int] = []
    evaluate([gold(), gold()], lambda _: {}, progress=told.append)
    assert told == [1, 2]


def noisy(document, draw):
    """Predictions with hits, misses, false alarms, wrong slots and wrong quotes."""
    out = {"id": document["id"], "commitments": [], "questions": []}
    for sentence in document["sentences"]:
        for group in ("commitments", "questions"):
            entries = sentence.get(group, [])
            if draw.random() > (0.8 if entries else 0.05):
                continue
            entry = draw.choice(entries) if entries else {}
            start, end = sentence["start"] + draw.randint(0, 9), sentence["end"] - draw.randint(0, 9)
            quote = document["text"][start:end] if draw.random() > 0.02 else "not the quote"
            item = {
                "kind": entry.get("kind") if draw.random() > 0.3 else "plan",
                "actors": draw.choice([[], ["France"], [entry.get("actor") or "We", "Germany"]]),
                "actor_text": draw.choice(["", entry.get("actor") or "", "the company"]),
                "action": draw.choice(
                    [None, entry.get("action") or "", "to do it", (entry.get("action") or "x y")[:20]]
                ),
                "condition": draw.choice([None, "", entry.get("condition"), "if so"]),
                "evidence": [{"start": start, "end": end, "quote": quote}],
            }
            out[group].append(item)
    return out


@pytest.mark.parametrize("name", ["news-dev", "diplomacy-train", "web-train", "questions-train"])
def test_the_figures_are_those_of_the_yardsticks_own_scorer(shared, tmp_path, name):
    path = shared / "gold" / f"{name}.jsonl"
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    draw = random.Random(7)
    predicted = {each["id"]: noisy(each, draw) for each in documents if draw.random() > 0.05}
    written = tmp_path / "predicted.jsonl"
    written.write_text("\n".join(map(json.dumps, predicted.values())), encoding="utf-8")
    command = [sys.executable, str(shared / "gold" / "score.py"), str(path), str(written), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    scores = evaluate(documents, lambda row: predicted.get(row["id"], {}))
    ours = summary(documents, scores, [each["id"] for each in documents if each["id"] not in predicted])
    assert ours == theirs
