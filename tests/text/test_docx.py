"""DOCX: structure by style, words as they stand after tracked changes."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bot.text import read_document
from tests.text.make import ENGLISH, docx_file, outline, saved, words

SENTENCE = "The Calder Republic will send engineers to Estrella Bay."


def test_styles_make_headings_bullets_and_paragraphs() -> None:
    data = docx_file(
        ("Title", "Minutes of the Tidewater Commission"),
        ("Normal", "Norhaven, 14 March 2026"),
        ("Heading 1", "Key Facts"),
        ("List Bullet", "Norhaven has offered two dredgers."),
        ("List Bullet 2", "One is old."),
        ("List Number", "First the survey."),
        ("Heading 2", "Details"),
        ("Normal", ENGLISH),
        ("Intense Quote", SENTENCE),
    )
    document = read_document(data, "minutes.docx")
    assert outline(document) == [
        ("heading", 1, "Minutes of the Tidewater Commission"),
        ("paragraph", 0, "Norhaven, 14 March 2026"),
        ("heading", 2, "Key Facts"),
        ("bullet", 0, "Norhaven has offered two dredgers."),
        ("bullet", 1, "One is old."),
        ("bullet", 0, "First the survey."),
        ("heading", 3, "Details"),
        ("paragraph", 0, ENGLISH),
        ("paragraph", 0, SENTENCE),
    ]
    assert (document.title, str(document.published)) == ("Minutes of the Tidewater Commission", "2026-03-14")
    assert document.media_type.endswith("wordprocessingml.document")


def test_tables_are_rows_of_text_and_boxes_are_paragraphs() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ["Who", "What", "Norhaven", "two dredgers"], strict=True
    ):
        cell.text = text
    document.add_table(1, 1).cell(0, 0).text = SENTENCE
    document.add_paragraph(ENGLISH)
    assert words(read_document(saved(document), "a.docx"), "paragraph") == [
        "Who | What",
        "Norhaven | two dredgers",
        SENTENCE,
        ENGLISH,
    ]


def test_runs_breaks_tabs_and_links_are_joined() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The Calder ")
    paragraph.add_run("Republic").bold = True
    paragraph.add_run(" will\tpay.")
    paragraph.add_run().add_break()
    paragraph.add_run("Norhaven will not.")
    assert words(read_document(saved(document), "a.docx"), "paragraph") == [
        "The Calder Republic will pay.",
        "Norhaven will not.",
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Norhaven will ")
    for tag, inner in (("del", "<w:delText>not </w:delText>"), ("ins", "<w:t>gladly </w:t>")):
        paragraph._p.append(
            parse_xml(
                f"<w:{tag} {nsdecls('w')}><w:r>{inner}</w:r></w:{tag}>".replace("<w:t>", '<w:t xml:space="preserve">')
            )
        )
    paragraph.add_run("pay for the two dredgers.")
    assert read_document(saved(document), "a.docx").text == "Norhaven will gladly pay for the two dredgers."


def test_content_controls_and_numbered_paragraphs_are_read() -> None:
    document = docx.Document()
    document.add_paragraph("two offers:", style="List Bullet")
    document.add_paragraph(ENGLISH)
    body = document.element.body
    body.insert(
        1,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='3'/></w:numPr></w:pPr>"
            "<w:r><w:t>one offer</w:t></w:r></w:p><w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>Outlook</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert outline(read_document(saved(document), "a.docx"))[:3] == [
        ("bullet", 0, "two offers:"),
        ("bullet", 1, "one offer"),
        ("heading", 3, "Outlook"),
    ]


def test_own_style_based_on_a_heading_is_a_heading() -> None:
    document = docx.Document()
    style = document.styles.add_style("House Heading", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Outlook", style="House Heading")
    document.add_paragraph(ENGLISH)
    assert outline(read_document(saved(document), "a.docx"))[0] == ("heading", 3, "Outlook")


@pytest.mark.parametrize(
    ("parts", "title", "expected"),
    [
        ([("Normal", ENGLISH)], "Harbour dues", "Harbour dues"),
        ([("Normal", ENGLISH)], "Word Document", ""),
        ([("Normal", ENGLISH)], "minutes.docx", ""),
        ([("Title", "Shown"), ("Normal", ENGLISH)], "Property", "Shown"),
        ([("Heading 1", "Shown"), ("Normal", ENGLISH), ("Heading 2", "More"), ("Normal", ENGLISH)], "", "Shown"),
        ([("Heading 1", "Key Facts"), ("Normal", ENGLISH), ("Heading 1", "More"), ("Normal", ENGLISH)], "", ""),
    ],
)
def test_title_is_taken_where_it_is_one(parts: list[tuple[str, str]], title: str, expected: str) -> None:
    assert read_document(docx_file(*parts, title=title), "a.docx").title == expected


def test_date_of_creation_is_no_publication_date() -> None:
    assert read_document(docx_file(("Normal", ENGLISH)), "a.docx").published is None
