"""`/source`: moderators add and remove the documents that everything rests on."""

from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import app_commands

from bot import answer, render, revise
from bot.app import App
from bot.chat import drafts, options
from bot.chat.adding import Handed, Wanted, from_web
from bot.chat.adding import add as add_documents
from bot.chat.guild import require_moderator, require_remover, workspace_of
from bot.chat.layout import DONE, PROBLEM
from bot.chat.messages import documents, fetching, no_source, origins, refuse_large
from bot.chat.pasted import form
from bot.chat.reply import Answer, Interaction, respond, show_form
from bot.domain import Action, DraftKind, Reply, Source, SourceStatus
from bot.errors import BadInput
from bot.fetch import checked
from bot.texts import _
from commands._feeds import feed_group

source = app_commands.Group(
    name="source",
    description=_("Add and remove sources"),
    default_permissions=discord.Permissions(manage_guild=True),
)


@source.command(name="add", description=_("Add documents: files, a web page, or pasted text if you give neither"))
@app_commands.describe(
    file=_("txt, Markdown, HTML, PDF or DOCX, in English, up to 10 MiB"),
    url=_("The address of a web page or a document, such as https://example.org/statement"),
    title=_("Its title, if the document does not say it well"),
    date=_("When it was published, if the document does not say: 2026-03-14"),
    supersedes=_("The source of which this is a new version (S-2)"),
    preview=_("Look at what is found before it is saved: by default for web pages, not for files"),
    file2=_("A second file"),
    file3=_("A third file"),
    file4=_("A fourth file"),
    file5=_("A fifth file"),
)
@app_commands.autocomplete(supersedes=options.choices_of("source"))
async def add(
    itx: Interaction,
    file: discord.Attachment | None = None,
    url: str = "",
    title: str = "",
    date: str = "",
    supersedes: str = "",
    preview: bool | None = None,
    file2: discord.Attachment | None = None,
    file3: discord.Attachment | None = None,
    file4: discord.Attachment | None = None,
    file5: discord.Attachment | None = None,
) -> None:
    """Answer `/source add`."""
    workspace, app = workspace_of(itx), itx.client.app
    require_moderator(itx)
    files = [each for each in (file, file2, file3, file4, file5) if each is not None]
    wanted = Wanted(
        _nothing,
        "",
        options.words(title),
        options.day(date, app.now().date(), option="date"),
        supersedes[: options.WORDS],
        kind=DraftKind.PREVIEW if (bool(url) if preview is None else preview) else None,
    )
    _refuse(files, url, wanted)
    if url:
        await add_documents(itx, workspace, replace(wanted, fetch=from_web(app, url), name=str(checked(url))))
    elif files:
        await add_documents(
            itx, workspace, *(replace(wanted, fetch=fetching(each), name=each.filename) for each in files)
        )
    else:
        day = wanted.published.isoformat() if wanted.published else ""
        await show_form(itx, form(title=wanted.title, published=day))


async def _nothing() -> Handed:
    raise AssertionError("not reached")


def _refuse(files: Sequence[discord.Attachment], url: str, wanted: Wanted) -> None:
    """Raise what is wrong with the options before anything is asked for."""
    if files and url:
        raise BadInput(_("Give files or an address, one of the two. Add the other in a call of its own."))
    if len(files) > 1 and (wanted.title or wanted.published or wanted.supersedes):
        raise BadInput(
            _("The options title, date and supersedes are for a single file. Add the others in another call.")
        )
    if wanted.supersedes and not files and not url:
        raise BadInput(_("Give the new version as a file or an address, so that it can take the place of the source."))
    if len(files) == 1:
        refuse_large(files[0])


@source.command(name="remove", description=_("Remove a source, and all that rests on it alone"))
@app_commands.describe(id=_("The source's id (S-2)"))
@app_commands.autocomplete(id=options.choices_of("source"))
async def remove(itx: Interaction, id: str) -> None:  # noqa: A002
    """Answer `/source remove`: ask whether it is meant. Who wrote the message that a source is may remove it, too."""
    workspace = workspace_of(itx)
    await require_remover(itx, workspace, id[: options.WORDS])
    await respond(itx, confirm(itx.client.app, workspace, id[: options.WORDS], str(itx.user.id)))


@source.command(name="retract", description=_("Flag a source as retracted, with all that rests on it alone"))
@app_commands.describe(id=_("The source's id (S-2)"))
@app_commands.autocomplete(id=options.choices_of("source"))
async def retract(itx: Interaction, id: str) -> None:  # noqa: A002
    """Answer `/source retract`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, withdraw(itx.client.app, workspace, id[: options.WORDS], str(itx.user.id)))


@source.command(name="restore", description=_("Let a retracted or removed source count again"))
@app_commands.describe(id=_("The source's id (S-2)"))
async def restore(itx: Interaction, id: str) -> None:  # noqa: A002
    """Answer `/source restore`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, bring_back(itx.client.app, workspace, id[: options.WORDS], str(itx.user.id)))


feed = feed_group(source)


@source.command(name="queue", description=_("Look at what members suggested, and keep or discard it"))
async def queue(itx: Interaction) -> None:
    """Answer `/source queue`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, drafts.queue(itx.client.app, workspace))


@app_commands.context_menu(name="Add as source")
@app_commands.default_permissions(manage_guild=True)
async def add_message(itx: Interaction, message: discord.Message) -> None:
    """Make a source of a message and its attachments, after a look."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    me = itx.client.user.id if itx.client.user else None
    await add_documents(itx, workspace, *documents(message, me))


@app_commands.context_menu(name="Take out of sources")
async def take_out(itx: Interaction, message: discord.Message) -> None:
    """Remove the source that a message became: for moderators, and, then for good, for who wrote it."""
    workspace = workspace_of(itx)
    held = await itx.client.app.read(
        lambda store: [
            each
            for origin in origins(message)
            for each in store.sources_at(workspace, origin, ever=True)
            if each.status is SourceStatus.CURRENT or each.author == str(itx.user.id)
        ]
    )
    if not held:
        raise no_source()
    await require_remover(itx, workspace, held[0].id)
    await respond(itx, confirm(itx.client.app, workspace, held[0].id, str(itx.user.id)))


menu = (add_message, take_out)


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


async def confirm(app: App, workspace: str, id: str, by: str) -> Answer:  # noqa: A002
    """What would go, with a button to do it. Raises `NotFound`, and `BadInput` for an entry's id."""
    found = await app.read(lambda store: answer.show(store, workspace, id))
    if not isinstance(found, Source):
        raise BadInput(_("{id} is not a source. Give a source's id, like S-2; /sources lists them.", id=found.id))
    note = _("Removing it takes away every entry that rests on it alone. Its id is not used again.")
    if found.author == by:
        note = _("You wrote it: its text and every entry that rests on it alone are deleted. It cannot be taken back.")
    yes, no = Action(_("Remove {id}", id=found.id), "remove", found.id), Action(_("Keep it"), "keep")
    (item,) = render.show_reply(found).items
    details = tuple(row for row in item.details if row[0] in {_("Published"), _("Added"), _("Found")})
    reply = Reply(_("Remove {id}?", id=found.id), items=(replace(item, details=details),), notes=(note,))
    return Answer(reply, extra=(yes, no), colour=PROBLEM)
