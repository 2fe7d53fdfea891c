"""`/questions`, `/facts`, `/sources`, `/search`, `/brief` and `/show`."""

import pytest

from bot.errors import BadInput
from commands import search
from tests import samples
from tests.chat.stage import buttons, text

OTHER = "Harbour news\n\nIt is unclear whether the port will open in May.\n\nThe pier would cost 9 million crowns.\n"


async def test_questions_are_answered_as_questions(stage):
    await stage.stock(stage.news)

    result = await stage.news.member.slash(stage.news.channel, "questions", about="Union", since="2026-01-01")

    assert result.ephemeral
    assert "Will the Union pay for the engineers?" in text(result.response)
    assert samples.DOUBT in text(result.response)


async def test_the_command_that_a_brief_names_for_the_rest_works(stage):
    await stage.stock(stage.news, samples.TEXT, OTHER)

    for command in ("commitments", "questions", "facts"):
        result = await stage.news.member.slash(stage.news.channel, command, source="S-1")
        assert "`S-1`" in text(result.response), command
        assert "`S-2`" not in text(result.response), command


async def test_questions_about_something_else_are_none(stage):
    await stage.stock(stage.news)

    result = await stage.news.member.slash(stage.news.channel, "questions", about="Borduria")

    assert "Nothing held matches" in text(result.response)


async def test_facts_of_one_source(stage):
    await stage.stock(stage.news, samples.TEXT, OTHER)

    result = await stage.news.member.slash(stage.news.channel, "facts", source="s2", share=True)

    assert not result.ephemeral
    assert "9 million crowns" in text(result.response)
    assert "40 million" not in text(result.response)


async def test_sources_can_be_completed_by_title(stage):
    await stage.stock(stage.news)

    choices = await stage.news.member.autocomplete(stage.news.channel, "facts", "source", "bridg")

    assert choices == [{"name": "S-1 · Bridges for Estmark", "value": "S-1"}]


async def test_sources_are_listed_with_what_was_found_in_them(stage):
    await stage.stock(stage.news, samples.TEXT, OTHER)

    result = await stage.news.member.slash(stage.news.channel, "sources")

    assert "1 commitment, 1 open question and 1 fact" in text(result.response)
    assert "`S-1`" in text(result.response)
    assert "`S-2`" in text(result.response)


async def test_search_finds_sentences_whatever_is_typed(stage):
    await stage.stock(stage.news)

    hit = await stage.news.member.slash(stage.news.channel, "search", text="ceasefire engineers")
    syntax = await stage.news.member.slash(stage.news.channel, "search", text='"ceasefire OR (NEAR* AND')

    assert samples.OFFER in text(hit.response)
    assert "That did not work" not in text(syntax.response)


async def test_search_for_nothing_says_what_to_type(stage):
    with pytest.raises(BadInput, match="/search text:"):
        await search.show(stage.app, stage.news.workspace, "  ")


async def test_brief_has_the_latest_source_when_none_is_named(stage):
    await stage.stock(stage.news)

    result = await stage.news.member.slash(stage.news.channel, "brief")

    assert "Brief: Bridges for Estmark" in text(result.response)
    for name in ("Commitments", "Open questions", "Facts"):
        assert f"### {name}" in text(result.response)


async def test_brief_of_a_subject_can_be_shared(stage):
    await stage.stock(stage.news)
    result = await stage.news.member.slash(stage.news.channel, "brief", about="Norland")
    assert "Brief: Norland" in text(result.response)

    await stage.news.member.click(result.response, label="Share")

    assert "Brief: Norland" in text(stage.news.channel.last_message)


async def test_brief_of_an_empty_server_says_what_to_do(stage):
    result = await stage.news.member.slash(stage.news.channel, "brief")

    assert result.ephemeral
    assert "Add a source first" in text(result.response)


@pytest.mark.parametrize(
    ("id_", "words"),
    [("C-1", samples.OFFER), ("q1", "Will the Union pay"), (" f-1 ", "40 million"), ("S-1", "SHA-256")],
)
async def test_show_has_any_entry_however_its_id_is_written(stage, id_, words):
    await stage.stock(stage.news)

    result = await stage.news.member.slash(stage.news.channel, "show", id=id_)

    assert words in text(result.response)
    assert "Share" in buttons(result.response)


@pytest.mark.parametrize("id_", ["C-99", "X-1", "nonsense", "C-1; DROP TABLE sources", "C-" + "9" * 90])
async def test_show_of_what_is_not_held_says_so(stage, id_):
    await stage.stock(stage.news)

    result = await stage.news.member.slash(stage.news.channel, "show", id=id_)

    assert result.ephemeral
    assert "That did not work" in text(result.response)


async def test_ids_are_completed(stage):
    await stage.stock(stage.news)

    choices = await stage.news.member.autocomplete(stage.news.channel, "show", "id", "c")

    assert [choice["value"] for choice in choices] == ["C-1"]
    assert all(len(choice["name"]) <= 100 for choice in choices)


@pytest.mark.parametrize(
    ("command", "hint"),
    [("commitments", "source add"), ("questions", "source add"), ("facts", "source add"), ("sources", "source add")],
)
async def test_an_empty_server_is_told_how_to_begin(stage, command, hint):
    result = await stage.news.member.slash(stage.news.channel, command)

    assert hint in text(result.response)
