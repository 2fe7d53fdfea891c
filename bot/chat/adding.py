"""Documents on their way into a workspace, with their progress shown to the one who added them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from bot import overview
from bot.app import App
from bot.chat.drafts import held_already, preview, result
from bot.chat.layout import DONE
from bot.chat.reply import Answer, Interaction, State, follow_up, progress, refuse, respond, state
from bot.domain import Action, Added, DraftKind, Reply, Source
from bot.errors import DossierError
from bot.fetch import checked
from bot.render.drafts import several_reply
from bot.render.words import clip, plural
from bot.texts import _

log = logging.getLogger(__name__)

T = TypeVar("T")

TOKEN_TIME = timedelta(minutes=14)
"""How long a placeholder is edited: its token lives for 15 minutes, and the result needs it too."""
PLACE_TIME = timedelta(seconds=10)
"""Between two looks at the place in the queue: where many wait, it changes for all of them all the time."""
_BAR = 20
_BUG = _("Something went wrong inside Dossier while this was read; the log says what.")


@dataclass(frozen=True, slots=True)
class Handed:
    """A document as it was handed over; `origin` is the address that it came from, "" where its name says all."""

    data: bytes
    name: str
    origin: str = ""


Fetch = Callable[[], Awaitable[Handed]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that is to be added: how to get it, what it is called till then, and what is known of it.

    With a `kind` it becomes a draft first; `direct` where who suggests it wants a direct message about its fate.
    """

    fetch: Fetch
    name: str
    title: str = ""
    published: date | None = None
    supersedes: str = ""
    author: str = ""
    kind: DraftKind | None = None
    direct: bool = False


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
        self._place_again = itx.client.app.now()
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
            words, now = self.words(), self._itx.client.app.now()
            over = self._ended or now > self._until or (self._before and now < self._place_again)
            if words == self._shown or over or state(self._itx) is not State.PRIVATE:
                return False
            self._shown, self._place_again = words, now + PLACE_TIME
            await progress(self._itx, Answer(Reply(_("Reading {name}", name=clip(self.name, 80)), lead=words)))
            return True

    async def finish(self) -> None:
        """Nothing is shown after this returns, so that no late news overwrites the result."""
        async with self._showing:
            self._ended = True

    def words(self) -> str:
        """A queue place, or a bar."""
        if self._before:
            return _("{documents} before it in the queue.", documents=plural(self._before, "document"))
        if not self._all:
            return _("Opening the document ...")
        full = round(_BAR * self._done / self._all)
        bar = "▰" * full + "▱" * (_BAR - full)
        return _(
            "{bar} {share} %\n{done:,} of {all:,} characters",
            bar=bar,
            share=100 * self._done // self._all,
            done=self._done,
            all=self._all,
        )


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


async def add(itx: Interaction, workspace: str, *documents: Wanted) -> None:
    """Read documents and add them, or make drafts of them, showing how far it is; the answer says what was found.

    Several drafts are answered one by one, several Sources by one list.
    """
    first, *others = documents
    if others and first.kind is None:
        await respond(itx, _several(itx, workspace, documents), long=True)
        return
    await respond(itx, _one(itx, workspace, first), long=True)
    for each in others:
        try:
            await follow_up(itx, await _one(itx, workspace, each))
        except DossierError as error:
            await refuse(itx, str(error))


async def _one(itx: Interaction, workspace: str, wanted: Wanted) -> Answer:
    app = itx.client.app
    if wanted.supersedes:  # before a document is read for nothing
        await app.read(lambda store: overview.superseding(store, workspace, wanted.supersedes))
    if wanted.kind is None:
        return await result(app, workspace, await _added(itx, workspace, wanted))
    draft = partial(app.draft_source, workspace, wanted.kind, author=wanted.author, direct=wanted.direct)
    made = await _taken(itx, wanted, draft)
    return held_already(made) if isinstance(made, Source) else await preview(app, workspace, made)


async def _added(itx: Interaction, workspace: str, wanted: Wanted) -> Added:
    return await _taken(itx, wanted, partial(itx.client.app.add_source, workspace))


async def _taken(itx: Interaction, wanted: Wanted, take: Callable[..., Awaitable[T]]) -> T:
    """Get a document and hand it on, with all that is known of it, while it is told how far that is."""
    async with _told(itx, wanted.name) as reading:
        handed = await wanted.fetch()
        return await take(
            handed.data,
            handed.name,
            origin=handed.origin,
            added_by=str(itx.user.id),
            title=wanted.title,
            published=wanted.published,
            supersedes=wanted.supersedes,
            progress=reading.read,
            queued=reading.queued,
        )


async def _several(itx: Interaction, workspace: str, documents: Sequence[Wanted]) -> Answer:
    """One after the other; what cannot be read is told, and the others are added."""
    done: list[tuple[str, Added | str]] = []
    for wanted in documents:
        try:
            done.append((wanted.name, await _added(itx, workspace, wanted)))
        except DossierError as error:
            done.append((wanted.name, str(error)))
        except Exception:
            log.exception("%s was not added", wanted.name)
            done.append((wanted.name, _BUG))
    held = dict.fromkeys(each.source.id for name, each in done if isinstance(each, Added))
    briefs = tuple(Action(_("Brief {id}", id=id_), "brief", id_) for id_ in held)
    return Answer(
        several_reply(done),
        extra=briefs,
        colour=DONE if any(isinstance(each, Added) and not each.duplicate for name, each in done) else None,
    )


def from_web(app: App, address: str) -> Fetch:
    """Get what stands at an address; that which was asked for is kept as the origin."""

    async def fetch() -> Handed:
        found = await app.web.get(address)
        return Handed(found.data, found.name, str(checked(address)))

    return fetch
