"""What to do next, in the words of the medium: a slash command or a line for the shell."""

from bot.domain import Medium, Query
from bot.texts import _

_NEXT = {
    "add": (_("`/source add` adds one."), _("`dossier ingest PATH` adds one.")),
    "all_sources": (_("`/sources` lists what is held."), _("`dossier sources` lists what is held.")),
    "commitments": ("/commitments", "dossier commitments"),
    "questions": ("/questions", "dossier questions"),
    "facts": ("/facts", "dossier facts"),
    "undo": ("/undo", "dossier undo"),
    "review": ("/review", "dossier review"),
    "confirm": ("/review", "dossier confirm"),
    "reject": ("/review", "dossier reject"),
    "feed": ("/source feed", "dossier feed"),
    "log": ("/log", "dossier log"),
    "show": ("/show", "dossier show"),
    "party": ("/party", "dossier party"),
    "split": ("/alias split", "dossier split"),
}

_FILTERS = {
    "actor": _("actor “{value}”"),
    "recipient": _("recipient “{value}”"),
    "kind": _("kind “{value}”"),
    "status": _("status “{value}”"),
    "about": _("subject “{value}”"),
    "source": _("source “{value}”"),
    "text": _("words “{value}”"),
}
_ROLES = {"": _("party “{value}”"), "actor": _("actor “{value}”"), "recipient": _("recipient “{value}”")}
_ROLES |= {"about": _("about “{value}”")}


def hint(name: str, medium: Medium) -> str:
    """The words for one next step."""
    return _NEXT[name][0 if medium is Medium.DISCORD else 1].replace("`", "")


def command(name: str, medium: Medium, **options: str) -> str:
    """A command with options as it is typed there: `/facts source:S-2`, `dossier facts --source S-2`."""
    if medium is Medium.DISCORD:
        return " ".join([hint(name, medium), *(f"{key}:{value}" for key, value in options.items())])
    return " ".join([hint(name, medium), *(f"--{key} {_shell(value)}" for key, value in options.items())])


def filters(query: Query) -> list[str]:
    """The filters of a query in words: `actor “France”`, `since 2026-03-01`."""
    words = [text.format(value=getattr(query, name)) for name, text in _FILTERS.items() if getattr(query, name)]
    words += [_ROLES[query.role].format(value=query.party)] if query.party else []
    since = [_("since {day}", day=query.since.isoformat())] if query.since else []
    as_of = [_("as of {day}", day=query.as_of.isoformat())] if query.as_of else []
    passed = [_("due before {day}, not spoken of since", day=query.passed.isoformat())] if query.passed else []
    return words + since + as_of + passed


def _shell(value: str) -> str:
    return f'"{value}"' if " " in value else value


def page_of(number: int, last: int, medium: Medium) -> str:
    """Which page is shown, of which `last` is the last (both count from 0), and on the command line how to go on."""
    words = _("Page {number} of {last}", number=number + 1, last=last + 1)
    return (
        _("{words}. Next: --page {number}", words=words, number=number + 2)
        if medium is Medium.TERMINAL and number < last
        else words
    )
