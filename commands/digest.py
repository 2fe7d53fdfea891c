"""`/digest`: moderators choose what a channel is told of regularly."""

from datetime import datetime

import discord
from discord import app_commands

from bot import digest as digests
from bot.app import App
from bot.chat import options
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import Cadence, Filter, Reply, Schedule, Subscription
from bot.errors import NotAllowed, NotFound
from bot.render import digest_reply, nothing_reply
from bot.render.digest import filter_words, schedule_words, set_command
from bot.render.escape import discord as discord_text
from bot.render.limits import CHOICE_NAME
from bot.render.words import human_join
from bot.schedule import DAYS, timezones
from bot.texts import _
from commands.updates import Place, Postable, missing, refuse_tagged

digest = app_commands.Group(
    name="digest",
    description=_("Tell a channel regularly what changed"),
    default_permissions=discord.Permissions(manage_guild=True),
)

HOUR = 9


async def _zones(_itx: Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=name, value=name) for name in timezones(current)]


async def _held(itx: Interaction, current: str) -> list[app_commands.Choice[str]]:
    try:
        workspace = workspace_of(itx)
    except NotAllowed:
        return []
    held = await itx.client.app.read(lambda store: store.digests(workspace))
    shown = [(f"#{one.place}: {schedule_words(one.schedule)}"[:CHOICE_NAME], str(one.id)) for one in held]
    return [
        app_commands.Choice(name=name, value=value) for name, value in shown if current.casefold() in name.casefold()
    ]


@digest.command(name="set", description=_("Tell a channel regularly what changed; nothing new, no message"))
@app_commands.rename(wanted="channel")
@app_commands.describe(
    wanted=_("A text channel, thread or forum (a post each time) that the bot may write in; its digest is replaced"),
    cadence=_("How often"),
    hour=_("At which full hour, 0 to 23; 9 if you give none"),
    timezone=_("By the clocks of which place; UTC if you give none"),
    day=_("On which day a weekly one comes; Monday if you give none"),
    party=_("Only what names this party"),
    topic=_("Only what is about this party or these words"),
    kind=_("Only commitments, only open questions, or one kind of commitment"),
)
@app_commands.choices(
    cadence=options.fixed(Cadence),
    day=[app_commands.Choice(name=name, value=name) for name in DAYS],
    kind=[app_commands.Choice(name=kind, value=kind) for kind in digests.KINDS],
)
@app_commands.autocomplete(timezone=_zones, party=options.choices_of("party"), topic=options.choices_of("party"))
async def set_(
    itx: Interaction,
    wanted: Postable,
    cadence: str,
    hour: app_commands.Range[int, 0, 23] = HOUR,
    timezone: str = "UTC",
    day: str = DAYS[0],
    party: str = "",
    topic: str = "",
    kind: str = "",
) -> None:
    """Answer `/digest set`."""
    workspace = workspace_of(itx)
    require_moderator(itx)

    async def work() -> Answer:
        schedule = digests.schedule_of(cadence, hour, timezone, day)
        told = digests.filter_of(options.words(party), options.words(topic), kind)
        return await choose(itx.client.app, workspace, wanted, (schedule, told), str(itx.user.id))

    await respond(itx, work())


@digest.command(name="list", description=_("The digests that are set here, and when each comes next"))
async def list_(itx: Interaction) -> None:
    """Answer `/digest list`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, listed(itx.client.app, workspace))


@digest.command(name="preview", description=_("What a digest would tell if it came now; for you alone"))
@app_commands.describe(which=_("Which digest; it may be left out where there is one"))
@app_commands.rename(which="digest")
@app_commands.autocomplete(which=_held)
async def preview(itx: Interaction, which: str = "") -> None:
    """Answer `/digest preview`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, previewed(itx.client.app, workspace, which))


