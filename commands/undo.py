"""`/undo`: moderators take a decision back."""

import discord
from discord import app_commands

from bot import render, revise
from bot.app import App
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, respond
from bot.texts import _


@app_commands.command(description=_("Take back a decision, and every later one that rests on it"))
@app_commands.default_permissions(discord.Permissions(manage_guild=True))
@app_commands.describe(line=_("Its number in /log; the number of an undo does again what was taken back"))
async def undo(itx: Interaction, line: app_commands.Range[int, 1]) -> None:
    """Answer `/undo`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, show(itx.client.app, workspace, line, str(itx.user.id)))


async def show(app: App, workspace: str, line: int, by: str) -> Answer:
    """Take it back. Raises `NotFound`, and `BadInput` for what cannot be taken back."""
    now = app.now()
    undone = await app.write(lambda store: revise.undo(store, workspace, line, by, now))
    return Answer(render.undone_reply(undone), colour=DONE)
