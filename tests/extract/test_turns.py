"""Turns of a transcript, read off its labels."""

from bot.extract.turns import turn_at, turns_of
from tests.extract.readings import document

BRIEFING = document(
    "MR PRICE: Good afternoon.",
    "QUESTION: When will the talks resume?",
    "OPERATOR: One moment, please.",
    "MR PRICE: I don't have a timeline for that.",
    "We will share one when we can.",
    "QUESTION: Thank you.",
    "MR PRICE: Next.",
)


def test_a_turn_runs_to_the_next_label():
    turns = turns_of(BRIEFING)
    assert [turn.speaker for turn in turns] == ["mr price", "question", "operator", "mr price", "question", "mr price"]
    assert BRIEFING.text[turns[3].start : turns[3].end].endswith("when we can.")


def test_those_who_ask_and_those_who_give_the_word_are_told_apart():
    turns = turns_of(BRIEFING)
    assert [turn.asks for turn in turns[:4]] == [False, True, False, False]
    assert [turn.chairs for turn in turns[:4]] == [False, False, True, False]


def test_a_place_is_in_the_turn_that_covers_it():
    turns = turns_of(BRIEFING)
    assert turn_at(turns, BRIEFING.text.index("resume")) == turns[1]
    assert turn_at(turns, len(BRIEFING.text) + 1) is None


def test_a_text_with_a_colon_here_and_there_is_no_transcript():
    assert (
        turns_of(document("Correction: the date was wrong.", "The minister spoke.", "Note: all times are local.")) == ()
    )
