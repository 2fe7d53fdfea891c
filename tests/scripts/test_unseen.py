"""The texts that nothing learns from: well annotated, and kept apart from those that are learnt from."""

import pytest

from scripts.score_unseen import UNSEEN
from scripts.sense.texts import all_texts, as_gold

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


def test_no_document_is_learnt_from():
    learnt = {row.document for row in all_texts()}
    assert learnt.isdisjoint(document["id"] for path in FILES for document in as_gold(path))
