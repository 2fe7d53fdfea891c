"""Every command, button and form on the wire: in time, and nothing that Discord would object to."""

import time

import pytest

from tests.wire.conftest import BRIEF, in_time

pytestmark = [
    pytest.mark.wire,
    pytest.mark.model,
    pytest.mark.timeout(240),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the harness leaves files to the collector
]

OTHERS = ("source add", "suggest", "correct", "Add as source", "Take out of sources")
"""Commands that ask with a form, or walk elsewhere."""

SHIPS = """# Ships

France will send two ships to Gdansk in April.

Italy has offered to repair the lighthouse of Gdansk.

Spain will train the pilots of Gdansk in June.

Poland has promised to publish the survey of the harbour.

Sweden will lend an icebreaker to Gdansk in winter.
"""


@pytest.fixture(scope="module")
def walk(open_wire):
    """A bot that holds one document in the first server and nothing in the second; tests here leave it so."""
    with open_wire() as wire:
        wire.start()
        wire.add(BRIEF)
        yield wire


def test_every_command_answers_privately_and_in_time(walk):
    fd, channel = walk.fd, walk.channel
    asked = {
        "commitments": {},
        "questions": {},
        "facts": {},
        "brief": {},
        "search": {"text": "harbour"},
        "show": {"id": "C-1"},
        "sources": {},
        "party": {"name": "Norway"},
        "catchup": {},
        "export": {},
        "follow add": {"what": "Norway"},
        "follow list": {},
        "follow remove": {"what": "Norway"},
        "privacy show": {},
        "privacy export": {},
        "privacy delete": {},
        "timeline": {"actor": "Norway"},
        "help": {},
        "status": {},
    }
    for command, options in asked.items():
        ix = in_time(fd.slash(walk.member, channel, command, options))
        assert ix.ephemeral, command
        assert "That did not work" not in ix.text, (command, ix.text)
        assert ix.message.is_v2
    kept = (
        ("source retract", {"id": "S-1"}),
        ("source restore", {"id": "S-1"}),
        ("wrong", {"id": "C-99"}),
        ("undo", {"line": 99}),
        ("log", {}),
        ("review", {}),
        ("alias add", {"party": "Norway", "name": "Norge"}),
        ("alias split", {"name": "Norge"}),
        ("alias merge", {"party": "Norway", "into": "Norway"}),
        ("source queue", {}),
        ("source feed add", {"url": "http://127.0.0.1:9/feed"}),
        ("source feed list", {}),
        ("source feed remove", {"feed": "1"}),
        ("source remove", {"id": "S-1"}),
        ("updates set", {"channel": channel}),
        ("updates stop", {}),
        ("digest set", {"channel": channel, "cadence": "daily"}),
        ("digest list", {}),
        ("digest preview", {}),
        ("digest stop", {}),
    )
    for command, options in kept:
        assert in_time(fd.slash(walk.mod, channel, command, options)).ephemeral, command
    assert set(fd.commands()) == {*asked, *(command for command, _ in kept), *OTHERS}
    walk.clean()


def test_evidence_and_share_work(walk):
    fd, channel = walk.fd, walk.channel
    listed = fd.slash(walk.member, channel, "commitments")

    evidence = in_time(fd.click(walk.member, listed.message, "Evidence", index=0))
    in_time(fd.click(walk.member, listed.message, "Share"))
    shared = fd.wait_message(channel, "Shared by")
    theirs = in_time(fd.click(walk.mod, shared, "Evidence", index=0))

    assert "Norway has offered to dredge" in evidence.text
    assert evidence.ephemeral
    assert theirs.ephemeral
    assert not any(shared.pings.values())
    assert "Shared" in [button["label"] for button in listed.message.refresh().buttons]
    walk.clean()


