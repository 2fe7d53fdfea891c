"""`/source feed`: the RSS and Atom feeds that a server follows."""

from discord import app_commands

from bot.app import App
from bot.chat import feeds
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, respond
from bot.errors import NotFound
from bot.fetch import checked
from bot.render.drafts import feeds_reply, followed_reply, unfollowed_reply
from bot.render.limits import CHOICE_NAME, CHOICES
from bot.render.words import clip
from bot.texts import _


def feed_group(parent: app_commands.Group) -> app_commands.Group:
    """`/source feed` with its commands."""
    group = app_commands.Group(
        name="feed", description=_("RSS and Atom feeds whose items become sources"), parent=parent
    )

    @group.command(name="add", description=_("Follow a feed: its items become sources, now and as they come"))
    @app_commands.describe(url=_("The feed's address, or that of a page which names its feed"))
    async def add(itx: Interaction, url: str) -> None:
        workspace = workspace_of(itx)
        require_moderator(itx)
        address = str(checked(url))
        await respond(itx, follow(itx.client.app, workspace, address, str(itx.user.id)))

    @group.command(name="list", description=_("The feeds that are followed, and how they were found last"))
    async def list_(itx: Interaction) -> None:
        workspace = workspace_of(itx)
        require_moderator(itx)
        await respond(itx, listed(itx.client.app, workspace))

    @group.command(name="remove", description=_("Follow a feed no more; the sources that it brought stay"))
    @app_commands.describe(feed=_("The feed's address"))
    async def remove(itx: Interaction, feed: str) -> None:
        workspace = workspace_of(itx)
        require_moderator(itx)
        await respond(itx, unfollow(itx.client.app, workspace, feed, str(itx.user.id)))

    @remove.autocomplete("feed")
    async def followed(itx: Interaction, current: str) -> list[app_commands.Choice[str]]:
        workspace = workspace_of(itx)
        held = await itx.client.app.read(lambda store: store.feeds(workspace))
        wanted = current.strip().casefold()
        return [
            app_commands.Choice(name=clip(f"{each.title} · {each.url}", CHOICE_NAME), value=str(each.id))
            for each in held
            if wanted in f"{each.title} {each.url}".casefold()
        ][:CHOICES]

    return group


async def follow(app: App, workspace: str, url: str, by: str) -> Answer:
    """Follow the feed at an address. Raises `CannotFetch`, and `BadInput` for one that is followed already."""
    feeds.refuse_more(await app.read(lambda store: store.feeds(workspace)))
    found = await feeds.find(app.web, url)
    now = app.now()
    feed = await app.write(lambda store: store.add_feed(workspace, found.url, found.listing.title, by, now))
    return Answer(followed_reply(feed, len(found.listing.entries)), colour=DONE)


async def listed(app: App, workspace: str) -> Answer:
    """The feeds that are followed."""
    return Answer(feeds_reply(await app.read(lambda store: store.feeds(workspace))))


async def unfollow(app: App, workspace: str, which: str, by: str) -> Answer:
    """Follow a feed no more, by its number or address. Raises `NotFound`."""
    held = await app.read(lambda store: store.feeds(workspace))
    found = next((each for each in held if which.strip() in {str(each.id), each.url}), None)
    if found is None:
        raise NotFound(_("There is no such feed here. /source feed list shows those that are followed."))
    now = app.now()
    ended = await app.write(lambda store: store.end_feed(workspace, found.id, by, now))
    return Answer(unfollowed_reply(ended), colour=DONE)
