"""Which links are proposed between two sentences, and which are not: precision first."""

from datetime import date

import pytest

from bot.domain import CommitmentKind as Kind
from bot.domain import LinkKind
from bot.ledger.amounts import amounts
from bot.ledger.links import Said, link_keys, proposals, sought_keys
from tests.store.make import commitment, fact, question

T = "A text."
FIRST, SECOND = date(2026, 1, 1), date(2026, 2, 1)


def proposed(old, new, first=FIRST, second=SECOND):
    return proposals(Said("C-2", new, second), [Said("C-1", old, first)])


def kinds(old, new, first=FIRST, second=SECOND):
    return [each.kind for each in proposed(old, new, first, second)]


def saying(kind, action="send fifty tanks to Estmark", **slots):
    return commitment(T, kind=kind, action=action, **slots)


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        (Kind.PLEDGE, Kind.FULFILMENT, LinkKind.FULFILS),
        (Kind.OFFER, Kind.WITHDRAWAL, LinkKind.WITHDRAWS),
        (Kind.AGREEMENT, Kind.REFUSAL, LinkKind.CONTRADICTS),
        (Kind.REFUSAL, Kind.OFFER, LinkKind.CONTRADICTS),
        (Kind.WITHDRAWAL, Kind.PLEDGE, LinkKind.CONTRADICTS),
    ],
)
def test_a_turn_of_the_same_matter_is_proposed(was, now, kind):
    assert kinds(saying(was), saying(now)) == [kind]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (saying(Kind.PLEDGE), saying(Kind.PLEDGE)),
        (saying(Kind.PLEDGE), saying(Kind.FULFILMENT, "open the harbour to ships")),
        (saying(Kind.PLEDGE), saying(Kind.FULFILMENT, actors=("Westmark",))),
        (saying(Kind.PLEDGE, actors=(), actor_text="we"), saying(Kind.FULFILMENT, actors=(), actor_text="we")),
        (saying(Kind.PLEDGE, "provide support"), saying(Kind.FULFILMENT, "provide support")),
        (saying(Kind.FULFILMENT), saying(Kind.FULFILMENT)),
    ],
    ids=["said again", "another matter", "another actor", "nobody known", "too vague", "done twice"],
)
def test_what_is_no_turn_is_not_proposed(old, new):
    assert kinds(old, new) == []


def test_what_is_only_wished_for_is_no_turn():
    said = "Westmark expects Norland to live up to its pledge."
    assert kinds(saying(Kind.PLEDGE), commitment(said, kind=Kind.FULFILMENT, action="send fifty tanks")) == []


def test_another_amount_takes_the_place_of_the_earlier_one():
    (link,) = proposed(
        saying(Kind.PLEDGE, "give Estmark EUR 50m"), saying(Kind.PLEDGE, "give Estmark EUR 77m for roads")
    )

    assert link.kind is LinkKind.SUPERSEDES
    assert "50,000,000, then 77,000,000 (euro)" in link.reason


def test_another_amount_on_the_same_day_is_a_contradiction():
    old, new = saying(Kind.PLEDGE, "send 50 tanks to Estmark"), saying(Kind.PLEDGE, "send 60 tanks to Estmark")
    assert kinds(old, new, FIRST, FIRST) == [LinkKind.CONTRADICTS]


def test_what_is_added_is_no_other_amount():
    old, new = saying(Kind.PLEDGE, "send 50 tanks to Estmark"), saying(Kind.PLEDGE, "send 60 more tanks to Estmark")
    assert kinds(old, saying(Kind.PLEDGE, "send another 60 tanks to Estmark")) == []
    assert kinds(old, new) == [] or "more than" not in new.action


def test_another_day_takes_the_place_of_one_that_has_not_passed():
    old = saying(Kind.PLAN, "open the Estmark bridge in May", due="in May", due_date=date(2026, 5, 31))
    new = saying(Kind.PLAN, "open the Estmark bridge in July", due="in July", due_date=date(2026, 7, 31))
    assert kinds(old, new) == [LinkKind.SUPERSEDES]
    assert kinds(old, new, FIRST, date(2026, 6, 10)) == [], "the day was over: that is another round"
    closer = saying(Kind.PLAN, "open the Estmark bridge on 20 May", due="on 20 May", due_date=date(2026, 5, 20))
    assert kinds(old, closer) == [], "the day of that month only says it more closely"


