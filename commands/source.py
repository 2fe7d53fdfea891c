"""`/source`: moderators add and remove the documents that everything rests on."""

from dataclasses import replace

import discord
from discord import app_commands

from bot import answer, render, revise
from bot.app import App
from bot.chat import options
from bot.chat.adding import Fetch, Handed, from_web
from bot.chat.adding import add as add_document
from bot.chat.faults import PASSING
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.layout import DONE, PROBLEM
from bot.chat.pasted import form
from bot.chat.reply import Answer, Interaction, refuse, respond, show_form
from bot.domain import Action, Reply, Source
from bot.errors import BadInput, FileTooLarge
from bot.fetch import checked
from bot.render.limits import FILE_BYTES

source = app_commands.Group(
    name="source",
    description="Add and remove sources",
    default_permissions=discord.Permissions(manage_guild=True),
)


@source.command(name="add", description="Add a document: a file, a web page, or pasted text if you give neither")
@app_commands.describe(
    file="txt, Markdown, HTML, PDF or DOCX, in English, up to 10 MiB",
    url="The address of a web page or a document, such as https://example.org/statement",
    title="Its title, if the document does not say it well",
    date="When it was published, if the document does not say: 2026-03-14",
    supersedes="The source of which this is a new version (S-2)",
)
@app_commands.autocomplete(supersedes=options.choices_of("source"))
async def add(
    itx: Interaction,
    file: discord.Attachment | None = None,
    url: str = "",
    title: str = "",
    date: str = "",
    supersedes: str = "",
) -> None:
    """Answer `/source add`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    named = options.words(title)
    published = options.day(date, itx.client.app.now().date(), option="date")
    old = supersedes[: options.WORDS]
    if file is not None and url:
        raise BadInput("Give a file or an address, one of the two. Add the other one in a call of its own.")
    if url:
        name, fetch = str(checked(url)), from_web(itx.client.app, url)
        await add_document(itx, workspace, fetch, name, title=named, published=published, supersedes=old)
        return
    if file is None and supersedes:
        await refuse(itx, "Give the new version as a file or an address, so that it can take the place of the source.")
        return
    if file is None:
        await show_form(itx, form(title=named, published=published.isoformat() if published else ""))
        return
    if file.size > FILE_BYTES:
        raise FileTooLarge(file.filename, size=f"{file.size / 1024 / 1024:.1f}", limit=FILE_BYTES // 1024 // 1024)
    await add_document(
        itx,
        workspace,
        fetching(file),
        file.filename,
        title=named,
        published=published,
        supersedes=old,
    )


@source.command(name="remove", description="Remove a source, and all that rests on it alone")
@app_commands.describe(id="The source's id (S-2)")
@app_commands.autocomplete(id=options.choices_of("source"))
async def remove(itx: Interaction, id: str) -> None:  # noqa: A002
    """Answer `/source remove`: ask whether it is meant."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, confirm(itx.client.app, workspace, id[: options.WORDS]))


@source.command(name="retract", description="Flag a source as retracted, with all that rests on it alone")
@app_commands.describe(id="The source's id (S-2)")
@app_commands.autocomplete(id=options.choices_of("source"))
async def retract(itx: Interaction, id: str) -> None:  # noqa: A002
    """Answer `/source retract`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, withdraw(itx.client.app, workspace, id[: options.WORDS], str(itx.user.id)))


@source.command(name="restore", description="Let a retracted or removed source count again")
@app_commands.describe(id="The source's id (S-2)")
async def restore(itx: Interaction, id: str) -> None:  # noqa: A002
    """Answer `/source restore`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, bring_back(itx.client.app, workspace, id[: options.WORDS], str(itx.user.id)))


async def withdraw(app: App, workspace: str, id: str, by: str) -> Answer:  # noqa: A002
    """Retract a source. Raises `NotFound`."""
    now = app.now()
    return Answer(
        render.retracted_reply(await app.write(lambda store: revise.retract(store, workspace, id, by, now))),
        colour=DONE,
    )


async def bring_back(app: App, workspace: str, id: str, by: str) -> Answer:  # noqa: A002
    """Restore a source. Raises `NotFound`, and `BadInput` where its text was added again."""
    now = app.now()
    return Answer(
        render.restored_reply(await app.write(lambda store: revise.restore(store, workspace, id, by, now))),
        colour=DONE,
    )


def fetching(file: discord.Attachment) -> Fetch:
    """Get the bytes at once, for the address of an attachment expires."""

    async def fetch() -> Handed:
        try:
            return Handed(await file.read(), file.filename)
        except (discord.HTTPException, *PASSING) as error:
            raise BadInput(f"{file.filename} could not be fetched from Discord. Add it again.") from error

    return fetch


async def confirm(app: App, workspace: str, id: str) -> Answer:  # noqa: A002
    """What would go, with a button to do it. Raises `NotFound`, and `BadInput` for an entry's id."""
    found = await app.read(lambda store: answer.show(store, workspace, id))
    if not isinstance(found, Source):
        raise BadInput(f"{found.id} is not a source. Give a source's id, like S-2; /sources lists them.")
    note = "Removing it takes away every entry that rests on it alone. Its id is not used again."
    yes, no = Action(f"Remove {found.id}", "remove", found.id), Action("Keep it", "keep")
    (item,) = render.show_reply(found).items
    details = tuple(row for row in item.details if row[0] in {"Published", "Added", "Found"})
    reply = Reply(f"Remove {found.id}?", items=(replace(item, details=details),), notes=(note,))
    return Answer(reply, extra=(yes, no), colour=PROBLEM)
