"""Where in a long text its quotes stand."""

from hypothesis import given
from hypothesis import strategies as st

from bot.render.strip import BARS, CELLS, LONG, NONE, strip


def test_the_marks_are_as_high_as_there_are_quotes_and_the_words_say_the_same():
    line = strip((0, 10, 1100, 1150, 1190, 9999), 10_000)

    assert line == f"Where: ▅·█{NONE * 16}▃ (start to end), most from 10% to 15%: 3 of 6 quotes"


def test_a_short_text_or_few_quotes_need_no_marks():
    assert strip((1, 2, 3, 4, 5), LONG - 1) == ""
    assert strip((1, 2, 3), LONG) == ""


@given(st.integers(LONG, 10**6).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.integers(0, n - 1), min_size=4))))
def test_there_is_a_mark_for_each_part_whatever_the_places(given_):
    length, places = given_
    marks = strip(places, length).removeprefix("Where: ").split(" ")[0]

    assert len(marks) == CELLS
    assert BARS[-1] in marks
    assert set(marks) <= set(BARS + NONE)
