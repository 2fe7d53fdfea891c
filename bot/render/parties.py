"""One party on a page: its names, with whom and when it undertook things, what it undertook, what is open about it."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from bot.domain import Action, Item, Medium, Party, PartyPage, Query, Reply
from bot.render.entries import item
from bot.render.hints import command
from bot.render.state import pack
from bot.render.strip import BARS
from bot.render.words import clip, day, plural
from bot.texts import _

_FEW, _MOST_BARS = 5, 24
_NAMES = 200


def party_reply(page: PartyPage, *, medium: Medium = Medium.DISCORD) -> Reply:
    """A party's page; buttons lead to what does not fit on it."""
    name = page.party.name
    groups = (
        (_("Commitments"), page.undertook.total, tuple(item(entry) for entry in page.undertook.items)),
        (_("Commitments towards it"), page.received.total, tuple(item(entry) for entry in page.received.items)),
        (_("Open questions about it"), page.open.total, tuple(item(entry) for entry in page.open.items)),
    )
    sections = tuple((_counted(title, total, items), items) for title, total, items in groups if items)
    nothing = () if sections else (_("No source that counts says anything of it."),)
    left_out = any(total > len(items) for title, total, items in groups)
    more = (_("More of each: {command} with a larger --size", command=command("party", medium)),) if left_out else ()
    notes = (*nothing, *(more if medium is Medium.TERMINAL else ()))
    actions = () if medium is Medium.TERMINAL else _actions(name, page)
    return Reply(name, lead=_lead(page), sections=sections, notes=notes, actions=actions)


def _counted(title: str, total: int, items: Sequence[Item]) -> str:
    return (
        _("{title}: {shown} of {total:,}", title=title, shown=len(items), total=total) if total > len(items) else title
    )


def _actions(name: str, page: PartyPage) -> tuple[Action, ...]:
    """What there is more of, a button each."""
    lists = (
        (_("All {total:,} commitments"), "commitments", "actor", page.undertook),
        (_("All {total:,} towards it"), "commitments", "recipient", page.received),
        (_("All {total:,} open questions"), "questions", "about", page.open),
    )
    return tuple(
        Action(
            label.format(total=found.total),
            "list",
            pack(kind, Query(party=name, role=role), 0),
        )
        for label, kind, role, found in lists
        if found.total > len(found.items)
    )


def _lead(page: PartyPage) -> str:
    partners = [f"{name} ({count:,})" for name, count in page.partners[:5]]
    lines = (
        _names(page.party),
        _("Together with, or towards: {partners}", partners=", ".join(partners)) if partners else "",
        over_time(page.months),
    )
    return "\n".join(line for line in lines if line)


def _names(party: Party) -> str:
    """`Also: NL, Norlanders`, `Named by people here: the Crown`, a line each."""
    known = _("Also: {names}", names=clip(", ".join(party.known), _NAMES)) if party.known else ""
    given = _("Named by people here: {names}", names=clip(", ".join(party.given), _NAMES)) if party.given else ""
    return "\n".join(part for part in (known, given) if part)


def over_time(months: Sequence[tuple[date, int]]) -> str:
    """`March 2026 (2), July 2026 (1)`, or where these are many `▂▁▇ January 2024 to March 2026, most in 2025 (7)`."""
    if not months:
        return ""
    total = plural(sum(count for month, count in months), "commitment")
    if len(months) == 1:
        return _("{total}, in {month}", total=total, month=_month(months[0][0]))
    if len(months) <= _FEW:
        return f"{total}: {', '.join(f'{_month(month)} ({count:,})' for month, count in months)}"
    spans = _spans(months)
    most_in, most = max(spans, key=lambda span: span[1])
    bars = "".join(BARS[round(count * (len(BARS) - 1) / most)] if count else "·" for span, count in spans)
    span = _("{first} to {last}", first=_month(months[0][0]), last=_month(months[-1][0]))
    return _(
        "{bars} {total}, {span}, most in {most_in} ({most:,})",
        bars=bars,
        total=total,
        span=span,
        most_in=most_in,
        most=most,
    )


def _spans(months: Sequence[tuple[date, int]]) -> list[tuple[str, int]]:
    """Every month from the first to the last, with none left out, joined to quarters or years where they are many."""
    counts = dict(months)
    every = [
        date(number // 12, number % 12 + 1, 1) for number in range(_number(months[0][0]), _number(months[-1][0]) + 1)
    ]
    for name in (_month, _quarter, _year):
        spans = [(label, sum(counts.get(each, 0) for each in group)) for label, group in groupby(every, key=name)]
        if len(spans) <= _MOST_BARS:
            return spans
    return spans[-_MOST_BARS:]


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1


def _month(when: date) -> str:
    return day(when).partition(" ")[2]


def _quarter(when: date) -> str:
    return _("quarter {month} of {year}", month=(when.month + 2) // 3, year=when.year)


def _year(when: date) -> str:
    return str(when.year)


def named_reply(alias: str, party: str, *, merged: bool, medium: Medium = Medium.DISCORD) -> Reply:
    """What giving a party a name did."""
    title = (
        _("Merged {alias} into {party}", alias=alias, party=party)
        if merged
        else _("“{alias}” now means {party}", alias=alias, party=party)
    )
    rest = _("It holds for what is held and for what comes. What the sources say stays as they say it.")
    back = _("{command} takes the name away again.", command=command("split", medium))
    return Reply(title, notes=(rest, back))


def split_reply(alias: str, party: str) -> Reply:
    """What taking a name away did."""
    return Reply(
        _("“{alias}” no longer means {party}", alias=alias, party=party), notes=(_("It stands for itself again."),)
    )
