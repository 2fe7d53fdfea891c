"""Forms of the verbs that the cue files name."""

from pathlib import Path

import pytest

from bot.extract.lemmas import forms, verb_lemmas


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("deploy", ("deployed", "deploying", "deploys")),
        ("impose", ("imposed", "imposing", "imposes")),
        ("rely", ("relied", "relying", "relies")),
        ("commit", ("commited", "committed", "commiting", "committing", "commits")),
        ("agree", ("agreed", "agreeing", "agrees")),
        ("pass", ("passed", "passing", "passes")),
        ("panic", ("panicked", "panicking", "panics")),
    ],
)
def test_regular_forms_follow_the_spelling_rules(verb: str, expected: tuple[str, ...]):
    assert forms(verb) == expected


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("pledged", "pledge"), ("committing", "commit"), ("announces", "announce"), ("designating", "designate")],
)
def test_the_forms_of_listed_verbs_are_known(form: str, lemma: str):
    assert verb_lemmas()[form] == lemma


def test_a_broken_file_is_left_to_its_own_reader(tmp_path: Path):
    (tmp_path / "bad.toml").write_text("[[cue]", encoding="utf-8")
    (tmp_path / "good.toml").write_text('[words]\nlist = ["pledge"]', encoding="utf-8")
    assert verb_lemmas(tmp_path) == {"pledged": "pledge", "pledging": "pledge", "pledges": "pledge"}
