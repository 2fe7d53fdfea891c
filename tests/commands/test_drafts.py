"""Looking before keeping: previews, suggestions and their queue, messages, several files at once."""

from datetime import timedelta

import pytest

from bot.chat.post import Outbox
from bot.domain import Action, DraftKind, Query
from bot.drafts import MOST_OF_ONE
from bot.errors import DossierError
from tests import samples
from tests.chat.stage import buttons, text
from tests.chat.test_buttons import answer_to, send
from tests.web import serving

BRIEF = (
    "# Harbour brief\n\nNorland and the Isles have offered to dredge the harbour for Estmark. "
    "It is unclear whether the Union will pay for the engineers.\n"
)
PAGE = "<html><head><title>{}</title></head><body><article><h1>{}</h1><p>{}</p></article></body></html>"


@pytest.fixture
async def site():
    async with serving() as found:
        yield found


def page(words, title="Harbour brief"):
    return PAGE.format(title, title, words)


async def held(stage, place):
    return (await stage.app.read(lambda store: store.sources(place.workspace, Query()))).items


async def waiting(stage, place, kind=DraftKind.PREVIEW):
    return await stage.app.read(lambda store: store.drafts(place.workspace, kind, stage.app.now()))


async def look(stage, **options):
    news = stage.news
    given = options or {"file": ("brief.txt", BRIEF.encode()), "preview": True}
    return await news.moderator.slash(news.channel, "source add", **given)


async def test_a_preview_shows_what_would_come_and_holds_nothing_yet(stage):
    await stage.stock(stage.news)

    shown = await look(stage, file=("b.txt", f"{BRIEF}\n{samples.OFFER}\n".encode()), preview=True)

    said = text(shown.response)
    assert shown.ephemeral
    assert "Keep: Harbour brief?" in said
    assert "1 new commitment" in said
    assert "dredge the harbour" in said
    assert "Said again: C-1" in said
    assert {"Keep", "Discard"} <= set(buttons(shown.response))
    assert len(await held(stage, stage.news)) == 1
    assert await waiting(stage, stage.rival) == ()


async def test_a_preview_says_what_the_document_may_bear_on_with_both_sentences(stage):
    asked = "It is unclear whether Norland and the Isles will dredge the harbour for Estmark."
    await stage.stock(stage.news, f"Harbour\n\n{asked}\n")

    shown = await look(stage, file=("b.txt", BRIEF.encode()), preview=True)

    said = text(shown.response)
    assert "1 may answer Q-1" in said
    assert "May bear on" in said
    assert "may be answered by this" in said
    assert asked in said
    assert said.count("Norland and the Isles have offered to dredge the harbour for Estmark.") == 2


async def test_what_is_kept_is_what_was_shown_also_after_a_restart(stage):
    shown = await look(stage)
    await stage.restart()

    await stage.news.moderator.click(shown.response, label="Keep")

    assert "Added S-1" in text(shown.response)
    assert {"Brief", "Evidence"} <= set(buttons(shown.response))
    (source,) = await held(stage, stage.news)
    assert (source.origin, source.added_by) == ("brief.txt", str(stage.news.moderator.id))
    assert await stage.app.read(lambda store: store.source_text(stage.news.workspace, "S-1")) == BRIEF
    assert await stage.app.read(lambda store: store.check()) == []
    assert await waiting(stage, stage.news) == ()
    assert stage.worker.read == ["brief.txt"], "it is not read again"
    assert "S-1" in text((await stage.news.moderator.slash(stage.news.channel, "log")).response)


async def test_what_is_discarded_leaves_nothing(stage):
    shown = await look(stage)

    await stage.news.moderator.click(shown.response, label="Discard")

    assert "Discarded: Harbour brief" in text(shown.response)
    assert not buttons(shown.response)
    assert await held(stage, stage.news) == ()
    assert await waiting(stage, stage.news) == ()


async def test_a_draft_that_is_a_day_old_is_forgotten(stage):
    shown = await look(stage)
    stage.clock.now += timedelta(days=1)

    result = await stage.news.moderator.click(shown.response, label="Keep")

    assert "it was too old. Add the document again" in answer_to(result)
    assert await held(stage, stage.news) == ()
    assert await stage.client.tidy() == 1


async def test_a_second_press_finds_it_gone(stage):
    message = await send(stage, stage.news, Action("Press", "save", "1"))
    shown = await look(stage)
    await stage.news.moderator.click(shown.response, label="Keep")

    result = await stage.news.moderator.click(message, label="Press")

    assert "it was kept or discarded" in answer_to(result)
    assert len(await held(stage, stage.news)) == 1


