"""`/timeline`: commitments and questions over time, as a picture and in words."""

from discord import app_commands

from bot.app import App
from bot.chat import answers, options
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import Theme
from bot.texts import _


@app_commands.command(description=_("A party's or a subject's commitments and questions over time, as a picture"))
@app_commands.describe(
    **options.described("actor", "about", "since"),
    theme=_("Dark unless you say otherwise"),
    share=_("Answer for all to see"),
)
@app_commands.autocomplete(**options.completed("actor", "about"))
@app_commands.choices(theme=options.fixed(Theme))
async def timeline(
    itx: Interaction, actor: str = "", about: str = "", since: str = "", theme: str = "dark", share: bool = False
) -> None:
    """Answer `/timeline`."""
    work = show(itx.client.app, workspace_of(itx), actor=actor, about=about, since=since, theme=theme)
    await respond(itx, work, public=share)


async def show(
    app: App, workspace: str, *, actor: str = "", about: str = "", since: str = "", theme: str = "dark"
) -> Answer:
    """The picture. Raises `BadInput` for a day that cannot be understood."""
    query = options.query(app.now().date(), actor=actor, about=about, since=since)
    return await answers.timeline(app, workspace, query, options.one_of(Theme, theme))
