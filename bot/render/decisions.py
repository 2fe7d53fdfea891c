"""What people decided: the log, what was taken back, and what became of an entry."""

from bot.domain import Action, Commitment, Fact, Item, LogEntry, Medium, OpenQuestion, Page, Reply, Undone
from bot.render.entries import item
from bot.render.hints import command
from bot.render.lists import paging
from bot.render.markdown import AT, CHANNEL, PERSON
from bot.render.words import capital, human_join, instant

Entry = Commitment | OpenQuestion | Fact

_WAYS_IN = {
    "cli": "the command line",
    "folder": "the watched folder",
    "feed": "a feed",
    "dossier": "Dossier itself",
}


_OF_CHANNEL = frozenset({"updates set", "updates stopped"})
"""What is done to a channel, whose id is the subject."""


def log_line(line: LogEntry) -> str:
    """What was done, in words: `marked C-1 as wrong`, `set due of C-2 to “May” (it was “April”)`."""
    if deleted := line.details.get("erased"):
        return f"{line.what}: {line.subject}, which was deleted with {deleted}"
    if line.undoes:
        because = f", because #{line.details['because']} was" if line.details.get("because") else ""
        return f"took back #{line.undoes} ({line.subject}){because}"
    if line.what == "slot set":
        value, before = (line.details.get(name) for name in ("value", "before"))
        slot = f"{line.details.get('slot', 'a slot')} of {line.subject}"
        was = f"it was “{before}”" if before else "it was empty"
        return f"set {slot} to “{value}” ({was})" if value else f"emptied {slot} ({was})"
    if line.what == "new version":
        return f"{line.subject} supersedes {line.details['old']}"
    if line.what == "alias set":
        before = line.details.get("before")
        return f"“{line.subject}” means {line.details['party']}" + (f" (it meant {before})" if before else "")
    if line.what == "alias taken away":
        return f"“{line.subject}” no longer means {line.details['party']}"
    if line.what in _OF_CHANNEL:
        return line.what
    if line.what.startswith("digest "):
        return f"{line.what} in #{line.subject}"
    if line.what.startswith("link "):
        said = line.details
        return f"{line.what} ({line.subject}): {said['newer']} {said['kind']} {said['older']}"
    return f"{line.what}: {line.subject}"


def log_reply(page: Page[LogEntry], *, medium: Medium = Medium.DISCORD) -> Reply:
    """A page of the log, latest first."""
    if not page.total:
        return Reply("Log", lead="Nobody has decided anything yet.")
    items = tuple(_item(line) for line in page.items)
    around = [str(max(0, page.number - 1)), str(page.number + 1)]
    where = (f"Page {page.number + 1} of {page.last + 1}",) if page.last else ()
    how = f"To take one back: {command('undo', medium)} and its number."
    return Reply("Log", items=items, notes=(*where, how), actions=paging("log", page.number, page.last, around))


def _item(line: LogEntry) -> Item:
    channel = ((CHANNEL, line.subject),) if line.what in _OF_CHANNEL else ()
    undone = (("", f"taken back by #{line.undone_by}"),) if line.undone_by else ()
    details = ((AT, instant(line.at)), (PERSON, _WAYS_IN.get(line.who, line.who)), *channel, *undone)
    return Item(f"#{line.id}", capital(log_line(line)), details)


def undone_reply(undone: Undone, *, medium: Medium = Medium.DISCORD) -> Reply:
    """What an undo took back, and how to do it again."""
    lines, asked = undone.lines, undone.lines[-1]
    done = tuple(f"#{line.id}: {log_line(line)}" for line in lines) if lines[1:] else (capital(log_line(asked)),)
    also = f"{human_join([f'#{line.id}' for line in lines[:-1]])} rested on it and went first." if lines[1:] else ""
    again = f"To do it again: {command('undo', medium)} {undone.line}."
    return Reply(f"Took back #{asked.id}", lines=done, notes=tuple(note for note in (also, again) if note))


def decided_reply(title: str, entry: Entry, note: str = "", actions: tuple[Action, ...] = ()) -> Reply:
    """An entry as it stands after a decision."""
    return Reply(title, items=(item(entry),), notes=(note,) if note else (), actions=actions)
