"""Headings, bullets and paragraphs of plain text, told by how the lines stand."""

import textwrap

import pytest

from bot.text import document_from_text
from tests.text.make import ENGLISH, outline, words

SENTENCE = "The Calder Republic will send engineers to Estrella Bay."
BRIEF = f"""Key Facts
- ✓ Norhaven has offered two dredgers in the event of a storm.
- ✓ Doubts remain whether the Tidewater Commission will pay for them.
Quick Summary
{ENGLISH}
What Happens Next
{ENGLISH}
{SENTENCE} {SENTENCE}"""


def test_brief_has_headings_bullets_and_paragraphs() -> None:
    assert outline(document_from_text(BRIEF)) == [
        ("heading", 2, "Key Facts"),
        ("bullet", 0, "Norhaven has offered two dredgers in the event of a storm."),
        ("bullet", 0, "Doubts remain whether the Tidewater Commission will pay for them."),
        ("heading", 2, "Quick Summary"),
        ("paragraph", 0, ENGLISH),
        ("heading", 2, "What Happens Next"),
        ("paragraph", 0, ENGLISH),
        ("paragraph", 0, f"{SENTENCE} {SENTENCE}"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_hard_wrapped_paragraph_is_one_block(width: int, end: str) -> None:
    text = "\n\n".join(["Key Facts", textwrap.fill(ENGLISH, width), textwrap.fill(ENGLISH, width)]).replace("\n", end)
    document = document_from_text(text)
    assert [" ".join(w.split()) for w in words(document, "paragraph")] == [ENGLISH, ENGLISH]
    assert words(document, "heading") == ["Key Facts"]


def test_hard_wrapped_text_without_blank_lines_keeps_headings_and_bullets() -> None:
    wrapped = textwrap.fill(f"{ENGLISH} {SENTENCE}", 72)
    bullet = textwrap.fill("- " + ENGLISH, 72, subsequent_indent="  ")
    document = document_from_text(f"Key Facts\n{bullet}\n- {SENTENCE}\nQuick Summary\n{wrapped}\nOutlook\n{wrapped}")
    assert words(document, "heading") == ["Key Facts", "Quick Summary", "Outlook"]
    assert [" ".join(w.split()) for w in words(document, "bullet")] == [ENGLISH, SENTENCE]
    assert [" ".join(w.split()) for w in words(document, "paragraph")] == [f"{ENGLISH} {SENTENCE}"] * 2


def test_lines_of_their_own_are_paragraphs_of_their_own() -> None:
    text = f"{SENTENCE}\n{SENTENCE}\nIt was agreed."
    assert words(document_from_text(text), "paragraph") == text.split("\n")


@pytest.mark.parametrize(
    "mark", ["-", "*", "•", "✓", "– ", "1.", "12)", "(3)", "a)", "(b)", "(iv)", "- ✓", "- [ ]", "* [x]", "→", "☑"]
)
def test_bullet_marks_are_left_out(mark: str) -> None:
    text = f"The sides agreed:\n{mark} {SENTENCE}\n{mark} They will meet again.\n\n{ENGLISH}"
    document = document_from_text(text)
    assert words(document, "bullet") == [SENTENCE, "They will meet again."]
    assert words(document, "paragraph")[-1] == ENGLISH


@pytest.mark.parametrize(
    "line",
    [
        "2026. That was the year in which they signed.",
        "-5 degrees were measured in the harbour that night.",
        "A. Smith said that he would pay.",
        "I) is not a number here but a slip of the pen.",
        "*Emphasis* opens this sentence of the envoy.",
    ],
)
def test_what_only_looks_like_a_bullet_is_a_paragraph(line: str) -> None:
    assert outline(document_from_text(f"{ENGLISH}\n\n{line}\n\n{ENGLISH}"))[1] == ("paragraph", 0, line)


def test_bullets_nest_by_their_indent() -> None:
    text = "- one\n  - one one\n    - one one one\n  - one two\n- two\n\nA paragraph of words.\n\n  - three"
    assert [level for kind, level, _ in outline(document_from_text(text)) if kind == "bullet"] == [0, 1, 2, 1, 0, 0]


def test_bullet_goes_on_in_lines_set_in_under_it() -> None:
    text = (
        "- Norhaven has offered two dredgers\n  in the event of a storm.\n- The Commission\nwill pay.\nNobody objected."
    )
    assert outline(document_from_text(text)) == [
        ("bullet", 0, "Norhaven has offered two dredgers\n  in the event of a storm."),
        ("bullet", 0, "The Commission\nwill pay."),
        ("paragraph", 0, "Nobody objected."),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Key Facts",
        "KEY FACTS",
        "Key Facts:",
        "The Question of US Backing",
        "European Commitments to Ukraine",
        "What happens next",
        "Who Pays for the Barrier?",
        "Background",
        "3. Harbour dues",
        "2.1 Scope of the works",
        "Next steps:",
    ],
)
def test_short_line_over_a_paragraph_is_a_heading(heading: str) -> None:
    for gap in ("\n", "\n\n"):
        kinds = [
            (kind, text) for kind, _, text in outline(document_from_text(f"{ENGLISH}{gap}{heading}{gap}{ENGLISH}"))
        ]
        assert kinds[1] == ("heading", heading.removeprefix("3. "))


@pytest.mark.parametrize(
    "line",
    [
        "It was agreed.",
        "Who will pay?",
        "Will Norhaven?",
        "Norhaven will pay for the dredgers",
        "Norhaven agreed to pay for the dredgers",
        "We intend to advance this agenda by:",
        "The parties decided on the following measures:",
        "SECRETARY BLINKEN: Thank you all",
        "QUESTION: Thank you",
        "in the first days of May",
        "https://harbour.example/minutes",
        "press@harbour.example",
        "2:32 p.m. local time",
        "“We will pay our share”",
        "Dear colleagues,",
        "14 March 2026",
        "By Ann Lee",
        "harass and silence civil society; and",
    ],
)
def test_line_that_may_say_something_is_no_heading(line: str) -> None:
    document = document_from_text(f"{ENGLISH}\n\n{line}\n\n{ENGLISH}")
    assert words(document, "heading") == []
    assert line in words(document, "paragraph")


def test_last_line_has_nothing_to_stand_over() -> None:
    assert words(document_from_text(f"{ENGLISH}\n\nTidewater Commission"), "heading") == []


def test_headline_may_say_something_if_it_is_set_off() -> None:
    headline = "Norhaven will send two dredgers"
    assert words(document_from_text(f"{headline}\n\n{ENGLISH}"), "heading") == [headline]
    assert words(document_from_text(f"{headline}\n{ENGLISH}"), "heading") == []


def test_list_of_names_is_not_a_pile_of_headings() -> None:
    names = "Ann Lee, Secretary\nBea Moss, Envoy of Norhaven\nCarl Rook, Harbour Master\nEstrella Bay"
    assert words(document_from_text(f"{names}\nMS LEE: {ENGLISH}"), "heading") == []


def test_title_and_first_section_may_stand_together() -> None:
    document = document_from_text(f"Harbour Compact Weekly\nKey Facts\n- {SENTENCE}\n- {SENTENCE}")
    assert outline(document)[:2] == [("heading", 1, "Harbour Compact Weekly"), ("heading", 2, "Key Facts")]


def test_transcript_turns_stay_paragraphs() -> None:
    turns = [
        "MS LEE: Good morning.",
        "QUESTION: Will Norhaven pay?",
        "MS LEE: We will come back to that.",
        "Mr. Rook: Yes.",
    ]
    assert words(document_from_text("\n".join(turns)), "paragraph") == turns


def test_ornaments_are_no_blocks() -> None:
    document = document_from_text(f"{ENGLISH}\n\n* * *\n\n{ENGLISH}\n-----\n{ENGLISH}\n\n# # #\n")
    assert words(document, "paragraph") == [ENGLISH] * 3
    assert document.media_type == "text/plain"


def test_underlined_line_is_a_heading_whatever_its_words() -> None:
    assert words(document_from_text(f"what norhaven will do\n---------------------\n\n{ENGLISH}"), "heading") == [
        "what norhaven will do"
    ]


def test_bold_line_is_a_heading() -> None:
    assert outline(document_from_text(f"**Key Facts:**\n- {SENTENCE}\n\n__Outlook__\n{ENGLISH}\n\n**{SENTENCE}**")) == [
        ("heading", 2, "Key Facts:"),
        ("bullet", 0, SENTENCE),
        ("heading", 2, "Outlook"),
        ("paragraph", 0, ENGLISH),
        ("paragraph", 0, f"**{SENTENCE}**"),
    ]


def test_quoted_mail_is_read_without_its_marks() -> None:
    document = document_from_text(f"> {SENTENCE}\n>\n> > {ENGLISH}")
    assert words(document, "paragraph") == [SENTENCE, ENGLISH]


def test_indented_first_lines_part_paragraphs() -> None:
    one = textwrap.fill(ENGLISH, 70, initial_indent="    ")
    document = document_from_text(f"{one}\n{one}")
    assert [" ".join(w.split()) for w in words(document, "paragraph")] == [ENGLISH, ENGLISH]


def test_a_million_characters_take_well_under_two_seconds() -> None:
    import time

    text = (textwrap.fill(ENGLISH * 3, 76) + "\n\nKey Facts\n- ✓ " + SENTENCE + "\n\n") * 1500
    start = time.process_time()
    document = document_from_text(text[:1_000_000])
    assert time.process_time() - start < 2
    assert len(document.blocks) > 3000
