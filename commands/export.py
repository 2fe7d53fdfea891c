"""`/export`: what lists show, as a private file."""

import asyncio

from discord import app_commands

from bot import overview, render
from bot.app import App
from bot.chat import options
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import CommitmentKind, CommitmentStatus, FileFormat, Query, QuestionKind, QuestionStatus

KINDS = [*options.fixed(CommitmentKind), *options.fixed(QuestionKind), *options.names(overview.FACT_KINDS)]
STATUSES = options.names(dict.fromkeys([*map(str, CommitmentStatus), *map(str, QuestionStatus)]))


@app_commands.command(description="Take entries along as a file, with every quote, its place and its source's hash")
@app_commands.rename(written="format")
@app_commands.describe(
    written="Markdown to read, CSV for a spreadsheet, JSON for programs",
    only="Only commitments, questions or facts",
    actor="Who undertook it: a country, body or person, by any of its names",
    recipient="To whom or for whom",
    kind="What kind of entry",
    status="Where it stands",
    about="Words that it speaks of, or a party",
    source="Only from this source (S-2)",
    since="Spoken of since this day: 2026-03-14, or “2 weeks”",
    as_of="As it was known on this day",
)
@app_commands.autocomplete(
    actor=options.choices_of("party"),
    recipient=options.choices_of("party"),
    about=options.choices_of("party"),
    source=options.choices_of("source"),
)
@app_commands.choices(
    written=options.fixed(FileFormat), only=options.names(overview.GROUPS), kind=KINDS, status=STATUSES
)
async def export(
    itx: Interaction,
    written: str = "markdown",
    only: str = "",
    actor: str = "",
    recipient: str = "",
    kind: str = "",
    status: str = "",
    about: str = "",
    source: str = "",
    since: str = "",
    as_of: str = "",
) -> None:
    """Answer `/export`, to the one who asks alone."""
    workspace, app = workspace_of(itx), itx.client.app

    async def work() -> Answer:
        today = app.now().date()
        query = Query(
            actor=options.words(actor),
            recipient=options.words(recipient),
            kind=options.words(kind),
            status=options.words(status),
            about=options.words(about),
            source=options.words(source),
            since=options.day(since, today, option="since"),
            as_of=options.day(as_of, today, option="as_of"),
        )
        return await show(app, workspace, query, options.one_of(FileFormat, written), only)

    await respond(itx, work())


async def show(app: App, workspace: str, query: Query, written: FileFormat, only: str = "") -> Answer:
    """The file. Raises `BadInput` for filters that no list has, and for too large a file."""
    groups = tuple(group for group in overview.GROUPS if group == only)
    found = await app.read(lambda store: overview.extract(store, workspace, query, groups))
    return Answer(await asyncio.to_thread(render.export_reply, found, written))
