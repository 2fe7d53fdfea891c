"""Whoever guesses at another server's ids, names and tokens reads what they would read of what never was.

Random sequences of what people do in two servers; after each step everything that takes a guess is asked one, in the
server that does not hold it, beside the same question about nothing. `GUESSING_SEEDS=50` tries more sequences.
"""

import os
import random
from contextlib import suppress

import pytest
from discord import AppCommandOptionType, app_commands

from bot import revise
from bot.domain import Action, Document, Findings, NewSource, Query
from bot.errors import DossierError
from bot.ingest import ingest
from bot.render.state import pack
from tests import samples
from tests.chat.stage import NOW, text
from tests.chat.test_buttons import send

BY = "42"
SEEDS = range(int(os.environ.get("GUESSING_SEEDS", "1")))
STEPS, ASKED = 3, 7
NEVER = {"C": "C-7777", "Q": "Q-7777", "F": "F-7777", "S": "S-7777", "line": "7777", "name": "Quagmirestin"}
NEVER |= {"word": "quagmiric", "token": "~unknowntokn", "digest": "7777"}
FILLED = {
    "slot": "due",
    "value": "May",
    "party": "Norland",
    "name": "Norland",
    "into": "Norland",
    "id": "C-1",
    "line": 1,
    "text": "harbour",
}
LEFT_OUT = {
    "source add": "it needs a file; `supersedes` is asked in tests/commands/test_source.py",
    "digest set": "it writes what it is given",
}
WRITTEN = {
    ("alias add", "name"),
    ("follow add", "what"),
    ("suggest", "url"),
    ("alias merge", "party"),
    ("correct", "value"),
}
NO_GUESSES = {"since", "as_of", "url", "title", "date"}
NUMBERS = {"line", "digest"}
"""Guesses that are numbers are asked where numbers are meant: elsewhere they are words, and found in dates."""
VERBS = ("evidence", "show", "brief", "party", "page", "share", "remove", "log", "changes")


def leaves(client):
    """Every slash command with its options, groups opened; what sets a channel writes down what it is given."""
    todo = [command for command in client.loaded if not isinstance(command, app_commands.ContextMenu)]
    while todo:
        one = todo.pop(0)
        if isinstance(one, app_commands.Group):
            todo += one.commands
        elif one.qualified_name not in LEFT_OUT and not any(
            option.required and option.type is AppCommandOptionType.channel for option in one.parameters
        ):
            yield one


def free(command, option):
    """Whether a guess can be typed there, and is looked for and not just written down."""
    if (command.qualified_name, option.display_name) in WRITTEN or option.display_name in NO_GUESSES:
        return False
    return option.type in {AppCommandOptionType.string, AppCommandOptionType.integer} and not option.choices


def act(rng, number, named):
    """Something that people do in a server, as a function of its store."""
    text_ = f"The {named} plan {number}. Norland and the Isles have offered to send {number} engineers to Estmark."
    found = Findings((samples.offer(text_, text_.partition(". ")[2], action=f"send {number} engineers"),))
    new = NewSource(Document(text_, "A brief"), f"{number}.txt", BY, NOW)
    return rng.choice(
        [
            lambda store, workspace: ingest(store, workspace, new, found),
            lambda store, workspace: revise.retract(store, workspace, "S-2", BY, NOW),
            lambda store, workspace: revise.remove(store, workspace, "S-3", BY, NOW),
            lambda store, workspace: revise.mark_wrong(store, workspace, "C-1", BY, NOW),
            lambda store, workspace: revise.name_party(store, workspace, f"{named}{number}", "Norland", BY, NOW),
            lambda store, workspace: revise.undo(store, workspace, latest(store, workspace), BY, NOW),
        ]
    )


def latest(store, workspace):
    return next((line.id for line in store.log_entries(workspace, 0, 1).items), 1)


async def happens(stage, place, rng, number, named):
    """One step in a server; what people may not do is refused, which is no matter here."""

    def do(store):
        with suppress(DossierError):
            act(rng, number, named)(store, place.workspace)

    await stage.app.write(do)


