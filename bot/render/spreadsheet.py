"""Entries as CSV for spreadsheets: a row for each quote, with all that is needed to find it again."""

import csv
import io
from collections.abc import Iterator, Mapping

from bot.domain import Commitment, Evidence, Extract, Fact, OpenQuestion, Source
from bot.render.entries import actor_column, headline, set_by_hand, shown_first

Entry = Commitment | OpenQuestion | Fact

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, or for the end of a cell before one."""
_ENTRY = (
    "id",
    "type",
    "kind",
    "status",
    "in short",
    "actors",
    "action",
    "recipients",
    "condition",
    "due",
    "due date",
    "attribution",
    "firmness",
    "about",
    "value",
    "set by a person",
    "first seen",
    "last seen",
)
_QUOTE = ("quote", "start", "end", "source", "title", "published", "origin", "source status", "near-copy of", "sha256")
COLUMNS = (*_ENTRY, *_QUOTE)


def as_csv(extract: Extract) -> bytes:
    """The rows in UTF-8 with the mark by which spreadsheets know it, as RFC 4180 has them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    sources = {source.id: source for source in extract.sources}
    for entry in extract.entries:
        for row in _rows(entry, sources):
            writer.writerow({name: harmless(value) for name, value in row.items()})
    return out.getvalue().encode("utf-8-sig", "replace")


def harmless(value: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before it makes it text."""
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value.replace("\0", "\ufffd")


def _rows(entry: Entry, sources: Mapping[str, Source]) -> Iterator[dict[str, str]]:
    said = _slots(entry) | {
        "id": entry.id,
        "type": _TYPE[entry.id[0]],
        "kind": str(entry.finding.kind),
        "status": str(entry.status),
        "in short": headline(entry),
        "set by a person": set_by_hand(entry),
        "first seen": entry.first_seen.isoformat() if entry.first_seen else "",
        "last seen": entry.last_seen.isoformat() if entry.last_seen else "",
    }
    for evidence in shown_first(entry):
        yield said | _place(evidence, sources)


def _slots(entry: Entry) -> dict[str, str]:
    match entry:
        case Commitment(finding=found):
            return {
                "actors": actor_column(found),
                "action": found.action,
                "recipients": "; ".join(found.recipients),
                "condition": found.condition or "",
                "due": found.due or "",
                "due date": found.due_date.isoformat() if found.due_date else "",
                "attribution": found.attribution or "",
                "firmness": str(found.firmness),
            }
        case OpenQuestion(finding=question):
            return {"about": "; ".join(question.about)}
        case Fact(finding=fact):
            return {"about": "; ".join(fact.about), "value": fact.value or ""}


def _place(evidence: Evidence, sources: Mapping[str, Source]) -> dict[str, str]:
    place = {"quote": evidence.quote, "start": str(evidence.start), "end": str(evidence.end)}
    if evidence.source is None or (source := sources.get(evidence.source.id)) is None:
        return place
    return place | {
        "source": source.id,
        "title": source.title,
        "published": source.published.isoformat() if source.published else "",
        "origin": source.origin,
        "source status": str(source.status),
        "near-copy of": source.copy_of.id if source.copy_of else "",
        "sha256": source.text_hash,
    }


_TYPE = {"C": "commitment", "Q": "question", "F": "fact"}
