"""What holds for any text whatever: it is kept as it is, and blocks are ordered, apart, inside it and not blank."""

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain import BlockKind, Document
from bot.errors import UnreadableDocument
from bot.text import document_from_text, read_document
from tests.text import make

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)
MARKS = "# Head¦## ¦- ✓ bullet¦* x¦1. one¦> quote¦---¦===¦```¦| a | b |¦|---|---|¦Key Facts¦¦  ¦\t- deep¦**Bold**¦<!-- c -->"
MORE_MARKS = "<div>¦Date: 1 May 2026¦Title: T¦—¦# # #¦\\|¦&amp;¦The works would begin in the first days of a month such as¦May. Nobody"
LINE = st.one_of(st.sampled_from(f"{MARKS}¦{MORE_MARKS}".split("¦")), st.text(max_size=90))
LAID_OUT = st.lists(st.tuples(LINE, st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b"])), max_size=25).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)


def check(document: Document, text: str) -> None:
    assert document.text == text
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(text)
        at = block.end
        words = text[block.start : block.end]
        assert words == words.strip()
        assert any(c.isalnum() for c in words)
        assert 1 <= block.level <= 6 if block.kind is BlockKind.HEADING else block.level >= 0
    assert document.media_type in ("text/plain", "text/markdown")


@settings(deadline=None)
@given(ANY_TEXT)
@example("\x00")
@example("# \x00a")
@example("> " * 40 + "a")
@example("\ud800 Norhaven")
@example("|a|b|\n|-|-|\n|\\||x|\n# b")
def test_any_text_keeps_its_characters_and_offsets(text: str) -> None:
    check(document_from_text(text), text)


@given(LAID_OUT)
@example("# Head\n0\x85\n---\n")
@settings(max_examples=300, deadline=None)
def test_any_layout_keeps_its_characters_and_offsets(text: str) -> None:
    check(document_from_text(text), text)


@settings(deadline=None)
@given(LAID_OUT)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert document_from_text(text) == document_from_text(text)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_as_a_bad_document(data: bytes, name: str) -> None:
    with suppress(UnreadableDocument):
        text = read_document(data, name).text
        check(document_from_text(text), text)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"Title: Talks\n\nKey Facts\n- one offer\n\n" + make.ENGLISH.encode()),
        ("a.md", b"# Talks\n\n## Key Facts\n- one offer\n\n" + make.ENGLISH.encode()),
        ("a.html", f"<html><h1>Talks</h1><h2>Key Facts</h2><ul><li>one offer</ul><p>{make.ENGLISH}".encode()),
        (
            "a.pdf",
            make.pdf(
                ("Title", "Talks"), ("Heading2", "Key Facts"), ("Bullet", "one offer"), ("BodyText", make.ENGLISH)
            ),
        ),
        (
            "a.docx",
            make.docx_file(
                ("Title", "Talks"), ("Heading 1", "Key Facts"), ("List Bullet", "one offer"), ("Normal", make.ENGLISH)
            ),
        ),
    ],
)
def test_blocks_of_every_format_follow_from_the_stored_text(name: str, data: bytes) -> None:
    document = read_document(data, name)
    again = document_from_text(document.text)
    assert again.blocks == document.blocks
    assert make.words(document, "bullet") == ["one offer"]
    assert make.words(document, "paragraph") == [make.ENGLISH]
    assert "Key Facts" in make.words(document, "heading")
    assert document.title == "Talks"


def test_surrogates_of_broken_json_do_no_harm() -> None:
    text = "Norhaven \ud83d will pay.\n\nKey Facts\n- \udc00 one"
    check(document_from_text(text), text)
