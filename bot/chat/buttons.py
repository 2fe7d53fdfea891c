"""Presses of buttons, dispatched by their `custom_id` alone, so that they work after a restart.

`VERBS` has every verb that a button may carry: what a press does, and who may press.
The workspace is the server that the press came from, never anything in the `custom_id`. Paging a private answer updates
it; on a public one it gives the presser a private page, so that nobody turns the others' page.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import discord
from discord import ui

from bot import revise
from bot.chat import answers, drafts, people
from bot.chat.custom_id import PATTERN, Button, unpack
from bot.chat.errors import handle
from bot.chat.guild import require_moderator, require_remover, workspace_of
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, follow_up, respond
from bot.domain import Action, Link, Reply
from bot.errors import NotAllowed, NotFound
from bot.render import erased_reply, judged_line, removed_reply
from bot.render.escape import discord as discord_text
from bot.texts import _

Do = Callable[[Interaction, str, str], Awaitable[None]]


class Press(ui.DynamicItem[ui.Button[Any]], template=PATTERN):
    """Any of our buttons."""

    def __init__(self, item: ui.Button[Any], button: Button) -> None:
        """Remember what the button asks for."""
        super().__init__(item)
        self.button = button

    @classmethod
    async def from_custom_id(cls, itx: Interaction, item: ui.Item[Any], match: Any, /) -> Self:  # type: ignore[override]  # noqa: ARG003
        """Read the button's state; the pattern has matched already."""
        button = unpack(match.string)
        assert button is not None
        assert isinstance(item, ui.Button)
        return cls(item, button)

    async def callback(self, itx: Interaction) -> None:  # type: ignore[override]
        """Do what the button says; nothing may escape, for discord.py would only log it."""
        try:
            await press(itx, self.button)
        except Exception as error:  # noqa: BLE001
            await handle(itx, error)


async def press(itx: Interaction, button: Button) -> None:
    """Answer a press."""
    workspace = workspace_of(itx)
    argument = await answers.kept(itx.client.app, workspace, button.argument)
    verb = VERBS.get(button.verb)
    if verb is None:
        raise NotFound(answers.OLD)
    await verb.may(itx, workspace, argument)
    await verb.do(itx, workspace, argument)


async def anybody(itx: Interaction, workspace: str, argument: str) -> None:
    """Whoever sees the button may press it."""


async def moderators(itx: Interaction, workspace: str, argument: str) -> None:  # noqa: ARG001
    """Moderators alone. Raises `NotAllowed`."""
    require_moderator(itx)


def _made_again(verb: str) -> Do:
    """Make the answer of a verb; a page takes the place of the one it was turned from."""

    async def do(itx: Interaction, workspace: str, argument: str) -> None:
        update = _private(itx) and (verb == "page" or (verb == "evidence" and "|" in argument))
        await respond(itx, answers.again(itx.client.app, workspace, verb, argument), update=update)

    return do


async def log(itx: Interaction, workspace: str, argument: str) -> None:
    """Turn to a page of the log."""
    await respond(itx, answers.log(itx.client.app, workspace, _page(argument)), update=_private(itx))


async def review(itx: Interaction, workspace: str, argument: str) -> None:
    """Turn to another proposed link."""
    await respond(itx, answers.review(itx.client.app, workspace, _page(argument)), update=_private(itx))


async def changes(itx: Interaction, workspace: str, argument: str) -> None:
    """Turn to a page of what changed."""
    page = answers.changes_page(itx.client.app, workspace, argument, str(itx.user.id))
    await respond(itx, page, update=_private(itx))


async def keep(itx: Interaction, workspace: str, argument: str) -> None:  # noqa: ARG001
    """Leave everything as it is."""
    await respond(itx, _words(_("Nothing was removed")), update=True)


