import pytest

from bot.domain import Query
from bot.errors import BadInput, Busy, DossierError, FileTooLarge
from tests import samples
from tests.chat.stage import buttons, text
from tests.web import serving

BRIEF = (
    "Harbour brief\n\nNorland and the Isles have offered to dredge the harbour for Estmark. "
    "It is unclear whether the Union will pay for the engineers.\n"
)


async def held(stage, place):
    return (await stage.app.read(lambda store: store.sources(place.workspace, Query()))).items


def desk(place):
    return place.moderator, place.channel


async def test_a_file_is_added_and_what_was_found_is_shown(stage):
    moderator, channel = desk(stage.news)

    result = await moderator.slash(
        channel, "source add", file=("brief.txt", BRIEF.encode()), title="The harbour", date="2026-03-10"
    )

    assert result.ephemeral
    assert "Added S-1" in text(result.response)
    assert "dredge the harbour" in text(result.response)
    assert {"Evidence", "Brief"} <= set(buttons(result.response))
    (source,) = await held(stage, stage.news)
    assert (source.title, str(source.published), source.added_by) == ("The harbour", "2026-03-10", str(moderator.id))
    assert await held(stage, stage.rival) == ()


async def test_the_same_file_twice_is_one_source(stage):
    moderator, channel = desk(stage.news)
    await moderator.slash(channel, "source add", file=("brief.txt", BRIEF.encode()))

    again = await moderator.slash(channel, "source add", file=("copy.txt", BRIEF.encode()))

    assert "Already held" in text(again.response)
    assert "`S-1`" in text(again.response) or "S-1" in text(again.response)
    assert len(await held(stage, stage.news)) == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty.txt is empty"),
        ("noise.txt", bytes(range(256)) * 8, "cannot be read as text"),
        ("page.pdf", BRIEF.encode(), "Rename it"),
        ("broken.pdf", b"%PDF-1.7\nnothing", "damaged"),
        ("long.txt", b"word and another word. " * 50_000, "the limit is 1,000,000"),
    ],
)
async def test_a_bad_file_is_explained_and_leaves_nothing(stage, name, data, words):
    moderator, channel = desk(stage.news)

    result = await moderator.slash(channel, "source add", file=(name, data))

    assert result.ephemeral
    assert words in text(result.response)
    assert await held(stage, stage.news) == ()


async def test_a_file_that_is_too_large_is_not_even_fetched(stage):
    moderator, channel = desk(stage.news)

    result = await moderator.slash(channel, "source add", file=("big.txt", b"x" * (10 * 1024 * 1024 + 1)))

    assert "big.txt is 10.0 MiB" in text(result.response)
    assert stage.worker.read == []
    assert [type(error.original) for error in stage.env.errors] == [FileTooLarge]


async def test_a_date_that_is_none_is_refused_before_anything_is_read(stage):
    moderator, channel = desk(stage.news)

    result = await moderator.slash(channel, "source add", file=("brief.txt", BRIEF.encode()), date="soon")

    assert "Write it as 2026-03-14" in text(result.response)
    assert stage.worker.read == []
    assert [type(error.original) for error in stage.env.errors] == [BadInput]


async def test_without_a_file_text_is_pasted_into_a_form(stage):
    moderator, channel = desk(stage.news)
    shown = await moderator.slash(channel, "source add", title="Harbour")

    result = await moderator.submit_modal(shown, {"text": BRIEF, "title": "Harbour", "date": "2026-03-10"})

    assert "Added S-1" in text(result.response)
    (source,) = await held(stage, stage.news)
    assert (source.title, str(source.published)) == ("Harbour", "2026-03-10")
    assert await stage.app.read(lambda store: store.source_text(stage.news.workspace, "S-1")) == BRIEF


async def test_a_form_that_was_open_during_a_restart_still_works(stage):
    moderator, channel = desk(stage.news)
    shown = await moderator.slash(channel, "source add")
    await stage.restart()

    result = await moderator.submit_modal(shown, {"text": BRIEF})

    assert "Added S-1" in text(result.response)


