"""`/review`: moderators confirm or reject the links that are proposed."""

import discord
from discord import app_commands

from bot.chat import answers
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.reply import Interaction, respond
from bot.texts import _


@app_commands.command(description=_("Links proposed between entries, one by one: confirm, reject, or leave for later"))
@app_commands.default_permissions(discord.Permissions(manage_guild=True))
async def review(itx: Interaction) -> None:
    """Answer `/review`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, answers.review(itx.client.app, workspace))