def test_another_place_is_another_matter():
    old = saying(Kind.PLAN, "open a new bridge in Estmark in May", due="in May", due_date=date(2026, 5, 31))
    new = saying(Kind.PLAN, "open a new bridge in Westmark in July", due="in July", due_date=date(2026, 7, 31))
    assert kinds(old, new) == []


def answered(question_, answer, second=SECOND):
    return [p.kind for p in proposals(Said("C-2", answer, second), [Said("Q-1", question_, FIRST)])]


def test_a_later_sentence_that_says_all_that_is_asked_answers():
    said = "Norland agreed to pay for the bridge."
    answer = commitment(said, kind=Kind.AGREEMENT, action="pay for the bridge")
    assert answered(question(T), answer) == [LinkKind.ANSWERS]
    assert answered(question(T), answer, FIRST) == [], "not on the same day"


@pytest.mark.parametrize(
    "said",
    [
        "Norland agreed to pay for the bridge if the weather holds.",
        "It is not decided whether Norland agreed to pay for the bridge.",
    ],
)
def test_a_sentence_that_is_open_itself_answers_nothing(said):
    assert answered(question(T), commitment(said, kind=Kind.AGREEMENT, action="pay for the bridge")) == []


def test_how_much_is_answered_by_an_amount():
    asked = question(
        T, question="How much will the bridge cost Norland?", content="how much the bridge will cost Norland"
    )
    assert answered(asked, fact("The bridge will cost Norland nine million crowns.", about=("Norland",))) == [
        LinkKind.ANSWERS
    ]
    assert answered(asked, fact("The bridge will cost Norland dearly.", about=("Norland",))) == []


def test_few_links_of_a_kind_are_proposed_for_one_sentence():
    held = [Said(f"C-{n}", saying(Kind.PLEDGE), FIRST) for n in range(2, 9)]
    said = Said("C-1", saying(Kind.FULFILMENT), SECOND)
    assert len(proposals(said, held)) == 2
    assert [each.older for each in proposals(said, [*held[:1] * 3, held[1]])] == ["C-2", "C-3"], "each entry once"


def test_keys_join_the_actor_with_each_telling_word():
    assert link_keys(saying(Kind.PLEDGE)) == ("norland|estmark", "norland|send", "norland|tank")
    assert "the crown|tank" in sought_keys(saying(Kind.PLEDGE), lambda _: ("norland", "the crown"))
    assert link_keys(fact(T)) == ()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("give EUR 50m", {"euro": 5e7}),
        ("send $1.5 billion and 20 tanks", {"dollar": 1.5e9, "tank": 20}),
        ("send two dredgers in 2026", {"dredger": 2}),
        ("meet on 20 May 2026 with the G7 and COP26", {}),
        ("send an additional 20 tanks", {}),
        ("send 20 tanks and 30 tanks", {}),
        ("stay for three years", {}),
    ],
)
def test_amounts_are_counted_by_what_they_are_of(text, held):
    assert amounts(text) == held


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("Norland has sent the fifty tanks to Estmark.", [LinkKind.FULFILS]),
        ("On Monday Norland sent sixty tanks to Estmark.", [LinkKind.FULFILS]),
        ("Norland has sent twenty tanks to Estmark.", []),
        ("Norland has not sent the tanks to Estmark.", []),
        ("Norland promised the tanks that it sent to Estmark.", []),
        ("Westmark has sent fifty tanks to Estmark.", []),
        ("Norland has sent fifty tanks to Westmark.", []),
        ("Norland has sent flowers to the harbour.", []),
    ],
)
def test_a_fact_that_tells_of_the_deed_fulfils(said, kinds):
    told = Said("F-2", fact(said, about=()), SECOND)
    assert [p.kind for p in proposals(told, [Said("C-1", saying(Kind.PLEDGE), FIRST)])] == kinds
    assert "norland|tank" in sought_keys(fact("Norland has sent tanks.", about=()), lambda name: (name,))
