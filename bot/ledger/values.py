"""Sums and days that the Sources of one matter put differently: each value with its sentence, the earliest first. Pure.

A value that a Source leaves out is no change, and one that is said again is told once.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.domain import Commitment, CommitmentFinding, Evidence, Link, LinkKind, LinkStatus, Shift, Value
from bot.ledger.amounts import amounts, written

DUE = "due"


class _Said(NamedTuple):
    """What one Source says, by which sentence; `link` is the confirmed link that leads to its entry, if another."""

    finding: CommitmentFinding
    evidence: Evidence
    link: str = ""


def shifts(entry: Commitment, links: Sequence[Link] = ()) -> tuple[Shift, ...]:
    """What the Sources of a commitment, and of those that took its place or whose place it took, put differently.

    A proposed link that nobody confirmed leads nowhere.
    """
    said = sorted((*_own(entry), *_linked(entry, links)), key=_day)
    units = dict.fromkeys(unit for each in said for unit in amounts(each.finding.action))
    found = [Shift(unit, _amounts(said, unit)) for unit in units]
    return tuple(shift for shift in (*found, Shift(DUE, _days(said))) if len(shift.values) > 1)


def other_amounts(old: CommitmentFinding, new: CommitmentFinding) -> tuple[tuple[str, str], ...]:
    """The sums and counts of the same thing that differ, in the words of each."""
    was, now = amounts(old.action), amounts(new.action)
    differing = (unit for unit in was if unit in now and was[unit] != now[unit])
    return tuple((written(old.action, unit), written(new.action, unit)) for unit in differing)


def other_day(old: CommitmentFinding, new: CommitmentFinding) -> bool:
    """Whether two days differ; a day of the month that was named before only says it more closely."""
    if not (old.due_date and new.due_date) or old.due_date == new.due_date:
        return False
    month = (old.due_date.year, old.due_date.month) == (new.due_date.year, new.due_date.month)
    return not month or any(char.isdigit() for char in str(old.due))


def _own(entry: Commitment) -> list[_Said]:
    found = ((mention.finding, evidence) for mention in entry.mentions for evidence in mention.finding.evidence[:1])
    return [_Said(finding, evidence) for finding, evidence in found]


def _linked(entry: Commitment, links: Sequence[Link]) -> list[_Said]:
    """The sentences of the entries at the other end of confirmed links by which one takes the other's place."""
    found = []
    for link in links:
        other, evidence = (link.older, link.before) if link.newer.id == entry.id else (link.newer, link.said)
        replaces = link.kind is LinkKind.SUPERSEDES and link.status is LinkStatus.CONFIRMED
        if replaces and isinstance(other, Commitment):
            found.append(_Said(other.finding, evidence, link.id))
    return found


def _day(said: _Said) -> date:
    source = said.evidence.source
    return source.published or date.min if source else date.min


def _amounts(said: Sequence[_Said], unit: str) -> tuple[Value, ...]:
    values: list[Value] = []
    last: float | None = None
    for each in said:
        now = amounts(each.finding.action).get(unit)
        if now is not None and now != last:
            values.append(Value(written(each.finding.action, unit), each.evidence, each.link))
            last = now
    return tuple(values)


def _days(said: Sequence[_Said]) -> tuple[Value, ...]:
    values: list[Value] = []
    last: CommitmentFinding | None = None
    for each in said:
        if each.finding.due_date and (last is None or other_day(last, each.finding)):
            values.append(Value(each.finding.due or each.finding.due_date.isoformat(), each.evidence, each.link))
            last = each.finding
    return tuple(values)