def test_a_source_is_removed_after_it_was_confirmed(walk):
    fd, channel = walk.fd, walk.channel
    added = walk.add("# Pier\n\nIceland has offered to lend a pier to the harbour of Gdansk for a year.\n", "pier.md")
    id_ = added.text.split("Added ")[1].split()[0]

    asked = fd.slash(walk.mod, channel, "source remove", id=id_)
    in_time(fd.click(walk.mod, asked.message, "Keep it"))
    asked = fd.slash(walk.mod, channel, "source remove", id=id_)
    in_time(fd.click(walk.mod, asked.message, f"Remove {id_}"))

    assert f"Removed {id_}" in asked.message.refresh().text
    assert "Iceland" not in fd.slash(walk.member, channel, "commitments").text
    walk.clean()


def test_names_are_completed_in_time_and_per_server(walk):
    start = time.monotonic()
    choices = walk.fd.autocomplete(walk.member, walk.channel, "commitments", "actor", "nor")

    assert time.monotonic() - start < 1
    assert "Norway" in [choice["value"] for choice in choices]
    assert walk.fd.autocomplete(walk.stranger, walk.theirs, "commitments", "actor", "nor") == []
    walk.clean()


def test_a_bad_file_is_explained_privately(walk):
    bad = walk.file("page.pdf", b"%PDF-1.7 nothing")

    ix = walk.fd.slash(walk.mod, walk.channel, "source add", file=bad, wait=False)

    assert ix.expect("damaged", 30)
    assert ix.ephemeral
    walk.clean()


def test_members_direct_messages_and_servers_without_the_bot_are_refused_when_forced(walk):
    fd = walk.fd
    elsewhere = fd.add_guild("Elsewhere")
    foreign, guest = elsewhere.add_channel("desk"), elsewhere.add_member("guest")
    elsewhere.remove_bot()

    forced = in_time(fd.slash(walk.member, walk.channel, "source remove", {"id": "S-1"}, force=True))
    private = in_time(fd.slash(walk.member, fd.dm(walk.member), "commitments", {}, force=True))

    assert "Only moderators" in forced.text
    assert forced.ephemeral
    assert "answers only inside a server" in private.text
    brought = in_time(fd.slash(guest, foreign, "sources", {}, force=True))
    assert "answers only inside a server" in brought.text
    assert brought.ephemeral
    walk.clean()


def test_ids_of_another_server_are_answered_like_ids_that_never_were(walk):
    fd = walk.fd

    theirs = fd.slash(walk.stranger, walk.theirs, "show", id="C-2")
    nobodys = fd.slash(walk.stranger, walk.theirs, "show", id="C-77")

    assert theirs.text.replace("C-2", "X") == nobodys.text.replace("C-77", "X")
    assert "Nothing" in fd.slash(walk.stranger, walk.theirs, "search", text="harbour").text
    assert "No commitments are held" in fd.slash(walk.stranger, walk.theirs, "commitments").text
    walk.clean()


def test_an_acknowledgement_whose_reply_is_lost_is_no_error(walk):
    walk.fd.fault("POST", r"/callback$", after=True, drop=True)

    ix = walk.fd.slash(walk.member, walk.channel, "commitments")

    assert "Norway" in ix.text
    walk.clean("double_ack")
    walk.fd.violations.clear()  # the next test may not see this one's


def test_buttons_and_forms_go_on_after_a_restart_and_nothing_is_synced_again(wire):
    wire.start()
    wire.add(SHIPS, "ships.md")
    fd = wire.fd
    listed = fd.slash(wire.member, wire.channel, "commitments")
    form, later = (in_time(fd.slash(wire.mod, wire.channel, "source add")) for _ in range(2))
    assert {"Text", "Title", "Publication date"} <= set(fd.modal_fields(form))
    added = in_time(fd.submit_modal(wire.mod, form, {"Text": "Italy will send a ship to Gdansk in May.\n"}))
    added.expect("Added S-2", 30)

    wire.bot.restart()
    fd.wait_ready(60)

    again = in_time(fd.submit_modal(wire.mod, later, {"Text": "Spain will send a ship to Gdansk in June.\n"}))
    again.expect("Added S-3", 30)
    in_time(fd.click(wire.member, listed.message.refresh(), "Share"))
    fd.wait_message(wire.channel, "Shared by")
    assert len(fd.requests("PUT", r"/commands$")) == 1
    start = time.monotonic()
    assert wire.bot.stop() == 0
    assert time.monotonic() - start < 10
    wire.clean()
