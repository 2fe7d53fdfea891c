"""A student goes on from where an earlier one stopped."""

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

from scripts.model.training import CONFIGS, DISTIL, restore_edit_trees, step_settings

WORDS, LEMMAS = ["They", "saw", "cities", "and", "moved"], ["they", "see", "city", "and", "move"]


@pytest.fixture
def lemmatizing():
    nlp = spacy.blank("en")
    nlp.add_pipe("trainable_lemmatizer", config={"min_tree_freq": 1})
    nlp.initialize(lambda: [example(nlp)])
    return nlp


def example(nlp):
    return Example(Doc(nlp.vocab, words=WORDS), Doc(nlp.vocab, words=WORDS, lemmas=LEMMAS))


def targets(nlp):
    """The label that training asks for, for each word."""
    lemmatizer = nlp.get_pipe("trainable_lemmatizer")
    return [lemmatizer.tree2label.get(lemmatizer.trees.add(*pair), 0) for pair in zip(WORDS, LEMMAS, strict=True)]


def test_a_lemmatizer_that_was_loaded_is_asked_for_the_same_lemmas(lemmatizing, tmp_path):
    lemmatizing.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert len(set(targets(lemmatizing))) > 3
    assert targets(loaded) == [0] * len(WORDS)  # spaCy 3.8; when this fails, restore_edit_trees can go
    restore_edit_trees(loaded)
    assert targets(loaded) == targets(lemmatizing)


@pytest.mark.parametrize("name", ["parser", "names"])
def test_a_config_takes_the_steps_that_are_planned(name):
    settings = {**step_settings(20, 50), "paths.train": "t", "paths.dev": "d", "paths.vectors": None}
    training = spacy.util.load_config(CONFIGS / f"{name}.cfg", overrides=settings, interpolate=True)["training"]
    assert training["max_steps"] == 20
    assert training["optimizer"]["learn_rate"]["total_steps"] == 50


def test_every_setting_of_the_student_is_one_of_the_config():
    settings = {**step_settings(20, 20), **DISTIL}
    config = spacy.util.load_config(CONFIGS / "parser.cfg", overrides=settings, interpolate=False)
    assert config["training"]["dropout"] == DISTIL["training.dropout"]
