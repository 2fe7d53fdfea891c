"""The sentences that search and context go by: exact, in order, none huge, whatever the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Block, BlockKind
from bot.store._passages import LONGEST, passages
from tests.samples import document


def cut(text, blocks=()):
    return [text[p.start : p.end] for p in passages(text, blocks)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ("He said “Yes.” Then he left.", ["He said “Yes.”", "Then he left."]),
        ("Mr. Brown met Gen. Smith. They spoke.", ["Mr. Brown met Gen. Smith.", "They spoke."]),
        ("The U.S. waits. Good.", ["The U.S. waits.", "Good."]),
        ("It cost 3.5 million. So what?", ["It cost 3.5 million.", "So what?"]),
        ("It fell approx. five metres. and so on.", ["It fell approx. five metres. and so on."]),
        ("First line\n\nSecond line.", ["First line", "Second line."]),
        ("  \n \t\n", []),
        ("", []),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("John F. Kennedy spoke.", ["John F. Kennedy spoke."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, sentences):
    assert cut(text) == sentences


def test_a_heading_is_one_piece_and_markers_between_blocks_are_left_out():
    text = "No. 1. Bridges\n- One. Two."
    blocks = (Block(BlockKind.HEADING, 0, 14, 1), Block(BlockKind.BULLET, 17, 26))
    assert cut(text, blocks) == ["No. 1. Bridges", "One.", "Two."]
    assert [p.kind for p in passages(text, blocks)] == ["heading", "bullet", "bullet"]


def test_a_line_without_an_end_is_cut_at_blanks():
    text = "word " * 1_000
    pieces = cut(text)
    assert all(len(piece) <= LONGEST and not piece.startswith("ord") for piece in pieces)
    assert " ".join(pieces).split() == text.split()


def test_odd_texts_are_cut_in_linear_time():
    """Quadratic work on these would run into the time limit of the tests."""
    assert len(cut("x" * 300_000)) == 300_000 // LONGEST
    assert len(cut("!" * 150_000)) == 150_000 // LONGEST
    assert len(cut('."' * 75_000)) == 150_000 // LONGEST
    assert len(cut(". " * 10_000)) == 10_000


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" .!?\n“”'a"))))
def test_passages_are_exact_slices_in_order_that_lose_no_word(text):
    found = passages(text, ())
    for p in found:
        piece = text[p.start : p.end]
        assert piece == piece.strip() != ""
        assert len(piece) <= LONGEST
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join("".join(text[p.start : p.end].split()) for p in found)
    assert kept == "".join(text.split())


@given(st.text(max_size=200))
def test_blocks_are_respected(text):
    doc = document(text)
    for p in passages(doc.text, doc.blocks):
        assert any(b.start <= p.start and p.end <= b.end for b in doc.blocks)
