"""Search: sentences of the sources held, best first, with what rests on them; and the words around a quote."""

from dataclasses import replace
from datetime import date

import pytest

from bot import revise
from bot.domain import Block, BlockKind, Decisions, Document, Evidence, NewSource, Query, SourceRef
from bot.errors import NotFound
from tests.store.make import HERE, NOW, THERE, add, commitment, decided, place, question, tell

TEXT = "Norland will rebuild the bridge. The café in São Tomé is well-known. Who pays? The U.S. waits for no. 7."


def quotes(page):
    return [hit.quote.text for hit in page.items]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bridge", "Norland will rebuild the bridge."),
        ("BRIDGES rebuilding", "Norland will rebuild the bridge."),
        ("cafe sao tome", "The café in São Tomé is well-known."),
        ("SÃO", "The café in São Tomé is well-known."),
        ("well-known", "The café in São Tomé is well-known."),
        ("who pays?", "Who pays?"),
        ('"who pays"', "Who pays?"),
        ("U.S.", "The U.S. waits for no. 7."),
        ("no.7", "The U.S. waits for no. 7."),
    ],
)
def test_a_sentence_is_found_by_its_words(store, typed, found):
    add(store, TEXT)
    page = store.search(HERE, typed)

    assert quotes(page) == [found]
    assert page.total == 1
    quote = page.items[0].quote
    assert TEXT[quote.start : quote.end] == quote.text


@pytest.mark.parametrize("typed", ["", "   ", "bridge café", "?!", "harbour", '"', "known-well"])
def test_words_that_do_not_stand_in_one_sentence_find_nothing(store, typed):
    add(store, TEXT)
    assert store.search(HERE, typed).items == ()


@pytest.mark.parametrize("given", ['the 5" Gunners', '"', 'Joe ("Red") Smith', 'x")) OR (("y'])
def test_a_quotation_mark_in_a_name_that_people_gave_is_no_syntax_either(store, given):
    tell(store, TEXT, commitment(TEXT, "Norland will rebuild the bridge."))
    name = f"{given} Guild"
    revise.name_party(store, HERE, name, "Norland", "42", NOW)

    assert quotes(store.search(HERE, "Norland")) == ["Norland will rebuild the bridge."]
    assert quotes(store.search(HERE, name)) == ["Norland will rebuild the bridge."]


def test_a_hit_names_its_source_its_neighbours_and_what_rests_on_it(store):
    add(
        store,
        TEXT,
        commitment(TEXT, "Norland will rebuild the bridge."),
        commitment(TEXT, "rebuild the bridge. The café in São"),
        question(TEXT, "Who pays?"),
        title="On bridges",
    )

    (hit,) = store.search(HERE, "café").items
    assert hit.quote.source == SourceRef("S-1", "On bridges", date(2026, 3, 1), "brief.txt")
    assert (hit.quote.before, hit.quote.after) == ("Norland will rebuild the bridge.", "Who pays?")
    assert hit.entries == ("C-2",)
    assert store.search(HERE, "Norland").items[0].entries == ("C-1", "C-2")


def test_a_sentence_is_found_by_the_party_that_it_means(store):
    text = "London will rebuild it. Nobody else will."
    add(store, text, commitment(text, "London will rebuild it.", actors=("United Kingdom",)))

    assert quotes(store.search(HERE, "united kingdom")) == ["London will rebuild it."]


def test_the_sentence_that_says_more_of_the_words_comes_first(store):
    add(store, "The bridge was mentioned among many other things that the long meeting of that day also dealt with.")
    add(store, "Bridge after bridge.")

    assert quotes(store.search(HERE, "bridge"))[0] == "Bridge after bridge."


def test_results_come_in_pages_that_follow_on_one_another(store):
    add(store, " ".join(f"Bridge number {n}." for n in range(7)))
    pages = [store.search(HERE, "bridge", n, 3) for n in range(4)]

    assert [len(page.items) for page in pages] == [3, 3, 1, 0]
    assert len({quote for page in pages for quote in quotes(page)}) == 7
    assert {page.total for page in pages} == {7}


def test_search_stays_in_its_workspace_and_among_current_sources(store):
    add(store, TEXT)
    add(store, TEXT + " More.", workspace=THERE)
    store.remove_source(HERE, "S-1", "42", NOW)

    assert store.search(HERE, "bridge").total == 0
    assert store.search(THERE, "bridge").total == 1


def test_the_words_around_a_quote_are_those_of_the_text(store):
    add(store, TEXT)
    for quote, before, after in [
        ("Who pays?", "The café in São Tomé is well-known.", "The U.S. waits for no. 7."),
        ("Norland will rebuild the bridge.", "", "The café in São Tomé is well-known."),
        ("The U.S. waits for no. 7.", "Who pays?", ""),
        ("rebuild", "Norland will", "the bridge."),
        (TEXT, "", ""),
    ]:
        (e,) = place(TEXT, quote)
        found = store.evidence_context(HERE, replace(e, source=SourceRef("S-1", "", None)))
        assert (found.text, found.before, found.after) == (quote, before, after)


def test_headings_are_not_taken_for_the_sentence_before(store):
    text = "First words.\nA heading\nSecond words."
    blocks = (
        Block(BlockKind.PARAGRAPH, 0, 12),
        Block(BlockKind.HEADING, 13, 22, 1),
        Block(BlockKind.PARAGRAPH, 23, 36),
    )
    store.add_source(HERE, NewSource(Document(text, blocks=blocks), "x", "cli", NOW), Decisions())

    found = store.evidence_context(HERE, Evidence(23, 36, "Second words.", SourceRef("S-1", "", None)))

    assert found.before == "First words."
    assert quotes(store.search(HERE, "heading")) == ["A heading"]


@pytest.mark.parametrize("source", [None, SourceRef("S-1", "", None), SourceRef("nonsense", "", None)])
def test_an_evidence_of_no_source_here_is_not_found(store, source):
    add(store, TEXT, workspace=THERE)
    with pytest.raises(NotFound):
        store.evidence_context(HERE, Evidence(0, 7, "Norland", source))


def test_an_evidence_of_a_held_entry_carries_its_source(store):
    add(store, TEXT, commitment(TEXT, "Who pays?"))
    (held,) = store.commitments(HERE, Query()).items

    found = store.evidence_context(HERE, held.finding.evidence[0])

    assert found.source == held.finding.evidence[0].source
    assert decided(held.finding).commitments[0].finding == held.finding


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Crown bridge", 2),
        ("the crown bridge", 2),
        ("NORLAND bridge", 2),
        ("bridge crown ferry", 0),
        ("house of vell bridge", 2),
        ('the "crown OR bridge', 0),
        ("Westmark bridge", 0),
    ],
)
def test_a_party_is_found_under_all_names_that_people_gave_it(store, typed, found):
    add(store, "Norland will rebuild the bridge.", commitment("Norland will rebuild the bridge."))
    add(store, "The Crown pays for the bridge.")
    add(store, "Norland pays.", workspace=THERE)
    revise.name_party(store, HERE, "the Crown", "Norland", "42", NOW)
    revise.name_party(store, HERE, "House of Vell", "Norland", "42", NOW)

    assert store.search(HERE, typed).total == found
    assert store.search(THERE, "the Crown").total == 0
