"""What must not be read into a sentence: a deadline of something else, a question as a plan, a promise turned round."""

import pytest

from bot.domain import CommitmentKind
from bot.extract.commitments import find_commitments
from tests.extract.readings import reading

pytestmark = pytest.mark.model

NOT_THE_DEEDS = [
    "The union refused to move Sunday matches to the evening.",
    "Germany vowed on Monday to send fifty tanks.",
    "Saltmere decided on 5 May to join the fund.",
    "Norway offered to lend two ships if the survey that began in January is certified.",
    "The city is to lay on buses, and the university has postponed all exams until Monday.",
    "The club plans to offer fifty free places, and hopes to double that number in 2027.",
]
THE_DEEDS = [
    ("The ministry will publish the report in May.", "in May"),
    ("Norway pledged to deliver the ships by 30 April.", "by 30 April"),
    ("In June the parties will meet in Geneva.", "In June"),
    ("The council intends to finish the work before the end of March 2027.", "before the end of March 2027"),
]
LEFT_OPEN = [
    "The commission has yet to say when the survey will be finished.",
    "The council has not yet decided whether to open the doors to the public.",
    "Nobody knows where the club will play next year.",
    "The two governments are still discussing how the fuel bill will be shared.",
]


@pytest.mark.parametrize("sentence", NOT_THE_DEEDS)
def test_a_time_that_belongs_to_something_else_is_not_when_the_deed_is_due(nlp, sentence):
    first = find_commitments(reading(nlp, sentence))[0]
    assert first.due is None
    assert first.due_date is None


@pytest.mark.parametrize(("sentence", "due"), THE_DEEDS)
def test_a_time_that_hangs_from_the_deed_is_when_it_is_due(nlp, sentence, due):
    assert [found.due for found in find_commitments(reading(nlp, sentence))] == [due]


@pytest.mark.parametrize("sentence", LEFT_OPEN)
def test_an_indirect_question_is_no_plan(nlp, sentence):
    assert find_commitments(reading(nlp, sentence)) == ()


def test_a_pledge_not_to_keeps_its_not(nlp):
    (found,) = find_commitments(reading(nlp, "The United States will not stand by while the war goes on."))
    assert found.kind is CommitmentKind.PLEDGE
    assert found.action.startswith("not stand by")


def test_initials_are_known_behind_the_at_the_head_of_a_sentence(nlp):
    (found,) = find_commitments(reading(nlp, "The UK will send tanks to Ukraine."))
    assert found.actors == ("United Kingdom",)


def test_a_pronoun_is_not_carried_into_another_paragraph(nlp):
    lines = ("Germany opened its embassy in Kyiv.", "It promised to send fifty tanks.")
    together, apart = find_commitments(reading(nlp, " ".join(lines))), find_commitments(reading(nlp, *lines))
    assert [found.actors for found in together] == [("Germany",)]
    assert [(found.actors, found.actor_text) for found in apart] == [((), "It")]


@pytest.mark.parametrize(
    ("sentence", "actors", "said"),
    [
        (
            "The region's transport minister, Pavel Orr, promised to present a financing plan before Christmas.",
            ("Pavel Orr",),
            "The region's transport minister",
        ),
        ("The chairman, Mr Hale, agreed to write to the ministry.", ("Hale",), "The chairman"),
        ("Tramworks, the operator, offered to lend six vehicles for the first winter.", (), "Tramworks"),
    ],
)
def test_a_name_and_an_office_side_by_side_give_the_actor(nlp, sentence, actors, said):
    (found,) = find_commitments(reading(nlp, sentence))
    assert (found.actors, found.actor_text) == (actors, said)


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("The ministry will publish the report once the inquiry has ended.", "once the inquiry has ended"),
        ("Estmark will not sign the treaty until the last clause is settled.", "until the last clause is settled"),
        ("Norland agreed to lower the toll in return for a new road.", "in return for a new road"),
        ("The crew will start the repair of the bridge on Monday, weather permitting.", "weather permitting"),
        ("Norland will supply Estmark with grain for as long as it takes.", None),
        ("The mayor vowed to open the pool even if it rains.", None),
        ("The company will run two ferries to the island until Friday.", None),
    ],
)
def test_a_condition_is_what_the_undertaking_waits_for_and_not_a_term_or_a_defiance(nlp, sentence, condition):
    (found,) = find_commitments(reading(nlp, sentence))
    assert found.condition == condition


@pytest.mark.parametrize(
    "sentence",
    [
        "As talks go on, the focus will remain on security guarantees for Ukraine.",
        "They spoke of guarantees for Ukraine.",
    ],
)
def test_how_things_stand_and_a_name_alone_are_no_undertaking(nlp, sentence):
    assert find_commitments(reading(nlp, sentence)) == ()
