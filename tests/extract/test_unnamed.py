"""Open questions in words that no cue names, out of what the network says of each word."""

import numpy as np
import pytest

from bot.domain import QuestionKind
from bot.extract.asking import Ground
from bot.extract.questions import find_questions
from bot.extract.reading import parse
from bot.extract.sense import ROLES, Sense
from bot.extract.unnamed import unnamed
from tests.extract.readings import document, reading

pytestmark = pytest.mark.model

MINE = "The ministry keeps its counsel on the future of the mine."
TALKS = "The two sides part ways on whether the talks should go on."


def read(nlp, text, cue="", matter="", asks=0.9):
    """What is found in a sentence whose words `cue` and `matter` are read as such."""
    (sentence,) = parse(document(text), nlp).sentences
    words = np.zeros((len(sentence.span), len(ROLES)), dtype=np.float32)
    for role, part in (("question cue", cue), ("matter", matter)):
        start = text.index(part)
        for place, token in enumerate(sentence.span):
            if part and start <= token.idx < start + len(part):
                words[place, ROLES.index(role)] = 0.8
    return list(unnamed(sentence, Sense(0.0, asks, words)))


def test_a_noun_that_reads_like_a_matter_is_asked_for(nlp):
    (found,) = read(nlp, MINE, "keeps its counsel on", "the future of the mine")
    assert found.phrased.question == "What is the future of the mine?"
    assert (found.cue, found.ground, found.kind) == ("keeps its counsel on", Ground.UNNAMED, QuestionKind.UNCERTAINTY)


def test_a_clause_that_reads_like_a_matter_is_put_into_the_order_of_a_question(nlp):
    (found,) = read(nlp, TALKS, "part ways on", "whether the talks should go on")
    assert found.phrased.question == "Should the talks go on?"
    assert found.kind is QuestionKind.INDIRECT


def test_what_no_question_can_be_made_of_is_quoted_whole(nlp):
    (found,) = read(
        nlp, "The board keeps silent about its plan to sell the mine.", "keeps silent about", "its plan to sell"
    )
    assert found.phrased.question == "Still open: “its plan to sell the mine”"


def test_what_is_asked_for_without_its_verb_is_quoted_with_its_sentence(nlp):
    said = "It is unclear how much authority Saad al-Din, described as a spokesman, has over units"
    (found,) = read(nlp, f"{said}.", "It is unclear", "how much authority")
    assert found.phrased.question == f"Still open: “{said}”"


def test_what_only_points_back_is_no_matter(nlp):
    assert read(nlp, "The council is due to answer that in October.", "is due to answer", "that in October") == []


def test_who_speaks_is_no_matter(nlp):
    assert read(nlp, "INES HALLORAN: We do not know yet.", "do not know yet", "INES HALLORAN") == []


def test_for_torn_words_the_sentence_is_quoted(nlp):
    (found,) = read(nlp, MINE, "keeps", "counsel on the future")
    assert found.phrased.question == f"Still open: “{MINE.rstrip('.')}”"


@pytest.mark.parametrize(
    ("cue", "matter"),
    [
        ("", "the future of the mine"),
        ("keeps its counsel on", ""),
        ("the future of the mine", "the future of the mine"),
    ],
)
def test_where_cue_and_matter_are_not_told_apart_the_sentence_is_quoted(nlp, cue, matter):
    (found,) = read(nlp, MINE, cue, matter)
    assert found.phrased.question == f"Still open: “{MINE.rstrip('.')}”"
    assert (found.cue, found.opener, found.kind) == ("", "", QuestionKind.UNCERTAINTY)


@pytest.mark.parametrize(
    "text",
    [
        "I wonder what the mine will fetch.",
        f"{MINE.rstrip('.')}, {'and so on ' * 15}and so on.",
        "Regardless of the future of the mine, the army leaves.",
        "The short answer is that we do not know.",
    ],
)
def test_what_is_one_s_own_long_a_look_alike_or_without_a_matter_is_not_quoted(nlp, text):
    assert read(nlp, text) == []


@pytest.mark.parametrize(("matter", "asks"), [("the future of the mine", 0.1), ("mine", 0.5)])
def test_without_a_sentence_that_asks_and_words_that_name_something_there_is_nothing(nlp, matter, asks):
    assert read(nlp, MINE, "keeps its counsel on", matter, asks) == []


def test_a_sentence_that_surely_asks_is_quoted_where_its_words_name_nothing(nlp):
    (found,) = read(nlp, MINE, "keeps its counsel on", "mine", 0.9)
    assert found.phrased.question == f"Still open: “{MINE.rstrip('.')}”"


def test_in_the_words_of_a_look_alike_there_is_nothing(nlp):
    text = "Regardless of whether the talks should go on, the army leaves."
    assert read(nlp, text, "Regardless of", "whether the talks should go on") == []


def test_in_words_of_which_the_rules_know_better_there_is_nothing(nlp):
    text = "It is no longer unclear whether the talks should go on."
    assert find_questions(reading(nlp, text)) == ()


def test_all_that_a_reporter_says_is_no_matter_and_what_a_text_says_is(nlp):
    said = "How the mill is to be paid for has been left to the next council"
    (found,) = find_questions(reading(nlp, f"{said}."))
    assert found.question == "Still open: “How the mill is to be paid for”"
    talk = reading(nlp, f"QUESTION: {said} —", "MR PRICE: We met in May.", "QUESTION: Thank you.", "MR PRICE: Good.")
    assert find_questions(talk) == ()


def test_who_speaks_is_left_out_of_what_is_quoted(nlp):
    (found,) = read(nlp, f"INES HALLORAN: {MINE}")
    assert found.phrased.question == f"Still open: “{MINE.rstrip('.')}”"
