"""`/brief`: one source or one subject at a glance."""

from discord import app_commands

from bot.app import App
from bot.chat import answers, options
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.texts import _


@app_commands.command(description=_("One source or one subject at a glance; the latest source if you name neither"))
@app_commands.describe(source=_("A source (S-2)"), about=_("A party or a subject"), share=_("Answer for all to see"))
@app_commands.autocomplete(source=options.choices_of("source"), about=options.choices_of("party"))
async def brief(itx: Interaction, source: str = "", about: str = "", share: bool = False) -> None:
    """Answer `/brief`."""
    await respond(itx, show(itx.client.app, workspace_of(itx), source=source, about=about), public=share)


async def show(app: App, workspace: str, *, source: str = "", about: str = "") -> Answer:
    """What is held on a source or a subject. Raises `NotFound` for a source that is not held."""
    return await answers.brief(app, workspace, source=options.words(source), about=options.words(about))
