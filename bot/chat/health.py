"""How the bot is, for the operator's own machine: `/health` as JSON, `/metrics` as Prometheus reads it.

Off by default; it listens on 127.0.0.1 alone, and tells numbers, never what is held.
"""

import json
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot import __version__
from bot.app import App
from bot.chat.client import Dossier
from bot.errors import SettingsError

HOST = "127.0.0.1"
_READY, _NOT_READY = 200, 503


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the bot is at one moment; None is not known, or not yet."""

    ready: bool
    gateway_latency: float | None
    servers: int
    waiting: int
    owed: int
    last_post: datetime | None
    store_bytes: int
    started_at: datetime


class Watched:
    """The client that is asked: another one after each time that Discord could not be reached at all."""

    def __init__(self, app: App) -> None:
        """There is no client yet."""
        self.app = app
        self.client: Dossier | None = None


async def vitals(app: App, client: Dossier | None) -> Vitals:
    """Ask the client, the queue and the store. Raises `StoreError`."""
    post = await app.read(lambda store: store.posts(of=app.settings.holds))
    latency = client.latency if client and math.isfinite(client.latency) else None
    return Vitals(
        ready=client is not None and client.came_up.is_set() and not client.is_closed() and latency is not None,
        gateway_latency=latency,
        servers=len(client.guilds) if client else 0,
        waiting=app.worker.waiting,
        owed=post.owed,
        last_post=post.last,
        store_bytes=post.store_bytes,
        started_at=app.started_at,
    )


def as_json(found: Vitals) -> str:
    """The answer of `/health`."""
    values = {name: getattr(found, name) for name in found.__slots__}
    values = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
    return json.dumps({**values, "version": __version__})


def as_metrics(found: Vitals) -> str:
    """The answer of `/metrics`: Prometheus's text format, in base units; what is not known is left out."""
    values = {
        "dossier_ready": ("Whether the bot is connected to Discord and knows its servers.", int(found.ready)),
        "dossier_gateway_latency_seconds": ("Between a heartbeat and its answer.", found.gateway_latency),
        "dossier_servers": ("Servers that the bot is in.", found.servers),
        "dossier_documents_waiting": ("Documents taken on and not yet read.", found.waiting),
        "dossier_posts_owed": ("Messages to channels that are not sent yet.", found.owed),
        "dossier_last_post_timestamp_seconds": ("When the last message was sent.", _seconds(found.last_post)),
        "dossier_store_bytes": ("The size of the store.", found.store_bytes),
        "dossier_start_timestamp_seconds": ("When the bot was started.", _seconds(found.started_at)),
    }
    lines = [f'# TYPE dossier_info gauge\ndossier_info{{version="{__version__}"}} 1']
    for name, (help_, value) in values.items():
        if value is not None:
            lines.append(f"# HELP {name} {help_}\n# TYPE {name} gauge\n{name} {value}")
    return "\n".join(lines) + "\n"


@asynccontextmanager
async def serving(app: App, port: int) -> AsyncIterator[Watched]:
    """Answer on a port of this machine while the block runs; 0 answers nowhere.

    Raises `SettingsError` where the port cannot be had.
    """
    watched = Watched(app)
    if not port:
        yield watched
        return
    runner = web.AppRunner(_routes(watched), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await _listen(runner, port)
        yield watched
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        raise SettingsError(
            f"The health endpoint cannot be at {HOST}:{port} ({error.strerror}). Choose another health_port."
        ) from error


def _routes(watched: Watched) -> web.Application:
    async def health(_: web.Request) -> web.Response:
        found = await vitals(watched.app, watched.client)
        status = _READY if found.ready else _NOT_READY
        return web.Response(text=as_json(found), content_type="application/json", status=status)

    async def metrics(_: web.Request) -> web.Response:
        found = await vitals(watched.app, watched.client)
        return web.Response(text=as_metrics(found), headers={"Content-Type": "text/plain; version=0.0.4"})

    application = web.Application()
    application.router.add_get("/health", health)
    application.router.add_get("/metrics", metrics)
    return application


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None
