"""The words that stay the same when a matter is said again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ledger.words import carrying, content, names, stem, turned


@pytest.mark.parametrize(
    "forms",
    [
        ("deploy", "deploys", "deployed", "deploying"),
        ("plan", "plans", "planned", "planning"),
        ("provide", "provides", "provided", "providing"),
        ("supply", "supplies"),
        ("troop", "troops", "troop's", "troops’"),
        ("reach", "reaches", "reached"),
        ("pass", "passes", "passed"),
        ("agree", "agrees"),
    ],
    ids=lambda forms: forms[0],
)
def test_inflected_forms_of_a_word_meet(forms):
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("deploy", "deployment"), ("us", "use"), ("bus", "business"), ("is", "i"), ("77m", "77")],
)
def test_different_words_stay_different(one, other):
    assert stem(one) != stem(other)


def test_words_that_carry_nothing_are_left_out_and_those_that_turn_the_matter_are_kept():
    assert carrying("They will NOT send the troops to Estmark, from the US") == (
        "not",
        stem("send"),
        stem("troop"),
        stem("estmark"),
        "from",
        "us",
    )


def test_amounts_stay_whole():
    assert content("EUR 1,500.50 by 12:30") >= {"eur", "1,500.50", "12:30"}
    assert content("50m") != content("77m")


@pytest.mark.parametrize(
    ("text", "is_turned"),
    [
        ("if it holds", False),
        ("unless it holds", True),
        ("it won't hold", True),
        ("not without a deal", False),
        ("", False),
    ],
)
def test_a_text_is_turned_by_an_odd_number_of_turning_words(text, is_turned):
    assert turned(text) == is_turned


def test_names_are_compared_without_case_accents_or_order():
    assert names(("Côte  Verte", "Norland", " ")) == names(("NORLAND", "cote verte"))


@given(st.text())
def test_stems_come_from_any_text_and_are_stable(text):
    assert carrying(text) == carrying(text.upper().lower()) or not text.isascii()
    assert all(carrying(text))
