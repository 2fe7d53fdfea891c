"""Pronouns and "both nations": resolved when one party fits, else left as they stand."""

from bot.extract.context import Context, Who, who_is
from bot.extract.parties import load_parties
from bot.extract.scope import Standing, scopes, standing
from tests.extract.built import tree, word

BOOK = load_parties()
PAIR = tree("""
France  france  PROPN NNP 4 nsubj
and     and     CCONJ CC  3 cc
Britain britain PROPN NNP 1 conj
lead    lead    VERB  VBP 0 root
""")
OTHER_PAIR = tree("""
Italy   italy   PROPN NNP 4 nsubj
and     and     CCONJ CC  3 cc
Spain   spain   PROPN NNP 1 conj
follow  follow  VERB  VBP 0 root
""")
BOTH = tree("Both both DET DT 2 det\nnations nation NOUN NNS 3 nsubj\nagreed agree VERB VBD 0 root")
IT = tree("It it PRON PRP 2 nsubj\nagreed agree VERB VBD 0 root")
JAPAN = tree("Japan japan PROPN NNP 2 nsubj\nspoke speak VERB VBD 0 root")


def test_both_nations_are_the_pair_named_in_the_section():
    context = Context("A").after(PAIR, "A", BOOK)
    assert who_is(BOTH, word(BOTH, "nations"), Standing(), context, BOOK) == Who(
        ("France", "United Kingdom"), "Both nations"
    )


def test_two_pairs_leave_both_nations_open():
    context = Context("A").after(PAIR, "A", BOOK).after(OTHER_PAIR, "A", BOOK)
    assert who_is(BOTH, word(BOTH, "nations"), Standing(), context, BOOK).actors == ()


def test_a_pair_of_another_section_does_not_count():
    context = Context("A").after(PAIR, "A", BOOK).after(JAPAN, "B", BOOK)
    assert who_is(BOTH, word(BOTH, "nations"), Standing(), context, BOOK).actors == ()


def test_it_is_the_one_party_that_acted_before():
    context = Context().after(JAPAN, "", BOOK)
    assert who_is(IT, word(IT, "It"), Standing(), context, BOOK) == Who(("Japan",), "It")


def test_it_is_nobody_where_two_acted_before():
    assert who_is(IT, word(IT, "It"), Standing(), Context().after(PAIR, "", BOOK), BOOK) == Who((), "It")


def test_they_are_the_two_that_acted_before():
    they = tree("They they PRON PRP 2 nsubj\nagreed agree VERB VBD 0 root")
    context = Context().after(PAIR, "", BOOK)
    assert who_is(they, word(they, "They"), Standing(), context, BOOK).actors == ("France", "United Kingdom")


def test_a_person_s_pronoun_is_not_a_country():
    he = tree("He he PRON PRP 2 nsubj\nagreed agree VERB VBD 0 root")
    assert who_is(he, word(he, "He"), Standing(), Context().after(JAPAN, "", BOOK), BOOK).actors == ()


def test_a_pronoun_under_a_verb_of_saying_is_who_says_it():
    sentence = tree("""
    Japan japan PROPN NNP 2 nsubj
    said  say   VERB  VBD 0 root
    it    it    PRON  PRP 5 nsubj
    will  will  AUX   MD  5 aux
    pay   pay   VERB  VB  2 ccomp
    """)
    stands = standing(sentence, scopes(sentence), word(sentence, "pay"))
    assert who_is(sentence, word(sentence, "it"), stands, Context(), BOOK) == Who(("Japan",), "Japan")


def test_its_commitment_is_the_subject_s():
    sentence = tree("""
    Japan      japan      PROPN NNP 2 nsubj
    reaffirmed reaffirm   VERB  VBD 0 root
    its        its        PRON  PRP$ 4 nmod:poss
    pledge     pledge     NOUN  NN  2 obj
    """)
    assert who_is(sentence, word(sentence, "its"), Standing(), Context(), BOOK).actors == ("Japan",)


def test_an_adjective_names_the_country_whose_commitment_it_is():
    sentence = tree("the the DET DT 3 det\nFrench french ADJ JJ 3 amod\npledge pledge NOUN NN 0 root")
    assert who_is(sentence, word(sentence, "French"), Standing(), Context(), BOOK) == Who(("France",), "French")


def test_no_actor_is_nobody():
    assert who_is(IT, None, Standing(), Context(), BOOK) == Who()
