"""A message of the server as a document: what a moderator hands over with a right-click.

No message is read otherwise. The address of the message is kept as the origin, and who wrote it, so that they can have
it taken out again.
"""

from collections.abc import Iterator
from urllib.parse import quote

import discord

from bot.chat.adding import Fetch, Handed, Wanted
from bot.chat.faults import PASSING
from bot.domain import DraftKind
from bot.errors import BadInput, FileTooLarge, NotFound
from bot.render.limits import FILE_BYTES
from bot.text.formats import formats, suffix_of
from bot.texts import _

NAME = "Message"
_A_COMMENT = 10
"""A text of fewer words beside an attachment only says that there is one."""
_MOST = 5


def documents(message: discord.Message, me: int | None) -> tuple[Wanted, ...]:
    """The text of a message and its attachments that can be read. Raises `BadInput` where there is neither."""
    if message.author.id == me:
        raise BadInput(_("This is a message of Dossier's own. Add the document that it speaks of."))
    found = tuple(_documents(message))[:_MOST]
    if not found:
        raise BadInput(_("This message has no text, and no attachment that can be read. Nothing was added."))
    return found


def origins(message: discord.Message) -> tuple[str, ...]:
    """The origins that Sources from this message have."""
    return (message.jump_url, *(_origin(message, each) for each in message.attachments))


def _documents(message: discord.Message) -> Iterator[Wanted]:
    author = "" if message.author.bot or message.webhook_id else str(message.author.id)
    files = [each for each in message.attachments if _readable(each)]
    text = message.content or "\n\n".join(each.content for each in message.message_snapshots)
    if text.strip() and (not files or len(text.split()) >= _A_COMMENT):
        where = getattr(message.channel, "name", "") or _("a channel")
        day = message.created_at.date()
        yield Wanted(
            _said(text, message.jump_url),
            NAME,
            _("Message in #{where}", where=where),
            day,
            author=author,
            kind=DraftKind.PREVIEW,
        )
    for each in files:
        fetch = fetching(each, _origin(message, each))
        yield Wanted(fetch, each.filename, author=author, kind=DraftKind.PREVIEW)


def _readable(file: discord.Attachment) -> bool:
    return suffix_of(file.filename) in {suffix for format_ in formats() for suffix in format_.suffixes}


def _origin(message: discord.Message, file: discord.Attachment) -> str:
    return f"{message.jump_url}#{quote(file.filename)}"


def _said(text: str, origin: str) -> Fetch:
    async def fetch() -> Handed:
        return Handed(text.encode(errors="replace"), NAME, origin)

    return fetch


def fetching(file: discord.Attachment, origin: str = "") -> Fetch:
    """Get the bytes at once, for the address of an attachment expires. Raises `FileTooLarge` before it is asked for."""

    async def fetch() -> Handed:
        refuse_large(file)
        try:
            return Handed(await file.read(), file.filename, origin)
        except (discord.HTTPException, *PASSING) as error:
            raise BadInput(
                _("{filename} could not be fetched from Discord. Add it again.", filename=file.filename)
            ) from error

    return fetch


def refuse_large(file: discord.Attachment) -> None:
    """Raise `FileTooLarge` for an attachment that is not even fetched."""
    if file.size > FILE_BYTES:
        raise FileTooLarge(file.filename, size=f"{file.size / 1024 / 1024:.1f}", limit=FILE_BYTES // 1024 // 1024)


def no_source() -> NotFound:
    """The error for a message that no Source came from."""
    return NotFound(_("No source that counts was made from this message, so there is nothing to take out."))
