"""One file in `commands/` is one slash command, or one group of them.

The file `open_questions.py` defines `open_questions`, which is `/open-questions`: nothing to register. A module may
also define `menu`, a right-click command (or a tuple of them), whose names have spaces. Files that begin with `_` are
helpers.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from discord import app_commands

from bot.errors import DossierError

Slash = app_commands.Command[Any, ..., Any] | app_commands.Group
Loaded = Slash | app_commands.ContextMenu


class BadCommand(DossierError):
    """A file in `commands/` does not keep the rule."""


def load(package: ModuleType) -> tuple[Loaded, ...]:
    """The commands of a package, by name. Raises `BadCommand` for a file that breaks the rule, naming it."""
    found = [command for name in _names(package) for command in _commands(package, name)]
    seen: dict[tuple[str, str], str] = {}
    for command in found:
        key = (str(command.type) if isinstance(command, app_commands.ContextMenu) else "slash", command.name)
        if key in seen:
            raise BadCommand(f"{command.module} and {seen[key]} both define “{command.name}”. Rename one of them.")
        seen[key] = str(command.module)
    return tuple(found)


def _names(package: ModuleType) -> list[str]:
    return sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_"))


def _commands(package: ModuleType, name: str) -> Iterator[Loaded]:
    module = importlib.import_module(f"{package.__name__}.{name}")
    yield _slash(module, name)
    menu = getattr(module, "menu", ())
    yield from menu if isinstance(menu, tuple) else (menu,)


def _slash(module: ModuleType, name: str) -> Slash:
    command, expected = getattr(module, name, None), name.replace("_", "-")
    if not isinstance(command, app_commands.Command | app_commands.Group):
        raise BadCommand(f"{module.__name__} must define a slash command or group named `{name}`, like its file.")
    if command.name == name:
        command.name = expected  # discord.py takes the function's name as it is
    if command.name != expected:
        raise BadCommand(f"{module.__name__} defines /{command.name}; after its file it must be /{expected}.")
    return command
