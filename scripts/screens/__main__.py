"""Take the walk: pictures into docs/walk/ and docs/images/, docs/walk.md, and an error where something was not visited.

    .venv/bin/python -m scripts.screens [--out FOLDER] [--no-pictures]

Needs a Chromium for the pictures: Playwright's own, or one that is on the PATH (Debian: apt-get install chromium).
"""

import argparse
import asyncio
import sys
from pathlib import Path

from scripts.screens.acts import ACTS
from scripts.screens.camera import camera
from scripts.screens.document import written
from scripts.screens.room import ROOT, Clock, opened
from scripts.screens.walk import Walk


async def taken(out: Path | None) -> tuple[str, list[str]]:
    """The page, and what was forgotten; with a folder also the pictures."""
    clock = Clock()
    async with opened(clock) as room:
        walk = Walk(room, clock)
        if out is None:
            await _go(walk)
        else:
            async with camera(room, out) as walk.camera:
                await _go(walk)
        return written(walk), walk.missing()


async def _go(walk: Walk) -> None:
    for act in ACTS:
        walk.act = str(act.__doc__)
        await act(walk)


def main() -> None:
    """Read the arguments, and go."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs")
    parser.add_argument("--no-pictures", action="store_true")
    given = parser.parse_args()
    if not given.no_pictures:
        for folder in ("walk", "images"):
            (given.out / folder).mkdir(parents=True, exist_ok=True)
    page, missing = asyncio.run(taken(None if given.no_pictures else given.out))
    if missing:
        sys.exit("Not visited:\n" + "\n".join(f"  {one}" for one in missing))
    if not given.no_pictures:
        (given.out / "walk.md").write_text(page, encoding="utf-8")
        print(f"{given.out / 'walk.md'} and the pictures are written.")


if __name__ == "__main__":
    main()
