"""`/help`: what there is."""

from collections.abc import Mapping, Sequence

from discord import app_commands

from bot.chat.guild import is_moderator, workspace_of
from bot.chat.loader import Loaded
from bot.chat.reply import Answer, Interaction, respond
from bot.chat.table import MEMBERS, help_lines, rows
from bot.domain import Reply
from bot.texts import _

LEAD = _("Dossier keeps track of who has undertaken what, and what is still open, with the exact sentences.")
NOTE = _("-# Answers are yours alone until you share them. Every entry shows the sentence that it rests on.")


@app_commands.command(description=_("What Dossier does, and its commands"))
async def help(itx: Interaction) -> None:  # noqa: A001
    """Answer `/help`."""
    workspace_of(itx)
    await respond(itx, show(itx.client.loaded, itx.client.command_ids, moderator=is_moderator(itx)))


async def show(commands: Sequence[Loaded], ids: Mapping[str, int], *, moderator: bool) -> Answer:
    """The commands that the asker may use, each to be clicked."""
    shown = [row for row in rows(commands) if moderator or row.group == MEMBERS]
    return Answer(Reply(_("Help"), lead=LEAD), footer=f"{help_lines(shown, ids)}\n\n{NOTE}")
