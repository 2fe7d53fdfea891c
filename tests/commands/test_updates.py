import discord
import pytest

from bot.domain import Filter
from bot.errors import NotAllowed
from commands.updates import choose
from tests.chat.stage import text


async def chosen(stage, place):
    return await stage.app.read(lambda store: store.updates_channel(place.workspace))


async def test_a_moderator_chooses_the_channel(stage):
    result = await stage.news.moderator.slash(stage.news.channel, "updates set", channel=stage.news.channel)

    assert result.ephemeral
    assert f"<#{stage.news.channel.id}>" in text(result.response)
    assert await chosen(stage, stage.news) == str(stage.news.channel.id)
    assert await chosen(stage, stage.rival) is None


async def test_what_updates_tell_of_is_chosen_and_changed(stage):
    await stage.stock(stage.news)
    wanted = {"party": "Norland", "kind": "offer"}
    first = await stage.news.moderator.slash(stage.news.channel, "updates set", channel=stage.news.channel, **wanted)
    assert "if it brings something of party “Norland” and kind offer" in text(first.response)
    assert await stage.app.read(lambda s: s.updates_wanted(stage.news.workspace)) == Filter("Norland", "", "offer")

    await stage.news.moderator.slash(stage.news.channel, "updates set", channel=stage.news.channel)
    assert await stage.app.read(lambda s: s.updates_wanted(stage.news.workspace)) == Filter()

    wrong = await stage.news.moderator.slash(
        stage.news.channel, "updates set", channel=stage.news.channel, party="Nrland"
    )
    assert "Did you mean “Norland”?" in text(wrong.response)


async def test_the_permissions_that_are_missing_there_are_named(stage):
    nothing = discord.PermissionOverwrite(read_message_history=False, send_messages=False)
    closed = stage.news.guild.create_text_channel("closed", overwrites={stage.news.guild.default_role: nothing})

    result = await stage.news.moderator.slash(stage.news.channel, "updates set", channel=closed)

    assert "Send Messages and Read Message History in \\#closed" in text(result.response)
    assert await chosen(stage, stage.news) is None


async def test_a_thread_will_do(stage):
    made = await stage.client.get_channel(stage.news.channel.id).create_thread(
        name="updates", type=discord.ChannelType.public_thread
    )
    (thread,) = [one for one in stage.news.channel.threads if one.id == made.id]

    result = await stage.news.moderator.slash(stage.news.channel, "updates set", channel=thread)

    assert "Updates are on" in text(result.response)


async def test_a_channel_of_another_server_is_refused(stage):
    foreign = stage.client.get_channel(stage.rival.channel.id)
    assert isinstance(foreign, discord.TextChannel)

    with pytest.raises(NotAllowed, match="another server"):
        await choose(stage.app, stage.news.workspace, foreign, "1")


async def test_updates_stop(stage):
    await stage.news.moderator.slash(stage.news.channel, "updates set", channel=stage.news.channel)

    first = await stage.news.moderator.slash(stage.news.channel, "updates stop")
    second = await stage.news.moderator.slash(stage.news.channel, "updates stop")

    assert "Updates are off" in text(first.response)
    assert "Updates were off" in text(second.response)
    assert await chosen(stage, stage.news) is None