async def forget(itx: Interaction, workspace: str, argument: str) -> None:  # noqa: ARG001
    """Delete what is kept of whoever presses."""
    await respond(itx, people.forget(itx.client.app, workspace, str(itx.user.id)), update=True)


async def share(itx: Interaction, workspace: str, argument: str) -> None:
    """Post the same answer for all to see, naming who did; then Share is off."""
    verb, rest = argument.partition(" ")[::2]
    if verb not in answers.SHAREABLE:
        raise NotFound(answers.OLD)
    if not _may_write(itx):
        raise NotAllowed(_("You may not write in this channel, so you cannot share here. Share it in another channel."))
    found: list[Answer] = []

    async def work() -> Answer:
        found.append(await answers.again(itx.client.app, workspace, verb, rest))
        return replace(found[0], extra=tuple(_used(one) for one in found[0].extra))

    if await respond(itx, work(), update=True):
        shared = replace(
            found[0],
            extra=(),
            footer=_("-# Shared by {name}", name=discord_text(itx.user.display_name)),
        )
        await follow_up(itx, replace(shared, reply=replace(shared.reply, private=False)), public=True)


async def remove(itx: Interaction, workspace: str, source: str) -> None:
    """Remove a source after a moderator has confirmed it; where the author of the message that it was has, delete it
    for good.
    """
    app, by, now = itx.client.app, str(itx.user.id), itx.client.app.now()

    async def work() -> Answer:
        held = await app.read(lambda store: store.source(workspace, source))
        if held.author == by:
            return Answer(erased_reply(await app.write(lambda store: revise.erase(store, workspace, source, by, now))))
        removed = await app.write(lambda store: revise.remove(store, workspace, source, by, now))
        return Answer(removed_reply(removed), colour=DONE)

    await respond(itx, work(), update=True)


def _judging(decide: Callable[..., Link]) -> Do:
    """Say what a moderator thinks of a proposed link, and go on to the next one."""

    async def do(itx: Interaction, workspace: str, link: str) -> None:
        app, by, now = itx.client.app, str(itx.user.id), itx.client.app.now()

        async def work() -> Answer:
            judged = await app.write(lambda store: decide(store, workspace, link, by, now))
            return await answers.review(app, workspace, said=judged_line(judged))

        await respond(itx, work(), update=_private(itx))

    return do


@dataclass(frozen=True, slots=True)
class Verb:
    """What a press does with its workspace and argument; `may` raises `NotAllowed` for whom it is not meant."""

    do: Do
    may: Do = anybody


VERBS: Mapping[str, Verb] = {
    **{verb: Verb(_made_again(verb)) for verb in ("page", "list", "evidence", "show", "brief", "party", "timeline")},
    "share": Verb(share),
    "changes": Verb(changes),
    "keep": Verb(keep),
    "forget": Verb(forget),
    "remove": Verb(remove, require_remover),
    "log": Verb(log, moderators),
    "review": Verb(review, moderators),
    "confirm": Verb(_judging(revise.confirm), moderators),
    "reject": Verb(_judging(revise.reject), moderators),
    "later": Verb(_judging(revise.put_off), moderators),
    "save": Verb(drafts.save, moderators),
    "discard": Verb(drafts.discard, moderators),
    "queue": Verb(drafts.turn, moderators),
}


def _page(argument: str) -> int:
    """The number of a page; the first one for what is forged."""
    return int(argument) if argument.isdecimal() and len(argument) < 7 else 0


def _used(action: Action) -> Action:
    return replace(action, label=_("Shared"), enabled=False) if action.verb == "share" else action


async def _words(title: str, lead: str = "") -> Answer:
    return Answer(Reply(title, lead=lead))


def _private(itx: Interaction) -> bool:
    return itx.message is not None and itx.message.flags.ephemeral


def _may_write(itx: Interaction) -> bool:
    in_thread = isinstance(itx.channel, discord.Thread)
    return itx.permissions.send_messages_in_threads if in_thread else itx.permissions.send_messages
