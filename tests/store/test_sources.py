"""Sources: as they came in, one for each text, never changed, ids never given out again."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Block, BlockKind, Decisions, Document, NewSource, Query, SourceStatus
from bot.errors import BadInput, EvidenceMismatch, NotFound, StoreError
from bot.store import open_store
from tests.store.make import HERE, LATER, NOW, THERE, add, commitment, decided, fact, new_source, question

TEXT = "Norland will rebuild the bridge. Who pays is unclear."


def test_a_source_comes_back_as_it_came_in(store):
    blocks = (Block(BlockKind.HEADING, 0, 7, 2), Block(BlockKind.BULLET, 8, 14, 1))
    document = Document("Bridges\nRebuilt", "On bridges", date(2026, 2, 3), "text/markdown", blocks)
    store.add_source(HERE, NewSource(document, "https://example.org/b", "42", NOW), Decisions())

    held = store.source(HERE, "S-1")

    assert (held.id, held.title, held.published, held.origin) == (
        "S-1",
        "On bridges",
        date(2026, 2, 3),
        "https://example.org/b",
    )
    assert (held.media_type, held.added_at, held.added_by, held.length) == ("text/markdown", NOW, "42", 15)
    assert held.text_hash == hashlib.sha256(b"Bridges\nRebuilt").hexdigest()
    assert held.status is SourceStatus.CURRENT
    assert store.source_text(HERE, "S-1") == "Bridges\nRebuilt"
    assert store.source_blocks(HERE, "S-1") == blocks


@pytest.mark.parametrize("written", ["S-1", "s-1", "S1", " s1 ", "s - 1"])
def test_an_id_is_taken_however_it_is_written(store, written):
    add(store, TEXT)
    assert store.source(HERE, written).id == "S-1"


@pytest.mark.parametrize("written", ["", "S-", "S-2", "S-0", "X-1", "1", "S-1-1", "S-99999999999999999999", "S-١"])
def test_an_id_that_is_none_gives_the_same_words_and_the_way_to_find_one(store, written):
    add(store, TEXT)
    with pytest.raises(NotFound, match=r"There is no .* here\. Ids look like C-12, Q-7, F-3 or S-2"):
        store.source(HERE, written)


def test_an_id_of_an_entry_is_no_source(store):
    add(store, TEXT, commitment(TEXT))
    with pytest.raises(NotFound):
        store.source_text(HERE, "C-1")


def test_a_long_id_is_not_repeated_in_full(store):
    with pytest.raises(NotFound) as caught:
        store.source(HERE, "x" * 5_000)
    assert len(str(caught.value)) < 250


def test_the_same_text_again_stores_nothing(store):
    first = add(store, TEXT, commitment(TEXT))
    again = store.add_source(HERE, replace(new_source(TEXT), origin="copy.txt"), decided(commitment(TEXT)))

    assert again.duplicate
    assert again.source == first.source
    assert store.counts(HERE).commitments == 1
    assert store.held(HERE, TEXT) == first.source
    assert store.held(HERE, TEXT + " ") is None


def test_the_same_text_in_another_workspace_is_another_source(store):
    add(store, TEXT)
    assert not add(store, TEXT, workspace=THERE).duplicate


def test_what_adding_did_is_said_and_can_be_asked_again(store):
    done = add(store, TEXT, commitment(TEXT), question(TEXT), fact(TEXT))

    assert (done.new_commitments, done.new_questions, done.new_facts) == (("C-1",), ("Q-1",), ("F-1",))
    assert (done.source.commitments, done.source.questions, done.source.facts) == (1, 1, 1)
    assert store.added(HERE, "S-1") == done


def test_ids_are_counted_by_workspace(store):
    add(store, TEXT, commitment(TEXT))
    done = add(store, TEXT, commitment(TEXT), workspace=THERE)

    assert done.source.id == "S-1"
    assert done.new_commitments == ("C-1",)


@pytest.mark.parametrize(
    "evidence",
    [
        (),
        (replace(commitment(TEXT).evidence[0], quote="Norland shall rebuild the bridge. Who pays is unclear."),),
        (replace(commitment(TEXT).evidence[0], start=1),),
        (replace(commitment(TEXT).evidence[0], end=len(TEXT) + 1),),
        (replace(commitment(TEXT).evidence[0], start=-len(TEXT)),),
        (replace(commitment(TEXT).evidence[0], start=5, end=5, quote=""),),
        (commitment(TEXT).evidence[0], replace(commitment(TEXT).evidence[0], quote="Norland")),
    ],
    ids=["none", "other words", "start", "beyond", "negative", "empty", "second"],
)
@pytest.mark.parametrize("make", [commitment, question, fact])
def test_an_item_whose_quote_is_not_the_slice_is_refused_before_anything_is_written(store, make, evidence):
    with pytest.raises(EvidenceMismatch, match="nothing was saved"):
        add(store, TEXT, commitment(TEXT), make(TEXT, evidence=evidence))

    assert store.workspaces() == ()
    assert add(store, TEXT).source.id == "S-1", "no number was used up"


def test_sources_are_listed_latest_first_and_those_without_a_date_by_when_they_came(store):
    add(store, "One.", published=date(2026, 3, 1))
    add(store, "Two.", published=None)
    add(store, "Three.", published=date(2026, 3, 20))
    add(store, "Four.", published=date(2026, 3, 1))

    assert [s.id for s in store.sources(HERE, Query()).items] == ["S-3", "S-2", "S-4", "S-1"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(text="BRIDGES"), ["S-1"]),
        (Query(about="harbours of"), ["S-2"]),
        (Query(text="brief.txt"), ["S-2", "S-1"]),
        (Query(text="100% off_"), []),
        (Query(since=date(2026, 2, 2)), ["S-2"]),
        (Query(as_of=date(2026, 2, 1)), ["S-1"]),
        (Query(source="s2"), ["S-2"]),
        (Query(status="Removed"), ["S-3"]),
        (Query(status="nonsense"), []),
    ],
)
def test_sources_are_narrowed(store, query, found):
    add(store, "One.", title="Bridges", published=date(2026, 2, 1))
    add(store, "Two.", title="Harbours of Estmark", published=date(2026, 2, 2))
    add(store, "Three.", published=date(2026, 2, 3))
    store.remove_source(HERE, "S-3", "42", NOW)

    assert [s.id for s in store.sources(HERE, query).items] == found
    assert store.sources(HERE, query).total == len(found)


def test_sources_come_in_pages(store):
    for n in range(5):
        add(store, f"Text {n}.")

    page = store.sources(HERE, Query(), 1, 2)

    assert ([s.id for s in page.items], page.number, page.total, page.last) == (["S-3", "S-2"], 1, 5, 2)
    assert store.sources(HERE, Query(), 9, 2).items == ()


def test_removing_takes_a_source_and_what_rests_on_it_alone_out_of_all_lists(store):
    add(store, TEXT, commitment(TEXT), question(TEXT), fact(TEXT))

    removed = store.remove_source(HERE, "S-1", "42", LATER)

    assert removed.status is SourceStatus.REMOVED
    for page in (
        store.sources(HERE, Query()),
        store.commitments(HERE, Query()),
        store.questions(HERE, Query()),
        store.facts(HERE, Query()),
        store.commitments(HERE, Query(actor="Norland")),
        store.commitments(HERE, Query(about="bridge")),
        store.search(HERE, "bridge"),
    ):
        assert (page.items, page.total) == ((), 0)
    assert store.parties(HERE) == ()
    assert (store.counts(HERE).sources, store.counts(HERE).commitments) == (0, 0)
    assert store.check() == []


def test_removing_is_logged_and_removing_twice_is_refused(store):
    add(store, TEXT)
    store.remove_source(HERE, "S-1", "42", LATER)

    with pytest.raises(NotFound, match="S-1 was removed before"):
        store.remove_source(HERE, "S-1", "42", LATER)

    (line,) = store.log_entries(HERE).items
    assert (line.who, line.what, line.subject, line.at) == ("42", "source removed", "S-1", LATER)


def test_ids_of_removed_things_are_not_given_out_again(store):
    add(store, TEXT, commitment(TEXT))
    store.remove_source(HERE, "S-1", "42", NOW)

    done = add(store, "Another text.", commitment("Another text."))

    assert (done.source.id, done.new_commitments) == ("S-2", ("C-2",))


def test_a_removed_source_comes_back_with_everything_on_it(store):
    add(store, TEXT, commitment(TEXT), question(TEXT))
    before = (store.commitments(HERE, Query()), store.search(HERE, "bridge"), store.parties(HERE), store.counts(HERE))
    store.remove_source(HERE, "S-1", "42", NOW)

    restored = store.restore_source(HERE, "S-1", "42", LATER)

    assert restored.status is SourceStatus.CURRENT
    assert before == (
        store.commitments(HERE, Query()),
        store.search(HERE, "bridge"),
        store.parties(HERE),
        store.counts(HERE),
    )
    assert store.log_entries(HERE).items[0].what == "source restored"
    assert store.check() == []


def test_a_removed_text_can_be_added_again_and_then_not_be_restored_beside_itself(store):
    add(store, TEXT)
    store.remove_source(HERE, "S-1", "42", NOW)

    assert add(store, TEXT).source.id == "S-2"
    with pytest.raises(BadInput, match="S-1 was added again as S-2"):
        store.restore_source(HERE, "S-1", "42", NOW)
    assert store.source(HERE, "S-1").status is SourceStatus.REMOVED


def test_restoring_what_was_never_removed_changes_nothing(store):
    add(store, TEXT)
    with pytest.raises(BadInput, match="S-1 counts already, so nothing was changed"):
        store.restore_source(HERE, "S-1", "42", NOW)
    assert store.log_entries(HERE).total == 0


def test_text_that_is_not_unicode_is_refused_in_words(store):
    with pytest.raises(StoreError, match="not valid Unicode"):
        add(store, "A lone surrogate: \ud800.")
    assert store.counts(HERE).sources == 0


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1), st.integers(0, 400), st.integers(1, 400))
def test_any_text_and_any_quote_of_it_come_back_exactly(text, start, length):
    text = text.encode("utf-8", "ignore").decode()
    quote = text[start : start + length]
    findings = [fact(text, evidence=commitment(text, quote).evidence)] if quote else []
    with open_store(":memory:") as store:
        add(store, text, *findings)

        assert store.source_text(HERE, "S-1") == text
        for held in store.facts(HERE, Query()).items:
            (e,) = held.finding.evidence
            assert store.source_text(HERE, "S-1")[e.start : e.end] == e.quote == quote
            assert store.evidence_context(HERE, e).text == quote
        assert store.check() == []
