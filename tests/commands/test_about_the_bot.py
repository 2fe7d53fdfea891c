"""`/help` and `/status`."""

from tests.chat.stage import text


async def test_help_of_a_member_leaves_out_what_only_moderators_may_do(stage):
    result = await stage.news.member.slash(stage.news.channel, "help")

    assert result.ephemeral
    assert f"</commitments:{stage.client.command_ids['commitments']}>" in text(result.response)
    assert "/source add" not in text(result.response)


async def test_help_of_a_moderator_has_it_all(stage):
    result = await stage.news.moderator.slash(stage.news.channel, "help")

    assert "/source add" in text(result.response)
    assert "/updates stop" in text(result.response)


async def test_the_footnote_of_help_is_no_part_of_its_last_section(stage):
    result = await stage.news.member.slash(stage.news.channel, "help")

    *_, commands, note = [one["content"] for one in result.response.components[0]["components"] if "content" in one]
    assert commands.splitlines()[0].startswith("### ")
    assert note.startswith("-# Answers are yours alone")


async def test_status_counts_what_is_held_here(stage):
    await stage.stock(stage.news)

    here = await stage.news.member.slash(stage.news.channel, "status")
    there = await stage.rival.member.slash(stage.rival.channel, "status")

    assert "1 source, 1 commitment, 1 open question and 1 fact" in text(here.response)
    assert "0 sources" in text(there.response)


async def test_status_names_the_updates_channel(stage):
    await stage.news.moderator.slash(stage.news.channel, "updates set", channel=stage.news.channel)

    result = await stage.news.member.slash(stage.news.channel, "status")

    assert "\\#desk" in text(result.response)


async def test_status_says_when_the_updates_channel_is_gone(stage):
    other = stage.news.guild.create_text_channel("short-lived")
    await stage.news.moderator.slash(stage.news.channel, "updates set", channel=other)
    await stage.app.write(
        lambda store: store.set_updates_channel(stage.news.workspace, "123456789012345678", "1", stage.app.now())
    )

    result = await stage.news.member.slash(stage.news.channel, "status")

    assert "use /updates set" in text(result.response)
