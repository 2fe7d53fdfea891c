"""What the bot does by itself: look at the watched folder, write and send what is owed, show how far reading is."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.chat.client import Dossier
from bot.chat.due import Due
from bot.chat.feeds import Feeds
from bot.chat.guests import PURGE_SECONDS, Purge
from bot.chat.post import Outbox
from bot.chat.watch import Watch

log = logging.getLogger(__name__)

POST_SECONDS = 1.0
DUE_SECONDS = 5.0
"""Seconds between two looks at what digests are due."""
FEED_SECONDS, TIDY_SECONDS = 30.0, 600.0
PROGRESS_SECONDS = 2.0
"""Seconds between two edits of a placeholder; Discord minds more."""

Noticed = Callable[[], None]


@asynccontextmanager
async def background(client: Dossier, noticed: Noticed = lambda: None) -> AsyncIterator[None]:
    """Do it all while the block runs, once the client is ready; `noticed` hears when something was done."""
    watch, outbox = Watch(client.app, lambda: [str(guild.id) for guild in client.guilds]), Outbox(client.app, client)
    jobs = (
        ("watch", client.app.settings.watch_seconds, watch.look),
        ("digests", DUE_SECONDS, Due(client.app).look),
        ("guests", PURGE_SECONDS, Purge(client.app, watch.forget).look),
        ("post", POST_SECONDS, outbox.send_due),
        ("feeds", FEED_SECONDS, Feeds(client.app, lambda: [str(guild.id) for guild in client.guilds]).look),
        ("tidy", TIDY_SECONDS, client.tidy),
        ("progress", PROGRESS_SECONDS, client.show_readings),
    )
    tasks = [asyncio.create_task(_keep_doing(client, seconds, do, noticed), name=name) for name, seconds, do in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _keep_doing(client: Dossier, seconds: float, do: Callable[[], Awaitable[int]], noticed: Noticed) -> None:
    """Do it again and again; an error is logged and ends nothing."""
    await client.came_up.wait()
    while True:
        try:
            if await do():
                noticed()
        except Exception:
            log.exception("Trying again in %g seconds", seconds)
        await asyncio.sleep(seconds)
