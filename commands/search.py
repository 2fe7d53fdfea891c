"""`/search`: sentences of the sources that hold some words."""

from discord import app_commands

from bot.app import App
from bot.chat import answers, options
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import Query
from bot.errors import BadInput
from bot.texts import _


@app_commands.command(description=_("Find sentences in the sources that hold all of your words"))
@app_commands.describe(text=_("The words to look for"))
async def search(itx: Interaction, text: str) -> None:
    """Answer `/search`."""
    await respond(itx, show(itx.client.app, workspace_of(itx), text))


async def show(app: App, workspace: str, text: str) -> Answer:
    """The first page of the places that hold the words. Raises `BadInput` for no words."""
    if not (asked := options.words(text)):
        raise BadInput(_("There are no words to look for. Give some: /search text:security guarantees"))
    return await answers.listing(app, workspace, "search", Query(text=asked))
