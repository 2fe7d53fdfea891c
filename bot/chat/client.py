"""The Discord client: no privileged intents, no cogs, no message is read."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.app import App
from bot.chat import guests, pasted
from bot.chat.adding import Reading
from bot.chat.buttons import Press
from bot.chat.errors import handle
from bot.chat.guild import workspace_of
from bot.chat.loader import Loaded
from bot.chat.reply import NOBODY, Interaction
from bot.chat.sync import sync
from bot.errors import NotAllowed

log = logging.getLogger(__name__)

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak

GUILD_ONLY = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
TO_GUILDS = app_commands.AppInstallationType(guild=True, user=False)


class Tree(app_commands.CommandTree["Dossier"]):
    """The commands, all of them for servers only, with one error handler."""

    async def interaction_check(self, itx: Interaction, /) -> bool:
        """Whether the command may run where it was used; says so privately where not."""
        try:
            workspace_of(itx)
        except NotAllowed as error:
            if itx.type is discord.InteractionType.autocomplete:
                await itx.response.autocomplete([])
            else:
                await handle(itx, error)
            return False
        return True

    async def on_error(self, itx: Interaction, error: app_commands.AppCommandError, /) -> None:
        """See `bot.chat.errors.handle` for what happens to which error."""
        await handle(itx, error)


class Dossier(discord.Client):
    """The bot. `app` is what it works with; `commands` come from `bot.chat.loader`."""

    def __init__(self, app: App, commands: Sequence[Loaded], **options: Any) -> None:
        """Nothing is connected yet."""
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=NOBODY,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            **options,
        )
        self.app = app
        self.loaded = tuple(commands)
        self.tree = Tree(self, allowed_contexts=GUILD_ONLY, allowed_installs=TO_GUILDS)
        self.came_up = asyncio.Event()
        self.greets = True
        self.command_ids: dict[str, int] = {}
        self.readings: set[Reading] = set()
        self.answering: set[asyncio.Task[Any]] = set()
        for command in self.loaded:
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Before the gateway is asked for: buttons of old messages work, the commands are known."""
        self.add_dynamic_items(Press)
        self.command_ids = await sync(self.app, self.tree)

    async def on_ready(self) -> None:
        """The servers are known."""
        log.info("Ready as %s in %d servers", self.user, len(self.guilds))
        await guests.caught_up(self.app, self, greet=self.greets)
        self.came_up.set()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A new server has its workspace at once, and is greeted."""
        await guests.arrived(self.app, guild, greet=self.greets)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server is reachable again: had it been joined while the bot was down, it is greeted now."""
        await guests.arrived(self.app, guild, greet=self.greets)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server; an outage is told as another event, and changes nothing."""
        await guests.left(self.app, str(guild.id))

    async def on_interaction(self, itx: discord.Interaction[Any]) -> None:
        """Take modals here: discord.py forgets those that were open when it was restarted."""
        if itx.type is discord.InteractionType.modal_submit:
            await pasted.submitted(itx)

    async def show_readings(self) -> int:
        """Tell those whose documents are being read how far that is; how many were told."""
        return sum([await reading.show() for reading in tuple(self.readings)])

    async def tidy(self) -> int:
        """Forget the drafts that nobody kept in time, and what was deleted while somebody read; how many drafts."""
        now = self.app.now()
        forgotten = await self.app.write(lambda store: store.tidy_drafts(now))
        await self.app.write(lambda store: store.fold())
        return forgotten

    async def finish(self, seconds: float) -> None:
        """End the extraction, so that those who wait for it are told, and let answers under way be sent."""
        await self.app.worker.close()
        if self.answering:
            await asyncio.wait(tuple(self.answering), timeout=seconds)

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:
        """An event's handler failed: the log has it, and the bot goes on."""
        log.exception("Unexpected error in %s", event_method)


class ShardedDossier(Dossier, discord.AutoShardedClient):
    """The bot in the servers of some shards; other processes, each with a store of its own, hold the others."""

    def __init__(self, app: App, commands: Sequence[Loaded]) -> None:
        """The shards are those of the settings."""
        ids = app.settings.shard_ids or range(app.settings.shard_count)
        super().__init__(app, commands, shard_count=app.settings.shard_count, shard_ids=list(ids))


def client(app: App, commands: Sequence[Loaded]) -> Dossier:
    """The bot as the settings want it: in all servers by one connection, or in those of some shards."""
    return ShardedDossier(app, commands) if app.settings.shard_count else Dossier(app, commands)
