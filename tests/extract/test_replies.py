"""What is said to a question put in a transcript."""

import pytest

from bot.errors import SettingsError
from bot.extract.questions import find_questions
from bot.extract.replies import Exchange, exchange, features, load_patterns, replies_to
from bot.extract.turns import turn_at, turns_of
from tests.extract.readings import reading


def put(*reply: str, question: str = "will you publish the review?", place: int = 0, of: int = 1) -> Exchange:
    """A question, to which this is said."""
    return Exchange(question, reply, place, of, asker=True)


def replied(nlp, *lines: str) -> list[str]:
    """What is said to the first question of a transcript, sentence by sentence."""
    read = reading(nlp, *lines)
    turns = turns_of(read.document)
    asked = next(each for each in read.sentences if each.evidence(read.document.text).quote.endswith("?"))
    turn = turn_at(turns, asked.start)
    return list(exchange(asked, replies_to(turn, turns, read), read.document.text, turn).reply)


def test_the_reply_passes_over_whoever_only_gives_the_word_and_ends_at_the_next_question(nlp):
    lines = (
        "QUESTION: When will the talks resume?",
        "OPERATOR: One moment, please.",
        "MR PRICE: I don't have a timeline for that. We will share one when we can.",
        "QUESTION: Who is going to lead the delegation this time?",
        "MR PRICE: The ambassador.",
    )
    assert replied(nlp, *lines) == ["i don't have a timeline for that.", "we will share one when we can."]


def test_a_reporter_who_only_breaks_in_does_not_end_the_reply(nlp):
    lines = (
        "QUESTION: When will the talks resume?",
        "MR PRICE: Well —",
        "QUESTION: Next week?",
        "MR PRICE: I am not going to get ahead of that.",
    )
    assert replied(nlp, *lines)[-1].endswith("i am not going to get ahead of that.")


def test_nothing_is_said_to_the_last_question_of_a_transcript(nlp):
    assert replied(nlp, "MR PRICE: Good afternoon.", "MR PRICE: Please.", "QUESTION: When will the talks resume?") == []
    assert "nobody replies" in features(put())


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ("i don't have anything for you on that.", "nothing to tell"),
        ("we're not going to get into that.", "will not tell"),
        ("i would refer you to the treasury.", "refer to others"),
        ("we'll take that back for you.", "take it back"),
        ("no decision has been made.", "undecided"),
        ("that is a hypothetical.", "suppose"),
        ("we'll see what they do.", "wait and see"),
        ("we don't know yet.", "not know"),
        ("yes, we will.", "yes"),
    ],
)
def test_what_a_reply_says_is_named(said, sign):
    assert f"reply opens with {sign}" in features(put(said))


def test_of_several_questions_the_part_of_the_reply_that_speaks_to_this_one_is_looked_at():
    reply = ("on your first question, yes, we will.", "to your second question, i would refer you to the treasury.")
    first, second = (features(put(*reply, place=place, of=2)) for place in (0, 1))
    assert "reply says to this refer to others" in second
    assert "what speaks to this is told" in second
    assert "reply says to this yes" not in second
    assert "reply opens with refer to others" not in first


def test_where_no_number_tells_the_part_that_shares_its_words_is_looked_at():
    reply = ("the embassy is open.", "on the budget i have no update.", "the budget is with the committee.")
    found = features(put(*reply, question="and who drafts the budget?", place=1, of=2))
    assert "what speaks to this is alike" in found
    assert "reply says to this nothing to tell" in found


def test_each_feature_counts_once():
    found = features(put("no. no. no.", question="will it, will it, will it end?"))
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("reply", "is_open"),
    [
        ("I don't have anything to announce on that. We will have more to say when we are ready.", True),
        ("I am not going to get ahead of the process. We will have more to say in the coming days.", True),
        ("Yes. It will be published on Friday.", False),
        ("No. It is for the use of the ministers alone.", False),
    ],
)
def test_a_matter_of_fact_that_the_reply_evades_is_open_and_one_that_it_answers_is_not(nlp, reply, is_open):
    lines = ("MR PRICE: Good afternoon.", "QUESTION: Will you publish the review before the election?")
    assert bool(find_questions(reading(nlp, *lines, f"MR PRICE: {reply}"))) is is_open


def test_a_view_that_is_asked_for_is_no_open_question(nlp):
    lines = (
        "MR PRICE: Good afternoon.",
        "QUESTION: Do you have any comment on the resignation of the Slovak minister?",
        "MR PRICE: I don't have any comment on that.",
    )
    assert find_questions(reading(nlp, *lines)) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "is missing"),
        ("[evades", "not valid TOML"),
        ("[evades]\n[says]\n", "no table 'asks'"),
        ('[evades]\n"not know" = ["("]\n[says]\n[asks]\n', "evades.not know is no list of patterns"),
        ('[evades]\n"not know" = 7\n[says]\n[asks]\n', "evades.not know is no list of patterns"),
    ],
)
def test_a_file_of_patterns_that_cannot_be_used_is_named_with_what_is_wrong(tmp_path, text, said):
    if text is not None:
        (tmp_path / "replies.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        load_patterns(tmp_path)


def test_a_reporter_who_asks_on_without_a_verb_puts_no_matter(nlp):
    lines = (
        "MR PRICE: Good afternoon.",
        "QUESTION: Will you send more batteries this month?",
        "MR PRICE: I don't have anything to announce on that.",
        "QUESTION: A number, too?",
        "MR PRICE: I'm not in a position to speak to numbers.",
    )
    assert [found.question for found in find_questions(reading(nlp, *lines))] == [
        "Will you send more batteries this month?"
    ]
