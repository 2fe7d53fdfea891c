"""Near-copies: the keys that texts are looked up by, and of which earlier Source a Source is one.

`sources.first_copy` is the Source at the head of a chain of near-copies, so that all of them count once by one look.
Sources that were held before near-copies were looked for are taken in turn as others come in (`compared`).
"""

from collections.abc import Sequence

from sqlite_utils import Database

from bot.store import _sources
from bot.store._sql import Row, column, marks, run

MOST_ALIKE = 8
"""So many of the texts that share keys are compared word by word."""

M020 = """
    ALTER TABLE sources ADD COLUMN compared INTEGER NOT NULL DEFAULT 0 CHECK (compared IN (0, 1));
    ALTER TABLE sources ADD COLUMN copy_of INTEGER REFERENCES sources(id);
    ALTER TABLE sources ADD COLUMN first_copy INTEGER REFERENCES sources(id);
    CREATE INDEX sources_uncompared ON sources (workspace, id) WHERE compared = 0;
    CREATE INDEX sources_by_copy ON sources (copy_of) WHERE copy_of IS NOT NULL;
    CREATE INDEX sources_by_first_copy ON sources (first_copy) WHERE first_copy IS NOT NULL;
    CREATE TABLE source_keys (
        workspace TEXT NOT NULL REFERENCES workspaces(id),
        key INTEGER NOT NULL,
        source INTEGER NOT NULL REFERENCES sources(id),
        PRIMARY KEY (workspace, key, source)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX source_keys_of ON source_keys (source);
"""


def uncompared(db: Database, workspace: str, most: int) -> list[str]:
    """The Sources that were not compared yet, the earliest first."""
    sql = "SELECT number FROM sources WHERE workspace = ? AND compared = 0 ORDER BY id LIMIT ?"
    return [f"S-{number}" for number in column(db, sql, (workspace, most))]


def alike(db: Database, workspace: str, keys: Sequence[int], source: str, supersedes: str) -> list[str]:
    """The Sources that share keys: those that count first, then those that share most.

    Only those before `source`, where it is given; none of which it, or a new version of `supersedes`, takes the place.
    """
    if not keys:
        return []
    own, old = (_sources.find(db, workspace, id_)["id"] if id_ else None for id_ in (source, supersedes))
    values = (own, old, workspace, *keys, own, own)
    found = column(db, _ALIKE.format(marks=marks(keys), most=MOST_ALIKE), values)
    return [f"S-{number}" for number in found]


def note(db: Database, workspace: str, source: str, keys: Sequence[int], original: str) -> None:
    """Let a Source be found by its keys, and note of which it is a near-copy, "" for none."""
    own = _sources.find(db, workspace, source)["id"]
    db.conn.executemany("INSERT OR IGNORE INTO source_keys VALUES (?, ?, ?)", [(workspace, key, own) for key in keys])
    copied = _sources.find(db, workspace, original) if original else {"id": None, "first_copy": None}
    first = copied["first_copy"] or copied["id"]
    run(db, "UPDATE sources SET compared = 1, copy_of = ?, first_copy = ? WHERE id = ?", (copied["id"], first, own))


def forget(db: Database, source: Row) -> None:
    """Let nothing tell of a Source's text; what were its near-copies are those of its original, or of the first."""
    own, original = source["id"], source["copy_of"]
    run(db, "DELETE FROM source_keys WHERE source = ?", (own,))
    copies = column(db, "SELECT id FROM sources WHERE copy_of = ? ORDER BY id", (own,))
    if copies and original is None:
        original = copies[0]
        run(db, "UPDATE sources SET first_copy = ? WHERE first_copy = ?", (original, own))
        run(db, "UPDATE sources SET copy_of = NULL, first_copy = NULL WHERE id = ?", (original,))
    run(db, "UPDATE sources SET copy_of = ? WHERE copy_of = ?", (original, own))
    run(db, "UPDATE sources SET compared = 1, copy_of = NULL, first_copy = NULL WHERE id = ?", (own,))


_ALIKE = """
    WITH RECURSIVE earlier(id) AS (
        SELECT id FROM sources WHERE superseded_by = ? UNION SELECT ?
        UNION SELECT s.id FROM earlier JOIN sources s ON s.superseded_by = earlier.id
    )
    SELECT s.number FROM source_keys k JOIN sources s ON s.id = k.source
    WHERE k.workspace = ? AND k.key IN ({marks}) AND (? IS NULL OR s.id < ?)
        AND NOT EXISTS (SELECT 1 FROM earlier WHERE earlier.id = s.id)
    GROUP BY s.id ORDER BY s.status <> 'current', s.status = 'removed', count(*) DESC, s.id LIMIT {most}
"""
