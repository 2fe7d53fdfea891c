"""Tell a story through the ledger: an offer, its condition met, an agreement, a doubt, an answer, a withdrawal.

    .venv/bin/python scripts/story.py [--pictures FOLDER]

Reads the six texts in tests/story/ into a store of its own, decides on what is proposed, and prints what was proposed,
where everything stands, each step with its sentence, and the log. With `--pictures` it plays the same in Discord and
takes pictures of `/review` and `/show` (needs a Chromium, as scripts/screens does).
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot import answer, revise  # noqa: E402
from bot.domain import LOCAL_WORKSPACE, Commitment, Document, Findings, Link, Medium, NewSource, Reply  # noqa: E402
from bot.ingest import ingest  # noqa: E402
from bot.render import log_reply, review_reply, show_reply  # noqa: E402
from bot.render.terminal import print_reply  # noqa: E402
from bot.store import Store, open_store  # noqa: E402
from bot.text import read_document  # noqa: E402

STORY = ROOT / "tests" / "story"
NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
SHOWN = ("C-1", "C-2", "C-4", "Q-1")
Extract = Callable[[Document], Findings]


def read_in(store: Store, extract: Extract, workspace: str = LOCAL_WORKSPACE) -> None:
    """Add the texts of the story, the earliest first."""
    for number, path in enumerate(sorted(STORY.iterdir())):
        document = read_document(path.read_bytes(), path.name)
        new = NewSource(document, path.name, "cli", NOW + timedelta(minutes=number))
        ingest(store, workspace, new, extract(document))


def decide(store: Store, workspace: str = LOCAL_WORKSPACE, by: str = "cli") -> tuple[Link, ...]:
    """Decide on each proposal as a careful reader would: the pumps that came were the fifty, not the forty."""
    judged = []
    for number, link in enumerate(store.links(workspace)):
        was_replaced = link.kind == "fulfils" and link.older.id == "C-1"
        judge = revise.reject if was_replaced else revise.confirm
        judged.append(judge(store, workspace, link.id, by, NOW + timedelta(hours=1, minutes=number)))
    return tuple(judged)


def replies(store: Store) -> Iterator[Reply]:
    """What the story comes to: the entries with their steps, and the log."""
    for id_ in SHOWN:
        entry = answer.show(store, LOCAL_WORKSPACE, id_)
        thread = answer.thread(store, LOCAL_WORKSPACE, id_)
        passed = isinstance(entry, Commitment) and answer.date_passed(entry, NOW.date())
        yield show_reply(entry, (), thread, passed=passed, medium=Medium.TERMINAL)
    yield log_reply(answer.log(store, LOCAL_WORKSPACE, 0, 20), medium=Medium.TERMINAL)


def in_the_terminal() -> None:
    """Print it."""
    from bot.extract import findings
    from bot.language import load_nlp

    nlp, console = load_nlp(), Console(highlight=False, emoji=False, markup=False)
    with open_store(":memory:") as store:
        read_in(store, lambda document: findings(document, nlp))
        print_reply(review_reply(answer.review(store, LOCAL_WORKSPACE, 0, 20), medium=Medium.TERMINAL), console)
        decide(store)
        for reply in replies(store):
            console.rule()
            print_reply(reply, console)


async def in_discord(out: Path) -> None:
    """Take the pictures."""
    import commands
    from bot.app import open_app
    from bot.chat.preview import newsroom
    from bot.chat.watch import Watch
    from bot.settings import load_settings
    from scripts.screens.camera import camera

    with tempfile.TemporaryDirectory() as home:
        settings = replace(load_settings({}), home=Path(home), seeds=STORY, token=None)
        async with open_app(settings, clock=lambda: NOW) as app, newsroom(app, commands) as room:
            watch = Watch(room.client.app, lambda: [str(room.guild.id)])
            await watch.look()
            await watch.look()
            async with camera(room, out) as taking:
                review = await room.moderator.slash(room.channel, "review")
                seen = {"review": await taking.pictures(review, room.moderator)}
                workspace, by = str(room.guild.id), str(room.moderator.id)
                await app.write(lambda store: decide(store, workspace, by))
                for name, id_ in (("story", "C-2"), ("answered", "Q-1")):
                    shown: Any = await room.member.slash(room.channel, "show", id=id_)
                    seen[name] = await taking.pictures(shown, room.member)
                for name, pictures in seen.items():
                    for tag, picture in pictures.items():
                        picture.save(out / f"{name}{tag}.png", optimize=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
        asyncio.run(in_discord(given.pictures))
    else:
        in_the_terminal()
