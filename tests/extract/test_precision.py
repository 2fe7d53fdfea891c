"""What must not be read into a sentence: a deadline of something else, a question as a plan, a promise turned round."""

import pytest

from bot.domain import CommitmentKind
from bot.extract.commitments import find_commitments
from tests.extract.readings import reading

pytestmark = pytest.mark.model

NOT_THE_DEEDS = [
    "The union refused to move Sunday matches to the evening.",
    "Germany vowed on Monday to send fifty tanks.",
    "The Saltmere council decided on 5 May to join the fund.",
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


def test_a_condition_belongs_to_the_deed_that_it_stands_with(nlp):
    text = "The agency is sending four doctors to Holm and will open a second ward if the cases go on climbing."
    found = {each.action: each.condition for each in find_commitments(reading(nlp, text))}
    assert found["open a second ward"] == "if the cases go on climbing"
    assert found["sending four doctors to Holm"] is None


@pytest.mark.parametrize(
    ("sentence", "actor", "action"),
    [
        ("Action: Clerk to write to the county council by 14 November.", "Clerk", "write to the county council"),
        (
            "ACTION: the chair and Ms Orr to meet the harbour master on Friday.",
            "the chair and Ms Orr",
            "meet the harbour master",
        ),
        ("Mr Platt to obtain three quotes.", "Mr Platt", "obtain three quotes"),
        ("Cllr Wragg to contact the school.", "Cllr Wragg", "contact the school"),
        ("The clerk to write to the owner.", "The clerk", "write to the owner"),
        ("JG to order the planters by Friday.", "JG", "order the planters"),
        (
            "JC to obtain a quote for a gate and bring it to the meeting.",
            "JC",
            "obtain a quote for a gate and bring it",
        ),
    ],
)
def test_an_action_point_of_minutes_says_who_does_what(nlp, sentence, actor, action):
    (found,) = find_commitments(reading(nlp, sentence))
    assert (found.actor_text, found.action.startswith(action)) == (actor, True)


@pytest.mark.parametrize(
    "line",
    ["Action: to be decided at the next meeting.", "EU to be fair.", "Dr Grey to the rescue.", "A tale to tell."],
)
def test_what_gives_nobody_a_task_is_no_action_point(nlp, line):
    assert find_commitments(reading(nlp, line)) == ()


@pytest.mark.parametrize(
    ("sentence", "actor", "action"),
    [
        (
            "An application was received in June and it was resolved that Cllr Simpson would hold an interview.",
            "Cllr Simpson",
            "hold an interview",
        ),
        ("It has been agreed that Norland will pay for the road.", "Norland", "pay for the road"),
        ("An application was received and it was resolved to accept it.", "", "accept it"),
        ("It was decided that the fee will be raised in May.", "", "the fee will be raised in May"),
        ("It was pledged that no school would close.", "", "no school would close"),
    ],
)
def test_where_nobody_is_said_to_decide_the_one_who_is_to_act_undertakes_it(nlp, sentence, actor, action):
    (found,) = find_commitments(reading(nlp, sentence))
    assert (found.actor_text, found.action) == (actor, action)


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        (
            "The mayor said that the bridge had been inspected and would be repaired by June.",
            "the bridge would be repaired by June",
        ),
        ("The bridge was shut and won't be reopened.", "The bridge won't be reopened"),
        ("The bridge was shut and will not be reopened before June.", "The bridge will not be reopened before June"),
        ("The bank was founded in 1990 and will be sold by Ms Grey.", "be sold by Ms Grey"),
    ],
)
def test_what_a_second_predicate_says_of_a_thing_keeps_the_thing(nlp, sentence, action):
    (found,) = find_commitments(reading(nlp, sentence))
    assert found.action == action


def test_who_is_said_to_be_ready_is_the_one_that_it_stands_for(nlp):
    (found,) = find_commitments(reading(nlp, "Port Veyra announced on Monday that it is ready to take sixty barges."))
    assert found.actors == ("Port Veyra",)


@pytest.mark.parametrize(
    "sentence",
    ["The union refused to rule out a strike.", "The minister would not rule out a further rise in the toll."],
)
def test_what_somebody_will_not_rule_out_is_left_open(nlp, sentence):
    assert find_commitments(reading(nlp, sentence)) == ()


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("The ministry will publish the report once the inquiry has ended.", "once the inquiry has ended"),
        ("Estmark will not sign the treaty until the last clause is settled.", "until the last clause is settled"),
        ("Norland agreed to lower the toll in return for a new road.", "in return for a new road"),
        ("The crew will start the repair of the bridge on Monday, weather permitting.", "weather permitting"),
        ("The council refused to reopen the bridge without a new survey.", "without a new survey"),
        ("The firm said it would not sell the yard before the court had ruled.", "before the court had ruled"),
        (
            "The group resolved not to sign the building contract before the consent is in hand.",
            "before the consent is in hand",
        ),
        ("As the weather permits, the council will repair the bridge.", "As the weather permits"),
        (
            "Estmark announced that it is ready to lend two ferries, provided that the harbour finds berths for them.",
            "provided that the harbour finds berths for them",
        ),
        ("If the vote fails, the minister said that she would resign.", "If the vote fails"),
        ("Any further attack on the convoys will be met with a swift response.", "Any further attack on the convoys"),
        (
            "Its lenders have agreed to waive covenants until September provided that debt does not rise above 310 million.",
            "provided that debt does not rise above 310 million",
        ),
        ("The minister will send a team to see if the dam can be saved.", None),
        ("The city council will repair the bridge before the winter comes.", None),
        ("The minutes of the meeting will be published by the clerk on Friday.", None),
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


def test_what_somebody_notes_while_urging_another_is_not_what_he_asks_for(nlp):
    said = "The minister urged the mayor to reopen the bridge, adding that Norland will pay for the repairs."
    (found,) = find_commitments(reading(nlp, said))
    assert (found.actors, found.action) == (("Norland",), "pay for the repairs")


def test_who_says_it_is_left_blank_where_either_of_two_may(nlp):
    said = "The minister wants the mayor to stay, adding that she will open a second bridge in May."
    assert [(found.actors, found.actor_text) for found in find_commitments(reading(nlp, said))] == [((), "she")]
