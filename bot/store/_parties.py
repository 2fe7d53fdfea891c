"""Parties and the names they go by. Which name means which party is the extractor's to say; here it is kept."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlite_utils import Database

from bot.store._sql import column, marks, run, value
from bot.store._values import bare, fold

_END = "\U0010ffff"


def ensure(db: Database, workspace: str, name: str) -> int:
    """The row of the party with this canonical name, made where there is none."""
    folded = fold(name)
    known = value(db, "SELECT id FROM parties WHERE workspace = ? AND folded = ?", (workspace, folded))
    if known is not None:
        return int(known)
    party = run(db, "INSERT INTO parties (workspace, name, folded) VALUES (?, ?, ?)", (workspace, name, folded))
    add_names(db, workspace, party, [name])
    return party


def add_names(db: Database, workspace: str, party: int, names: Iterable[str]) -> None:
    """Note names of a party, and what each of their words begins."""
    for name in names:
        if not (folded := fold(name)):
            continue
        run(db, "INSERT OR IGNORE INTO party_aliases VALUES (?, ?, ?, ?)", (workspace, folded, party, name))
        for beginning in _beginnings(folded):
            run(db, "INSERT OR IGNORE INTO party_beginnings VALUES (?, ?, ?)", (workspace, beginning, party))


@lru_cache(maxsize=4096)
def _beginnings(folded: str) -> tuple[str, ...]:
    """`united kingdom`, `kingdom`: the name from each of its words on."""
    words = folded.split()
    return tuple(" ".join(words[i:]) for i in range(len(words)))


def add_aliases(db: Database, workspace: str, aliases: Mapping[str, Iterable[str]]) -> None:
    """Note further names by canonical name, for parties that are held already; others are left out."""
    for name, others in aliases.items():
        party = value(db, "SELECT id FROM parties WHERE workspace = ? AND folded = ?", (workspace, fold(name)))
        if party is not None:
            add_names(db, workspace, int(party), others)


def named(db: Database, workspace: str, name: str) -> list[int]:
    """The parties that go by exactly this name; the one whose canonical name it is stands alone."""
    folded = fold(name)
    exact = column(db, "SELECT id FROM parties WHERE workspace = ? AND folded = ?", (workspace, folded))
    return exact or column(
        db, "SELECT party FROM party_aliases WHERE workspace = ? AND folded = ?", (workspace, folded)
    )


def matching(db: Database, workspace: str, name: str) -> list[int]:
    """The parties meant by a filter: those that go by the name, else those with a name that contains it.

    A leading article does not matter.
    """
    if found := named(db, workspace, name) or named(db, workspace, bare(name)):
        return found
    if not (folded := bare(name)):
        return []
    return column(
        db,
        "SELECT DISTINCT party FROM party_aliases WHERE workspace = ? AND instr(folded, ?) > 0 ORDER BY party",
        (workspace, folded),
    )


def canonical(db: Database, parties: list[int]) -> list[str]:
    """The canonical names of parties."""
    return column(db, f"SELECT name FROM parties WHERE id IN ({marks(parties)}) ORDER BY id", parties)


def beginning(db: Database, workspace: str, prefix: str, limit: int) -> tuple[str, ...]:
    """Canonical names with an alias, or a word of one, that begins so, those in most entries first."""
    if not (folded := fold(prefix)):
        return tuple(column(db, _MOST_NAMED, (workspace, limit)))
    return tuple(column(db, _BEGINNING, (workspace, folded, folded + _END, limit)))


def link(db: Database, workspace: str, entry: int, roles: Iterable[tuple[str, str]]) -> None:
    """Note that an entry names these parties in these roles."""
    for role, name in roles:
        if fold(name):
            run(db, _LINK, (ensure(db, workspace, name), role, entry))


def unlink(db: Database, entry: int) -> None:
    """Forget which parties an entry names."""
    run(db, "DELETE FROM entry_parties WHERE entry = ?", (entry,))


_MOST_NAMED = "SELECT name FROM parties WHERE workspace = ? AND entries > 0 ORDER BY entries DESC, name LIMIT ?"
_BEGINNING = """
    SELECT p.name FROM party_beginnings b JOIN parties p ON p.id = b.party
    WHERE b.workspace = ? AND b.folded >= ? AND b.folded < ? AND p.entries > 0
    GROUP BY p.id ORDER BY p.entries DESC, p.name LIMIT ?
"""
_LINK = "INSERT OR IGNORE INTO entry_parties (party, role, entry) VALUES (?, ?, ?)"
