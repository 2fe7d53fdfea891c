"""Sentences with phrases of others in the place of theirs, for the small network to hear its teachers on."""

import random

import numpy as np

from scripts.sense.rows import Row
from scripts.sense.spliced import by_form, source_of, spliced

WORDS = (
    ("Norland", "NNP", "nsubj", 2),
    ("will", "MD", "aux", 2),
    ("paint", "VB", "ROOT", 2),
    ("the", "DT", "det", 4),
    ("bridge", "NN", "obj", 2),
    ("on", "IN", "case", 6),
    ("Monday", "NNP", "obl", 2),
    (".", ".", "punct", 2),
)
OTHER = (
    ("Our", "PRP$", "nmod:poss", 1),
    ("town", "NNP", "nsubj", 2),
    ("sold", "VBD", "ROOT", 2),
    ("an", "DT", "det", 5),
    ("old", "JJ", "amod", 5),
    ("mill", "NN", "obj", 2),
    (".", ".", "punct", 2),
)


def source(words):
    text, places = "", []
    for word, *_ in words:
        start = len(text) + (1 if text and word != "." else 0)
        text = f"{text:{start}}{word}"
        places.append((start, len(text)))
    strings = {
        "words": tuple(word.lower() for word, *_ in words),
        "tags": tuple(tag for _, tag, *_ in words),
        "relations": tuple(relation for _, _, relation, _ in words),
    }
    heads = np.array([head for *_, head in words])
    return source_of(text, Row(np.zeros(len(words)), strings, heads, np.array(places), np.zeros((len(words), 5))))


HOST, DONOR = source(WORDS), source(OTHER)


def made(host, donors, seeds=200):
    return {spliced(host, by_form(donors), {}, random.Random(seed)) for seed in range(seeds)}


def test_a_phrase_gives_way_to_one_of_its_relation_and_form_and_the_spaces_stay():
    found = made(HOST, [DONOR])

    assert "Norland will paint an old mill on Monday." in found
    assert "Our town will paint the bridge on Monday." in found, "what begins a sentence has a capital"
    assert all(" ." not in sentence and "  " not in sentence for sentence in found)


def test_what_may_be_missing_is_left_out_now_and_then():
    assert "Norland will paint the bridge." in made(HOST, [HOST])


def test_a_modal_gives_way_to_another_one():
    assert {sentence.split()[1] for sentence in made(HOST, [HOST])} >= {"will", "may", "would"}


def test_what_began_a_sentence_goes_on_without_its_capital():
    ours = source((("Then", "RB", "advmod", 3), *((w, t, r, h + 1) for w, t, r, h in OTHER)))
    assert "Then our town sold an old mill." in made(ours, [DONOR])
