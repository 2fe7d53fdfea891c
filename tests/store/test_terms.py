"""The made words of the index, and places that sort as lists do."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.store._terms import MOST_WORDS, Scope, demand, entry_at, floor, place, words

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
PLACES = st.tuples(st.dates(), st.integers(0, 1), st.integers(1, 2**40 - 1))


@given(PLACES, PLACES)
def test_places_sort_by_day_then_rank_then_age(a, b):
    def order(day, rank, entry):
        return (-day.toordinal(), rank, entry)

    first, second = (place(day.isoformat(), rank, entry) for day, rank, entry in (a, b))
    assert (first > second) == (order(*a) < order(*b))
    assert entry_at(first) == a[2]
    assert 0 < first < 2**63


@given(PLACES, st.dates())
def test_a_day_is_a_floor_under_all_places_of_that_day_or_later(a, since):
    day, rank, entry = a
    assert (place(day.isoformat(), rank, entry) >= floor(since)) == (day >= since)


@given(NAMES, NAMES, st.sampled_from(["commitment", "question", "fact", "source"]), st.booleans())
def test_scopes_of_different_workspaces_share_no_word(one, other, kind, shown):
    def all_of(workspace):
        scope = Scope(workspace, kind, shown)
        return {scope.base, scope.kind("plan"), scope.status("open"), scope.party(1), scope.source(1)}

    assert (all_of(one) & all_of(other) == set()) == (one != other)


@given(NAMES)
def test_made_words_are_single_words_that_the_index_does_not_shorten(name):
    scope = Scope(name, "commitment")
    for word in (
        scope.base,
        scope.kind(name),
        scope.status("reported done"),
        *(scope.party(12, role) for role in ("actor", "recipient", "about", "party")),
        scope.source(7),
    ):
        assert word.isascii()
        assert word.isalnum()
        assert word[-1].isdigit()


def test_roles_are_told_apart():
    scope = Scope("1", "commitment")
    assert len({scope.party(1, role) for role in ("actor", "recipient", "about", "party")}) == 4
    assert scope.party(1) != scope.party(11)
    assert Scope("1", "commitment", shown=False).base != scope.base


def test_a_day_more_is_a_higher_place():
    today = date(2026, 3, 1)
    assert place((today + timedelta(days=1)).isoformat(), 1, 99) > place(today.isoformat(), 0, 1)


def test_words_are_folded_and_each_is_there_once():
    assert words("Café, CAFÉ: U.S. well-known", "x_y") == {"cafe", "u", "s", "well", "known", "x", "y"}


def test_a_demand_has_each_word_once_and_not_too_many():
    assert demand("Bridge bridge BRIDGE!") == '"bridge"'
    assert demand("?!") == ""
    assert demand(" ".join(f"w{n}" for n in range(100))).count(" AND ") == MOST_WORDS - 1
