"""The outbox: what is owed to channels is sent once.

A Posting is written in the transaction that causes it, so that a crash loses none. It is sent with a nonce made of it,
which Discord enforces for some minutes: sending it again then gives the message that is there. For an older one the
channel's recent history is searched for the Posting's marker, which is in the custom_id of each of its buttons.
Posts in forums have no nonce; `forums.py` looks for them instead.
Sources that come within a minute of one another are one message: those that come later are added to it by an edit.
Where a channel cannot be posted in, whoever set it is told in direct messages, once; a digest is paused.
"""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

import discord

from bot import digest, overview, render
from bot.app import App
from bot.chat import forums
from bot.chat.custom_id import unpack
from bot.chat.faults import PASSING, passing
from bot.chat.guests import GRACE
from bot.chat.layout import files, layout
from bot.chat.reply import NOBODY
from bot.domain import Posting, PostingState, Reply, Subscription
from bot.errors import NotAllowed, NotFound
from bot.render.digest import post_title
from bot.render.drafts import outcome_reply
from bot.render.entries import title_of
from bot.render.escape import visible
from bot.render.limits import FORUM_TAGS, THREAD_NAME
from bot.render.notices import digest_tags, tags
from bot.render.words import clip
from bot.store import Store, outcome_of
from bot.texts import _

log = logging.getLogger(__name__)

NONCE_MEMORY = timedelta(minutes=2)
"""How long a nonce is relied on; Discord says "a few minutes"."""
HISTORY = 100
"""How many of the latest messages are searched for one that may have been sent before."""
TRIES_OF_OURS = 5
"""How often a posting is tried that fails for a reason that is not Discord's."""
_LONGEST_WAIT = timedelta(minutes=15)

Talk = discord.TextChannel | discord.Thread | discord.DMChannel
Channel = Talk | discord.ForumChannel
PERSON = "@"
"""What the channel of a posting begins with that goes to a person's direct messages."""


def marker(posting: Posting) -> str:
    """The same for the same Posting, another for any other, also after the store was begun anew; 17 signs."""
    seed = f"{posting.workspace}|{posting.name}|{posting.created_at.isoformat()}"
    return f"p{hashlib.sha256(seed.encode()).hexdigest()[:16]}"


def next_try(attempts: int, now: datetime) -> datetime:
    """When to try again after so many tries: 2, 4, 8 ... seconds, never more than a quarter of an hour."""
    return now + min(timedelta(seconds=2 ** min(attempts + 1, 12)), _LONGEST_WAIT)


