"""Starting on a bad day."""

import sys

import pytest

from bot.chat.run import run_bot
from bot.errors import SettingsError
from tests.wire.conftest import ROOT

pytestmark = [
    pytest.mark.wire,
    pytest.mark.timeout(120),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the harness leaves files to the collector
]


def spawn(wire, **env):
    home = {"DOSSIER_HOME": str(wire.home / "data"), "DOSSIER_SEEDS": str(wire.seeds)}
    return wire.fd.spawn([sys.executable, "-m", "bot", "run"], cwd=str(ROOT), env={**home, **env})


def test_a_token_that_discord_refuses_is_said_so_without_a_trace(wire):
    bot = spawn(wire, DISCORD_TOKEN="MTIz.wrong.token")
    bot.expected_exit = True

    wire.fd.wait_for(lambda: bot.returncode is not None, 30, "the end")

    assert bot.returncode == 1
    assert "Discord refused the token" in " ".join(bot.output().split())
    assert "Traceback" not in bot.output()
    assert "MTIz.wrong.token" not in bot.output()


@pytest.mark.model
def test_a_start_while_discord_is_down_waits_and_then_connects(wire):
    wire.fd.fault("GET", "/users/@me$", status=503, times=2)
    bot = spawn(wire)

    wire.fd.wait_ready(60)

    assert "Discord cannot be reached" in bot.output()
    assert "Traceback" not in bot.output()
    assert bot.stop() == 0


async def test_without_a_token_nothing_is_begun(settings):
    import commands

    with pytest.raises(SettingsError, match="DISCORD_TOKEN"):
        await run_bot(settings, commands)

    assert not settings.home.exists()