@pytest.mark.parametrize("argument", ["1", "1|S-1", "999", "-1", "1|C-1", "", "x" * 70, "１"])
@pytest.mark.parametrize("verb", ["save", "discard"])
async def test_no_forged_button_touches_what_another_server_holds(stage, verb, argument):
    await look(stage)
    message = await send(stage, stage.rival, Action("Press", verb, argument))

    result = await stage.rival.moderator.click(message, label="Press")

    assert "That did not work" in answer_to(result)
    assert "Harbour" not in answer_to(result)
    assert await waiting(stage, stage.news) == (1,)
    assert await held(stage, stage.rival) == ()


async def test_only_a_moderator_keeps_or_discards(stage):
    await look(stage)
    for verb in ("save", "discard", "queue"):
        message = await send(stage, stage.news, Action("Press", verb, "1"))
        result = await stage.news.member.click(message, label="Press")
        assert "Only moderators" in answer_to(result)
    assert await waiting(stage, stage.news) == (1,)


async def test_what_is_held_already_is_said_with_the_way_to_it(stage, site):
    address = site.put("/a", page(BRIEF))
    shown = await look(stage, url=address)
    await stage.news.moderator.click(shown.response, label="Keep")

    again = await look(stage, url=address)

    assert "Already held" in text(again.response)
    assert "S-1 · Harbour brief" in text(again.response)
    assert buttons(again.response)["Open"]["url"] == address
    await stage.news.moderator.click(again.response, label="Brief")


async def test_a_page_that_changed_is_offered_as_a_new_version(stage, site):
    address = site.put("/a", page(BRIEF))
    await stage.news.moderator.click((await look(stage, url=address)).response, label="Keep")
    site.put("/a", page(f"{BRIEF} {samples.FIGURE}"))

    shown = await look(stage, url=address)
    assert "The same address is held with another text: S-1" in text(shown.response)
    await stage.news.moderator.click(shown.response, label="Keep as new version of S-1")

    assert "Supersedes S-1: 2 entries stayed" in text(shown.response)
    assert [source.id for source in await held(stage, stage.news)] == ["S-2"]


async def test_several_files_are_added_at_once_and_a_bad_one_holds_up_no_other(stage):
    result = await look(
        stage,
        file=("a.txt", BRIEF.encode()),
        file2=("bad.pdf", b"%PDF-1.7\nnothing"),
        file3=("c.txt", samples.TEXT.encode()),
        file5=("d.txt", BRIEF.encode()),
    )

    said = text(result.response)
    assert "Added 2 of 4 documents" in said
    assert "damaged" in said
    assert "already held" in said
    assert "`S-1`" in said
    assert {"Brief S-1", "Brief S-2"} <= set(buttons(result.response))
    assert len(await held(stage, stage.news)) == 2


async def test_a_title_is_for_a_single_file(stage):
    result = await look(stage, file=("a.txt", b"A."), file2=("b.txt", b"B."), title="Both")

    assert "are for a single file" in text(result.response)
    assert [isinstance(error.original, DossierError) for error in stage.env.errors] == [True]


# Suggestions


async def suggest(stage, words=BRIEF, name="brief.txt"):
    return await stage.news.member.slash(stage.news.channel, "suggest", file=(name, words.encode()))


async def test_a_member_suggests_and_a_moderator_keeps(stage):
    suggested = await suggest(stage)
    assert suggested.ephemeral
    assert "Suggested: Harbour brief" in text(suggested.response)
    assert not buttons(suggested.response)
    assert await held(stage, stage.news) == ()

    shown = await stage.news.moderator.slash(stage.news.channel, "source queue")
    assert "1 suggestion in the queue" in text(shown.response)
    await stage.news.moderator.click(shown.response, label="Keep")

    (source,) = await held(stage, stage.news)
    assert source.added_by == str(stage.news.moderator.id)
    empty = await stage.news.moderator.slash(stage.news.channel, "source queue")
    assert "No suggestions" in text(empty.response)


async def test_the_queue_goes_round(stage):
    await suggest(stage)
    await suggest(stage, samples.TEXT, "bridges.txt")

    shown = await stage.news.moderator.slash(stage.news.channel, "source queue")
    assert "Suggested: Harbour brief" in text(shown.response)
    await stage.news.moderator.click(shown.response, label="Next")
    assert "Suggested: bridges.txt" in text(shown.response)
    await stage.news.moderator.click(shown.response, label="Next")
    await stage.news.moderator.click(shown.response, label="Discard")
    await stage.news.moderator.click(shown.response, label="Next suggestion")

    assert "Suggested: bridges.txt" in text(shown.response)
    assert "No suggestions" in text((await stage.rival.moderator.slash(stage.rival.channel, "source queue")).response)


