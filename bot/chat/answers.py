"""Answers that can be made again from a few words: by a command, a button, Share, or after a restart.

| verb | argument | what it shows |
|---|---|---|
| `page` | a list's state (`bot.render.state`), or `~` and the token it is kept under | a page of a list |
| `evidence` | an entry's id, or `id|page` | the quotes of an entry in their surroundings |
| `show` | an id | one entry or source |
| `brief` | a source's id, or `=` and a subject | what is held on it |
| `list` | as `page` | the same list, beside the answer that it was asked from |
| `party` | a name | what is held on a party |
| `timeline` | `d` or `l` for dark or light, and the state of a list of commitments | a picture of them over time |
| `changes` | an instant in microseconds, and a page | what changed since; not to be shared, for it tells of a visit |
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot import answer, overview, render
from bot.app import App
from bot.chat.layout import COLOURS
from bot.chat.reply import Answer
from bot.domain import Action, Changes, Query, Reply, Source, Theme, Timeline
from bot.draw import draw_timeline
from bot.errors import NotFound
from bot.render.limits import ACTION_ARGUMENT, OPEN
from bot.render.state import pack, unpack
from bot.render.timeline import chart
from bot.store import Store
from bot.texts import _

_INSTANT, _PAGE = re.compile(r"[0-9]{1,16}", re.ASCII), re.compile(r"[0-9]{1,6}", re.ASCII)
KEPT, SUBJECT = "~", "="
MOST_TOLD = 2_000
"""New entries that /catchup lists; nobody turns four hundred pages, and each turn of a page looks at all of them."""
SHAREABLE = frozenset({"page", "evidence", "show", "brief", "party", "timeline"})
OLD = _("This button is from an older message and no longer leads anywhere. Ask again with the command.")


async def again(app: App, workspace: str, verb: str, argument: str) -> Answer:
    """Make the answer that a verb and an argument stand for.

    Raises `NotFound` and `BadInput` for what is forged, of another workspace, or gone, all in the same words.
    """
    if make := _MAKERS.get(verb):
        return await make(app, workspace, argument)
    raise NotFound(OLD)


async def listing(app: App, workspace: str, kind: str, query: Query, page: int = 0) -> Answer:
    """A page of a list: `kind` is commitments, questions, facts, sources or search."""
    reply = await app.read(lambda store: _list(store, app, workspace, kind, query, page))
    return await finished(app, workspace, reply, "page", pack(kind, query, page))


async def show(app: App, workspace: str, id: str) -> Answer:  # noqa: A002
    """One entry or source."""

    def ask(store: Store) -> Reply:
        entry = answer.show(store, workspace, id)
        if isinstance(entry, Source):
            return render.show_reply(entry)
        quotes = answer.evidence(store, workspace, entry.id)[1].items
        passed = answer.date_passed(entry, app.now().date())
        return render.show_reply(entry, quotes, answer.thread(store, workspace, entry.id), passed=passed)

    reply = await app.read(ask)
    found = await finished(app, workspace, reply, "show", id)
    if not reply.items[0].id.startswith("S-"):
        return found
    return replace(found, extra=(Action(_("Brief"), "brief", reply.items[0].id), *found.extra))


async def brief(app: App, workspace: str, *, source: str = "", about: str = "") -> Answer:
    """What is held on a source or a subject, with neither on the latest source."""
    found = await app.read(lambda store: answer.brief(store, workspace, source=source, about=about))
    which = found.source.id if found.source else SUBJECT + found.about
    return await finished(app, workspace, render.brief_reply(found), "brief", which)


async def party(app: App, workspace: str, name: str) -> Answer:
    """What is held on a party."""
    found = await app.read(lambda store: overview.party(store, workspace, name))
    return await finished(app, workspace, render.party_reply(found), "party", found.party.name)


async def timeline(app: App, workspace: str, query: Query, theme: Theme) -> Answer:
    """Commitments and questions over time, drawn on a thread of its own."""

    def ask(store: Store) -> tuple[Timeline, tuple[str, ...]]:
        found = overview.timeline(store, workspace, query)
        return found, _near(store, workspace, query, len(found.entries))

    found, near = await app.read(ask)
    drawn = chart(found)
    picture = await asyncio.to_thread(draw_timeline, drawn, theme) if drawn else None
    reply = render.timeline_reply(found, picture, near)
    return await finished(app, workspace, reply, "timeline", theme[0] + pack("commitments", query, 0))


async def changes(
    app: App, workspace: str, since: datetime, page: int = 0, *, words: str = "", member: str = ""
) -> Answer:
    """What changed since an instant, which `words` say, and which dates passed; for a member, what they follow stands
    first.
    """
    dates = since.date(), app.now().date()  # of days that ended, by UTC

    def ask(store: Store) -> Changes:
        found = overview.changes(store, workspace, since, dates, most=MOST_TOLD)
        return overview.for_member(store, workspace, found, member)

    return Answer(render.changes_reply(await app.read(ask), page, since=words))


async def evidence(app: App, workspace: str, id: str, page: int = 0) -> Answer:  # noqa: A002
    """The quotes of an entry, each with the sentence before and after."""
    reply = await app.read(lambda store: render.evidence_reply(*answer.evidence(store, workspace, id, page)))
    found = await finished(app, workspace, reply, "evidence", f"{id}|{page}")
    return replace(found, colour=COLOURS.get(id[:1].upper()))


async def review(app: App, workspace: str, page: int = 0, said: str = "") -> Answer:
    """A proposed link, for moderators; `said` tells of the one before. It is not to be shared."""
    found = await app.read(lambda store: answer.review(store, workspace, page))
    return Answer(render.review_reply(found, said))


async def log(app: App, workspace: str, page: int = 0) -> Answer:
    """What people decided, for moderators; it is not to be shared."""
    return Answer(render.log_reply(await app.read(lambda store: answer.log(store, workspace, page))))


async def finished(app: App, workspace: str, reply: Reply, verb: str, argument: str) -> Answer:
    """The Reply as an Answer, with Share if there is something to share.

    What does not fit a button is kept in the store under a token.
    """
    if not (reply.items or reply.sections or reply.picture):
        return Answer(reply)
    actions = [await _fitting(app, workspace, action) for action in reply.actions]
    share = await _fitting(app, workspace, Action(_("Share"), "share", f"{verb} {argument}"))
    return Answer(replace(reply, actions=tuple(actions)), extra=(share,))


async def kept(app: App, workspace: str, argument: str) -> str:
    """What a button's argument stands for. Raises `NotFound` for a token that is not this workspace's."""
    if not argument.startswith(KEPT):
        return argument
    return await app.read(lambda store: store.saved_query(workspace, argument.removeprefix(KEPT)))


async def _fitting(app: App, workspace: str, action: Action) -> Action:
    if action.verb == OPEN or (len(action.argument) <= ACTION_ARGUMENT and not action.argument.startswith(KEPT)):
        return action
    token = await app.write(lambda store: store.save_query(workspace, action.argument))
    return replace(action, argument=KEPT + token)


def _list(store: Store, app: App, workspace: str, kind: str, query: Query, page: int) -> Reply:
    size = app.settings.page_size
    match kind:
        case "commitments":
            commitments = answer.commitments(store, workspace, query, page, size)
            return render.commitments_reply(commitments, query, near=_near(store, workspace, query, commitments.total))
        case "questions":
            questions = answer.questions(store, workspace, query, page, size)
            return render.questions_reply(questions, query, near=_near(store, workspace, query, questions.total))
        case "facts":
            facts = answer.facts(store, workspace, query, page, size)
            return render.facts_reply(facts, query, near=_near(store, workspace, query, facts.total))
        case "search":
            return render.search_reply(answer.search(store, workspace, query.text, page, size), query)
        case _:
            return render.sources_reply(answer.sources(store, workspace, query, page), query)


def _near(store: Store, workspace: str, query: Query, total: int) -> tuple[str, ...]:
    return answer.near(store, workspace, query) if not total else ()


async def _page_again(app: App, workspace: str, argument: str) -> Answer:
    return await listing(app, workspace, *unpack(argument))


async def _evidence_again(app: App, workspace: str, argument: str) -> Answer:
    id_, _, page = argument.partition("|")
    return await evidence(app, workspace, id_, int(page) if page.isdecimal() and len(page) < 7 else 0)


async def _brief_again(app: App, workspace: str, argument: str) -> Answer:
    if argument.startswith(SUBJECT):
        return await brief(app, workspace, about=argument.removeprefix(SUBJECT))
    return await brief(app, workspace, source=argument)


async def _timeline_again(app: App, workspace: str, argument: str) -> Answer:
    theme = Theme.LIGHT if argument.startswith("l") else Theme.DARK
    return await timeline(app, workspace, unpack(argument[1:])[1], theme)


async def changes_page(app: App, workspace: str, argument: str, member: str) -> Answer:
    """A page of what changed, for the member who turns to it. Raises `NotFound` for what is forged."""
    since, _, page = argument.partition("|")
    if not _INSTANT.fullmatch(since) or not _PAGE.fullmatch(page):
        raise NotFound(OLD)
    return await changes(app, workspace, datetime.fromtimestamp(int(since) / 1_000_000, UTC), int(page), member=member)


_MAKERS: dict[str, Callable[[App, str, str], Awaitable[Answer]]] = {
    "page": _page_again,
    "list": _page_again,
    "evidence": _evidence_again,
    "show": show,
    "brief": _brief_again,
    "party": party,
    "timeline": _timeline_again,
}
