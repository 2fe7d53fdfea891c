"""Answers from a real store, with what belongs to other workspaces never in them."""

from datetime import date

import pytest

from bot import answer
from bot.domain import Commitment, Evidence, Fact, Findings, OpenQuestion, Query, Source
from bot.errors import BadInput, NotFound
from bot.ingest import ingest
from bot.store import Store
from tests.samples import DOUBT, FIGURE, OFFER, TEXT, findings, new_source, offer

HERE, THERE = "111", "222"
AGAIN = "On Friday Norland and the Isles repeated it. They have offered to send engineers to Estmark."


@pytest.fixture
def held(store: Store) -> Store:
    """Two workspaces: `HERE` holds the samples, `THERE` something else."""
    ingest(store, HERE, new_source(), findings())
    other = "Sudmark has offered to pay for the wells of Estmark. It is unclear whether the Union will help."
    found = offer(
        other, "Sudmark has offered to pay for the wells of Estmark.", actors=("Sudmark",), action="pay for the wells"
    )
    ingest(store, THERE, new_source(other, origin="wells.txt"), Findings((found,)))
    return store


def test_a_list_holds_only_what_its_workspace_holds(held):
    assert [each.finding.actors for each in answer.commitments(held, HERE, Query()).items] == [("Norland", "Isles")]
    assert [each.finding.actors for each in answer.commitments(held, THERE, Query()).items] == [("Sudmark",)]
    assert answer.questions(held, THERE, Query()).total == 0
    assert answer.facts(held, THERE, Query()).total == 0
    assert [each.origin for each in answer.sources(held, THERE, Query()).items] == ["wells.txt"]


def test_a_filter_narrows_a_list(held):
    assert answer.commitments(held, HERE, Query(actor="Norland")).total == 1
    assert answer.commitments(held, HERE, Query(actor="Sudmark")).total == 0
    assert answer.commitments(held, HERE, Query(kind="pledge")).total == 0


@pytest.mark.parametrize("query", [Query(kind="vow"), Query(status="broken")])
def test_an_unknown_kind_or_status_is_told_with_those_there_are(held, query):
    with pytest.raises(BadInput, match="Use one of: "):
        answer.commitments(held, HERE, query)
    with pytest.raises(BadInput, match="Use one of: "):
        answer.questions(held, HERE, query)


@pytest.mark.parametrize(
    ("id_", "kind"), [("C-1", Commitment), ("c1", Commitment), ("Q-1", OpenQuestion), ("F-1", Fact), ("s-1", Source)]
)
def test_an_id_is_found_however_it_is_written(held, id_, kind):
    assert isinstance(answer.show(held, HERE, id_), kind)


def test_an_id_of_another_workspace_is_not_found_in_the_same_words_as_one_that_never_was(store):
    ingest(store, THERE, new_source(), findings())
    with pytest.raises(NotFound) as elsewhere:
        answer.show(store, HERE, "C-1")
    with pytest.raises(NotFound) as nowhere:
        answer.show(store, "333", "C-1")
    assert str(elsewhere.value) == str(nowhere.value)


def test_evidence_comes_with_the_sentences_around_it(held):
    entry, quotes = answer.evidence(held, HERE, "C-1")
    assert entry.id == "C-1"
    assert quotes.items[0].text == OFFER
    assert quotes.items[0].after == DOUBT


def test_evidence_is_paged_and_a_page_too_far_is_the_last(store):
    text = f"{OFFER} {AGAIN}"
    second = text.index("They have")
    both = offer(text, evidence=(*offer(text).evidence, Evidence(second, len(text), text[second:])))
    ingest(store, HERE, new_source(text), Findings((both,)))
    first = answer.evidence(store, HERE, "C-1", 0, 1)[1]
    last = answer.evidence(store, HERE, "C-1", 99, 1)[1]
    assert (first.total, first.last) == (2, 1)
    assert (first.items[0].text, last.number, last.items[0].text) == (OFFER, 1, text[second:])


def test_a_source_has_no_evidence_of_its_own(held):
    with pytest.raises(NotFound, match="is a source"):
        answer.evidence(held, HERE, "S-1")


def test_a_brief_of_a_source_holds_its_entries(held):
    found = answer.brief(held, HERE, source="S-1")
    assert found.source
    assert (found.source.id, found.commitments.total, found.questions.total, found.facts.total) == ("S-1", 1, 1, 1)


def test_a_brief_of_nothing_named_is_of_the_latest_source(held):
    ingest(held, HERE, new_source(AGAIN, published=date(2026, 3, 9)), Findings())
    found = answer.brief(held, HERE)
    assert found.source
    assert found.source.published == date(2026, 3, 9)


def test_a_brief_on_a_subject_gathers_from_all_sources(held):
    found = answer.brief(held, HERE, about="Estmark")
    assert found.source is None
    assert (found.about, found.commitments.total) == ("Estmark", 1)
    spoke = {
        mention.source.id
        for page in (found.commitments, found.questions, found.facts)
        for entry in page.items
        for mention in entry.mentions
    }
    assert found.sources.total == len(spoke) > 0
    assert {source.id for source in found.sources.items} <= spoke


