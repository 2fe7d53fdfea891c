"""The verbs that run the bot: against Discord, or in a local preview."""

import asyncio
from types import ModuleType

from bot.cli.common import errors
from bot.settings import load_settings


def run() -> None:
    """The bot. With DISCORD_TOKEN set it connects to Discord; without, it starts the preview."""
    settings = load_settings()
    if not settings.token:
        errors().print("DISCORD_TOKEN is not set, so this is the preview: the real bot in a page on this machine.")
        preview()
        return
    from bot.chat.run import run_bot

    asyncio.run(run_bot(settings, _commands()))


def preview() -> None:
    """The real bot in a local browser page that looks like Discord, with the seeds loaded."""
    from bot.chat.preview import run_preview

    asyncio.run(run_preview(load_settings(), _commands()))


def _commands() -> ModuleType:
    """The package of slash commands; only the command line knows both it and the bot."""
    import commands

    return commands
