"""Key facts of a document: its own list, or what it says most of; figures, events and positions."""

import pytest

from bot.domain import Block, BlockKind
from bot.extract.facts import MOST_OF_A_KIND, MOST_STATEMENTS, find_facts, listed_blocks
from bot.extract.kinds import load_kinds
from tests.extract.readings import document, reading

LISTED = (
    "# Key Facts",
    "- France has offered to send troops.",
    "- Doubts remain about American support.",
    "# Summary",
    "France has offered to send troops to the region after a peace deal is signed.",
    "- A later bullet of no special standing.",
)


def quotes(document_, blocks: tuple[Block, ...]) -> list[str]:
    return [document_.text[block.start : block.end] for block in blocks]


def test_bullets_under_a_heading_of_key_facts_are_the_documents_own_list():
    given = document(*LISTED)
    assert quotes(given, listed_blocks(given)) == [
        "France has offered to send troops.",
        "Doubts remain about American support.",
    ]


@pytest.mark.parametrize("heading", ["Key facts", "KEY POINTS:", "The Highlights", "In brief", "At a glance"])
def test_a_heading_may_say_it_in_other_words(heading):
    given = document("A first paragraph.", f"# {heading}", "- One.", "- Two.")
    assert len(listed_blocks(given)) == 2


def test_bullets_at_the_very_top_are_a_list_of_key_facts_too():
    given = document("# Title", "- One.", "- Two.", "The text begins here.")
    assert quotes(given, listed_blocks(given)) == ["One.", "Two."]


@pytest.mark.parametrize(
    "lines",
    [
        ("The text.", "- One.", "- Two."),
        ("# Agenda", "- One.", "- Two."),
        ("# Key facts", "They are told below."),
        ("- Only one.", "The text."),
    ],
)
def test_other_bullets_are_not(lines):
    given = document(*lines)
    found = listed_blocks(given)
    assert found == () or (given.blocks[0].kind is BlockKind.HEADING and len(lines) == 3 and lines[0] == "# Agenda")


@pytest.mark.model
def test_a_listed_fact_is_quoted_without_its_marker_and_marked_as_listed(nlp):
    found = find_facts(reading(nlp, *LISTED))
    listed = [fact for fact in found if fact.listed]
    assert [fact.evidence[0].quote for fact in listed] == [line[2:] for line in LISTED[1:3]]
    assert listed[0].about == ("France",)


@pytest.mark.model
def test_a_document_with_a_list_of_its_own_needs_no_other_statements(nlp):
    found = find_facts(reading(nlp, *LISTED))
    assert [fact for fact in found if fact.kind == "statement" and not fact.listed] == []


@pytest.mark.model
def test_the_given_document_lists_exactly_its_two_key_facts(nlp, shared):
    from bot.extract.reading import read
    from bot.text import document_from_text

    path = next((shared / "seeds").glob("*.txt"))
    listed = [f for f in find_facts(read(document_from_text(path.read_text(encoding="utf-8")), nlp)) if f.listed]
    assert [fact.statement for fact in listed] == [
        "France and the UK have offered a written commitment to deploy troops to Ukraine in the event of a peace deal.",
        "Doubts remain regarding whether the US will back European troops if they come under a Russian attack.",
    ]


NEWS = (
    "A storm destroyed the main bridge of the city of Norport on March 3, 2021. "
    "The bridge carried 40,000 vehicles a day across the river and linked the city with its harbour.",
    "The government announced $57 million in aid for the city on Tuesday. France welcomed the decision of the government.",
    "Engineers of the city inspected the remains of the bridge. The bridge had been repaired after a storm in 1998.",
    "It was a bad day. Why did nobody see it coming? The mayor of the city asked the government for a new bridge.",
)


@pytest.mark.model
def test_each_sentence_gives_one_fact_of_the_more_specific_kind(nlp):
    found = find_facts(reading(nlp, *NEWS))
    starts = [fact.evidence[0].start for fact in found]
    assert starts == sorted(set(starts))
    kinds = {fact.evidence[0].quote: (fact.kind, fact.value) for fact in found}
    assert kinds["A storm destroyed the main bridge of the city of Norport on March 3, 2021."] == (
        "event",
        "March 3, 2021",
    )
    assert kinds["The government announced $57 million in aid for the city on Tuesday."] == ("figure", "$57 million")
    assert kinds["France welcomed the decision of the government."] == ("position", "welcomed")


@pytest.mark.model
def test_a_sentence_that_cannot_stand_alone_is_no_fact(nlp):
    said = {fact.statement for fact in find_facts(reading(nlp, *NEWS))}
    assert not said & {"It was a bad day.", "Why did nobody see it coming?"}


@pytest.mark.model
def test_a_long_document_gives_a_short_list(nlp):
    lines = [
        f"The council of town {number} approved a budget of ${number + 10} million on March {number % 28 + 1}, 2021."
        for number in range(120)
    ]
    found = find_facts(reading(nlp, *lines))
    for kind in load_kinds():
        assert len([fact for fact in found if fact.kind == kind]) <= max(MOST_STATEMENTS, MOST_OF_A_KIND)


@pytest.mark.model
def test_every_fact_is_quoted_to_the_letter(nlp):
    text = document(*NEWS).text
    for fact in find_facts(reading(nlp, *NEWS)):
        (evidence,) = fact.evidence
        assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.model
def test_an_empty_document_has_no_facts(nlp):
    assert find_facts(reading(nlp)) == ()


RUN_IN = "Harbour wall gives way after storm Friday, July 21, 2017 The harbour wall of Saltmere fell on Tuesday after a storm."


def test_a_headline_and_dateline_run_into_a_sentence_are_not_quoted(nlp):
    (fact,) = find_facts(reading(nlp, RUN_IN))
    assert fact.statement == "The harbour wall of Saltmere fell on Tuesday after a storm."
    assert fact.evidence[0].start == RUN_IN.index("The harbour")


def test_a_date_within_a_sentence_is_quoted_with_it(nlp):
    said = "On 21 July 2017 The Harbour Trust opened the new wall of Saltmere to ships of any size."
    (fact,) = find_facts(reading(nlp, said))
    assert fact.statement == said
