"""When two mentions are of one matter: a doubt is a no."""

import pytest

from bot.extract.likeness import Gist, fits, one_word, same


def gist(*parties: str, head: str = "", words: str = "", opener: str = "whether", vague: bool = False) -> Gist:
    return Gist(frozenset(parties), head, frozenset(words.split()), opener, vague)


BACKING = gist("United States", head="back", words="troop attack european")


@pytest.mark.parametrize(
    "other",
    [
        gist("United States", head="back", words="troop attack"),
        gist("United States", head="back", opener=""),
        gist("United States", "Russia", head="back", words="attack", opener=""),
    ],
)
def test_one_party_and_one_head_and_nothing_foreign_is_one_matter(other):
    assert same(BACKING, other)
    assert same(other, BACKING)


@pytest.mark.parametrize(
    "other",
    [
        gist("Germany", head="back", words="troop attack"),
        gist("United States", head="back", words="bid membership"),
        gist("United States", head="lift", words="sanction"),
        gist("United States", head="back", words="troop attack", opener="when"),
    ],
)
def test_another_party_object_act_or_kind_of_answer_is_another_matter(other):
    assert not same(BACKING, other)


def test_without_a_party_most_words_must_be_shared():
    fire = gist(head="cause", words="fire warehouse")
    assert same(fire, gist(head="cause", words="fire"))
    assert not same(fire, gist(head="cause", words="flood"))
    assert not same(gist(head="cause"), gist(head="cause"))


def test_a_vague_mention_fits_only_a_matter_of_its_party_that_it_does_not_go_beyond():
    vague = gist("United States", head="response", opener="", vague=True)
    assert fits(vague, BACKING)
    assert not fits(vague, gist("Germany", head="back"))
    assert not fits(vague, gist("United States", head="resume", words="talk", opener="when"))
    assert not fits(gist("United States", head="response", words="tariff steel", vague=True), BACKING)


def test_words_of_one_row_are_one_word():
    assert one_word("backing") == one_word("support") == one_word("intervention")
    assert one_word("bridge") == "bridge"
