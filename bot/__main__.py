"""The command line: `dossier VERB ...`, the same as `python -m bot VERB ...`."""

import sys
from typing import Annotated

import typer

from bot import __version__
from bot.cli import adding, arriving, asking, care, deciding, moving, running, taking
from bot.cli.common import Verbs

app = typer.Typer(
    name="dossier",
    cls=Verbs,
    help="Who has undertaken what, and what is still open, with the exact sentences.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_PANELS = {
    "The bot": (("run", running.run), ("preview", running.preview)),
    "Sources": (
        ("ingest", adding.ingest),
        ("reread", adding.reread),
        ("extract", adding.extract),
        ("sources", asking.sources),
    ),
    "Questions": (
        ("commitments", asking.commitments),
        ("questions", asking.questions),
        ("facts", asking.facts),
        ("brief", asking.brief),
        ("party", asking.party),
        ("timeline", taking.timeline),
        ("changes", asking.changes),
        ("digest", asking.digest),
        ("search", asking.search),
        ("show", asking.show),
    ),
    "Decisions": (
        ("remove", deciding.remove),
        ("retract", deciding.retract),
        ("restore", deciding.restore),
        ("review", deciding.review),
        ("confirm", deciding.confirm),
        ("reject", deciding.reject),
        ("wrong", deciding.wrong),
        ("correct", deciding.correct),
        ("alias", deciding.alias),
        ("split", deciding.split),
        ("log", deciding.log),
        ("undo", deciding.undo),
    ),
    "Care": (
        ("check", care.check),
        ("backup", care.backup),
        ("export", taking.export),
        ("export-server", moving.export_one),
        ("restore-server", moving.restore_one),
        ("evaluate", care.evaluate_gold),
    ),
}
for _panel, _verbs in _PANELS.items():
    for _name, _function in _verbs:
        app.command(_name, rich_help_panel=_panel)(_function)
app.add_typer(arriving.feed, name="feed", rich_help_panel="Sources")
app.add_typer(arriving.suggestions, name="suggestions", rich_help_panel="Sources")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dossier {__version__}")
        raise typer.Exit


@app.callback()
def _dossier(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Who has undertaken what, and what is still open, with the exact sentences."""


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


if __name__ == "__main__":
    main()
