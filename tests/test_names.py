"""Aliases that people give, merge and split again, on a real store: they hold for what is held and for what comes."""

from datetime import date

import pytest

from bot import answer, revise
from bot.domain import Query
from bot.errors import BadInput, NotFound
from tests.store.make import HERE, LATER, NOW, THERE, commitment, fact, question, tell
from tests.test_revise import ME, exported, last_line

PLEDGE = "Norland will rebuild the bridge."
KINGDOM = "The Kingdom of Norland will rebuild the bridge."
CLUB = "The club will pay for the bridge."
OTHER_CLUB = "The club of Westmark will paint the bridge."
DOUBT = "Who will pay for the bridge is unclear."


@pytest.fixture
def told(store):
    """Norland and the Kingdom of Norland pledge the same, a club without a name pledges money."""
    tell(store, PLEDGE, commitment(PLEDGE), published=date(2026, 1, 5), names=(("Norland", ("Norlanders", "NL")),))
    kingdom = commitment(KINGDOM, actors=("Kingdom of Norland",), recipients=("Isles",))
    tell(store, KINGDOM, kingdom, published=date(2026, 2, 5))
    clubs = f"{CLUB} {OTHER_CLUB} {DOUBT}"
    unnamed = commitment(clubs, CLUB, actors=(), actor_text="The club", action="pay for the bridge")
    westmark = commitment(clubs, OTHER_CLUB, actors=(), actor_text="The club of Westmark", action="paint the bridge")
    doubt = question(clubs, DOUBT, about=("Kingdom of Norland",))
    tell(store, clubs, unnamed, westmark, doubt, fact(clubs, DOUBT, about=("Norland",)), published=date(2026, 3, 5))
    return store


def ids(page):
    return [entry.id for entry in page.items]


def by(store, name, workspace=HERE):
    return ids(answer.commitments(store, workspace, Query(party=name, role="actor")))


def test_a_merged_party_is_found_and_shown_as_the_other_in_what_is_held(told):
    assert (by(told, "NL"), by(told, "Kingdom of Norland")) == (["C-1"], ["C-2"])

    assert revise.name_party(told, HERE, "kingdom of norland", "nl", ME, NOW) == "Norland"

    assert by(told, "NL") == by(told, "Kingdom of Norland") == ["C-2", "C-1"]
    assert told.entry(HERE, "C-2").finding.actors == ("Norland",)
    assert told.entry(HERE, "C-2").mentions[0].finding.actors == ("Kingdom of Norland",), "the source said what it said"
    assert told.entry(HERE, "Q-1").finding.about == ("Norland",)
    assert answer.questions(told, HERE, Query(about="Norlanders")).total == 1
    assert told.parties(HERE, "king") == ("Norland",)
    assert told.parties(HERE) == ("Norland", "Estmark", "Isles")
    assert told.check() == []


def test_what_says_it_again_by_the_other_name_is_a_mention_of_the_same_entry(told):
    revise.name_party(told, HERE, "Kingdom of Norland", "Norland", ME, NOW)
    again = "The Kingdom of Norland will rebuild the bridge, it said again."

    added = tell(told, again, commitment(again, actors=("Kingdom of Norland",)), published=date(2026, 4, 1))

    assert added.repeated_commitments == ("C-1",)
    assert told.entry(HERE, "C-1").mentions[-1].reason.startswith("same actor, same action")


def test_split_again_each_name_is_known_again_by_itself(told):
    before = exported(told)
    revise.name_party(told, HERE, "Kingdom of Norland", "Norland", ME, NOW)
    revise.split_party(told, HERE, "Kingdom of Norland", ME, LATER)

    assert exported(told) == before
    assert by(told, "Norland") == ["C-1"]
    again = "The Kingdom of Norland will rebuild the bridge of the Isles."
    kingdom = commitment(again, actors=("Kingdom of Norland",), recipients=("Isles",))
    assert tell(told, again, kingdom, published=date(2026, 4, 1)).repeated_commitments == ("C-2",)


