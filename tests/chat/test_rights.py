"""A moderator's and a member's view of every command, button and form, taken from the tree and the registries.

What a member may not do is not offered; forced all the same, it is refused privately, and nothing is changed.
"""

import sqlite3
from contextlib import closing

import pytest
from discord import AppCommandOptionType, Permissions, app_commands

import commands
from bot import drafts
from bot.chat import buttons as presses
from bot.chat.guild import MODERATORS_ONLY
from bot.chat.loader import load
from bot.chat.pasted import CUSTOM_ID, FORMS, form
from bot.domain import Action, DraftKind, NewSource
from bot.errors import DossierError
from bot.text import read_document
from tests import samples
from tests.chat.stage import find, walk
from tests.chat.stage import text as escaped
from tests.chat.test_buttons import send

LOADED = load(commands)
MENUS = [command for command in LOADED if isinstance(command, app_commands.ContextMenu)]
SLASH = [
    leaf
    for command in LOADED
    if not isinstance(command, app_commands.ContextMenu)
    for leaf in (command.walk_commands() if isinstance(command, app_commands.Group) else [command])
    if isinstance(leaf, app_commands.Command)
]
MANAGING = Permissions(manage_guild=True)
RESTRICTED_VERBS = sorted(verb for verb, one in presses.VERBS.items() if one.may is not presses.anybody)
OPEN_VERBS = sorted(set(presses.VERBS) - set(RESTRICTED_VERBS) - {"forget"})
"""What everybody may press, but for what deletes what is kept of who presses it."""
ARGUMENTS = {"remove": "S-1", "save": "1", "discard": "1", "queue": "0", "log": "0", "review": "0"}
"""What a button of a moderator's carries; what is not named here carries a link's id."""


def text(message):
    return escaped(message).replace("\\", "")


def answer_to(result):
    return text(result.followups[-1] if result.followups else result.response)


def only_told(stage):
    """Whatever a command raised was for the person to read."""
    return all(isinstance(error.original, DossierError) for error in stage.env.errors)


def top(leaf):
    """The command that Discord keeps permissions for."""
    while getattr(leaf, "parent", None):
        leaf = leaf.parent
    return leaf


def for_moderators(command):
    return top(command).default_permissions is not None


def named(command):
    return command.qualified_name


def filled(stage, command):
    """A value that Discord would take, for each option that must be given."""
    kinds = AppCommandOptionType
    values = {kinds.channel: stage.news.channel, kinds.integer: 1, kinds.attachment: ("a.txt", samples.TEXT.encode())}

    def value(option):
        return option.choices[0].value if option.choices else values.get(option.type, "S-1")

    return {option.display_name: value(option) for option in command.parameters if option.required}


def everything(stage):
    """All that the store holds, to the letter."""
    with closing(sqlite3.connect(stage.settings.store_path)) as database:
        return list(database.iterdump())


async def use(stage, who, command):
    """Use a slash command or a right-click."""
    if isinstance(command, app_commands.ContextMenu):
        message = await stage.news.moderator.send(stage.news.channel, samples.OFFER)
        return await who.context_menu(stage.news.channel, command.name, message)
    return await who.slash(stage.news.channel, command.qualified_name, **filled(stage, command))


def allow(stage, command):
    """Let the member see and use a command, as a server's settings can: the bot's own check is all that is left."""
    kind = command.type.value if isinstance(command, app_commands.ContextMenu) else 1
    registered = stage.env.backend.find_command(top(command).name, None, type=kind)
    stage.news.guild.set_command_permissions(int(registered["id"]), {stage.news.member: True})


@pytest.fixture
async def desk(stage):
    """A server with a source, and a suggestion that waits."""
    await stage.stock(stage.news)
    document = read_document(f"{samples.OFFER} Again.".encode(), "b.txt")
    new = NewSource(document, "b.txt", str(stage.news.member.id), stage.app.now())
    await stage.app.write(
        lambda store: drafts.draft(store, stage.news.workspace, DraftKind.SUGGESTION, new, find(document.text))
    )
    return stage.news


