"""What changed since an instant: a page of it, in the order in which it is told."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.domain import Action, Change, ChangeKind, Changes, Item, LogEntry, Medium, Reply, Source
from bot.render.entries import badge, headline, quote, shown_first
from bot.render.hints import command, page_of
from bot.render.lists import paging
from bot.render.words import human_join, instant, plural
from bot.texts import _, n_

HEADINGS = {
    ChangeKind.CHANGED: _("Changed"),
    ChangeKind.WITHDRAWN: _("Withdrawn"),
    ChangeKind.PROPOSED: _("Proposed"),
    ChangeKind.DATE_PASSED: _("Date passed"),
    ChangeKind.NEW: _("New"),
    ChangeKind.REPEATED: _("Said again"),
}
_COUNTED = {
    ChangeKind.CHANGED: _("{count:,} changed"),
    ChangeKind.WITHDRAWN: _("{count:,} withdrawn"),
    ChangeKind.PROPOSED: _("{count:,} proposed"),
    ChangeKind.DATE_PASSED: _("{count:,} date passed"),
    ChangeKind.REPEATED: _("{count:,} said again"),
}
_NAMES = 5


def changes_reply(
    changes: Changes, page: int = 0, size: int = 5, *, since: str = "", medium: Medium = Medium.DISCORD
) -> Reply:
    """A page of what changed. `since` says the instant in words ("your last visit"), where there are some."""
    every = changes.changes
    last = max(0, (len(every) - 1) // size)
    number = max(0, min(page, last))
    shown = every[number * size : (number + 1) * size]
    sections = tuple(
        (_heading(kind, mine=mine), tuple(change_item(change) for change in group))
        for (mine, kind), group in groupby(shown, lambda change: (change.entry.id in changes.followed, change.kind))
    )
    actions: tuple[Action, ...] = ()
    if medium is Medium.DISCORD:
        around = (max(0, number - 1), number + 1)
        actions = paging("changes", number, last, [packed(changes.since, each) for each in around])
    notes = [page_of(number, last, medium)] if last else []
    if changes.left:
        left, lists = plural(changes.left, "new entry"), command("commitments", medium)
        notes.append(_("{entries} came before these: {command}", entries=left, command=lists))
    return Reply(_("What changed"), lead=_lead(changes, since), sections=sections, notes=tuple(notes), actions=actions)


def _heading(kind: ChangeKind, *, mine: bool) -> str:
    return _("You follow: {headings}", headings=HEADINGS[kind].lower()) if mine else HEADINGS[kind]


def packed(since: datetime, page: int) -> str:
    """The state of a page, as a button carries it: `1773479100000000|2`."""
    return f"{round(since.timestamp() * 1_000_000)}|{page}"


def change_item(change: Change) -> Item:
    """The entry with what became of it, and the sentence that says so last."""
    entry = change.entry
    quotes = tuple(quote(evidence) for evidence in shown_first(entry)[:1])
    what = (("", change.what),) if change.what else ()
    return Item(entry.id, headline(entry), what, quotes, badge=badge(entry))


def _lead(changes: Changes, since: str) -> str:
    when = (
        _("Since {since}: {when}", since=since, when=instant(changes.since))
        if since
        else _("Since {when}", when=instant(changes.since))
    )
    words = counted(changes.changes, changes.sources, changes.facts, changes.left)
    return "\n".join([when, words, *_names(changes.names)])


def counted(changes: Sequence[Change], sources: Sequence[Source], facts: int, left: int = 0) -> str:
    """`3 sources added, 1 of them a near-copy. 1 changed, 3 new entries and 4 new facts`."""
    counts = {kind: sum(change.kind is kind for change in changes) for kind in ChangeKind}
    counts[ChangeKind.NEW] += left
    told = [
        plural(count, "new entry") if kind is ChangeKind.NEW else _COUNTED[kind].format(count=count)
        for kind, count in counts.items()
        if count
    ]
    told += [plural(facts, "new fact")] if facts else []
    copies = sum(source.copy_of is not None for source in sources)
    near = n_(", {count} of them a near-copy", ", {count} of them near-copies", copies) if copies else ""
    added = _("{sources} added{near}. ", sources=plural(len(sources), "source"), near=near) if sources else ""
    return f"{added}{human_join(told) or _('Nothing that is kept changed.')}"


def _names(lines: tuple[LogEntry, ...]) -> list[str]:
    """What was decided on names, the latest of each."""
    said: dict[str, str] = {}
    for line in lines:
        means = any(effect.after for effect in line.effects)
        party = line.details.get("party", "")
        words = _("“{subject}” means {party}") if means else _("“{subject}” no longer means {party}")
        said[line.subject] = words.format(subject=line.subject, party=party) if party else ""
    return [
        _("Names: {words}", words="; ".join(words))
        for words in [[each for each in said.values() if each][:_NAMES]]
        if words
    ]