def test_an_actor_without_a_name_can_be_given_one(told):
    revise.name_party(told, HERE, "the club", "Isles", ME, NOW)

    assert told.entry(HERE, "C-3").finding.actors == ("Isles",)
    assert by(told, "Isles") == by(told, "The Club") == ["C-3"]
    assert told.entry(HERE, "C-4").finding.actors == (), "the club of Westmark is another"
    assert told.parties(HERE, "clu") == ("Isles",)
    assert answer.commitments(told, HERE, Query(about="Isles")).total == 2


def test_a_filter_by_an_alias_that_people_gave_means_the_party_and_not_the_words(told):
    assert answer.commitments(told, HERE, Query(actor="the club")).total == 2

    revise.name_party(told, HERE, "the club", "Isles", ME, NOW)

    assert ids(answer.commitments(told, HERE, Query(actor="the club"))) == ["C-3"]


def test_names_lead_on_through_what_they_were_merged_into(told):
    revise.name_party(told, HERE, "Kingdom of Norland", "Norland", ME, NOW)
    revise.name_party(told, HERE, "Norland", "Isles", ME, NOW)

    assert told.party(HERE, "Kingdom of Norland") == told.party(HERE, "NL") == "Isles"
    assert by(told, "NL") == ["C-2", "C-1"]
    with pytest.raises(BadInput, match="means Isles already"):
        revise.name_party(told, HERE, "Isles", "Kingdom of Norland", ME, NOW)


def test_a_ring_that_undoing_closed_is_one_party(told):
    revise.name_party(told, HERE, "Isles", "Norland", ME, NOW)
    revise.split_party(told, HERE, "Isles", ME, NOW)
    split = last_line(told).id
    revise.name_party(told, HERE, "Norland", "Isles", ME, NOW)

    revise.undo(told, HERE, split, ME, LATER)

    assert told.party(HERE, "Norland") == told.party(HERE, "NL") == told.party(HERE, "Isles") == "Isles"
    assert told.check() == []


@pytest.mark.parametrize(
    ("alias", "party", "said"),
    [
        ("NL", "Norland", "“NL” means Norland already"),
        ("Norland", "norland", "means Norland already"),
        ("the Crown", "Atlantis", "There is no party “Atlantis”"),
        (" … ", "Norland", "A name has letters"),
        ("N" * 101, "Norland", "100 characters at most"),
    ],
)
def test_an_alias_that_cannot_be_is_explained_and_not_logged(told, alias, party, said):
    held = told.log_entries(HERE).total

    with pytest.raises((BadInput, NotFound), match=said):
        revise.name_party(told, HERE, alias, party, ME, NOW)

    assert told.log_entries(HERE).total == held


def test_only_names_that_people_gave_can_be_split_off(told):
    with pytest.raises(NotFound, match="Nobody gave a party the name “NL”"):
        revise.split_party(told, HERE, "NL", ME, NOW)


def test_an_alias_holds_in_its_own_workspace_only(told):
    tell(told, KINGDOM, commitment(KINGDOM, actors=("Kingdom of Norland",)), workspace=THERE)
    tell(told, PLEDGE, commitment(PLEDGE), workspace=THERE)

    revise.name_party(told, HERE, "Kingdom of Norland", "Norland", ME, NOW)

    assert by(told, "Norland", THERE) == ["C-2"]
    assert told.aliases(THERE) == {}
    assert told.entry(THERE, "C-1").finding.actors == ("Kingdom of Norland",)


def test_the_names_of_a_party_say_which_ones_people_gave(told):
    revise.name_party(told, HERE, "Kingdom of Norland", "Norland", ME, NOW)
    revise.name_party(told, HERE, "the Crown", "NL", ME, NOW)

    party = told.party_names(HERE, "Norland")

    assert party.known == ("NL", "Norlanders")
    assert party.given == ("Kingdom of Norland", "the Crown")
