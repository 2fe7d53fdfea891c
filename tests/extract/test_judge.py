"""The small trained judge: it adds up weights, and says which counted most."""

import json
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.extract.judge import Judge, load_judge

JUDGE = Judge({"a": 2.0, "b": -1.0, "c": 0.5, "d": -0.25}, bias=-0.5, threshold=0.5)


def test_the_score_is_the_sum_of_the_weights_that_are_known():
    assert JUDGE.weigh(["a", "unknown"]).score == 0.818
    assert JUDGE.weigh([]).score == 0.378


def test_a_feature_counts_once():
    assert JUDGE.weigh(["a", "a"]) == JUDGE.weigh(["a"])


def test_the_threshold_decides():
    assert JUDGE.weigh(["a"]).accepted
    assert not JUDGE.weigh(["b"]).accepted


def test_the_three_heaviest_features_are_named_with_their_sign():
    assert JUDGE.weigh(["d", "c", "b", "a"]).reasons == ("for: a", "against: b", "for: c")


def test_extreme_sums_stay_within_bounds():
    assert Judge({"x": 9e9}, 0, 0.5).weigh(["x"]).score == 1.0
    assert Judge({"x": -9e9}, 0, 0.5).weigh(["x"]).score == 0.0


@pytest.mark.parametrize("name", ["commitments", "pledge-or-plan", "questions", "replies"])
def test_the_judges_that_ship_can_be_loaded(name: str):
    judge = load_judge(name)
    assert len(judge.weights) > 100
    assert 0 < judge.threshold < 1


@pytest.mark.parametrize(
    ("text", "complaint"), [(None, "is missing"), ("{", "is not a judge"), (json.dumps({"bias": 1}), "is not a judge")]
)
def test_a_faulty_judge_is_refused_with_what_to_do(tmp_path: Path, text: str | None, complaint: str):
    if text is not None:
        (tmp_path / "j.json").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"{complaint}.*make judges"):
        load_judge("j", tmp_path)
