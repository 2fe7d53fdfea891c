"""What agencies' news does that written examples do not: each sentence here was once read wrongly."""

import pytest

from bot.domain import CommitmentKind, Firmness
from bot.extract.commitments import find_commitments
from bot.extract.questions import find_questions
from tests.extract.readings import only, reading

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister stressed that the government is ready because it has put forward the dialogue project.",
        "Council members reassured attendees that there are 40 seats in the hall.",
        "The only information we have is that the restructuring will result in the transfer of 30 workers.",
        "Several analysts told the agency that the bank would cut its rate in July.",
        "It would take months before they reach the summit.",
    ],
)
def test_no_undertaking(nlp, sentence):
    assert find_commitments(reading(nlp, sentence)) == ()


def test_a_clause_that_says_who_is_meant_undertakes_nothing(nlp):
    found = only(nlp, "The government will only talk to those groups who will lay down their arms.")
    assert found.actor_text == "The government"


def test_what_an_analyst_will_do_is_the_analysts_own(nlp):
    assert (
        only(nlp, "The analysts said they would publish their forecast in May.").action
        == "publish their forecast in May"
    )


def test_reports_said_to_be_untrue_are_disputed(nlp):
    found = only(nlp, "He said that reports that Iran had agreed to hold direct talks were “not true”.")
    assert found.firmness is Firmness.DISPUTED


def test_who_announces_something_of_itself(nlp):
    found = only(nlp, "Airbus Group in September announced it would merge with its main planemaking unit.")
    assert (found.actors, found.action) == (("Airbus Group",), "merge with its main planemaking unit")


def test_a_refusal_announced_is_one_item_with_the_name_before_the_office(nlp):
    found = only(
        nlp, "Raghuram Rajan, the economist who shook the bank by announcing he would not seek a second term, left."
    )
    assert (found.kind, found.actors) == (CommitmentKind.REFUSAL, ("Raghuram Rajan",))
    assert found.action == "seek a second term"


def test_which_is_no_person(nlp):
    found = only(nlp, "Airbus, which has said it will announce fresh action by the end of July, declined to comment.")
    assert found.actors == ("Airbus",)


def test_a_title_before_a_name_without_a_comma(nlp):
    found = only(
        nlp, "Rebel leader Khalil Ibrahim of the Justice and Equality Movement announced the ceasefire on Monday."
    )
    assert found.actors == ("Khalil Ibrahim",)


def test_the_subject_of_a_verb_taken_for_an_adjective(nlp):
    found = only(nlp, "Cigna, the third-largest health insurance company, announced plans to cut 2,000 jobs.")
    assert found.actor_text == "Cigna"


def test_a_thing_says_nothing(nlp):
    sentence = (
        "The peace plan appears to be in jeopardy after the regime laid down conditions, saying it would pull out."
    )
    assert all(found.actor_text != "The peace plan" for found in find_commitments(reading(nlp, sentence)))


def test_who_signed_since_is_not_who_says_so(nlp):
    sentence = (
        "Ahmed Gido said this was their first release of prisoners since signing a ceasefire with the government."
    )
    assert all(found.actors == () for found in find_commitments(reading(nlp, sentence)))


def test_whose_commitment_before_to_what(nlp):
    found = only(nlp, "The releases showed the commitment of both sides to the deal.")
    assert (found.actor_text, found.action) == ("both sides", "the deal")


def test_what_is_backed_by_somebody_is_not_theirs(nlp):
    sentence = "Syrian rebels are committed to a ceasefire under a U.N.-backed peace plan to end the conflict."
    assert all(found.actor_text != "U.N.-backed" for found in find_commitments(reading(nlp, sentence)))


def test_assurances_that_somebody_wants_are_none(nlp):
    sentence = "The report says the rebels have vowed to continue fighting until they get assurances of an agreement."
    assert only(nlp, sentence).actor_text == "the rebels"


