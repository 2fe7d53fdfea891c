"""`/party`: one party on a page."""

from discord import app_commands

from bot.chat import answers, options
from bot.chat.guild import workspace_of
from bot.chat.reply import Interaction, respond
from bot.texts import _


@app_commands.command(
    description=_("One party on a page: what it undertook, what is open about it, with whom, over time")
)
@app_commands.describe(name=_("A country, body or person, by any of its names"), share=_("Answer for all to see"))
@app_commands.autocomplete(name=options.choices_of("party"))
async def party(itx: Interaction, name: str, share: bool = False) -> None:
    """Answer `/party`."""
    await respond(itx, answers.party(itx.client.app, workspace_of(itx), options.words(name)), public=share)
