"""`/show`: one entry or source, whole."""

from discord import app_commands

from bot.chat import answers, options
from bot.chat.guild import workspace_of
from bot.chat.reply import Interaction, respond
from bot.texts import _


@app_commands.command(description=_("One commitment (C-12), open question (Q-7), fact (F-3) or source (S-2) in full"))
@app_commands.describe(id=_("The short id that stands with it in every list"))
@app_commands.autocomplete(id=options.choices_of("entry"))
async def show(itx: Interaction, id: str) -> None:  # noqa: A002
    """Answer `/show`."""
    await respond(itx, answers.show(itx.client.app, workspace_of(itx), id[: options.WORDS]))
