"""`/follow`: what a member hears of first, and by direct message only if they asked for it."""

from datetime import timedelta

import pytest

from bot.chat.post import Outbox
from tests import samples
from tests.chat.stage import buttons, text

OTHER = "Harbour news\n\nIt is unclear whether the pier will open. The pier would cost 9 crowns.\n"
AGAIN = f"Later\n\n{samples.OFFER} Nothing else was said.\n"


async def ask(stage, command, *, who=None, **options):
    who = who or stage.news.member
    return text((await who.slash(stage.news.channel, command, **options)).response).replace("\\", "")


def posted(stage):
    return [e for e in stage.env.http_requests if e.method == "POST" and e.path.endswith("/messages")]


async def test_what_is_followed_comes_first_in_catchup_and_on_its_next_page(stage):
    stage.clock.now += timedelta(days=1)
    await stage.stock(stage.news, OTHER, samples.TEXT)
    before = await ask(stage, "catchup", since="2026-01-01")
    assert "You follow" not in before

    assert "You follow the party Norland." in await ask(stage, "follow add", what="norland")
    mine = await ask(stage, "catchup", since="2026-01-01")
    others = await ask(stage, "catchup", who=stage.news.moderator, since="2026-01-01")

    assert mine.index("You follow: new") < mine.index(samples.OFFER) < mine.index("pier will open")
    assert "You follow" not in others


async def test_a_party_an_entry_or_words_are_told_apart(stage):
    await stage.stock(stage.news)

    assert "the entry C-1" in await ask(stage, "follow add", what="c1")
    words = await ask(stage, "follow add", what="Norlamd")
    assert "the words “Norlamd”" in words
    assert "Did you mean “Norland”?" in words
    assert "There is no C-9 here" in await ask(stage, "follow add", what="C-9")
    assert "is a source" in await ask(stage, "follow add", what="S-1")
    assert "already" in await ask(stage, "follow add", what="C-1")
    listed = await ask(stage, "follow list")
    assert listed.index("the entry C-1") < listed.index("the words “Norlamd”")

    assert "You follow “c-1” no longer" in await ask(stage, "follow remove", what="c-1")
    assert "You do not follow that" in await ask(stage, "follow remove", what="c-1")
    assert "C-1" not in await ask(stage, "follow list")


async def test_a_direct_message_comes_once_and_only_to_who_asked_for_it(stage):
    await stage.stock(stage.news)
    await ask(stage, "follow add", what="Norland", dm=True)
    await ask(stage, "follow add", who=stage.news.moderator, what="Norland")
    await stage.stock(stage.news, AGAIN, OTHER, announce=True)

    outbox = Outbox(stage.app, stage.client)
    await outbox.send_due()
    await outbox.send_due()

    (sent,) = posted(stage)
    said = str(sent.json)
    assert "New on what you follow" in said
    assert "In Newsroom" in said
    assert "have offered to send engineers" in said
    assert "custom_id" not in said, "a button would lead nowhere"
    assert "pier will open" not in said


@pytest.mark.parametrize("how", ["closed", "left"])
async def test_a_direct_message_that_fails_ends_them_and_the_next_catchup_says_so_once(stage, how):
    await stage.stock(stage.news)
    await ask(stage, "follow add", what="Norland", dm=True)
    await stage.stock(stage.news, AGAIN, announce=True)
    if how == "closed":
        stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=None)
    else:
        stage.env.inject_error("GET", "/guilds/*/members/*", status=404, code=10007, times=None)

    await Outbox(stage.app, stage.client).send_due()

    assert "direct messages" not in await ask(stage, "follow list")
    assert "Direct messages to you failed on 14 March 2026" in await ask(stage, "catchup")
    assert "failed" not in await ask(stage, "catchup")
    if how == "left":
        assert posted(stage) == []


async def test_what_is_no_longer_followed_or_held_is_not_sent(stage):
    await stage.stock(stage.news)
    await ask(stage, "follow add", what="Norland", dm=True)
    await stage.stock(stage.news, AGAIN, announce=True)
    await ask(stage, "follow remove", what="Norland")

    await Outbox(stage.app, stage.client).send_due()

    assert posted(stage) == []
    assert await stage.app.read(lambda store: store.postings_due(stage.app.now())) == ()


async def test_privacy_shows_exports_and_deletes_what_is_kept(stage):
    await stage.stock(stage.news)
    assert "Nothing is kept of you here" in await ask(stage, "privacy show")
    await ask(stage, "catchup")
    await ask(stage, "follow add", what="Norland")
    shown = await ask(stage, "privacy show")
    assert "Last /catchup: <t:1773479100:f>" in shown
    assert "Followed: the party Norland" in shown
    assert "Nothing is kept" in await ask(stage, "privacy show", who=stage.news.moderator)

    exported = await stage.news.member.slash(stage.news.channel, "privacy export")
    assert [one.filename for one in exported.response.attachments] == ["kept-of-you.json"]
    assert exported.ephemeral

    asked = await stage.news.member.slash(stage.news.channel, "privacy delete")
    await stage.news.member.click(asked.response, label="Keep it")
    assert "Norland" in await ask(stage, "privacy show")
    asked = await stage.news.member.slash(stage.news.channel, "privacy delete")
    await stage.news.member.click(asked.response, label="Delete it")
    assert "1 follow and 1 visit" in text(asked.response)
    assert not buttons(asked.response)
    assert "Nothing is kept of you here" in await ask(stage, "privacy show")


async def test_a_moderator_who_is_forgotten_leaves_what_they_decided(stage):
    await stage.stock(stage.news)
    await ask(stage, "wrong", who=stage.news.moderator, id="C-1")
    asked = await stage.news.moderator.slash(stage.news.channel, "privacy delete")
    await stage.news.moderator.click(asked.response, label="Delete it")

    log = await ask(stage, "log", who=stage.news.moderator)

    assert "a former member" in log
    assert str(stage.news.moderator.id) not in log
