"""What is plain repetition, and what is not. Each pair is one that a reader of two briefs might meet."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain import CommitmentKind, Evidence, Firmness, QuestionKind, SourceRef
from bot.ledger import (
    commitment_key,
    fact_key,
    matter_keys,
    question_key,
    same_commitment,
    same_fact,
    same_question,
)
from tests.store.make import commitment, fact, question

T = "A text."


def said(day=None, **slots):
    """A commitment, said on a day."""
    ref = SourceRef("S-1", "", day)
    return commitment(T, **slots, evidence=(Evidence(0, 7, T, ref),))


REPEATED = {
    "the same again": ({}, {}),
    "other forms of the words": ({"action": "rebuild the bridge"}, {"action": "rebuilding its bridges"}),
    "an article more": ({"action": "rebuild bridge"}, {"action": "rebuild the bridge"}),
    "words in another order": ({"action": "give Estmark aid"}, {"action": "give aid to Estmark"}),
    "an offer that became an agreement": ({"kind": CommitmentKind.OFFER}, {"kind": CommitmentKind.AGREEMENT}),
    "actors in another order": ({"actors": ("Norland", "Isles")}, {"actors": ("Isles", "Norland")}),
    "recipients left out": ({"recipients": ("Estmark",)}, {"recipients": ()}),
    "a condition left out": ({"condition": "if it is asked"}, {"condition": None}),
    "a condition in other words": (
        {"condition": "if the ceasefire holds"},
        {"condition": "in case the ceasefire is holding"},
    ),
    "another form of condition": (
        {"condition": "in the event of a peace deal"},
        {"condition": "if a peace deal is reached"},
    ),
    "a date left out": ({"due": "by June", "due_date": date(2026, 6, 30)}, {"due": None}),
    "a date in other words": (
        {"due": "by June", "due_date": date(2026, 6, 30)},
        {"due": "before July", "due_date": date(2026, 6, 30)},
    ),
    "a noun for the verb": ({"action": "deploy troops"}, {"action": "deployment of troops"}),
    "a noun for the verb, and other words that tell nothing": (
        {"action": "Estmark's sovereignty and territorial integrity"},
        {"action": "continue upholding the territorial integrity and the sovereignty of Estmark"},
    ),
    "said more fully": (
        {"action": "rebuild the old bridge"},
        {"action": "rebuild the old bridge near the harbour"},
    ),
    "reported now": ({"firmness": Firmness.FIRM}, {"firmness": Firmness.REPORTED, "attribution": "officials said"}),
}


@pytest.mark.parametrize(("old", "new"), REPEATED.values(), ids=REPEATED)
def test_plain_repetition_is_one_matter(old, new):
    assert same_commitment(said(**old), said(**new))
    assert same_commitment(said(**new), said(**old))


DIFFERENT = {
    "another actor": ({}, {"actors": ("Isles",)}),
    "one actor of two": ({"actors": ("Norland", "Isles")}, {"actors": ("Norland",)}),
    "no actor known": ({"actors": ()}, {"actors": ()}),
    "another action": ({}, {"action": "rebuild the harbour"}),
    "the opposite": ({"action": "rebuild the bridge"}, {"action": "not rebuild the bridge"}),
    "another direction": (
        {"action": "move troops from Estmark to Norland"},
        {"action": "move troops from Norland to Estmark"},
    ),
    "to and from": ({"action": "move troops to Estmark"}, {"action": "move troops from Estmark"}),
    "more fully, with another place": (
        {"action": "rebuild the old bridge"},
        {"action": "rebuild the old bridge in Isles"},
    ),
    "more fully, with an amount": (
        {"action": "rebuild the old bridge"},
        {"action": "rebuild the old bridge for 50m"},
    ),
    "another head": (
        {"action": "rebuild the old bridge"},
        {"action": "help rebuild the old bridge"},
    ),
    "what another sentence says": ({"action": "deploy it to Estmark"}, {"action": "deployment of it to Estmark"}),
    "another amount": ({"action": "give EUR 50m"}, {"action": "give EUR 77m"}),
    "another recipient": ({"recipients": ("Estmark",)}, {"recipients": ("Isles",)}),
    "a refusal": ({}, {"kind": CommitmentKind.REFUSAL}),
    "a withdrawal": ({}, {"kind": CommitmentKind.WITHDRAWAL}),
    "done": ({}, {"kind": CommitmentKind.FULFILMENT}),
    "another condition": ({"condition": "if it is asked"}, {"condition": "if funds are found"}),
    "the contrary condition": ({"condition": "if the ceasefire holds"}, {"condition": "unless the ceasefire holds"}),
    "another date": (
        {"due": "by June", "due_date": date(2026, 6, 30)},
        {"due": "by June", "due_date": date(2027, 6, 30)},
    ),
    "another date in words": ({"due": "by June"}, {"due": "by July"}),
    "too vague": ({"action": "help"}, {"action": "help"}),
    "vaguer still": ({"action": "do so"}, {"action": "do so"}),
    "nothing at all": ({"action": ""}, {"action": ""}),
}


@pytest.mark.parametrize(("old", "new"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_is_not_plain_repetition_stays_apart(old, new):
    first, second = said(**old), in_words("Another text.", **new)
    assert same_commitment(first, second) is None
    assert same_commitment(second, first) is None


def in_words(sentence, **slots):
    """A commitment in a sentence of its own."""
    return commitment(sentence, **slots)


@pytest.mark.parametrize(
    "slots",
    [
        {"actors": (), "actor_text": "the club"},
        {"actors": (), "actor_text": ""},
        {"actors": (), "actor_text": "We"},
        {"action": "help"},
    ],
)
def test_the_same_sentence_word_for_word_is_repetition_even_where_no_actor_is_named(slots):
    old, new = in_words("They will  mend\nit.", **slots), in_words("They will mend it.", **slots)

    assert same_commitment(old, new) == "the same sentence"
    assert commitment_key(old) == commitment_key(new) != ""


@pytest.mark.parametrize(
    ("sentence", "slots"),
    [
        ("They will mend it now.", {}),
        ("they will mend it.", {}),
        ("They will mend it.", {"action": "mend the roof"}),
        ("They will mend it.", {"kind": CommitmentKind.OFFER}),
        ("They will mend it.", {"actor_text": "the board"}),
        ("They will mend it.", {"actors": ("Isles",)}),
        ("They will mend it.", {"recipients": ("Isles",)}),
        ("They will mend it.", {"action": ""}),
    ],
)
def test_without_an_actor_anything_but_the_same_sentence_stays_apart(sentence, slots):
    nobody = {"actors": (), "actor_text": "They"}
    old, new = in_words("They will mend it.", **nobody), in_words(sentence, **{**nobody, **slots})

    assert same_commitment(old, new) is None
    assert same_commitment(new, old) is None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            said(date(2026, 1, 1)),
            said(date(2026, 2, 11)),
            "same actor, same action, same recipient; 41 days apart",
        ),
        (
            said(date(2026, 2, 2), actors=("A", "B")),
            said(date(2026, 2, 1), actors=("A", "B"), recipients=()),
            "same actors, same action, recipient given once; 1 day apart",
        ),
        (
            said(date(2026, 2, 2), recipients=(), condition="if asked", due="by June"),
            said(date(2026, 2, 2), recipients=(), condition="if asked", due="by June"),
            "same actor, same action, same condition, same date due; on the same day",
        ),
        (
            said(None, recipients=("A", "B"), condition="if asked"),
            said(date(2026, 2, 2), recipients=("A", "B")),
            "same actor, same action, same recipients, condition given once",
        ),
    ],
)
def test_the_reason_says_what_was_the_same_and_how_far_apart(old, new, reason):
    assert same_commitment(old, new) == reason


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ({}, {}, True),
        ({"question": "Who will pay for the bridge?"}, {"question": "Who would pay for bridges?"}, True),
        ({"kind": QuestionKind.DIRECT}, {"kind": QuestionKind.PENDING}, True),
        ({"about": ("Norland",)}, {"about": ()}, True),
        ({"about": ("Norland",)}, {"about": ("Isles",)}, False),
        ({"question": "Who will pay for it?"}, {"question": "When will they pay for it?"}, False),
        ({"question": "Will A attack B?"}, {"question": "Will B attack A?"}, False),
        ({"question": "Will Norland pay Estmark?"}, {"question": "Will Norland not pay Estmark?"}, False),
        ({"question": "Why?"}, {"question": "Why?"}, False),
        ({"question": "Will it?"}, {"question": "Will it?"}, False),
    ],
)
def test_a_question_is_the_same_in_the_same_words_about_the_same_parties(old, new, same):
    assert bool(same_question(question(T, **old), question(T, **new))) is same


@pytest.mark.parametrize(("later", "same"), [(date(2026, 3, 1), True), (date(2026, 3, 8), False)])
def test_what_is_above_on_a_page_is_another_thing_on_the_page_of_another_day(later, same):
    action = "add the vessels above to the list of blocked persons"
    first, second = said(date(2026, 3, 1), action=action), said(later, action=action)
    assert bool(same_commitment(first, second)) is same


def asked(day, **slots):
    return question(T, **slots, evidence=(Evidence(0, 7, T, SourceRef("S-1", "", day)),))


@pytest.mark.parametrize(
    ("about", "later", "same"),
    [
        ((), date(2026, 3, 20), True),
        ((), date(2026, 5, 20), False),
        (("Norland",), date(2026, 5, 20), True),
    ],
)
def test_a_question_of_one_word_that_names_nobody_is_another_one_months_later(about, later, same):
    slots = {"question": "What will the investigation find?", "content": "the investigation", "about": about}
    assert bool(same_question(asked(date(2026, 3, 1), **slots), asked(later, **slots))) is same


def test_the_reason_for_a_question_is_in_words():
    assert same_question(question(T), question(T)) == "same question, same party"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ({}, {}, True),
        ({"statement": "It cost 5m."}, {"statement": "it cost 5M"}, True),
        ({"statement": "It cost 5m."}, {"statement": "It cost 6m."}, False),
        ({"statement": "It cost 5m."}, {"statement": "5m it cost."}, False),
        ({"kind": "figure"}, {"kind": "event"}, False),
        ({"value": "5m"}, {"value": "6m"}, False),
        ({"statement": "?!"}, {"statement": "?!"}, False),
    ],
)
def test_a_fact_is_the_same_word_for_word(old, new, same):
    assert bool(same_fact(fact(T, **old), fact(T, **new))) is same


@example("0:SO", "", [])
@given(st.text(max_size=400), st.text(max_size=400), st.lists(st.text(max_size=10), max_size=3))
def test_keys_are_found_for_any_words_and_the_same_for_what_is_the_same(one, other, actors):
    a, b = (said(action=text, actors=tuple(actors)) for text in (one, other))
    assert len(commitment_key(a)) <= 160
    assert len(question_key(question(T, question=one))) <= 160
    assert len(fact_key(fact(T, statement=one))) <= 160
    if same_commitment(a, b):
        assert commitment_key(a) == commitment_key(b) or set(matter_keys(a)) & set(matter_keys(b))
    if commitment_key(a):
        assert same_commitment(a, a)
        assert same_commitment(a, replace(a, kind=CommitmentKind.REFUSAL)) is None
