"""How a matter is asked: words are moved into the order of a question, and tenses kept."""

import pytest

from bot.extract.nominals import Frame, from_nominal, quoted
from bot.extract.phrasing import from_clause, from_direct, from_predicate
from tests.extract.built import tree, word

BACK = """
It it PRON PRP 3 expl
is be AUX VBZ 3 cop
unclear unclear ADJ JJ 0 root
whether whether SCONJ IN 8 mark
the the DET DT 6 det
US US PROPN NNP 8 nsubj
would would AUX MD 8 aux
back back VERB VB 3 ccomp
the the DET DT 10 det
troops troops NOUN NNS 8 obj
if if SCONJ IN 13 mark
they they PRON PRP 13 nsubj
came come VERB VBD 8 advcl
under under ADP IN 15 case
attack_ attack NOUN NN 13 obl
. . PUNCT . 3 punct
"""


def test_a_modal_goes_before_the_subject_and_keeps_its_tense():
    sentence = tree(BACK)
    asked = from_clause(sentence, word(sentence, "whether"), word(sentence, "back"))
    assert asked.question == "Would the US back the troops if they came under attack?"
    assert asked.content == "the US would back the troops if they came under attack"


SIGNED = """
We we PRON PRP 4 nsubj
do do AUX VBP 4 aux
not not PART RB 4 advmod
know know VERB VB 0 root
whether whether SCONJ IN 7 mark
it it PRON PRP 7 nsubj
signed sign VERB VBD 4 ccomp
the the DET DT 9 det
deal deal NOUN NN 7 obj
and and CCONJ CC 11 cc
kept keep VERB VBD 7 conj
its its PRON PRP$ 13 nmod:poss
word_ word NOUN NN 11 obj
. . PUNCT . 4 punct
"""


def test_a_verb_without_an_auxiliary_is_supported_by_do_and_so_is_its_conjunct():
    sentence = tree(SIGNED)
    asked = from_clause(sentence, word(sentence, "whether"), word(sentence, "signed"))
    assert asked.question == "Did it sign the deal and keep its word?"
    assert asked.content == "it signed the deal and kept its word"


RESUME = """
It it PRON PRP 3 expl
is be AUX VBZ 3 cop
unclear unclear ADJ JJ 0 root
when when ADV WRB 8 advmod
the the DET DT 6 det
talks talk NOUN NNS 8 nsubj
will will AUX MD 8 aux
resume_ resume VERB VB 3 ccomp
. . PUNCT . 3 punct
"""


def test_a_wh_word_stays_in_front():
    sentence = tree(RESUME)
    asked = from_clause(sentence, word(sentence, "when"), word(sentence, "resume"))
    assert (asked.question, asked.content) == ("When will the talks resume?", "when the talks will resume")


BEHIND = """
Police police NOUN NNS 4 nsubj
do do AUX VBP 4 aux
not not PART RB 4 advmod
know know VERB VB 0 root
who who PRON WP 9 nsubj
was be AUX VBD 9 cop
behind behind ADP IN 9 case
the the DET DT 9 det
attack_ attack NOUN NN 4 ccomp
. . PUNCT . 4 punct
"""


def test_a_wh_word_that_is_the_subject_changes_no_order():
    sentence = tree(BEHIND)
    assert (
        from_clause(sentence, word(sentence, "who"), word(sentence, "attack")).question == "Who was behind the attack?"
    )


NEGATED = """
It it PRON PRP 3 expl
is be AUX VBZ 3 cop
unclear unclear ADJ JJ 0 root
whether whether SCONJ IN 9 mark
the the DET DT 6 det
court court NOUN NN 9 nsubj
has_ have AUX VBZ 9 aux
n't not PART RB 9 advmod
ruled_ rule VERB VBN 3 ccomp
. . PUNCT . 3 punct
"""


def test_a_contraction_that_loses_its_auxiliary_is_written_out():
    sentence = tree(NEGATED)
    asked = from_clause(sentence, word(sentence, "whether"), word(sentence, "ruled"))
    assert asked.question == "Has the court not ruled?"


SPEND = """
The the DET DT 2 det
board board NOUN NN 4 nsubj
will will AUX MD 4 aux
decide decide VERB VB 0 root
whether whether SCONJ IN 7 mark
to to PART TO 7 mark
close close VERB VB 4 ccomp
it_ it PRON PRP 7 obj
. . PUNCT . 4 punct
"""


