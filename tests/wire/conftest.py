"""The bot as a process on a loopback Discord: what only the wire shows."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scripts import loopback

ROOT = Path(__file__).resolve().parent.parent.parent

ACK_MS = 1000

BRIEF = """# Harbour brief

Published 10 March 2026

The Government of Norway has offered to dredge the harbour of Gdansk if the ceasefire holds. \
France will send two ships in April. It is unclear whether Germany will pay for the engineers.
"""


@pytest.fixture(scope="session")
def harness(shared: Path) -> ModuleType:
    """The loopback Discord's module, from the shared folder."""
    path = shared / "harness" / "fake_discord.py"
    if not path.exists():
        pytest.skip("the loopback Discord is not in the shared folder")
    if not shutil.which("openssl"):
        pytest.skip("the loopback Discord needs the openssl program")
    return loopback.harness()


class Wire:
    """A loopback Discord with two servers, and the bot as a process."""

    def __init__(self, harness: ModuleType, fd: Any, home: Path) -> None:
        self.harness, self.fd, self.home = harness, fd, home
        self.seeds = home / "seeds"
        self.seeds.mkdir()
        self.news, self.rival = fd.add_guild("Newsroom"), fd.add_guild("Rival")
        self.channel, self.theirs = self.news.add_channel("desk"), self.rival.add_channel("desk")
        self.mod = self.news.add_member("mod", permissions=["manage_guild"])
        self.member = self.news.add_member("mia")
        self.stranger = self.rival.add_member("rory")
        self.bot: Any = None

    def start(self, **env: str) -> Any:
        """Start the bot and wait until it is ready."""
        self.bot = self.fd.spawn(
            [sys.executable, "-m", "bot", "run"],
            cwd=str(ROOT),
            env={"DOSSIER_HOME": str(self.home / "data"), "DOSSIER_SEEDS": str(self.seeds), **env},
        )
        self.fd.wait_ready(180)
        return self.bot

    def file(self, name: str, data: bytes) -> Any:
        return self.harness.File(name, data)

    def add(self, text: str = BRIEF, name: str = "brief.md") -> Any:
        """Add a document as the moderator and wait for the result."""
        ix = self.fd.slash(self.mod, self.channel, "source add", file=self.file(name, text.encode()), wait=False)
        ix.expect("Added S-", 60)
        return ix

    def clean(self, *allow: str) -> None:
        """Nothing that Discord would have objected to, and nothing in the log that should not be there."""
        self.fd.assert_clean(allow=allow)
        assert not self.fd.self_check
        log = self.bot.output()
        assert "Traceback" not in log, log
        assert self.fd.token not in log


@pytest.fixture(scope="session")
def open_wire(harness: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Any]:
    """Opens a loopback Discord with two servers; nothing is started yet. A restart may identify again at once."""

    @contextmanager
    def opened() -> Iterator[Wire]:
        with harness.FakeDiscord(identify_interval=0) as fd:
            yield Wire(harness, fd, tmp_path_factory.mktemp("wire"))
        fd.loop.close()

    return opened


@pytest.fixture
def wire(open_wire: Callable[[], Any]) -> Iterator[Wire]:
    """A loopback Discord of the test's own."""
    with open_wire() as opened:
        yield opened


def in_time(ix: Any) -> Any:
    """The interaction, which was acknowledged within a second."""
    assert ix.ack_ms is not None, ix
    assert ix.ack_ms < ACK_MS, ix
    assert not ix.failed, ix
    return ix
