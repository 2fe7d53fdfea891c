"""Where commands may be used, what the tree says, when it is synced."""

import asyncio

import discord
import pytest
import simcord
from discord import app_commands

import commands
from bot.chat.client import Dossier
from bot.chat.errors import UNEXPECTED, handle
from bot.chat.loader import load
from bot.chat.sync import sync, tree_hash
from bot.errors import NotAllowed
from tests.chat.stage import text


def synced(stage) -> int:
    return sum(1 for entry in stage.env.http_requests if entry.method == "PUT" and entry.path.endswith("/commands"))


async def test_commands_are_for_servers_only(stage):
    for command in stage.client.tree.get_commands():
        payload = command.to_dict(stage.client.tree)
        assert payload["contexts"] == [0], command.name
        assert payload["integration_types"] == [0], command.name


async def test_in_direct_messages_a_command_is_not_offered(stage):
    user = stage.env.create_user("zoe")

    assert stage.client.tree.allowed_contexts.dm_channel is False
    with pytest.raises(simcord.SetupError, match="not visible"):
        await user.slash("commitments")


async def test_no_privileged_intent_is_asked_for(stage):
    asked = {name for name, on in stage.client.intents if on}

    assert asked == {"guilds"}


async def test_commands_are_synced_once(stage):
    assert synced(stage) == 1

    await stage.restart()

    assert synced(stage) == 1


async def test_commands_are_synced_again_when_they_changed(stage):
    @app_commands.command(description="One more command")
    async def extra(itx: discord.Interaction) -> None:
        pass

    stage.client = Dossier(stage.app, [*load(commands), extra])
    await stage.env.restart_bot(stage.client)

    assert synced(stage) == 2
    assert "extra" in stage.news.member.available_commands(stage.news.channel)


async def test_the_hash_does_not_depend_on_the_order(stage):
    there = Dossier(stage.app, load(commands))
    back = Dossier(stage.app, tuple(reversed(load(commands))))

    assert tree_hash(there.tree) == tree_hash(back.tree) == tree_hash(stage.client.tree)


async def test_what_did_not_reach_discord_is_synced_at_the_next_start(stage):
    await stage.app.write(lambda store: store.keep(f"commands:{stage.client.application_id}", "{}"))

    first = await sync(stage.app, stage.client.tree)
    second = await sync(stage.app, stage.client.tree)

    assert synced(stage) == 2
    assert first == second
    assert set(first) == {
        command.name for command in load(commands) if not isinstance(command, app_commands.ContextMenu)
    }


async def test_a_server_that_the_bot_joins_gets_a_workspace(stage):
    guild = stage.env.create_guild("Later")
    await stage.client.on_guild_join(stage.client.get_guild(guild.id))

    assert str(guild.id) in await stage.app.read(lambda store: store.workspaces())


async def test_the_unexpected_is_answered_with_a_reference_and_no_trace(stage, caplog):
    @app_commands.command(description="Fails in the middle")
    async def broken(itx: discord.Interaction) -> None:
        raise RuntimeError("secret detail")

    stage.client = Dossier(stage.app, [*load(commands), broken])
    await stage.env.restart_bot(stage.client)

    result = await stage.news.member.slash(stage.news.channel, "broken")

    assert result.ephemeral
    assert UNEXPECTED in text(result.response)
    assert "secret" not in text(result.response)
    (record,) = [record for record in caplog.records if record.exc_info]
    assert record.getMessage().split()[-1] in text(result.response)
    assert [type(error.original) for error in stage.env.errors] == [RuntimeError]
    caplog.clear()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotAllowed("You may not."), "You may not."),
        (app_commands.CommandNotFound("gone", []), "has changed"),
        (app_commands.CheckFailure("no"), "You may not do that here"),
        (
            app_commands.TransformerError("x" * 200, discord.AppCommandOptionType.string, app_commands.Transformer()),
            "cannot be used",
        ),
    ],
)
async def test_each_error_is_told_in_its_own_words(stage, error, words):
    @app_commands.command(description="Hands an error to the handler")
    async def fails(itx: discord.Interaction) -> None:
        await handle(itx, error)

    stage.client = Dossier(stage.app, [*load(commands), fails])
    await stage.env.restart_bot(stage.client)

    result = await stage.news.member.slash(stage.news.channel, "fails")

    assert result.ephemeral
    assert words in text(result.response)


async def test_stopping_lets_answers_under_way_be_sent(stage):
    done = []

    async def answering():
        await asyncio.sleep(0.05)
        done.append(True)

    task = asyncio.create_task(answering())
    stage.client.answering.add(task)

    await stage.client.finish(1.0)

    assert done == [True]


async def test_nothing_is_kept_in_memory_for_the_messages_that_were_sent(stage):
    await stage.stock(stage.news)
    for _ in range(3):
        result = await stage.news.member.slash(stage.news.channel, "commitments")
        await stage.news.member.click(result.response, label="Evidence")
        await stage.news.moderator.slash(stage.news.channel, "source add")

    kept = stage.client._connection._view_store

    assert not kept._views
    assert not kept._modals
    assert not stage.client.persistent_views
    assert not stage.client.answering
