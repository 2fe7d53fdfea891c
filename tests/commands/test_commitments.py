import pytest

from tests import samples
from tests.chat.stage import buttons, custom_id, text

MANY = tuple(f"Note {n}\n\nNorland and the Isles have offered to do thing {n} for Estmark today.\n" for n in range(7))


async def test_it_answers_privately_with_the_sentence(stage):
    await stage.stock(stage.news)

    result = await stage.news.member.slash(stage.news.channel, "commitments")

    assert result.ephemeral
    assert not result.deferred
    assert samples.OFFER in text(result.response)
    assert {"Evidence", "Share"} <= set(buttons(result.response))


async def test_share_true_answers_for_all_without_a_share_button(stage):
    await stage.stock(stage.news)

    result = await stage.news.member.slash(stage.news.channel, "commitments", share=True)

    assert not result.ephemeral
    assert "Share" not in buttons(result.response)
    assert samples.OFFER in text(stage.news.channel.last_message)


async def test_filters_are_used(stage):
    await stage.stock(stage.news)

    hit = await stage.news.member.slash(
        stage.news.channel, "commitments", actor="Norland", recipient="Estmark", kind="offer", since="2026-02-01"
    )
    miss = await stage.news.member.slash(stage.news.channel, "commitments", actor="Norlund")

    assert "`C-1`" in text(hit.response)
    assert "Nothing held matches" in text(miss.response)
    assert "Norland" in text(miss.response), "a name that is held and reads alike is offered"


@pytest.mark.parametrize("option", ["since", "as_of"])
async def test_a_day_that_is_none_is_answered_with_what_to_write(stage, option):
    result = await stage.news.member.slash(stage.news.channel, "commitments", **{option: "soonish"})

    assert result.ephemeral
    assert "2026-03-14" in text(result.response)


async def test_pages_turn_within_the_private_message(stage):
    await stage.stock(stage.news, *MANY)
    first = await stage.news.member.slash(stage.news.channel, "commitments")
    before = text(first.response)

    await stage.news.member.click(first.response, label="Next")

    assert "Page 1 of 2" in before
    assert "Page 2 of 2" in text(first.response)
    assert not buttons(first.response)["Previous"].get("disabled")
    assert buttons(first.response)["Next"]["disabled"]


async def test_paging_keeps_filters_that_are_too_long_for_a_button(stage):
    await stage.stock(stage.news, *MANY)
    about = " ".join(["thing", "offered", "Norland", "Isles", "Estmark", "today"] * 4)
    first = await stage.news.member.slash(stage.news.channel, "commitments", about=about)
    assert "Page 1 of 2" in text(first.response), text(first.response)

    await stage.news.member.click(first.response, label="Next")

    assert "Page 2 of 2" in text(first.response)


async def test_paging_a_public_answer_gives_a_private_page_and_leaves_it_alone(stage):
    await stage.stock(stage.news, *MANY)
    shared = await stage.news.member.slash(stage.news.channel, "commitments", share=True)

    result = await stage.news.moderator.click(shared.response, label="Next")

    assert result.ephemeral
    assert "Page 2 of 2" in text(result.response)
    assert "Page 1 of 2" in text(shared.response)


async def test_buttons_work_after_a_restart(stage):
    await stage.stock(stage.news, *MANY)
    first = await stage.news.member.slash(stage.news.channel, "commitments")

    await stage.restart()
    await stage.news.member.click(first.response, label="Next")

    assert "Page 2 of 2" in text(first.response)


async def test_evidence_shows_the_sentences_around_the_quote(stage):
    await stage.stock(stage.news)
    first = await stage.news.member.slash(stage.news.channel, "commitments")

    result = await stage.news.member.click(first.response, custom_id=custom_id(first.response, "Evidence"))

    assert result.ephemeral
    assert f"**{samples.OFFER}**" in text(result.response)
    assert samples.DOUBT in text(result.response), "the sentence after"
    assert "`S-1` · Bridges for Estmark · 1 March 2026" in text(result.response)


async def test_names_are_completed_from_what_is_held_here(stage):
    await stage.stock(stage.news)

    here = await stage.news.member.autocomplete(stage.news.channel, "commitments", "actor", "nor")
    there = await stage.rival.member.autocomplete(stage.rival.channel, "commitments", "actor", "nor")

    assert [choice["value"] for choice in here] == ["Norland"]
    assert there == []
