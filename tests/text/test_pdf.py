"""PDF: lines joined into paragraphs, headings by their letters, bullets by their marks."""

import pytest

from bot.text import read_document
from bot.text.pages import PageLine, pieces
from tests.text.make import ENGLISH, drawn_pdf, outline, pdf, scanned_pdf, words

SENTENCE = "The Calder Republic will send engineers to Estrella Bay."


def test_paragraphs_headings_and_bullets_are_told_apart() -> None:
    data = pdf(
        ("Title", "Minutes of the Tidewater Commission"),
        ("BodyText", "Norhaven, 14 March 2026"),
        ("Heading2", "Key Facts"),
        ("Bullet", ENGLISH),
        ("Bullet", "Doubts remain."),
        ("Heading2", "Discussion"),
        ("BodyText", f"{ENGLISH} {ENGLISH}"),
        ("BodyText", f"{SENTENCE} {ENGLISH}"),
    )
    document = read_document(data, "minutes.pdf")
    assert outline(document) == [
        ("heading", 1, "Minutes of the Tidewater Commission"),
        ("paragraph", 0, "Norhaven, 14 March 2026"),
        ("heading", 2, "Key Facts"),
        ("bullet", 0, ENGLISH),
        ("bullet", 0, "Doubts remain."),
        ("heading", 2, "Discussion"),
        ("paragraph", 0, f"{ENGLISH} {ENGLISH}"),
        ("paragraph", 0, f"{SENTENCE} {ENGLISH}"),
    ]
    assert (document.title, str(document.published)) == ("Minutes of the Tidewater Commission", "2026-03-14")
    assert document.media_type == "application/pdf"


def test_running_heads_and_page_numbers_are_left_out_and_paragraphs_cross_pages() -> None:
    long = " ".join([ENGLISH] * 12)
    document = read_document(pdf(*[("BodyText", long)] * 4, footer=True), "long.pdf")
    assert words(document, "paragraph") == [long] * 4
    assert "Page" not in document.text
    assert "Record" not in document.text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Harbour dues", "Harbour dues"),
        ("untitled", ""),
        ("Microsoft Word - minutes.docx", ""),
        ("minutes_final.pdf", ""),
        ("", ""),
    ],
)
def test_title_of_the_properties_is_taken_if_a_person_gave_it(title: str, expected: str) -> None:
    assert read_document(pdf(("BodyText", ENGLISH), title=title), "a.pdf").title == expected


def test_date_of_creation_is_no_publication_date() -> None:
    assert read_document(pdf(("BodyText", ENGLISH)), "a.pdf").published is None


def test_sections_without_a_title_give_none() -> None:
    data = pdf(("Heading1", "Key Facts"), ("BodyText", ENGLISH), ("Heading1", "Outlook"), ("BodyText", ENGLISH))
    document = read_document(data, "a.pdf")
    assert document.title == ""
    assert words(document, "heading") == ["Key Facts", "Outlook"]


def test_words_broken_at_the_end_of_a_line_are_made_whole() -> None:
    lines = [
        "The working party on the storm barrier, an inter-governmental body, told the coun-",
        "cil on Tuesday that the well-known harbour master of Norhaven would write an inter-",
        "governmental report on the dues, which will be read by all, and also a very short non-",
        "binding note.",
    ]
    document = read_document(drawn_pdf((60, 700 - 14 * i, line) for i, line in enumerate(lines)), "a.pdf")
    assert words(document, "paragraph") == [
        "The working party on the storm barrier, an inter-governmental body, told the council on Tuesday that the"
        " well-known harbour master of Norhaven would write an inter-governmental report on the dues, which will be"
        " read by all, and also a very short non-binding note."
    ]


def test_scan_with_a_stamped_page_number_is_still_a_scan() -> None:
    from bot.errors import ScannedPdf

    with pytest.raises(ScannedPdf):
        read_document(scanned_pdf(pages=3), "scan.pdf")


def test_password_for_changes_only_does_not_hinder_reading() -> None:
    assert words(read_document(pdf(("BodyText", ENGLISH), password=""), "open.pdf"), "paragraph") == [ENGLISH]


def test_pdf_with_junk_before_its_head_is_read() -> None:
    assert read_document(b"\n\n" + pdf(("BodyText", ENGLISH)), "a.pdf").text == ENGLISH


def line(text: str, y: float, **changes: object) -> PageLine:
    values = {
        "page": 0,
        "left": 60.0,
        "right": 60 + 5.0 * len(text),
        "bottom": y,
        "size": 10.0,
        "bold": False,
        "place": y / 800,
    }
    return PageLine(text=text, **{**values, **changes})  # type: ignore[arg-type]


def test_bold_line_of_body_size_is_a_heading() -> None:
    found = list(
        pieces(
            [
                line("Harbour dues", 700, bold=True),
                line(ENGLISH, 686),
                line("Outlook", 660, bold=True),
                line(SENTENCE, 646),
            ]
        )
    )
    assert [(p.kind.value, p.level) for p in found] == [
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 2),
        ("paragraph", 0),
    ]


def test_lone_bullet_and_its_words_on_one_line_belong_together() -> None:
    found = list(
        pieces(
            [line("•", 700), line("one offer", 700, left=80.0), line("•", 686, left=80.0), line("two", 686, left=99.0)]
        )
    )
    assert [(p.kind.value, p.level, p.text) for p in found] == [("bullet", 0, "one offer"), ("bullet", 1, "two")]


def test_short_lines_are_not_run_together() -> None:
    lines = [
        line("Ann Lee, chair", 700),
        line("Bea Moss, Norhaven", 688),
        line(f"{SENTENCE} {SENTENCE}", 676),
        line(SENTENCE, 640),
    ]
    assert [p.text for p in pieces(lines)] == [
        "Ann Lee, chair",
        "Bea Moss, Norhaven",
        f"{SENTENCE} {SENTENCE}",
        SENTENCE,
    ]


def test_no_lines_make_no_pieces() -> None:
    assert list(pieces([])) == []
    assert list(pieces([line("Page 1 of 2", 20)])) == []
