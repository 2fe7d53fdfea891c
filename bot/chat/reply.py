"""The one way to answer an interaction.

The work runs while the clock does: done within `DEFER_AFTER`, its Reply is the answer; else the interaction is
acknowledged ("thinking"), and the Reply comes when it is there. Nothing is ever mentioned, errors are private.

| the interaction is | an answer | an error |
|---|---|---|
| not acknowledged | is the response | is a private response |
| deferred privately | replaces the placeholder | replaces the placeholder |
| deferred publicly | replaces the placeholder | is a private follow-up, and the placeholder is deleted |
| an update of its message | replaces the message | is a private follow-up, the message stays |
| answered | - | is a private follow-up |

The first follow-up after a public deferral is public whatever it asks for, so an error fills the placeholder with
nothing that tells anything first. An acknowledgement whose reply is lost is sent again, and Discord then says 40060:
it did arrive.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord import ui

from bot.chat.faults import ALREADY_ACKNOWLEDGED, PASSING, UNKNOWN_INTERACTION, passing, patiently
from bot.chat.layout import PROBLEM, files, layout
from bot.domain import Action, Reply
from bot.errors import DossierError
from bot.render import error_reply
from bot.texts import _

if TYPE_CHECKING:
    from bot.chat.client import Dossier

Interaction: TypeAlias = "discord.Interaction[Dossier]"

log = logging.getLogger(__name__)

DEFER_AFTER = 0.3
"""Seconds until an answer that is not there yet is announced; Discord gives three, people less."""
NOBODY = discord.AllowedMentions.none()
_STATE = "dossier.state"
_TYPED = "dossier.typed"


class State(Enum):
    """How far an interaction is."""

    NEW = "not acknowledged"
    PRIVATE = _("deferred privately")
    PUBLIC = _("deferred publicly")
    UPDATE = _("its message will be updated")
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Answer:
    """A Reply with what chat adds to it: buttons after its own, a colour, a line of our own Markdown.

    `shown` is done once Discord has the answer: what is told once is not forgotten before.
    """

    reply: Reply
    extra: tuple[Action, ...] = ()
    colour: int | None = None
    footer: str = ""
    shown: Callable[[], Awaitable[object]] | None = None

    def view(self) -> ui.LayoutView:
        """The message."""
        return layout(self.reply, extra=self.extra, colour=self.colour, footer=self.footer)


Work = Coroutine[Any, Any, Answer]


async def respond(
    itx: Interaction, work: Work, *, public: bool = False, update: bool = False, long: bool = False
) -> bool:
    """Answer with what `work` gives; `update` replaces the message that the pressed button is on.

    Work that is known to be `long` is announced at once.

    A public answer has no use for the buttons `extra`, Share. A `DossierError` is answered with its text, privately;
    whether it went well is returned. Any other error is raised for the error handler.
    """
    task = asyncio.ensure_future(work)
    if me := asyncio.current_task():
        itx.client.answering.add(me)
        me.add_done_callback(itx.client.answering.discard)
    try:
        if long or not (await asyncio.wait({task}, timeout=DEFER_AFTER))[0]:
            await defer(itx, public=public, update=update)
        answer = await task
    except DossierError as error:
        await refuse(itx, str(error))
        return False
    finally:
        task.cancel()
    await show(itx, replace(answer, extra=()) if public else answer, public=public, update=update)
    return True


def state(itx: Interaction) -> State:
    """How far this interaction is."""
    found: State = itx.extras.get(_STATE, State.NEW)
    return found


async def defer(itx: Interaction, *, public: bool = False, update: bool = False) -> None:
    """Acknowledge, unless that was done."""
    if state(itx) is not State.NEW:
        return
    becomes = State.UPDATE if update else State.PUBLIC if public else State.PRIVATE
    await _acknowledge(itx, becomes, lambda: itx.response.defer(ephemeral=not public, thinking=not update))


async def show(itx: Interaction, answer: Answer, *, public: bool = False, update: bool = False) -> None:
    """Give the answer, whatever the interaction's state."""
    match state(itx):
        case State.NEW:
            await _acknowledge(itx, State.ANSWERED, lambda: _respond(itx, answer, public=public, update=update))
        case State.ANSWERED:
            await _further(itx, answer, public=public)
        case _:
            await patiently(lambda: _replace(itx, answer))
            itx.extras[_STATE] = State.ANSWERED
    if answer.shown is not None:
        await answer.shown()


async def _respond(itx: Interaction, answer: Answer, *, public: bool, update: bool) -> None:
    view, attached = answer.view(), files(answer.reply)
    if update:
        await itx.response.edit_message(view=view, attachments=attached, allowed_mentions=NOBODY)
    else:
        await itx.response.send_message(view=view, files=attached, ephemeral=not public, allowed_mentions=NOBODY)


async def _replace(itx: Interaction, answer: Answer) -> None:
    await itx.edit_original_response(view=answer.view(), attachments=files(answer.reply), allowed_mentions=NOBODY)


async def show_form(itx: Interaction, form: ui.Modal) -> None:
    """Ask with a form; only as the first response."""
    await _acknowledge(itx, State.ANSWERED, lambda: itx.response.send_modal(form))


async def follow_up(itx: Interaction, answer: Answer, *, public: bool = False) -> None:
    """One more message after the answer."""
    await _further(itx, answer, public=public)
    if answer.shown is not None:
        await answer.shown()


async def _further(itx: Interaction, answer: Answer, *, public: bool) -> None:
    view, attached = answer.view(), files(answer.reply)
    await itx.followup.send(view=view, files=attached, ephemeral=not public, allowed_mentions=NOBODY)


async def progress(itx: Interaction, answer: Answer) -> None:
    """Show how far the work is in the placeholder; a fault of Discord's is no reason to stop working."""
    try:
        await itx.edit_original_response(view=answer.view(), allowed_mentions=NOBODY)
    except (discord.HTTPException, *PASSING) as error:
        log.warning("Progress not shown: %s", error)


def remember(itx: Interaction, typed: str) -> None:
    """Keep what a person typed into a form, which closes when it is sent: `refuse` gives it back."""
    itx.extras[_TYPED] = typed


async def refuse(itx: Interaction, message: str, reference: str = "") -> None:
    """Say privately what went wrong, whatever the interaction's state; what was typed into a form comes with it."""
    answer = Answer(error_reply(message, reference, typed=itx.extras.get(_TYPED, "")), colour=PROBLEM)
    if state(itx) in {State.NEW, State.PRIVATE}:
        await show(itx, answer)
        return
    public = state(itx) is State.PUBLIC
    if public:
        await show(itx, Answer(Reply(_("That did not work")), colour=PROBLEM))
    await follow_up(itx, answer)
    if public:
        await patiently(itx.delete_original_response)


async def _acknowledge(itx: Interaction, becomes: State, do: Callable[[], Awaitable[object]]) -> None:
    """The first response, sent again at once where the line broke: Discord waits three seconds only."""
    for wait in (0.1, 0.3, None):
        try:
            await do()
        except discord.HTTPException as error:
            if error.code == ALREADY_ACKNOWLEDGED:
                log.info("Interaction %s was acknowledged already", itx.id)
                break
            if error.code == UNKNOWN_INTERACTION or wait is None or not passing(error):
                raise
        except PASSING:
            if wait is None:
                raise
        else:
            break
        await asyncio.sleep(wait or 0)
    itx.extras[_STATE] = becomes
