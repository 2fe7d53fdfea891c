"""The bot in a language that is English with an accent on each letter; what is plain in an answer was not translated.

Run as a process of its own, for the language is that of a process: `DOSSIER_LANGUAGE=x.po python -m tests.pseudo HOME`
prints what was said, as JSON.
"""

import asyncio
import json
import sys
from pathlib import Path

from discord import AppCommandOptionType

from bot.settings import Settings
from tests.chat.stage import staged, text

ROOT = Path(__file__).resolve().parent.parent
GIVEN = {"name": "Norland", "party": "Norland", "into": "Isles", "text": "engineers", "what": "Norland", "line": 1}
GIVEN |= {"slot": "due", "cadence": "daily", "url": "https://127.0.0.1/feed"}
IDS = {"source remove": "S-1", "source retract": "S-1", "source restore": "S-1"}
LAST = ("source", "wrong")
"""What takes away what the others show."""
FORMS = {"source add", "suggest"}
"""They answer with a form where they are given nothing."""


def described(client):
    """What Discord shows of the commands while they are typed."""
    for command in client.loaded:
        todo = [command.to_dict(client.tree)]
        while todo:
            one = todo.pop()
            yield f"describe {command.name} {one['name']}", one.get("description") or ""
            todo += one.get("options") or ()


def _order(command):
    return command.qualified_name.startswith(LAST), command.qualified_name


async def answered(stage):
    """Each command used by a moderator, once with what fits where it is needed, and once more: then all is known."""
    place = stage.news
    for _ in range(2):
        for command in sorted(stage.client.tree.walk_commands(), key=_order):
            if not hasattr(command, "parameters") or command.qualified_name in FORMS or not hasattr(command, "parent"):
                continue
            name = command.qualified_name
            given = {
                one.display_name: place.channel
                if one.type is AppCommandOptionType.channel
                else GIVEN.get(one.display_name) or IDS.get(name, "C-1")
                for one in command.parameters
                if one.required
            }
            result = await place.moderator.slash(place.channel, name, **given)
            yield f"/{name} {given}", text(result.response or result.followups[-1])


async def said(home):
    settings = Settings(home=home / "data", seeds=home / "seeds", config=ROOT / "config", token=None)
    async with staged(settings, settle_timeout=40.0) as stage:  # a machine may be busy; it is no test of speed
        await stage.stock(stage.news)
        return [*described(stage.client), *[each async for each in answered(stage)]]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(said(Path(sys.argv[1])))))
