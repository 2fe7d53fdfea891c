"""Why a sentence gave nothing, as `dossier evaluate --errors` tells it."""

import pytest

from bot.extract.overlooked import NO_CUE, UNREAD, reasons
from tests.extract.readings import document

pytestmark = pytest.mark.model


def why(nlp, group: str, line: str, *before: str) -> str:
    """The reason given for the last line."""
    laid_out = document(*before, line)
    start = laid_out.text.rindex(line.removeprefix("# "))
    (found,) = reasons(laid_out, nlp, [(group, start, start + len(line))])
    return found


def test_a_sentence_without_a_cue_says_so(nlp):
    assert why(nlp, "commitments", "The harbour lies north of the town.") == NO_CUE
    assert why(nlp, "questions", "The harbour lies north of the town.") == NO_CUE


def test_what_a_rule_turned_away_names_cue_and_rule(nlp):
    assert why(nlp, "commitments", "Will the government send engineers to Estmark?") == (
        "“Will” by will, turned away: asked, not said"
    )


def test_what_the_judge_held_too_little_gives_score_and_threshold_and_features(nlp):
    found = why(nlp, "commitments", "The weather will change the colour of the leaves.")
    assert found.startswith("“will” by will, ")
    assert "judged 0." in found
    assert ", under 0." in found
    assert "against: " in found


def test_a_noun_that_names_no_action_says_so(nlp):
    assert "says no action" in why(nlp, "commitments", "The pledge was old.")


def test_a_question_that_nothing_leaves_open_says_so(nlp):
    found = why(nlp, "questions", "Who would not like that?")
    assert found.startswith("“?” by question mark, question mark, judged 0.")
    assert "against: " in found
    answered = ("QUESTION: Is it open?", "MR PRICE: Yes, it is.", "QUESTION: Who runs it?", "MR PRICE: The navy does.")
    assert "judged 0." in why(nlp, "questions", "QUESTION: Is it new?", *answered)
    assert why(nlp, "questions", "QUESTION: Sorry?", *answered).endswith("nothing says that it is left open")


def test_a_question_cue_tells_how_it_stands(nlp):
    found = why(nlp, "questions", "It is no longer unclear whether the talks will resume.")
    assert found.startswith("“unclear” by ")
    assert "turned away as it stands: " in found
    assert "no longer" in found


def test_a_question_cue_without_a_matter_says_so(nlp):
    assert why(nlp, "questions", "We do not know.").endswith("no matter is found behind it")


def test_what_was_taken_says_that_the_fault_lies_elsewhere(nlp):
    assert "taken" in why(nlp, "commitments", "Norland pledged to send engineers to Estmark.")
    assert "taken" in why(nlp, "questions", "It is unclear whether Norland will send engineers.")


def test_the_cue_that_came_nearest_is_told_of(nlp):
    line = "If the pledge was old, the government will surely send engineers to Estmark next week."
    assert "will" in why(nlp, "commitments", line)


def test_a_heading_is_not_read_as_a_sentence(nlp):
    assert why(nlp, "commitments", "# Norland pledges to send engineers") == UNREAD


@pytest.mark.parametrize("group", ["commitments", "questions"])
def test_a_sentence_without_end_says_how_long_it_is(nlp, group):
    found = why(nlp, group, " ".join(["ships and boats,"] * 200))
    assert found.startswith("too long to be looked into: ")
