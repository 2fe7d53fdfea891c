"""The commands as a table, for /help and for the README."""

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from discord import app_commands

from bot.chat.loader import Loaded, load
from bot.texts import _

MEMBERS, MODERATORS = "For everyone", "For moderators (Manage Server)"


HELP: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = {
    _("Look things up"): (
        (("commitments",), _("who has undertaken what")),
        (("questions",), _("what is still open")),
        (("facts",), _("key facts in the sources' words")),
        (("brief",), _("a source or subject at a glance")),
        (("search",), _("sentences that hold your words")),
        (("show",), _("an entry or a source in full")),
        (("party",), _("a party on one page")),
        (("timeline",), _("a picture over time")),
        (("sources",), _("what it all rests on")),
        (("export",), _("take it along as a file")),
    ),
    _("Keep up"): (
        (("catchup",), _("what changed since you last asked")),
        (("follow add", "follow list", "follow remove"), _("hear first of what you choose")),
    ),
    _("And you"): (
        (("suggest",), _("a document, for the moderators")),
        (("privacy show", "privacy export", "privacy delete"), _("what is kept of you")),
        (("status",), _("how the bot is")),
        (("help",), _("this list")),
    ),
    _("Sources, for moderators"): (
        (("source add", "source queue"), _("add, or decide on what members suggest")),
        (("source feed add", "source feed list", "source feed remove"), _("follow a feed")),
        (("source remove", "source retract", "source restore"), _("take out, flag, bring back")),
    ),
    _("Entries, for moderators"): (
        (("review",), _("decide on proposed links")),
        (("wrong", "correct"), _("an entry that should not be, or says it wrong")),
        (("alias add", "alias merge", "alias split"), _("the names of parties")),
        (("log", "undo"), _("what was decided, and take it back")),
    ),
    _("This server, for moderators"): (
        (("updates set", "updates stop"), _("a post when a source comes in")),
        (("digest set", "digest list", "digest preview", "digest stop"), _("a regular post of what changed")),
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
