"""`/privacy`: what is kept of whoever asks."""

from discord import app_commands

from bot import render
from bot.app import App
from bot.chat.guild import workspace_of
from bot.chat.layout import PROBLEM
from bot.chat.reply import Answer, Interaction, respond
from bot.texts import _

privacy = app_commands.Group(name="privacy", description=_("See, take along or delete what is kept of you here"))


@privacy.command(name="show", description=_("What is kept of you in this server; for you alone"))
async def show(itx: Interaction) -> None:
    """Answer `/privacy show`."""
    await respond(itx, kept(itx.client.app, workspace_of(itx), str(itx.user.id)))


@privacy.command(name="export", description=_("What is kept of you in this server, as a file for you alone"))
async def export(itx: Interaction) -> None:
    """Answer `/privacy export`."""
    await respond(itx, kept(itx.client.app, workspace_of(itx), str(itx.user.id), as_file=True))


@privacy.command(name="delete", description=_("Delete what is kept of you in this server"))
async def delete(itx: Interaction) -> None:
    """Answer `/privacy delete`: ask whether it is meant."""
    workspace_of(itx)
    await respond(itx, confirm())


async def kept(app: App, workspace: str, member: str, *, as_file: bool = False) -> Answer:
    """What is kept of a member."""
    found = await app.read(lambda store: store.personal(workspace, member))
    return Answer(render.kept_file(found) if as_file else render.kept_reply(found))


async def confirm() -> Answer:
    """What would be deleted, with a button to do it."""
    return Answer(render.forget_question(), colour=PROBLEM)
