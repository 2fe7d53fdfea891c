"""Write anew what a Source says: its mentions stay those of the same entries, or are kept as no longer found."""

from sqlite_utils import Database

from bot.domain import Decision, Decisions, Document
from bot.store import _entries, _sources
from bot.store._shapes import slots_of
from bot.store._sql import Row, column, row, rows, run
from bot.store._values import short_id


def reread(db: Database, workspace: str, source: str, document: Document, decisions: Decisions) -> None:
    """Let a Source say what was decided on its findings, and nothing else. Raises `NotFound`, `EvidenceMismatch`."""
    _entries.refuse_mismatch(document.text, decisions)
    held = _sources.find(db, workspace, source)
    before = column(db, "SELECT entry FROM mentions WHERE source = ?", (held["id"],))
    run(db, "UPDATE mentions SET found = 0 WHERE source = ?", (held["id"],))
    for _, group in _entries.groups(decisions):
        for decision in group:
            if decision.entry is not None:
                _put(db, held, decision)
    _entries.write(db, held, decisions)
    _sources.replace_passages(db, held, document, decisions)
    _entries.set_current(db, held["id"])
    for entry in before:
        _entries.derive(db, entry)


def _put(db: Database, source: Row, decision: Decision[object]) -> None:
    """Let the Source's mention of an entry, if there is one that was not written yet, say what the finding does."""
    entry = _entries.find(db, source["workspace"], decision.entry or "")
    known = row(db, "SELECT id FROM mentions WHERE source = ? AND entry = ? AND NOT found", (source["id"], entry["id"]))
    if known is None:
        return
    finding: object = decision.finding
    run(
        db,
        "UPDATE mentions SET found = 1, linked = 0, key = ?, kind = ?, slots = ?, status = ? WHERE id = ?",
        (decision.key, str(finding.kind), slots_of(finding), decision.status, known["id"]),  # type: ignore[attr-defined,arg-type]
    )
    run(db, "DELETE FROM evidence WHERE mention = ?", (known["id"],))


def slots(db: Database, workspace: str, source: str) -> dict[str, str]:
    """What a Source says of each entry, as it is written down; without what is no longer found. Raises `NotFound`."""
    sql = """
        SELECT e.type, e.number, m.slots FROM mentions m JOIN entries e ON e.id = m.entry
        WHERE m.source = ? AND m.found ORDER BY m.id
    """
    found = rows(db, sql, (_sources.find(db, workspace, source)["id"],))
    return {short_id(r["type"], r["number"]): r["slots"] for r in found}
