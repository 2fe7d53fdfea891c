"""Make docs/images/*.png again: what people see, from the real bot with the real seeds.

    .venv/bin/python scripts/screenshots.py [--only NAME ...] [--out FOLDER]

Needs a Chromium: Playwright's own, or one that is on the PATH (Debian: apt-get install chromium).
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import commands  # noqa: E402
from bot.app import open_app  # noqa: E402
from bot.chat.due import Due  # noqa: E402
from bot.chat.post import Outbox  # noqa: E402
from bot.chat.preview import Newsroom, newsroom  # noqa: E402
from bot.chat.watch import Watch  # noqa: E402
from bot.settings import load_settings  # noqa: E402

DESKTOP, PHONE = (760, 1800), (390, 2600)
NOW = datetime(2026, 7, 13, 9, 0, tzinfo=UTC)
NEW = """# Harbour notes

Published 13 July 2026

The Tidewater Commission has promised to light the channel by the end of August.
It is unclear whether Port Veyra will lend its second dredger.
"""

LATER = """# Harbour letter

Published 14 July 2026

The Tidewater Commission has agreed to light the channel by the end of August.
Calder Dredging has offered to return two dredgers if the council pays for their crews.
Norhaven will send a survey vessel to Port Veyra in August.
It is unclear whether the council will pay for the crews.
"""


class Clock:
    """Stands still until a picture needs a later day, so that the pictures stay the same."""

    def __init__(self) -> None:
        """Begin at `NOW`."""
        self.now = NOW

    def __call__(self) -> datetime:
        """The present instant."""
        return self.now


CLOCK = Clock()
SUGGESTION = """# Pilots' letter

Published 12 July 2026

