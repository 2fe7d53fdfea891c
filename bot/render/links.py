"""Links between entries: proposals to review, what people said of them, and the steps that an entry went through."""

from bot.domain import (
    Action,
    Commitment,
    Fact,
    Item,
    Link,
    LinkKind,
    LinkStatus,
    Medium,
    OpenQuestion,
    Page,
    QuestionStatus,
    Reply,
    Step,
    Thread,
    Value,
)
from bot.render.entries import badge, headline, quote
from bot.render.hints import command
from bot.render.lists import paging
from bot.render.words import day
from bot.texts import _

Entry = Commitment | OpenQuestion | Fact
Section = tuple[str, tuple[Item, ...]]

_VALUES = 6
_MOST = 5
"""An entry is shown with no more links than this; /review has all that wait."""
NONE_WAITS = _("No proposal waits for a decision.")
BEARS = {
    LinkKind.SUPERSEDES: _("{newer} supersedes {older}"),
    LinkKind.FULFILS: _("{newer} fulfils {older}"),
    LinkKind.WITHDRAWS: _("{newer} withdraws {older}"),
    LinkKind.CONTRADICTS: _("{newer} contradicts {older}"),
    LinkKind.ANSWERS: _("{newer} answers {older}"),
}
_DONE = {LinkStatus.CONFIRMED: _("Confirmed"), LinkStatus.REJECTED: _("Rejected"), LinkStatus.LATER: _("Put off")}


def review_reply(page: Page[Link], said: str = "", *, medium: Medium = Medium.DISCORD) -> Reply:
    """The proposals that wait, each with both sentences and the reason; `said` tells of the one decided on before.

    In Discord the first link of the page has the buttons, so a page there has one.
    """
    if not page.total:
        return Reply(_("Review"), lead="\n".join(part for part in (said, NONE_WAITS) if part))
    sections = tuple((question(link), _sides(link)) for link in page.items)
    where = _("Page {number} of {last}", number=page.number + 1, last=page.last + 1) if page.last else ""
    note = _("A confirmed link says where the earlier entry stands. Nothing changes before.")
    if medium is Medium.TERMINAL:
        first = page.items[0].id
        note = f"{command('confirm', medium)} {first}, {command('reject', medium)} {first}."
    return Reply(
        _("Review"),
        lead=said,
        sections=sections,
        notes=tuple(part for part in (where, note) if part),
        actions=_buttons(page) if medium is Medium.DISCORD else (),
    )


def _buttons(page: Page[Link]) -> tuple[Action, ...]:
    link = page.items[0].id
    around = [str(max(0, page.number - 1)), str(page.number + 1)]
    decide = (
        Action(_("Confirm"), "confirm", link),
        Action(_("Reject"), "reject", link),
        Action(_("Not now"), "later", link),
    )
    return (*decide, *paging("review", page.number, page.last, around))


def bears(link: Link) -> str:
    """`C-3 withdraws C-1`."""
    return BEARS[link.kind].format(newer=link.newer.id, older=link.older.id)


def question(link: Link) -> str:
    """`L-2: C-3 withdraws C-1?`."""
    return f"{link.id}: {bears(link)}?"


def _sides(link: Link) -> tuple[Item, Item]:
    """The older entry and the newer one, each with its sentence; the reason stands between them."""
    older, newer = link.older, link.newer
    return (
        Item(older.id, headline(older), (), (quote(link.before),), badge=badge(older)),
        Item(newer.id, headline(newer), ((_("Why"), link.reason),), (quote(link.said),), badge=badge(newer)),
    )


def judged_line(link: Link) -> str:
    """`Confirmed L-2: C-3 withdraws C-1, which is withdrawn now`."""
    stands = (
        _(", which is {status} now", status=link.older.status)
        if link.status is LinkStatus.CONFIRMED and _turned(link)
        else ""
    )
    return f"{_DONE[link.status]} {link.id}: {bears(link)}{stands}."


def _turned(link: Link) -> bool:
    return link.kind != "contradicts"


def judged_reply(link: Link, *, medium: Medium = Medium.DISCORD) -> Reply:
    """What became of a link that somebody decided on."""
    note = _("It is not proposed again. ") if link.status is LinkStatus.REJECTED else ""
    take_back = _(
        "{note}{log} has the line, {undo} takes it back.",
        note=note,
        log=command("log", medium),
        undo=command("undo", medium),
    )
    return Reply(judged_line(link), items=_sides(link), notes=(take_back,))


def stages(thread: Thread) -> str:
    """`offered 5 January 2026 → agreed 5 February 2026`; "" where there was one step only."""
    return " → ".join(_stage(step) for step in thread.steps) if len(thread.steps) > 1 else ""


def over_time(thread: Thread) -> str:
    """`EUR 50m, then EUR 77m; by March, then by June`; "" where no sum or day shifted."""
    return "; ".join(_(", then ").join(value.words for value in shift.values) for shift in thread.shifts)


def _shifted(thread: Thread) -> tuple[Item, ...]:
    """Each value that shifted, with its day and its sentence."""
    values = [value for shift in thread.shifts for value in shift.values]
    return tuple(Item("", _dated(value.words, value), quotes=(quote(value.evidence),)) for value in values[:_VALUES])


def thread_sections(entry: Entry, thread: Thread) -> tuple[Section, ...]:
    """The steps with their sentences, and the links, as parts of one entry's answer."""
    steps = tuple(Item("", _stage(step), quotes=(quote(step.evidence),)) for step in thread.steps)
    answers = tuple(link for link in thread.links if _is_answer(entry, link))
    others = tuple(link for link in thread.links if link not in answers)
    found = (
        (_("Steps"), steps if len(steps) > 1 else ()),
        (_("Sums and dates"), _shifted(thread)),
        (_("Answer"), tuple(_other(entry, link) for link in answers)),
        (_("Links"), tuple(_other(entry, link) for link in others[:_MOST])),
    )
    return tuple(section for section in found if section[1])


def _stage(step: Step) -> str:
    return _dated(step.status, step)


def _dated(words: str, said: Step | Value) -> str:
    """`by June 20 April 2026 (L-2)`."""
    source = said.evidence.source
    when = day(source.published) if source else ""
    return " ".join(part for part in (words, when, f"({said.link})" if said.link else "") if part)


def _is_answer(entry: Entry, link: Link) -> bool:
    answered = isinstance(entry, OpenQuestion) and entry.status is QuestionStatus.ANSWERED
    return answered and link.kind == "answers" and link.status is LinkStatus.CONFIRMED


def _other(entry: Entry, link: Link) -> Item:
    """The entry at the other end, what it is to this one, and its sentence."""
    outward = link.newer.id == entry.id
    other, sentence = (link.older, link.before) if outward else (link.newer, link.said)
    status = _("proposed") if link.status in {LinkStatus.OPEN, LinkStatus.LATER} else str(link.status)
    rows = (("", f"{link.id}, {status}: {bears(link)}"), (_("Why"), link.reason))
    return Item(other.id, headline(other), rows, (quote(sentence),), badge=badge(other))
