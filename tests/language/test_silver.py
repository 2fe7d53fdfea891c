"""Raw text and a teacher's parses become documents to learn from; the teacher here says what a test wants it to say."""

import gzip
import json
import random

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from scripts.model.names import NAME_ATTRIBUTES, Name
from scripts.model.prepare import TREE_ATTRIBUTES, join
from scripts.model.rows import (
    CLS,
    MAX_PIECES,
    NAME_TAGS,
    SEP,
    UNKNOWN,
    UNMARKED,
    Labels,
    Marks,
    Row,
    batches,
    gold_rows,
    make_row,
    name_spans,
    read_labels,
    shape,
)
from scripts.model.silver import SURE, raw_paragraphs, silver_docs, write_silver
from scripts.model.treebank import Sentence, Word

LABELS = Labels(
    tags=("NNP", "VBD", "."),
    features=("PROPN|Number=Sing", "VERB|Tense=Past", "PUNCT|_"),
    relations=("nsubj", "ROOT", "obj", "punct"),
)
PER, LOC = NAME_TAGS.index("B-PER"), NAME_TAGS.index("B-LOC")


@pytest.fixture
def vocab():
    return spacy.blank("en").vocab


def pieces(words):
    """A cutting into pieces of three letters; a word that begins with a tilde cannot be cut."""
    return [[] if word.startswith("~") else list(range(1_000, 1_000 + (len(word) + 2) // 3)) for word in words]


def said(confidence=-0.01):
    """A parse of "Marin saw Kyiv ."."""
    return Marks([2, 0, 2, 2], [0, 1, 2, 3], [0, 1, 0, 2], [0, 1, 0, 2], [PER, 0, LOC, 0], confidence)


def raw_doc(vocab, sentences=1):
    """A document of the same sentence so many times, with the first student's lemmas."""
    words = ["Marin", "saw", "Kyiv", "."] * sentences
    return Doc(
        vocab,
        words=words,
        spaces=[True, True, False, True] * sentences,
        lemmas=["Marin", "see", "Kyiv", "."] * sentences,
        sent_starts=[True, False, False, False] * sentences,
    )


def made(docs, *parses, seed=0):
    return list(silver_docs(docs, lambda rows: parses[: len(rows)], pieces, LABELS, random.Random(seed)))


def row_of(length):
    return Row([0] * length, [0] * length, [0])


def test_a_parse_becomes_a_document_with_the_words_as_they_stand(vocab):
    (doc,) = made([raw_doc(vocab)], said())
    assert doc.text == "Marin saw Kyiv. "
    assert [(t.text, t.tag_, t.pos_, t.dep_, t.head.text) for t in doc] == [
        ("Marin", "NNP", "PROPN", "nsubj", "saw"),
        ("saw", "VBD", "VERB", "ROOT", "saw"),
        ("Kyiv", "NNP", "PROPN", "obj", "saw"),
        (".", ".", "PUNCT", "punct", "saw"),
    ]
    assert [str(t.morph) for t in doc] == ["Number=Sing", "Tense=Past", "Number=Sing", ""]
    assert [(e.text, e.label_) for e in doc.ents] == [("Marin", "PER"), ("Kyiv", "LOC")]


def test_lemmas_stay_the_first_students(vocab):
    (doc,) = made([raw_doc(vocab)], said())
    assert [t.lemma_ for t in doc] == ["Marin", "see", "Kyiv", "."]


def test_heads_and_names_of_later_sentences_are_their_own(vocab):
    docs = made([raw_doc(vocab, 12)], *[said()] * 12)
    assert sum(map(len, docs)) == 48
    assert 1 < len(docs) < 12
    for doc in docs:
        assert [sent.root.i for sent in doc.sents] == list(range(1, len(doc), 4))
        assert all(token.head.i // 4 == token.i // 4 for token in doc)
        assert [e.start % 4 for e in doc.ents] == [0, 2] * (len(doc) // 4)


def test_a_document_with_a_doubtful_sentence_is_left_out(vocab):
    parses = [said(SURE - 0.1 if i == 4 else -0.01) for i in range(12)]
    docs = made([raw_doc(vocab, 12)], *parses)
    assert 0 < sum(map(len, docs)) < 48
    assert made([raw_doc(vocab)], said(SURE - 0.1)) == []


def test_a_sentence_too_long_for_the_teacher_is_not_shown_to_it(vocab):
    long = Doc(vocab, words=["word"] * MAX_PIECES, sent_starts=[True] + [False] * (MAX_PIECES - 1))
    docs = made([long, raw_doc(vocab)], said())
    assert [doc.text for doc in docs] == ["Marin saw Kyiv. "]


def test_a_relation_that_contradicts_its_head_is_set_right(vocab):
    marks = Marks([2, 0, 2, 2], [1, 0, 2, 3], [0, 1, 0, 2], [0, 1, 0, 2], [0, 0, 0, 0])
    (doc,) = made([raw_doc(vocab)], marks)
    assert [t.dep_ for t in doc] == ["dep", "ROOT", "obj", "punct"]


def test_the_same_seed_gives_the_same_documents(vocab):
    def lengths(seed):
        return [len(doc) for doc in made([raw_doc(vocab, 30)], *[said()] * 30, seed=seed)]

    assert lengths(5) == lengths(5)
    assert any(lengths(5) != lengths(seed) for seed in range(5))


def test_what_is_written_holds_trees_and_names_apart(vocab, tmp_path):
    write_silver(made([raw_doc(vocab)], said()), tmp_path / "trees", tmp_path / "names")
    (tree,) = DocBin().from_disk(tmp_path / "trees").get_docs(vocab)
    (name,) = DocBin().from_disk(tmp_path / "names").get_docs(vocab)
    assert (tree[0].dep_, tree.ents) == ("nsubj", ())
    assert (name[0].dep_, [e.label_ for e in name.ents]) == ("", ["PER", "LOC"])


@pytest.mark.parametrize("attributes", [TREE_ATTRIBUTES, NAME_ATTRIBUTES])
def test_files_are_joined_in_order(vocab, tmp_path, attributes):
    for name in ("one", "two"):
        DocBin(attrs=attributes, docs=[Doc(vocab, words=[name])]).to_disk(tmp_path / name)
    whole = join([tmp_path / "two", tmp_path / "one", tmp_path / "one"], tmp_path / "all")
    assert [doc.text.strip() for doc in DocBin().from_disk(whole).get_docs(vocab)] == ["two", "one", "one"]


def raw_text(path, *texts):
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in texts)
    return path


def test_paragraphs_are_drawn_once_without_what_is_too_short(tmp_path):
    long = "This paragraph is long enough to be parsed by it."
    path = raw_text(
        tmp_path / "raw.gz", f"Short.\n{long}\n\n  This  paragraph is long enough\tto be parsed by it.", long
    )
    assert raw_paragraphs(path, 1_000, random.Random(0)) == [long]


def test_no_more_paragraphs_are_drawn_than_asked_for(tmp_path):
    texts = [f"Paragraph number {i} has exactly ten words in it, no more." for i in range(50)]
    path = raw_text(tmp_path / "raw.gz", *texts)
    drawn = raw_paragraphs(path, 100, random.Random(0))
    assert len(drawn) == 10
    assert drawn != texts[:10]
    assert drawn == raw_paragraphs(path, 100, random.Random(0))


def test_an_endless_paragraph_is_cut(tmp_path):
    (drawn,) = raw_paragraphs(raw_text(tmp_path / "raw.gz", "word " * 1_000), 10, random.Random(0))
    assert len(drawn) == 2_500


def test_a_row_says_where_each_word_begins_and_how_it_is_cased():
    row = make_row(["Kyiv", "~", "voted"], pieces)
    assert row.pieces == [CLS, 1_000, 1_001, UNKNOWN, 1_000, 1_001, SEP]
    assert row.shapes == [0, 4, 4, 7, 1, 1, 0]
    assert row.first == [1, 3, 4]


def test_words_are_told_by_their_shape():
    words = ["house", "NATO", "A", "Kyiv", "McCain", "20", "?"]
    assert [shape(word) for word in words] == [1, 2, 3, 4, 5, 6, 7]


def sentence(identifier="s-1"):
    words = [
        Word("Ada", "Ada", "PROPN", "NNP", "Number=Sing", 2, "nsubj", True),
        Word("Lovelace", "Lovelace", "PROPN", "NNP", "Number=Sing", 0, "flat", True),
        Word("wrote", "write", "VERB", "VBD", "Tense=Past", 2, "ROOT", False),
    ]
    return Sentence(identifier, "d", True, words)


def test_gold_is_in_the_numbers_of_the_labels():
    labels = read_labels([sentence()])
    (row,) = gold_rows([sentence()], {"s-1": [Name(0, 11, "PER")]}, labels, pieces)
    assert row.gold.heads == [3, 1, 0]
    assert [labels.relations[i] for i in row.gold.relations] == ["nsubj", "flat", "ROOT"]
    assert [labels.features[i] for i in row.gold.features] == ["PROPN|Number=Sing"] * 2 + ["VERB|Tense=Past"]
    assert name_spans(row.gold.names) == [(0, 2, "PER")]


def test_what_gold_does_not_say_is_unmarked():
    (row,) = gold_rows([sentence()], {}, Labels((), (), ()), pieces)
    assert {*row.gold.tags, *row.gold.features, *row.gold.relations, *row.gold.names} == {UNMARKED}


def test_a_sentence_without_names_is_not_one_whose_names_are_unknown():
    (row,) = gold_rows([sentence()], {"s-1": []}, Labels((), (), ()), pieces)
    assert row.gold.names == [0, 0, 0]


def tags(text):
    return [NAME_TAGS.index(tag) for tag in text.split()]


@pytest.mark.parametrize(
    ("given", "spans"),
    [
        ("O O", []),
        ("B-PER I-PER O", [(0, 2, "PER")]),
        ("O B-LOC", [(1, 2, "LOC")]),
        ("B-LOC B-LOC", [(0, 1, "LOC"), (1, 2, "LOC")]),
        ("B-PER I-ORG", [(0, 1, "PER"), (1, 2, "ORG")]),
        ("I-ORG I-ORG", [(0, 2, "ORG")]),
    ],
)
def test_tags_spell_names(given, spans):
    assert name_spans(tags(given)) == spans


def test_batches_hold_every_row_once_and_are_never_too_full():
    rows = [row_of(3 + i % 40) for i in range(300)]
    for rng in (None, random.Random(1)):
        groups = batches(rows, 200, rng)
        assert sorted(i for group in groups for i in group) == list(range(300))
        assert all(len(group) * max(len(rows[i].pieces) for i in group) <= 200 for group in groups)


def test_a_row_longer_than_a_batch_stands_alone():
    assert batches([row_of(5), row_of(900), row_of(6)], 200) == [[0, 2], [1]]


def test_no_rows_make_no_batches():
    assert batches([], 200) == []
