"""What a clause stands under: who says it, whether it is asked, hoped, supposed or denied."""

import pytest

from bot.extract.scope import scopes, source_of, standing, tense
from tests.extract.built import tree, word

SAID = """
Officials official NOUN NNS 2 nsubj
said      say      VERB VBD 0 root
Italy     italy    PROPN NNP 5 nsubj
will      will     AUX  MD  5 aux
pay       pay      VERB VB  2 ccomp
"""
ASIDE = """
Italy     italy    PROPN NNP 3 nsubj
will      will     AUX  MD  3 aux
pay_      pay      VERB VB  0 root
,         ,        PUNCT , 6 punct
officials official NOUN NNS 6 nsubj
said      say      VERB VBD 3 parataxis
"""
IF = """
if     if    SCONJ IN  3 mark
Italy  italy PROPN NNP 3 nsubj
pays_  pay   VERB  VBZ 6 advcl
,      ,     PUNCT ,   3 punct
we     we    PRON  PRP 6 nsubj
leave  leave VERB  VBP 0 root
"""
URGED = """
We     we    PRON  PRP 2 nsubj
urge   urge  VERB  VBP 0 root
Italy  italy PROPN NNP 2 obj
to     to    PART  TO  5 mark
pay    pay   VERB  VB  2 xcomp
"""


def test_the_verb_of_saying_and_its_subject_are_known():
    sentence = tree(SAID)
    stands = standing(sentence, scopes(sentence), word(sentence, "pay"))
    assert (str(stands.reporter), str(stands.said_by)) == ("said", "Officials")


def test_a_verb_of_saying_beside_the_clause_counts_too():
    sentence = tree(ASIDE)
    assert str(standing(sentence, scopes(sentence), sentence.root).reporter) == "said"


@pytest.mark.parametrize(
    ("rows", "verb", "mark"),
    [
        (IF, "pays", "hypothetical"),
        (URGED, "pay", "demand"),
        (SAID.replace("said      say", "hoped     hope"), "pay", "hope"),
        (SAID.replace("said      say", "expected  expect"), "pay", "belief"),
        (SAID.replace("said      say", "denied    deny"), "pay", "dispute"),
        (SAID.replace("will      will     AUX  MD", "must      must     AUX  MD"), "pay", "demand"),
        (SAID.replace("will      will     AUX  MD", "may       may      AUX  MD"), "pay", "hedge"),
        (SAID.replace("2 ccomp", "2 acl:relcl"), "pay", "relative"),
    ],
)
def test_what_a_clause_stands_under_is_marked(rows: str, verb: str, mark: str):
    sentence = tree(rows)
    assert standing(sentence, scopes(sentence), word(sentence, verb)).has(mark)


def test_a_plain_statement_stands_under_nothing():
    sentence = tree(SAID)
    stands = standing(sentence, scopes(sentence), word(sentence, "pay"))
    assert stands.marks == frozenset()


def test_inverted_should_is_a_supposition_and_not_a_demand():
    sentence = tree("""
    Should      should     AUX  MD  3 aux
    hostilities hostility  NOUN NNS 3 nsubj
    cease_      cease      VERB VB  6 advcl
    ,           ,          PUNCT , 3 punct
    we          we         PRON PRP 6 nsubj
    leave       leave      VERB VBP 0 root
    """)
    stands = standing(sentence, scopes(sentence), word(sentence, "cease"))
    assert stands.has("hypothetical")
    assert not stands.has("demand")


def test_according_to_is_a_source():
    sentence = tree("""
    Italy     italy     PROPN NNP 2 nsubj
    pays      pay       VERB  VBZ 0 root
    according accord    VERB  VBG 5 case
    to        to        ADP   IN  3 fixed
    Reuters   reuters   PROPN NNP 2 obl
    """)
    found = source_of(scopes(sentence))
    assert found is not None
    assert found.text == "according to"
    assert source_of(scopes(tree(SAID))) is None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("will will AUX MD 2 aux\npay pay VERB VB 0 root", "future"),
        ("would would AUX MD 2 aux\npay pay VERB VB 0 root", "would"),
        ("can can AUX MD 2 aux\npay pay VERB VB 0 root", "modal"),
        ("to to PART TO 2 mark\npay pay VERB VB 0 root", "infinitive"),
        ("has have AUX VBZ 2 aux\npaid pay VERB VBN 0 root", "perfect"),
        ("paid pay VERB VBD 0 root", "past"),
        ("is be AUX VBZ 2 aux\npaying pay VERB VBG 0 root", "progressive"),
        ("paying pay VERB VBG 0 root", "participle"),
        ("pays pay VERB VBZ 0 root", "present"),
        ("pay pay VERB VB 0 root", "bare"),
    ],
)
def test_the_form_of_a_predicate_is_said_in_a_word(rows: str, expected: str):
    sentence = tree(rows)
    assert tense(sentence, sentence.root) == expected
