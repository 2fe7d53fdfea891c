"""Two bot processes on one Discord: each with the servers of its shard, each with a store of its own."""

import sys
import time
from datetime import UTC, datetime

import pytest

from bot.store import open_store
from tests.wire.conftest import BRIEF, ROOT, in_time

pytestmark = [
    pytest.mark.wire,
    pytest.mark.model,
    pytest.mark.timeout(240),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the harness leaves files to the collector
]
PIER = "# Pier\n\nIceland has offered to lend a pier to the harbour of Gdansk for a year.\n"


class Half:
    """A process with one of two shards, and a server on it."""

    def __init__(self, wire, number):
        self.fd, self.number = wire.fd, number
        self.home, self.seeds = wire.home / f"data-{number}", wire.home / "seeds"
        while (guild := wire.fd.add_guild(f"Server {number}")).id >> 22 & 1 != number:
            guild.remove_bot()
            time.sleep(0.002)
        self.guild, self.workspace = guild, str(guild.id)
        self.channel, self.mod = guild.add_channel("desk"), guild.add_member("mod", permissions=["manage_guild"])
        self.bot = None

    def start(self):
        env = {"DOSSIER_HOME": str(self.home), "DOSSIER_SEEDS": str(self.seeds), "DOSSIER_WATCH_SECONDS": "1"}
        command = [sys.executable, "-m", "bot", "run", "--shards", str(self.number), "--of", "2"]
        self.bot = self.fd.spawn(command, cwd=str(ROOT), env=env)

    def ready(self):
        self.fd.wait_for(lambda: "Ready as" in self.bot.output(), 60, f"shard {self.number}")

    def add(self, text):
        ix = self.fd.slash(self.mod, self.channel, "source add", file=self._file(text), wait=False)
        return ix.expect("Added S-", 60)

    def _file(self, text):
        return sys.modules["fake_discord"].File("brief.md", text.encode())

    def updates(self):
        return [message for message in self.fd.messages(self.channel) if "New source" in message.text]

    def held(self):
        with open_store(self.home / "dossier.db", readonly=True) as store:
            return set(store.staying(())), {w: store.counts(w).sources for w in store.workspaces()}


@pytest.fixture
def halves(wire):
    for guild in (wire.news, wire.rival):
        guild.remove_bot()
    both = [Half(wire, 0), Half(wire, 1)]
    for half in both:
        half.start()
    wire.fd.wait_ready(60, shards=2)
    for half in both:
        half.ready()
    return both


def test_each_process_holds_the_servers_of_its_shard_and_a_post_happens_once(wire, halves):
    halves[0].add(BRIEF)
    halves[1].add(PIER)
    for half in halves:
        in_time(half.fd.slash(half.mod, half.channel, "updates set", channel=half.channel))
    time.sleep(2.5)  # two looks at the empty folder: what comes now is announced
    (wire.seeds / "ships.md").write_text("# Ships\n\nFrance will send two ships to Gdansk in April.\n")
    for half in halves:
        half.fd.wait_message(half.channel, "New source: Ships", 30)
    time.sleep(3)

    for half, other in (halves, reversed(halves)):
        staying, sources = half.held()
        assert staying == {half.workspace}
        assert sources == {half.workspace: 2}
        assert other.workspace not in sources
        assert len([one for one in half.updates() if "Ships" in one.text]) == 1
    asked = [data["shard"] for _, data in wire.fd.gateway_events("identify")]
    assert sorted(asked) == [[0, 2], [1, 2]]
    assert [half.bot.stop() for half in halves] == [0, 0]
    wire.fd.assert_clean()


def test_one_process_goes_on_while_the_other_is_down_and_takes_no_server_of_its_for_left(wire, halves):
    first, second = halves
    second.add(PIER)
    with open_store(first.home / "dossier.db") as store:  # as when a store was copied to every machine
        store.arrive(second.workspace, "Server 1", str(second.channel.id), now := datetime.now(UTC))
        store.set_updates_channel(second.workspace, str(second.channel.id), "42", now)
    first.bot.kill()

    in_time(second.fd.slash(second.mod, second.channel, "commitments"))
    first.bot.restart()
    first.ready()
    wire.fd.wait_ready(60, shards=2)
    time.sleep(3)

    staying, _ = first.held()
    assert staying == {first.workspace, second.workspace}
    assert len([one for one in second.fd.messages(second.channel) if "Dossier is here" in one.text]) == 1
    assert len([one for one in first.fd.messages(first.channel) if "Dossier is here" in one.text]) == 1
    in_time(first.fd.slash(first.mod, first.channel, "commitments"))