class Outbox:
    """Sends what is due."""

    def __init__(self, app: App, client: discord.Client) -> None:
        """Nothing is sent yet."""
        self.app = app
        self.client = client

    async def send_due(self) -> int:
        """Send everything that is due now, oldest first; how many were tried."""
        now = self.app.now()
        due = await self.app.read(lambda store: store.postings_due(now, of=self.app.settings.holds))
        for posting in due:
            await self._send(posting)
        return len(due)

    async def _send(self, posting: Posting) -> None:
        """Send one and mark it; a passing fault is tried again later, a lost cause given up."""
        try:
            told = await self._told(posting)
            message = await self._deliver(told) if told else None
        except NotFound:
            await self._fail(posting, _("there is nothing of it to tell"), lost=False)
        except Exception as error:  # noqa: BLE001 - one bad posting must not hold up the others
            await self._failed(posting, error)
        else:
            if message:
                await self._mark(told, message)

    async def _told(self, posting: Posting) -> Sequence[Posting]:
        """What is one message with a Posting; in a forum each source has a post of its own."""
        told = await self.app.read(lambda store: store.together(posting))
        if len(told) > 1 and isinstance(await self._channel(posting), discord.ForumChannel):
            return [each for each in told if each.id == posting.id]
        return told

    async def _mark(self, told: Sequence[Posting], message: int) -> None:
        now, pending = self.app.now(), [each for each in told if each.state is PostingState.PENDING]

        def mark(store: Store) -> None:
            with store.writing():
                for each in pending:
                    store.mark_sent(each.workspace, each.id, str(message), now)

        await self.app.write(mark)
        for each in pending:
            log.info("Posting %d is in channel %s", each.id, each.channel)

    async def _deliver(self, told: Sequence[Posting]) -> int:
        """The id of the message that the Postings became, or had become already; what came later is added to it."""
        first, now = told[0], self.app.now()
        channel = await self._channel(first)
        reply = await self._reply(told)
        view = layout(reply, mark=marker(first))
        if isinstance(channel, discord.ForumChannel):
            return await self._in_forum(channel, first, reply, view)
        said = next((each.message for each in reversed(told) if each.message), None)
        if said and (edited := await self._edit(channel.get_partial_message(int(said)), view)):
            return edited
        if said:
            return await self._deliver([each for each in told if not each.message])
        found = await self._find(channel, first, view) if now - first.created_at > NONCE_MEMORY else None
        sent = found or await channel.send(view=view, files=files(reply), nonce=marker(first), allowed_mentions=NOBODY)
        if len(told) > 1 and not _says(sent, view):
            await self._edit(sent, view)
        return sent.id

    async def _in_forum(
        self, forum: discord.ForumChannel, posting: Posting, reply: Reply, view: discord.ui.LayoutView
    ) -> int:
        """The post that a Posting became: the one that is there already, else a new one, with the tags that fit."""
        now = self.app.now()
        title, fitting = await self.app.read(lambda store: _titled(store, posting, now))
        name, mark = visible(clip(title, THREAD_NAME))[:THREAD_NAME], marker(posting)
        old = now - posting.created_at > NONCE_MEMORY
        there = await forums.made(forum, name, self.client.user, lambda first: _carries(first, mark), archived=old)
        if there:
            return there
        wanted = [tag for tag in forum.available_tags if tag.name.casefold() in fitting and not tag.moderated]
        return await forums.make(self.client, forum, name, view, files(reply), wanted[:FORUM_TAGS])

    async def _edit(self, message: discord.Message | discord.PartialMessage, view: discord.ui.LayoutView) -> int | None:
        """Let a message say this instead; None where somebody deleted it."""
        try:
            await message.edit(view=view, allowed_mentions=NOBODY)
        except discord.NotFound:
            return None
        return message.id

    async def _channel(self, posting: Posting) -> Channel:
        """The channel, which must be of the Posting's server, or the direct messages of a person."""
        if posting.channel.startswith(PERSON):
            if posting.kind in {"follow", "outcome"}:
                await self._still_there(posting)
            person = await self.client.fetch_user(int(posting.channel.removeprefix(PERSON)))
            return person.dm_channel or await person.create_dm()
        found = self.client.get_channel(int(posting.channel)) or await self.client.fetch_channel(int(posting.channel))
        if not isinstance(found, discord.TextChannel | discord.Thread | discord.ForumChannel):
            raise NotAllowed(_("it is no channel that messages can be posted in"))
        if str(found.guild.id) != posting.workspace:
            raise NotAllowed(_("the channel is in another server"))
        return found

    async def _still_there(self, posting: Posting) -> None:
        """Raise `NotAllowed` where the person, or the bot, has left the server that the message tells of."""
        guild = self.client.get_guild(int(posting.workspace))
        if guild is None:
            raise NotAllowed(_("Dossier is not in that server any more"))
        await guild.fetch_member(int(posting.channel.removeprefix(PERSON)))

    async def _reply(self, told: Sequence[Posting]) -> Reply:
        """What is told. Raises `NotFound` where nothing of it is held any more, or wanted."""
        posting, now = told[0], self.app.now()
        guild = self.client.get_guild(int(posting.workspace))

        def ask(store: Store) -> Reply:
            match posting.kind:
                case "digest":
                    return render.digest_reply(digest.of_posting(store, posting, now))
                case "follow":
                    member = posting.channel.removeprefix(PERSON)
                    update = overview.news_for(store, posting.workspace, posting.subject, member)
                    return render.followed_reply(update, guild.name if guild else _("your server"))
                case "outcome":
                    return outcome_reply(outcome_of(posting.content), guild.name if guild else _("your server"))
                case "welcome":
                    return render.welcome_reply(GRACE.days)
                case "notice":
                    return _notice(digest.of_notice(store, posting), posting, guild.name if guild else _("your server"))
                case _:
                    found = [digest.of_source(store, each.workspace, each.subject) for each in told]
                    if not any(found):
                        raise NotFound("Nothing of it is wanted.")
                    return render.updates_reply([each for each in found if each])

        return await self.app.read(ask)

    async def _find(self, channel: Talk, posting: Posting, view: discord.ui.LayoutView) -> discord.Message | None:
        """The message that the Posting became: it carries the marker, or, where it has no buttons, says the same.

        Raises `Forbidden` where the history may not be read.
        """
        personal = posting.channel.startswith(PERSON) or posting.kind == "welcome"
        async for message in channel.history(limit=HISTORY):
            if message.author != self.client.user:
                continue
            if _carries(message, marker(posting)) or (personal and _says(message, view)):
                return message
        return None

    async def _failed(self, posting: Posting, error: Exception) -> None:
        ours = not isinstance(error, (discord.HTTPException, NotAllowed, *PASSING))
        if ours:
            log.error("Posting %d could not be made", posting.id, exc_info=error)
        if posting.attempts >= TRIES_OF_OURS if ours else not passing(error):
            await self._fail(posting, _words(error), lost=True)
            return
        now = self.app.now()
        again = next_try(posting.attempts, now)
        log.warning("Posting %d is tried again at %s: %s", posting.id, again.isoformat(), error)
        await self.app.write(
            lambda store: store.mark_failed(posting.workspace, posting.id, str(error), now, retry_at=again)
        )

    async def _fail(self, posting: Posting, why: str, *, lost: bool) -> None:
        """Give it up; where the channel is `lost`, whoever set it is told, and a digest is paused.

        A person whom direct messages do not reach gets no more of them, and hears so at their next /catchup.
        """
        now = self.app.now()
        log.warning("Posting %d to channel %s was given up: %s", posting.id, posting.channel, why)

        def give_up(store: Store) -> None:
            with store.writing():
                store.mark_failed(posting.workspace, posting.id, why, now)
                if lost:
                    digest.lose(store, posting, why, now)
                if lost and posting.kind == "follow":
                    store.refuse_direct(posting.workspace, posting.channel.removeprefix(PERSON), now)
                if lost and posting.kind == "outcome":
                    store.tell_outcome(
                        posting.workspace, posting.channel.removeprefix(PERSON), outcome_of(posting.content)
                    )

        await self.app.write(give_up)