async def test_pasted_text_that_is_empty_is_explained(stage):
    moderator, channel = desk(stage.news)
    shown = await moderator.slash(channel, "source add")

    result = await moderator.submit_modal(shown, {"text": "  \n "})

    assert "Pasted text is empty" in text(result.response)


async def test_a_date_in_the_form_that_is_none_is_explained(stage):
    moderator, channel = desk(stage.news)
    shown = await moderator.slash(channel, "source add")

    result = await moderator.submit_modal(shown, {"text": BRIEF, "date": "soon"})

    assert "Write it as 2026-03-14" in text(result.response)
    assert await held(stage, stage.news) == ()


async def test_a_form_that_is_refused_gives_the_text_back(stage):
    moderator, channel = desk(stage.news)
    shown = await moderator.slash(channel, "source add")

    result = await moderator.submit_modal(shown, {"text": BRIEF, "date": "12 July 2026"})

    (file,) = result.response.attachments
    assert result.ephemeral
    assert (file.filename, (await file.read()).decode()) == ("pasted.txt", BRIEF)
    assert "Your text is not lost: it is in pasted.txt." in text(result.response)
    assert "“12 July 2026” is not a day" in text(result.response)


async def test_a_form_that_cannot_be_read_gives_the_text_back_after_the_wait(stage):
    moderator, channel = desk(stage.news)
    shown = await moderator.slash(channel, "source add")
    stage.worker.error = Busy("100 documents are waiting to be read. Add this one again in a few minutes.")

    result = await moderator.submit_modal(shown, {"text": BRIEF})

    assert [file.filename for file in result.response.attachments] == ["pasted.txt"]


async def test_a_source_is_removed_only_after_it_was_confirmed(stage):
    moderator, channel = desk(stage.news)
    await stage.stock(stage.news)

    asked = await moderator.slash(channel, "source remove", id="s1")
    assert "Remove S-1?" in text(asked.response)
    assert len(await held(stage, stage.news)) == 1
    await moderator.click(asked.response, label="Remove S-1")

    assert "Removed S-1" in text(asked.response)
    assert await held(stage, stage.news) == ()
    entries = await stage.app.read(lambda store: store.log_entries(stage.news.workspace))
    assert any(entry.who == str(moderator.id) and entry.subject == "S-1" for entry in entries.items)


async def test_a_source_may_be_kept_after_all(stage):
    moderator, channel = desk(stage.news)
    await stage.stock(stage.news)
    asked = await moderator.slash(channel, "source remove", id="S-1")

    await moderator.click(asked.response, label="Keep it")

    assert "Nothing was removed" in text(asked.response)
    assert not buttons(asked.response)
    assert len(await held(stage, stage.news)) == 1


async def test_removing_it_twice_says_that_it_is_gone(stage):
    moderator, channel = desk(stage.news)
    await stage.stock(stage.news)
    first = await moderator.slash(channel, "source remove", id="S-1")
    second = await moderator.slash(channel, "source remove", id="S-1")
    await moderator.click(first.response, label="Remove S-1")

    result = await moderator.click(second.response, label="Remove S-1")

    assert "That did not work" in text(result.followups[0] if result.followups else result.response)


async def test_only_sources_can_be_removed(stage):
    moderator, channel = desk(stage.news)
    await stage.stock(stage.news)

    result = await moderator.slash(channel, "source remove", id="C-1")

    assert "C-1 is not a source" in text(result.response)


async def test_members_are_not_offered_the_command(stage):
    assert not [name for name in stage.news.member.available_commands(stage.news.channel) if name.startswith("source ")]
    assert "source add" in stage.news.moderator.available_commands(stage.news.channel)


async def test_a_moderator_who_is_none_any_more_cannot_confirm(stage):
    moderator, channel = desk(stage.news)
    await stage.stock(stage.news)
    asked = await moderator.slash(channel, "source remove", id="S-1")
    stage.env.backend.get_guild(stage.news.guild.id).members[moderator.id].role_ids.clear()

    result = await moderator.click(asked.response, label="Remove S-1")

    assert result.ephemeral
    assert "Only moderators" in text(result.response)
    assert len(await held(stage, stage.news)) == 1


