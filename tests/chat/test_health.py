"""The health endpoint: numbers for the operator, on this machine only, off by default."""

import socket
from dataclasses import replace

import aiohttp
import pytest

from bot.app import App, StoreThreads
from bot.chat.health import as_metrics, serving, vitals
from bot.chat.post import Outbox
from bot.errors import SettingsError
from bot.settings import load_settings
from tests.chat.stage import NOW, QuickWorker


@pytest.fixture
def port():
    """One that is free."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
async def app(settings):
    """An App without a process; there is no client."""
    threads = StoreThreads(settings)
    await threads.open()
    yield App(settings, QuickWorker(), threads, lambda: NOW, NOW)
    await threads.close()


async def test_it_is_off_unless_a_port_is_set(tmp_path):
    assert load_settings({}, root=tmp_path).health_port == 0
    assert load_settings({"DOSSIER_HEALTH_PORT": "9464"}, root=tmp_path).health_port == 9464


async def test_a_bot_that_is_not_connected_is_not_ready_and_says_so_with_its_status(app, port):
    async with serving(app, port), aiohttp.ClientSession() as web:
        async with web.get(f"http://127.0.0.1:{port}/health") as health:
            told = await health.json()
        async with web.get(f"http://127.0.0.1:{port}/metrics") as metrics:
            text = await metrics.text()

    assert health.status == 503
    assert (told["ready"], told["gateway_latency"], told["owed"]) == (False, None, 0)
    assert "dossier_ready 0\n" in text
    assert "latency" not in text, "what is not known is left out"


async def test_only_this_machine_is_listened_to(app, port):
    async with serving(app, port):
        with pytest.raises(OSError, match=r".+"), socket.create_connection(("127.0.0.2", port), timeout=1):
            pass


async def test_a_port_that_is_taken_is_said_so(app, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(SettingsError, match="Choose another health_port"):
            async with serving(app, port):
                pass


async def test_a_bot_that_is_up_tells_what_is_owed_and_when_it_last_posted(stage):
    await stage.news.moderator.slash(stage.news.channel, "updates set", channel=stage.news.channel)
    await stage.stock(stage.news, announce=True)
    before = await vitals(stage.app, stage.client)

    await Outbox(stage.app, stage.client).send_due()
    after = await vitals(stage.app, stage.client)

    assert (before.owed, before.last_post) == (1, None)
    assert (after.owed, after.last_post, after.servers) == (0, stage.app.now(), 2)
    assert after.store_bytes > 0
    up = as_metrics(replace(after, ready=True, gateway_latency=0.04))
    assert "dossier_ready 1\n" in up
    assert "dossier_gateway_latency_seconds 0.04\n" in up
    assert f"dossier_last_post_timestamp_seconds {NOW.timestamp()}\n" in up
    assert "Newsroom" not in up
