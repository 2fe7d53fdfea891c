from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Query
from bot.errors import BadInput
from bot.render.state import LISTS, pack, unpack

words = st.text(max_size=30)
days = st.none() | st.dates(min_value=date(1000, 1, 1))
queries = st.builds(
    Query,
    actor=words,
    recipient=words,
    kind=words,
    status=words,
    about=words,
    source=words,
    text=words,
    since=days,
    as_of=days,
)


@given(st.sampled_from(LISTS), queries, st.integers(0, 999_999))
def test_a_state_comes_back_as_it_was(kind, query, page):
    assert unpack(pack(kind, query, page)) == (kind, query, page)


def test_a_state_is_short():
    assert pack("commitments", Query(actor="France", since=date(2026, 3, 1)), 2) == "c2|aFrance|d20260301"


@pytest.mark.parametrize(
    "forged", ["", "z1", "c", "cx", "c1|?x", "c1|d2026", "c1|d20261301", "c-1", "c٣", "c1|d２０２６０３０１"]
)
def test_a_forged_state_is_refused_with_words_for_people(forged):
    with pytest.raises(BadInput, match="Ask again"):
        unpack(forged)


@given(st.text(max_size=100))
def test_no_text_at_all_does_worse_than_be_refused(text):
    try:
        kind, query, page = unpack(text)
    except BadInput:
        return
    assert kind in LISTS
    assert isinstance(query, Query)
    assert page >= 0
