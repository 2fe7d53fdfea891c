"""Markdown's structure as places in the text as it stands."""

import textwrap

from bot.text import document_from_text, read_document
from tests.text.make import ENGLISH, outline, words

SENTENCE = "The Calder Republic will send engineers to Estrella Bay."


def test_headings_keep_their_level_and_lose_their_marks() -> None:
    document = document_from_text(
        f"# One\n\n## Two ##\n\n###### Six\n\nSetext one\n==========\n\nSetext two\n---\n\n{ENGLISH}"
    )
    assert outline(document)[:-1] == [
        ("heading", 1, "One"),
        ("heading", 2, "Two"),
        ("heading", 6, "Six"),
        ("heading", 1, "Setext one"),
        ("heading", 2, "Setext two"),
    ]


def test_bullets_lose_their_marks_and_keep_their_depth() -> None:
    document = document_from_text("# List\n\n- ✓ one\n  - two\n    1. three\n* [ ] four\n+ five\n7. seven\n")
    assert [(level, text) for kind, level, text in outline(document) if kind == "bullet"] == [
        (0, "one"),
        (1, "two"),
        (2, "three"),
        (0, "four"),
        (0, "five"),
        (0, "seven"),
    ]


def test_wrapped_paragraph_and_bullet_are_one_block_each() -> None:
    wrapped = textwrap.fill(ENGLISH, 70)
    bullet = textwrap.fill(ENGLISH, 70, initial_indent="- ", subsequent_indent="  ")
    document = document_from_text(f"# Minutes\n\n{wrapped}\n\n{bullet}\n- {SENTENCE}\n")
    assert words(document, "paragraph") == [wrapped]
    assert words(document, "bullet") == [bullet[2:], SENTENCE]


def test_inline_marks_stay_in_the_text() -> None:
    text = "# The **firm** offer\n\nNorhaven *will* pay [its share](https://harbour.example)."
    document = document_from_text(text)
    assert words(document, "paragraph") == ["Norhaven *will* pay [its share](https://harbour.example)."]
    assert document.text == text
    assert document.title == "The firm offer"


def test_title_is_the_first_heading_of_the_first_level() -> None:
    assert (
        document_from_text(f"## Intro\n\n{ENGLISH}\n\n# [Harbour talks](x.md) `open`\n\n# Second").title
        == "Harbour talks open"
    )
    assert document_from_text(f"## Intro\n\n{ENGLISH}").title == ""


def test_quotes_lose_their_marks_at_the_beginning() -> None:
    document = document_from_text(f"# Said\n\n> {SENTENCE}\n\n> - {SENTENCE}\n")
    assert outline(document)[1:] == [("paragraph", 0, SENTENCE), ("bullet", 0, SENTENCE)]


def test_paragraph_below_a_list_without_a_blank_line_is_a_paragraph() -> None:
    document = document_from_text(f"# Brief\n- ✓ {SENTENCE}\nQuick Summary\n{ENGLISH}\n")
    assert words(document, "bullet") == [SENTENCE]
    assert words(document, "paragraph") == ["Quick Summary", ENGLISH]


def test_cells_of_a_table_are_paragraphs() -> None:
    document = document_from_text(f"# T\n\n| Who | What |\n|---|---|\n| Norhaven | {SENTENCE} |\n| Calder | Who |\n")
    assert words(document, "paragraph") == ["Who", "What", "Norhaven", SENTENCE, "Calder", "Who"]


def test_comments_code_and_link_targets_are_left_out_but_quoted_text_is_kept() -> None:
    text = f"""# T

<!-- Norhaven will pay.
Calder too. -->

```python
promise = "Norhaven will pay"
```

```
{SENTENCE}
```

<div align="center">

{ENGLISH}

</div>

[1]: https://harbour.example/minutes
"""
    assert words(document_from_text(text), "paragraph") == [SENTENCE, ENGLISH]


def test_sentence_over_a_rule_is_no_heading() -> None:
    document = document_from_text(f"# T\n\n{SENTENCE}\n---\n{ENGLISH}")
    assert outline(document)[1:] == [("paragraph", 0, SENTENCE), ("paragraph", 0, ENGLISH)]


def test_indented_text_is_prose() -> None:
    assert words(document_from_text(f"# T\n\n      {SENTENCE}\n"), "paragraph") == [SENTENCE]


def test_front_matter_is_no_block() -> None:
    document = read_document(
        f"---\ntitle: 'Harbour talks: day one'\ndate: 2026-03-14\n---\n\n{ENGLISH}\n".encode(), "talks.md"
    )
    assert (document.title, str(document.published)) == ("Harbour talks: day one", "2026-03-14")
    assert outline(document) == [("paragraph", 0, ENGLISH)]
    assert document.media_type == "text/markdown"


def test_windows_and_old_mac_line_ends_are_understood() -> None:
    for end in ("\r\n", "\r"):
        document = document_from_text(f"# Talks{end}{end}- one{end}- two{end}{end}{SENTENCE}{end}")
        assert [text for _, _, text in outline(document)] == ["Talks", "one", "two", SENTENCE]


def test_characters_that_markdown_replaces_do_not_shift_places() -> None:
    document = document_from_text(f"# T\u00a0a\x00lks\n\n\u2028{SENTENCE}\x0b\n\n- \tone\n")
    assert words(document, "paragraph") == [SENTENCE]
    assert words(document, "bullet") == ["one"]


def test_hard_breaks_and_short_lines_flow_together() -> None:
    document = document_from_text("# T\n\nNorhaven will send\nTwo dredgers to the bay.\nCalder will pay.\n")
    assert words(document, "paragraph") == ["Norhaven will send\nTwo dredgers to the bay.", "Calder will pay."]
