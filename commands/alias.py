"""`/alias`: moderators say which names mean which party."""

import discord
from discord import app_commands

from bot import render, revise
from bot.app import App
from bot.chat import options
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, respond
from bot.errors import BadInput, NotFound
from bot.render.words import human_join
from bot.texts import _

alias = app_commands.Group(
    name="alias",
    description=_("Say which names mean which party"),
    default_permissions=discord.Permissions(manage_guild=True),
)


@alias.command(name="add", description=_("Let a name mean a party, in all that is held and all that comes"))
@app_commands.describe(name=_("The further name, as the sources write it"), party=_("The party that it means"))
@app_commands.autocomplete(party=options.choices_of("party"))
async def add(itx: Interaction, name: str, party: str) -> None:
    """Answer `/alias add`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    app, by = itx.client.app, str(itx.user.id)
    await respond(itx, give(app, workspace, options.words(name), options.words(party), by, merging=False))


@alias.command(name="merge", description=_("Let two parties be one; the second keeps its name"))
@app_commands.describe(party=_("The party that is another name of the other"), into=_("The party that it is"))
@app_commands.autocomplete(party=options.choices_of("party"), into=options.choices_of("party"))
async def merge(itx: Interaction, party: str, into: str) -> None:
    """Answer `/alias merge`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    app, by = itx.client.app, str(itx.user.id)
    await respond(itx, give(app, workspace, options.words(party), options.words(into), by, merging=True))


@alias.command(name="split", description=_("Take a name away from its party again; it stands for itself then"))
@app_commands.describe(name=_("A name that people gave, or a party that was merged; /party shows them"))
@app_commands.autocomplete(name=options.choices_of("alias"))
async def split(itx: Interaction, name: str) -> None:
    """Answer `/alias split`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, take(itx.client.app, workspace, options.words(name), str(itx.user.id)))


async def give(app: App, workspace: str, name: str, party: str, by: str, *, merging: bool) -> Answer:
    """Let a name mean a party. Raises `NotFound`, and `BadInput` for a name that cannot, or another party's own."""
    now = app.now()
    named = await app.read(lambda store: store.parties_named(workspace, name))
    own = name.casefold() in {one.casefold() for one in named}
    if merging and not named:
        raise NotFound(
            _(
                "There is no party {name} here. Choose one that is offered; for a further name use /alias add.",
                name=name,
            )
        )
    if merging and len(named) > 1:
        raise BadInput(_("{name} is a name of {named}. Choose one of them.", name=name, named=human_join(named)))
    if merging and not own:
        name = named[0]
    if own and not merging:
        raise BadInput(_("{name} is a party of its own here. To make the two one, use /alias merge.", name=name))
    meant = await app.write(lambda store: revise.name_party(store, workspace, name, party, by, now))
    return Answer(render.named_reply(name, meant, merged=merging), colour=DONE)


async def take(app: App, workspace: str, name: str, by: str) -> Answer:
    """Take a name away. Raises `NotFound` for one that nobody gave."""
    now = app.now()
    split, party = await app.write(lambda store: revise.split_party(store, workspace, name, by, now))
    return Answer(render.split_reply(split, party), colour=DONE)
