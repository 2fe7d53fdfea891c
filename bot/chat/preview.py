"""The real bot in a local page that looks like Discord: no token, no network, data of its own.

SimCord stands in for Discord: it runs the bot's own callbacks on what is typed and pressed in the page. The data are
kept in a folder that is deleted at the end, so that no real store is touched.
"""

import asyncio
import contextlib
import logging
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import discord
import simcord
from rich.console import Console

from bot.app import App, open_app
from bot.chat.background import background
from bot.chat.client import Dossier
from bot.chat.layout import DONE, layout
from bot.chat.loader import load
from bot.chat.reply import NOBODY
from bot.chat.run import told_to_stop
from bot.chat.watch import Watch
from bot.domain import Document, Findings, Reply
from bot.errors import SettingsError
from bot.fetch import Fetched, Limits, Web
from bot.render.words import plural
from bot.settings import Settings
from bot.worker import Queued, Worker
from bot.worker_child import Progress

SETTLE_SECONDS = 30.0
REFRESH_SECONDS = 0.5
_INTRO = """
[bold]{url}[/bold]

Open this address in a browser on this machine. It is the bot as it would be on Discord:
type [bold]/commitments[/bold], press [bold]Evidence[/bold]; the people at the top are a member and a moderator.
Ctrl-C ends it. Nothing is kept.
"""
_WELCOME = Reply(
    "Welcome to the newsroom",
    lead="Dossier reads the documents in its watched folder. This server is simulated, and nothing is kept.",
    lines=(
        "1. Type /commitments below and press the arrow: who has undertaken what.",
        "2. Press Evidence beside an entry: the sentence itself, with those before and after it.",
        "3. Try /questions, /brief and /search. Each answer is yours alone until you press Share.",
        "4. Switch from Mia, a member, to Theo, a moderator (Viewing as, at the top): /source add takes your own text.",
    ),
    notes=("Put a further document into the watched folder, and an update appears here.",),
)


async def run_preview(settings: Settings, commands_package: ModuleType, *, console: Console | None = None) -> None:
    """Show the bot in a page until Ctrl-C, SIGTERM, or the page's Close. Raises what `open_app` and `load` raise."""
    console = console or Console()
    logging.getLogger("simcord").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="dossier-preview-") as home:
        own = replace(settings, home=Path(home), token=None, seed_workspaces=(), shard_count=0, shard_ids=())
        async with told_to_stop() as stop, open_app(own) as app, newsroom(app, commands_package) as room:
            await _show(room, settings.preview_port or None, stop, console)
    console.print("The preview has ended.")


class Newsroom:
    """A simulated server with the bot in it."""

    def __init__(self, env: Any, client: Dossier, patient: "PatientWorker") -> None:
        """A channel, a member, a moderator."""
        self.env, self.client, self.patient = env, client, patient
        self.guild = env.create_guild("Newsroom")
        self.channel = self.guild.create_text_channel("desk")
        moderators = self.guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        self.member = self.guild.add_member(env.create_user("Mia"))
        self.moderator = self.guild.add_member(env.create_user("Theo"), roles=[moderators])

    async def welcome(self) -> None:
        """Say in the channel what can be done there, and send updates to it."""
        app, workspace, channel = self.client.app, str(self.guild.id), str(self.channel.id)
        now = app.now()
        await app.write(lambda store: store.set_updates_channel(workspace, channel, "preview", now))
        await self._desk.send(view=layout(_WELCOME, colour=DONE), allowed_mentions=NOBODY)
        await self.env.settle()

    @property
    def _desk(self) -> discord.TextChannel:
        found = self.client.get_channel(self.channel.id)
        assert isinstance(found, discord.TextChannel)
        return found


@asynccontextmanager
async def newsroom(app: App, commands_package: ModuleType) -> AsyncIterator[Newsroom]:
    """The bot connected to a simulated Discord."""
    patient = PatientWorker(app.worker)
    client = Dossier(replace(app, worker=patient, web=PatientWeb(patient=patient)), load(commands_package))
    client.greets = False  # the newsroom has a welcome of its own
    async with simcord.run(client, check_errors=False, settle_timeout=SETTLE_SECONDS) as env:
        patient.env = env
        env.backend.bot_user.name = "Dossier"
        await env.advance_time(max(0.0, (app.now() - env.now()).total_seconds()))
        yield Newsroom(env, client, patient)


