"""The verbs that run the bot: against Discord, or in a local preview."""

import asyncio
from types import ModuleType
from typing import Annotated

import typer

from bot.cli.common import WrongOption, errors
from bot.errors import SettingsError
from bot.settings import Settings, load_settings, shard_numbers


def run(
    shards: Annotated[str, typer.Option(metavar="N,N", help="The shards that this process holds, such as 0,1.")] = "",
    of: Annotated[int, typer.Option(min=0, help="How many shards there are in all processes together.")] = 0,
) -> None:
    """The bot. With DISCORD_TOKEN set it connects to Discord; without, it starts the preview."""
    settings = _sharded(load_settings(), shards, of)
    if not settings.token:
        errors().print("DISCORD_TOKEN is not set, so this is the preview: the real bot in a page on this machine.")
        preview()
        return
    from bot.chat.run import run_bot

    asyncio.run(run_bot(settings, _commands()))


def _sharded(settings: Settings, shards: str, of: int) -> Settings:
    """The settings with the shards that the command line names, if it does. Raises `WrongOption`."""
    if not shards and not of:
        return settings
    try:
        return settings.sharded(shard_numbers(shards) if shards else (), of or settings.shard_count)
    except SettingsError as error:
        raise WrongOption(str(error)) from error


def preview() -> None:
    """The real bot in a local browser page that looks like Discord, with the seeds loaded."""
    from bot.chat.preview import run_preview

    asyncio.run(run_preview(load_settings(), _commands()))


def _commands() -> ModuleType:
    """The package of slash commands; only the command line knows both it and the bot."""
    import commands

    return commands
