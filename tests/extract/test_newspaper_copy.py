"""What newspapers and interviews do that written examples do not: each sentence here was once read wrongly."""

import pytest

from bot.domain import CommitmentKind, Firmness
from bot.extract.commitments import find_commitments
from bot.extract.questions import find_questions
from tests.extract.readings import only, reading

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "sentence",
    [
        "The company warned the move would cut its profits by $3.8m.",
        "He said the recent experience of Wales indicated seven million households would pay significantly more.",
        "The Tories say whatever the chancellor gives away will be clawed back in higher taxes if Labour is returned.",
        "Three people have been determined to be refugees by the High Commissioner.",
        "It would send a signal that the United States is willing to throw asunder relationships that took decades.",
        "The government dismissed suggestions it would cut the budget.",
        "Raising the threshold would prevent many home-buyers from paying the tax, the minister said.",
        "The ministry said it would not be common practice to sign approval.",
        "The act will cover Wales from next year.",
        "Labour would raise taxes in its first Budget, the Tory leader claimed.",
        "Engineering firm Balfour Beatty and five railway managers are to go on trial for manslaughter.",
        "The scheme is being run jointly by the Electoral Commission and the Hansard Society.",
        "Oil giant BP has announced a 26% rise in annual profits to $16.2bn.",
        "The ban threatens to reignite tensions between the two companies.",
        "The longer we are willing to commit, the sooner this work can end.",
        "The hall is ready for the residents to move in over the next few weeks.",
        "It is clear that a new treaty is going to be necessary, the minister said.",
        "Russia will likely use them within weeks in Ukraine, Blinken said.",
        'A tough response from Russia\'s armed forces "will not take long", she said.',
        "President Isaac Herzog offered an apology that his country had failed to protect him.",
        "Hamas leaders will pay for these crimes, he said.",
        'The rival\'s team "will try to radicalise the campaign," political analyst Andriy Zolotaryov wrote.',
        "Members of the alliance declined to offer a timeline for that.",
    ],
)
def test_no_undertaking(nlp, sentence):
    assert find_commitments(reading(nlp, sentence)) == ()


def test_a_sum_at_the_end_keeps_its_millions(nlp):
    assert only(nlp, "The ministry has promised to cut its debt by $3.8m.").action == "cut its debt by $3.8m"


def test_both_halves_of_a_subject_act_together(nlp):
    found = only(nlp, "A spokesman said the health department and the state hospital itself would work together.")
    assert found.actor_text == "the health department and the state hospital itself"
    assert found.action == "work together"


def test_what_will_be_done_is_told_with_what_it_is_done_to(nlp):
    found = only(nlp, "Northumbria Police said the pedestrian Millennium Bridge will be shut if necessary.")
    assert found.action == "the pedestrian Millennium Bridge will be shut"
    assert only(nlp, "They are going to be stopped.").action == "They are going to be stopped"


def test_a_plan_that_others_speak_of_is_not_theirs_nor_is_what_they_demand_its_condition(nlp):
    found = only(nlp, "The Tories say plans to extend opening times should be put on hold until drinking falls.")
    assert (found.actors, found.actor_text, found.condition) == ((), "", None)


def test_a_verb_that_reads_like_a_noun_acts(nlp):
    found = only(nlp, "The Lib Dems plan to oppose the Bill in the Lords on Thursday.")
    assert (found.actors, found.recipients) == (("Lib Dems",), ())
    assert only(nlp, "Nestle plans to buy back shares worth 1bn Swiss francs ($861m; £451m).").actors == ("Nestle",)


def test_instead_stands_in_nobodys_way(nlp):
    found = only(nlp, "South Korea said it plans instead to boost holdings of currencies.")
    assert (found.actors, found.action) == (("South Korea",), "boost holdings of currencies")


def test_he_is_no_announcement(nlp):
    found = only(nlp, "The chancellor's announcement that he was to offer a £200 rebate was merely a plaster.")
    assert (found.actor_text, found.action) == ("The chancellor", "offer a £200 rebate")


def test_a_name_ends_before_what_came_before_the_deed(nlp):
    found = only(nlp, "The Federal President after careful examination of this law, has agreed to sign it.")
    assert found.actors == ("Federal President",)


def test_to_prepare_is_no_offer(nlp):
    found = only(nlp, "The comments came as Viktor Yushchenko prepared to head to Brussels.")
    assert (found.kind, found.firmness) == (CommitmentKind.PLAN, Firmness.TENTATIVE)


def test_a_report_that_is_denied_is_disputed_and_a_decision_that_stands_is_not(nlp):
    denied = only(nlp, "He denied an earlier report that he planned to make an appeal to the kidnappers.")
    assert denied.firmness is Firmness.DISPUTED
    stands = only(nlp, "Michael Howard has denied his shadow cabinet was split over its decision to back Labour.")
    assert stands.firmness is not Firmness.DISPUTED


def test_what_rivals_say_of_a_pledge_is_not_theirs(nlp):
    found = only(nlp, "He has pledged to end the war, a move that Democrats say would embolden Moscow.")
    assert found.actor_text == "He"


def test_the_agency_before_a_text_is_nobody(nlp):
    assert only(nlp, "CNN — The United States will send jets to Ukraine.").evidence[0].quote.startswith("The United")


def test_times_and_contrasts_are_no_conditions(nlp):
    assert only(nlp, "The US will send more ships as soon as this week.").condition is None
    assert only(nlp, "We have offered to help in Aceh, the hardest hit area at the moment.").condition is None
    found = only(nlp, "Thailand has declined the offer, while India said it would think it over.")
    assert found.condition is None


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("The ministers will meet in Rome this weekend.", "this weekend"),
        ("He agreed to meet the foreign minister this week on February 24.", "on February 24"),
    ],
)
def test_this_week_is_when_it_is_due_where_no_day_is_told(nlp, sentence, due):
    assert only(nlp, sentence).due == due


def test_the_cue_is_shown_whole_and_without_what_stands_before_it(nlp):
    assert only(nlp, "The ministers won't close the camp, she said.").why.cue == "won't"
    found = only(nlp, "He said he was pleased the administration was prepared to tackle the deficit.")
    assert found.why.cue == "was prepared"


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "He could not find evidence to show whether the intervention was intended to help his nanny.",
            "Was the intervention intended to help his nanny?",
        ),
        ("The precise details of the deal haven't been finalised.", "What are the precise details of the deal?"),
        ("Labour has yet to map out precise tax proposals.", "When will Labour map out precise tax proposals?"),
        ("The housing market outlook remains highly uncertain.", "What is the housing market outlook?"),
        ("The question is: “Will it work without the money?”", "Will it work without the money?"),
    ],
)
def test_open_in_the_words_of_newspapers(nlp, sentence, question):
    (found,) = find_questions(reading(nlp, sentence))
    assert found.question == question


@pytest.mark.parametrize(
    "sentence",
    [
        "The chancellor will no doubt tell us today how wonderfully the economy is doing.",
        "It's important that there be a comprehensive investigation into what has happened at Manus.",
        "The relationship, how we get on, is not determined by this.",
        "Although the Greens still do not agree with either of you, the bill will pass.",
        "The army has so far really struggled to respond to the attack.",
    ],
)
def test_nothing_open(nlp, sentence):
    assert find_questions(reading(nlp, sentence)) == ()