@pytest.mark.parametrize("command", [each for each in (*SLASH, *MENUS) if for_moderators(each)], ids=named)
async def test_what_is_for_moderators_is_not_offered_to_a_member_and_refused_when_forced(stage, desk, command):
    offered = desk.member.available_commands(desk.channel)
    assert command.qualified_name not in offered
    allow(stage, command)
    before = everything(stage)

    result = await use(stage, desk.member, command)

    assert result.ephemeral
    assert MODERATORS_ONLY in text(result.response)
    assert result.modal is None
    assert only_told(stage)
    assert everything(stage) == before
    assert not [entry for entry in desk.channel.history() if entry.author.id == stage.client.user.id]


@pytest.mark.parametrize("command", [*SLASH, *MENUS], ids=named)
async def test_a_moderator_is_refused_nothing_and_a_member_nothing_of_what_is_offered(stage, desk, command):
    for who in [desk.moderator] if for_moderators(command) else [desk.moderator, desk.member]:
        if command in SLASH:
            assert command.qualified_name in who.available_commands(desk.channel)
        if who is desk.member and command in MENUS:
            continue  # what a member may take out is their own message: tests/commands/test_drafts.py

        result = await use(stage, who, command)

        assert result.modal or result.ephemeral
        assert only_told(stage)
        assert result.modal or MODERATORS_ONLY not in text(result.response)


@pytest.mark.parametrize("command", [command for command in SLASH if not for_moderators(command)], ids=named)
async def test_no_answer_to_a_member_has_a_button_that_is_refused(stage, desk, command):
    result = await use(stage, desk.member, command)

    shown = (
        []
        if result.modal
        else [one["custom_id"].split(":")[1] for one in walk(result.response) if one.get("custom_id")]
    )
    assert not set(shown) & set(RESTRICTED_VERBS)
    assert set(shown) <= set(presses.VERBS)


@pytest.mark.parametrize("verb", RESTRICTED_VERBS)
async def test_a_moderators_button_is_refused_to_a_member_who_presses_it(stage, desk, verb):
    message = await send(stage, desk, Action("Press", verb, ARGUMENTS.get(verb, "L-1")))
    before = everything(stage)

    result = await desk.member.click(message, label="Press")

    assert (result.followups or [result.response])[-1].ephemeral
    assert MODERATORS_ONLY in answer_to(result)
    assert everything(stage) == before

    allowed = await desk.moderator.click(message, label="Press")
    assert MODERATORS_ONLY not in answer_to(allowed)


@pytest.mark.parametrize("verb", OPEN_VERBS)
async def test_what_everybody_may_press_changes_nothing_that_is_held(stage, desk, verb):
    arguments = ("S-1", "C-1", "1", "L-1", "show C-1", "c0", "0|0")
    for argument in arguments:
        message = await send(stage, desk, Action("Press", verb, argument))
        before = everything(stage)

        await desk.member.click(message, label="Press")

        assert everything(stage) == before, argument


@pytest.mark.parametrize("custom_id", sorted(FORMS))
async def test_a_moderators_form_is_refused_to_a_member_who_sends_it(stage, desk, custom_id):
    moderator_was = stage.news.guild.add_member(
        stage.env.create_user("for now"), roles=[desk.guild.create_role("For now", permissions=MANAGING)]
    )
    opens = "source add" if custom_id == CUSTOM_ID else "suggest"
    assert FORMS[custom_id].moderators == any(each.qualified_name == opens and for_moderators(each) for each in SLASH)
    shown = await moderator_was.slash(desk.channel, opens, **({"dm": True} if FORMS[custom_id].direct else {}))
    assert shown.modal["custom_id"] == custom_id
    before = everything(stage)
    stage.env.backend.get_guild(desk.guild.id).members[moderator_was.id].role_ids.clear()

    sent = await moderator_was.submit_modal(shown, {"text": "Norland has offered to pay."})

    assert sent.ephemeral
    assert (MODERATORS_ONLY in text(sent.response)) == FORMS[custom_id].moderators
    assert (everything(stage) == before) == FORMS[custom_id].moderators
    assert form(custom_id=custom_id).title == FORMS[custom_id].title


def test_help_names_to_each_what_each_may_use():
    from bot.chat.table import MODERATORS, rows

    groups = {row.name: row.group for row in rows(LOADED)}

    assert {name for name, group in groups.items() if group == MODERATORS} == {
        command.qualified_name for command in SLASH if for_moderators(command)
    }
    assert set(groups) == {command.qualified_name for command in SLASH}
