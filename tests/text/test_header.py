"""Title and publication date: taken where the text plainly gives them, else blank."""

from datetime import date

import pytest

from bot.text import document_from_text, parse_date
from tests.text.make import ENGLISH, outline, words

DAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-14",
        "2026-03-14T09:30:00Z",
        "2026-03-14 09:30",
        "14 March 2026",
        "14 Mar 2026",
        "14th March, 2026",
        "14th of March 2026",
        "March 14, 2026",
        "Mar. 14, 2026",
        "MARCH 14 2026",
        "Saturday, 14 March 2026",
        "Saturday 14 March 2026",
        "14.03.2026",
        "14/3/2026",
        "3/14/2026",
    ],
)
def test_dates_are_read(written: str) -> None:
    assert parse_date(written) == DAY
    assert parse_date(f"  {written}, and more") == DAY


@pytest.mark.parametrize(
    "written",
    ["03/04/2026", "31 February 2026", "2026-13-01", "March 2026", "14 March", "14 March 20261", "soon", "", "2026"],
)
def test_ambiguous_and_impossible_dates_are_none(written: str) -> None:
    assert parse_date(written) is None


def test_same_day_and_month_number_is_unambiguous() -> None:
    assert parse_date("04/04/2026") == date(2026, 4, 4)


@pytest.mark.parametrize(
    "line",
    [
        "Date: 14 March 2026",
        "**Date:** 14 March 2026",
        "*Published: 2026-03-14*",
        "Published on 14 March 2026",
        "Posted 14 March 2026, 10:00",
        "Release date: March 14, 2026",
        "14 March 2026",
        "Saturday, 14 March 2026",
        "(14 March 2026)",
        "Norhaven, 14 March 2026",
        "Estrella Bay | 14 March 2026",
        f"NORHAVEN, 14 March 2026 — {ENGLISH}",
        f"NORHAVEN, March 14, 2026 (Tidewire) -- {ENGLISH}",
        f"ESTRELLA BAY, Calder, 14 March 2026 – {ENGLISH}",
        f"Norhaven (14 March 2026) — {ENGLISH}",
        "The Westford Courier, 14 March 2026",
        "By Ann Lee | 14 March 2026",
        "By Ann Lee, Harbour Times, 14 March 2026",
        f"LONDON, 14 March 2026 -- {ENGLISH}",
    ],
)
def test_publication_date_near_the_top_is_found(line: str) -> None:
    for top in ("", "Harbour Compact Opens Talks\n\n", "# Harbour Compact opens talks\n\n"):
        assert document_from_text(f"{top}{line}\n\n{ENGLISH}").published == DAY


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        f"{ENGLISH} They will meet on 14 March 2026.",
        f"On 14 March 2026, Norhaven signed. {ENGLISH}",
        "“We count on Norhaven.”\n– The envoy, 14 March 2026\n" + ENGLISH,
        "“We count on Norhaven and on all the republics.”\n– Joint statement of the towns,\n14 March 2026\n" + ENGLISH,
        f"Last updated: 14 March 2026\n{ENGLISH}",
        f"Minutes of the Meeting of 14 March 2026\n\n{ENGLISH}",
        f"{ENGLISH} {ENGLISH}\n\n14 March 2026\n\n{ENGLISH}",
        f"Date: 03/04/2026\n\n{ENGLISH}",
        f"The Westford Courier, 03/04/2026\n\n{ENGLISH}",
        f"The council met in Norhaven, 14 March 2026\n\n{ENGLISH}",
        f"The Harbour Compact, 14 March 2026\n\n{ENGLISH}",
        f"NORHAVEN, 14 March — {ENGLISH}",
    ],
)
def test_other_dates_are_not_taken_for_the_publication_date(text: str) -> None:
    assert document_from_text(text).published is None


def test_header_lines_give_title_and_date_and_are_no_blocks() -> None:
    document = document_from_text(f"Title: Harbour talks\nAuthor: Ann Lee\nDate: 14 March 2026\n\n{ENGLISH}")
    assert (document.title, document.published) == ("Harbour talks", DAY)
    assert outline(document) == [("paragraph", 0, ENGLISH)]


def test_mail_header_gives_its_subject() -> None:
    document = document_from_text(
        f"From: Ann Lee\nTo: The council\nSubject: Dredgers\nDate: 14 March 2026\n\n{ENGLISH}"
    )
    assert (document.title, document.published) == ("Dredgers", DAY)


def test_lone_address_is_no_header() -> None:
    assert words(document_from_text(f"To: all members of the council\n\n{ENGLISH}"), "paragraph")[-1] == ENGLISH
    assert document_from_text(f"To: all members\n\n{ENGLISH}").title == ""


