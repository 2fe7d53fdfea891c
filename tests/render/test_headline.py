import pytest

from bot.domain import CommitmentKind, Evidence, Why
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
    [
        ("they", "“They” to meet"),
        ("its", "“Its”: meet"),
        ("I", "“I” to meet"),
        ("It", "“It” to meet"),
        ("She", "“She” to meet"),
        ("this", "“This” to meet"),
        ("", "Planned: meet"),
    ],
)
def test_a_pronoun_is_shown_as_a_word_of_the_text_and_is_a_subject_only_where_it_can_be(pronoun, said):
    assert says("It will meet.", actors=(), actor_text=pronoun, action="meet", kind=CommitmentKind.PLAN) == said


@pytest.mark.parametrize(
    ("kind", "cue", "said"),
    [
        (CommitmentKind.PLEDGE, "promised", "Pledged: the survey be finished"),
        (CommitmentKind.AGREEMENT, "was agreed", "Agreed: the survey be finished"),
        (CommitmentKind.PLEDGE, "was threatened", "Unnamed: the survey be finished"),
    ],
)
def test_no_actor_is_invented(kind, cue, said):
    why = Why(cue, "rule")
    shown = says("It was promised.", kind=kind, actors=(), actor_text="", action="the survey be finished", why=why)
    assert shown == said


@pytest.mark.parametrize(
    ("quote", "action", "said"),
    [
        (
            "Norland guarantees that both dredgers will\nleave port.",
            "both dredgers will leave port",
            "Norland pledged that both dredgers will leave port",
        ),
        (
            "Norland promised it will build a stand.",
            "it will build a stand",
            "Norland pledged that it will build a stand",
        ),
        ("Norland vowed: “We will build a stand.”", "we will build a stand", "Norland: we will build a stand"),
        ("Norland pledged the ships that sail home.", "sail home", "Norland: sail home"),
        (
            "Norland pledged a pier where ships will land.",
            "a pier where ships will land",
            "Norland: a pier where ships will land",
        ),
    ],
)
def test_an_action_with_a_subject_of_its_own_follows_that(quote, action, said):
    assert says(quote, kind=CommitmentKind.PLEDGE, actors=("Norland",), action=action) == said


def test_a_threat_is_not_called_a_pledge():
    why = Why("threatened", "threaten")
    quote = "Norland threatened to close the port."
    said = says(quote, kind=CommitmentKind.PLEDGE, actors=("Norland",), action="close the port", why=why)
    assert said == "Norland threatened to close the port"


def test_a_warning_is_called_neither_a_pledge_nor_a_threat():
    why = Why("warned", "warn")
    quote = "Norland warned that it would close the port."
    said = says(quote, kind=CommitmentKind.PLEDGE, actors=("Norland",), action="close the port", why=why)
    assert said == "Norland: close the port"


@pytest.mark.parametrize(
    ("quote", "action", "cue", "said"),
    [
        ("Norland vowed not to close the port.", "not to close the port", "vowed", "Norland not to close the port"),
        ("Norland will never close the port.", "never close the port", "will never", "Norland never to close the port"),
        ("Norland vowed not to close it.", "not aid", "vowed", "Norland: not aid"),
        ("Norland refused not to act.", "not act", "refused", "Norland refused: not act"),
        ("Norland will not take a barge.", "take a barge", "will not", "Norland refused to take a barge"),
        ("Norland won’t take a barge.", "take a barge", "won’t", "Norland refused to take a barge"),
        ("No job will be lost, Norland said.", "no job will be lost", "will", "Norland: no job will be lost"),
        (
            "The fund will not be touched.",
            "the fund will not be touched",
            "will",
            "Norland: the fund will not be touched",
        ),
    ],
)
def test_a_refusal_denies_once(quote, action, cue, said):
    shown = says(quote, kind=CommitmentKind.REFUSAL, actors=("Norland",), action=action, why=Why(cue, "rule"))
    assert shown == said


def test_a_pledge_not_to_do_something_keeps_its_not():
    quote = "Norland pledged not to close the port."
    said = says(quote, kind=CommitmentKind.PLEDGE, actors=("Norland",), action="not to close the port")
    assert said == "Norland pledged not to close the port"


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
