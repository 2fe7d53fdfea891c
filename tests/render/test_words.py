from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.words import capital, clip, day, human_join, instant, plural, read_instant, size


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 sources"), (1, "1 source"), (2, "2 sources"), (1200, "1,200 sources")]
)
def test_a_count_agrees_with_its_noun(count, said):
    assert plural(count, "source") == said


def test_an_entry_is_not_called_entrys():
    assert plural(2, "entry") == "2 entries"


@pytest.mark.parametrize(
    ("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_is_read_as_one_would_say_it(parts, said):
    assert human_join(parts) == said


def test_a_day_is_written_out():
    assert day(date(2026, 3, 4)) == "4 March 2026"
    assert day(None) == ""


def test_an_instant_names_its_timezone():
    assert instant(datetime(2026, 3, 4, 9, 5, tzinfo=UTC)) == "4 March 2026, 09:05 UTC"
    assert instant(None) == ""


def test_a_short_text_is_not_cut():
    assert clip("two  words", 10) == "two words"


def test_a_long_text_is_cut_at_the_end_of_a_word():
    assert clip("engineers for the bridge", 16) == "engineers for…"


def test_one_long_word_is_cut_within():
    assert clip("x" * 50, 10) == "x" * 9 + "…"


def test_an_accent_is_not_parted_from_its_letter():
    assert clip("e\u0301" * 20, 10).rstrip("…")[-1] != "\u0301" or clip("e\u0301" * 20, 10).count("e") == 5


@given(st.text(), st.integers(1, 80))
def test_a_cut_text_is_never_longer_than_asked(text, limit):
    assert len(clip(text, limit)) <= limit


def test_only_the_first_letter_is_made_big():
    assert capital("the EU") == "The EU"
    assert capital("") == ""


@pytest.mark.parametrize(("count", "said"), [(2048, "2 KiB"), (3 * 1024 * 1024, "3.0 MiB")])
def test_a_size_has_a_unit(count, said):
    assert size(count) == said


@pytest.mark.parametrize("when", [datetime(2026, 3, 1, 0, 0, tzinfo=UTC), datetime(1999, 12, 31, 23, 59, tzinfo=UTC)])
def test_an_instant_can_be_read_back(when):
    assert read_instant(instant(when)) == when


@pytest.mark.parametrize("words", ["", "31 February 2026, 09:05 UTC", "14 Marsh 2026, 09:05 UTC", "14 March 2026"])
def test_other_words_are_no_instant(words):
    assert read_instant(words) is None
