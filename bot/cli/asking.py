"""The verbs that read: lists, brief, search, show, sources."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import partial
from typing import Annotated, Any

import typer

from bot import answer, overview
from bot import digest as digests
from bot.cli.common import LOCAL, AsJson, Workspace, day_given, options, query_given, reading, say, say_json
from bot.domain import Medium, Order, Page, Query, Source
from bot.errors import BadInput
from bot.render import (
    brief_reply,
    changes_reply,
    commitments_reply,
    digest_reply,
    facts_reply,
    nothing_reply,
    party_reply,
    questions_reply,
    search_reply,
    show_reply,
    sources_reply,
)
from bot.render.objects import (
    brief_object,
    changes_object,
    digest_object,
    entry_object,
    hit_object,
    party_object,
    thread_object,
)
from bot.schedule import period_before, zone
from bot.store import Store

Actor = Annotated[str, typer.Option(help="Who has undertaken it; any name of the party.")]
Recipient = Annotated[str, typer.Option(help="To or for whom.")]
About = Annotated[str, typer.Option(help="A party or word that it is about.")]
OfSource = Annotated[str, typer.Option("--source", help="A source's id, such as S-2.")]
Since = Annotated[str, typer.Option(help="Mentioned on or after this day: 2026-03-14, yesterday, 2 weeks.")]
AsOf = Annotated[str, typer.Option("--as-of", help="As it was known on this date.")]
PageNumber = Annotated[int, typer.Option("--page", min=1, help="Which page.")]
Size = Annotated[int, typer.Option("--size", min=1, max=1000, help="Entries on a page.")]

_BATCH = 500
ALL_AT_ONCE = 10

Ask = Callable[[Store, str, Query, int, int], Page[Any]]


def commitments(
    actor: Actor = "",
    recipient: Recipient = "",
    kind: Annotated[str, typer.Option(help="pledge, offer, agreement, plan, refusal, withdrawal or fulfilment.")] = "",
    status: Annotated[str, typer.Option(help="Where it stands: offered, pledged, conditional, agreed ...")] = "",
    about: About = "",
    source: OfSource = "",
    since: Since = "",
    as_of: AsOf = "",
    order: Annotated[str, typer.Option(help="latest, or sources for what most sources say first.")] = Order.LATEST,
    passed: Annotated[bool, typer.Option("--passed", help="Only what was due and is not spoken of since.")] = False,
    page: PageNumber = 1,
    size: Size = ALL_AT_ONCE,
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """Who has undertaken what."""
    if order not in set(Order):
        raise BadInput(f"There is no order “{order}”. Use one of: {', '.join(Order)}.")
    query = query_given(
        actor=actor,
        recipient=recipient,
        kind=kind,
        status=status,
        about=about,
        source=source,
        since=since,
        as_of=as_of,
        order=order if order != Order.LATEST else "",
        passed=datetime.now(UTC).date() if passed else None,
    )
    _list(answer.commitments, commitments_reply, query, page, size, json, workspace)


def questions(
    about: About = "",
    kind: Annotated[str, typer.Option(help="direct, indirect, uncertainty or pending.")] = "",
    status: Annotated[str, typer.Option(help="open (the default), answered or source withdrawn.")] = "",
    source: OfSource = "",
    since: Since = "",
    page: PageNumber = 1,
    size: Size = ALL_AT_ONCE,
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """What is still open."""
    query = query_given(about=about, kind=kind, status=status, source=source, since=since)
    _list(answer.questions, questions_reply, query, page, size, json, workspace)


def facts(
    about: About = "",
    kind: Annotated[str, typer.Option(help="statement, figure, event or position.")] = "",
    source: OfSource = "",
    since: Since = "",
    page: PageNumber = 1,
    size: Size = ALL_AT_ONCE,
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """Key statements of the sources."""
    query = query_given(about=about, kind=kind, source=source, since=since)
    _list(answer.facts, facts_reply, query, page, size, json, workspace)


def sources(
    text: Annotated[str, typer.Option(help="A word of the title or origin.")] = "",
    status: Annotated[str, typer.Option(help="current (the default), superseded, retracted or removed.")] = "",
    since: Since = "",
    page: PageNumber = 1,
    size: Size = 20,
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """The documents that are held."""
    query = query_given(text=text, status=status, since=since)
    with reading() as store:
        if json:
            say_json(_all(store, partial(answer.sources, store, workspace, query)))
            return
        found = _turned(answer.sources(store, workspace, query, page - 1, size), page)
    say(sources_reply(found, query, medium=Medium.TERMINAL))


def brief(
    source: Annotated[str, typer.Argument(help="A source's id, such as S-2; without it, the latest source.")] = "",
    about: About = "",
    size: Annotated[int, typer.Option("--size", min=1, max=1000, help="Entries of each kind.")] = 5,
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """What one source says, or what is held on a subject."""
    with reading() as store:
        found = answer.brief(store, workspace, source=source, about=about, size=size)
    if json:
        say_json(brief_object(found))
    else:
        say(brief_reply(found, medium=Medium.TERMINAL))


def party(
    name: Annotated[str, typer.Argument(help="A country, body or person, by any of its names.")],
    size: Annotated[int, typer.Option("--size", min=1, max=1000, help="Entries of each kind.")] = 5,
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """One party on a page: what it undertook, what is open about it, with whom, over time."""
    with reading() as store:
        found = overview.party(store, workspace, name, size)
    if json:
        say_json(party_object(found))
    else:
        say(party_reply(found, medium=Medium.TERMINAL))


def changes(
    since: Annotated[str, typer.Option(help="Added or decided on this day or later; 2026-03-14, 2 weeks.")] = "1 week",
    page: PageNumber = 1,
    size: Size = ALL_AT_ONCE,
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """What is new, changed, said again or withdrawn, by the day on which it was added."""
    day = day_given(since, "--since")
    if day is None:
        raise BadInput("Give a day with --since, such as 2026-03-14 or “2 weeks”.")
    with reading() as store:
        found = overview.changes(store, workspace, datetime.combine(day, time.min, UTC))
    if json:
        say_json(changes_object(found))
    else:
        say(changes_reply(found, page - 1, size, medium=Medium.TERMINAL))


def digest(
    since: Annotated[str, typer.Option(help="What was learnt on this day or later; 2026-03-14, 2 weeks.")] = "",
    cadence: Annotated[str, typer.Option(help="Or: a period of this length: daily, weekdays, weekly, monthly.")] = "",
    timezone: Annotated[str, typer.Option(help="By the clocks of which place, such as Europe/Berlin.")] = "UTC",
    party: Annotated[str, typer.Option(help="Only what names this party.")] = "",
    topic: Annotated[str, typer.Option(help="Only what is about this party or these words.")] = "",
    kind: Annotated[str, typer.Option(help="commitments, questions, or a kind of commitment.")] = "",
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """What a digest would tell now: new, changed, said again, withdrawn, and dates that have passed."""
    now = datetime.now(UTC)
    with options():
        schedule, wanted = digests.schedule_of(cadence or "weekly", 0, timezone), digests.filter_of(party, topic, kind)
        if since and cadence:
            raise BadInput("Give --since or --cadence, not both.")
    day = day_given(since, "--since")
    start = datetime.combine(day, time.min, zone(timezone)) if day else period_before(schedule, now)
    with reading() as store:
        found = digests.of_period(store, workspace, (schedule, wanted), start, now)
    if json:
        say_json(digest_object(found))
    else:
        say(nothing_reply(found) if found.empty else digest_reply(found, medium=Medium.TERMINAL))


def search(
    text: Annotated[list[str], typer.Argument(help="The words to find; all of them must be in the sentence.")],
    page: PageNumber = 1,
    size: Size = ALL_AT_ONCE,
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """Sentences of the sources that hold the words."""
    words = " ".join(text)
    with reading() as store:
        if json:
            found = answer.search(store, workspace, words, 0, _BATCH)
            say_json([hit_object(hit) for hit in found.items])
            return
        hits = _turned(answer.search(store, workspace, words, page - 1, size), page)
    say(search_reply(hits, Query(text=words), medium=Medium.TERMINAL))


def show(
    id: Annotated[str, typer.Argument(help="C-12, Q-7, F-3 or S-2.")],  # noqa: A002
    quotes: Annotated[int, typer.Option(min=1, max=1000, help="How many quotes.")] = 10,
    json: AsJson = False,
    workspace: Workspace = LOCAL,
) -> None:
    """One entry whole, with its quotes and the sentences around them."""
    with reading() as store:
        entry = answer.show(store, workspace, id)
        if isinstance(entry, Source):
            say_json(entry_object(entry)) if json else say(show_reply(entry, medium=Medium.TERMINAL))
            return
        thread = answer.thread(store, workspace, id)
        if json:
            say_json(entry_object(entry) | thread_object(thread))
            return
        found = answer.evidence(store, workspace, id, 0, quotes)[1]
        passed = answer.date_passed(entry, datetime.now(UTC).date())
    say(show_reply(entry, found.items, thread, passed=passed, medium=Medium.TERMINAL))


def _list(ask: Ask, reply: Callable[..., Any], query: Query, page: int, size: int, json: bool, workspace: str) -> None:
    with reading() as store, options():
        if json:
            say_json(_all(store, partial(ask, store, workspace, query)))
            return
        found = ask(store, workspace, query, page - 1, size)
        near = () if found.total else answer.near(store, workspace, query)
    say(reply(_turned(found, page), query, near=near, medium=Medium.TERMINAL))


def _turned(found: Page[Any], page: int) -> Page[Any]:
    """The page found. Raises `BadInput` where the list ends before it."""
    if found.total and page > found.last + 1:
        raise BadInput(f"There is no page {page}. The last page is {found.last + 1}; give --page {found.last + 1}.")
    return found


def _all(store: Store, ask: Callable[[int, int], Page[Any]]) -> list[dict[str, Any]]:
    """Every entry of a list, asked for in batches, all as of one moment."""
    with store.reading():
        first = ask(0, _BATCH)
        pages = [first, *(ask(number, _BATCH) for number in range(1, first.last + 1))]
    return [entry_object(entry) for page in pages for entry in page.items]
