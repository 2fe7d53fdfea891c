"""Run the bot on Discord until it is told to stop."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import ModuleType

import discord

from bot.app import open_app
from bot.chat import health, logs
from bot.chat.background import background
from bot.chat.client import Dossier, client
from bot.chat.faults import PASSING
from bot.chat.loader import load
from bot.errors import SettingsError
from bot.settings import Settings

log = logging.getLogger(__name__)

LAST_WORDS = 3.0
"""Seconds that answers under way get to be sent when the bot stops."""
LONGEST_WAIT = 60.0
"""Seconds between two tries to reach Discord, at most."""
_NO_TOKEN = "There is no token. Set DISCORD_TOKEN, or put the token into token.txt."  # noqa: S105
_REFUSED = "Discord refused the token. Reset it in the developer portal (Bot, Reset Token) and set DISCORD_TOKEN anew."
_CLOSED = "Discord closed the connection for good (code {code}). See docs/discord.md for what that means."


async def run_bot(settings: Settings, commands_package: ModuleType) -> None:
    """Connect and stay connected until SIGTERM or Ctrl-C; then everything is closed cleanly.

    Raises `SettingsError` where there is no token or Discord refuses it, `BadCommand` for a file in `commands/` that
    breaks the rule, `StoreError` where the store cannot be opened.
    """
    if not settings.token:
        raise SettingsError(_NO_TOKEN)
    logs.set_up(settings)
    loaded = load(commands_package)
    async with (
        told_to_stop() as stop,
        open_app(settings) as app,
        health.serving(app, settings.health_port) as watched,
    ):
        wait = 1.0
        while not stop.is_set():
            watched.client = client(app, loaded)
            try:
                await _live(watched.client, settings.token, stop)
            except PASSING as error:
                log.warning("Discord cannot be reached (%s); trying again in %g seconds", error, wait)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), wait)
                wait = min(2 * wait, LONGEST_WAIT)
        log.info("Stopped")


async def _live(bot: Dossier, token: str, stop: asyncio.Event) -> None:
    """One client's life, until `stop` or until Discord cannot be reached at all.

    Raises `SettingsError` where Discord does not want us, one of `PASSING` where it may want us later.
    """
    connection = asyncio.create_task(bot.start(token), name="gateway")
    stopped = asyncio.create_task(stop.wait(), name="stop")
    try:
        async with background(bot):
            await asyncio.wait({connection, stopped}, return_when=asyncio.FIRST_COMPLETED)
            log.info("Stopping")
        if connection.done():
            connection.result()
    except discord.LoginFailure as error:
        raise SettingsError(_REFUSED) from error
    except discord.ConnectionClosed as error:
        raise SettingsError(_CLOSED.format(code=error.code)) from error
    finally:
        stopped.cancel()
        if stop.is_set():
            await bot.finish(LAST_WORDS)
        await bot.close()
        await asyncio.gather(connection, return_exceptions=True)


@asynccontextmanager
async def told_to_stop() -> AsyncIterator[asyncio.Event]:
    """An Event that SIGTERM and SIGINT (Ctrl-C) set while the block runs; discord.py leaves SIGTERM alone."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    with contextlib.suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C raises there
        for each in signals:
            loop.add_signal_handler(each, stop.set)
    try:
        yield stop
    finally:
        with contextlib.suppress(NotImplementedError):
            for each in signals:
                loop.remove_signal_handler(each)