@dataclass(frozen=True)
class PatientWeb(Web):
    """The web, with its waits made known to SimCord, as those of the worker are."""

    patient: "PatientWorker | None" = None

    async def get(self, address: str, *, limits: Limits | None = None, etag: str = "", modified: str = "") -> Fetched:
        """As the web does."""
        asked = partial(super().get, address, limits=limits, etag=etag, modified=modified)
        assert self.patient is not None
        try:
            found: Fetched = await self.patient.env.external_wait(asked(), reason="an address is read")
        except simcord.SetupError:  # not asked for in the page, so that nothing there waits for it
            found = await asked()
        return found


class PatientWorker(Worker):
    """The worker, with its waits made known to SimCord: the page goes on while a document is read."""

    def __init__(self, worker: Worker) -> None:
        """`env` is set once it is there."""
        self._worker = worker
        self.env: Any = None
        self.finished = 0

    @property
    def waiting(self) -> int:
        """As the worker says."""
        return self._worker.waiting

    async def close(self) -> None:
        """The worker itself is closed by whoever opened it."""

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
        """As the worker does."""
        asked = partial(
            self._worker.extract,
            data,
            name,
            workspace=workspace,
            title=title,
            published=published,
            progress=progress,
            queued=queued,
        )
        try:
            found: tuple[Document, Findings] = await self.env.external_wait(asked(), reason="a document is read")
        except simcord.SetupError:  # not asked for in the page, so that nothing there waits for it
            found = await asked()
        finally:
            self.finished += 1
        return found


async def _show(room: Newsroom, port: int | None, stop: asyncio.Event, console: Console) -> None:
    """Serve the page and say where it is. Raises `SettingsError` for a port that is taken."""
    await room.welcome()
    people = [room.member, room.moderator]
    async with contextlib.AsyncExitStack() as stack:
        try:
            page = room.env.preview(room.channel, viewers=people, layout="channel", port=port)
            await stack.enter_async_context(page)
        except (simcord.SetupError, OSError) as error:
            raise SettingsError(f"The preview cannot be opened: {error}. Set preview_port to another port.") from error
        console.print(_INTRO.format(url=page.url), soft_wrap=True, highlight=False)
        await _until_closed(room, page, stop, console)


async def _until_closed(room: Newsroom, page: Any, stop: asyncio.Event, console: Console) -> None:
    """Let the bot live until the page or a signal ends it."""
    news = asyncio.Event()
    ends = [asyncio.create_task(page.wait_closed()), asyncio.create_task(stop.wait())]
    others = [asyncio.create_task(_live(room.client, news, console)), asyncio.create_task(_refresh(room, page, news))]
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (*ends, *others):
            task.cancel()
        await asyncio.gather(*ends, *others, return_exceptions=True)


async def _live(client: Dossier, news: asyncio.Event, console: Console) -> None:
    """Load the seeds, then do what the bot does by itself, until this is cancelled."""
    await _load_seeds(client, console)
    async with background(client, news.set):
        await asyncio.Event().wait()


async def _load_seeds(client: Dossier, console: Console) -> None:
    """Read the watched folder, with a line in the terminal for each file."""

    def told(path: str, number: int, of: int) -> None:
        console.print(f"Reading {path} ({number + 1} of {of}) ...", markup=False, highlight=False)

    watch = Watch(client.app, lambda: [str(guild.id) for guild in client.guilds])
    await watch.look()
    count = await watch.look(told)
    console.print(f"{plural(count, 'source')} read: everything can be asked now.", highlight=False)


async def _refresh(room: Newsroom, page: Any, news: asyncio.Event) -> None:
    """Show in the page what the bot did by itself; what is done in the page shows at once without this."""
    patient, finished = room.patient, 0
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        if not news.is_set() and patient.finished == finished:
            continue
        try:
            seen = patient.finished
            news.clear()
            await page.refresh()
            finished = seen
        except (simcord.SetupError, TimeoutError):  # somebody is just doing something in the page
            news.set()