The pilots of Port Veyra have offered to guide the dredgers at night if the lights are repaired.
It is unclear who will pay for the night shifts. The night service would cost 40,000 crowns a month.
"""

Shot = Callable[[Newsroom], Awaitable[Any]]


async def commitments(room: Newsroom) -> Any:
    """The list that the README opens with."""
    return await room.member.slash(room.channel, "commitments", actor="Norhaven")


async def evidence(room: Newsroom) -> Any:
    """A press on Evidence."""
    return await _press(room, await commitments(room), "Evidence")


async def questions(room: Newsroom) -> Any:
    """Open questions."""
    return await room.member.slash(room.channel, "questions")


async def facts(room: Newsroom) -> Any:
    """Facts."""
    return await room.member.slash(room.channel, "facts")


async def brief(room: Newsroom) -> Any:
    """The latest source at a glance."""
    return await room.member.slash(room.channel, "brief")


async def show(room: Newsroom) -> Any:
    """One commitment whole."""
    return await room.member.slash(room.channel, "show", id="C-1")


async def search(room: Newsroom) -> Any:
    """Sentences with some words."""
    return await room.member.slash(room.channel, "search", text="dredgers")


async def sources(room: Newsroom) -> Any:
    """The documents held."""
    return await room.member.slash(room.channel, "sources")


async def party(room: Newsroom) -> Any:
    """One party on a page."""
    await room.moderator.slash(room.channel, "alias add", name="Veyra", party="Port Veyra")
    return await room.member.slash(room.channel, "party", name="veyra")


async def timeline(room: Newsroom) -> Any:
    """Commitments and questions over time."""
    return await room.member.slash(room.channel, "timeline", about="Norhaven")


async def follow(room: Newsroom) -> Any:
    """What a member follows."""
    return await room.member.slash(room.channel, "follow add", what="Port Veyra")


async def privacy(room: Newsroom) -> Any:
    """What is kept of a member."""
    return await room.member.slash(room.channel, "privacy show")


async def catchup(room: Newsroom) -> Any:
    """What changed since the member was last here."""
    return await room.member.slash(room.channel, "catchup")


async def help_(room: Newsroom) -> Any:
    """What a moderator is offered."""
    return await room.moderator.slash(room.channel, "help")


async def status(room: Newsroom) -> Any:
    """How the bot is."""
    return await room.moderator.slash(room.channel, "status")


async def shared(room: Newsroom) -> Any:
    """An answer that was shared."""
    await room.member.click((await questions(room)).response, label="Share")
    return room.channel.last_message


async def nothing(room: Newsroom) -> Any:
    """A name that is not held."""
    return await room.member.slash(room.channel, "commitments", actor="Norhavn")


async def error(room: Newsroom) -> Any:
    """A file that cannot be read."""
    return await room.moderator.slash(room.channel, "source add", file=("minutes.pdf", b"%PDF-1.7 nothing"))


async def form(room: Newsroom) -> Any:
    """The form for pasted text."""
    return await room.moderator.slash(room.channel, "source add")


async def preview(room: Newsroom) -> Any:
    """What a document would bring, before it is kept."""
    return await room.moderator.slash(room.channel, "source add", file=("notes.md", NEW.encode()), preview=True)


async def several(room: Newsroom) -> Any:
    """Several files at once, one of them bad, one held already."""
    seeds = sorted((ROOT / "seeds").iterdir())
    files = {"file": ("minutes.pdf", b"%PDF-1.7 nothing"), "file2": (seeds[0].name, seeds[0].read_bytes())}
    return await room.moderator.slash(room.channel, "source add", **files, file3=("again.md", LATER.encode()))


async def suggested(room: Newsroom) -> Any:
    """What a member reads who suggested a document."""
    return await room.member.slash(room.channel, "suggest", file=("pilots.md", SUGGESTION.encode()))


async def queue(room: Newsroom) -> Any:
    """What moderators see of it."""
    return await room.moderator.slash(room.channel, "source queue")


async def feeds(room: Newsroom) -> Any:
    """The feeds that are followed."""
    app, workspace = room.client.app, str(room.guild.id)
    url, now = "https://port-veyra.example/news/feed.xml", app.now()
    await app.write(lambda store: store.add_feed(workspace, url, "Port Veyra: News", "1", now))
    return await room.moderator.slash(room.channel, "source feed list")


async def message(room: Newsroom) -> Any:
    """A message that a moderator adds as a source."""
    said = await room.member.send(room.channel, "The pilots have promised to publish their roster by Friday.")
    return await room.moderator.context_menu(room.channel, "Add as source", said)


async def added(room: Newsroom) -> Any:
    """A document that was just added."""
    return await room.moderator.slash(room.channel, "source add", file=("notes.md", NEW.encode()))


async def update(room: Newsroom) -> Any:
    """What the updates channel hears of it."""
    await Outbox(room.client.app, room.client).send_due()
    return room.channel.last_message


async def remove(room: Newsroom) -> Any:
    """The question before a source is removed."""
    return await room.moderator.slash(room.channel, "source remove", id="S-1")


async def correct(room: Newsroom) -> Any:
    """A slot that was set by hand."""
    return await room.moderator.slash(
        room.channel, "correct", id="C-2", slot="condition", value="if the budget is passed"
    )


async def wrong(room: Newsroom) -> Any:
    """An entry that was marked as wrong."""
    return await room.moderator.slash(room.channel, "wrong", id="C-1")


async def retract(room: Newsroom) -> Any:
    """A source that was retracted."""
    return await room.moderator.slash(room.channel, "source retract", id="S-2")


async def log(room: Newsroom) -> Any:
    """What was decided."""
    return await room.moderator.slash(room.channel, "log")


async def undo(room: Newsroom) -> Any:
    """A decision that was taken back."""
    return await room.moderator.slash(room.channel, "undo", line=1)


async def digests(room: Newsroom) -> Any:
    """The digests that are set."""
    await room.moderator.slash(
        room.channel, "digest set", channel=room.channel, cadence="weekdays", hour=9, timezone="Europe/Berlin"
    )
    return await room.moderator.slash(room.channel, "digest list")


async def digest(room: Newsroom) -> Any:
    """A digest in a channel, the morning after something came in."""
    app = room.client.app
    (held,) = await app.read(lambda store: store.digests(str(room.guild.id)))
    CLOCK.now += timedelta(hours=1)
    await room.moderator.slash(room.channel, "source add", file=("harbour.md", LATER.encode()))
    CLOCK.now = held.next_at
    await Due(app).look()
    await Outbox(app, room.client).send_due()
    return room.channel.last_message


SHOTS: dict[str, Shot] = {
    "commitments": commitments,
    "evidence": evidence,
    "questions": questions,
    "facts": facts,
    "brief": brief,
    "show": show,
    "search": search,
    "sources": sources,
    "party": party,
    "timeline": timeline,
    "help": help_,
    "status": status,
    "shared": shared,
    "nothing": nothing,
    "error": error,
    "form": form,
    "preview": preview,
    "message": message,
    "suggested": suggested,
    "queue": queue,
    "feeds": feeds,
    "added": added,
    "update": update,
    "remove": remove,
    "correct": correct,
    "wrong": wrong,
    "retract": retract,
    "follow": follow,
    "catchup": catchup,
    "privacy": privacy,
    "log": log,
    "undo": undo,
    "digests": digests,
    "digest": digest,
    "several": several,
}
AS_MODERATOR = {
    "preview",
    "message",
    "queue",
    "feeds",
    "several",
    "help",
    "status",
    "error",
    "form",
    "added",
    "remove",
    "correct",
    "wrong",
    "retract",
    "log",
    "undo",
    "digests",
}


async def main(out: Path, only: list[str]) -> None:
    """Take the pictures, desktop and phone."""
    async with _room() as room, _page(room) as page:
        for name, shot in SHOTS.items():
            target = await shot(room)
            viewer = room.moderator if name in AS_MODERATOR else room.member
            if not only or name in only:
                await _capture(page, name, target, viewer, out)


@asynccontextmanager
async def _page(room: Newsroom) -> AsyncIterator[Any]:
    """SimCord's page of the channel, photographed by the browser that is there."""
    people = [room.member, room.moderator]
    async with room.env.preview(room.channel, viewers=people, timezone="UTC") as page, _browser() as browser:
        page._capture_manager._browser = browser
        yield page
        page._capture_manager._browser = None


