"""Parties: known by any name, in whatever case, with or without accents."""

import pytest

from bot.domain import Query
from tests.store.make import HERE, NOW, THERE, add, commitment, question

TEXT = "A text."


@pytest.fixture
def named(store):
    """Three parties; the Isles are in most entries."""
    add(
        store,
        TEXT,
        commitment(TEXT, actors=("United Isles", "Norland"), recipients=("Côte Verte",)),
        commitment(TEXT, actors=("United Isles",), recipients=()),
        question(TEXT, about=("United Isles",)),
    )
    add(store, TEXT, commitment(TEXT, actors=("Nobody Here",)), workspace=THERE)
    store.add_aliases(HERE, {"United Isles": ["UI", "the Isles", "Port Royal"], "Norland": ["NL", "Port Royal"]})
    return store


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("", ("United Isles", "Côte Verte", "Norland")),
        ("u", ("United Isles",)),
        ("UI", ("United Isles",)),
        ("isl", ("United Isles",)),
        ("cote", ("Côte Verte",)),
        ("VERT", ("Côte Verte",)),
        ("united  is", ("United Isles",)),
        ("n", ("Norland",)),
        ("port", ("United Isles", "Norland")),
        ("sles", ()),
        ("nob", ()),
        ("%", ()),
    ],
)
def test_parties_are_offered_by_what_a_name_or_a_word_of_it_begins_with(named, prefix, names):
    assert named.parties(HERE, prefix) == names


def test_no_more_are_offered_than_wanted(named):
    assert named.parties(HERE, "", 1) == ("United Isles",)


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("ui", "United Isles"),
        ("UNITED ISLES", "United Isles"),
        ("cote verte", "Côte Verte"),
        ("port royal", None),
        ("isles", None),
        ("", None),
    ],
)
def test_a_party_goes_by_a_name_that_means_no_other(named, name, canonical):
    assert named.party(HERE, name) == canonical


def test_a_name_of_two_parties_finds_the_entries_of_both(named):
    assert named.commitments(HERE, Query(actor="Port Royal")).total == 2
    assert named.commitments(HERE, Query(actor="NL")).total == 1


def test_a_canonical_name_is_not_taken_for_an_alias_of_another(named):
    named.add_aliases(HERE, {"United Isles": ["Norland"]})
    assert named.party(HERE, "norland") == "Norland"
    assert named.commitments(HERE, Query(actor="Norland")).total == 1


def test_aliases_of_parties_that_are_not_held_are_left_out(named):
    named.add_aliases(HERE, {"Atlantis": ["AT"], "Norland": ["", "\u0301"]})
    assert named.party(HERE, "AT") is None
    assert named.commitments(HERE, Query(actor="\u0301")).total == 0


def test_names_that_differ_in_case_or_accents_are_one_party(store):
    add(store, TEXT, commitment(TEXT, actors=("Côte Verte",)), commitment(TEXT, actors=("COTE VERTE",)))
    assert store.parties(HERE, "c") == ("Côte Verte",)
    assert store.commitments(HERE, Query(actor="Cote Verte")).total == 2


def test_an_empty_name_is_no_party(store):
    add(store, TEXT, commitment(TEXT, actors=(" ",), recipients=()))
    assert store.parties(HERE) == ()


def test_parties_that_are_only_in_removed_sources_are_not_offered(named):
    named.remove_source(HERE, "S-1", "42", NOW)
    assert named.parties(HERE) == ()
    assert named.parties(HERE, "u") == ()
    assert named.check() == []
