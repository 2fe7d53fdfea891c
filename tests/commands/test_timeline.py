"""`/timeline`: a picture with its words, in the theme that was asked for."""

from bot.draw import draw_timeline
from tests.chat.stage import buttons, text, walk


async def timeline(stage, **options):
    return await stage.news.member.slash(stage.news.channel, "timeline", **options)


def gallery(message):
    return next(one for one in walk(message) if one["type"] == 12)["items"][0]


async def test_the_picture_comes_privately_with_a_description_and_the_same_in_words(stage):
    await stage.stock(stage.news)

    result = await timeline(stage, actor="norland")

    assert result.ephemeral
    assert [one.filename for one in result.response.attachments] == ["timeline.png"]
    assert "Timeline of Norland, 1 commitment, 1 March 2026" in gallery(result.response)["description"]
    assert "offer 1 March 2026" in text(result.response)


async def test_its_buttons_lead_to_the_quotes_and_it_can_be_shared_with_its_picture(stage):
    await stage.stock(stage.news)
    result = await timeline(stage, theme="light")

    quotes = await stage.news.member.click(result.response, label="C-1 quotes")
    await stage.news.member.click(result.response, label="Share")

    shared = stage.news.channel.last_message
    assert "have offered to send engineers" in text(quotes.response)
    assert "Shared by" in text(shared)
    assert gallery(shared)["description"]
    assert [one.filename for one in shared.attachments] == ["timeline.png"]
    assert "C-1 quotes" in buttons(shared)


async def test_drawing_does_not_hold_up_the_event_loop(stage, monkeypatch):
    import threading

    where = []

    def noted(*given):
        where.append(threading.current_thread() is threading.main_thread())
        return draw_timeline(*given)

    monkeypatch.setattr("bot.chat.answers.draw_timeline", noted)
    await stage.stock(stage.news)
    await timeline(stage)

    assert where == [False]


async def test_a_name_that_is_not_held_gives_no_picture(stage):
    await stage.stock(stage.news)

    result = await timeline(stage, actor="Norlamd")

    assert not result.response.attachments
    assert "Did you mean “Norland”?" in text(result.response)
