"""Posts in forums, each made once. Discord has no nonce for posts, so nothing but looking tells whether one is there.

discord.py sends a request again by itself where the answer is lost (a broken line, 502), and the post may be there by
then. So the request can be read once only: a second reading is a passing fault, and the outbox looks before it tries
again.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import discord
from discord.http import Route, handle_message_parameters

from bot.chat.reply import NOBODY

SEARCHED = 50
"""How many archived posts are looked at."""


class AnswerLost(ConnectionError):
    """The request was made, and nobody knows what came of it."""


class Once:
    """The parts of a request, for one try. Raises `AnswerLost` when they are read again."""

    def __init__(self, parts: Sequence[dict[str, Any]]) -> None:
        """Nothing was read yet."""
        self._parts: Sequence[dict[str, Any]] | None = parts

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The parts, the first time."""
        parts, self._parts = self._parts, None
        if parts is None:
            raise AnswerLost("the answer to a post in a forum was lost")
        return iter(parts)


async def made(
    forum: discord.ForumChannel,
    name: str,
    me: discord.abc.User | None,
    meant: Callable[[discord.Message], bool],
    *,
    archived: bool,
) -> int | None:
    """The id of our post of this name whose first message is the one that is meant, as Discord has it now."""
    posts = [thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id]
    if archived:
        posts += [thread async for thread in forum.archived_threads(limit=SEARCHED)]
    for thread in posts:
        if thread.name == name and me and thread.owner_id == me.id:
            async for first in thread.history(limit=1, oldest_first=True):
                if meant(first):
                    return first.id
    return None


async def make(
    client: discord.Client,
    forum: discord.ForumChannel,
    name: str,
    view: discord.ui.LayoutView,
    files: Sequence[discord.File],
    tags: Sequence[discord.ForumTag],
) -> int:
    """The id of the first message of a new post. Raises `AnswerLost` where it is unknown whether it is there."""
    head = {
        "name": name,
        "auto_archive_duration": forum.default_auto_archive_duration,
        "applied_tags": [str(tag.id) for tag in tags],
    }
    with handle_message_parameters(
        view=view,
        files=files or discord.utils.MISSING,
        allowed_mentions=NOBODY,
        channel_payload=head,
    ) as params:
        whole = {"name": "payload_json", "value": discord.utils._to_json(params.payload), "content_type": _JSON}
        data = await client.http.request(
            Route("POST", "/channels/{channel_id}/threads", channel_id=forum.id),
            files=params.files,
            form=Once(params.multipart or [whole]),
            params={"use_nested_fields": 1},
        )
    return int(data["message"]["id"])


_JSON = "application/json"
