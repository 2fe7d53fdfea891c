"""The story of tests/story, read by the real pipeline: it ends with the right statuses, links and log."""

import pytest

from bot import revise
from bot.domain import LOCAL_WORKSPACE as HERE
from bot.extract import findings
from bot.store import open_store
from scripts import story
from tests.test_revise import exported

LINKS = [
    ("answers", "Holm agreed to pay for the diesel.", "Q-1"),
    ("supersedes", "Marram now plans to lend fifty pumps to Holm.", "C-1"),
    ("withdraws", "The Republic of Tarn has withdrawn its pledge to send nine engineers to Holm.", "C-2"),
    ("fulfils", "Marram has lent fifty pumps to Holm.", "C-4"),
    ("fulfils", "Marram has lent fifty pumps to Holm.", "C-1"),
]


@pytest.mark.model
def test_a_story_of_six_texts_ends_with_the_right_statuses_links_and_log(nlp):
    with open_store(":memory:") as store:
        story.read_in(store, lambda document: findings(document, nlp))
        before = exported(store, HERE)
        held = store.links(HERE)
        assert [(link.kind, link.said.quote, link.older.id) for link in held] == LINKS

        story.decide(store)

        def steps(id_):
            return [(step.status, step.evidence.source.id) for step in store.thread(HERE, id_).steps]

        assert steps("C-1") == [("conditional", "S-1"), ("agreed", "S-3"), ("superseded", "S-5")]
        assert steps("C-2") == [("pledged", "S-2"), ("withdrawn", "S-6")]
        assert steps("C-4") == [("planned", "S-5"), ("reported done", "S-6")]
        assert steps("Q-1") == [("open", "S-1"), ("answered", "S-5")]
        assert store.entry(HERE, "Q-2").status == "open", "that Tarn withdrew is no answer that was proposed"
        log = [(line.what, line.subject) for line in store.log_entries(HERE, 0, 20).items][:5]
        decided = ["link rejected", "link confirmed", "link confirmed", "link confirmed", "link confirmed"]
        assert log == list(zip(decided, ["L-5", "L-4", "L-3", "L-2", "L-1"], strict=True))
        assert store.check() == []

        for line in store.log_entries(HERE, 0, 5).items:
            revise.undo(store, HERE, line.id, "cli", story.NOW)
        assert exported(store, HERE) == before
