"""`/help`: what there is."""

from collections.abc import Sequence

from discord import app_commands

from bot.chat.guild import is_moderator, workspace_of
from bot.chat.loader import Loaded
from bot.chat.reply import Answer, Interaction, respond
from bot.chat.table import MEMBERS, rows
from bot.render import help_reply


@app_commands.command(description="What Dossier does, and its commands")
async def help(itx: Interaction) -> None:  # noqa: A001
    """Answer `/help`."""
    workspace_of(itx)
    await respond(itx, show(itx.client.loaded, moderator=is_moderator(itx)))


async def show(commands: Sequence[Loaded], *, moderator: bool) -> Answer:
    """The commands that the asker may use."""
    return Answer(help_reply([row for row in rows(commands) if moderator or row[0] == MEMBERS]))
