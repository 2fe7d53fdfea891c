"""What to do next, in the words of the medium: a slash command or a line for the shell."""

from bot.domain import Medium, Query

_NEXT = {
    "add": ("`/source add` adds one.", "`dossier ingest PATH` adds one."),
    "all_sources": ("`/sources` lists what is held.", "`dossier sources` lists what is held."),
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
    "changes": ("/catchup", "dossier changes"),
    "party": ("/party", "dossier party"),
    "split": ("/alias split", "dossier split"),
}


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
    names = ("actor", "recipient", "kind", "status", "about", "source", "text")
    said = {"about": "subject", "text": "words"}
    words = [f"{said.get(name, name)} “{getattr(query, name)}”" for name in names if getattr(query, name)]
    words += [f"{query.role or 'party'} “{query.party}”"] if query.party else []
    since = [f"since {query.since.isoformat()}"] if query.since else []
    as_of = [f"as of {query.as_of.isoformat()}"] if query.as_of else []
    passed = [f"due before {query.passed.isoformat()}, not spoken of since"] if query.passed else []
    return words + since + as_of + passed


def _shell(value: str) -> str:
    return f'"{value}"' if " " in value else value
