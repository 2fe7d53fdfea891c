"""What people decide about the ledger: each is one transaction, in the log with who and when, and can be taken back."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from bot.domain import (
    Cell,
    Commitment,
    CommitmentKind,
    Fact,
    Link,
    LinkStatus,
    LogEntry,
    OpenQuestion,
    Source,
    Undone,
)
from bot.errors import BadInput, NotFound
from bot.ledger import commitment_key, undoing
from bot.ledger.changes import HIDDEN
from bot.standing import settle
from bot.store import ERASED, Store
from bot.texts import _

Entry = Commitment | OpenQuestion | Fact

_NAME = 100
_NAMES = frozenset({"actors", "recipients", "about"})
_NEEDED = frozenset({"kind", "action", "question"})
SLOTS: dict[str, tuple[str, ...]] = {
    "C": ("kind", "actors", "action", "recipients", "condition", "due"),
    "Q": ("question", "about"),
    "F": ("about",),
}
"""The slots that a person may set, by the first letter of the entry's id."""


def remove(store: Store, workspace: str, source: str, by: str, now: datetime) -> Source:
    """Take a Source out of all lists, with what rests on it alone. Raises `NotFound`."""
    with store.writing():
        removed = store.remove_source(workspace, source, by, now)
        return _after(store, workspace, removed)


def erase(store: Store, workspace: str, source: str, by: str, now: datetime) -> Source:
    """Delete the text of a Source for good, with every entry that rests on it alone; nothing of it can be taken back.

    What other Sources say stays, and stands where they say. Raises `NotFound`.
    """
    with store.deleting():
        turned = store.turned_by(workspace, store.resting_on(workspace, source))
        erased, stayed = store.erase_source(workspace, source, by, now)
        left = (each for each in (*stayed, *turned) if not each.startswith("F-") and store.has(workspace, each))
        settle(store, workspace, dict.fromkeys(left))
        return erased


def retract(store: Store, workspace: str, source: str, by: str, now: datetime) -> Source:
    """Flag a Source as retracted: it stays, and what rests on it alone is flagged.

    Raises `NotFound`, and `BadInput` for one that is retracted or removed already.
    """
    with store.writing():
        retracted = store.retract_source(workspace, source, by, now)
        return _after(store, workspace, retracted)


def restore(store: Store, workspace: str, source: str, by: str, now: datetime) -> Source:
    """Let a removed or retracted Source speak again.

    Raises `NotFound`, and `BadInput` where it counts already or its text was added again.
    """
    with store.writing():
        restored = store.restore_source(workspace, source, by, now)
        return _after(store, workspace, restored)


def mark_wrong(store: Store, workspace: str, id: str, by: str, now: datetime) -> Entry:  # noqa: A002
    """Take an entry out of all lists because it is wrong; what repeats it later stays out too.

    Raises `NotFound`, and `BadInput` for a Source or an entry that is marked already.
    """
    with store.writing():
        entry = _entry(store, workspace, id)
        store.decide(workspace, by, "marked wrong", entry.id, now, {Cell("wrong", entry.id): "1"})
        settle(store, workspace, [entry.id])
        return _entry(store, workspace, id)


def correct(store: Store, workspace: str, id: str, slot: str, text: str, by: str, now: datetime) -> Entry:  # noqa: A002
    """Set a slot of an entry by hand; "" empties it. Names are parted by semicolons.

    Raises `NotFound`, and `BadInput` for a slot that the entry does not have, or a value that it cannot hold.
    """
    with store.writing():
        entry = _entry(store, workspace, id)
        values = _values(entry, slot.strip().lower(), " ".join(text.split()))
        cells = {
            Cell("slot", entry.id, name): json.dumps({"value": value, "who": by, "at": now.isoformat()})
            for name, value in values.items()
        }
        said = {"slot": slot, "value": text, "before": _shown(getattr(entry.finding, slot.strip().lower()))}
        store.decide(workspace, by, "slot set", entry.id, now, cells, said)
        settle(store, workspace, [entry.id])
        return _entry(store, workspace, id)


