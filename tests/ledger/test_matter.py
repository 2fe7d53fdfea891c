"""What is the same matter in other words, by the words alone."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain import CommitmentKind, Evidence, SourceRef
from bot.ledger import matter_keys, same_commitment, same_question
from bot.ledger.matter import done_once, root, roots
from tests.store.make import commitment, question

T = "A text."


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("deployment", "deploys"),
        ("assistance", "assisting"),
        ("cooperation", "cooperate"),
        ("implementation", "implemented"),
        ("reconstruction", "reconstruct"),
        ("reduction", "reduce"),
        ("delivery", "delivering"),
        ("withdrawal", "withdraw"),
        ("provision", "providing"),
    ],
)
def test_a_noun_and_its_verb_have_one_root(noun, verb):
    assert root(noun) == root(verb)


def test_words_that_tell_nothing_are_left_out_only_where_the_rest_tells_enough():
    assert roots("continue to support Estmark's sovereignty") == roots("the sovereignty of Estmark")[::-1]
    assert roots("support Estmark") == ("support", "estmark")


def test_a_matter_in_one_word_has_no_keys_and_a_refusal_has_others():
    assert matter_keys(commitment(T, action="help")) == ()
    pledged, refused = (
        matter_keys(commitment(T, kind=kind)) for kind in (CommitmentKind.PLEDGE, CommitmentKind.REFUSAL)
    )
    assert pledged
    assert not set(pledged) & set(refused)


def on(day, origin="", **slots):
    """A commitment of a Source of that day."""
    return commitment(T, **slots, evidence=(Evidence(0, 7, T, SourceRef("S-1", "", day, origin)),))


def test_the_reason_says_that_the_words_are_others():
    old, new = on(date(2026, 1, 1), action="deploy troops"), on(date(2026, 2, 11), action="the deployment of troops")
    assert same_commitment(old, new) == "same actor, same action in other words, same recipient; 41 days apart"


@pytest.mark.parametrize(("days", "same"), [(2, True), (27, False)])
def test_a_visit_said_again_much_later_is_another_visit(days, same):
    old, new = (
        on(date(2026, 1, 15), action="meet leaders of Isles"),
        on(date(2026, 2, days), action="meet Isles leaders"),
    )
    assert bool(same_commitment(old, new)) is same
    assert done_once("continue to meet leaders")
    assert not done_once("hold those responsible to account")


UNNAMED = {"actors": (), "actor_text": "We", "action": "protect human rights defenders in the northern valley"}


def test_who_has_no_name_is_the_same_in_the_same_words_on_one_website():
    old = on(date(2026, 1, 1), "https://one.example/a", **UNNAMED)
    new = replace(
        on(date(2026, 1, 2), "https://one.example/b", **UNNAMED), evidence=(said_otherwise("https://one.example/b"),)
    )
    elsewhere = replace(new, evidence=(said_otherwise("https://two.example/b"),))

    assert same_commitment(old, new).startswith("the actor in the same words (“We”) on one.example, same action")
    assert same_commitment(old, elsewhere) is None
    assert same_commitment(old, replace(new, actor_text="They")) is None
    assert same_commitment(replace(old, actor_text="She"), replace(new, actor_text="She")) is None
    assert same_commitment(old, replace(new, action="protect human rights")) is None


@pytest.mark.parametrize(
    ("sentence", "same"),
    [("We will do that.", False), ("If all the others come in time and the weather holds, we will do that.", True)],
)
def test_a_short_sentence_that_only_points_elsewhere_means_another_thing_each_time(sentence, same):
    slots = {"actors": (), "actor_text": "We", "action": "do that"}
    assert bool(same_commitment(commitment(sentence, **slots), commitment(sentence, **slots))) is same


@pytest.mark.parametrize("event", ["The event", "The Secretary’s remarks"])
@pytest.mark.parametrize(("day", "same"), [(1, True), (2, False)])
def test_what_is_said_of_an_event_is_said_of_another_one_on_another_day(event, day, same):
    slots = {"actors": (), "actor_text": event, "action": "be open to all members of the press and other guests"}
    assert bool(same_commitment(on(date(2026, 1, 1), **slots), on(date(2026, 1, day), **slots))) is same


@pytest.mark.parametrize(
    ("content", "same"), [("whether to do that or not", False), ("whether to rebuild the old stone bridge", True)]
)
def test_a_question_that_only_quotes_is_the_same_only_where_it_tells_enough(content, same):
    asked = question(T, question=f"Still open: “{content}”", content=content)
    assert bool(same_question(asked, asked)) is same


def said_otherwise(origin):
    """Evidence in other words of a Source."""
    return Evidence(0, 8, "Another.", SourceRef("S-2", "", date(2026, 1, 2), origin))


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("When will Norland begin the deployment of troops?", "When does Norland begin to deploy troops?", True),
        ("Will Norland attack troops of Isles?", "Will Isles attack troops of Norland?", False),
        ("Will Norland deploy?", "Will Norland's deployment be?", False),
    ],
)
def test_a_question_is_the_same_in_other_words_that_leave_who_does_what(old, new, same):
    assert bool(same_question(question(T, question=old), question(T, question=new))) is same
