"""Entries as a Markdown document: each with its quotes and their places, and the sources with their hashes below."""

import re
from collections.abc import Iterator, Sequence

from bot.domain import Commitment, Extract, Fact, OpenQuestion, Quote, Source
from bot.render.entries import badge, details, headline, near_copy, quote, shown_first, source_line, title_of, withdrawn
from bot.render.escape import visible
from bot.render.hints import filters
from bot.render.words import day
from bot.texts import _

Entry = Commitment | OpenQuestion | Fact

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#|~&!^$@])")
_SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*)(?=://)|\bwww(?=\.)|\bmailto(?=:)")
_LINE_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
_HEADINGS = {"C": _("Commitments"), "Q": _("Open questions"), "F": _("Facts")}


def as_markdown(extract: Extract) -> bytes:
    """The document in UTF-8."""
    return ("\n\n".join(_blocks(extract)) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """Source text for a Markdown file: on one line, and nothing in it is formatted, linked or HTML."""
    line = _SPECIAL.sub(r"\\\1", visible(text))
    line = _SCHEME.sub(lambda found: f"{found[0]}\\", line)
    return _LINE_START.sub(_guarded, line)


def _guarded(match: re.Match[str]) -> str:
    return f"\\{match[0]}" if match[0] in "-+=" else f"{match[0]}\u200b"


def _blocks(extract: Extract) -> Iterator[str]:
    yield "# Dossier"
    if narrowed := filters(extract.query):
        yield _("Only {filters}.", filters=", ".join(map(escaped, narrowed)))
    for letter, heading in _HEADINGS.items():
        group = [entry for entry in extract.entries if entry.id.startswith(letter)]
        if group:
            yield f"## {heading}"
        for entry in group:
            yield from _entry(entry)
    if not extract.entries:
        yield _("Nothing that is held matches.")
    if extract.sources:
        yield _("## Sources")
        yield _table(extract.sources)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"### {entry.id} {escaped(headline(entry))}"
    rows = [(_("Kind"), badge(entry)), *details(entry)]
    yield "\n".join(f"- {escaped(label)}: {escaped(value)}" for label, value in rows)
    for each in map(quote, shown_first(entry)):
        yield _quoted(each)


def _quoted(quote: Quote) -> str:
    return f"> {escaped(quote.text)}\n>\n> — {escaped(source_line(quote))}"


def _table(sources: Sequence[Source]) -> str:
    head = [_("| id | title | published | from | SHA-256 of the text |"), "|---|---|---|---|---|"]
    return "\n".join([*head, *(f"| {' | '.join(_cells(source))} |" for source in sources)])


def _cells(source: Source) -> tuple[str, ...]:
    flags = [flag for flag in (withdrawn(source), near_copy(source)) if flag]
    flag = f" ({', '.join(flags)})" if flags else ""
    origin = "" if source.origin == title_of(source) else escaped(source.origin)
    return f"{source.id}{flag}", escaped(title_of(source)), day(source.published), origin, f"`{source.text_hash}`"
