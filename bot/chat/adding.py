"""A document on its way into a workspace, with its progress shown to the one who added it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from bot import answer, overview, render
from bot.app import App
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, State, progress, respond, state
from bot.domain import Action, Added, Reply
from bot.fetch import checked
from bot.render.escape import is_link
from bot.render.words import clip, plural

TOKEN_TIME = timedelta(minutes=14)
"""How long a placeholder is edited: its token lives for 15 minutes, and the result needs it too."""
_BAR = 20


@dataclass(frozen=True, slots=True)
class Handed:
    """A document as it was handed over; `origin` is the address that it came from, "" where its name says all."""

    data: bytes
    name: str
    origin: str = ""


Fetch = Callable[[], Awaitable[Handed]]


class Reading:
    """How far the reading of one document is: told by the worker, shown to the person who added it."""

    def __init__(self, itx: Interaction, name: str) -> None:
        """Nothing is known yet."""
        self.name = name
        self._itx = itx
        self._before: int | None = None
        self._done = self._all = 0
        self._shown = ""
        self._until = itx.client.app.now() + TOKEN_TIME
        self._ended = False
        self._showing = asyncio.Lock()

    def queued(self, before: int) -> None:
        """So many documents are read first."""
        self._before = before

    def read(self, done: int, of: int) -> None:
        """So many characters of all are read."""
        self._before, self._done, self._all = None, done, of

    async def show(self) -> bool:
        """Tell the person, if there is news and a placeholder to tell it in; whether it was told."""
        async with self._showing:
            words = self.words()
            over = self._ended or self._itx.client.app.now() > self._until
            if words == self._shown or over or state(self._itx) is not State.PRIVATE:
                return False
            self._shown = words
            await progress(self._itx, Answer(Reply(f"Reading {clip(self.name, 80)}", lead=words)))
            return True

    async def finish(self) -> None:
        """Nothing is shown after this returns, so that no late news overwrites the result."""
        async with self._showing:
            self._ended = True

    def words(self) -> str:
        """A queue place, or a bar."""
        if self._before:
            return f"{plural(self._before, 'document')} before it in the queue."
        if not self._all:
            return "Opening the document ..."
        full = round(_BAR * self._done / self._all)
        bar = "▰" * full + "▱" * (_BAR - full)
        return f"{bar} {100 * self._done // self._all} %\n{self._done:,} of {self._all:,} characters"


@asynccontextmanager
async def _told(itx: Interaction, name: str) -> AsyncIterator[Reading]:
    """A Reading that the client shows now and then (see background.py) until the block ends."""
    reading = Reading(itx, name)
    itx.client.readings.add(reading)
    try:
        yield reading
    finally:
        itx.client.readings.discard(reading)
        await reading.finish()


async def add(
    itx: Interaction,
    workspace: str,
    fetch: Fetch,
    name: str,
    *,
    title: str,
    published: date | None,
    supersedes: str = "",
) -> None:
    """Read a document and add it, showing how far it is; the answer says what was found."""
    app, by = itx.client.app, str(itx.user.id)

    async def work() -> Answer:
        if supersedes:  # before a document is read for nothing
            await app.read(lambda store: overview.superseding(store, workspace, supersedes))
        async with _told(itx, name) as reading:
            handed = await fetch()
            added = await app.add_source(
                workspace,
                handed.data,
                handed.name,
                origin=handed.origin,
                added_by=by,
                title=title,
                published=published,
                supersedes=supersedes,
                progress=reading.read,
                queued=reading.queued,
            )
        return await result(app, workspace, added)

    await respond(itx, work())


def from_web(app: App, address: str) -> Fetch:
    """Get what stands at an address; that which was asked for is kept as the origin."""

    async def fetch() -> Handed:
        found = await app.web.get(address)
        return Handed(found.data, found.name, str(checked(address)))

    return fetch


async def result(app: App, workspace: str, added: Added) -> Answer:
    """What adding did, with the entries that are new."""
    update = await app.read(lambda store: answer.update(store, workspace, added.source.id))
    brief = Action("Brief", "brief", added.source.id)
    opens = (Action("Open", "open", added.source.origin),) if is_link(added.source.origin) else ()
    became = await app.read(lambda store: overview.replaced(store, workspace, added.source))
    reply = render.added_reply(added, update, became)
    return Answer(reply, extra=(brief, *opens), colour=None if added.duplicate else DONE)
