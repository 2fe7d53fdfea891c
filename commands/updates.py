"""`/updates`: moderators choose the channel that hears of new sources."""

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot import overview
from bot.app import App
from bot.chat import options
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, respond
from bot.digest import KINDS, filter_of
from bot.domain import Filter, Reply
from bot.errors import NotAllowed
from bot.render.digest import filter_words
from bot.render.escape import discord as discord_text
from bot.render.words import human_join
from bot.texts import _

updates = app_commands.Group(
    name="updates",
    description=_("Post an update when a source is added"),
    default_permissions=discord.Permissions(manage_guild=True),
)

Place = discord.TextChannel | discord.Thread | discord.ForumChannel
EVERYTHING = Filter()


class _Postable(app_commands.Transformer):
    """A channel that updates may go to; without media channels, which discord.py would offer along with forums."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """What Discord offers."""
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.news_thread, kinds.private_thread, kinds.public_thread, kinds.forum]

    async def transform(self, itx: Interaction, value: Any, /) -> Place:  # type: ignore[override]  # noqa: ARG002
        """The channel itself. Raises `NotAllowed` for one that the bot does not see."""
        found = value.resolve()
        if not isinstance(found, Place):
            raise NotAllowed(_("I do not see that channel. Let me view it, or choose another one."))
        return found


if TYPE_CHECKING:
    Postable = Place
else:
    Postable = app_commands.Transform[Place, _Postable]


@updates.command(name="set", description=_("Post in this channel whenever a source is added"))
@app_commands.describe(
    channel=_("A text channel, thread or forum that the bot may write in; in a forum each source is a post"),
    party=_("Only what names this party"),
    topic=_("Only what is about this party or these words"),
    kind=_("Only commitments, only open questions, or one kind of commitment"),
)
@app_commands.choices(kind=[app_commands.Choice(name=kind, value=kind) for kind in KINDS])
@app_commands.autocomplete(party=options.choices_of("party"), topic=options.choices_of("party"))
async def set_(itx: Interaction, channel: Postable, party: str = "", topic: str = "", kind: str = "") -> None:
    """Answer `/updates set`."""
    workspace = workspace_of(itx)
    require_moderator(itx)

    async def work() -> Answer:
        wanted = filter_of(options.words(party), options.words(topic), kind)
        return await choose(itx.client.app, workspace, channel, str(itx.user.id), wanted)

    await respond(itx, work())


@updates.command(name="stop", description=_("Post no more updates"))
async def stop(itx: Interaction) -> None:
    """Answer `/updates stop`."""
    workspace = workspace_of(itx)
    require_moderator(itx)
    await respond(itx, end(itx.client.app, workspace, str(itx.user.id)))


async def choose(app: App, workspace: str, channel: Place, by: str, wanted: Filter = EVERYTHING) -> Answer:
    """Set the channel and what it is told of. Raises `NotAllowed`, naming what the bot lacks there, and `NotFound`."""
    if str(channel.guild.id) != workspace:
        raise NotAllowed(_("That channel is in another server. Choose one of this server."))
    if lacking := missing(channel):
        raise NotAllowed(
            _(
                "Dossier lacks {lacking} in #{name}. "
                "Give its role these permissions there, then use the command again.",
                lacking=human_join(lacking),
                name=channel.name,
            )
        )
    refuse_tagged(channel)
    if wanted.party:
        await app.read(lambda store: overview.party(store, workspace, wanted.party, 1))
    now = app.now()
    await app.write(lambda store: store.set_updates_channel(workspace, str(channel.id), by, now, wanted))
    what = (
        _(" if it brings something of {wanted}", wanted=discord_text(filter_words(wanted)))
        if wanted != EVERYTHING
        else ""
    )
    footer = _(
        "Whenever a source is added, an update is posted in <#{id}>{what}. `/updates stop` ends it.",
        id=channel.id,
        what=what,
    )
    return Answer(Reply(_("Updates are on")), colour=DONE, footer=footer)


def refuse_tagged(channel: Place) -> None:
    """Raise `NotAllowed` for a forum that asks for a tag on each post."""
    if isinstance(channel, discord.ForumChannel) and channel.flags.require_tag:
        raise NotAllowed(
            _(
                "#{name} asks for a tag on each post, and not everything has one that fits. "
                "Let posts be without a tag there, then use the command again.",
                name=channel.name,
            )
        )


async def end(app: App, workspace: str, by: str) -> Answer:
    """No more updates."""
    now = app.now()
    wanted = await app.write(lambda store: store.stop_updates(workspace, by, now))
    if wanted:
        return Answer(Reply(_("Updates are off"), lead=_("Nothing more is posted. /updates set starts it again.")))
    return Answer(Reply(_("Updates were off"), lead=_("No channel was set. /updates set chooses one.")))


def missing(channel: Place, *, files: bool = False) -> list[str]:
    """The permissions that the bot needs in a channel and does not have, by the names that Discord shows.

    `files` says that it posts files there, too.
    """
    has = channel.permissions_for(channel.guild.me)
    in_thread, in_forum = isinstance(channel, discord.Thread), isinstance(channel, discord.ForumChannel)
    needed = {
        "View Channel": has.view_channel,
        "Send Messages in Threads" if in_thread else "Create Posts" if in_forum else "Send Messages": (
            has.send_messages_in_threads if in_thread else has.send_messages
        ),
        "Attach Files": has.attach_files or not files,
        "Read Message History": has.read_message_history,
    }
    return [name for name, given in needed.items() if not given]
