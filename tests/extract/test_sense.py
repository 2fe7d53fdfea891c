"""The network that reads whole sentences."""

import numpy as np
import pytest

from bot.errors import ModelMissing
from bot.extract.sense import LONGEST, load_network, log_odds, senses

pytestmark = pytest.mark.model

UNDERTAKEN = "The two ministers agreed on Tuesday to send 200 engineers to the flooded province by the end of May."
TOLD = "The river rose by two metres in the night and flooded the lower town."
OPEN = "It is not yet known who started the fire in the warehouse."


def read(nlp, *texts):
    return senses([nlp(text)[:] for text in texts])


def test_an_undertaking_reads_more_like_one_than_an_event(nlp):
    undertaken, told = read(nlp, UNDERTAKEN, TOLD)
    assert undertaken.commits > 0.5 > told.commits


def test_an_open_question_reads_more_like_one_than_an_undertaking(nlp):
    unknown, undertaken = read(nlp, OPEN, UNDERTAKEN)
    assert unknown.asks > 0.5 > undertaken.asks


def place_of(text, word):
    return text.split().index(word)


def test_the_words_of_an_undertaking_have_their_roles(nlp):
    (sense,) = read(nlp, UNDERTAKEN)
    agreed, send, ministers = (place_of(UNDERTAKEN, word) for word in ("agreed", "send", "ministers"))
    assert sense.most("commitment cue", [agreed]) > 0.5 > sense.most("commitment cue", [ministers])
    assert sense.most("action", [send]) > 0.5 > sense.most("action", [agreed])


def test_the_words_of_an_open_question_have_their_roles(nlp):
    (sense,) = read(nlp, OPEN)
    assert sense.most("question cue", [place_of(OPEN, "known")]) > 0.5
    assert sense.most("matter", [place_of(OPEN, "started")]) > 0.5


def test_words_that_are_not_there_have_no_role(nlp):
    assert read(nlp, OPEN)[0].most("matter", [-1, 5 * LONGEST]) == 0


def test_the_same_sentences_give_the_same_numbers(nlp):
    assert read(nlp, UNDERTAKEN, TOLD, OPEN) == read(nlp, UNDERTAKEN, TOLD, OPEN)


def test_what_stands_beside_a_sentence_does_not_change_what_it_says(nlp):
    alone, beside = read(nlp, UNDERTAKEN)[0], read(nlp, UNDERTAKEN, OPEN, TOLD * 3)[0]
    assert alone.commits == pytest.approx(beside.commits, abs=0.002)


def test_the_results_stand_in_the_order_of_the_sentences(nlp):
    assert [each.asks > 0.5 for each in read(nlp, TOLD, OPEN, UNDERTAKEN)] == [False, True, False]


def test_no_sentence_gives_no_result():
    assert senses([]) == []


def test_unknown_words_and_endless_sentences_are_read(nlp):
    for text in ("Zzyzx qwrt \U0001f600 ﷽.", "and " * (5 * LONGEST)):
        (found,) = read(nlp, text)
        assert 0 <= found.commits <= 1


def test_a_missing_network_says_what_to_do(tmp_path):
    with pytest.raises(ModelMissing, match="make sense"):
        load_network(tmp_path / "none.npz")


def test_a_damaged_network_says_what_to_do(tmp_path):
    path = tmp_path / "sense.npz"
    path.write_bytes(b"no network")
    with pytest.raises(ModelMissing, match="make sense"):
        load_network(path)


@pytest.mark.parametrize("chance", [0.0, 0.2, 0.5, 1.0])
def test_log_odds_are_bounded_and_rise_with_the_chance(chance):
    assert -6 <= log_odds(chance) <= 6
    assert np.sign(log_odds(chance)) == np.sign(chance - 0.5)
