"""The newsroom that the walk is taken in: the real bot with the real seeds, a clock that stands still, a small web."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import commands
from bot.app import open_app
from bot.chat.preview import Newsroom, newsroom
from bot.chat.watch import Watch
from bot.errors import CannotFetch
from bot.fetch import Fetched, Web
from bot.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent.parent
NOW = datetime(2026, 7, 13, 9, 0, tzinfo=UTC)
PAGE_SIZE = 4

NOTES = """# Harbour notes

Published 13 July 2026

The Tidewater Commission has promised to light the channel by the end of August.
It is unclear whether Port Veyra will lend its second dredger.
"""
LETTER = """# Harbour letter

Published 14 July 2026

The Tidewater Commission has agreed to light the channel by the end of August.
Calder Dredging has offered to return two dredgers if the council pays for their crews.
Norhaven will send a survey vessel to Port Veyra in August.
It is unclear whether the council will pay for the crews.
"""
PILOTS = """# Pilots' letter

Published 12 July 2026

The pilots of Port Veyra have offered to guide the dredgers at night if the lights are repaired.
It is unclear who will pay for the night shifts. The night service would cost 40,000 crowns a month.
"""
ROPES = """# Rope makers' note

Published 11 July 2026

The rope makers of Saltmere have offered to splice the mooring lines for free.
"""
PASTED = "The harbour master has promised to keep the north pier open in August. Who will watch it at night is unclear."
SAID = "The pilots have promised to publish their roster by Friday."
STATEMENT = "https://port-veyra.example/statement"
FEED = "https://port-veyra.example/news.xml"
_PAGE = """<html><head><title>Port Veyra on its quay</title></head><body><article><h1>Port Veyra on its quay</h1>
<p>Published 10 July 2026</p><p>Port Veyra will repair its quay by the end of the year. {more}</p>
<p>It is not clear who will pay for the cranes on the quay while the repairs last.</p></article></body></html>"""
_RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Port Veyra: News</title><link>{0}</link>
<item><title>Port Veyra on its quay</title><link>{0}</link><guid>1</guid></item></channel></rss>"""


class Clock:
    """Stands still until the walk needs a later day, so that the pictures stay the same."""

    def __init__(self) -> None:
        """Begin at `NOW`."""
        self.now = NOW

    def __call__(self) -> datetime:
        """The present instant."""
        return self.now


@dataclass(frozen=True)
class SmallWeb(Web):
    """A page whose text changes once it was read, and a feed; nothing is asked for outside."""

    pages: Any = None

    async def get(self, address: str, **_: Any) -> Fetched:  # type: ignore[override]
        """What stands there. Raises `CannotFetch` for anything else."""
        if address not in self.pages:
            raise CannotFetch(address, "The server says that there is no such page (404).")
        kind = ".xml" if address == FEED else ".html"
        return Fetched(address, f"page{kind}", self.pages[address].encode())


def web() -> SmallWeb:
    """As it is at first."""
    return SmallWeb(pages={STATEMENT: _PAGE.format(more=""), FEED: _RSS.format(STATEMENT)})


def edit(found: SmallWeb, more: str) -> None:
    """Let the page say more."""
    found.pages[STATEMENT] = _PAGE.format(more=more)


@asynccontextmanager
async def opened(clock: Clock) -> AsyncIterator[Newsroom]:
    """The bot with the seeds read."""
    with tempfile.TemporaryDirectory() as home:
        settings = replace(load_settings({}), home=Path(home), seeds=ROOT / "seeds", token=None, page_size=PAGE_SIZE)
        async with open_app(settings, clock=clock) as app, newsroom(app, commands) as room:
            room.client.app = replace(room.client.app, web=web())
            watch = Watch(room.client.app, lambda: [str(room.guild.id)])
            await watch.look()
            await watch.look()
            yield room
