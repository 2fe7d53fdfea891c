"""Documents that wait to be kept: what they would bring, Keep and Discard, the queue of suggestions.

Their buttons carry the draft's number and nothing else, so they work after a restart; a second press finds it gone.
"""

import re
from dataclasses import replace

from bot import answer, drafts, overview, render
from bot.app import App
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, respond
from bot.domain import Action, Added, Draft, DraftKind, Reply, Source
from bot.errors import NotFound
from bot.render.drafts import discarded_reply, held_reply, preview_reply, suggested_reply
from bot.render.escape import is_link
from bot.render.limits import OPEN
from bot.texts import _

_ARGUMENT = re.compile(r"([0-9]{1,15})(?:\|(S-[0-9]{1,15}))?", re.ASCII)
_OLD = _("This button is from an older message and no longer leads anywhere. Ask again with the command.")


async def preview(app: App, workspace: str, draft: Draft) -> Answer:
    """What a draft would bring, to the one who made it."""
    now = app.now()
    found = await app.read(lambda store: drafts.preview(store, workspace, draft.id, now))
    if draft.kind is DraftKind.SUGGESTION:
        member = draft.new.added_by
        told = await app.read(lambda store: store.outcomes(workspace, member))
        return Answer(
            suggested_reply(found, told),
            colour=DONE,
            shown=lambda: app.write(lambda store: store.told_outcomes(workspace, member, told)),
        )
    return Answer(preview_reply(found))


async def queue(app: App, workspace: str, after: int = 0) -> Answer:
    """The next suggestion behind a number, else the first."""
    now = app.now()
    waiting = await app.read(lambda store: store.drafts(workspace, DraftKind.SUGGESTION, now))
    if not waiting:
        return Answer(Reply(_("No suggestions"), lead=_("Nothing that members suggested waits to be looked at.")))
    shown = next((number for number in waiting if number > after), waiting[0])
    found = await app.read(lambda store: drafts.preview(store, workspace, shown, now))
    return Answer(preview_reply(found, len(waiting)))


def held_already(source: Source) -> Answer:
    """The same text is held: as what, and the way to it."""
    return Answer(held_reply(source), extra=_about(source))


async def result(app: App, workspace: str, added: Added) -> Answer:
    """What adding did, with the entries that are new."""
    if added.duplicate:
        return held_already(added.source)
    update = await app.read(lambda store: answer.update(store, workspace, added.source.id))
    became = await app.read(lambda store: overview.replaced(store, workspace, added.source))
    return Answer(render.added_reply(added, update, became), extra=_about(added.source), colour=DONE)


def _about(source: Source) -> tuple[Action, ...]:
    """Buttons that lead from a source on: to its brief, and to where it came from."""
    opens = (Action(_("Open"), OPEN, source.origin),) if is_link(source.origin) else ()
    return (Action(_("Brief"), "brief", source.id), *opens)


async def save(itx: Interaction, workspace: str, argument: str) -> None:
    """Keep a draft, as a new Source or as a new version of one."""
    number, old = _read(argument)
    await respond(itx, _save(itx.client.app, workspace, number, str(itx.user.id), old), update=True)


async def discard(itx: Interaction, workspace: str, argument: str) -> None:
    """Forget a draft."""
    await respond(itx, _discard(itx.client.app, workspace, _read(argument)[0]), update=True)


async def turn(itx: Interaction, workspace: str, argument: str) -> None:
    """Go on to the next suggestion."""
    await respond(itx, queue(itx.client.app, workspace, _read(argument)[0]), update=True)


def _read(argument: str) -> tuple[int, str]:
    """The draft's number, and the Source that it supersedes. Raises `NotFound` for what is forged."""
    match = _ARGUMENT.fullmatch(argument)
    if match is None:
        raise NotFound(_OLD)
    return int(match[1]), match[2] or ""


async def _save(app: App, workspace: str, number: int, by: str, supersedes: str) -> Answer:
    now = app.now()
    added = await app.write(lambda store: drafts.keep(store, workspace, number, by, now, supersedes=supersedes))
    done = await result(app, workspace, added)
    return replace(done, extra=done.extra + await _next(app, workspace))


async def _discard(app: App, workspace: str, number: int) -> Answer:
    now = app.now()
    gone = await app.write(lambda store: drafts.discard(store, workspace, number, now))
    return Answer(discarded_reply(gone), extra=await _next(app, workspace))


async def _next(app: App, workspace: str) -> tuple[Action, ...]:
    now = app.now()
    waiting = await app.read(lambda store: store.drafts(workspace, DraftKind.SUGGESTION, now))
    return (Action(_("Next suggestion"), "queue", "0"),) if waiting else ()
