"""Sentences with some words exchanged for their like, for the small network to hear its teachers on."""

import random

import numpy as np
import pytest

from scripts.sense.rows import Row
from scripts.sense.varied import likes_of, varied

TEXT = "Norland will paint the bridge."
WORDS = (("Norland", "NNP"), ("will", "MD"), ("paint", "VB"), ("the", "DT"), ("bridge", "NN"), (".", "."))


def row(words, vectors):
    places, end = [], 0
    for word, _ in words:
        start = end if word == "." else end + (1 if places else 0)
        end = start + len(word)
        places.append((start, end))
    strings = {"words": tuple(word.lower() for word, _ in words), "tags": tuple(tag for _, tag in words)}
    return Row(np.array(vectors), strings, np.zeros(len(words)), np.array(places), np.zeros((len(words), 5)))


VECTORS = np.array([[1.0, 0.0], [0.0, 1.0], [0.1, 1.0], [0.9, 0.1], [1.0, 0.05], [-1.0, 0.0]])
KNOWN = [
    row(WORDS, [0, -1, 1, -1, 3, -1]),
    *[row((("mend", "VB"), ("wall", "NN"), ("Estmark", "NNP")), [2, 4, 5])] * 3,
]


def test_a_word_gives_way_to_one_of_its_kind_and_the_small_words_stay():
    likes = likes_of(KNOWN, VECTORS)
    made = {varied(TEXT, KNOWN[0], likes, random.Random(seed)) for seed in range(60)}

    assert "Norland will mend the wall." in made
    assert "Estmark will mend the bridge." in made, "what begins with a capital does so afterwards"
    assert all(sentence.split()[1] == "will" and sentence.endswith(".") for sentence in made)
    assert TEXT in made, "now and then nothing is exchanged"


def test_a_word_that_is_rare_takes_nobodys_place():
    assert likes_of(KNOWN[:2], VECTORS) == {} or not any(likes_of(KNOWN[:2], VECTORS).values())


@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_gives_the_same_sentence(seed):
    likes = likes_of(KNOWN, VECTORS)
    assert len({varied(TEXT, KNOWN[0], likes, random.Random(seed)) for _ in range(5)}) == 1
