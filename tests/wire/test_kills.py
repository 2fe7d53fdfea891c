"""Killed at a request: a sample; all by `scripts.crash.posts`."""

import pytest

from scripts.crash import posts

pytestmark = [
    pytest.mark.wire,
    pytest.mark.timeout(300),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the harness leaves files to the collector
]


@pytest.fixture(scope="module")
def well(harness):
    return posts.undisturbed(harness)


def test_undisturbed_each_message_is_there_once(well):
    requests, said = well

    assert [where for where, _ in said] == ["desk", "desk", "digests", "direct", "old desk", "old desk"]
    assert any("rebuild the bridge" in text and "pay for the lamps" in text for where, text in said if where == "desk")
    assert sum(request.startswith("PATCH /channels") for request in requests) == 1


@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("what", [("POST", "/users/@me/channels$"), ("PATCH", r"/channels/\d+/messages/\d+$")])
def test_a_kill_at_a_request_neither_loses_nor_doubles_a_message(harness, well, what, after):
    found = posts.killed(harness, posts.Point(1, *what), well[1], after=after)

    assert found.request.startswith(what[0])
    assert found.wrong == ""


def test_a_lost_message_would_be_noticed(harness, well):
    one_more = [*well[1], ("desk", "a message that nobody sent")]

    assert "said" in posts.killed(harness, posts.Point(1, "POST", "/messages$"), one_more, after=True).wrong
