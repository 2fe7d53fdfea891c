"""`/catchup`: what changed since one was last here."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from discord import app_commands

from bot import render
from bot.app import App
from bot.chat import answers, options
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.render.drafts import outcome_lines
from bot.texts import _

FIRST = timedelta(days=7)
"""How far back the first visit looks."""
NEVER = _("7 days ago (you have not asked before)")


@app_commands.command(
    description=_("What is new, changed or withdrawn, and which dates passed, since you last asked; for you alone")
)
@app_commands.describe(since=_("Since this day instead of your last visit: 2026-03-14, or “2 weeks”"))
async def catchup(itx: Interaction, since: str = "") -> None:
    """Answer `/catchup`."""
    await respond(itx, show(itx.client.app, workspace_of(itx), str(itx.user.id), since=since))


async def show(app: App, workspace: str, member: str, *, since: str = "") -> Answer:
    """The first page; the visit is noted once it is shown. Raises `BadInput` for a day that cannot be understood."""
    now = app.now()
    day = options.day(since, now.date(), option="since")
    before = await app.read(lambda store: store.visited(workspace, member))
    since_when, words = before or now - FIRST, _("you last asked") if before else NEVER
    if day:
        since_when, words = datetime.combine(day, time.min, UTC), ""
    found = await answers.changes(app, workspace, since_when, words=words, member=member)
    refused = await app.read(lambda store: store.refused_direct(workspace, member))
    decided = await app.read(lambda store: store.outcomes(workspace, member))

    async def noted() -> None:
        await app.write(lambda store: store.told_outcomes(workspace, member, decided))
        if refused:
            await app.write(lambda store: store.told_refused(workspace, member, refused))
        await app.write(lambda store: store.visit(workspace, member, now))

    notes = (*outcome_lines(decided), *found.reply.notes)
    found = replace(found, reply=replace(found.reply, notes=notes), shown=noted)
    return replace(found, footer=f"-# {render.refused_line(refused)}") if refused else found
