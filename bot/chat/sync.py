"""Tell Discord about the commands, but only when they changed: it forbids more than a few hundred changes a day."""

import hashlib
import json
import logging
from typing import Any

import discord
from discord import app_commands

from bot.app import App

log = logging.getLogger(__name__)


def tree_hash(tree: app_commands.CommandTree[Any]) -> str:
    """The same for the same commands, whatever their order and the Python that runs."""
    commands = [command.to_dict(tree) for kind in discord.AppCommandType for command in tree.get_commands(type=kind)]
    parts = sorted(json.dumps(command, sort_keys=True) for command in commands)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


async def sync(app: App, tree: app_commands.CommandTree[Any]) -> dict[str, int]:
    """Sync the global commands of this application unless Discord has exactly these; the ids by command name."""
    key, wanted = f"commands:{tree.client.application_id}", tree_hash(tree)
    found = await app.read(lambda store: store.kept(key))
    kept = json.loads(found or "{}")
    if kept.get("hash") == wanted:
        log.info("Commands unchanged, not synced")
        return dict(kept["ids"])
    synced = await tree.sync()
    ids = {command.name: command.id for command in synced if command.type is discord.AppCommandType.chat_input}
    await app.write(lambda store: store.keep(key, json.dumps({"hash": wanted, "ids": ids})))
    log.info("Commands synced")
    return ids
