"""What the parser often gets wrong, put right before anything is looked for."""

import pytest

from tests.extract.readings import only

pytestmark = pytest.mark.model


@pytest.mark.parametrize("name", ["Arkema", "Veltrix", "Norvento"])
def test_a_rare_name_at_the_head_of_a_sentence_acts(nlp, name):
    found = only(nlp, f"{name} will close its factory in Lyon, a spokesman said.")
    assert (found.actors, found.action) == ((name,), "close its factory in Lyon")


def test_a_common_word_at_the_head_of_a_sentence_is_no_name(nlp):
    assert only(nlp, "Shareholders will vote against the merger on Friday.").actors == ()


def test_a_title_that_the_parser_takes_for_a_subject_of_its_own_belongs_to_the_name(nlp):
    found = only(nlp, "Former Scots Guardsman Allan Hendry will challenge Mr Ingram.")
    assert found.actor_text == "Former Scots Guardsman Allan Hendry"
    assert found.action == "challenge Mr Ingram"


def test_an_it_that_threatens_acts(nlp):
    assert only(nlp, "It has also threatened to sue the Russian government for $28bn.").actor_text == "It"
