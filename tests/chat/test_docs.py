"""docs/discord.md cannot lie: its example is loaded and used, its tables name what there is."""

import importlib
import re
import sys
from pathlib import Path

import commands
from bot.chat.buttons import VERBS
from bot.chat.client import Dossier
from bot.chat.loader import load
from tests.chat.stage import text

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs"
DOCS = (FOLDER / "discord.md").read_text(encoding="utf-8")


async def test_the_example_is_a_command_that_works(stage, tmp_path, monkeypatch):
    (code,) = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
    package = tmp_path / "example_commands"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "open_questions.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    example = importlib.import_module("example_commands")
    stage.client = Dossier(stage.app, [*load(commands), *load(example)])
    await stage.env.restart_bot(stage.client)
    await stage.stock(stage.news)

    result = await stage.news.member.slash(stage.news.channel, "open-questions")

    assert result.ephemeral
    assert "1 are open." in text(result.response)
    for name in [name for name in sys.modules if name.startswith("example_commands")]:
        del sys.modules[name]


def test_every_verb_of_a_button_is_described():
    for verb in VERBS:
        assert f"`{verb}`" in DOCS, verb


def test_the_walk_shows_only_pictures_that_are_there():
    shown = set(re.findall(r'src="(walk/[^"]+)"', (FOLDER / "walk.md").read_text(encoding="utf-8")))

    assert shown == {f"walk/{path.name}" for path in (FOLDER / "walk").iterdir()}