def _titled(store: Store, posting: Posting, now: datetime) -> tuple[str, frozenset[str]]:
    """The title of a post in a forum, and the names of tags that fit it. Raises `NotFound` for what is not wanted."""
    if posting.kind == "digest":
        told = digest.of_posting(store, posting, now)
        return post_title(told), digest_tags(told)
    found = digest.of_source(store, posting.workspace, posting.subject)
    if found is None:
        raise NotFound("Nothing of it is wanted.")
    return title_of(found.source), tags(found)


def _notice(said: Subscription | str, posting: Posting, server: str) -> Reply:
    if isinstance(said, str):
        return render.lost_reply(said, server, posting.created_at)
    return render.paused_reply(said, server)


def _words(error: Exception) -> str:
    """Why a channel cannot be posted in, as a part of a sentence."""
    match error:
        case discord.Forbidden():
            return _("Dossier may not post there ({reason})", reason=error.text or "Missing Access")
        case discord.NotFound():
            return _("the channel is gone")
        case discord.HTTPException():
            return _("Discord refused the message ({reason})", reason=error.text or error.status)
        case NotAllowed():
            return str(error)
    return _("the message could not be made; the log says why")


def _carries(message: discord.Message, mark: str) -> bool:
    view = discord.ui.LayoutView.from_message(message)
    buttons = (unpack(item.custom_id or "") for item in view.walk_children() if isinstance(item, discord.ui.Button))
    return any(button and button.mark.startswith(mark) for button in buttons)


def _says(message: discord.Message, view: discord.ui.LayoutView) -> bool:
    said = discord.ui.LayoutView.from_message(message)
    texts = [
        [item.content for item in each.walk_children() if isinstance(item, discord.ui.TextDisplay)]
        for each in (said, view)
    ]
    return texts[0] == texts[1]
