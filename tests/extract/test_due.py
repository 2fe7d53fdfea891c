"""When something is due: the words, and the day where it is certain."""

from datetime import date

import pytest

from bot.extract.due import due_date, due_words, lies_behind

PUBLISHED = date(2026, 3, 12)
"""A Thursday."""

CASES = [
    ("pay by the end of March", "by the end of March", date(2026, 3, 31)),
    ("pay by the end of February", "by the end of February", None),
    ("publish it in May", "in May", date(2026, 5, 31)),
    ("pay by the end of August", "by the end of August", date(2026, 8, 31)),
    ("sign on 5 January", "on 5 January", None),
    ("meet on Friday", "on Friday", date(2026, 3, 13)),
    ("meet on Thursday", "on Thursday", date(2026, 3, 19)),
    ("cut emissions by 2030", "by 2030", date(2030, 12, 31)),
    ("open in June 2027", "in June 2027", date(2027, 6, 30)),
    ("sign on 4 April", "on 4 April", date(2026, 4, 4)),
    ("sign on March 3", "on March 3", None),
    ("sign on June 15, 2028", "on June 15, 2028", date(2028, 6, 15)),
    ("leave tomorrow", "tomorrow", date(2026, 3, 13)),
    ("leave tonight", "tonight", date(2026, 3, 12)),
    ("pay by the end of the year", "by the end of the year", date(2026, 12, 31)),
    ("pay by the end of the month", "by the end of the month", date(2026, 3, 31)),
    ("pay by year-end", "by year-end", date(2026, 12, 31)),
    ("withdraw within 48 hours", "within 48 hours", None),
    ("report next week", "next week", None),
    ("decide later this month", "later this month", None),
    ("leave no later than 2050", "no later than 2050", date(2050, 12, 31)),
    ("open in early May", "in early May", None),
    ("start by mid-2027", None, None),
    ("finish in the coming weeks", "in the coming weeks", None),
    ("repay it before Christmas", "before Christmas", None),
    ("open by Easter 2027", "by Easter 2027", None),
    ("travel to Santiago April 21-23", "April 21-23", date(2026, 4, 23)),
    ("meet on 3–5 May 2026", "on 3–5 May 2026", date(2026, 5, 5)),
    ("meet this weekend", "this weekend", None),
]


@pytest.mark.parametrize(("text", "words", "day"), CASES)
def test_the_words_are_kept_and_the_day_follows_where_it_is_certain(text: str, words: str | None, day: date | None):
    found = due_words(text)
    assert found == words
    assert (due_date(found, PUBLISHED) if found else None) == day


def test_without_a_publication_date_only_a_full_date_is_certain():
    assert due_date("on Friday", None) is None
    assert due_date("on 4 April", None) is None
    assert due_date("in June 2027", None) == date(2027, 6, 30)


def test_a_year_that_is_over_is_when_nothing_is_due():
    assert lies_behind("in 2000", PUBLISHED)
    assert not lies_behind("in 2026", PUBLISHED)
    assert not lies_behind("on 4 April", PUBLISHED)
    assert not lies_behind("in 2000", None)


def test_what_is_no_time_is_not_due():
    assert due_words("send 50 tanks") is None
    assert due_words("the march may go on") is None


def test_an_impossible_day_is_none():
    assert due_date("on 31 February", PUBLISHED) is None
