"""What members follow and what is kept of them, each for the one who asks alone."""

from bot import answer, overview, render
from bot.app import App
from bot.chat.layout import DONE
from bot.chat.reply import Answer
from bot.domain import Follow, FollowKind, Query
from bot.errors import NotFound
from bot.store import Store
from bot.texts import _


async def follow(app: App, workspace: str, member: str, what: str, *, direct: bool) -> Answer:
    """Follow it. Raises `NotFound` and `BadInput` for what cannot be followed."""
    now = app.now()

    def do(store: Store) -> Answer:
        kind, target = overview.followable(store, workspace, what)
        wanted = Follow(kind, target, now, direct)
        new = store.follow(workspace, member, wanted)
        near = answer.near(store, workspace, Query(about=target)) if kind is FollowKind.TOPIC else ()
        return Answer(render.following_reply(wanted, new=new, near=near), colour=DONE)

    return await app.write(do)


async def unfollow(app: App, workspace: str, member: str, what: str) -> Answer:
    """Follow it no longer. Raises `NotFound` for what they do not follow."""

    def do(store: Store) -> bool:
        named = {what, *store.parties_named(workspace, what), what.upper()}
        return bool(sum(store.unfollow(workspace, member, kind, name) for kind in FollowKind for name in sorted(named)))

    if not await app.write(do):
        raise NotFound(_("You do not follow that. /follow list shows what you follow."))
    return Answer(render.unfollowed_reply(what), colour=DONE)


async def follows(app: App, workspace: str, member: str) -> Answer:
    """What they follow."""
    return Answer(render.follows_reply(await app.read(lambda store: store.follows(workspace, member))))


async def forget(app: App, workspace: str, member: str) -> Answer:
    """Delete what is kept of a member, for good."""
    return Answer(render.forgotten_reply(await app.write(lambda store: store.forget(workspace, member))), colour=DONE)