async def decide(stage, label):
    shown = await stage.news.moderator.slash(stage.news.channel, "source queue")
    await stage.news.moderator.click(shown.response, label=label)


async def catchup(stage, who=None):
    return text((await (who or stage.news.member).slash(stage.news.channel, "catchup")).response).replace("\\", "")


async def test_who_suggested_a_document_hears_once_what_became_of_it(stage):
    await suggest(stage)
    assert "You suggested" not in await catchup(stage)
    await suggest(stage, samples.TEXT, "bridges.txt")
    await decide(stage, "Keep")
    await decide(stage, "Discard")

    assert "You suggested" not in await catchup(stage, stage.news.moderator)
    said = await catchup(stage)
    assert "You suggested “Harbour brief”: kept, as S-1 (14 March 2026)." in said
    assert "You suggested “bridges.txt”: not kept" in said
    assert "You suggested" not in await catchup(stage)
    assert stage.news.member.user.dm_channel is None or not stage.news.member.user.dm_channel.history()


async def test_the_next_suggestion_tells_of_the_last_one(stage):
    await suggest(stage)
    await stage.stock(stage.news, BRIEF)
    await decide(stage, "Keep")

    shown = await suggest(stage, samples.TEXT)

    assert "“Harbour brief”: the same text was held already, as S-1" in text(shown.response).replace("\\", "")


async def test_a_suggestion_that_nobody_decided_on_is_told_of_too(stage):
    await suggest(stage)
    stage.clock.now += timedelta(days=31)
    await stage.client.tidy()

    assert "“Harbour brief”: nobody decided on it in time" in await catchup(stage)


async def test_who_asked_for_a_direct_message_gets_one_and_nobody_else_does(stage):
    await stage.news.member.slash(stage.news.channel, "suggest", file=("brief.txt", BRIEF.encode()), dm=True)
    await decide(stage, "Keep")
    outbox = Outbox(stage.app, stage.client)
    await outbox.send_due()
    await outbox.send_due()

    (message,) = stage.news.member.user.dm_channel.history()
    assert "Your suggestion in Newsroom" in text(message)
    assert "kept, as S-1" in text(message)
    assert "You suggested" not in await catchup(stage)


async def test_a_direct_message_that_does_not_arrive_is_told_by_catchup(stage, caplog):
    shown = await stage.news.member.slash(stage.news.channel, "suggest", dm=True)
    await stage.news.member.submit_modal(shown, {"text": BRIEF, "title": "Harbour"})
    await decide(stage, "Discard")
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=1)
    await Outbox(stage.app, stage.client).send_due()

    assert "You suggested “Harbour”: not kept" in await catchup(stage)
    caplog.clear()


async def test_text_is_suggested_in_a_form(stage):
    shown = await stage.news.member.slash(stage.news.channel, "suggest", title="Harbour")

    result = await stage.news.member.submit_modal(shown, {"text": BRIEF, "title": "Harbour"})

    assert "Suggested: Harbour" in text(result.response)
    assert await waiting(stage, stage.news, DraftKind.SUGGESTION) == (1,)


async def test_the_same_text_is_suggested_once_by_a_member_and_said_so(stage):
    await suggest(stage)

    again = await suggest(stage)

    assert "You suggested this text already, and it waits for a moderator" in text(again.response)
    assert await waiting(stage, stage.news, DraftKind.SUGGESTION) == (1,)


async def test_one_member_cannot_fill_the_queue(stage):
    for number in range(MOST_OF_ONE):
        await suggest(stage, f"{BRIEF}\n\nNumber {number}\n")

    result = await suggest(stage, samples.TEXT)

    assert "5 of your suggestions wait" in text(result.response)
    assert len(stage.worker.read) == MOST_OF_ONE


async def test_a_suggestion_that_is_held_already_is_said_so(stage):
    await stage.stock(stage.news)

    result = await suggest(stage, samples.TEXT)

    assert "Already held" in text(result.response)
    assert await waiting(stage, stage.news, DraftKind.SUGGESTION) == ()


# Messages


