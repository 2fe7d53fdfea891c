"""The commands as a table, for /help and for the README."""

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from discord import app_commands

from bot.chat.loader import Loaded, load

MEMBERS, MODERATORS = "For everyone", "For moderators (Manage Server)"


HELP: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = {
    "Look things up": (
        (("commitments",), "who has undertaken what"),
        (("questions",), "what is still open"),
        (("facts",), "key facts in the sources' words"),
        (("brief",), "a source or subject at a glance"),
        (("search",), "sentences that hold your words"),
        (("show",), "an entry or a source in full"),
        (("party",), "a party on one page"),
        (("timeline",), "a picture over time"),
        (("sources",), "what it all rests on"),
        (("export",), "take it along as a file"),
    ),
    "Keep up": (
        (("catchup",), "what changed since you last asked"),
        (("follow add", "follow list", "follow remove"), "hear first of what you choose"),
    ),
    "And you": (
        (("suggest",), "a document, for the moderators"),
        (("privacy show", "privacy export", "privacy delete"), "what is kept of you"),
        (("status",), "how the bot is"),
        (("help",), "this list"),
    ),
    "Sources, for moderators": (
        (("source add", "source queue"), "add, or decide on what members suggest"),
        (("source feed add", "source feed list", "source feed remove"), "follow a feed"),
        (("source remove", "source retract", "source restore"), "take out, flag, bring back"),
    ),
    "Entries, for moderators": (
        (("review",), "decide on proposed links"),
        (("wrong", "correct"), "an entry that should not be, or says it wrong"),
        (("alias add", "alias merge", "alias split"), "the names of parties"),
        (("log", "undo"), "what was decided, and take it back"),
    ),
    "This server, for moderators": (
        (("updates set", "updates stop"), "a post when a source comes in"),
        (("digest set", "digest list", "digest preview", "digest stop"), "a regular post of what changed"),
    ),
}
"""What there is by what it is for: in a few words each, so that all of it can be taken in on a phone."""


class Row(NamedTuple):
    """One command: who may use it, its full name, its options as they are typed, what it does."""

    group: str
    name: str
    options: str
    about: str


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
    """The commands as Discord Markdown, by what they are for, each to be clicked where its id is known.

    One that HELP does not name comes last, under its description.
    """
    names = {row.name: row.about for row in shown}
    lines: list[str] = []
    for heading, purposes in HELP.items():
        found = [(there, words) for group, words in purposes if (there := [name for name in group if name in names])]
        lines += [f"### {heading}"] if found else []
        lines += [f"{_mentions(group, ids)} {words}" for group, words in found]
    named = {name for purposes in HELP.values() for group, _ in purposes for name in group}
    return "\n".join([*lines, *(f"{_mentions([name], ids)} {names[name]}" for name in names if name not in named)])


def _mentions(names: Iterable[str], ids: Mapping[str, int]) -> str:
    return " ".join(_mention(name, ids) for name in names)


def _mention(name: str, ids: Mapping[str, int]) -> str:
    id_ = ids.get(name.split()[0])
    return f"</{name}:{id_}>" if id_ else f"**/{name}**"


def _rows(command: Loaded) -> Iterator[Row]:
    if isinstance(command, app_commands.ContextMenu):
        return
    group = MODERATORS if command.default_permissions else MEMBERS
    for leaf in _leaves(command):
        yield Row(group, leaf.qualified_name, _options(leaf), leaf.description)


def _leaves(command: app_commands.Command[Any, ..., Any] | app_commands.Group) -> Iterator[Any]:
    if isinstance(command, app_commands.Command):
        yield command
    else:
        yield from (leaf for leaf in command.walk_commands() if isinstance(leaf, app_commands.Command))


def _options(command: app_commands.Command[Any, ..., Any]) -> str:
    return " ".join(
        option.display_name if option.required else f"[{option.display_name}]" for option in command.parameters
    )
