"""A document of a million characters is read while everybody else goes on."""

import gzip
import json
import time
from datetime import UTC, datetime

import pytest

from bot.store import open_store
from scripts.crash import posts
from tests.wire.conftest import BRIEF, in_time

pytestmark = [
    pytest.mark.wire,
    pytest.mark.model,
    pytest.mark.timeout(240),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the harness leaves files to the collector
]

MILLION = 1_000_000


@pytest.fixture(scope="session")
def long_text(shared):
    """Real releases, one after the other, a million characters."""
    path = shared / "corpora" / "stategov.jsonl.gz"
    if not path.exists():
        pytest.skip("the raw releases are not in the shared folder")
    parts, length = [], 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts.append(json.loads(line)["text"])
            length += len(parts[-1]) + 2
            if length > MILLION:
                break
    return "\n\n".join(parts)[: MILLION - 10]


def test_answers_stay_quick_while_a_long_document_is_read(wire, long_text):
    wire.start()
    wire.add(BRIEF)
    fd = wire.fd
    long = wire.file("long.txt", long_text.encode())

    adding = fd.slash(wire.mod, wire.channel, "source add", file=long, wait=False)
    adding.expect("%", 30)
    answered = [in_time(fd.slash(wire.member, wire.channel, "commitments")) for _ in range(6)]
    lag = fd.loop_lag(4)

    assert "characters" in adding.text, "it is still being read"
    assert adding.ephemeral
    assert adding.ack_ms < 1000
    assert all("Norway" in ix.text and ix.done_ms < 1000 for ix in answered), answered
    assert lag < 0.5
    wire.clean()


def test_a_stop_while_a_document_is_read_tells_the_person_and_leaves_nothing(wire, long_text):
    wire.start()
    fd = wire.fd
    adding = fd.slash(wire.mod, wire.channel, "source add", file=wire.file("long.txt", long_text.encode()), wait=False)
    adding.expect("%", 30)

    start = time.monotonic()
    assert wire.bot.stop() == 0

    assert time.monotonic() - start < 10
    assert "shutting down" in adding.message.refresh().text
    wire.bot.restart()
    fd.wait_ready(60)
    assert "No sources are held yet" in fd.slash(wire.member, wire.channel, "sources").text
    wire.clean()


@pytest.mark.timeout(480)
def test_a_stop_while_a_document_is_read_and_an_update_is_sent_hands_both_back(wire, long_text):
    wire.start()
    fd, now = wire.fd, datetime.now(UTC)
    fd.slash(wire.mod, wire.channel, "updates set", channel=wire.channel)
    adding = fd.slash(wire.mod, wire.channel, "source add", file=wire.file("long.txt", long_text.encode()), wait=False)
    adding.expect("%", 120)
    fd.fault("POST", r"/channels/\d+/messages$", delay=30)
    with open_store(wire.home / "data" / "dossier.db") as store:
        posts.tell(store, wire.news, posts.FIRST, now)
    fd.wait_for(lambda: any(each.status is None for each in fd.requests("POST", r"/messages$")), 30, "the update")

    start = time.monotonic()
    assert wire.bot.stop() == 0

    assert time.monotonic() - start < 10
    assert "shutting down" in adding.message.refresh().text
    wire.bot.restart()
    fd.wait_message(wire.channel, "New source", 180)
    fd.wait_for(lambda: not fd._inflight, 60, "the request that was under way when the bot stopped")
    time.sleep(2)
    assert len([each for each in fd.messages(wire.channel) if "New source" in each.text]) == 1
    wire.clean()
