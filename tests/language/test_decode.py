"""The best dependency tree, against every tree there is."""

from itertools import product

import numpy as np
import pytest

from scripts.model.decode import best_tree, find_cycle, is_tree


def hangs_on_root(heads):
    """Whether every word comes to the root by going from head to head."""
    for word in range(1, len(heads) + 1):
        for _ in heads:
            word = heads[word - 1] if word else 0
        if word:
            return False
    return True


def trees(words):
    """All trees over so many words with one root."""
    candidates = product(range(words + 1), repeat=words)
    return [heads for heads in candidates if heads.count(0) == 1 and hangs_on_root(heads)]


def total(scores, heads):
    return sum(scores[word, head] for word, head in enumerate(heads))


def made_up_scores(seed, words):
    return np.random.default_rng(seed).normal(size=(words, words + 1)) * 3


@pytest.mark.parametrize(("words", "count"), [(1, 1), (2, 2), (3, 9), (4, 64)])
def test_there_are_as_many_trees_as_cayley_says(words, count):
    assert len(trees(words)) == count


@pytest.mark.parametrize("words", [1, 2, 3, 4, 5])
def test_the_best_of_all_trees_is_found(words):
    everything = trees(words)
    for seed in range(60):
        scores = made_up_scores(seed, words)
        best = best_tree(scores)
        assert tuple(best) in everything
        assert total(scores, best) == pytest.approx(max(total(scores, heads) for heads in everything))


def test_a_cycle_inside_a_cycle_is_undone():
    scores = np.full((4, 5), -9.0)
    scores[0, 2] = scores[1, 1] = 9.0
    scores[1, 3] = scores[2, 2] = 8.5
    scores[2, 4] = scores[3, 3] = 8.0
    scores[3, 0] = -1.0
    assert best_tree(scores) == [2, 3, 4, 0]


def test_a_second_root_gives_way_however_well_it_scores():
    scores = np.array([[50.0, -1e4, 0.0], [60.0, 0.5, -1e4]])
    assert best_tree(scores) == [2, 0]


def test_the_best_heads_are_taken_as_they_are_where_they_make_a_tree():
    scores = np.array([[0.0, -9.0, 5.0, -9.0], [5.0, -9.0, -9.0, 0.0], [0.0, -9.0, 5.0, -9.0]])
    assert best_tree(scores) == [2, 0, 2]


@pytest.mark.parametrize("seed", range(5))
def test_a_long_sentence_gets_a_tree(seed):
    assert is_tree(best_tree(made_up_scores(seed, 150)))


@pytest.mark.parametrize("words", [1, 2, 3, 4])
def test_a_tree_is_told_from_what_is_none(words):
    found = [heads for heads in product(range(words + 1), repeat=words) if is_tree(heads)]
    assert found == trees(words)


@pytest.mark.parametrize(
    ("heads", "cycle"),
    [([0, 0, 1, 2], set()), ([0, 2, 1, 1], {1, 2}), ([0, 0, 3, 4, 2], {2, 3, 4}), ([0, 1], {1})],
)
def test_a_cycle_is_found_where_there_is_one(heads, cycle):
    assert set(find_cycle(np.array(heads))) == cycle
