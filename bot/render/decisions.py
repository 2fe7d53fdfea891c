"""What people decided: the log, what was taken back, and what became of an entry."""

from collections.abc import Mapping

from bot.domain import Action, Commitment, Fact, Item, LogEntry, Medium, OpenQuestion, Page, Reply, Undone
from bot.render.entries import item
from bot.render.hints import command
from bot.render.links import BEARS
from bot.render.lists import paging
from bot.render.markdown import AT, CHANNEL, PERSON
from bot.render.words import capital, human_join, instant
from bot.texts import _

Entry = Commitment | OpenQuestion | Fact

_WAYS_IN = {
    "cli": _("the command line"),
    "folder": _("the watched folder"),
    "feed": _("a feed"),
    "dossier": _("Dossier itself"),
}
_SAID = {
    "marked wrong": _("marked wrong"),
    "slot set": _("slot set"),
    "alias set": _("alias set"),
    "alias taken away": _("alias taken away"),
    "source added": _("source added"),
    "source removed": _("source removed"),
    "source restored": _("source restored"),
    "source retracted": _("source retracted"),
    "source deleted for good": _("source deleted for good"),
    "new version": _("new version"),
    "undone": _("undone"),
    "feed added": _("feed added"),
    "feed removed": _("feed removed"),
    "updates set": _("updates set"),
    "updates stopped": _("updates stopped"),
    "digest set": _("digest set"),
    "digest stopped": _("digest stopped"),
    "digest paused": _("digest paused"),
    "link confirmed": _("link confirmed"),
    "link rejected": _("link rejected"),
    "link put off": _("link put off"),
}
"""What the log says was done, as it is kept, and as people read it."""
_OF_CHANNEL = frozenset({"updates set", "updates stopped"})
"""What is done to a channel, whose id is the subject."""


def done(line: LogEntry) -> str:
    """What was done, without to what: `source added`."""
    return _SAID.get(line.what, line.what)


def log_line(line: LogEntry) -> str:
    """What was done, in words: `marked C-1 as wrong`, `set due of C-2 to “May” (it was “April”)`."""
    if deleted := line.details.get("erased"):
        return _(
            "{what}: {subject}, which was deleted with {deleted}",
            what=done(line),
            subject=line.subject,
            deleted=deleted,
        )
    if line.undoes:
        because = _(", because #{because} was", because=line.details["because"]) if line.details.get("because") else ""
        return _("took back #{undoes} ({subject}){because}", undoes=line.undoes, subject=line.subject, because=because)
    if line.what == "slot set":
        value, before = (line.details.get(name) for name in ("value", "before"))
        slot = _("{slot} of {subject}", slot=line.details.get("slot", _("a slot")), subject=line.subject)
        was = _("it was “{before}”", before=before) if before else _("it was empty")
        return (
            _("set {slot} to “{value}” ({was})", slot=slot, value=value, was=was)
            if value
            else _("emptied {slot} ({was})", slot=slot, was=was)
        )
    if line.what == "new version":
        return _("{subject} supersedes {old}", subject=line.subject, old=line.details["old"])
    if line.what == "alias set":
        before = line.details.get("before")
        return _("“{subject}” means {party}", subject=line.subject, party=line.details["party"]) + (
            _(" (it meant {before})", before=before) if before else ""
        )
    if line.what == "alias taken away":
        return _("“{subject}” no longer means {party}", subject=line.subject, party=line.details["party"])
    if line.what in _OF_CHANNEL:
        return done(line)
    if line.what.startswith("digest "):
        return _("{what} in #{subject}", what=done(line), subject=line.subject)
    if line.what.startswith("link "):
        said = line.details
        return f"{done(line)} ({line.subject}): {_bears(said)}"
    return f"{done(line)}: {line.subject}"


def _bears(said: Mapping[str, str]) -> str:
    kinds = {str(kind): text for kind, text in BEARS.items()}
    return kinds[said["kind"]].format(newer=said["newer"], older=said["older"])


def log_reply(page: Page[LogEntry], *, medium: Medium = Medium.DISCORD) -> Reply:
    """A page of the log, latest first."""
    if not page.total:
        return Reply(_("Log"), lead=_("Nobody has decided anything yet."))
    items = tuple(_item(line) for line in page.items)
    around = [str(max(0, page.number - 1)), str(page.number + 1)]
    where = (_("Page {number} of {last}", number=page.number + 1, last=page.last + 1),) if page.last else ()
    how = _("To take one back: {command} and its number.", command=command("undo", medium))
    return Reply(_("Log"), items=items, notes=(*where, how), actions=paging("log", page.number, page.last, around))


def _item(line: LogEntry) -> Item:
    channel = ((CHANNEL, line.subject),) if line.what in _OF_CHANNEL else ()
    undone = (("", _("taken back by #{undone_by}", undone_by=line.undone_by)),) if line.undone_by else ()
    details = ((AT, instant(line.at)), (PERSON, _WAYS_IN.get(line.who, line.who)), *channel, *undone)
    return Item(f"#{line.id}", capital(log_line(line)), details)


def undone_reply(undone: Undone, *, medium: Medium = Medium.DISCORD) -> Reply:
    """What an undo took back, and how to do it again."""
    lines, asked = undone.lines, undone.lines[-1]
    done = tuple(f"#{line.id}: {log_line(line)}" for line in lines) if lines[1:] else (capital(log_line(asked)),)
    also = (
        _("{lines} rested on it and went first.", lines=human_join([f"#{line.id}" for line in lines[:-1]]))
        if lines[1:]
        else ""
    )
    again = _("To do it again: {command} {line}.", command=command("undo", medium), line=undone.line)
    return Reply(_("Took back #{id}", id=asked.id), lines=done, notes=tuple(note for note in (also, again) if note))


def decided_reply(title: str, entry: Entry, note: str = "", actions: tuple[Action, ...] = ()) -> Reply:
    """An entry as it stands after a decision."""
    return Reply(title, items=(item(entry),), notes=(note,) if note else (), actions=actions)
