from datetime import date

import pytest

from bot.chat.options import WORDS, day, words
from bot.errors import BadInput

TODAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        (" 2026-03 ", date(2026, 3, 1)),
        ("today", TODAY),
        ("Yesterday", date(2026, 3, 13)),
        ("2 weeks", date(2026, 2, 28)),
        ("1 day ago", date(2026, 3, 13)),
        ("3 months", date(2025, 12, 14)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_understood_as_people_write_it(text, expected):
    assert day(text, TODAY) == expected


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "2026-02-30", "9999 years", "14/03/2026", "20260314"])
def test_a_day_that_cannot_be_understood_is_answered_with_one_that_can(text):
    with pytest.raises(BadInput, match="Write it as 2026-03-14") as caught:
        day(text, TODAY, option="since")

    assert text in str(caught.value)
    assert "since" in str(caught.value)


def test_words_come_on_one_line():
    assert words("  security \n guarantees ") == "security guarantees"
    assert words(None) == ""


def test_too_many_words_are_refused():
    with pytest.raises(BadInput, match="Use fewer words"):
        words("x" * (WORDS + 1))
