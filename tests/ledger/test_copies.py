"""Near-copies: one text in several papers, told from texts that share their form and differ in substance."""

import pytest

from bot.ledger import near_copy, text_keys
from tests.copies import RELEASE, SENTENCES, rerun

LONGER = RELEASE + (
    "The governor of the Isles welcomed the agreement. She had asked for it since the bridge fell, she told listeners "
    "of the morning programme, and had been promised it by four cabinets in a row.\n"
)
OTHER_END = RELEASE + (
    "In Holm shopkeepers fear for their trade while the road is closed. The chamber of commerce asks for help, "
    "and wants the old ferry back until the works are done.\n"
)


@pytest.mark.parametrize(
    "copy",
    [
        rerun(),
        LONGER,
        f"Published 3 March 2026, 09:15 GMT\n{RELEASE}",
        RELEASE.replace("Some 1,200 people", "Some 1,200 people, many of them old,"),
        RELEASE.replace("\n", " "),
    ],
    ids=["rerun", "longer", "dated", "a word more", "on one line"],
)
def test_a_text_with_another_head_or_end_is_a_near_copy(copy):
    assert near_copy(RELEASE, copy)
    assert near_copy(copy, RELEASE)
    assert set(text_keys(RELEASE)) & set(text_keys(copy)), "so it is looked at"


@pytest.mark.parametrize(
    ("said", "otherwise"),
    [
        ("40 million", "77 million"),
        ("1,200 people", "900 people"),
        ("three of them", "two of them"),
        ("by June", "by July"),
        ("Norland will", "Westmark will"),
        ("would not run", "would run"),
        ("will rebuild", "refused to rebuild"),
    ],
)
def test_a_text_that_says_something_else_in_one_sentence_is_none(said, otherwise):
    assert said in RELEASE

    assert not near_copy(RELEASE, RELEASE.replace(said, otherwise))
    assert not near_copy(rerun(), RELEASE.replace(said, otherwise))


def test_a_figure_that_stands_elsewhere_in_the_sentence_is_another_in_its_place():
    one = RELEASE + "The term is from 2025 to 2026.\n"

    assert not near_copy(one, one.replace("2025", "2026"))


def test_texts_that_each_have_a_passage_of_their_own_are_two_texts():
    assert near_copy(RELEASE, OTHER_END)
    assert not near_copy(LONGER, OTHER_END)


def test_a_figure_on_a_line_of_its_own_is_no_date():
    assert not near_copy(RELEASE + "Tents given: 40\n", RELEASE + "Tents given: 41\n")


@pytest.mark.parametrize("words", [3, 12, 30])
def test_a_short_text_is_never_a_near_copy(words):
    short = " ".join(RELEASE.split()[:words])

    assert text_keys(short) == ()
    assert not near_copy(short, short)


def test_a_weekly_form_with_other_substance_is_another_report():
    form = "\n".join(SENTENCES[3:])
    week = f"Week 9: the camp took in 310 people and gave out 4,000 meals.\n{form}"
    following = f"Week 10: the camp took in 275 people and gave out 3,700 meals.\n{form}"

    assert not near_copy(week, following)


def test_keys_are_the_same_on_every_machine_and_in_every_release():
    """They are kept in the store, so a library that signs otherwise must not come in unnoticed."""
    assert text_keys(RELEASE)[:3] == KEYS
    assert len(set(text_keys(RELEASE))) == 32
    assert text_keys(RELEASE.upper()) == text_keys(RELEASE)


KEYS = (4539895171767495683, -207933381116218937, 5247001337413884544)