@digest.command(name="stop", description=_("End a digest"))
@app_commands.describe(which=_("Which digest; it may be left out where there is one"))
@app_commands.rename(which="digest")
@app_commands.autocomplete(which=_held)
async def stop(itx: Interaction, which: str = "") -> None:
    """Answer `/digest stop`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, end(itx.client.app, workspace, which, str(itx.user.id)))


async def choose(app: App, workspace: str, channel: Place, wanted: tuple[Schedule, Filter], by: str) -> Answer:
    """Set it. Raises `NotAllowed`, naming what the bot lacks in the channel."""
    if str(channel.guild.id) != workspace:
        raise NotAllowed(_("That channel is in another server. Choose one of this server."))
    if lacking := missing(channel, files=True):
        raise NotAllowed(
            _(
                "Dossier lacks {lacking} in #{name}. "
                "Give its role these permissions there, then use the command again.",
                lacking=human_join(lacking),
                name=channel.name,
            )
        )
    refuse_tagged(channel)
    now, place = app.now(), (str(channel.id), channel.name)
    held = await app.write(lambda store: digests.set_up(store, workspace, place, wanted, by, now))
    lines = [_line(held, now), "", _("`/digest preview` shows what it would tell now; `/digest stop` ends it.")]
    return Answer(Reply(_("The digest is set")), colour=DONE, footer="\n".join(lines))


async def listed(app: App, workspace: str) -> Answer:
    """All digests, those that are paused with the reason and how they start again."""
    held, now = await app.read(lambda store: store.digests(workspace)), app.now()
    if not held:
        return Answer(Reply(_("Digests"), lead=_("None is set. /digest set chooses a channel, and how often.")))
    return Answer(Reply(_("Digests")), footer="\n".join(_line(one, now) for one in held))


async def previewed(app: App, workspace: str, which: str) -> Answer:
    """What would be posted now. Raises `NotFound`."""
    now = app.now()
    held = _chosen(await app.read(lambda store: store.digests(workspace)), which)
    wanted = held.schedule, held.filter
    found = await app.read(lambda store: digests.of_period(store, workspace, wanted, held.covered, now))
    return Answer(nothing_reply(found) if found.empty else digest_reply(found))


async def end(app: App, workspace: str, which: str, by: str) -> Answer:
    """No more of it. Raises `NotFound`."""
    now = app.now()
    held = _chosen(await app.read(lambda store: store.digests(workspace)), which)
    await app.write(lambda store: store.stop_digest(workspace, held.id, by, now))
    return Answer(
        Reply(_("The digest has ended"), lead=_("Nothing more is posted in #{place} on a schedule.", place=held.place))
    )


def _chosen(held: tuple[Subscription, ...], which: str) -> Subscription:
    """The digest meant: by its number, by its channel's name, or the only one. Raises `NotFound`."""
    name = which.strip().removeprefix("#")
    found = [one for one in held if not name or name in {str(one.id), one.place, one.channel}]
    if len(found) == 1:
        return found[0]
    if not held:
        raise NotFound(_("No digest is set here. /digest set chooses a channel, and how often."))
    names = human_join([f"#{one.place}" for one in held], "or")
    raise NotFound(_("Say which digest you mean: {names}.", names=names))


def _line(one: Subscription, now: datetime) -> str:
    """A digest in Markdown of our own: the channel as a link, instants in the reader's time."""
    wanted = filter_words(one.filter)
    about = f", {discord_text(wanted)}" if wanted else ""
    line = f"- <#{one.channel}> {schedule_words(one.schedule)}{about}"
    if one.paused_at is None:
        return (
            _("{line}; next {next_at}", line=line, next_at=_stamp(one.next_at))
            if one.next_at > now
            else _("{line}; due now", line=line)
        )
    why = discord_text(one.paused_why)
    again = set_command(one).replace("`", "'")
    return _(
        "{line}\n  **Paused** since {paused_at}: {why}. It starts again with `{again}`",
        line=line,
        paused_at=_stamp(one.paused_at),
        why=why,
        again=again,
    )


def _stamp(instant: datetime) -> str:
    return f"<t:{int(instant.timestamp())}:f>"
