"""The sample sources: readable, dated, openly invented, one of each format, and made again from their script."""

from pathlib import Path

import pytest

from bot.domain import BlockKind
from bot.text import formats, read_document
from scripts import make_seeds
from tests.text.make import words

FOLDER = make_seeds.SEEDS
SEEDS = sorted(path for path in FOLDER.iterdir() if path.suffix in {s for f in formats() for s in f.suffixes})


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_seed_has_title_date_and_structure_and_says_that_it_is_invented(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    assert document.title
    assert document.published is not None
    assert path.name.startswith(document.published.isoformat())
    assert {BlockKind.PARAGRAPH, BlockKind.HEADING} <= {block.kind for block in document.blocks}
    assert "are invented" in document.text[:300] or "are invented" in path.read_text(encoding="utf-8")[:300]
    assert 150 <= len(document.text.split()) <= 350


def test_seeds_are_of_every_format_and_span_five_months() -> None:
    assert {path.suffix for path in SEEDS} == {".txt", ".md", ".html", ".pdf", ".docx"}
    dates = [read_document(path.read_bytes(), path.name).published for path in SEEDS]
    assert len(set(dates)) == len(SEEDS) >= 7
    assert 140 <= (max(dates) - min(dates)).days <= 170


def test_two_seeds_have_a_list_of_key_facts() -> None:
    documents = [read_document(path.read_bytes(), path.name) for path in SEEDS]
    listed = [document for document in documents if "Key Facts" in words(document, "heading")]
    assert len(listed) >= 2
    assert all(len(words(document, "bullet")) == 3 for document in listed)


@pytest.mark.parametrize("name", make_seeds.MADE)
def test_made_seeds_are_the_same_whenever_they_are_made(name: str) -> None:
    made = make_seeds.MADE[name]()
    assert made == make_seeds.MADE[name]()
    assert read_document(made, name) == read_document((FOLDER / name).read_bytes(), name)
