"""Long titles before a name: who acts is the one named, whatever stands in the title."""

import pytest

from bot.extract.commitments import find_commitments
from tests.extract.readings import only, reading

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("subject", "actor"),
    [
        ("Under Secretary of State for Civilian Security, Democracy, and Human Rights Uzra Zeya", "Uzra Zeya"),
        ("Assistant Secretary of State for European and Eurasian Affairs Dr. Karen Donfried", "Karen Donfried"),
        ("Assistant to the President and National Security Advisor Jake Sullivan", "Jake Sullivan"),
        ("Special Envoy to Monitor and Combat Antisemitism, Ambassador Deborah Lipstadt,", "Deborah Lipstadt"),
        ("The Minister for Foreign Affairs and Trade Simon Coveney", "Simon Coveney"),
    ],
)
def test_who_bears_a_long_title_acts(nlp, subject, actor):
    found = only(nlp, f"{subject} will travel to Beirut tomorrow.")
    assert (found.actors, found.action) == ((actor,), "travel to Beirut tomorrow")
    assert found.actor_text == subject.rstrip(",")


def test_two_with_long_titles_are_two(nlp):
    found = only(
        nlp,
        "Assistant Secretary for Near Eastern Affairs Barbara Leaf and National Security Council Coordinator for the "
        "Middle East and North Africa Brett McGurk will meet with leaders in Tunis.",
    )
    assert found.actors == ("Barbara Leaf", "Brett McGurk")


def test_another_persons_office_is_no_part_of_a_title(nlp):
    found = only(nlp, "Secretary of State Antony Blinken and Minister of Trade Kofi Mensah agreed to meet in Accra.")
    assert found.actors == ("Antony Blinken", "Kofi Mensah")


def test_a_name_alone_at_the_head_stays_as_it_is(nlp):
    assert find_commitments(reading(nlp, "Remarks by Minister for Trade Simon Coveney")) == ()


def test_both_of_two_titles_are_of_the_one_named(nlp):
    found = only(
        nlp,
        "Under Secretary for Civilian Security, Democracy, and Human Rights and U.S. Special Coordinator for Tibetan "
        "Issues Uzra Zeya will travel to India and Nepal.",
    )
    assert (found.actors, found.recipients) == (("Uzra Zeya",), ())
