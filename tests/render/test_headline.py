import pytest

from bot.domain import CommitmentKind, Evidence
from bot.render.headline import HEADLINE, commitment_headline, fact_headline, question_headline
from tests.samples import doubt, figure, offer


def says(quote, **slots):
    return commitment_headline(offer(quote, quote, evidence=(Evidence(0, len(quote), quote),), **slots))


def test_an_action_after_to_makes_a_sentence_that_fits_several_actors():
    quote = "France and the UK have offered a written commitment to deploy troops to Ukraine."
    said = says(quote, actors=("France", "United Kingdom"), action="deploy troops to Ukraine")
    assert said == "France and United Kingdom offered to deploy troops to Ukraine"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (CommitmentKind.PLEDGE, "Norland pledged to rebuild the bridge"),
        (CommitmentKind.OFFER, "Norland offered to rebuild the bridge"),
        (CommitmentKind.AGREEMENT, "Norland agreed to rebuild the bridge"),
        (CommitmentKind.PLAN, "Norland to rebuild the bridge"),
        (CommitmentKind.REFUSAL, "Norland refused to rebuild the bridge"),
        (CommitmentKind.WITHDRAWAL, "Norland withdrew: rebuild the bridge"),
        (CommitmentKind.FULFILMENT, "Norland fulfilled: rebuild the bridge"),
    ],
)
def test_each_kind_has_its_words(kind, said):
    assert (
        says("Norland is said to rebuild the bridge.", kind=kind, actors=("Norland",), action="rebuild the bridge")
        == said
    )


@pytest.mark.parametrize(
    ("quote", "action"),
    [
        ("Norland is committed to peace in Estmark.", "peace in Estmark"),
        ("Norland is committed to rebuilding the bridge.", "rebuilding the bridge"),
        ("The pledge of Norland refers to the bridge.", "the bridge"),
        ("Norland's pledge of troops was repeated.", "troops"),
        ("Norland goes to Estmark with troops.", "Estmark with troops"),
    ],
)
def test_an_action_that_is_no_plain_verb_stands_after_a_colon(quote, action):
    assert says(quote, actors=("Norland",), action=action) == f"Norland: {action}"


def test_a_refusal_is_told_from_a_promise_without_its_badge():
    said = says("Norland's refusal of aid stands.", kind=CommitmentKind.REFUSAL, actors=("Norland",), action="aid")
    assert said == "Norland refused: aid"


def test_will_makes_a_sentence_too():
    assert says("Norland will rebuild it.", kind=CommitmentKind.PLAN, actors=("Norland",), action="rebuild it") == (
        "Norland to rebuild it"
    )


def test_an_actor_that_is_no_known_party_is_said_in_the_words_of_the_text():
    said = says(
        "The two sides will meet.", actors=(), actor_text="the two sides", action="meet", kind=CommitmentKind.PLAN
    )
    assert said == "The two sides to meet"


@pytest.mark.parametrize(
    ("pronoun", "said"),
    [("they", "“They” to meet"), ("its", "“Its”: meet"), ("I", "“I” to meet"), ("", "No actor named: meet")],
)
def test_a_pronoun_is_shown_as_a_word_of_the_text_and_is_a_subject_only_where_it_can_be(pronoun, said):
    assert says("It will meet.", actors=(), actor_text=pronoun, action="meet", kind=CommitmentKind.PLAN) == said


def test_no_actor_is_invented():
    assert says("It was promised to meet.", actors=(), actor_text="", action="meet").startswith("No actor named")


def test_no_action_is_invented():
    assert says("Norland offers.", actors=("Norland",), action="") == "Norland: offer"


def test_a_headline_stays_on_one_line_of_bounded_length():
    said = says("Norland will do it.", actors=("Norland",), action="do " + "much\n" * 300)
    assert len(said) <= HEADLINE
    assert "\n" not in said


def test_a_question_is_its_own_headline():
    assert question_headline(doubt()) == "Will the Union pay for the engineers?"


def test_a_question_without_a_phrasing_is_the_matter_in_the_words_of_the_text():
    assert question_headline(doubt(question="")) == "The Union will pay for the engineers"


def test_a_fact_is_its_statement():
    assert fact_headline(figure()) == "The mission would cost 40 million crowns a year."
