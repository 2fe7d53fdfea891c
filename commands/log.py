"""`/log`: what people decided."""

import discord
from discord import app_commands

from bot.chat import answers
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.reply import Interaction, respond
from bot.texts import _


@app_commands.command(description=_("What people decided here, latest first, each to be taken back with /undo"))
@app_commands.default_permissions(discord.Permissions(manage_guild=True))
async def log(itx: Interaction) -> None:
    """Answer `/log`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, answers.log(itx.client.app, workspace))
