"""How a predicate stands: negated, unfinished, supposed, past."""

import pytest

from bot.extract.clauses import index
from bot.extract.openness import openness
from tests.extract.built import word
from tests.extract.readings import reading

pytestmark = pytest.mark.model


def stands(nlp, text: str, anchor: str):
    sentence = index(reading(nlp, text).sentences[0].span)
    return openness(sentence, word(sentence, anchor))


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("The minister has not said when he will go.", "said"),
        ("Officials have yet to say when it will open.", "say"),
        ("The company declined to say how many left.", "say"),
        ("Nobody knows who did it.", "knows"),
        ("No one knows who did it.", "knows"),
        ("The police did not identify the victims or say how they died.", "say"),
        ("The ministry was unable to confirm whether he was there.", "confirm"),
    ],
)
def test_a_denied_act_is_negated_however_it_is_denied(nlp, text, anchor):
    assert stands(nlp, text, anchor).negated


def test_a_few_are_somebody_and_few_are_hardly_anybody(nlp):
    assert stands(nlp, "Few have decided whether to go back.", "decided").negated
    assert not stands(nlp, "A few have decided that they are going back.", "decided").negated


def test_what_is_no_longer_so_is_over(nlp):
    assert stands(nlp, "It is no longer unclear whether he will run.", "unclear").no_longer


@pytest.mark.parametrize(
    ("text", "anchor", "unfinished"),
    [
        ("Investigators are trying to determine how it began.", "determine", True),
        ("The board is considering whether to close the plant.", "considering", True),
        ("The court will decide whether he goes free.", "decide", True),
        ("The court decided whether he goes free.", "decided", False),
        ("The size determines how much is paid.", "determines", False),
        ("The board has to decide whether to close the plant.", "decide", True),
        ("A country is free to decide who is a guest in it.", "decide", False),
        ("The agency had no mandate to establish who had used what.", "establish", False),
    ],
)
def test_going_on_or_still_to_come_is_unfinished(nlp, text, anchor, unfinished):
    assert stands(nlp, text, anchor).unfinished is unfinished


def test_a_condition_is_only_supposed(nlp):
    assert stands(nlp, "If it is unclear whether he came, ask the guard.", "unclear").supposed


def test_the_actor_is_a_pronoun_a_name_or_a_noun(nlp):
    assert stands(nlp, "I do not know who did it.", "know").actor == "i"
    assert stands(nlp, "Smith did not know who did it.", "know").actor == "name"
    assert stands(nlp, "The police do not know who did it.", "know").actor == "noun"
