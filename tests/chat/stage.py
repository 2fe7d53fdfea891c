"""A simulated Discord with two servers that hold different things, and the real bot in both."""

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import discord
import simcord

import commands
from bot.app import App, StoreThreads
from bot.chat.client import Dossier
from bot.chat.loader import load
from bot.domain import Added, Document, Findings, QuestionFinding
from bot.fetch import Allowed, Fetched, Web
from bot.ingest import ingest
from bot.settings import Settings
from bot.text import read_document
from bot.worker import Queued, Worker
from bot.worker_child import Progress
from tests import samples
from tests.web import loopback

NOW = samples.NOW


class QuickWorker(Worker):
    """Reads documents as the real one does, but finds only sentences with a certain word, at once.

    While `held`, a document is not finished, as a long one would not be.
    """

    def __init__(self) -> None:
        super().__init__()
        self.env: Any = None
        self.held: asyncio.Event | None = None
        self.read: list[str] = []
        self.error: Exception | None = None

    async def start(self) -> None:
        """There is no process."""

    async def close(self) -> None:
        """There is no process."""

    async def extract(
        self,
        data: bytes,
        name: str,
        *,
        workspace: str = "",
        title: str = "",
        published: date | None = None,
        progress: Progress | None = None,
        queued: Queued | None = None,
    ) -> tuple[Document, Findings]:
        self.read.append(name)
        if self.error:
            raise self.error
        document = read_document(data, name, title=title, published=published)
        if self.held:
            if queued:
                queued(2)
            await self.env.external_wait(self.held.wait(), reason="a long document")
        if progress:
            progress(len(document.text), len(document.text))
        return document, find(document.text)


@dataclass(frozen=True)
class NearWeb(Web):
    """The web as far as this machine: nothing else may be connected to."""

    allowed: Allowed = loopback
    worker: Any = None

    async def get(self, address: str, **options: Any) -> Fetched:
        asked = super().get(address, **options)
        try:
            return await self.worker.env.external_wait(asked, reason="an address is read")
        except simcord.SetupError:  # not within an interaction
            return await super().get(address, **options)


def find(text: str) -> Findings:
    """A commitment for each sentence with "offered", a question for "unclear", a fact for "cost"."""
    sentences = [match.group() for match in re.finditer(r"[A-Z][^.\n]+\.", text)]
    return Findings(
        tuple(samples.offer(text, one, action=_action(one)) for one in sentences if "offered" in one),
        tuple(_doubt(text, one) for one in sentences if "unclear" in one),
        tuple(samples.figure(text, one) for one in sentences if "cost" in one),
    )


def _doubt(text: str, sentence: str) -> QuestionFinding:
    matter = sentence.partition("whether ")[2].rstrip(".")
    slots = {} if sentence == samples.DOUBT else {"question": f"Is it so that {matter}?", "content": matter}
    return samples.doubt(text, sentence, **slots)


def _action(sentence: str) -> str:
    return sentence.partition("offered to ")[2].partition(" if ")[0].rstrip(".")


@dataclass
class Place:
    """A server: a channel, a member, a moderator."""

    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    member: simcord.MemberActor
    moderator: simcord.MemberActor

    @property
    def workspace(self) -> str:
        return str(self.guild.id)


@dataclass
class Stage:
    """Everything at once."""

    env: simcord.Env
    client: Dossier
    app: App
    worker: QuickWorker
    clock: "Clock"
    news: Place
    rival: Place
    settings: Settings
    made: list[Dossier] = field(default_factory=list)

    async def stock(self, place: Place, *texts: str, announce: bool = False) -> list[Added]:
        """Add sources to a server's workspace by hand."""
        return [await self._add(place, number, text, announce) for number, text in enumerate(texts or (samples.TEXT,))]

    async def _add(self, place: Place, number: int, text: str, announce: bool) -> Added:
        new = samples.new_source(text, origin=f"source {number}")
        return await self.app.write(lambda store: ingest(store, place.workspace, new, find(text), announce=announce))

    async def restart(self) -> None:
        """A fresh bot on the same store, in the same Discord."""
        self.client = Dossier(self.app, load(commands))
        self.client.greets = False
        await self.env.restart_bot(self.client)


class Clock:
    """The App's clock, to be moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def staged(settings: Settings, *, make: Any = Dossier, shard: int | None = None, **options: Any):
    """The bot in two servers. What it logs as an error fails the test, unless `caplog` is cleared of it.

    `make` makes the client; the servers are on `shard`, where that is given.
    """
    threads, worker, clock = StoreThreads(settings), QuickWorker(), Clock()
    await threads.open()
    try:
        app = App(settings, worker, threads, clock, NOW, NearWeb(worker=worker))
        client = make(app, load(commands))
        client.greets = False
        env = worker.env = simcord.Env(client, **options)
        await env.start()
        try:
            news, rival = place(env, "Newsroom", shard), place(env, "Rival", shard)
            await env.settle()
            yield Stage(env, client, app, worker, clock, news, rival, settings)
        finally:
            await env.shutdown()
        nobody_is_mentioned(env)
        env._raise_errors_since(env._errors_acknowledged)
    finally:
        await threads.close()


def nobody_is_mentioned(env: simcord.Env) -> None:
    """Whatever was sent or edited said that no one may be mentioned."""
    for entry in env.http_requests:
        body = entry.json if isinstance(entry.json, dict) else {}
        message = body.get("data") or body
        if isinstance(message, dict) and "components" in message and "custom_id" not in message:
            assert message.get("allowed_mentions", {}).get("parse") == [], entry


def place(env: simcord.Env, name: str, shard: int | None = None) -> Place:
    guild = env.create_guild(name, shard_id=shard)
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
    return Place(
        guild,
        guild.create_text_channel("desk"),
        guild.add_member(env.create_user(f"{name}-member")),
        guild.add_member(env.create_user(f"{name}-moderator"), roles=[moderators]),
    )


def walk(message: Any) -> Iterator[dict[str, Any]]:
    """All components of a message."""
    todo = list(raw(message))
    while todo:
        one = todo.pop(0)
        yield one
        inner = [*one.get("components", ()), *([one["accessory"]] if one.get("accessory") else [])]
        todo = inner + todo


def raw(message: Any) -> list[dict[str, Any]]:
    found = message.components
    return found if not found or isinstance(found[0], dict) else [one.to_dict() for one in found]


def text(message: Any) -> str:
    """All that a message says."""
    return "\n".join(one["content"] for one in walk(message) if "content" in one)


def buttons(message: Any) -> dict[str, dict[str, Any]]:
    """The buttons by label; of several with one label the first."""
    found: dict[str, dict[str, Any]] = {}
    for one in walk(message):
        if one.get("type") == 2:
            found.setdefault(one["label"], one)
    return found


def custom_id(message: Any, label: str) -> str:
    return buttons(message)[label]["custom_id"]


Report = Callable[[], list[logging.LogRecord]]
