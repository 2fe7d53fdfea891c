"""`/commitments`: who has undertaken what."""

from discord import app_commands

from bot.app import App
from bot.chat import answers, options
from bot.chat.guild import workspace_of
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import CommitmentKind, CommitmentStatus, Order
from bot.texts import _


@app_commands.command(description=_("Who has undertaken what, with the sentence behind each line"))
@app_commands.describe(
    **options.described("actor", "recipient", "status", "about", "source", "since", "as_of"),
    kind=_("How they stand to it"),
    order=_("What stands first: the latest, or what most sources say"),
    passed=_("Only what was due and is not spoken of since"),
    share=_("Answer for all to see"),
)
@app_commands.autocomplete(**options.completed("actor", "recipient", "about", "source"))
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
    passed: bool = False,
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
        passed=passed,
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
    passed: bool = False,
) -> Answer:
    """The first page of the commitments that match. Raises `BadInput` for a day that cannot be understood."""
    query = options.query(
        app.now().date(),
        actor=actor,
        recipient=recipient,
        kind=kind,
        status=status,
        about=about,
        source=source,
        since=since,
        as_of=as_of,
        order=order,
        passed=passed,
    )
    return await answers.listing(app, workspace, "commitments", query)
