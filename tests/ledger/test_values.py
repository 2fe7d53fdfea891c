"""Sums and days over time: told from the mentions of an entry, and from what a confirmed link leads to."""

from datetime import date

import pytest

from bot import answer, revise
from bot.domain import Commitment, CommitmentStatus, Mention, SourceRef
from bot.ledger import shifts
from bot.ledger.amounts import written
from bot.ledger.changes import said_since
from bot.render import show_reply
from bot.render.objects import thread_object
from bot.store import open_store
from tests.store.make import HERE, LATER, commitment, tell

T = "Norland will rebuild the bridge."


def matter(*said):
    """A commitment with a mention for each of these slots, one a month."""
    mentions = tuple(
        Mention(SourceRef(f"S-{month}", "", date(2026, month, 1)), commitment(T, **slots))
        for month, slots in enumerate(said, start=1)
    )
    return Commitment("C-1", CommitmentStatus.PLEDGED, mentions[-1].finding, mentions)


def told(*said):
    return {shift.slot: [value.words for value in shift.values] for shift in shifts(matter(*said))}


def gives(sum_):
    return {"action": f"give {sum_} for the bridge"}


def due(words, *day):
    return {"due": words, "due_date": date(2026, *day)}


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ((gives("EUR 50m"), gives("EUR 77m")), {"euro": ["EUR 50m", "EUR 77m"]}),
        (
            (gives("$1.5 billion"), {}, gives("$1.5 billion"), gives("$2 billion")),
            {"dollar": ["$1.5 billion", "$2 billion"]},
        ),
        ((gives("forty pumps"), gives("40 pumps")), {}),
        (
            (gives("40 pumps"), gives("fifty pumps"), gives("40 pumps")),
            {"pump": ["40 pumps", "fifty pumps", "40 pumps"]},
        ),
        ((gives("40 pumps"), gives("50 lamps")), {}),
        ((due("by March", 3, 31), due("by June", 6, 30)), {"due": ["by March", "by June"]}),
        ((due("in June", 6, 30), due("on 5 June", 6, 5)), {}),
        ((due("by March", 3, 31), {}), {}),
    ],
)
def test_what_is_put_differently_is_told_in_the_words_of_each(said, values):
    assert told(*said) == values


def test_a_new_source_that_says_another_sum_is_a_change():
    entry = matter(gives("EUR 50m"), gives("EUR 77m"))

    assert said_since(entry, frozenset({"S-2"}), known=True).what == "EUR 50m, now EUR 77m"


def test_words_of_a_sum_end_where_it_ends():
    assert written("give €40 million for roads", "euro") == "€40 million"
    assert written("give nothing", "euro") == ""


FIRST, SECOND = "Norland will give EUR 50m for the bridge.", "Norland will now give EUR 77m for the bridge."


def test_an_entry_that_took_its_place_counts_once_a_person_says_so():
    with open_store(":memory:") as store:
        for text, sum_, month in ((FIRST, "EUR 50m", 1), (SECOND, "EUR 77m", 2)):
            tell(store, text, commitment(text, **gives(sum_)), published=date(2026, month, 5))
        (link,) = store.links(HERE)
        assert answer.thread(store, HERE, "C-1").shifts == ()

        revise.confirm(store, HERE, link.id, "42", LATER)

        for id_ in ("C-1", "C-2"):
            entry, thread = store.entry(HERE, id_), answer.thread(store, HERE, id_)
            reply = show_reply(entry, (), thread)
            assert dict(reply.items[0].details)["Over time"] == "EUR 50m, then EUR 77m"
            values = dict(reply.sections)["Sums and dates"]
            assert [item.quotes[0].text for item in values] == [FIRST, SECOND]
            assert [each["value"] for each in thread_object(thread)["values"]] == ["EUR 50m", "EUR 77m"]
        revise.undo(store, HERE, store.log_entries(HERE, 0, 1).items[0].id, "42", LATER)
        assert answer.thread(store, HERE, "C-1").shifts == ()