def test_an_infinitive_is_asked_of_the_one_who_decides():
    sentence = tree(SPEND)
    opener, head = word(sentence, "whether"), word(sentence, "close")
    assert from_clause(sentence, opener, head, sentence.tokens[:2]).question == "Will the board close it?"


def test_an_infinitive_without_anybody_to_do_it_is_not_made_up():
    sentence = tree(SPEND)
    assert from_clause(sentence, word(sentence, "whether"), word(sentence, "close")) is None
    assert quoted("whether to close it").question == "Still open: \u201cwhether to close it\u201d"


WORKS = """
Time time NOUN NN 3 nsubj
will will AUX MD 3 aux
tell tell VERB VB 0 root
whether whether SCONJ IN 6 mark
it it PRON PRP 6 nsubj
works_ work VERB VBZ 3 ccomp
. . PUNCT . 3 punct
"""


def test_what_lies_ahead_is_asked_with_will():
    sentence = tree(WORKS)
    opener, head = word(sentence, "whether"), word(sentence, "works")
    assert from_clause(sentence, opener, head, future=True).question == "Will it work?"
    assert from_clause(sentence, opener, head).question == "Does it work?"


CAUSE = """
The the DET DT 2 det
cause cause NOUN NN 7 nsubj
of of ADP IN 5 case
the the DET DT 5 det
fire fire NOUN NN 2 nmod
is be AUX VBZ 7 cop
unknown_ unknown ADJ JJ 0 root
. . PUNCT . 7 punct
"""


@pytest.mark.parametrize(
    ("frame", "question"),
    [
        (Frame.BE, "What is the cause of the fire?"),
        (Frame.WILL_BE, "What will the cause of the fire be?"),
        (Frame.FIND, "What will the cause of the fire find?"),
        (Frame.KNOWN, "What is known about the cause of the fire?"),
    ],
)
def test_a_noun_is_asked_for_in_the_frame_that_fits_it(frame, question):
    sentence = tree(CAUSE)
    asked = from_nominal(sentence, word(sentence, "cause"), frame)
    assert (asked.question, asked.content) == (question, "The cause of the fire")


MOTIVE = """
No no DET DT 2 det
motive motive NOUN NN 5 nsubj:pass
has have AUX VBZ 5 aux
been be AUX VBN 5 aux:pass
established_ establish VERB VBN 0 root
. . PUNCT . 5 punct
"""


def test_no_motive_asks_for_the_motive():
    sentence = tree(MOTIVE)
    assert from_nominal(sentence, word(sentence, "motive"), Frame.BE).question == "What is the motive?"


def test_a_bare_pronoun_asks_nothing():
    sentence = tree(SIGNED)
    assert from_nominal(sentence, word(sentence, "it"), Frame.KNOWN) is None


RULED = """
The the DET DT 2 det
court court NOUN NN 6 nsubj
has have AUX VBZ 6 aux
not not PART RB 6 advmod
yet yet ADV RB 6 advmod
ruled rule VERB VBN 0 root
on on ADP IN 9 case
the the DET DT 9 det
appeal_ appeal NOUN NN 6 obl
. . PUNCT . 6 punct
"""


@pytest.mark.parametrize(
    ("opening", "question"),
    [
        ("how", "How will the court rule on the appeal?"),
        ("when", "When will the court rule on the appeal?"),
        ("", "Will the court rule on the appeal?"),
    ],
)
def test_an_act_that_is_owed_is_asked_for(opening, question):
    sentence = tree(RULED)
    assert from_predicate(sentence, word(sentence, "ruled"), word(sentence, "court"), opening).question == question


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("QUESTION: And so, is the U.S. going to match that pledge?", "Is the U.S. going to match that pledge?"),
        ("\u201cWhere are the ministers?\u201d", "Where are the ministers?"),
        ("Well, okay, but who pays for this, the Pentagon?", "Who pays for this, the Pentagon?"),
    ],
)
def test_a_question_in_the_text_loses_its_label_and_its_particles(text, question):
    assert from_direct(text).question == question


def test_one_word_is_no_question():
    assert from_direct("Why?") is None
