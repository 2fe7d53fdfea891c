"""Presses: Share, forged ids, presses by others, presses in another server."""

from dataclasses import replace

import pytest

from bot.chat import answers
from bot.chat import buttons as presses
from bot.chat.layout import layout
from bot.domain import Action, Query, Reply
from bot.errors import NotFound
from bot.render.state import pack as pack_list
from tests import samples
from tests.chat.stage import buttons, text

HARBOUR = "Harbour\n\nNorland and the Isles have offered to dredge the harbour for Estmark.\n"


async def send(stage, place, *actions: Action):
    """A message of ours in a channel with just these buttons, as an old or forged one might be."""
    channel = stage.client.get_channel(place.channel.id)
    return await channel.send(view=layout(Reply("Old", actions=actions)))


def answer_to(result):
    return text(result.followups[-1] if result.followups else result.response)


async def test_the_name_of_who_shared_is_text_and_mentions_and_formats_nothing(stage):
    await stage.stock(stage.news)
    member = stage.news.guild.add_member(stage.env.create_user("**<@1>**"))
    private = await member.slash(stage.news.channel, "commitments")

    await member.click(private.response, label="Share")

    assert text(stage.news.channel.last_message).endswith(r"-# Shared by \*\*\<\@1\>\*\*")


async def test_share_posts_the_same_answer_naming_who_shared(stage):
    await stage.stock(stage.news)
    private = await stage.news.member.slash(stage.news.channel, "commitments")

    await stage.news.member.click(private.response, label="Share")

    public = stage.news.channel.last_message
    assert samples.OFFER in text(public)
    assert "-# Shared by Newsroom-member" in text(public)
    assert stage.news.member.mention not in text(public)
    assert not public.flags.ephemeral
    assert "Share" not in buttons(public)


async def test_share_is_off_after_it_was_used(stage):
    await stage.stock(stage.news)
    private = await stage.news.member.slash(stage.news.channel, "commitments")

    await stage.news.member.click(private.response, label="Share")

    assert buttons(private.response)["Shared"]["disabled"]
    assert "Evidence" in buttons(private.response)


async def test_the_others_can_ask_for_the_evidence_of_what_was_shared(stage):
    await stage.stock(stage.news)
    private = await stage.news.member.slash(stage.news.channel, "commitments")
    await stage.news.member.click(private.response, label="Share")

    result = await stage.news.moderator.click(stage.news.channel.last_message, label="Evidence")

    assert result.ephemeral
    assert f"**{samples.OFFER}**" in text(result.response)


async def test_share_works_after_a_restart(stage):
    await stage.stock(stage.news)
    private = await stage.news.member.slash(stage.news.channel, "show", id="C-1")
    await stage.restart()

    await stage.news.member.click(private.response, label="Share")

    assert samples.OFFER in text(stage.news.channel.last_message)


async def test_no_button_is_dead_after_a_restart(stage):
    await stage.stock(stage.news)
    sent = {verb: await send(stage, stage.news, Action("Press", verb, "0")) for verb in presses.VERBS}
    await stage.restart()

    results = {verb: await stage.news.moderator.click(message, label="Press") for verb, message in sent.items()}

    assert all(result.acknowledged for result in results.values())
    assert not [verb for verb, result in results.items() if "Something went wrong" in answer_to(result)]


async def test_who_may_not_write_in_the_channel_cannot_share_there(stage):
    await stage.stock(stage.news)
    private = await stage.news.member.slash(stage.news.channel, "commitments")
    everyone = stage.env.backend.get_guild(stage.news.guild.id).roles[stage.news.guild.id]
    everyone.permissions &= ~0x800

    result = await stage.news.member.click(private.response, label="Share")

    assert "You may not write in this channel" in answer_to(result)
    assert not stage.news.channel.history()


async def test_what_was_removed_meanwhile_is_not_shared(stage):
    await stage.stock(stage.news)
    private = await stage.news.member.slash(stage.news.channel, "show", id="S-1")
    await stage.app.write(lambda store: store.remove_source(stage.news.workspace, "S-1", "1", stage.app.now()))

    result = await stage.news.member.click(private.response, label="Share")

    shown = answer_to(result)
    assert "removed" in shown or "That did not work" in shown


