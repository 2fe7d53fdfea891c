"""`/party` and `/alias`: one page a party, and the names that moderators give."""

import pytest

from tests.chat.stage import buttons, text

MORE = (
    "Harbour news\n\nNorland has offered to light the pier. Norland has offered to paint the pier. "
    "Norland has offered to sweep the pier. It is unclear whether the pier will be lit.\n"
)


@pytest.fixture
async def desk(stage):
    await stage.stock(stage.news)
    return stage.news


async def test_a_party_has_its_page_by_any_of_its_names(stage, desk):
    await desk.moderator.slash(desk.channel, "alias add", name="the Crown", party="Norland")

    result = await desk.member.slash(desk.channel, "party", name="the crown")

    said = text(result.response)
    assert result.ephemeral
    assert said.startswith("## Norland")
    assert "Named by people here: the Crown" in said
    assert "### Commitments" in said
    assert "send engineers" in said
    assert "Estmark \\(1\\), Isles \\(1\\)" in said
    assert "1 commitment, in March 2026" in said


async def test_autocomplete_offers_the_party_by_its_alias(stage, desk):
    await desk.moderator.slash(desk.channel, "alias add", name="the Crown", party="Norland")

    assert await desk.member.autocomplete(desk.channel, "party", "name", "crow") == [
        {"name": "Norland", "value": "Norland"}
    ]
    assert await desk.moderator.autocomplete(desk.channel, "alias split", "name", "cro") == [
        {"name": "the Crown → Norland", "value": "the Crown"}
    ]


async def test_a_button_leads_to_all_that_it_undertook_and_leaves_the_page(stage, desk):
    await stage.stock(stage.news, MORE)
    page = await desk.member.slash(desk.channel, "party", name="Norland")
    assert "### Commitments: 3 of 4" in text(page.response)

    every = await desk.member.click(page.response, label="All 4 commitments")

    assert "4 match actor “Norland”" in text(every.response)
    assert every.ephemeral
    assert "### Commitments: 3 of 4" in text(page.response)


async def test_a_shared_page_says_the_same(stage, desk):
    page = await desk.member.slash(desk.channel, "party", name="Norland")

    await desk.member.click(page.response, label="Share")

    assert "send engineers" in text(desk.channel.last_message)
    assert "Share" not in buttons(desk.channel.last_message)


async def test_merged_parties_are_one_until_they_are_split(stage, desk):
    merged = await desk.moderator.slash(desk.channel, "alias merge", party="Isles", into="Norland")
    assert "Merged Isles into Norland" in text(merged.response)
    shown = text((await desk.member.slash(desk.channel, "show", id="C-1")).response)
    assert "**Norland offered to send engineers" in shown

    split = await desk.moderator.slash(desk.channel, "alias split", name="isles")

    assert "“isles” no longer means Norland" in text(split.response)
    assert "Norland and Isles" in text((await desk.member.slash(desk.channel, "show", id="C-1")).response)


async def test_only_a_party_is_merged_by_any_of_its_names(stage, desk):
    no_party = await desk.moderator.slash(desk.channel, "alias merge", party="the Crown", into="Norland")
    assert "There is no party the Crown here" in text(no_party.response).replace("\\", "")
    assert "/alias add" in text(no_party.response)
    await desk.moderator.slash(desk.channel, "alias add", name="the Archipelago", party="Isles")

    merged = await desk.moderator.slash(desk.channel, "alias merge", party="the archipelago", into="Norland")

    assert "Merged Isles into Norland" in text(merged.response)
    stage.env.errors.clear()


async def test_a_party_of_its_own_is_merged_not_renamed(stage, desk):
    result = await desk.moderator.slash(desk.channel, "alias add", name="isles", party="Norland")

    assert "use /alias merge" in text(result.response)


async def test_an_alias_is_in_the_log_and_can_be_taken_back(stage, desk):
    await desk.moderator.slash(desk.channel, "alias merge", party="Isles", into="Norland")
    assert "“Isles” means Norland" in text((await desk.moderator.slash(desk.channel, "log")).response)

    await desk.moderator.slash(desk.channel, "undo", line=2)

    assert "Norland and Isles" in text((await desk.member.slash(desk.channel, "show", id="C-1")).response)


async def test_a_name_that_nobody_goes_by_is_explained(stage, desk):
    result = await desk.member.slash(desk.channel, "party", name="Norlnd")

    assert "No party here goes by the name “Norlnd”. Did you mean “Norland”?" in text(result.response)


async def test_nothing_is_told_of_a_party_of_another_server(stage, desk):
    await desk.moderator.slash(desk.channel, "alias add", name="the Crown", party="Norland")
    rival = stage.rival

    for command, options in (
        ("party", {"name": "Norland"}),
        ("alias add", {"name": "x", "party": "Norland"}),
        ("alias split", {"name": "the Crown"}),
    ):
        result = await rival.moderator.slash(rival.channel, command, **options)
        assert "That did not work" in text(result.response), command
    assert await rival.member.autocomplete(rival.channel, "party", "name", "") == []
    assert await rival.moderator.autocomplete(rival.channel, "alias split", "name", "") == []
