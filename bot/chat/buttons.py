"""Presses of buttons, dispatched by their `custom_id` alone, so that they work after a restart.

The workspace is the server that the press came from, never anything in the `custom_id`. Paging a private answer updates
it; on a public one it gives the presser a private page, so that nobody turns the others' page.
"""

from dataclasses import replace
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
from bot.domain import Action, Reply
from bot.errors import NotAllowed, NotFound
from bot.render import erased_reply, judged_line, removed_reply
from bot.render.escape import discord as discord_text


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
    match button.verb:
        case "share":
            await share(itx, workspace, argument)
        case "remove":
            await remove(itx, workspace, argument)
        case "log":
            require_moderator(itx)
            number = int(argument) if argument.isdecimal() and len(argument) < 7 else 0
            await respond(itx, answers.log(itx.client.app, workspace, number), update=_private(itx))
        case "save" | "discard" | "queue":
            await drafts.press(itx, workspace, button.verb, argument)
        case "review":
            require_moderator(itx)
            number = int(argument) if argument.isdecimal() and len(argument) < 7 else 0
            await respond(itx, answers.review(itx.client.app, workspace, number), update=_private(itx))
        case "confirm" | "reject" | "later" as verb:
            await judge(itx, workspace, verb, argument)
        case "keep":
            await respond(itx, _words("Nothing was removed"), update=True)
        case "forget":
            await respond(itx, people.forget(itx.client.app, workspace, str(itx.user.id)), update=True)
        case "changes":
            page = answers.changes_page(itx.client.app, workspace, argument, str(itx.user.id))
            await respond(itx, page, update=_private(itx))
        case verb:
            update = _private(itx) and (verb == "page" or (verb == "evidence" and "|" in argument))
            await respond(itx, answers.again(itx.client.app, workspace, verb, argument), update=update)


async def share(itx: Interaction, workspace: str, argument: str) -> None:
    """Post the same answer for all to see, naming who did; then Share is off."""
    verb, _, rest = argument.partition(" ")
    if verb not in answers.SHAREABLE:
        raise NotFound(answers.OLD)
    if not _may_write(itx):
        raise NotAllowed("You may not write in this channel, so you cannot share here. Share it in another channel.")
    found: list[Answer] = []

    async def work() -> Answer:
        found.append(await answers.again(itx.client.app, workspace, verb, rest))
        return replace(found[0], extra=tuple(_used(one) for one in found[0].extra))

    if await respond(itx, work(), update=True):
        shared = replace(found[0], extra=(), footer=f"-# Shared by {discord_text(itx.user.display_name)}")
        await follow_up(itx, replace(shared, reply=replace(shared.reply, private=False)), public=True)


async def remove(itx: Interaction, workspace: str, source: str) -> None:
    """Remove a source after a moderator has confirmed it; where the author of the message that it was has, delete it
    for good.
    """
    await require_remover(itx, workspace, source)
    app, by, now = itx.client.app, str(itx.user.id), itx.client.app.now()

    async def work() -> Answer:
        held = await app.read(lambda store: store.source(workspace, source))
        if held.author == by:
            return Answer(erased_reply(await app.write(lambda store: revise.erase(store, workspace, source, by, now))))
        removed = await app.write(lambda store: revise.remove(store, workspace, source, by, now))
        return Answer(removed_reply(removed), colour=DONE)

    await respond(itx, work(), update=True)


async def judge(itx: Interaction, workspace: str, verb: str, link: str) -> None:
    """Say what a moderator thinks of a proposed link, and go on to the next one."""
    require_moderator(itx)
    app, by, now = itx.client.app, str(itx.user.id), itx.client.app.now()

    async def work() -> Answer:
        judged = await app.write(lambda store: _JUDGE[verb](store, workspace, link, by, now))
        return await answers.review(app, workspace, said=judged_line(judged))

    await respond(itx, work(), update=_private(itx))


_JUDGE = {"confirm": revise.confirm, "reject": revise.reject, "later": revise.put_off}


def _used(action: Action) -> Action:
    return replace(action, label="Shared", enabled=False) if action.verb == "share" else action


async def _words(title: str, lead: str = "") -> Answer:
    return Answer(Reply(title, lead=lead))


def _private(itx: Interaction) -> bool:
    return itx.message is not None and itx.message.flags.ephemeral


def _may_write(itx: Interaction) -> bool:
    in_thread = isinstance(itx.channel, discord.Thread)
    return itx.permissions.send_messages_in_threads if in_thread else itx.permissions.send_messages
