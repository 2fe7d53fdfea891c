"""Turns in a queue."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.fair import Fair


def queue(*put):
    fair = Fair()
    for owner, item in put:
        fair.put(owner, item)
    return fair


def drained(fair):
    return [fair.take() for _ in range(len(fair))]


def test_owners_take_turns_in_the_order_in_which_they_came():
    fair = queue(("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1"), ("c", "c1"), ("b", "b2"))

    assert list(fair) == ["a1", "b1", "c1", "a2", "b2", "a3"] == drained(fair)


def test_who_comes_later_waits_for_no_more_than_one_of_each_owner():
    fair = queue(*(("a", n) for n in range(50)))
    assert [fair.take(), fair.take()] == [0, 1]

    fair.put("b", "b1")

    assert list(fair)[:2] == ["b1", 2]


def test_who_was_just_served_gets_behind_the_others_and_who_left_has_no_debts():
    fair = queue(("a", "a1"), ("b", "b1"))
    fair.take()
    fair.put("a", "a2")
    assert drained(fair) == ["b1", "a2"]

    fair.put("a", "a3")

    assert drained(fair) == ["a3"]


def test_what_is_dropped_waits_no_more():
    fair = queue(("a", "a1"), ("b", "b1"))

    assert fair.drop("a1")
    assert not fair.drop("a1")
    assert (len(fair), fair.of("a"), fair.of("b")) == (1, (), ("b1",))


def test_who_took_back_what_waited_is_not_behind_for_it():
    fair = queue(("a", "a1"), ("a", "a2"), ("a", "a3"))
    for item in ("a1", "a2", "a3"):
        fair.drop(item)
    for item in ("b1", "b2"):
        fair.put("b", item)

    fair.put("a", "a4")

    assert drained(fair) == ["b1", "a4", "b2"]


@given(st.lists(st.sampled_from("abc"), max_size=60))
def test_nothing_is_lost_nobody_waits_long_and_each_owner_keeps_the_order(owners):
    fair = queue(*((owner, (owner, n)) for n, owner in enumerate(owners)))

    out = drained(fair)

    assert sorted(out) == sorted((owner, n) for n, owner in enumerate(owners))
    for owner in "abc":
        mine = [n for who, n in out if who == owner]
        assert mine == sorted(mine)
        for before, after in pairwise(mine):
            between = [who for who, _ in out[out.index((owner, before)) + 1 : out.index((owner, after))]]
            assert all(between.count(other) <= 2 for other in between), "what was left of this round, and the next"
