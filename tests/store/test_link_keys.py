"""What bears on something is looked up by keys: those that share most, then the latest, and only what counts."""

from bot import revise
from bot.store._links import MOST_FOUND
from tests.store.make import HERE, NOW, add, commitment

LAST = MOST_FOUND + 3


def filled(store):
    """So many commitments, each under the key of all and, if even, under another."""
    for n in range(1, LAST + 1):
        text = f"Norland will rebuild bridge number {n}."
        add(store, text, commitment(text, action=f"rebuild bridge number {n}"))
    for mention, entry, *_ in store.unlinked(HERE):
        even = int(entry.removeprefix("C-")) % 2 == 0
        store.put_link_keys(HERE, mention, ["all", *(["even"] if even else [])])


def found(store, *asked):
    return [[entry for entry, _, _ in each] for each in store.bearing(HERE, asked, 1)]


def test_the_latest_that_share_a_key_are_found_a_few_at_most(store):
    filled(store)
    assert found(store, ["all"], ["nothing"]) == [[f"C-{n}" for n in range(LAST, LAST - MOST_FOUND, -1)], []]


def test_what_shares_more_keys_comes_first(store):
    filled(store)
    assert found(store, ["all", "even"])[0][:7] == ["C-12", "C-10", "C-8", "C-6", "C-4", "C-2", "C-13"]


def test_what_does_not_count_any_more_gives_way(store):
    filled(store)
    revise.retract(store, HERE, f"S-{LAST}", "42", NOW)
    assert found(store, ["all"]) == [[f"C-{n}" for n in range(LAST - 1, LAST - 1 - MOST_FOUND, -1)]]
