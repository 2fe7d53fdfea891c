"""The verbs by which people decide: retract, restore, wrong, correct, undo; and log, which shows it."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import answer, revise
from bot.cli.asking import ALL_AT_ONCE, PageNumber, Size
from bot.cli.care import restore_copy
from bot.cli.common import LOCAL, AsJson, Workspace, opened, reading, say, say_json
from bot.domain import Medium
from bot.render import (
    decided_reply,
    erased_reply,
    judged_reply,
    log_reply,
    named_reply,
    removed_reply,
    restored_reply,
    retracted_reply,
    review_reply,
    split_reply,
    undone_reply,
)
from bot.render.objects import link_object, log_object

BY = "cli"

SourceId = Annotated[str, typer.Argument(metavar="SOURCE", help="A source's id, such as S-2.")]
LinkId = Annotated[str, typer.Argument(metavar="LINK", help="A link's id, such as L-4; review shows them.")]
EntryId = Annotated[str, typer.Argument(metavar="ID", help="C-12, Q-7 or F-3.")]


def retract(source: SourceId, workspace: Workspace = LOCAL) -> None:
    """Flag a source as retracted, with all that rests on it alone."""
    with opened() as store:
        say(retracted_reply(revise.retract(store, workspace, source, BY, datetime.now(UTC))))


def remove(
    source: SourceId,
    for_good: Annotated[bool, typer.Option("--for-good", help="Delete its text, too; this cannot be undone.")] = False,
    workspace: Workspace = LOCAL,
) -> None:
    """Remove a source, and all that rests on it alone."""
    now = datetime.now(UTC)
    with opened() as store:
        if for_good:
            say(erased_reply(revise.erase(store, workspace, source, BY, now)))
        else:
            say(removed_reply(revise.remove(store, workspace, source, BY, now)))


def restore(
    what: Annotated[str, typer.Argument(metavar="SOURCE|COPY", help="A source's id, such as S-2, or a backup's file.")],
    workspace: Workspace = LOCAL,
) -> None:
    """Let a retracted or removed source count again; or put a backup in the place of the store."""
    if not re.fullmatch(r"\w-?\d+", what.strip()):
        restore_copy(Path(what))
        return
    with opened() as store:
        say(restored_reply(revise.restore(store, workspace, what, BY, datetime.now(UTC))))


def wrong(id: EntryId, workspace: Workspace = LOCAL) -> None:  # noqa: A002
    """Mark an entry as wrong: it leaves the lists, and stays out when it is said again."""
    with opened() as store:
        entry = revise.mark_wrong(store, workspace, id, BY, datetime.now(UTC))
    say(decided_reply(f"Marked {entry.id} as wrong", entry))


def correct(
    id: EntryId,  # noqa: A002
    slot: Annotated[str, typer.Argument(help="kind, actors, action, recipients, condition, due; question, about.")],
    value: Annotated[str, typer.Argument(help="Its value; names parted by semicolons; nothing empties it.")] = "",
    workspace: Workspace = LOCAL,
) -> None:
    """Set a slot of an entry by hand; the entry then shows that a person set it."""
    with opened() as store:
        entry = revise.correct(store, workspace, id, slot, value, BY, datetime.now(UTC))
    say(decided_reply(f"Set {slot} of {entry.id}", entry))


def alias(
    name: Annotated[str, typer.Argument(help="The further name; one of a party of its own merges that party.")],
    party: Annotated[str, typer.Argument(help="The party that it means, by any of its names.")],
    workspace: Workspace = LOCAL,
) -> None:
    """Let a name mean a party, in all that is held and all that comes."""
    with opened() as store:
        merged = name.casefold() in {each.casefold() for each in store.parties_named(workspace, name)}
        meant = revise.name_party(store, workspace, name, party, BY, datetime.now(UTC))
    say(named_reply(name, meant, merged=merged, medium=Medium.TERMINAL))


def split(
    name: Annotated[str, typer.Argument(help="A name that people gave, or a party that was merged.")],
    workspace: Workspace = LOCAL,
) -> None:
    """Take a name away from its party again; it stands for itself then."""
    with opened() as store:
        said = revise.split_party(store, workspace, name, BY, datetime.now(UTC))
    say(split_reply(*said))


def review(page: PageNumber = 1, size: Size = ALL_AT_ONCE, json: AsJson = False, workspace: Workspace = LOCAL) -> None:
    """The links that are proposed between entries and wait for a decision, each with both sentences."""
    with reading() as store:
        found = answer.review(store, workspace, page - 1, size)
    if json:
        say_json([link_object(link) for link in found.items])
    else:
        say(review_reply(found, medium=Medium.TERMINAL))


def confirm(link: LinkId, workspace: Workspace = LOCAL) -> None:
    """Say that a proposed link holds: the earlier entry then stands where the later sentence puts it."""
    with opened() as store:
        judged = revise.confirm(store, workspace, link, BY, datetime.now(UTC))
    say(judged_reply(judged, medium=Medium.TERMINAL))


def reject(link: LinkId, workspace: Workspace = LOCAL) -> None:
    """Say that a proposed link does not hold; it is not proposed again."""
    with opened() as store:
        judged = revise.reject(store, workspace, link, BY, datetime.now(UTC))
    say(judged_reply(judged, medium=Medium.TERMINAL))


def undo(
    line: Annotated[int, typer.Argument(min=1, help="The number of a line of the log.")], workspace: Workspace = LOCAL
) -> None:
    """Take back a decision, and every later one that rests on it; of an undo, what it had taken back."""
    with opened() as store:
        done = revise.undo(store, workspace, line, BY, datetime.now(UTC))
    say(undone_reply(done, medium=Medium.TERMINAL))


def log(page: PageNumber = 1, size: Size = ALL_AT_ONCE, json: AsJson = False, workspace: Workspace = LOCAL) -> None:
    """What people decided, latest first."""
    with reading() as store:
        found = answer.log(store, workspace, page - 1, size)
    if json:
        say_json([log_object(line) for line in found.items])
    else:
        say(log_reply(found, medium=Medium.TERMINAL))
