"""A file in the watched folder becomes one update, whatever happens to the process."""

import time

import pytest

from tests.wire.conftest import BRIEF

pytestmark = [
    pytest.mark.wire,
    pytest.mark.model,
    pytest.mark.timeout(240),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the harness leaves files to the collector
]


@pytest.fixture
def set_up(wire):
    wire.start(DOSSIER_WATCH_SECONDS="1")
    wire.fd.slash(wire.mod, wire.channel, "updates set", channel=wire.channel)
    wire.fd.wait_for(lambda: "Ready" in wire.bot.output(), 20, "ready")
    time.sleep(2.5)  # two looks at the empty folder: what comes now is announced
    return wire


def updates(wire, channel=None):
    return [message for message in wire.fd.messages(channel or wire.channel) if "New source" in message.text]


def test_a_file_becomes_an_update_within_ten_seconds_once(set_up):
    start = time.monotonic()
    (set_up.seeds / "brief.md").write_text(BRIEF)

    update = set_up.fd.wait_message(set_up.channel, "New source: Harbour brief", 10)

    assert time.monotonic() - start < 10
    assert "Norway has offered to dredge" in update.text
    assert "Evidence" in [button["label"] for button in update.buttons]
    set_up.bot.restart()
    set_up.fd.wait_ready(60)
    time.sleep(5)
    assert len(updates(set_up)) == 1
    (greeting,) = set_up.fd.messages(set_up.theirs)
    assert "Dossier is here" in greeting.text, "once, over the restart, and nothing else"
    set_up.clean()


@pytest.mark.parametrize("after", [True, False])
def test_a_kill_while_the_update_is_sent_neither_loses_nor_doubles_it(set_up, after):
    fd = set_up.fd
    fd.fault("POST", r"/channels/\d+/messages$", after=after, drop=True, hook=lambda _: set_up.bot.kill())
    (set_up.seeds / "brief.md").write_text(BRIEF)
    fd.wait_for(lambda: set_up.bot.returncode is not None, 30, "the kill")
    fd.clear_faults()

    set_up.bot.restart()
    fd.wait_ready(60)
    fd.wait_message(set_up.channel, "New source: Harbour brief", 15)
    time.sleep(4)

    assert len(updates(set_up)) == 1
    assert (set_up.bot.stop(), len(updates(set_up))) == (0, 1)


def test_a_passing_fault_delays_the_update_and_no_more(set_up):
    set_up.fd.fault("POST", r"/channels/\d+/messages$", status=503, times=2)
    (set_up.seeds / "brief.md").write_text(BRIEF)

    set_up.fd.wait_message(set_up.channel, "New source", 30)
    time.sleep(3)

    assert len(updates(set_up)) == 1
    set_up.clean()


def test_what_lies_there_at_the_first_start_is_added_quietly_in_every_server(wire):
    (wire.seeds / "brief.md").write_text(BRIEF)
    wire.start(DOSSIER_WATCH_SECONDS="1")

    wire.fd.wait_for(
        lambda: "Harbour brief" in wire.fd.slash(wire.stranger, wire.theirs, "sources").text, 30, "the seeds", poll=1
    )

    assert not updates(wire)
    wire.clean()


def test_a_server_that_joins_later_gets_the_seeds(set_up):
    (set_up.seeds / "brief.md").write_text(BRIEF)
    set_up.fd.wait_message(set_up.channel, "New source", 15)
    guild = set_up.fd.add_guild("Later")
    channel, someone = guild.add_channel("desk"), guild.add_member("zoe")

    set_up.fd.wait_for(
        lambda: "Harbour brief" in set_up.fd.slash(someone, channel, "sources").text, 30, "the seeds", poll=1
    )

    assert not updates(set_up, channel)
    set_up.clean()


def posts_in_forums(fd):
    """Let the loopback Discord make posts in forums: its own route trips over its thread."""

    def route(ctx):
        forum = fd._channel(ctx["cid"], "send_messages")
        post = type(fd)._thread(fd, ctx, forum, ctx.body["name"], 11)
        post["message"] = fd._new_message(ctx, int(post["id"]), ctx.body["message"])
        return 201, post

    fd.r_thread = route


@pytest.mark.parametrize("fault", [{"status": 502}, {"drop": True}])
def test_a_post_in_a_forum_whose_answer_is_lost_is_not_made_again(set_up, fault):
    fd = set_up.fd
    posts_in_forums(fd)
    forum = set_up.news.add_channel("sources", type=15)
    fd.slash(set_up.mod, set_up.channel, "updates set", channel=forum)
    fd.fault("POST", r"/channels/\d+/threads$", after=True, **fault)

    (set_up.seeds / "brief.md").write_text(BRIEF)
    posts = lambda: [c for c in fd.channels.values() if c.get("parent_id") == str(forum.id)]  # noqa: E731
    fd.wait_for(posts, 30, "the post")
    fd.wait_for(lambda: "is in channel" in set_up.bot.output(), 30, "the end")
    time.sleep(3)

    assert [post["name"] for post in posts()] == ["Harbour brief"]
