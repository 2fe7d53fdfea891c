"""The format is known by content, checked against the name, and a new one is one file."""

import sys
from pathlib import Path

import pytest

import bot.text
from bot.errors import UnknownFormat
from bot.text import Match, formats, read_document
from bot.text.formats import suffix_of
from tests.text import make

SUBTITLES = """
from bot.text.formats import Format, Match, Parsed

def _read(data, name):
    lines = data.decode().splitlines()
    return Parsed("\\n\\n".join(line for line in lines if line and "-->" not in line and not line.isdigit()))

FORMAT = Format("subtitles", (".srt",), "application/x-subrip",
    sniff=lambda data: Match.CERTAIN if b" --> " in data[:200] else Match.NO, read=_read, rank=40)
"""


def test_every_format_has_a_name_a_suffix_of_its_own_and_a_media_type() -> None:
    suffixes = [suffix for found in formats() for suffix in found.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert {".txt", ".md", ".html", ".pdf", ".docx"} <= set(suffixes)
    assert all(suffix.startswith(".") and suffix.islower() for suffix in suffixes)
    assert all(found.name and "/" in found.media_type for found in formats())


def test_a_new_format_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "subtitles.py").write_text(SUBTITLES)
    with monkeypatch.context() as patched:
        patched.setattr(bot.text, "__path__", [*bot.text.__path__, str(tmp_path)])
        formats.cache_clear()
        document = read_document(f"1\n00:00:01,000 --> 00:00:04,000\n{make.ENGLISH}\n".encode(), "speech.srt")
        with pytest.raises(UnknownFormat, match="srt"):
            read_document(b"a,b", "rows.csv")
    formats.cache_clear()
    sys.modules.pop("bot.text.subtitles", None)
    assert (document.text, document.media_type) == (make.ENGLISH, "application/x-subrip")
    assert all(found.name != "subtitles" for found in formats())


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("notes.txt", "text/plain"),
        ("NOTES.TXT", "text/plain"),
        ("notes.md", "text/markdown"),
        ("notes", "text/plain"),
        ("Minutes of 14.3.2026", "text/plain"),
        ("folder.d/notes", "text/plain"),
        ("a b.c d", "text/plain"),
    ],
)
def test_name_is_only_a_hint_for_text(name: str, media_type: str) -> None:
    assert read_document(make.ENGLISH.encode(), name).media_type == media_type


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.PDF", ".pdf"),
        ("a.tar.gz", ".gz"),
        ("a", ""),
        (".txt", ".txt"),
        ("a.b/c", ""),
        ("v1.2", ""),
        ("a. final", ""),
    ],
)
def test_extension_is_what_people_take_for_one(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


def test_binary_formats_are_known_without_an_extension() -> None:
    assert read_document(make.pdf(("BodyText", make.ENGLISH)), "download").media_type == "application/pdf"
    assert read_document(make.docx_file(("Normal", make.ENGLISH)), "download").media_type.endswith("document")


def test_certainty_is_ordered() -> None:
    assert Match.NO < Match.POSSIBLE < Match.CERTAIN
    assert not Match.NO
