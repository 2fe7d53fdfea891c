"""`/facts`: the key statements of the sources."""

from discord import app_commands

from bot.app import App
from bot.chat import answers, options
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import Query
from bot.texts import _


@app_commands.command(description=_("The key facts of the sources, each in the source's own words"))
@app_commands.describe(
    about=_("Whom or what they are about"), source=_("Only from this source (S-2)"), share=_("Answer for all to see")
)
@app_commands.autocomplete(about=options.choices_of("party"), source=options.choices_of("source"))
async def facts(itx: Interaction, about: str = "", source: str = "", share: bool = False) -> None:
    """Answer `/facts`."""
    await respond(itx, show(itx.client.app, workspace_of(itx), about=about, source=source), public=share)


async def show(app: App, workspace: str, *, about: str = "", source: str = "") -> Answer:
    """The first page of the facts that match."""
    query = Query(about=options.words(about), source=options.words(source))
    return await answers.listing(app, workspace, "facts", query)
