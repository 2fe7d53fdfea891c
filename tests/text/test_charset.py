"""Text is decoded right whatever sane charset it came in."""

import pytest

from bot.errors import BinaryDocument
from bot.text import read_document
from bot.text.charset import decode

TYPOGRAPHIC = (
    "The envoy’s “firm offer” – worth €50 million – is Norhaven’s… for now. Café owners agreed, said François Lefèvre."
)
WESTERN = "The café owners of Åsgård and Señor Peña agreed: naïve, perhaps, said François Lefèvre, but a coöperation."
SCRIPTS = "The ministers of Ελλάδα, Україна and 日本 agreed to meet at the harbour in May. 😀 The date is still open."


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
@pytest.mark.parametrize("text", [TYPOGRAPHIC, TYPOGRAPHIC * 60, "Plain ASCII words, nothing else, in one short line."])
def test_typographic_english_survives(text: str, charset: str) -> None:
    assert read_document(text.encode(charset), "notes.txt").text == text


@pytest.mark.parametrize("charset", ["utf-8", "latin-1", "cp1252", "iso8859-15", "mac_roman"])
def test_western_names_survive(charset: str) -> None:
    assert read_document(WESTERN.encode(charset), "notes.txt").text == WESTERN


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_any_script_survives_in_unicode(charset: str) -> None:
    assert read_document(SCRIPTS.encode(charset), "notes.txt").text == SCRIPTS


def test_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode("\ufeffNorhaven".encode(), "a.txt") == "Norhaven"
    assert decode("\ufeffNorhaven".encode("utf-16-le"), "a.txt") == "Norhaven"


def test_line_ends_stay_as_they_are() -> None:
    text = "One line.\r\n\r\nAnother line.\rA third.\n"
    assert read_document(text.encode(), "notes.txt").text == text


def test_other_alphabets_in_old_charsets_are_recognised_at_least_as_text() -> None:
    russian = "Правительство республики объявило во вторник, что направит инженеров. " * 5
    assert decode(russian.encode("cp1251"), "a.txt") == russian


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8", b"abc\x00def" * 20, b"\x01\x02\x03" * 50])
def test_what_is_no_text_is_binary(data: bytes) -> None:
    with pytest.raises(BinaryDocument):
        decode(data, "a.txt")


def test_declared_charset_of_a_page_is_kept_to() -> None:
    page = f'<html><head><meta charset="windows-1252"></head><body><p>{TYPOGRAPHIC * 3}</p></body></html>'
    assert "“firm offer” – worth €50" in read_document(page.encode("cp1252"), "page.html").text


def test_wrongly_declared_charset_of_a_page_is_overruled() -> None:
    page = f'<html><head><meta charset="utf-8"></head><body><p>{TYPOGRAPHIC * 3}</p></body></html>'
    assert "“firm offer” – worth €50" in read_document(page.encode("cp1252"), "page.html").text
    assert "“firm offer” – worth €50" in read_document(page.encode("utf-16"), "page.html").text


def test_one_spoilt_byte_does_not_garble_the_rest() -> None:
    data = (TYPOGRAPHIC * 20).encode()
    text = read_document(data[:500] + b"\xff" + data[500:], "notes.txt").text
    assert text.count("\ufffd") in (1, 2, 3)
    assert text.endswith(TYPOGRAPHIC)


def test_page_that_calls_itself_latin_1_is_read_as_browsers_do() -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>{TYPOGRAPHIC * 3}</p></body></html>'
    assert "“firm offer” – worth €50" in read_document(page.encode("cp1252"), "page.html").text
