"""Every file in `bot/extract/kinds/` keeps what its examples promise."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from bot.extract.clauses import index
from bot.extract.facts import passages_of
from bot.extract.kinds import load_kinds
from tests.extract.readings import document, reading

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = [(kind.name, text, value) for kind in load_kinds().values() for text, value in kind.examples]


@pytest.mark.parametrize("name", load_kinds())
def test_a_kind_is_named_after_its_file_described_and_told_from_others_by_an_example(name):
    kind = load_kinds()[name]
    assert import_module(f"bot.extract.kinds.{name}").KIND is kind
    assert kind.about
    assert "\n" not in kind.about
    assert any(value is None for _, value in kind.examples)
    assert any(value is not None for _, value in kind.examples)


@pytest.mark.model
@pytest.mark.parametrize(("name", "text", "value"), EXAMPLES)
def test_a_kind_finds_what_its_examples_say(nlp, name, text, value):
    hits = list(load_kinds()[name].find(passages_of(reading(nlp, text))))
    if value is None:
        assert hits == []
        return
    (hit,) = hits
    assert (hit.value or "") == value
    evidence = hit.passage.sentence.evidence(document(text).text)
    assert evidence.quote == text
    assert (hit.value or "") in text
    assert index(hit.passage.sentence.span).tokens == hit.passage.tree.tokens


def test_every_kind_is_in_the_documentation():
    page = (ROOT / "docs" / "extraction-facts.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page, re.MULTILINE))
    assert {name: kind.about for name, kind in load_kinds().items()} == {
        name: text.strip() for name, text in rows.items()
    }