def test_a_brief_where_nothing_is_held_says_what_to_do(store):
    with pytest.raises(NotFound, match="Add a source first"):
        answer.brief(store, HERE)


def test_a_brief_of_a_source_that_is_not_held_is_not_found(held):
    with pytest.raises(NotFound):
        answer.brief(held, HERE, source="S-99")


def test_a_search_finds_the_sentence_and_what_rests_on_it(held):
    found = answer.search(held, HERE, "ceasefire engineers")
    assert [hit.quote.text for hit in found.items] == [OFFER]
    assert found.items[0].entries == ("C-1",)
    assert answer.search(held, THERE, "ceasefire engineers").total == 0


@pytest.mark.parametrize("text", ['"', "AND OR", "engineers*", "text:engineers", "NEAR(a b)", "(((", "a OR b --"])
def test_search_words_are_words_and_never_syntax(held, text):
    if any(char.isalnum() for char in text):
        assert answer.search(held, HERE, text).total >= 0
    else:
        with pytest.raises(BadInput):
            answer.search(held, HERE, text)


def test_a_search_without_words_says_what_to_give():
    with pytest.raises(BadInput, match="Give one or more words"):
        answer.search(None, HERE, "  ?! ")  # type: ignore[arg-type]


def test_an_update_tells_new_entries_from_those_said_again(store):
    ingest(store, HERE, new_source(), findings())
    again = offer(AGAIN, "They have offered to send engineers to Estmark.", condition=None)
    ingest(store, HERE, new_source(AGAIN, published=date(2026, 3, 6)), Findings((again,)))
    first, second = answer.update(store, HERE, "S-1"), answer.update(store, HERE, "S-2")
    assert [each.id for each in (*first.commitments, *first.questions, *first.facts)] == ["C-1", "Q-1", "F-1"]
    assert first.repeated == ()
    assert [each.id for each in (*second.commitments, *second.repeated)] in (["C-1"], ["C-2"])


def test_an_update_of_a_source_of_another_workspace_is_not_found(store):
    ingest(store, THERE, new_source(), findings())
    with pytest.raises(NotFound):
        answer.update(store, HERE, "S-1")


def test_status_counts_what_the_workspace_holds(held):
    status = answer.status(held, HERE)
    assert (status.sources, status.commitments, status.questions, status.facts) == (1, 1, 1, 1)
    assert status.updates_channel == ""


@pytest.mark.parametrize(
    ("field", "text", "choices"),
    [
        ("kind", "off", ["offer"]),
        ("status", "with", ["withdrawn", "source withdrawn"]),
        ("question_kind", "", ["direct", "indirect", "uncertainty", "pending"]),
        ("question_status", "op", ["open"]),
        ("source_status", "re", ["current", "retracted", "removed"]),
        ("fact_kind", "F", ["figure"]),
        ("party", "nor", ["Norland"]),
        ("source", "bridge", ["S-1"]),
        ("entry", "c", ["C-1"]),
        ("entry", "q-1", ["Q-1"]),
        ("entry", "zzzz", []),
    ],
)
def test_choices_are_what_is_held_and_begins_so(held, field, text, choices):
    assert [value for _, value in answer.suggest(held, HERE, field, text)] == choices


def test_without_a_letter_some_of_each_group_is_offered(held):
    assert [value for _, value in answer.suggest(held, HERE, "entry", "")] == ["C-1", "Q-1", "F-1", "S-1"]


def test_choices_hold_nothing_of_another_workspace(held):
    assert answer.suggest(held, HERE, "party", "Sud") == ()
    assert answer.suggest(held, HERE, "source", "wells") == ()
    assert answer.suggest(held, HERE, "entry", "wells") == ()


def test_a_choice_is_short_enough_for_discord(held):
    long = "Norland has offered " + "to help and " * 30 + "to stay."
    ingest(held, HERE, new_source(long), Findings((offer(long, long, action="to help and " * 30),)))
    assert all(len(shown) <= 100 for shown, _ in answer.suggest(held, HERE, "entry", ""))


@pytest.mark.parametrize("wanted", ["Norlnd", "norland", "Nordland", "Norland Republic"])
def test_a_name_that_is_almost_held_is_suggested(held, wanted):
    assert "Norland" in answer.near(held, HERE, Query(actor=wanted))


def test_a_name_like_none_is_not_answered_with_any(held):
    assert answer.near(held, HERE, Query(actor="Zyx")) == ()
    assert answer.near(held, HERE, Query(kind="offer")) == ()


def test_a_near_name_is_never_of_another_workspace(held):
    assert answer.near(held, HERE, Query(actor="Sudmrk")) == ()
    assert answer.near(held, THERE, Query(actor="Sudmrk")) == ("Sudmark",)


def test_a_brief_of_a_source_knows_where_its_quotes_begin(store):
    ingest(store, HERE, new_source(), findings())

    places = answer.brief(store, HERE, source="S-1").places

    assert places == tuple(sorted(TEXT.index(each) for each in (OFFER, DOUBT, FIGURE)))
    assert answer.brief(store, HERE, about="Estmark").places == ()