@pytest.mark.parametrize(
    "follows",
    [
        f"NORHAVEN, 14 March 2026 — {ENGLISH}",
        f"14 March 2026\n\n{ENGLISH}",
        f"By Ann Lee\n\n{ENGLISH}",
        f"(A sample; all names are invented.)\n\nNORHAVEN, 14 March 2026 — {ENGLISH}",
    ],
)
def test_headline_is_the_title_where_a_dateline_or_byline_follows(follows: str) -> None:
    assert document_from_text(f"Norhaven offers dredgers\n\n{follows}").title == "Norhaven offers dredgers"


@pytest.mark.parametrize(
    "text",
    [
        f"Key Facts\n- one\n- two\n\n{ENGLISH}",
        f"Office of the Harbour Master\n{ENGLISH}",
        f"Background\n\n{ENGLISH}",
        f"Office of the Harbour Master\nVia Telephone\n14 March 2026\nMS LEE: {ENGLISH}",
        f"{ENGLISH}\n\nNORHAVEN, 14 March 2026 — {ENGLISH}",
        "",
        "Norhaven",
    ],
)
def test_first_line_alone_is_no_title(text: str) -> None:
    assert document_from_text(text).title == ""


@pytest.mark.parametrize(
    "top",
    [
        "THE NORHAVEN HERALD\n\nMonday 9 March 2026\n\n{}\n\nBy Ann Lee",
        "The Norhaven Herald\n9 March 2026\n\n{}",
        "MINISTRY OF FISHERIES\nPRESS RELEASE\n\n{}\n\n12 March 2026",
        "FOR IMMEDIATE RELEASE\n\n{}",
    ],
)
def test_the_headline_stands_under_the_masthead(top: str) -> None:
    text = f"{top.format('Harbour to reopen in May')}\n\nThe harbour will reopen, the council said on Monday.\n"
    assert document_from_text(text).title == "Harbour to reopen in May"


@pytest.mark.parametrize(
    "top", ["Harbour to reopen\n\nPress release\n\nBackground", "HARBOUR TO REOPEN\n\nPRESS RELEASE\n\nBackground"]
)
def test_a_heading_that_is_none_of_a_masthead_is_not_taken_for_the_headline(top: str) -> None:
    assert document_from_text(f"{top}\n\nThe harbour was closed in January, the council said.\n").title != "Background"


def test_given_title_and_date_go_before_the_texts_own() -> None:
    document = document_from_text(f"# Own\n\nDate: 1 May 2026\n\n{ENGLISH}", title="Given", published=DAY)
    assert (document.title, document.published) == ("Given", DAY)


@pytest.mark.parametrize(
    "dateline",
    [
        "NORHAVEN, 9 February 2026 — ",
        "Norhaven, 9 February 2026 – ",
        "ESTRELLA BAY, Calder, February 9, 2026 -- ",
        "NORHAVEN (Tidewire) — ",
        "NORHAVEN (Tidewire) - ",
        "NORHAVEN, Feb. 9 (Tidewire) -- ",
        "NORHAVEN, 9 February — ",
    ],
)
def test_dateline_is_no_part_of_the_sentence_behind_it(dateline: str) -> None:
    for top in ("", "Norhaven offers dredgers\n\n", "# Norhaven offers dredgers\n\n"):
        document = document_from_text(f"{top}{dateline}{ENGLISH}\n\n{ENGLISH}")
        assert words(document, "paragraph") == [ENGLISH, ENGLISH]
        assert document.text.startswith(f"{top}{dateline}")


@pytest.mark.parametrize(
    "opening",
    [
        "NORHAVEN — the richest of the five towns — will pay its share.",
        "The offer (Norhaven’s) — made in May — still stands.",
        "On Monday, 9 February 2026 – a cold day – they met.",
        "MS LEE: Good morning — thank you for coming.",
        "NATO-led forces will leave.",
    ],
)
def test_what_only_looks_like_a_dateline_stays(opening: str) -> None:
    assert words(document_from_text(f"{opening}\n\n{ENGLISH}"), "paragraph") == [opening, ENGLISH]


def test_a_headline_and_a_date_run_into_the_first_sentence_give_title_and_date() -> None:
    document = document_from_text("Ferries bow to pressure Tuesday, 17 November 2026 The ferry company said so.")
    assert (document.title, document.published) == ("Ferries bow to pressure", date(2026, 11, 17))


@pytest.mark.parametrize(
    "text",
    [
        "The council met on Tuesday, 17 November 2026 The mayor spoke.",
        "Ministers met in Rome for talks Tuesday, 17 November 2026 and left.",
        "The old bridge was closed 17 November 2026 The mayor spoke.",
    ],
)
def test_a_date_within_the_first_sentence_is_not_when_it_was_published(text: str) -> None:
    document = document_from_text(text)
    assert (document.title, document.published) == ("", None)
