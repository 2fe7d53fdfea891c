"""`/questions`: what is still open."""

from discord import app_commands

from bot.app import App
from bot.chat import answers, options
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import QuestionStatus
from bot.texts import _


@app_commands.command(description=_("What is still open, as a question, with the sentence that leaves it open"))
@app_commands.describe(
    about=_("Whom or what it is about"),
    source=_("Only from this source (S-2)"),
    status=_("Open ones, unless you say otherwise"),
    since=_("Raised since this day: 2026-03-14, or “2 weeks”"),
    share=_("Answer for all to see"),
)
@app_commands.autocomplete(about=options.choices_of("party"), source=options.choices_of("source"))
@app_commands.choices(status=options.fixed(QuestionStatus))
async def questions(
    itx: Interaction, about: str = "", status: str = "", source: str = "", since: str = "", share: bool = False
) -> None:
    """Answer `/questions`."""
    work = show(itx.client.app, workspace_of(itx), about=about, status=status, source=source, since=since)
    await respond(itx, work, public=share)


async def show(
    app: App, workspace: str, *, about: str = "", status: str = "", source: str = "", since: str = ""
) -> Answer:
    """The first page of the open questions that match. Raises `BadInput` for a day that cannot be understood."""
    query = options.query(app.now().date(), about=about, status=status, source=source, since=since)
    return await answers.listing(app, workspace, "questions", query)
