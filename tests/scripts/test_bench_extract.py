"""What `make bench` measures on and prints; the times themselves are never tested."""

import pytest

from bot.extract.reading import read
from scripts.bench_extract import bare, measure, sample, table, whole


def test_the_seeds_stand_in_for_the_corpora_as_often_as_it_takes(tmp_path):
    documents = sample(tmp_path / "none.jsonl.gz", 6_000)
    assert len({document.text for document in documents}) < len(documents)
    assert 6_000 <= sum(len(document.text.split()) for document in documents) < 8_000


def test_the_sample_is_the_same_on_every_run(shared):
    corpus = shared / "corpora" / "stategov.jsonl.gz"
    documents = sample(corpus, 9_000)
    assert documents == sample(corpus, 9_000)
    assert documents[0] != documents[1]


def test_words_a_second_and_the_ratio_are_given_as_slowest_median_and_fastest():
    assert table(1_000, {"bare": [1.0, 2.0, 4.0], "whole": [2.0, 2.5, 5.0]})[2:5] == [
        "| bare | 250 | 500 | 1,000 |",
        "| whole | 200 | 400 | 500 |",
        "| ratio, whole to bare | 0.50 | 0.80 | 0.80 |",
    ]


def test_the_ways_take_turns_at_each_document(tmp_path):
    told: list[tuple[str, int]] = []
    documents = sample(tmp_path / "none", 600)
    ways = {name: lambda document, nlp, name=name: told.append((name, len(document.text))) for name in ("a", "b")}
    times = measure(documents[:2], None, ways, 1)
    first, second = (len(document.text) for document in documents[:2])
    assert told[-4:] == [("b", first), ("a", first), ("a", second), ("b", second)]
    assert {name: len(row) for name, row in times.items()} == {"a": 1, "b": 1}


@pytest.mark.model
def test_the_bare_pipeline_reads_just_what_the_extraction_reads(nlp, tmp_path, monkeypatch):
    read_by: dict[str, list[str]] = {"bare": [], "whole": []}
    document = sample(tmp_path / "none", 1)[0]
    given: list[str] = []
    tokenizer = nlp.tokenizer

    def listening(text):
        given.append(text)
        return tokenizer(text)

    monkeypatch.setattr(nlp, "tokenizer", listening)
    bare(document, nlp)
    read_by["bare"], given[:] = given[:], []
    read(document, nlp)
    read_by["whole"], given[:] = given[:], []
    assert read_by["bare"] == read_by["whole"] != []
    whole(document, nlp)
    assert given == read_by["whole"]
