"""The verbs about what is on its way in: the feeds that are followed, and what members suggested."""

import asyncio
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot import drafts
from bot.cli.common import LOCAL, AsJson, Workspace, opened, output, reading, say, say_json
from bot.domain import DraftKind, Feed, Medium, Preview
from bot.errors import BadInput, NotFound
from bot.render import added_line
from bot.render.drafts import (
    discarded_reply,
    draft_title,
    feeds_reply,
    followed_reply,
    suggestions_reply,
    unfollowed_reply,
)
from bot.render.escape import visible
from bot.render.words import plural
from bot.settings import load_settings
from bot.store import Store

BY = "cli"

feed = typer.Typer(help="RSS and Atom feeds whose items become sources.", no_args_is_help=True)
suggestions = typer.Typer(help="What members suggested, for moderators to decide on.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(min=1, help="The number that list shows.")]


@feed.command("add")
def add_feed(
    url: Annotated[str, typer.Argument(help="The feed's address, or that of a page which names its feed.")],
    workspace: Workspace = LOCAL,
) -> None:
    """Follow a feed: its items become sources, now and as they come."""
    from bot.chat.feeds import find, refuse_more
    from bot.fetch import Web, checked

    with opened() as store:
        refuse_more(store.feeds(workspace))
        found = asyncio.run(find(Web(), str(checked(url))))
        new = store.add_feed(workspace, found.url, found.listing.title, BY, datetime.now(UTC))
    say(followed_reply(new, len(found.listing.entries), medium=Medium.TERMINAL))


@feed.command("list")
def list_feeds(json: AsJson = False, workspace: Workspace = LOCAL) -> None:
    """The feeds that are followed, and how they were found last."""
    with reading() as store:
        held = store.feeds(workspace)
    if json:
        say_json([_feed_object(each) for each in held])
    else:
        say(feeds_reply(held, medium=Medium.TERMINAL))


@feed.command("remove")
def remove_feed(
    which: Annotated[
        str, typer.Argument(metavar="FEED", help="Its address, or its number among those of list --json.")
    ],
    workspace: Workspace = LOCAL,
) -> None:
    """Follow a feed no more; the sources that it brought stay."""
    with opened() as store:
        found = next((each for each in store.feeds(workspace) if which.strip() in {str(each.id), each.url}), None)
        if found is None:
            raise NotFound("There is no such feed here. dossier feed list shows those that are followed.")
        say(unfollowed_reply(store.end_feed(workspace, found.id, BY, datetime.now(UTC))))


@feed.command("poll")
def poll(workspace: Workspace = LOCAL) -> None:
    """Look at the feeds that are due, and add what is new; a running bot does this for its servers by itself."""
    done = asyncio.run(_polled(workspace))
    output().print(visible(f"{plural(done, 'item')} dealt with."), soft_wrap=True)
    list_feeds(workspace=workspace)


async def _polled(workspace: str) -> int:
    from bot.app import open_app
    from bot.chat.feeds import Feeds

    async with open_app(load_settings()) as app:
        return await Feeds(app, lambda: [workspace]).look()


def _feed_object(one: Feed) -> dict[str, object]:
    instants = {"read_at": one.read_at, "next_at": one.next_at}
    kept = {name: value for name, value in asdict(one).items() if name in {"id", "url", "title", "failures", "error"}}
    return kept | {name: when.isoformat() if when else None for name, when in instants.items()}


@suggestions.command("list")
def list_suggestions(json: AsJson = False, workspace: Workspace = LOCAL) -> None:
    """What waits to be decided on, the oldest first, and what each would bring."""
    now = datetime.now(UTC)
    with reading() as store:
        waiting = [drafts.preview(store, workspace, number, now) for number in _waiting(store, workspace, now)]
    if json:
        say_json([_suggestion_object(each) for each in waiting])
    else:
        say(suggestions_reply(waiting))


@suggestions.command("keep")
def keep(
    number: Number,
    supersedes: Annotated[str, typer.Option(help="The source of which it is a new version (S-2).")] = "",
    workspace: Workspace = LOCAL,
) -> None:
    """Make a suggestion a source."""
    now = datetime.now(UTC)
    with opened() as store:
        _refuse_other(store, workspace, number, now)
        added = drafts.keep(store, workspace, number, BY, now, supersedes=supersedes)
    output().print(added_line(added), soft_wrap=True)


@suggestions.command("discard")
def discard(number: Number, workspace: Workspace = LOCAL) -> None:
    """Forget a suggestion."""
    now = datetime.now(UTC)
    with opened() as store:
        _refuse_other(store, workspace, number, now)
        gone = drafts.discard(store, workspace, number, now)
    say(discarded_reply(gone))


def _waiting(store: Store, workspace: str, now: datetime) -> tuple[int, ...]:
    return store.drafts(workspace, DraftKind.SUGGESTION, now)


def _refuse_other(store: Store, workspace: str, number: int, now: datetime) -> None:
    """Raise `BadInput` for what is no suggestion: a moderator's own preview is theirs to decide on."""
    if number not in _waiting(store, workspace, now):
        raise BadInput(f"No suggestion {number} waits here. dossier suggestions list shows those that do.")


def _suggestion_object(shown: Preview) -> dict[str, object]:
    document = shown.draft.new.document
    return {
        "number": shown.draft.id,
        "title": draft_title(shown.draft),
        "origin": shown.draft.new.origin,
        "date": document.published.isoformat() if document.published else None,
        "suggested_at": shown.draft.new.added_at.isoformat(),
        "commitments": len(shown.commitments),
        "questions": len(shown.questions),
        "facts": len(shown.facts),
        "again": list(shown.again),
        "may_bear_on": [
            {"link": str(each.kind), "entry": each.held.id, "later": each.later, "reason": each.reason}
            for each in shown.bearings
        ],
    }
