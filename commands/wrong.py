"""`/wrong`: moderators take an entry out of the lists because it is no such thing."""

import discord
from discord import app_commands

from bot import render, revise
from bot.app import App
from bot.chat import options
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, respond
from bot.texts import _


@app_commands.command(description=_("Mark an entry as wrong: it leaves the lists, and stays out when it is said again"))
@app_commands.default_permissions(discord.Permissions(manage_guild=True))
@app_commands.describe(id=_("The entry's id: C-12, Q-7 or F-3"))
@app_commands.autocomplete(id=options.choices_of("entry"))
async def wrong(itx: Interaction, id: str) -> None:  # noqa: A002
    """Answer `/wrong`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, show(itx.client.app, workspace, id[: options.WORDS], str(itx.user.id)))


async def show(app: App, workspace: str, id: str, by: str) -> Answer:  # noqa: A002
    """Mark it. Raises `NotFound`, and `BadInput` for a source."""
    now = app.now()
    entry = await app.write(lambda store: revise.mark_wrong(store, workspace, id, by, now))
    note = _("It no longer appears in any list. /log has the line, /undo takes it back.")
    return Answer(render.decided_reply(_("Marked {id} as wrong", id=entry.id), entry, note), colour=DONE)