def confirm(store: Store, workspace: str, id: str, by: str, now: datetime) -> Link:  # noqa: A002
    """Say that a proposed link holds: its older entry then stands where the newer one's sentence puts it.

    Raises `NotFound`, and `BadInput` where it was confirmed before or its sentences do not count now.
    """
    return _judge(store, workspace, id, LinkStatus.CONFIRMED, by, now)


def reject(store: Store, workspace: str, id: str, by: str, now: datetime) -> Link:  # noqa: A002
    """Say that a proposed link does not hold; it is not proposed again. Raises as `confirm` does."""
    return _judge(store, workspace, id, LinkStatus.REJECTED, by, now)


def put_off(store: Store, workspace: str, id: str, by: str, now: datetime) -> Link:  # noqa: A002
    """Leave a proposed link for later, after all others. Raises as `confirm` does."""
    return _judge(store, workspace, id, LinkStatus.LATER, by, now)


def _judge(store: Store, workspace: str, id: str, status: LinkStatus, by: str, now: datetime) -> Link:  # noqa: A002
    with store.writing():
        link = store.link(workspace, id)
        if link.newer.status in HIDDEN or link.older.status in HIDDEN:
            raise BadInput(_("What {id} rests on is not in the lists now, so nothing was changed.", id=link.id))
        said = {"newer": link.newer.id, "older": link.older.id, "kind": str(link.kind)}
        store.decide(
            workspace, by, f"link {_SAID_OF_LINK[status]}", link.id, now, {Cell("link", link.id): status}, said
        )
        settle(store, workspace, [link.older.id])
        return store.link(workspace, id)


_SAID_OF_LINK = {
    LinkStatus.CONFIRMED: "confirmed",
    LinkStatus.REJECTED: "rejected",
    LinkStatus.LATER: "put off",
}


def name_party(store: Store, workspace: str, alias: str, party: str, by: str, now: datetime) -> str:
    """Let a name mean a party, for all that is held and all that comes; the party's name.

    A name that is a party of its own is merged into the other, with all names of its own. Raises `NotFound` for a
    party that is not held, and `BadInput` for a name that cannot be one, means the party already, or would go round.
    """
    name, wanted = " ".join(alias.split()), " ".join(party.split())
    with store.writing():
        meant = store.party(workspace, wanted)
        if meant is None:
            raise NotFound(
                _("There is no party “{name}” here, or more than one. Choose one that is offered.", name=wanted[:_NAME])
            )
        if not any(char.isalnum() for char in name) or len(name) > _NAME:
            raise BadInput(_("A name has letters, and {most} characters at most. Give another one.", most=_NAME))
        if store.party(workspace, name) == meant:
            raise BadInput(_("“{name}” means {meant} already, so nothing was changed.", name=name, meant=meant))
        before = store.party(workspace, name)
        cells = {store.alias_cell(name): json.dumps({"alias": name, "party": meant})}
        with _naming(store, workspace):
            store.decide(workspace, by, "alias set", name, now, cells, {"party": meant, "before": before or ""})
        return meant


def split_party(store: Store, workspace: str, alias: str, by: str, now: datetime) -> tuple[str, str]:
    """Take a name that people gave away from its party, so that it stands for itself again; the name and the party.

    Raises `NotFound` for a name that nobody gave.
    """
    name = " ".join(alias.split())
    cell = store.alias_cell(name)
    with store.writing():
        before = store.aliases(workspace).get(cell.of)
        if before is None:
            raise NotFound(
                _("Nobody gave a party the name “{name}”. /party shows the names that people gave.", name=name[:_NAME])
            )
        with _naming(store, workspace):
            store.decide(workspace, by, "alias taken away", name, now, {cell: None}, {"party": before})
        return name, before


@contextmanager
def _naming(store: Store, workspace: str) -> Iterator[None]:
    """In the block names change their parties: what is known again by them is then known by the new ones."""
    before = store.aliases(workspace)
    yield
    after = store.aliases(workspace)
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    store.rekey(workspace, changed, commitment_key)


