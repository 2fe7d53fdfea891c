"""Pictures of what people see: SimCord's page, photographed by a Chromium, at desktop and phone width."""

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import simcord
from PIL import Image
from playwright.async_api import async_playwright

from bot.chat.preview import Newsroom

SIZES = {"": (760, 1800), "-phone": (390, 2600)}
SUFFIX, QUALITY = ".webp", 85
TRIES = 5
IMAGES = {
    "commitments": "commitments",
    "press-evidence": "evidence",
    "questions": "questions",
    "timeline": "timeline",
    "the-update-in-the-channel": "update",
    "the-digest-in-the-channel": "digest",
}
"""The pictures that the other pages show, in docs/images."""


class Camera:
    """Takes pictures of messages into a folder."""

    def __init__(self, page: Any, out: Path) -> None:
        """`page` is SimCord's page of the channel."""
        self.page, self.out = page, out

    async def __call__(self, name: str, shown: Any, viewer: Any) -> None:
        """The pictures of a step of the walk, and those among them that other pages show."""
        for tag, picture in (await self.pictures(shown, viewer)).items():
            picture.save(self.out / "walk" / f"{name}{tag}{SUFFIX}", quality=QUALITY)
            if name in IMAGES and not (tag and name != "commitments"):
                picture.save(self.out / "images" / f"{IMAGES[name]}{tag}.png", optimize=True)

    async def pictures(self, shown: Any, viewer: Any) -> dict[str, Image.Image]:
        """A picture of each size of what somebody sees."""
        return {
            tag: Image.open(BytesIO(await self._taken(shown, viewer, size))).convert("RGB")
            for tag, size in SIZES.items()
        }

    async def _taken(self, shown: Any, viewer: Any, size: tuple[int, int]) -> bytes:
        """The picture, tried again where the machine was too busy to draw the page in time."""
        for left in reversed(range(TRIES)):
            try:
                taken = await self.page.screenshot(viewer=viewer, target=shown, viewport=size, allow_incomplete=True)
            except simcord.SetupError:
                if not left:
                    raise
            else:
                return bytes(taken.png)
        raise AssertionError("not reached")


@asynccontextmanager
async def camera(room: Newsroom, out: Path) -> AsyncIterator[Camera]:
    """SimCord's page of the channel, photographed by the browser that is there."""
    people = [room.member, room.moderator]
    async with room.env.preview(room.channel, viewers=people, timezone="UTC") as page, _browser() as browser:
        page._capture_manager._browser = browser
        yield Camera(page, out)
        page._capture_manager._browser = None


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