async def test_what_a_source_says_again_is_one_entry(stage):
    moderator, channel = desk(stage.news)
    await stage.stock(stage.news)

    result = await moderator.slash(channel, "source add", file=("again.txt", f"Again\n\n{samples.OFFER}\n".encode()))

    assert "Said again: C-1" in text(result.response)


async def test_a_new_version_supersedes_a_source_and_says_what_became_of_it(stage):
    news = stage.news
    await stage.stock(news)
    later = f"Bridges, amended\n\n{samples.OFFER}\n".encode()

    result = await news.moderator.slash(news.channel, "source add", file=("b.txt", later), supersedes="s1")

    said = text(result.response).replace("\\", "")
    assert "Supersedes S-1: 1 entry stayed; no longer in the current version: Q-1 and F-1" in said
    assert "Said again" not in said
    shown = text((await news.member.slash(news.channel, "show", id="S-1")).response)
    assert "superseded" in shown
    assert "S-2 took its place" in shown
    listed = await news.member.slash(news.channel, "commitments", source="S-1")
    assert "Did you mean S-2?" in text(listed.response).replace("\\", "")
    assert "Superseded by: S-2" in shown
    assert "S-2 supersedes S-1" in text((await news.moderator.slash(news.channel, "log")).response)
    assert "no longer in the current version" in text(
        (await news.member.slash(news.channel, "show", id="Q-1")).response
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"supersedes": "S-1"}, "Give the new version as a file"),
        ({"supersedes": "S-9", "file": ("b.txt", b"Nothing.")}, "There is no S-9 here"),
    ],
)
async def test_what_cannot_be_superseded_is_explained(stage, options, said):
    await stage.stock(stage.news)

    result = await stage.news.moderator.slash(stage.news.channel, "source add", **options)

    assert said in text(result.response)
    assert all(isinstance(error.original, DossierError) for error in stage.env.errors)


PAGE = f"""<html><head><title>Harbour brief</title><meta property="article:published_time" content="2026-03-10">
</head><body><nav>Home</nav><article><h1>Harbour brief</h1><p>{BRIEF.partition("brief")[2].strip()}</p></article></body></html>"""


@pytest.fixture
async def site():
    async with serving() as found:
        yield found


async def test_a_web_page_is_added_by_its_address(stage, site):
    moderator, channel = desk(stage.news)
    address = site.put("/harbour", PAGE)

    result = await moderator.slash(channel, "source add", url=f"{address}#top", preview=False)

    assert "Added S-1" in text(result.response)
    assert buttons(result.response)["Open"]["url"] == address
    (source,) = await held(stage, stage.news)
    assert (source.title, str(source.published), source.origin) == ("Harbour brief", "2026-03-10", address)
    shown = await stage.news.member.slash(channel, "show", id="S-1")
    assert f"](<{address}>)" in text(shown.response)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"url": "ftp://example.org/a"}, "It is not an address that starts with http"),
        ({"url": "https://u:p@example.org/a"}, "It holds a user name or a password"),
        ({"url": "https://example.org/a", "file": ("a.txt", b"A.")}, "Give files or an address, one of the two"),
    ],
)
async def test_an_address_that_cannot_be_asked_for_is_explained(stage, options, said):
    result = await stage.news.moderator.slash(stage.news.channel, "source add", **options)

    assert result.ephemeral
    assert said in text(result.response)
    assert stage.worker.read == []
    assert [isinstance(error.original, DossierError) for error in stage.env.errors] == [True]


async def test_a_page_that_leads_into_a_network_adds_nothing(stage, site):
    moderator, channel = desk(stage.news)

    result = await moderator.slash(channel, "source add", url=site.send_on("/", "http://10.0.0.1/"))

    assert "does not lead to a public place" in text(result.response)
    assert await held(stage, stage.news) == ()
