"""`/export`: what lists show, as a private file."""

import asyncio

from discord import app_commands

from bot import overview, render
from bot.app import App
from bot.chat import options
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import CommitmentKind, CommitmentStatus, FileFormat, Query, QuestionKind, QuestionStatus
from bot.texts import _

KINDS = [*options.fixed(CommitmentKind), *options.fixed(QuestionKind), *options.names(overview.FACT_KINDS)]
STATUSES = options.names(dict.fromkeys([*map(str, CommitmentStatus), *map(str, QuestionStatus)]))


@app_commands.command(description=_("Take entries along as a file, with every quote, its place and its source's hash"))
@app_commands.rename(written="format")
@app_commands.describe(
    written=_("Markdown to read, CSV for a spreadsheet, JSON for programs"),
    only=_("Only commitments, questions or facts"),
    **options.described("actor", "recipient", "status", "about", "source", "since", "as_of"),
    kind=_("What kind of entry"),
)
@app_commands.autocomplete(**options.completed("actor", "recipient", "about", "source"))
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
        query = options.query(
            today,
            actor=actor,
            recipient=recipient,
            kind=kind,
            status=status,
            about=about,
            source=source,
            since=since,
            as_of=as_of,
        )
        return await show(app, workspace, query, options.one_of(FileFormat, written), only)

    await respond(itx, work())


async def show(app: App, workspace: str, query: Query, written: FileFormat, only: str = "") -> Answer:
    """The file. Raises `BadInput` for filters that no list has, and for too large a file."""
    groups = tuple(group for group in overview.GROUPS if group == only)
    found = await app.read(lambda store: overview.extract(store, workspace, query, groups))
    return Answer(await asyncio.to_thread(render.export_reply, found, written))
