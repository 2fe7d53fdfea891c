"""The walk through every command and button: it visits all that there is, and says what it does not."""

from types import SimpleNamespace

import pytest

import commands
from bot.chat.buttons import VERBS
from bot.chat.loader import load
from bot.chat.pasted import FORMS
from scripts.screens import __main__ as screens
from scripts.screens import acts
from scripts.screens.walk import Walk


@pytest.mark.model
@pytest.mark.timeout(600)
async def test_the_walk_visits_every_command_button_and_form_and_its_page_shows_them():
    page, missing = await screens.taken(None)

    assert missing == []
    for command in ("/commitments", "/source feed add", "/undo"):
        assert f"[`{command}`](#" in page
    assert "Press Evidence" in page


def test_what_was_not_visited_is_named():
    missing = Walk(SimpleNamespace(client=SimpleNamespace(loaded=load(commands))), None).missing()

    assert "command sources" in missing
    assert "menu Add as source" in missing
    assert "suggestions party name" in missing
    assert {f"button {verb}" for verb in VERBS} | {f"form {form}" for form in FORMS} <= set(missing)


def test_a_button_that_was_shown_and_never_pressed_is_named():
    walk = Walk(SimpleNamespace(client=SimpleNamespace(loaded=())), None)
    walk.offered.add(("label", "share: Share"))

    assert "label share: Share" in walk.missing()
    assert all(act.__doc__ for act in acts.ACTS)
