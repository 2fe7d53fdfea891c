"""The commands as a table, for /help and for the README."""

import importlib
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from discord import app_commands

from bot.chat.loader import Loaded, load

MEMBERS, MODERATORS = "For everyone", "For moderators (Manage Server)"


def rows(commands: Iterable[Loaded]) -> tuple[tuple[str, str, str], ...]:
    """(who may use it, command with its options, description) of each command, those for everyone first."""
    found = [row for command in commands for row in _rows(command)]
    return tuple(sorted(found, key=lambda row: row[0] != MEMBERS))


def command_table(package: ModuleType | str = "commands") -> str:
    """The Markdown table of the README. `[option]` may be left out."""
    module = importlib.import_module(package) if isinstance(package, str) else package
    lines = ["| command | what it does | who |", "|---|---|---|"]
    who = {MEMBERS: "everyone", MODERATORS: "moderators"}
    lines += [f"| `/{usage}` | {about} | {who[group]} |" for group, usage, about in rows(load(module))]
    return "\n".join(lines) + "\n"


def _rows(command: Loaded) -> Iterator[tuple[str, str, str]]:
    if isinstance(command, app_commands.ContextMenu):
        return
    group = MODERATORS if command.default_permissions else MEMBERS
    for leaf in _leaves(command):
        yield group, f"{leaf.qualified_name} {_options(leaf)}".strip(), leaf.description


def _leaves(command: app_commands.Command[Any, ..., Any] | app_commands.Group) -> Iterator[Any]:
    if isinstance(command, app_commands.Command):
        yield command
    else:
        yield from (leaf for leaf in command.walk_commands() if isinstance(leaf, app_commands.Command))


def _options(command: app_commands.Command[Any, ..., Any]) -> str:
    return " ".join(
        option.display_name if option.required else f"[{option.display_name}]" for option in command.parameters
    )