async def test_a_message_becomes_a_source_that_leads_back_to_it(stage):
    news = stage.news
    message = await news.member.send(news.channel, samples.OFFER)

    shown = await news.moderator.context_menu(news.channel, "Add as source", message)
    assert "Keep: Message in \\#desk?" in text(shown.response)
    await news.moderator.click(shown.response, label="Keep")

    (source,) = await held(stage, news)
    assert (source.origin, source.author) == (message.jump_url, str(news.member.id))
    assert source.published == message.created_at.date()
    assert buttons(shown.response)["Open"]["url"] == message.jump_url


async def test_its_attachments_become_sources_too(stage):
    news = stage.news
    files = [("brief.txt", BRIEF.encode()), ("cat.png", b"\x89PNG\r\n"), ("more.md", samples.TEXT.encode())]
    message = await news.member.send(news.channel, "As promised:", attachments=files)

    shown = await news.moderator.context_menu(news.channel, "Add as source", message)

    assert "Keep: Harbour brief?" in text(shown.response)
    assert "Keep: more.md?" in text(shown.followups[-1])
    await news.moderator.click(shown.response, label="Keep")
    (source,) = await held(stage, news)
    assert source.origin == f"{message.jump_url}#brief.txt"


async def test_who_wrote_a_message_can_have_it_taken_out(stage):
    news = stage.news
    message = await news.member.send(news.channel, samples.OFFER)
    shown = await news.moderator.context_menu(news.channel, "Add as source", message)
    await news.moderator.click(shown.response, label="Keep")

    asked = await news.member.context_menu(news.channel, "Take out of sources", message)
    assert asked.ephemeral
    assert "It cannot be taken back" in text(asked.response)
    await news.member.click(asked.response, label="Remove S-1")

    assert "Deleted S-1" in text(asked.response)
    assert await held(stage, news) == ()
    assert await stage.app.read(lambda store: store.source_text(news.workspace, "S-1")) == ""
    back = await news.moderator.slash(news.channel, "source restore", id="S-1")
    assert "deleted for good" in text(back.response)
    log = text((await news.moderator.slash(news.channel, "log")).response)
    assert "Source deleted for good: S-1" in log
    assert "engineers" not in log
    undone = await news.moderator.slash(news.channel, "undo", line=2)
    assert "#2 (source deleted for good) cannot be taken back" in text(undone.response).replace("\\", "")
    assert "no commitment" in text((await news.member.slash(news.channel, "commitments")).response).lower()
    assert "Nothing that is kept changed" in await catchup(stage)
    stage.env.errors.clear()


async def test_who_wrote_it_has_it_deleted_also_after_a_moderator_removed_it(stage):
    news = stage.news
    message = await news.member.send(news.channel, samples.OFFER)
    shown = await news.moderator.context_menu(news.channel, "Add as source", message)
    await news.moderator.click(shown.response, label="Keep")
    asked = await news.moderator.context_menu(news.channel, "Take out of sources", message)
    await news.moderator.click(asked.response, label="Remove S-1")
    assert "Removed S-1" in text(asked.response)
    assert await stage.app.read(lambda store: store.source_text(news.workspace, "S-1"))

    asked = await news.member.context_menu(news.channel, "Take out of sources", message)
    await news.member.click(asked.response, label="Remove S-1")

    assert await stage.app.read(lambda store: store.source_text(news.workspace, "S-1")) == ""


async def test_nobody_else_can_take_it_out(stage):
    news = stage.news
    other = news.guild.add_member(stage.env.create_user("other"))
    message = await news.member.send(news.channel, samples.OFFER)
    shown = await news.moderator.context_menu(news.channel, "Add as source", message)
    await news.moderator.click(shown.response, label="Keep")
    forged = await send(stage, news, Action("Press", "remove", "S-1"))

    asked = await other.context_menu(news.channel, "Take out of sources", message)
    pressed = await other.click(forged, label="Press")

    assert "Only moderators" in text(asked.response)
    assert "Only moderators" in answer_to(pressed)
    assert len(await held(stage, news)) == 1
    assert [isinstance(error.original, DossierError) for error in stage.env.errors] == [True]


@pytest.mark.parametrize("menu", ["Add as source", "Take out of sources"])
async def test_a_message_that_gives_nothing_is_explained(stage, menu):
    news = stage.news
    message = await news.member.send(news.channel, "", attachments=[("cat.png", b"\x89PNG\r\n")])

    result = await news.moderator.context_menu(news.channel, menu, message)

    assert result.ephemeral
    assert ("no text" in text(result.response)) or ("nothing to take out" in text(result.response))
    assert [isinstance(error.original, DossierError) for error in stage.env.errors] == [True]
