"""Files to take along: harmless in what opens them, the same bytes for the same entries, every quote with its place."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.domain import Extract, FileFormat, Query
from bot.render import export_file, export_reply
from bot.render.document import escaped
from bot.render.spreadsheet import COLUMNS, harmless
from tests import samples

HELD = Extract(
    Query(about="Estmark"), (samples.commitment(), samples.question(), samples.fact()), (samples.source("S-1"),)
)
HOSTILE = [
    '=HYPERLINK("http://evil.example","x")',
    "<script>alert(1)</script> <img src=x onerror=y>",
    "[click](http://evil.example) ![x](http://evil.example/i.png) https://evil.example www.evil.example",
    "# heading | cell *bold* _it_ `code` ~~gone~~ &amp; $x$ ^up^",
    "- bullet",
    "1. numbered",
    "2) numbered",
    "+ plus",
    "=====",
    "> quote",
    "<http://auto.example> a@b.example mailto:a@b.example",
]


def rows(extract):
    return list(csv.DictReader(io.StringIO(export_file(extract, FileFormat.CSV).decode("utf-8-sig"))))


@pytest.mark.parametrize("written", list(FileFormat))
def test_the_same_entries_give_the_same_bytes(written):
    assert export_file(HELD, written) == export_file(HELD, written)


def test_a_row_of_csv_is_a_quote_with_its_place_and_the_hash_of_its_source():
    first, *_ = found = rows(HELD)

    assert list(first) == list(COLUMNS)
    assert [row["id"] for row in found] == ["C-1", "Q-1", "F-1"]
    assert samples.TEXT[int(first["start"]) : int(first["end"])] == first["quote"] == samples.OFFER
    assert (first["source"], first["published"], first["sha256"]) == ("S-1", "2026-03-01", "ab" * 32)
    assert (first["actors"], first["status"]) == ("Norland; Isles", "conditional")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "－1"])
def test_no_cell_of_csv_is_taken_for_a_formula(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless("a=1") == "a=1"

    (row,) = rows(Extract(Query(), (samples.commitment(action=cell),)))

    assert row["action"] == f"'{cell}"


def test_markdown_has_each_quote_its_place_and_the_sources_with_their_hashes():
    text = export_file(HELD, FileFormat.MARKDOWN).decode()

    assert "### C-1 Norland and Isles offered to send engineers to Estmark" in text
    assert f"> {samples.OFFER}" in text
    start = samples.TEXT.index(samples.OFFER)
    assert f"— S-1 · Bridges for Estmark · 1 March 2026 · characters {start}–{start + len(samples.OFFER)}" in text
    assert f"`{'ab' * 32}`" in text
    assert "Only subject “Estmark”." in text


@pytest.mark.parametrize("said", HOSTILE)
def test_what_a_source_says_is_only_text_in_markdown(said):
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(f"> {escaped(said)}\n")

    assert page.startswith("<blockquote>\n<p>")
    assert page.count("<") == 4, page


@given(st.text(max_size=60))
def test_no_text_makes_anything_but_a_paragraph_in_markdown(said):
    page = MarkdownIt("commonmark").render(f"> a {escaped(said)}\n")

    assert page.count("<") == 4, page


def test_json_has_the_filters_the_entries_with_their_mentions_and_the_sources_without_texts():
    held = json.loads(export_file(HELD, FileFormat.JSON))

    assert held["filters"] == {"about": "Estmark"}
    assert held["commitments"][0]["evidence"][0]["quote"] == samples.OFFER
    assert held["questions"][0]["mentions"][0]["source"] == "S-1"
    assert held["sources"][0]["sha256"] == "ab" * 32
    assert "text" not in held["sources"][0]


def test_nothing_found_gives_no_file():
    reply = export_reply(Extract(Query(actor="Nobody")), FileFormat.CSV)

    assert reply.file is None
    assert "Nothing that is held matches" in reply.lead
