"""`/status`: how the bot is, and what is held here."""

from dataclasses import replace

import discord
from discord import app_commands

from bot.app import App
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.render import status_reply
from bot.texts import _


@app_commands.command(description=_("What is held here, and how the bot is"))
async def status(itx: Interaction) -> None:
    """Answer `/status`."""
    await respond(itx, show(itx.client.app, workspace_of(itx), itx.client))


async def show(app: App, workspace: str, client: discord.Client) -> Answer:
    """How things are; `client` knows the channel's name."""
    held = await app.status(workspace)
    channel = client.get_channel(int(held.updates_channel)) if held.updates_channel.isdecimal() else None
    name = f"#{channel}" if channel else held.updates_channel and _("a channel that is gone: use /updates set")
    return Answer(status_reply(replace(held, updates_channel=name)))
