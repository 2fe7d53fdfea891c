"""`/correct`: moderators set a slot of an entry by hand."""

import discord
from discord import app_commands

from bot import render, revise
from bot.app import App
from bot.chat import options
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, respond
from bot.texts import _

SLOTS = [app_commands.Choice(name=slot, value=slot) for slot in dict.fromkeys(sum(revise.SLOTS.values(), ()))]


@app_commands.command(description=_("Set a slot of an entry by hand; the entry then shows that a person set it"))
@app_commands.default_permissions(discord.Permissions(manage_guild=True))
@app_commands.describe(
    id=_("The entry's id: C-12, Q-7 or F-3"),
    slot=_("Which slot"),
    value=_("Its value; names parted by semicolons; nothing empties the slot"),
)
@app_commands.autocomplete(id=options.choices_of("entry"))
@app_commands.choices(slot=SLOTS)
async def correct(itx: Interaction, id: str, slot: str, value: str = "") -> None:  # noqa: A002
    """Answer `/correct`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(
        itx, show(itx.client.app, workspace, id[: options.WORDS], slot, options.words(value), str(itx.user.id))
    )


async def show(app: App, workspace: str, id: str, slot: str, value: str, by: str) -> Answer:  # noqa: A002
    """Set it. Raises `NotFound`, and `BadInput` for a slot or a value that cannot be."""
    now = app.now()
    entry = await app.write(lambda store: revise.correct(store, workspace, id, slot, value, by, now))
    note = _("The quotes stay as they are. /log has the line, /undo takes it back.")
    return Answer(render.decided_reply(_("Set {slot} of {id}", slot=slot, id=entry.id), entry, note), colour=DONE)