def test_a_condition_behind_a_promise_that_is_declared(nlp):
    sentence = (
        "He surprised them by declaring his readiness to negotiate provided that the forces release the detainees."
    )
    assert only(nlp, sentence).condition == "provided that the forces release the detainees"


def test_further_details_are_no_condition(nlp):
    found = only(nlp, "Further details will be provided when they are obtained from the management.")
    assert found.condition is None


def test_what_is_due_to_be_done_has_no_doer_and_keeps_its_subject(nlp):
    found = only(nlp, "The details are due to be presented to the council in May, officials said.")
    assert found.actor_text == ""
    assert found.action == "The details are due to be presented to the council in May"


def test_which_gives_way_to_what_it_stands_for(nlp):
    sentence = "The ministers drafted an energy strategy, which will be submitted to the next summit."
    actions = [found.action for found in find_commitments(reading(nlp, sentence))]
    assert "an energy strategy will be submitted to the next summit" in actions


def test_what_is_founded_gets_nothing(nlp):
    found = only(nlp, "The meeting agreed to establish the ASEAN Development Fund.")
    assert found.recipients == ()


def test_who_adds_something_is_named_without_the_participle(nlp):
    sentence = "The union would strike, its leader Ann Hale said, adding that she would call a vote in June."
    assert all(not (found.attribution or "").endswith("adding") for found in find_commitments(reading(nlp, sentence)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Authorities investigating an incident in which a car exploded said it may take time to determine all the facts.",
        "The union was not yet commenting on the plan, which also is expected to involve the closing of two plants.",
    ],
)
def test_a_relative_clause_asks_nothing(nlp, sentence):
    assert all("which" not in found.question.lower().split()[:2] for found in find_questions(reading(nlp, sentence)))


def test_how_much_of_what_is_run_together_with_a_name_is_quoted(nlp):
    sentence = "It is unclear how much authority Saad al-Din, described as a spokesman for commanders, has over units."
    (found,) = find_questions(reading(nlp, sentence))
    assert found.question == f"Still open: “{sentence.rstrip('.')}”"


def test_before_making_a_decision_nothing_is_said_to_be_pending(nlp):
    sentence = (
        "One member wanted to delay the vote, stressing the importance of gathering feedback before making a decision."
    )
    assert find_questions(reading(nlp, sentence)) == ()


def test_a_day_announces_nothing(nlp):
    sentence = (
        "A lawmaker from the party which agreed to back the premier, earlier Tuesday announced he would not vote."
    )
    assert all(
        "Tuesday" not in f"{found.actor_text} {found.attribution}" for found in find_commitments(reading(nlp, sentence))
    )


def test_to_do_so_says_nothing(nlp):
    sentence = "He said there was no need for the house to sit before it was scheduled to do so."
    assert find_commitments(reading(nlp, sentence)) == ()


def test_a_quoted_word_keeps_both_its_marks(nlp):
    found = only(nlp, 'Mr Kiriyenko said he would not "haggle" with the opposition over cabinet jobs.')
    assert found.action == '"haggle" with the opposition over cabinet jobs'


def test_if_after_determine_is_no_condition(nlp):
    found = only(nlp, "The board will meet on Monday to determine if the bond proposal will be added to the ballot.")
    assert found.condition is None


def test_a_memorandum_aimed_at_something_is_what_was_signed(nlp):
    found = only(nlp, "The two airlines have signed a memorandum of understanding aimed at enhancing travel to Crete.")
    assert found.action == "a memorandum of understanding aimed at enhancing travel to Crete"


def test_two_offices_of_one_person_are_one_actor(nlp):
    found = only(nlp, "State Councilor and Foreign Minister Wang Yi will hold talks with the envoy on Monday.")
    assert found.actors == ("Wang Yi",)


def test_the_a_of_question_and_answer_is_nobody(nlp):
    (found,) = find_commitments(reading(nlp, "Q: Will there be a list?\n\nA: We will release the list on Friday."))
    assert found.attribution is None


