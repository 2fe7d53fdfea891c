"""The index of a parsed sentence, and who does what in it."""

import pytest

from bot.extract.clauses import (
    Tree,
    agent,
    auxiliaries,
    clause_of,
    index,
    is_negated,
    is_passive,
    plain,
    run_from,
    stems,
    subject,
    text_of,
)
from tests.extract.built import tree, word

AGREED = """
France   france PROPN NNP 3 nsubj
has      have   AUX   VBZ 3 aux
agreed   agree  VERB  VBN 0 root
to       to     PART  TO  5 mark
send     send   VERB  VB  3 xcomp
troops   troops NOUN  NNS 5 obj
and      and    CCONJ CC  8 cc
pay_     pay    VERB  VB  5 conj
.        .      PUNCT .   3 punct
"""
PASSIVE = """
The      the    DET   DT  2 det
treaty   treaty NOUN  NN  5 nsubj:pass
was      be     AUX   VBD 5 aux:pass
not      not    PART  RB  5 advmod
signed   sign   VERB  VBN 0 root
by       by     ADP   IN  7 case
Iran     iran   PROPN NNP 5 obl:agent
"""
ASKED = """
France   france PROPN NNP 2 nsubj
asked    ask    VERB  VBD 0 root
Italy    italy  PROPN NNP 2 obj
to       to     PART  TO  5 mark
pay      pay    VERB  VB  2 xcomp
"""
RELATIVE = """
rebels   rebel  NOUN  NNS 0 root
who      who    PRON  WP  4 nsubj
had      have   AUX   VBD 4 aux
vowed    vow    VERB  VBN 1 acl:relcl
revenge  revenge NOUN NN  4 obj
"""


@pytest.mark.parametrize(
    ("rows", "verb", "who"),
    [
        (AGREED, "agreed", "France"),
        (AGREED, "pay", "France"),
        (AGREED, "send", "France"),
        (PASSIVE, "signed", "treaty"),
        (ASKED, "pay", "Italy"),
        (RELATIVE, "vowed", "rebels"),
    ],
)
def test_the_subject_is_found_through_coordination_control_and_relative_clauses(rows: str, verb: str, who: str):
    sentence = tree(rows)
    found = subject(sentence, word(sentence, verb))
    assert found is not None
    assert found.text == who


def test_a_predicate_without_any_subject_has_none():
    sentence = tree("Send send VERB VB 0 root\nhelp help NOUN NN 1 obj")
    assert subject(sentence, sentence.root) is None


def test_the_doer_of_a_passive_is_named_by_its_by_phrase():
    sentence = tree(PASSIVE)
    found = agent(sentence, sentence.root)
    assert found is not None
    assert found.text == "Iran"
    assert is_passive(sentence, sentence.root)


def test_negation_is_seen_at_the_predicate_and_at_the_subject():
    assert is_negated(tree(PASSIVE), tree(PASSIVE).root)
    none = tree("No no DET DT 2 det\nstate state NOUN NN 3 nsubj\nagreed agree VERB VBD 0 root")
    assert is_negated(none, none.root)
    assert not is_negated(tree(AGREED), tree(AGREED).root)


def test_children_phrases_and_conjuncts_come_in_text_order():
    sentence = tree(AGREED)
    send = word(sentence, "send")
    assert [token.text for token in sentence.phrase(send)] == ["to", "send", "troops", "and", "pay"]
    assert [token.text for token in sentence.phrase(send, without={"conj"})] == ["to", "send", "troops"]
    assert [token.text for token in sentence.conjuncts(send)] == ["send", "pay"]
    assert [token.text for token in sentence.children(send, "obj", "mark")] == ["to", "troops"]
    assert sentence.child(send, "nsubj", "obj") is word(sentence, "troops")


def test_a_branch_can_be_left_out_at_any_depth():
    sentence = tree(AGREED)
    words = sentence.phrase(sentence.root, unless=lambda token: token.text == "troops")
    assert "troops" not in [token.text for token in words]


def test_the_clause_of_a_word_is_its_nearest_predicate():
    sentence = tree(AGREED)
    assert clause_of(sentence, word(sentence, "troops")).text == "send"
    assert clause_of(sentence, word(sentence, "has")).text == "agreed"


def test_auxiliaries_are_given_in_order():
    sentence = tree(AGREED)
    assert [token.text for token in auxiliaries(sentence, sentence.root)] == ["has"]


def test_text_is_the_slice_as_it_stands():
    sentence = tree(AGREED)
    assert text_of(sentence.tokens) == "France has agreed to send troops and pay."
    assert text_of([]) == ""


def test_a_run_ends_where_a_position_is_left_out():
    sentence = tree(AGREED)
    words = [token for token in sentence.tokens if token.text != "troops"]
    assert [token.text for token in run_from(words, 3)] == ["to", "send"]


def test_contractions_are_written_out_and_apostrophes_straight():
    sentence = tree("We we PRON PRP 3 nsubj\n\u2019ll will AUX MD 3 aux\ngo go VERB VB 0 root")
    assert sentence.forms[1] == "'ll"
    assert sentence.lemmas[1] == "will"
    assert plain("\u201cWe\u2019re\u201d") == '"we\'re"'


def test_a_listed_verb_has_its_lemma_whatever_the_lemmatizer_says():
    sentence = tree("celebrating celebrat VERB VBG 0 root")
    assert sentence.lemmas == ("celebrate",)


def test_regular_endings_lead_back_to_what_may_have_been():
    assert stems("weighed") == ["weighe", "weigh"]
    assert "carry" in stems("carried")
    assert stems("went") == []


def test_a_sentence_nested_ten_thousand_deep_is_walked_without_recursion():
    rows = "\n".join(f"w{n} w{n} NOUN NN {n} nmod" if n else "w0 w0 NOUN NN 0 root" for n in range(10_000))
    sentence: Tree = tree(rows)
    assert len(sentence.phrase(sentence.root)) == 10_000
    assert len(sentence.ancestors(sentence.tokens[-1])) == 9_999


def test_a_head_outside_the_sentence_makes_the_word_the_root():
    whole = tree(AGREED).tokens[0].doc
    part = index(whole[3:6])
    assert part.root.text == "send"
    assert part.head(part.root) is None
    assert part.at(5) in part
    assert whole[0] not in part