async def _capture(page: Any, name: str, target: Any, viewer: Any, out: Path) -> None:
    for tag, size in (("", DESKTOP), ("-phone", PHONE)):
        path = out / f"{name}{tag}.png"
        await page.screenshot(path, viewer=viewer, target=target, viewport=size, allow_incomplete=True)
        print(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


async def _press(room: Newsroom, result: Any, label: str) -> Any:
    """Press the first button with this label."""
    todo = list(result.response.components)
    while todo:
        one = todo.pop(0)
        if one.get("label") == label:
            return await room.member.click(result.response, custom_id=one["custom_id"])
        todo = [*one.get("components", ()), *([one["accessory"]] if one.get("accessory") else []), *todo]
    raise LookupError(label)


@asynccontextmanager
async def _room() -> AsyncIterator[Newsroom]:
    """The bot with the seeds read."""
    with tempfile.TemporaryDirectory() as home:
        settings = replace(load_settings({}), home=Path(home), seeds=ROOT / "seeds", token=None, page_size=4)
        async with open_app(settings, clock=CLOCK) as app, newsroom(app, commands) as room:
            watch = Watch(room.client.app, lambda: [str(room.guild.id)])
            await watch.look()
            await watch.look()
            await room.moderator.slash(room.channel, "updates set", channel=room.channel)
            yield room


def _chromium(own: str) -> str:
    """Playwright's Chromium, else the first one on the PATH."""
    for path in (own, *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        if path and Path(path).exists():
            return path
    sys.exit("No Chromium was found. Install one (Debian: apt-get install chromium) and try again.")


@asynccontextmanager
async def _browser() -> AsyncIterator[Any]:
    async with async_playwright() as playwright:
        path = _chromium(playwright.chromium.executable_path)
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[], choices=list(SHOTS))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(given.out, given.only))
