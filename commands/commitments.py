"""`/commitments`: who has undertaken what."""

from discord import app_commands

from bot.app import App
from bot.chat import answers, options
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import CommitmentKind, CommitmentStatus, Order, Query


@app_commands.command(description="Who has undertaken what, with the sentence behind each line")
@app_commands.describe(
    actor="Who undertook it: a country, body or person, by any of its names",
    recipient="To whom or for whom",
    kind="How they stand to it",
    status="Where it stands",
    about="Words that it speaks of, or a party",
    source="Only from this source (S-2)",
    since="Spoken of since this day: 2026-03-14, or “2 weeks”",
    as_of="As it was known on this day",
    order="What stands first: the latest, or what most sources say",
    share="Answer for all to see",
)
@app_commands.autocomplete(
    actor=options.choices_of("party"),
    recipient=options.choices_of("party"),
    about=options.choices_of("party"),
    source=options.choices_of("source"),
)
@app_commands.choices(
    kind=options.fixed(CommitmentKind), status=options.fixed(CommitmentStatus), order=options.fixed(Order)
)
async def commitments(
    itx: Interaction,
    actor: str = "",
    recipient: str = "",
    kind: str = "",
    status: str = "",
    about: str = "",
    source: str = "",
    since: str = "",
    as_of: str = "",
    order: str = "",
    share: bool = False,
) -> None:
    """Answer `/commitments`."""
    work = show(
        itx.client.app,
        workspace_of(itx),
        actor=actor,
        recipient=recipient,
        kind=kind,
        status=status,
        about=about,
        source=source,
        since=since,
        as_of=as_of,
        order=order,
    )
    await respond(itx, work, public=share)


async def show(
    app: App,
    workspace: str,
    *,
    actor: str = "",
    recipient: str = "",
    kind: str = "",
    status: str = "",
    about: str = "",
    source: str = "",
    since: str = "",
    as_of: str = "",
    order: str = "",
) -> Answer:
    """The first page of the commitments that match. Raises `BadInput` for a day that cannot be understood."""
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
        order=order if order == Order.SOURCES else "",
    )
    return await answers.listing(app, workspace, "commitments", query)
