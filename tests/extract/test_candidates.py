"""What a cue governs and who stands by it, where the two do not stand side by side."""

import pytest

from bot.extract.commitments import find_commitments
from tests.extract.readings import reading, with_action

pytestmark = pytest.mark.model

FOUND = [
    ("A ship with the first 28 tonnes is due to load at Rouen in April.", "be set", "load", "ship"),
    ("We renew our commitments and efforts to combat child labor.", "commitment", "combat", "We"),
    ("The drivers voted by a large majority to stay out on Wednesday.", "decide", "stay", "drivers"),
    ("We welcome Belgium's announcement to spend more on defence.", "an announcement", "spend", "Belgium"),
    ("We do have a planned meeting on the 24th in Vienna.", "plan", "meeting", "We"),
    ("She spoke of the company's planned sale of the yard.", "plan", "sale", "company"),
    ("I have authorized a drawdown of weapons for Ukraine.", "authorize", "drawdown", "I"),
    ("He praised the readiness of France, with its allies, to send ships.", "readiness", "send", "France"),
]
MEANS = "Norway's ministers voted by a large majority to send two ships."
NONE = [
    ("The board decided in a meeting to which nobody came.", "decide"),
    ("She read the announcement made by the bank.", "an announcement"),
]


def of(nlp, sentence: str, cue: str) -> list[tuple[str, str]]:
    """The action's first word and the actor of each candidate of a cue."""
    return [(str(each.content), str(each.actor)) for each in with_action(nlp, sentence) if each.cue.name == cue]


@pytest.mark.parametrize(("sentence", "cue", "content", "actor"), FOUND)
def test_the_action_is_found_where_it_stands_apart_from_its_cue(nlp, sentence, cue, content, actor):
    assert of(nlp, sentence, cue) == [(content, actor)]


@pytest.mark.parametrize(("sentence", "cue"), NONE)
def test_a_cue_that_governs_nothing_has_no_action(nlp, sentence, cue):
    assert of(nlp, sentence, cue) == []


def test_what_a_vote_is_won_by_is_nobody_who_acts(nlp):
    assert of(nlp, MEANS, "decide") == [("send", "ministers")]


def test_whose_plan_it_is_does_not_stand_in_the_action(nlp):
    (found,) = find_commitments(reading(nlp, "She welcomed President Aliyev\u2019s planned meeting with the Council."))
    assert found.action == "meeting with the Council"
    assert found.actor_text == "President Aliyev"


def test_a_spokesman_is_no_it(nlp):
    (found,) = find_commitments(reading(nlp, "Its planned sale of the yard has angered the town, a spokesman said."))
    assert found.actor_text == "Its"


def test_a_plan_and_what_becomes_of_it_are_one_candidate(nlp):
    (found,) = find_commitments(
        reading(nlp, "The planned sale of the yard is to be completed by May, the company said.")
    )
    assert found.actor_text == "the company"
    assert "planned sale" in found.action
