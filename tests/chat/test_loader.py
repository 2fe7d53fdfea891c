import importlib
import itertools
import sys
from pathlib import Path

import discord
import pytest
from discord import app_commands

import commands
from bot.chat.loader import BadCommand, load

_NAMES = itertools.count()
HEAD = "from discord import app_commands, Interaction, Message\n"
COMMAND = (
    HEAD
    + "@app_commands.command(name='{name}', description='d')\nasync def {function}(itx: Interaction) -> None: ...\n"
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes a package of commands from file names and their text."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(**files: str):
        name = f"made_commands_{next(_NAMES)}"
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
        for file, text in files.items():
            (tmp_path / name / f"{file}.py").write_text(text)
        importlib.invalidate_caches()
        return importlib.import_module(name)

    yield make
    for name in [name for name in sys.modules if name.startswith("made_commands_")]:
        del sys.modules[name]


def test_one_file_is_one_command_named_like_it(package):
    made = package(
        open_questions=COMMAND.format(name="open-questions", function="open_questions"),
        _helpers="raise RuntimeError('helpers are not loaded')",
        about=COMMAND.format(name="about", function="about"),
    )

    assert [command.name for command in load(made)] == ["about", "open-questions"]


def test_a_name_of_two_words_is_written_with_a_hyphen(package):
    text = HEAD + "@app_commands.command(description='d')\nasync def open_questions(itx: Interaction) -> None: ...\n"

    assert [command.name for command in load(package(open_questions=text))] == ["open-questions"]


def test_a_group_gives_subcommands(package):
    text = HEAD + (
        "thing = app_commands.Group(name='thing', description='d')\n"
        "@thing.command(name='add', description='d')\nasync def add(itx: Interaction) -> None: ...\n"
    )

    (group,) = load(package(thing=text))

    assert isinstance(group, app_commands.Group)
    assert [command.qualified_name for command in group.commands] == ["thing add"]


def test_a_module_may_also_define_right_click_commands(package):
    text = COMMAND.format(name="about", function="about") + (
        "@app_commands.context_menu(name='Look at this')\nasync def menu(itx: Interaction, m: Message) -> None: ...\n"
    )

    assert [command.name for command in load(package(about=text))] == ["about", "Look at this"]


def test_a_file_without_its_command_is_named(package):
    with pytest.raises(BadCommand, match=r"\.about must define a slash command or group named `about`"):
        load(package(about="other = 1"))


def test_a_command_named_unlike_its_file_is_named(package):
    with pytest.raises(BadCommand, match="defines /other; after its file it must be /about"):
        load(package(about=COMMAND.format(name="other", function="about")))


def test_two_files_with_one_right_click_name_clash(package):
    menu = "@app_commands.context_menu(name='Add it')\nasync def menu(itx: Interaction, m: Message) -> None: ...\n"
    made = package(
        one=COMMAND.format(name="one", function="one") + menu, two=COMMAND.format(name="two", function="two") + menu
    )

    with pytest.raises(BadCommand, match="both define “Add it”"):
        load(made)


def test_every_command_of_ours_is_described_and_within_the_limits():
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    for command in load(commands):
        tree.add_command(command)
    leaves = [one for one in tree.walk_commands() if isinstance(one, app_commands.Command)]

    assert len(leaves) >= 12
    for leaf in leaves:
        assert 8 <= len(leaf.description) <= 100, leaf.qualified_name
        assert leaf.description[0].isupper(), leaf.qualified_name
        for option in leaf.parameters:
            assert 4 <= len(str(option.description)) <= 100, (leaf.qualified_name, option.name)
            assert option.description != "…", (leaf.qualified_name, option.name)


def test_moderators_commands_are_hidden_from_members():
    hidden = {c.name for c in load(commands) if c.default_permissions and c.default_permissions.manage_guild}

    named = {"alias", "correct", "digest", "log", "review", "source", "undo", "updates", "wrong"}
    assert hidden == named | {"Add as source"}