def test_a_slash_joins_no_two_parties(nlp):
    text = (
        "Gido speaks for the Sudan Liberation Movement/Army. The envoy praised the commitment of both sides to peace."
    )
    assert all("Army" not in found.actors for found in find_commitments(reading(nlp, text)))


def test_a_quotation_mark_that_has_lost_its_other_half_is_left_out(nlp):
    found = only(nlp, 'The president has announced an "immediate and unconditional" truce in the region.')
    assert found.action.count('"') != 1


def test_both_countries_are_those_that_are_named(nlp):
    text = (
        "The European Union and its Member States will send engineers. "
        "On Ukraine’s and Moldova’s path, the council praised both countries’ commitment to meet the conditions."
    )
    (_, found) = find_commitments(reading(nlp, text))
    assert "its Member States" not in found.actors


def test_what_is_done_besides_is_no_part_of_what_is_offered(nlp):
    sentence = (
        "The council reaffirmed its readiness to help to rebuild the towns and welcomed the initiative of Sweden."
    )
    assert only(nlp, sentence).action == "help to rebuild the towns"


def test_one_word_that_is_two_cues_is_one_entry(nlp):
    assert (
        only(
            nlp,
            "Consequently, the two unions are suspending the start of the directives to Wednesday, 5 August as a gesture of goodwill.",
        ).kind
        is CommitmentKind.WITHDRAWAL
    )


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "Russia and Turkey have resumed negotiations on the situation in Syria's Idlib de-escalation zone, but have "
            "not yet reached an agreement, Turkish Foreign Minister Mevlut Cavusoglu said on Monday.",
            "When will Russia and Turkey reach an agreement?",
        ),
        ("It is not known whether the man, a spokesman said, had been armed.", "Still open: “whether the man, a"),
        (
            "It is unclear whether the ship, which the owners say was insured, will sail again, the mayor said.",
            "Still open: “whether the ship",
        ),
    ],
)
def test_who_says_so_is_not_asked(nlp, sentence, question):
    (found,) = find_questions(reading(nlp, sentence))
    assert found.question.startswith(question)


@pytest.mark.parametrize(
    "sentence",
    [
        "They agreed that the real test will be whether all parties to the conflict honor those commitments.",
        "He acknowledged that the Munich meeting produced commitments on paper only.",
    ],
)
def test_what_is_still_to_be_shown_is_not_agreed(nlp, sentence):
    assert find_commitments(reading(nlp, sentence)) == ()


def test_who_says_it_is_named_without_what_he_does_meanwhile(nlp):
    found = only(nlp, "Kerry, speaking after marathon talks, said the United States would send observers.")
    assert found.attribution == "Kerry said"


def test_what_is_done_on_a_day_to_come_is_a_plan(nlp):
    found = only(nlp, "The prime minister flies to Brussels on Thursday for a summit of the bloc's leaders.")
    assert (found.kind, found.actor_text) == (CommitmentKind.PLAN, "The prime minister")
    assert found.due == "on Thursday"


@pytest.mark.parametrize("sentence", ["The shop opens at nine on Mondays.", "The season starts in May."])
def test_what_happens_as_ever_is_no_plan(nlp, sentence):
    assert find_commitments(reading(nlp, sentence)) == ()


@pytest.mark.parametrize("words", ["would be prepared to", "will be ready to", "would be willing to", "is ready to"])
def test_who_will_be_ready_to_do_something_offers_it(nlp, words):
    found = only(nlp, f"The minister said that Spain {words} send engineers.")
    assert (found.kind, found.action) == (CommitmentKind.OFFER, "send engineers")


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("How many were on board no one could say with confidence.", "How many were on board?"),
        ("He could not tell reporters what it would be.", "What would it be?"),
        ("She would not be pinned down on when the cheques would be mailed.", "When would the cheques be mailed?"),
    ],
)
def test_what_nobody_would_say_is_open(nlp, sentence, question):
    (found,) = find_questions(reading(nlp, sentence))
    assert found.question == question