@pytest.mark.parametrize(
    ("verb", "argument"),
    [
        ("page", "nonsense"),
        ("page", "c99999999"),
        ("page", "c0|zwhat"),
        ("page", "~unknowntoken"),
        ("evidence", "C-99"),
        ("evidence", "C-1|x"),
        ("show", "../../etc/passwd"),
        ("brief", "S-99"),
        ("brief", "=' OR 1=1"),
        ("share", "remove S-1"),
        ("share", "share page c0"),
        ("share", ""),
        ("unheardof", "C-1"),
    ],
)
async def test_a_forged_button_does_no_harm_and_is_answered(stage, verb, argument):
    await stage.stock(stage.news)
    message = await send(stage, stage.news, Action("Press", verb, argument))

    result = await stage.news.member.click(message, label="Press")

    assert result.acknowledged
    assert (result.followups or [result.response])[-1].ephemeral
    assert "Something went wrong" not in answer_to(result)
    assert (await stage.app.read(lambda store: store.sources(stage.news.workspace, Query()))).total == 1


async def test_a_forged_removal_by_a_member_is_refused(stage):
    await stage.stock(stage.news)
    message = await send(stage, stage.news, Action("Press", "remove", "S-1"))

    result = await stage.news.member.click(message, label="Press")

    assert "Only moderators" in answer_to(result)
    assert (await stage.app.read(lambda store: store.sources(stage.news.workspace, Query()))).total == 1


@pytest.mark.parametrize("verb", ["evidence", "show", "brief"])
async def test_an_id_of_another_server_is_answered_like_one_that_never_was(stage, verb):
    await stage.stock(stage.news, samples.TEXT, HARBOUR)
    of_theirs, of_nobody = ("S-1", "S-77") if verb == "brief" else ("C-2", "C-77")
    message = await send(stage, stage.rival, Action("Theirs", verb, of_theirs), Action("Nobody's", verb, of_nobody))

    theirs = await stage.rival.member.click(message, label="Theirs")
    nobodys = await stage.rival.member.click(message, label="Nobody's")

    assert "That did not work" in answer_to(theirs)
    assert answer_to(theirs).replace(of_theirs, "X") == answer_to(nobodys).replace(of_nobody, "X")


async def test_a_kept_filter_of_another_server_leads_nowhere(stage):
    await stage.stock(stage.news)
    token = await stage.app.write(
        lambda store: store.save_query(stage.news.workspace, pack_list("commitments", Query(about="Estmark"), 0))
    )
    message = await send(stage, stage.rival, Action("Press", "page", f"~{token}"))

    result = await stage.rival.member.click(message, label="Press")

    assert "That did not work" in answer_to(result)
    assert "Estmark" not in answer_to(result)


async def test_a_button_that_nothing_answers_to_is_not_found(stage):
    with pytest.raises(NotFound, match="older message"):
        await answers.again(stage.app, stage.news.workspace, "unheardof", "")


async def test_an_unexpected_error_in_a_press_has_a_reference_that_is_in_the_log(stage, caplog):
    def stopped() -> None:
        raise RuntimeError("the clock has stopped")

    await stage.stock(stage.news)
    stage.client.app = replace(stage.app, clock=stopped)
    message = await send(stage, stage.news, Action("Press", "remove", "S-1"))

    result = await stage.news.moderator.click(message, label="Press")

    assert "Something went wrong inside Dossier" in answer_to(result)
    (record,) = [record for record in caplog.records if "reference" in record.getMessage()]
    assert record.getMessage().split()[-1] in answer_to(result)
    caplog.clear()


async def test_every_button_of_an_answer_is_one_that_we_know(stage):
    await stage.stock(stage.news)
    known = {"page", "evidence", "show", "brief", "share", "remove", "keep"}

    for command, options in (("commitments", {}), ("brief", {}), ("sources", {}), ("search", {"text": "engineers"})):
        result = await stage.news.member.slash(stage.news.channel, command, **options)
        verbs = {one["custom_id"].split(":")[1] for one in buttons(result.response).values()}
        assert verbs <= known, (command, verbs)
