"""What became of an entry since an instant. Pure: told by which mentions are new and which cells were set."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain import (
    Cell,
    Change,
    ChangeKind,
    Commitment,
    CommitmentFinding,
    CommitmentStatus,
    Effect,
    Fact,
    Link,
    LinkStatus,
    LogEntry,
    Mention,
    OpenQuestion,
    SourceStatus,
)
from bot.ledger.status import commitment_steps
from bot.ledger.values import other_amounts

Entry = Commitment | OpenQuestion | Fact

HIDDEN = frozenset({"source withdrawn", "marked wrong", "no longer in the current version", "no longer found"})
"""Where an entry stands that is in no list."""
SETTLED = frozenset(
    {
        CommitmentStatus.REPORTED_DONE,
        CommitmentStatus.WITHDRAWN,
        CommitmentStatus.REFUSED,
        CommitmentStatus.OVERTAKEN,
    }
)
"""Where a commitment stands of which no date is waited for."""


def said_since(
    entry: Entry, new: frozenset[str], *, known: bool, edited: Sequence[CommitmentFinding] = ()
) -> Change | None:
    """What Sources that are new made of an entry; `known` where an older one spoke of it. None for nothing to tell.

    `edited` is what the earlier versions of new Sources said of it, which does not count any more.
    """
    if entry.status in HIDDEN:
        return None
    if not known:
        return Change(ChangeKind.NEW, entry)
    before = [mention for mention in entry.mentions if mention.source.id not in new]
    after = [mention for mention in entry.mentions if mention.source.id in new]
    if isinstance(entry, Fact) or not after:
        return None
    if not before:  # a new version says what the earlier one said, but for what differs
        now = after[-1].finding
        told = _differing(edited[-1], now) if edited and isinstance(now, CommitmentFinding) else []
        return Change(ChangeKind.CHANGED, entry, "; ".join(told)) if told else None
    if words := _moved(entry, before):
        return Change(ChangeKind.CHANGED, entry, "; ".join(words))
    held = {mention.original: mention.source.id for mention in reversed(before)}
    again = dict.fromkeys(_where(mention, held.get(mention.original, "")) for mention in after)
    return Change(ChangeKind.REPEATED, entry, f"said again in {', '.join(again)}")


def _where(mention: Mention[Any], copied: str) -> str:
    """`S-3`, or `S-3 (a near-copy of S-1)` where that said it before in nearly the same text."""
    return f"{mention.source.id} (a near-copy of {copied})" if copied else mention.source.id


def _moved(entry: Commitment | OpenQuestion, before: Sequence[Mention[Any]]) -> list[str]:
    """Where it stood and stands now, and which sums, dates and conditions differ; nothing follows from silence."""
    if not isinstance(entry, Commitment):
        return []
    stood, latest = commitment_steps(before)[-1], entry.mentions[-1]
    words = [f"{stood}, now {entry.status}"] if stood != entry.status else []
    if latest.source.id != before[-1].source.id:
        words += _differing(before[-1].finding, latest.finding)
    return words


def _differing(old: CommitmentFinding, new: CommitmentFinding) -> list[str]:
    slots = (("due", old.due, new.due), ("condition", old.condition, new.condition))
    told = [f"{was}, now {now}" for was, now in other_amounts(old, new)]
    return told + [
        f"{name}: {was}, now {now}" for name, was, now in slots if was and now and _plain(was) != _plain(now)
    ]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def net_effects(lines: Sequence[LogEntry]) -> Mapping[Cell, Effect]:
    """Each cell that these lines, the earliest first, left other than they found it."""
    found: dict[Cell, Effect] = {}
    for effect in (effect for line in lines for effect in line.effects):
        first = found.get(effect.cell, effect)
        found[effect.cell] = Effect(effect.cell, first.before, effect.after)
    return {cell: effect for cell, effect in found.items() if effect.before != effect.after}


def decided_since(entry: Entry, effect: Effect) -> Change | None:
    """What a decision made of an entry: one on it, or on a Source that it rests or rested on."""
    hidden = entry.status in HIDDEN
    match effect.cell.kind:
        case "source":
            return _source_decided(entry, effect, hidden=hidden)
        case "wrong" if hidden:
            return Change(ChangeKind.WITHDRAWN, entry, "marked wrong") if effect.after else None
        case "wrong":
            return Change(ChangeKind.CHANGED, entry, "no longer marked wrong")
        case "slot" if not hidden and effect.cell.part != "due_date":
            return Change(
                ChangeKind.CHANGED, entry, f"{effect.cell.part} {'set' if effect.after else 'reset'} by a person"
            )
        case "link" if not hidden and LinkStatus.CONFIRMED in (effect.before, effect.after):
            holds = "confirmed" if effect.after == LinkStatus.CONFIRMED else "no longer confirmed"
            return Change(ChangeKind.CHANGED, entry, f"{effect.cell.of} {holds}: {entry.status}")
    return None


def passed(entry: Commitment) -> Change | None:
    """That the date of a commitment has passed; nothing follows from it. None for one that needs no date any more."""
    due = entry.finding.due_date
    if due is None or entry.status in HIDDEN | SETTLED:
        return None
    silent = entry.last_seen is None or entry.last_seen <= due
    words = "; no later mention in the sources held" if silent else ""
    return Change(ChangeKind.DATE_PASSED, entry, f"its date, {due.isoformat()}, has passed{words}")


def proposed_since(link: Link) -> Change:
    """A link that waits for somebody to confirm or reject it, told of its older entry."""
    return Change(ChangeKind.PROPOSED, link.older, f"{link.newer.id} {link.kind} it? ({link.id}: {link.reason})")


def _source_decided(entry: Entry, effect: Effect, *, hidden: bool) -> Change | None:
    source, after = effect.cell.of, effect.after
    if after != SourceStatus.CURRENT and effect.before == SourceStatus.CURRENT:
        if after == SourceStatus.SUPERSEDED:
            return (
                Change(ChangeKind.WITHDRAWN, entry, f"no longer in the current version of {source}") if hidden else None
            )
        if hidden:
            return Change(ChangeKind.WITHDRAWN, entry, f"{source} is {after}")
        return Change(ChangeKind.CHANGED, entry, f"rests no longer on {source}, which is {after}")
    if after == SourceStatus.CURRENT and not hidden:
        return Change(ChangeKind.CHANGED, entry, f"{source} counts again")
    return None


def in_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    """One Change an entry, the gravest kind with the words of all of that kind; by kind, then by id."""
    by_entry: dict[str, list[Change]] = {}
    for change in changes:
        by_entry.setdefault(change.entry.id, []).append(change)
    return tuple(sorted((_joined(all_of) for all_of in by_entry.values()), key=_place))


def _joined(changes: Sequence[Change]) -> Change:
    first = min(changes, key=lambda change: _GRAVEST.index(change.kind))
    words = dict.fromkeys(change.what for change in changes if change.kind is first.kind and change.what)
    return Change(first.kind, first.entry, "; ".join(words))


def _place(change: Change) -> tuple[int, str, int]:
    letter, _, number = change.entry.id.partition("-")
    return list(ChangeKind).index(change.kind), letter, int(number)


_GRAVEST = (
    ChangeKind.WITHDRAWN,
    ChangeKind.NEW,
    ChangeKind.CHANGED,
    ChangeKind.PROPOSED,
    ChangeKind.DATE_PASSED,
    ChangeKind.REPEATED,
)
