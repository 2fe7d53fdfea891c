"""Entries to take along: a file with every quote, its place and the hash of its source; always the same bytes."""

import json

from bot.domain import Extract, FileFormat, Reply
from bot.errors import BadInput
from bot.render.document import as_markdown
from bot.render.hints import filters
from bot.render.limits import FILE_BYTES
from bot.render.objects import extract_object
from bot.render.spreadsheet import as_csv
from bot.render.words import capital, human_join, plural, size, unit
from bot.texts import _

SUFFIX = {FileFormat.MARKDOWN: ".md", FileFormat.CSV: ".csv", FileFormat.JSON: ".json"}
_HOLDS = {
    FileFormat.MARKDOWN: _(
        "Each entry has its quotes and their places; the sources with their hashes stand at the end."
    ),
    FileFormat.CSV: _("A row is a quote, with its entry, its place, and the hash of its source."),
    FileFormat.JSON: _("Each entry has its quotes and their places; the sources have their hashes."),
}


def export_file(extract: Extract, written: FileFormat) -> bytes:
    """The entries in a format."""
    match written:
        case FileFormat.CSV:
            return as_csv(extract)
        case FileFormat.MARKDOWN:
            return as_markdown(extract)
        case FileFormat.JSON:
            return (json.dumps(extract_object(extract), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def export_reply(extract: Extract, written: FileFormat) -> Reply:
    """The file, and what is in it. Raises `BadInput` for one that is too large for Discord."""
    narrowed = _("Only {filters}.", filters=", ".join(filters(extract.query))) if filters(extract.query) else ""
    if not extract.entries:
        return Reply(_("Export"), lead=_("Nothing that is held matches, so there is no file."), notes=(narrowed,))
    data = export_file(extract, written)
    if len(data) > FILE_BYTES:
        raise BadInput(
            _(
                "The file would have {size}, and Discord takes {most}. "
                "Narrow it down, for example with about or since.",
                size=size(len(data)),
                most=size(FILE_BYTES),
            )
        )
    return Reply(
        _("Export"),
        lead=_("{entries}, from {sources}.", entries=_count(extract), sources=plural(len(extract.sources), "source")),
        notes=tuple(note for note in (narrowed, _HOLDS[written]) if note),
        file=(f"dossier{SUFFIX[written]}", data),
    )


def _count(extract: Extract) -> str:
    nouns = {"C": unit("commitment"), "Q": unit("open question"), "F": unit("fact")}
    counts = {noun: sum(entry.id.startswith(letter) for entry in extract.entries) for letter, noun in nouns.items()}
    return capital(human_join([plural(count, noun) for noun, count in counts.items() if count]))
