"""`/suggest`: a member hands a document to the moderators, who decide whether it becomes a source."""

import discord
from discord import app_commands

from bot import drafts
from bot.chat import options
from bot.chat.adding import Handed, Wanted, add, from_web
from bot.chat.guild import workspace_of
from bot.chat.messages import fetching
from bot.chat.pasted import SUGGESTED, SUGGESTED_DIRECT, form
from bot.chat.reply import Interaction, show_form
from bot.domain import DraftKind
from bot.errors import BadInput
from bot.texts import _


@app_commands.command(description=_("Suggest a document to the moderators: a file, a web page, or pasted text"))
@app_commands.describe(
    file=_("txt, Markdown, HTML, PDF or DOCX, in English, up to 10 MiB"),
    url=_("The address of a web page or a document, such as https://example.org/statement"),
    title=_("Its title, if the document does not say it well"),
    dm=_("Have a direct message when it is decided on; else /catchup tells you"),
)
async def suggest(
    itx: Interaction, file: discord.Attachment | None = None, url: str = "", title: str = "", dm: bool = False
) -> None:
    """Answer `/suggest`."""
    workspace, app = workspace_of(itx), itx.client.app
    named = options.words(title)
    if file is None and not url:
        await show_form(itx, form(title=named, custom_id=SUGGESTED_DIRECT if dm else SUGGESTED))
        return
    by, now = str(itx.user.id), app.now()

    async def fetch() -> Handed:
        if file is not None and url:
            raise BadInput(_("Give a file or an address, one of the two."))
        await app.read(lambda store: drafts.refuse_more(store, workspace, by, now))
        return await (from_web(app, url) if file is None else fetching(file))()

    name = url if file is None else file.filename
    await add(itx, workspace, Wanted(fetch, name, named, kind=DraftKind.SUGGESTION, direct=dm))
