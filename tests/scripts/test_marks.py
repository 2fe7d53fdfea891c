"""Annotations that stand apart from their texts."""

from scripts.sense.marks import MARKS, marked
from scripts.sense.texts import rows_of

SPANS = ("cue", "actor", "action", "condition", "recipient", "content")


def test_what_is_marked_stands_word_by_word_in_its_sentence_of_the_corpora(shared):
    documents = list(marked(shared / "corpora"))
    assert len(documents) == len(rows_of(MARKS))
    for document in documents:
        end = 0
        for sentence in document["sentences"]:
            text = " ".join(document["text"][sentence["start"] : sentence["end"]].split())
            entries = [*sentence.get("commitments", []), *sentence.get("questions", [])]
            assert sentence["start"] >= end, f"{document['id']}: sentences overlap"
            assert all(entry[name] in text for entry in entries for name in SPANS if name in entry), text
            end = sentence["end"]