def undo(store: Store, workspace: str, line: int, by: str, now: datetime) -> Undone:
    """Take back a decision, and before it every later one that rests on it; of an undo, what it had taken back.

    Raises `NotFound`, and `BadInput` for a line that
    changed nothing that can be put back, or is taken back already.
    """
    with store.writing():
        wanted = store.log_entry(workspace, line)
        _refuse(store, workspace, wanted)
        done = undoing(wanted, store.decisions_since(workspace, line))
        with _naming(store, workspace):
            for each in done:
                because = {"because": str(line)} if each.id != line else {}
                last = store.take_back(workspace, each.id, by, now, because)
        settle(store, workspace, _touched(store, workspace, done))
        return Undone(done, last.id)


def _after(store: Store, workspace: str, source: Source) -> Source:
    settle(store, workspace, _speaks_of(store, workspace, source.id))
    return source


def _speaks_of(store: Store, workspace: str, source: str) -> tuple[str, ...]:
    """The entries that a Source mentions and that stand somewhere."""
    added = store.added(workspace, source)
    return (
        *added.new_commitments,
        *added.repeated_commitments,
        *added.new_questions,
        *added.repeated_questions,
    )


def _touched(store: Store, workspace: str, lines: Iterable[LogEntry]) -> list[str]:
    """The entries whose standing may follow from what these lines changed."""
    cells = dict.fromkeys(effect.cell for line in lines for effect in line.effects)
    found: list[str] = []
    for cell in cells:
        match cell.kind:
            case "source":
                found += _speaks_of(store, workspace, cell.of)
            case "alias" | "successor":
                pass
            case "link":
                found += store.link_ends(workspace, cell.of)
            case _:
                found.append(cell.of)
    return found


def _refuse(store: Store, workspace: str, line: LogEntry) -> None:
    """Raise `BadInput` for a line that cannot be taken back, saying why and what to do instead."""
    if line.what == ERASED or line.details.get("erased"):
        raise BadInput(
            _(
                "#{id} ({what}) cannot be taken back: the text that it rests on is deleted for good.",
                id=line.id,
                what=line.what,
            )
        )
    if line.undone_by:
        raise BadInput(
            _("#{id} was taken back already, by #{undo}. Undo #{undo} to redo it.", id=line.id, undo=line.undone_by)
        )
    if not line.effects:
        raise BadInput(
            _(
                "#{id} ({what}) changed nothing in the ledger. Use the command it was done with.",
                id=line.id,
                what=line.what,
            )
        )
    if line.undoes and (undone := store.log_entry(workspace, line.undoes)).undoes:
        raise BadInput(
            _("#{id} did #{undoes} again. Undo #{undoes} to take that back.", id=line.id, undoes=undone.undoes)
        )


def _entry(store: Store, workspace: str, id: str) -> Entry:  # noqa: A002
    found = store.entry(workspace, id)
    if isinstance(found, Source):
        raise BadInput(
            _("{id} is a source. Give the id of an entry, like C-12; for a source use /source retract.", id=found.id)
        )
    return found


def _values(entry: Entry, slot: str, text: str) -> dict[str, str | list[str] | None]:
    """What a text says for a slot, and for the slots that follow from it."""
    if slot not in (known := SLOTS[entry.id[0]]):
        raise BadInput(
            _(
                "{id} has no slot “{slot}” that can be set. Use one of: {slots}.",
                id=entry.id,
                slot=slot,
                slots=", ".join(known),
            )
        )
    if not text and slot in _NEEDED:
        raise BadInput(_("The {slot} cannot be empty. If the entry is no such thing at all, mark it wrong.", slot=slot))
    if slot == "kind" and text not in set(CommitmentKind):
        raise BadInput(_("There is no kind “{kind}”. Use one of: {kinds}.", kind=text, kinds=", ".join(CommitmentKind)))
    if slot in _NAMES:
        return {slot: [" ".join(name.split()) for name in text.split(";") if name.strip()]}
    if slot == "due":
        return {"due": text or None, "due_date": _day(text)}
    return {slot: text or None}


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value or "")
