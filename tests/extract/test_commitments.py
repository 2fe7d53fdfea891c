"""Commitments, from the sentence to the item of a document."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import CommitmentKind, Document, Firmness
from bot.extract import findings
from bot.extract.commitments import LONGEST_SENTENCE, find_commitments
from bot.extract.contract import as_json
from bot.extract.reading import read
from bot.text import document_from_text
from tests.extract.readings import only, reading, with_action

pytestmark = pytest.mark.model

K = CommitmentKind
MADE = [
    ("Germany pledged to send 50 tanks to Ukraine by the end of March.", K.PLEDGE, ("Germany",), "send 50 tanks"),
    ("The company promised to cut its emissions by half.", K.PLEDGE, (), "cut its emissions"),
    ("The European Commission will publish its report in May.", K.PLAN, ("European Commission",), "publish its report"),
    ("France has agreed to take back the migrants.", K.AGREEMENT, ("France",), "take back the migrants"),
    ("Turkey is ready to host a new round of talks.", K.OFFER, ("Türkiye",), "host a new round of talks"),
    ("The central bank decided to leave interest rates unchanged.", K.PLAN, (), "leave interest rates unchanged"),
    ("Israel refused to open the crossing.", K.REFUSAL, ("Israel",), "open the crossing"),
    ("The ministry announced a $2 billion aid package for farmers.", K.PLAN, (), "a $2 billion aid package"),
    ("Norway will not send troops to the region.", K.REFUSAL, ("Norway",), "send troops to the region"),
    ("Japan and South Korea agreed to resume military exchanges.", K.AGREEMENT, ("Japan", "South Korea"), "resume"),
    ("The charity has offered to pay for the repairs.", K.OFFER, (), "pay for the repairs"),
    ("The government intends to build 300,000 homes.", K.PLAN, (), "build 300,000 homes"),
    ("We will continue to support the people of Ukraine.", K.PLEDGE, (), "continue to support"),
    ("Germany undertook to repair the dam.", K.PLEDGE, ("Germany",), "repair the dam"),
    ("Poland swore not to leave the alliance.", K.REFUSAL, ("Poland",), "leave the alliance"),
    ("The nurses said they would march to the town hall on Friday.", K.PLAN, (), "march to the town hall"),
    ("The families plan a vigil at the port on Tuesday.", K.PLAN, (), "a vigil"),
    ("The first instalment is to be paid by Poland in March.", K.PLAN, ("Poland",), "instalment"),
    ("France turned down a loan from the fund.", K.REFUSAL, ("France",), "a loan"),
    ("Italy has called off the summit.", K.WITHDRAWAL, ("Italy",), "the summit"),
    ("Denmark has signed up to cutting its emissions by half.", K.AGREEMENT, ("Denmark",), "cutting its emissions"),
    (
        "We reaffirm our commitment, with all its partners, to continue the talks.",
        K.PLEDGE,
        (),
        "continue the talks",
    ),
    ("Ambassador Weber is going next week to Uganda and Rwanda.", K.PLAN, ("Weber",), "going next week to Uganda"),
    (
        "The Secretary departs this evening for Paris, where he will sign the treaty.",
        K.PLAN,
        ("Secretary",),
        "sign the",
    ),
    ("Our commitment to the people of Ukraine will not waver.", K.PLEDGE, (), "commitment to the people"),
    ("The Treasury has let it be known that Poland will forgo payments.", K.PLEDGE, ("Poland",), "forgo payments"),
    (
        "The ministry has let the towns know that the road will be repaired.",
        K.PLEDGE,
        (),
        "the road will be repaired",
    ),
    ("Marek is going home for good on the ninth of October.", K.PLAN, ("Marek",), "going home"),
    (
        "Mr Harris told the families that he would call every witness they had named.",
        K.PLEDGE,
        ("Harris",),
        "call every",
    ),
    ("He will say his first public Mass next Sunday.", K.PLAN, (), "say his first public Mass"),
    ("The prime minister turned the offer down within the hour.", K.REFUSAL, (), "offer"),
    ("Mr Platt to obtain three quotes by 30 November.", K.PLAN, ("Platt",), "obtain three quotes"),
    ("The islands' MP, Fergus Boyd, promised to raise the matter.", K.PLEDGE, ("Fergus Boyd",), "raise the matter"),
]
NOT_MADE = [
    "Prices will rise next year.",
    "Analysts expect the bank to cut rates.",
    "Washington urged Beijing to release the prisoners.",
    "The storm is expected to reach the coast on Tuesday.",
    "She hopes to win the election.",
    "Any president would respond to such an attack.",
    "The army must withdraw from the city.",
    "A firm US guarantee would likely ensure the success of the mission.",
    "Without a clear commitment from Washington, the deterrent could be weakened.",
    "If the United States declines to back the troops, the mission would rely on Europe.",
    "The law requires companies to publish their accounts.",
    "Will the government raise taxes?",
    "He did not promise to resign.",
    "Let us commit to peace.",
    "The company declined to comment.",
    "You will find the museum on the left.",
    "The decision angered the opposition.",
    "The ministry announced that 12 people had died.",
    "The match will be played on Sunday.",
    "The talks will take place in Rome.",
    "The reopening is to see four border crossing points open next week.",
]


@pytest.mark.parametrize(("sentence", "kind", "actors", "action"), MADE)
def test_an_undertaking_is_found_with_its_slots(nlp, sentence, kind, actors, action):
    (found,) = find_commitments(reading(nlp, sentence))
    assert (found.kind, found.actors) == (kind, actors)
    assert action in found.action
    assert found.evidence[0].quote == sentence


IN_THEIR_OWN_WORDS = [
    ("“I will resign in May,” Mr Smith said.", ("Smith",)),
    ("The mayor, Anna Bell, said: “I will resign in May.”", ("Anna Bell",)),
    ("“I will resign in May,” he said.", ()),
    ("“I will resign in May,” the prime minister said.", ()),
]


@pytest.mark.parametrize(("sentence", "actors"), IN_THEIR_OWN_WORDS)
def test_who_says_i_in_a_quote_is_who_is_said_to_speak_and_speaks_firmly(nlp, sentence, actors):
    found = only(nlp, sentence)
    assert (found.actors, found.actor_text, found.firmness) == (actors, "I", Firmness.FIRM)


def test_what_is_to_be_done_on_a_day_is_told_with_its_noun(nlp):
    found = only(nlp, "The report, to be published on Friday, looks at wages.")
    assert (found.kind, found.action, found.due) == (K.PLAN, "The report to be published on Friday", "on Friday")


def test_what_becomes_of_a_plan_is_no_condition_of_it(nlp):
    made = with_action(nlp, "It can be stopped if the government drops its plan to sell the mine.")
    assert [(each.content.text, each.condition) for each in made if each.cue.name == "a plan"] == [("sell", None)]


@pytest.mark.parametrize("rest", ["although the mayor denied it", "but the mayor has denied it"])
def test_what_speaks_against_it_is_not_part_of_the_action(nlp, rest):
    assert only(nlp, f"The council announced it would back the plans {rest}.").action == "back the plans"


SAID_OF_THINGS = [
    ("Poland said the road would be repaired by March.", ("Poland",), "Poland"),
    ("The county coroner said the reports would be published by Friday.", (), "The county coroner"),
    ("Germany told the partners that the bridge would be rebuilt.", ("Germany",), "Germany"),
    ("Paris has served notice that its own list will follow next week.", ("France",), "Paris"),
    ("The minister said that farmers would receive a grant of 500 euros.", (), "The minister"),
    ("The new stores will be opened by the council, the mayor said.", (), "the council"),
]
ONLY_TOLD = [
    "The newspaper said the road would be repaired by March.",
    "Reuters reported that the bridge would be rebuilt.",
    "The report said the harbour would be dredged by the end of May.",
]


@pytest.mark.parametrize(("sentence", "actors", "words"), SAID_OF_THINGS)
def test_who_says_of_a_thing_what_will_be_done_undertakes_it(nlp, sentence, actors, words):
    (found,) = find_commitments(reading(nlp, sentence))
    assert (found.actors, found.actor_text) == (actors, words)


@pytest.mark.parametrize("sentence", ONLY_TOLD)
def test_who_only_tells_of_it_undertakes_nothing(nlp, sentence):
    assert [(each.actors, each.actor_text) for each in find_commitments(reading(nlp, sentence))] in ([], [((), "")])


@pytest.mark.parametrize(
    ("sentence", "actors", "words"),
    [
        ("Danida plans to publish an independent evaluation.", ("Danida",), "Danida"),
        ("Thailand and Viet Nam have each undertaken to open their schools.", ("Thailand", "Vietnam"), None),
        ("Laos has, however, bound itself to show its designs to its neighbours.", ("Laos",), "Laos"),
        (
            "He and Ms Weber of the port office will meet the pilots on Friday.",
            (),
            "He and Ms Weber of the port office",
        ),
        ("President Biden affirmed our commitment to strengthening the alliance.", (), "our"),
        ("The United States reaffirmed our commitment to strengthening the alliance.", ("United States",), None),
        ("The report will be published by 30 April.", (), ""),
        ("Our commitment to the people of Ukraine will not waver.", (), "Our"),
        (
            "The Secretary, the Prime Minister, and the Deputy Prime Minister will discuss important areas of mutual concern.",
            ("Secretary", "Prime Minister", "Deputy Prime Minister"),
            None,
        ),
        ("The report will be published by the end of the year.", (), ""),
    ],
)
def test_the_actor_is_who_the_sentence_names_and_no_other(nlp, sentence, actors, words):
    (found,) = find_commitments(reading(nlp, sentence))
    assert found.actors == actors
    assert words is None or found.actor_text == words


def test_an_action_point_of_minutes_is_a_plan_whatever_the_judge_thinks(nlp):
    (found,) = find_commitments(reading(nlp, "Action: Ms Oduya to ask the insurers."))
    assert (found.kind, found.actors, found.action) == (K.PLAN, ("Oduya",), "ask the insurers")
    assert found.why.score is None


def test_what_a_deed_depends_on_is_not_undertaken_by_who_would_do_it(nlp):
    said = "Unions have agreed to talks on condition that the operator withdraws its dismissal notices."
    (found,) = find_commitments(reading(nlp, said))
    assert (found.kind, found.condition) == (
        K.AGREEMENT,
        "on condition that the operator withdraws its dismissal notices",
    )


@pytest.mark.parametrize("sentence", NOT_MADE)
def test_forecasts_demands_hopes_and_suppositions_are_no_commitments(nlp, sentence):
    assert find_commitments(reading(nlp, sentence)) == ()


def test_recipient_due_and_date_are_read_off_the_sentence(nlp):
    text = "Germany pledged to send 50 tanks to Ukraine by the end of March."
    document = document_from_text(text, published=date(2026, 3, 12))
    (found,) = find_commitments(read(document, nlp))
    assert found.recipients == ("Ukraine",)
    assert (found.due, found.due_date) == ("by the end of March", date(2026, 3, 31))
    assert found.firmness is Firmness.FIRM


def test_a_condition_makes_it_conditional(nlp):
    (found,) = find_commitments(reading(nlp, "The union is prepared to suspend the strike if talks begin."))
    assert found.condition == "if talks begin"
    assert found.firmness is Firmness.CONDITIONAL


def test_what_others_say_of_one_is_reported(nlp):
    (found,) = find_commitments(reading(nlp, "The White House said Norway will send troops to the region."))
    assert found.attribution == "The White House said"
    assert found.firmness is Firmness.REPORTED


def test_why_names_cue_rule_score_and_three_features(nlp):
    (found,) = find_commitments(reading(nlp, "Turkey is ready to host a new round of talks."))
    assert (found.why.cue, found.why.rule) == ("is ready", "be ready")
    assert found.why.score is not None
    assert 0.55 <= found.why.score <= 1
    assert len(found.why.features) == 3


def test_a_speaker_s_label_is_no_part_of_the_quote(nlp):
    lines = ["QUESTION: What next?", "MR PRICE: We will send a team to Kyiv.", "QUESTION: When?", "MR PRICE: Soon."]
    (found,) = find_commitments(reading(nlp, *lines))
    assert found.evidence[0].quote == "We will send a team to Kyiv."
    assert found.attribution == "MR PRICE"


def test_both_nations_and_this_pledge_join_what_was_named_before(nlp):
    lines = [
        "# Troops",
        "France and the United Kingdom have offered a written commitment to deploy troops to Ukraine.",
        "Both nations have provided Ukraine with a written commitment regarding troop deployment.",
        "This pledge is conditional on the successful negotiation of a peace deal.",
    ]
    (found,) = find_commitments(reading(nlp, *lines))
    assert found.actors == ("France", "United Kingdom")
    assert found.condition == "the successful negotiation of a peace deal"
    assert len(found.evidence) == 3


def test_the_given_document_holds_one_commitment_in_at_least_four_places(nlp, shared):
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    (found,) = find_commitments(read(document_from_text(texts[0]), nlp))
    assert found.kind in {K.OFFER, K.PLEDGE}
    assert found.actors == ("France", "United Kingdom")
    assert (found.action, found.condition) == ("deploy troops to Ukraine", "in the event of a peace deal")
    assert found.recipients == ("Ukraine",)
    assert len(found.evidence) >= 4


def test_the_same_text_gives_the_same_bytes(nlp):
    document = document_from_text(" ".join(sentence for sentence, *_ in MADE))
    rows = [json.dumps(as_json("d", findings(document, nlp)), ensure_ascii=False) for _ in range(2)]
    assert rows[0] == rows[1]


def test_a_row_of_words_without_end_is_no_sentence(nlp):
    text = "We will send " + "troops and " * LONGEST_SENTENCE + "tanks."
    assert find_commitments(read(document_from_text(text), nlp)) == ()


def test_thousands_of_repeats_are_one_item(nlp):
    (found,) = find_commitments(reading(nlp, "We will send troops to Ukraine. " * 300))
    assert len(found.evidence) == 300


def test_an_empty_document_holds_nothing(nlp):
    assert find_commitments(read(Document(""), nlp)) == ()


WORDS = st.sampled_from(
    [
        "We",
        "will",
        "send",
        "troops",
        "to",
        "Ukraine",
        "if",
        ".",
        ",",
        "pledge",
        "commitment",
        "“",
        "(",
        "😀",
        "é",
        "not",
        "offered",
        "—",
        "’s",
        "said",
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=30).map(" ".join)))
def test_quotes_are_slices_whatever_the_text(nlp, text):
    document = document_from_text(text)
    for found in find_commitments(read(document, nlp)):
        for evidence in found.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.quote != ""
