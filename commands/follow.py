"""`/follow`: members choose what they hear of first."""

from discord import app_commands

from bot import render
from bot.chat import options, people
from bot.chat.guild import workspace_of
from bot.chat.reply import Interaction, respond
from bot.errors import NotAllowed
from bot.render.limits import CHOICE_NAME, CHOICE_VALUE, CHOICES
from bot.render.words import clip
from bot.texts import _

follow = app_commands.Group(name="follow", description=_("Hear first of a party, words or an entry; for you alone"))


@follow.command(name="add", description=_("What is new on it comes first in your /catchup"))
@app_commands.describe(
    what=_("A party, words such as: peace deal, or the id of an entry (C-12)"),
    dm=_("Also as a direct message when a source brings it"),
)
@app_commands.autocomplete(what=options.choices_of("party"))
async def add(itx: Interaction, what: str, dm: bool = False) -> None:
    """Answer `/follow add`."""
    workspace, app = workspace_of(itx), itx.client.app
    await respond(itx, people.follow(app, workspace, str(itx.user.id), options.words(what), direct=dm))


@follow.command(name="remove", description=_("Follow it no longer"))
@app_commands.describe(what=_("One of those that /follow list shows"))
async def remove(itx: Interaction, what: str) -> None:
    """Answer `/follow remove`."""
    await respond(itx, people.unfollow(itx.client.app, workspace_of(itx), str(itx.user.id), options.words(what)))


@follow.command(name="list", description=_("What you follow here"))
async def list_(itx: Interaction) -> None:
    """Answer `/follow list`."""
    await respond(itx, people.follows(itx.client.app, workspace_of(itx), str(itx.user.id)))


@remove.autocomplete("what")
async def _theirs(itx: Interaction, current: str) -> list[app_commands.Choice[str]]:
    try:
        workspace = workspace_of(itx)
    except NotAllowed:
        return []
    found = await itx.client.app.read(lambda store: store.follows(workspace, str(itx.user.id)))
    wanted = [
        each for each in found if current.casefold() in each.target.casefold() and len(each.target) <= CHOICE_VALUE
    ]
    return [
        app_commands.Choice(name=clip(render.followed_line(each), CHOICE_NAME), value=each.target)
        for each in wanted[:CHOICES]
    ]