@pytest.mark.parametrize(
    ("sentence", "actors", "action"),
    [
        (
            "City Councilwoman Trish Vandermeer plans to introduce an ordinance next week.",
            ("Trish Vandermeer",),
            "introduce an ordinance next week",
        ),
        (
            "Bank of England Governor Andrew Bailey promised to keep rates steady.",
            ("Andrew Bailey",),
            "keep rates steady",
        ),
        (
            "General Electric Company will build the turbines in Belfort.",
            ("General Electric Company",),
            "build the turbines in Belfort",
        ),
        (
            "The Secretary-General said he would hand it to a competent prosecutor.",
            ("Secretary-General",),
            "hand it to a competent prosecutor",
        ),
        ("Eighty have volunteered to remain behind.", (), "remain behind"),
        (
            "Regent Hospitality said it would pay the bills of any guest or passer-by who was infected.",
            (),
            "pay the bills of any guest or passer-by",
        ),
        (
            "May 27 - Regional carriers Fjordair and BalticWing agreed on Thursday to merge.",
            (),
            "merge",
        ),
    ],
)
def test_names_and_words_are_whole_and_no_more(nlp, sentence, actors, action):
    found = only(nlp, sentence)
    assert (found.actors, found.action) == (actors, action)
    assert not found.actor_text.startswith("May")


def test_a_passive_keeps_who_does_it(nlp):
    found = only(nlp, "He will be accompanied by Deputy Assistant Secretary Lorna Pfeiffer.")
    assert found.action == "He will be accompanied by Deputy Assistant Secretary Lorna Pfeiffer"


def test_what_is_announced_and_done_is_one_entry(nlp):
    found = only(nlp, "Some 9,000 firms have applied and I can announce that we are extending it until Christmas.")
    assert found.actor_text == "we"


def test_what_is_owed_to_somebody_is_no_plan(nlp):
    sentence = "A number of those concerned have told the Mission that wages are due to them for four months."
    assert find_commitments(reading(nlp, sentence)) == ()


def test_a_treaty_is_given_nothing(nlp):
    assert only(nlp, "Lipstadt intends to build on the Abraham Accords to advance tolerance.").recipients == ()


def test_the_mark_that_closes_what_was_said_before_is_not_quoted(nlp):
    before = 'Workers said "they had heard it on the radio on Monday morning."'
    (found,) = find_commitments(reading(nlp, f"{before} Chief executive Ida Holm told reporters she would close it."))
    assert found.evidence[0].quote == "Chief executive Ida Holm told reporters she would close it."


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "How the thieves knew that the motion detector was out of service is one of the questions occupying detectives.",
            "How did the thieves know that the motion detector was out of service?",
        ),
        (
            "Who actually stands behind Beaumont Holdings, the tenants have been unable to find out.",
            "Who actually stands behind Beaumont Holdings?",
        ),
        (
            "Whether the fee charged by the external provider can be lowered is still under discussion.",
            "Can the fee charged by the external provider be lowered?",
        ),
        ("It's too early to say anything about what the answer would be.", "What would the answer be?"),
        (
            "They could not agree on which areas are comprised in the South for that purpose.",
            "Which areas are comprised in the South for that purpose?",
        ),
    ],
)
def test_a_question_ends_where_the_cue_begins(nlp, sentence, question):
    (found,) = find_questions(reading(nlp, sentence))
    assert found.question == question


@pytest.mark.parametrize(
    "sentence",
    [
        "The lawyers are still looking at that.",
        "We are still looking at that, and I'm not going to get ahead of the talks.",
        "The Government has not ruled out any option.",
        "Belarusians remain unable to determine their country's future or express their views.",
        "Who issued it is not in question, as it carries the stamp of the borough engineer.",
        "We know how many mines have been destroyed, and where they lay.",
    ],
)
def test_what_asks_nothing(nlp, sentence):
    assert find_questions(reading(nlp, sentence)) == ()
