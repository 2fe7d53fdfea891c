"""The texts that nothing learns from: well annotated, and kept apart from those that are learnt from."""

import pytest

from scripts.score_unseen import UNSEEN, documents_of
from scripts.sense.marks import MARKS
from scripts.sense.texts import all_texts, as_gold, rows_of

FILES = sorted(UNSEEN.glob("*.txt"))
WORDS = {"commitments": ("cue", "actor", "action", "condition", "recipient"), "questions": ("cue", "content")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_annotation_is_in_the_words_of_its_sentence(path):
    for document in as_gold(path):
        for sentence in document["sentences"]:
            text = document["text"][sentence["start"] : sentence["end"]]
            for group, fields in WORDS.items():
                for entry in sentence.get(group, []):
                    assert entry["cue"]
                    assert all(entry[field] in text for field in fields), text


def test_every_annotation_of_the_briefings_is_in_the_words_of_its_sentence(shared):
    documents = list(documents_of(UNSEEN / "briefings.jsonl"))
    asked = [
        (document["text"][sentence["start"] : sentence["end"]], entry)
        for document in documents
        for sentence in document["sentences"]
        for entry in sentence.get("questions", [])
    ]
    assert len(documents) == len((UNSEEN / "briefings.jsonl").read_text(encoding="utf-8").splitlines())
    assert [entry for text, entry in asked if entry["cue"] not in text or entry["content"] not in text] == []


def test_no_sentence_of_the_briefings_is_learnt_from():
    learnt = {(row["id"], sentence["start"]) for row in rows_of(MARKS) for sentence in row["sentences"]}
    apart = {
        (row["id"], sentence["start"]) for row in rows_of(UNSEEN / "briefings.jsonl") for sentence in row["sentences"]
    }
    assert apart.isdisjoint(learnt)


def test_no_document_is_learnt_from():
    learnt = {row.document for row in all_texts()}
    assert learnt.isdisjoint(document["id"] for path in FILES for document in as_gold(path))
