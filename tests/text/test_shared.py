"""The given document, the gold sets and the raw releases: real texts, whole."""

import gzip
import json
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from bot.domain import Block, BlockKind
from bot.text import check_text, document_from_text, read_document
from tests.text.make import outline, words

HEADINGS = [
    "Key Facts",
    "Quick Summary",
    "European Commitments to Ukraine",
    "The Question of US Backing",
    "Strategic Implications",
    "Future Outlook",
]


def test_given_document_has_its_sections_and_key_facts(shared: Path) -> None:
    path = next((shared / "seeds").glob("*.txt"))
    document = read_document(path.read_bytes(), path.name)
    assert document.text == path.read_text(encoding="utf-8")
    assert words(document, "heading") == HEADINGS
    assert outline(document)[1:3] == [
        (
            "bullet",
            0,
            "France and the UK have offered a written commitment to deploy troops to Ukraine in the event of a peace deal.",
        ),
        (
            "bullet",
            0,
            "Doubts remain regarding whether the US will back European troops if they come under a Russian attack.",
        ),
    ]
    assert len(words(document, "paragraph")) == 9
    assert (document.title, document.published, document.media_type) == ("", None, "text/plain")


@pytest.mark.parametrize("name", ["diplomacy-train", "news-dev", "web-train", "questions-train"])
def test_no_annotated_sentence_straddles_blocks_or_hides_in_a_heading(shared: Path, name: str) -> None:
    straddling, hidden, marked = [], [], 0
    for sentence, start, end, block, is_marked in _sentences(shared / "gold" / f"{name}.jsonl"):
        marked += is_marked
        if any(c.isalnum() for c in sentence.strip("*")) and (
            block is None or block.end < end or block.start > start + 4
        ):
            straddling.append(sentence)
        if is_marked and block and block.kind is BlockKind.HEADING:
            hidden.append(sentence)
    assert marked > 50
    assert hidden == []
    assert [s for s in straddling if not s.startswith("***")] == []


def _sentences(path: Path) -> Iterator[tuple[str, int, int, Block | None, bool]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        blocks = document_from_text(gold["text"]).blocks
        starts = [block.start for block in blocks]
        for sentence in gold["sentences"]:
            start, end = sentence["start"], sentence["end"]
            # A sentence that opens with a bullet's mark begins a little before its block.
            at = bisect_right(starts, min(start + 4, end - 1)) - 1
            is_marked = bool(sentence.get("commitments") or sentence.get("questions"))
            yield gold["text"][start:end], start, end, blocks[at] if at >= 0 else None, is_marked


def test_real_releases_are_english_and_cut_into_paragraphs(shared: Path) -> None:
    with gzip.open(shared / "corpora" / "stategov.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, None, 10):
            release = json.loads(line)
            document = document_from_text(release["text"])
            check_text(document, release["id"])
            assert any(block.kind is BlockKind.PARAGRAPH for block in document.blocks)
            assert document.published is None or str(document.published) == release["date"]