async def held(stage, place, named):
    """What can be guessed of a server, with the kind of thing that it is."""

    def ask(store):
        lists = {"C": store.commitments, "Q": store.questions, "F": store.facts, "S": store.sources}
        found = [(kind, one.id) for kind, verb in lists.items() for one in verb(place.workspace, Query(), 0, 99).items]
        return [*found, *(("line", str(line.id)) for line in store.log_entries(place.workspace, 0, 3).items)]

    found = await stage.app.read(ask)
    query = pack("commitments", Query(text=named), 0)
    token = await stage.app.write(lambda store: store.save_query(place.workspace, query))
    digests = await place.moderator.autocomplete(place.channel, "digest stop", "digest", "")
    digest = [("digest", str(choice.value if hasattr(choice, "value") else choice["value"])) for choice in digests]
    return {*found, *digest, ("name", f"{named}stan"), ("word", f"{named}s"), ("token", f"~{token}")}


async def known(stage, place, guesses):
    """Those that are ids here too, though no list shows them: what was removed keeps its id."""

    def ask(store):
        for kind, guess in guesses:
            with suppress(DossierError):
                if kind in "CQFS":
                    store.entry(place.workspace, guess)
                    yield kind, guess

    return await stage.app.read(lambda store: set(ask(store)))


def said(result, guess):
    """All that was answered, what was guessed, and whether it was private."""
    messages = [*([result.response] if result.response else []), *result.followups]
    words = "\n".join(f"{text(one)} {len(one.attachments or ())}" for one in messages)
    return words, guess.lstrip("~"), result.ephemeral


def alike(there, nowhere):
    """Whether two answers differ in nothing but the guess that they name."""
    (words, guess, private), (others, never, too) = there, nowhere
    return words.lower() == others.lower().replace(never.lower(), guess.lower()) and private == too


async def slash(place, command, option, guess):
    filled = {
        o.display_name: FILLED.get(o.display_name, "Norland")
        for o in command.parameters
        if o.required and o.display_name != option.display_name
    }
    value = int(guess) if option.type is AppCommandOptionType.integer else guess
    given = {**filled, option.display_name: value}
    return said(await place.moderator.slash(place.channel, command.qualified_name, **given), guess)


async def press(stage, place, verb, guess):
    argument = f"show {guess}" if verb == "share" else guess
    message = await send(stage, place, Action("Press", verb, argument))
    return said(await place.moderator.click(message, label="Press"), guess)


async def typed(place, command, option, guess):
    return await place.moderator.autocomplete(place.channel, command.qualified_name, option.display_name, guess)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_guess_at_another_servers_things_is_answered_like_one_at_nothing(stage, seed):
    rng, workspace = random.Random(seed), stage.news.workspace
    await stage.stock(stage.news, *(f"{samples.TEXT}\nNumber {n} of the Quagmire plan.\n" for n in range(4)))
    await stage.stock(stage.rival, "Norland and the Isles have offered to lend a ferry to Estmark.\n")
    await stage.app.write(lambda store: revise.name_party(store, workspace, "Quagmirestan", "Norland", BY, NOW))
    await stage.news.moderator.slash(stage.news.channel, "digest set", channel=stage.news.channel, cadence="daily")
    options = [(one, option) for one in leaves(stage.client) for option in one.parameters if free(one, option)]
    for step in range(STEPS):
        for place, named in ((stage.news, "Quagmire"), (stage.news, "Quagmire"), (stage.rival, "River")):
            await happens(stage, place, rng, 10 * step + rng.randrange(9), named)
        theirs, ours = await held(stage, stage.news, "Quagmire"), await held(stage, stage.rival, "River")
        guesses = sorted(theirs - ours - await known(stage, stage.rival, theirs))
        assert len({kind for kind, _ in guesses}) > 6
        for _ in range(ASKED):
            kind, guess = rng.choice(guesses)
            fitting = [one for one in options if (one[1].display_name in NUMBERS) == (kind in NUMBERS)]
            await ask(stage, kind, guess, *rng.choice(fitting), rng.choice(VERBS))


async def ask(stage, kind, guess, command, option, verb):
    """The guess and nothing, in the option, on the button, and while it is typed."""
    never = NEVER[kind]
    if option.type is AppCommandOptionType.string or guess.isdecimal():
        there, nowhere = [await slash(stage.rival, command, option, each) for each in (guess, never)]
        assert alike(there, nowhere), (command.qualified_name, option.display_name, there, nowhere)
    there, nowhere = [await press(stage, stage.rival, verb, each) for each in (guess, never)]
    assert alike(there, nowhere), (verb, there, nowhere)
    if option.autocomplete:
        there, nowhere = [await typed(stage.rival, command, option, each) for each in (guess, never)]
        assert there == nowhere, (command.qualified_name, option.display_name, guess)
