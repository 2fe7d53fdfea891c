"""Every kind of bad file is refused with words of its own that name the file and the next step."""

import pytest

from bot.errors import (
    BinaryDocument,
    DamagedDocument,
    EmptyDocument,
    EncryptedDocx,
    EncryptedPdf,
    FileTooLarge,
    NotEnglish,
    ScannedPdf,
    TextTooLong,
    UnknownFormat,
    UnpacksTooLarge,
    UnreadableDocument,
    WrongExtension,
)
from bot.text import LARGEST_FILE, LONGEST_TEXT, document_from_text, read_document
from bot.text.reader import check_text
from tests.text import make

GOOD_PDF = make.pdf(("BodyText", make.ENGLISH))
GOOD_DOCX = make.docx_file(("Normal", make.ENGLISH))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BOMB = make.zip_file({"[Content_Types].xml": b"<Types/>", "word/document.xml": bytes(101 * 2**20)})
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'

TEN = [
    pytest.param("notes.txt", b"", EmptyDocument, id="empty"),
    pytest.param("notes.txt", make.picture(), BinaryDocument, id="binary"),
    pytest.param("minutes.docx", GOOD_PDF, WrongExtension, id="wrong extension"),
    pytest.param("secret.pdf", make.pdf(("BodyText", make.ENGLISH), password="sesame"), EncryptedPdf, id="encrypted"),
    pytest.param("broken.pdf", GOOD_PDF[: len(GOOD_PDF) // 3], DamagedDocument, id="damaged"),
    pytest.param("scan.pdf", make.scanned_pdf(pages=2), ScannedPdf, id="scanned"),
    pytest.param("bericht.txt", (make.GERMAN * 3).encode(), NotEnglish, id="not English"),
    pytest.param("huge.txt", b"a " * (LARGEST_FILE // 2) + b"a", FileTooLarge, id="over 10 MiB"),
    pytest.param("long.txt", b"word " * (LONGEST_TEXT // 5) + b"w", TextTooLong, id="over 1,000,000 characters"),
    pytest.param("table.xlsx", make.zip_file({"xl/workbook.xml": b"<x/>"}), UnknownFormat, id="unknown format"),
]
MORE = [
    pytest.param("blank.txt", b" \r\n\t\n ", EmptyDocument, id="white space only"),
    pytest.param("marks.txt", b"--- *** ---\n", EmptyDocument, id="no word at all"),
    pytest.param("bom.txt", b"\xef\xbb\xbf", EmptyDocument, id="byte order mark only"),
    pytest.param("blank.pdf", make.blank_pdf(), EmptyDocument, id="blank PDF"),
    pytest.param("blank.docx", make.docx_file(), EmptyDocument, id="blank DOCX"),
    pytest.param("blank.html", b"<html><body><p> </p></body></html>", EmptyDocument, id="blank HTML"),
    pytest.param("archive.txt", make.zip_file({"a": b"b"}), BinaryDocument, id="ZIP named txt"),
    pytest.param("random.md", bytes(range(256)) * 40, BinaryDocument, id="random bytes"),
    pytest.param("photo.pdf", make.picture(), BinaryDocument, id="picture named pdf"),
    pytest.param("zeros.txt", bytes(5000), BinaryDocument, id="zeros"),
    pytest.param("nothing", make.picture(), BinaryDocument, id="picture without extension"),
    pytest.param("nothing", bytes(range(256)) * 40, BinaryDocument, id="random bytes without extension"),
    pytest.param("minutes.pdf", GOOD_DOCX, WrongExtension, id="DOCX named pdf"),
    pytest.param("minutes.pdf", make.ENGLISH.encode(), WrongExtension, id="text named pdf"),
    pytest.param("minutes.html", make.ENGLISH.encode(), WrongExtension, id="text named html"),
    pytest.param("page.txt", b"<!DOCTYPE html><html><p>" + make.ENGLISH.encode(), WrongExtension, id="HTML named txt"),
    pytest.param("old.doc", GOOD_DOCX, WrongExtension, id="DOCX named doc"),
    pytest.param("garbage.pdf", b"\x00\x01\x02" * 300, DamagedDocument, id="garbage named pdf"),
    pytest.param("cut.docx", GOOD_DOCX[: len(GOOD_DOCX) // 2], DamagedDocument, id="DOCX cut short"),
    pytest.param("sheet.docx", make.zip_file({"xl/workbook.xml": b"<x/>"}), DamagedDocument, id="XLSX named docx"),
    pytest.param("old.docx", OLE, DamagedDocument, id="old Word file named docx"),
    pytest.param("main.docx", make.with_member(GOOD_DOCX, "word/document.xml", b"<w"), DamagedDocument, id="bad XML"),
    pytest.param(
        "dtd.docx", make.with_member(GOOD_DOCX, "word/document.xml", ENTITIES), DamagedDocument, id="entities"
    ),
    pytest.param("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedDocx, id="DOCX with password"),
    pytest.param("bomb.docx", BOMB, UnpacksTooLarge, id="zip bomb"),
    pytest.param("letter.rtf", rb"{\rtf1 Norhaven will pay.}", UnknownFormat, id="RTF"),
    pytest.param("rows.csv", b"a,b\n1,2\n", UnknownFormat, id="CSV"),
    pytest.param("seite.html", f"<html><p>{make.GERMAN * 3}</p></html>".encode(), NotEnglish, id="German HTML"),
]


@pytest.mark.parametrize(("name", "data", "error"), TEN + MORE)
def test_bad_file_is_refused_by_name(name: str, data: bytes, error: type[UnreadableDocument]) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, name)
    assert type(caught.value) is error
    assert name in str(caught.value)
    assert "{" not in str(caught.value)


def test_ten_kinds_of_bad_file_get_ten_different_messages() -> None:
    messages = set()
    for case in TEN:
        _, data, _ = case.values
        name = "report" + str(case.values[0])[str(case.values[0]).rfind(".") :]
        with pytest.raises(UnreadableDocument) as caught:
            read_document(data, name)
        messages.add(str(caught.value).replace(name, "report"))
    assert len(messages) == len(TEN) == 10


def test_wrong_extension_names_the_right_one() -> None:
    with pytest.raises(WrongExtension, match=r"holds a PDF.*ends in \.pdf"):
        read_document(GOOD_PDF, "minutes.docx")


def test_other_language_is_named_in_english() -> None:
    with pytest.raises(NotEnglish, match="German"):
        read_document((make.GERMAN * 3).encode(), "bericht.txt")


def test_size_is_checked_before_anything_else() -> None:
    with pytest.raises(FileTooLarge, match=r"10\.1 MiB; the limit is 10 MiB"):
        read_document(make.picture() + bytes(LARGEST_FILE), "picture.xyz")


def test_a_file_at_the_limits_is_read() -> None:
    text = (make.ENGLISH + "\n\n") * (LONGEST_TEXT // (len(make.ENGLISH) + 2))
    text += "x" * (LONGEST_TEXT - len(text))
    document = read_document(text.encode().ljust(LARGEST_FILE - 1, b" ")[:LONGEST_TEXT], "limit.txt")
    assert len(document.text) == LONGEST_TEXT


def test_long_pdf_text_is_refused_before_it_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.text.pdf.LONGEST_TEXT", 100)
    with pytest.raises(TextTooLong, match="100"):
        read_document(GOOD_PDF, "long.pdf")


def test_pasted_text_passes_the_same_checks() -> None:
    with pytest.raises(EmptyDocument, match="pasted text"):
        check_text(document_from_text("  \n"), "pasted text")
    with pytest.raises(NotEnglish):
        check_text(document_from_text(make.GERMAN * 3), "pasted text")
    with pytest.raises(TextTooLong, match="1,000,001"):
        check_text(document_from_text("a" * (LONGEST_TEXT + 1)), "pasted text")
    check_text(document_from_text(make.ENGLISH), "pasted text")
