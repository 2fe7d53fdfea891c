"""`/sources`: the documents held."""

from discord import app_commands

from bot.app import App
from bot.chat import answers
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import Query
from bot.texts import _


@app_commands.command(description=_("The documents that everything rests on, latest first"))
async def sources(itx: Interaction) -> None:
    """Answer `/sources`."""
    await respond(itx, show(itx.client.app, workspace_of(itx)))


async def show(app: App, workspace: str) -> Answer:
    """The first page of the sources held."""
    return await answers.listing(app, workspace, "sources", Query())
