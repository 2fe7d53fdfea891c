"""The commands as a table, for /help and for the README."""

import importlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import ModuleType
from typing import Any, NamedTuple

from discord import app_commands

from bot.chat.loader import Loaded, load

MEMBERS, MODERATORS = "For everyone", "For moderators (Manage Server)"


class Row(NamedTuple):
    """One command: who may use it, its full name, its options as they are typed, what it does.

    `together` is what it and its siblings do, for one of several under one name.
    """

    group: str
    name: str
    options: str
    about: str
    together: str = ""


def rows(commands: Iterable[Loaded]) -> tuple[Row, ...]:
    """A Row for each command and subcommand, those for everyone first."""
    found = [row for command in commands for row in _rows(command)]
    return tuple(sorted(found, key=lambda row: row.group != MEMBERS))


def command_table(package: ModuleType | str = "commands") -> str:
    """The Markdown table of the README. `[option]` may be left out."""
    module = importlib.import_module(package) if isinstance(package, str) else package
    lines = ["| command | what it does | who |", "|---|---|---|"]
    who = {MEMBERS: "everyone", MODERATORS: "moderators"}
    lines += [
        f"| `{f'/{row.name} {row.options}'.strip()}` | {row.about} | {who[row.group]} |" for row in rows(load(module))
    ]
    return "\n".join(lines) + "\n"


def help_lines(shown: Iterable[Row], ids: Mapping[str, int]) -> str:
    """The commands as Discord Markdown, each to be clicked where its id is known; those of one name share a line."""
    lines: list[str] = []
    for group, rows_of in groupby(shown, lambda row: row.group):
        lines.append(f"### {group}")
        for _, siblings in groupby(rows_of, lambda row: row.name.split()[0]):
            first, *others = siblings
            mentions = " ".join(_mention(row.name, ids) for row in (first, *others))
            lines.append(f"- {mentions} {(others and first.together) or first.about}")
    return "\n".join(lines)


def _mention(name: str, ids: Mapping[str, int]) -> str:
    id_ = ids.get(name.split()[0])
    return f"</{name}:{id_}>" if id_ else f"**/{name}**"


def _rows(command: Loaded) -> Iterator[Row]:
    if isinstance(command, app_commands.ContextMenu):
        return
    group = MODERATORS if command.default_permissions else MEMBERS
    for leaf in _leaves(command):
        together = command.description if isinstance(command, app_commands.Group) else ""
        yield Row(group, leaf.qualified_name, _options(leaf), leaf.description, together)


def _leaves(command: app_commands.Command[Any, ..., Any] | app_commands.Group) -> Iterator[Any]:
    if isinstance(command, app_commands.Command):
        yield command
    else:
        yield from (leaf for leaf in command.walk_commands() if isinstance(leaf, app_commands.Command))


def _options(command: app_commands.Command[Any, ..., Any]) -> str:
    return " ".join(
        option.display_name if option.required else f"[{option.display_name}]" for option in command.parameters
    )
