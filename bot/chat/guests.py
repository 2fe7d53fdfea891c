"""Being a guest of servers: greeted once where it may write, nothing kept for long after it left.

A server that is not reachable for a while is not one that was left: Discord says which it is. What happens while the
bot is down is made up for when it is back.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

import discord

from bot.app import App

log = logging.getLogger(__name__)

GRACE = timedelta(days=30)
"""How long what is held of a server is kept after the bot left it; the greeting says so."""
PURGE_SECONDS = 3600.0
"""Seconds between two looks at what is to be purged."""


async def arrived(app: App, guild: discord.Guild, *, greet: bool = True) -> None:
    """The bot is in this server; the first time it owes it a greeting.

    Discord tells of every server at every start, so for one that is known nothing is written.
    """
    if guild.unavailable or str(guild.id) in await app.read(lambda store: store.staying(())):
        return
    channel = greeting_channel(guild) if greet else None
    name, where, now = guild.name, str(channel.id) if channel else "", app.now()
    if await app.write(lambda store: store.arrive(str(guild.id), name, where, now)):
        log.info("Server %d is new", guild.id)


async def left(app: App, workspace: str) -> None:
    """The bot was removed from this server."""
    now = app.now()
    log.info("Server %s was left; what is held of it is purged after %d days", workspace, GRACE.days)
    await app.write(lambda store: store.leave(workspace, now))


async def caught_up(app: App, client: discord.Client, *, greet: bool = True) -> None:
    """Note which servers the bot is in: those that it joined and left while it was down, too.

    A server of another process's shards was not left, though this store may hold it.
    """
    for guild in client.guilds:
        await arrived(app, guild, greet=greet)
    present = [str(guild.id) for guild in client.guilds]
    for workspace in await app.read(lambda store: store.staying(present)):
        if app.settings.holds(workspace):
            await left(app, workspace)


def greeting_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """Where a greeting is welcome: the channel for system messages, else the first in which the bot may write."""
    channels = [guild.system_channel, *sorted(guild.text_channels, key=lambda each: (each.position, each.id))]
    return next((channel for channel in channels if channel and _writable(channel)), None)


def _writable(channel: discord.TextChannel) -> bool:
    has = channel.permissions_for(channel.guild.me)
    return has.view_channel and has.send_messages


class Purge:
    """Purges the servers that were left long enough ago; `forget` hears of each."""

    def __init__(self, app: App, forget: Callable[[str], None]) -> None:
        """Nothing was purged yet."""
        self.app = app
        self.forget = forget

    async def look(self) -> int:
        """Purge what is due; how many servers."""
        before = self.app.now() - GRACE
        gone = await self.app.write(lambda store: store.purge_left(before, of=self.app.settings.holds))
        for workspace in gone:
            log.info("Server %s was purged", workspace)
            self.forget(workspace)
        return len(gone)
