"""Two servers side by side: nothing of the one is ever seen in the other, whatever is asked there."""

import pytest

from bot.domain import Action, Query
from bot.render.state import pack
from tests.chat.stage import buttons, text
from tests.chat.test_buttons import answer_to, send

SECRET = (
    "Zebra plan\n\nZebraland and the Isles have offered to paint stripes for Zebraland if the rain stops. "
    "It is unclear whether the zebra fund will cover the paint. The zebra paint would cost 9 crowns a zebra.\n"
)
QUESTIONS = (
    ("commitments", {}),
    ("commitments", {"actor": "Norland"}),
    ("commitments", {"about": "stripes", "kind": "offer", "since": "2000-01-01"}),
    ("questions", {}),
    ("questions", {"about": "zebra"}),
    ("facts", {"source": "S-1"}),
    ("brief", {}),
    ("brief", {"source": "S-1"}),
    ("brief", {"about": "Zebraland"}),
    ("party", {"name": "Norland"}),
    ("timeline", {"actor": "Norland"}),
    ("timeline", {"about": "stripes", "theme": "light"}),
    ("search", {"text": "stripes"}),
    ("show", {"id": "C-1"}),
    ("show", {"id": "S-1"}),
    ("sources", {}),
    ("status", {}),
    ("help", {}),
)
OPTIONS = (
    ("commitments", "actor"),
    ("commitments", "recipient"),
    ("commitments", "about"),
    ("questions", "about"),
    ("facts", "source"),
    ("brief", "about"),
    ("party", "name"),
    ("timeline", "actor"),
    ("show", "id"),
)


def tells(said: str) -> bool:
    """Whether it says more than the asker's own words do."""
    return any(word in said for word in ("stripes", "zebra fund", "crowns", "Bridges", "paint"))


@pytest.mark.parametrize(("command", "options"), QUESTIONS)
async def test_no_command_tells_anything_of_the_other_server(stage, command, options):
    await stage.stock(stage.news, SECRET)

    here = await stage.news.member.slash(stage.news.channel, command, **options)
    there = await stage.rival.member.slash(stage.rival.channel, command, **options)

    assert not tells(text(there.response).replace("“stripes”", ""))
    if command not in {"status", "help"}:
        assert tells(text(here.response)), "the same question is answered where it is held"


@pytest.mark.parametrize(("command", "option"), OPTIONS)
async def test_no_suggestion_tells_anything_of_the_other_server(stage, command, option):
    await stage.stock(stage.news, SECRET)

    for typed in ("", "z", "zebra", "s", "C-1"):
        assert await stage.rival.member.autocomplete(stage.rival.channel, command, option, typed) == []
    assert await stage.news.member.autocomplete(stage.news.channel, command, option, "") != []


@pytest.mark.parametrize(
    ("verb", "argument"),
    [
        ("evidence", "C-1"),
        ("evidence", "Q-1|0"),
        ("show", "F-1"),
        ("brief", "S-1"),
        ("brief", "=Zebraland"),
        ("party", "Norland"),
        ("page", pack("commitments", Query(actor="Norland"), 0)),
        ("page", pack("search", Query(text="stripes"), 0)),
        ("share", "show C-1"),
        ("share", f"page {pack('sources', Query(), 0)}"),
    ],
)
async def test_no_button_tells_anything_of_the_other_server(stage, verb, argument):
    await stage.stock(stage.news, SECRET)
    message = await send(stage, stage.rival, Action("Press", verb, argument))

    result = await stage.rival.moderator.click(message, label="Press")

    assert not tells(answer_to(result).replace("“stripes”", ""))
    assert not tells(text(stage.rival.channel.last_message))


async def test_a_moderator_cannot_remove_what_another_server_holds(stage):
    await stage.stock(stage.news, SECRET)
    message = await send(stage, stage.rival, Action("Press", "remove", "S-1"))

    result = await stage.rival.moderator.click(message, label="Press")

    assert "That did not work" in answer_to(result)
    assert (await stage.app.read(lambda store: store.sources(stage.news.workspace, Query()))).total == 1


async def test_the_same_document_in_two_servers_is_two_sources(stage):
    for place in (stage.news, stage.rival):
        added = await place.moderator.slash(place.channel, "source add", file=("a.txt", SECRET.encode()))
        assert "Added S-1" in text(added.response)
        assert "Evidence" in buttons(added.response)
