"""`/catchup`: what changed since one was last here, for one alone."""

from datetime import timedelta

from bot.domain import Fate, Outcome
from tests import samples
from tests.chat.stage import buttons, text

LATER = (
    "Harbour news\n\nNorland has offered to light the pier. Norland has offered to paint the pier. "
    "Norland has offered to sweep the pier. Norland has offered to close the pier. "
    "Norland has offered to lease the pier. Norland has offered to sell the pier. The pier would cost 9 crowns.\n"
)


async def add(stage, source, *, days):
    stage.clock.now = samples.NOW + timedelta(days=days)
    place = stage.news
    await place.moderator.slash(place.channel, "source add", file=(f"{days}.txt", source.encode()))


async def catchup(stage, **options):
    return await stage.news.member.slash(stage.news.channel, "catchup", **options)


async def test_the_first_visit_looks_back_a_week_and_the_next_to_the_visit(stage):
    await add(stage, samples.TEXT, days=0)
    first = await catchup(stage)
    assert first.ephemeral
    assert "Since 7 days ago (you have not asked before)" in text(first.response).replace("\\", "")
    assert "### New" in text(first.response)
    assert samples.OFFER in text(first.response)

    stage.clock.now += timedelta(hours=1)
    again = await catchup(stage)
    assert "Since you last asked: <t:1773479100:f>" in text(again.response)
    assert "Nothing that is kept changed." in text(again.response)

    stage.clock.now += timedelta(hours=1)
    await stage.news.moderator.slash(stage.news.channel, "source retract", id="S-1")
    stage.clock.now += timedelta(hours=1)
    await stage.news.moderator.slash(stage.news.channel, "source restore", id="S-1")
    await stage.news.moderator.slash(stage.news.channel, "wrong", id="Q-1")
    third = text((await catchup(stage)).response)
    assert "### Withdrawn" in third
    assert "marked wrong" in third
    assert "`C-1`" not in third


async def test_dates_that_passed_since_the_last_visit_are_listed_once(stage):
    await add(stage, samples.TEXT, days=0)
    moderator, channel = stage.news.moderator, stage.news.channel
    await moderator.slash(channel, "correct", id="C-1", slot="due", value="2026-03-16")
    assert "Date passed" not in text((await catchup(stage)).response)

    stage.clock.now += timedelta(days=2)
    assert "Date passed" not in text((await catchup(stage)).response), "the day has not ended"
    stage.clock.now += timedelta(days=1)
    said = text((await catchup(stage)).response)

    assert "### Date passed" in said
    assert "`C-1`" in said
    assert "not done" not in said
    stage.clock.now += timedelta(days=1)
    assert "Date passed" not in text((await catchup(stage)).response)


async def test_each_member_has_a_visit_of_their_own(stage):
    await add(stage, samples.TEXT, days=0)
    await catchup(stage)

    other = await stage.news.moderator.slash(stage.news.channel, "catchup")

    assert "you have not asked before" in text(other.response)


async def test_a_day_can_be_given_instead(stage):
    await add(stage, samples.TEXT, days=0)
    await catchup(stage)
    stage.clock.now += timedelta(days=3)

    assert samples.OFFER in text((await catchup(stage, since="1 week")).response)
    assert "is not a day that since can take" in text((await catchup(stage, since="soon")).response)


async def test_its_pages_are_turned_and_it_is_not_shared(stage):
    await add(stage, LATER, days=0)
    shown = await catchup(stage)
    assert "6 new entries and 1 new fact" in text(shown.response)
    assert "Page 1 of 2" in text(shown.response)
    assert "Share" not in buttons(shown.response)

    await stage.news.member.click(shown.response, label="Next")

    assert "Page 2 of 2" in text(shown.response)
    assert "sell the pier" in text(shown.response)


async def test_nothing_of_another_server_is_told(stage):
    await add(stage, samples.TEXT, days=0)

    there = await stage.rival.member.slash(stage.rival.channel, "catchup")

    assert "Nothing that is kept changed." in text(there.response)


async def test_what_an_answer_that_did_not_arrive_would_have_told_is_told_the_next_time(stage):
    await catchup(stage)
    await add(stage, samples.TEXT, days=1)
    outcome = Outcome("Harbour", Fate.DISCARDED, samples.NOW)
    await stage.app.write(lambda store: store.tell_outcome(stage.news.workspace, str(stage.news.member.id), outcome))
    stage.clock.now += timedelta(days=1)
    stage.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062, times=1)

    await catchup(stage)
    assert len(stage.env.errors) == 1, "the interaction was gone"
    stage.env.errors.clear()
    told = text((await catchup(stage)).response)

    assert samples.OFFER in told
    assert "You suggested “Harbour”: not kept" in told
    assert "Nothing that is kept changed" in text((await catchup(stage)).response)
