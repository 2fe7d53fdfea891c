"""The slots cut out of a sentence: action, condition, recipients, attribution."""

import pytest

from bot.extract.candidates import candidates
from bot.extract.clauses import Tree
from bot.extract.commitments import words_of
from bot.extract.conditions import condition
from bot.extract.parties import load_parties
from bot.extract.scope import scopes, standing
from bot.extract.slots import actor_words, attribution, balanced, recipients
from tests.extract.built import tree, word

BOOK = load_parties()
OFFERED = """
France     france     PROPN NNP 2 nsubj
offered    offer      VERB  VBD 0 root
to         to         PART  TO  4 mark
deploy     deploy     VERB  VB  2 xcomp
troops     troops     NOUN  NNS 4 obj
to         to         ADP   IN  7 case
Ukraine    ukraine    PROPN NNP 4 obl
"""
IN_THE_EVENT = """
in         in         ADP   IN  10 case
the        the        DET   DT  10 det
event      event      NOUN  NN  4 obl
of         of         ADP   IN  13 case
a          a          DET   DT  13 det
truce      truce      NOUN  NN  10 nmod
"""
IF = """
if         if         SCONJ IN  10 mark
talks      talk       NOUN  NNS 10 nsubj
succeed    succeed    VERB  VBP 4 advcl
"""


def only(rows: str):
    sentence = tree(rows)
    (candidate,) = candidates(sentence, scopes(sentence), BOOK)
    return candidate


@pytest.mark.parametrize(
    ("more", "expected"), [("", None), (IN_THE_EVENT, "in the event of a truce"), (IF, "if talks succeed")]
)
def test_the_condition_is_given_in_its_words_and_kept_out_of_the_action(more: str, expected: str | None):
    candidate = only(OFFERED + more.lstrip("\n"))
    assert words_of(candidate, candidate.actor) == "deploy troops to Ukraine"
    assert (candidate.condition.text if candidate.condition else None) == expected


def test_what_a_pledge_is_conditional_on_is_the_condition():
    sentence = tree("""
    The         the         DET  DT  2 det
    pledge      pledge      NOUN NN  4 nsubj
    is          be          AUX  VBZ 4 cop
    conditional conditional ADJ  JJ  0 root
    on          on          ADP  IN  7 case
    a           a           DET  DT  7 det
    deal        deal        NOUN NN  4 obl
    """)
    found = condition(sentence, scopes(sentence), [sentence.root])
    assert found is not None
    assert found.text == "a deal"


def test_an_if_outside_the_undertaking_is_not_its_condition():
    sentence = tree("""
    We     we     PRON  PRP 2 nsubj
    wonder wonder VERB  VBP 0 root
    if     if     SCONJ IN  5 mark
    Italy  italy  PROPN NNP 5 nsubj
    pays   pay    VERB  VBZ 2 advcl
    """)
    assert condition(sentence, scopes(sentence), [word(sentence, "We")]) is None


def test_a_passive_keeps_its_subject_in_the_action():
    candidate = only("""
    The    the    DET  DT  2 det
    report report NOUN NN  5 nsubj:pass
    will   will   AUX  MD  5 aux
    be     be     AUX  VB  5 aux:pass
    sent   send   VERB VBN 0 root
    """)
    assert words_of(candidate, candidate.actor) == "The report will be sent"
    assert candidate.actor is None


def test_an_action_with_not_leaves_it_to_the_kind():
    candidate = only("""
    Norway norway PROPN NNP 4 nsubj
    will   will   AUX   MD  4 aux
    not    not    PART  RB  4 advmod
    send   send   VERB  VB  0 root
    troops troops NOUN  NNS 4 obj
    """)
    assert words_of(candidate, candidate.actor) == "send troops"
    assert candidate.negated


def test_recipients_are_the_named_parties_that_it_goes_to():
    candidate = only(OFFERED)
    assert candidate.content is not None
    assert recipients(candidate.tree, candidate.content, candidate.match, BOOK, ("France",)) == ("Ukraine",)
    assert recipients(candidate.tree, candidate.content, candidate.match, BOOK, ("Ukraine",)) == ()


SAID = """
Two       two      NUM  CD  2 nummod
officials official NOUN NNS 4 nsubj
have      have     AUX  VBP 4 aux
said      say      VERB VBN 0 root
Italy     italy    PROPN NNP 7 nsubj
will      will     AUX  MD  7 aux
pay       pay      VERB VB  4 ccomp
"""


def said(sentence: Tree, verb: str, speaker: str = "") -> str | None:
    found = scopes(sentence)
    return attribution(sentence, found, standing(sentence, found, word(sentence, verb)), speaker)


def test_the_attribution_is_who_said_it_in_the_text_s_words():
    assert said(tree(SAID), "pay") == "Two officials have said"


def test_a_turn_s_speaker_is_the_source_where_no_other_is_named():
    plain = tree("We we PRON PRP 3 nsubj\nwill will AUX MD 3 aux\npay pay VERB VB 0 root")
    assert said(plain, "pay", "MR PRICE") == "MR PRICE"
    assert said(plain, "pay") is None


def test_according_to_is_an_attribution():
    sentence = tree("""
    Italy     italy   PROPN NNP 3 nsubj
    will      will    AUX   MD  3 aux
    pay_      pay     VERB  VB  0 root
    ,         ,       PUNCT ,   7 punct
    according accord  VERB  VBG 7 case
    to        to      ADP   IN  5 fixed
    Reuters   reuters PROPN NNP 3 obl
    """)
    assert said(sentence, "pay") == "according to Reuters"


def test_the_words_of_an_actor_leave_out_what_only_explains():
    sentence = tree("""
    The   the  DET  DT  2 det
    bank_ bank NOUN NN  7 nsubj
    ,     ,    PUNCT , 4 punct
    which which PRON WDT 5 nsubj
    lost_ lose VERB VBD 2 acl:relcl
    ,     ,    PUNCT , 5 punct
    paid  pay  VERB VBD 0 root
    """)
    assert actor_words(sentence, word(sentence, "bank")) == "The bank"


def test_a_possessive_sign_is_no_part_of_the_actor():
    sentence = tree("Poland_ poland PROPN NNP 3 nmod:poss\n\u2019s 's PART POS 1 case\npledge pledge NOUN NN 0 root")
    assert actor_words(sentence, word(sentence, "Poland")) == "Poland"


@pytest.mark.parametrize(("text", "expected"), [("send (", "send"), ("pay (now)", "pay (now)"), ("pay, ", "pay")])
def test_edges_are_bare(text: str, expected: str):
    assert balanced(text) == expected
