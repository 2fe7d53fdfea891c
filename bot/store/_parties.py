"""Parties and the names they go by. Which name means which party is the extractor's to say; here it is kept."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlite_utils import Database

from bot.store import _aliases
from bot.store._sql import column, marks, rows, run, value
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


def meant(db: Database, workspace: str, name: str) -> list[str]:
    """The names of the parties that go by exactly this name: what people say of it, else whose canonical name it is,
    else those that the extractor knows by it.
    """
    folded, heads = fold(name), _aliases.heads(db, workspace)
    if folded in heads:
        return [heads[folded]]
    found = column(db, "SELECT name FROM parties WHERE workspace = ? AND folded = ?", (workspace, folded))
    found = found or column(db, _ALSO_CALLED.format(how="a.folded = ?"), (workspace, folded))
    return list(dict.fromkeys(_aliases.head(heads, each) for each in found))


def members(db: Database, workspace: str, names: Iterable[str]) -> list[int]:
    """The rows of the parties with these names, with all that people merged into them."""
    folded = sorted(_aliases.led_to(_aliases.heads(db, workspace), names))
    if not folded:
        return []
    sql = f"SELECT id FROM parties WHERE workspace = ? AND folded IN ({marks(folded)}) ORDER BY id"
    return column(db, sql, (workspace, *folded))


def matching(db: Database, workspace: str, name: str) -> list[str]:
    """The parties meant by a filter: those that go by the name, else those with a name that contains it.

    A leading article does not matter.
    """
    if found := meant(db, workspace, name) or meant(db, workspace, bare(name)):
        return found
    if not (folded := bare(name)):
        return []
    heads = _aliases.heads(db, workspace)
    known = column(db, _ALSO_CALLED.format(how="instr(a.folded, ?) > 0"), (workspace, folded))
    given = (head for alias, head in heads.items() if folded in alias)
    return list(dict.fromkeys([*(_aliases.head(heads, each) for each in known), *given]))


def known_names(db: Database, workspace: str, name: str) -> list[str]:
    """The further names that the extractor knows a party by, with the names of those merged into it left out."""
    ids = members(db, workspace, [name])
    own = _aliases.led_to(_aliases.heads(db, workspace), [name])
    sql = f"SELECT DISTINCT alias, folded FROM party_aliases WHERE party IN ({marks(ids)}) ORDER BY folded, alias"
    once = {r["folded"]: r["alias"] for r in rows(db, sql, ids)}
    return [alias for folded, alias in once.items() if folded not in own]


def beginning(db: Database, workspace: str, prefix: str, limit: int) -> tuple[str, ...]:
    """Names of parties with an alias, or a word of one, that begins so, those in most entries first."""
    heads, folded = _aliases.heads(db, workspace), fold(prefix)
    most = limit + len(heads)
    found = (
        rows(db, _BEGINNING, (workspace, folded, folded + _END, most))
        if folded
        else rows(db, _MOST_NAMED, (workspace, most))
    )
    names = {fold(name): name for name in (_aliases.head(heads, r["name"]) for r in found)}
    names |= {fold(head): head for alias, head in heads.items() if _begins(alias, folded) or _begins(head, folded)}
    counted = _counted(db, workspace, heads) | {r["folded"]: r["entries"] for r in found if r["folded"] not in heads}
    count = {key: sum(counted.get(name, 0) for name in _aliases.led_to(heads, [key])) for key in names}
    return tuple(names[key] for key in sorted(names, key=lambda key: (-count[key], names[key]))[:limit])


def _begins(name: str, prefix: str) -> bool:
    return any(each.startswith(prefix) for each in _beginnings(fold(name)))


def _counted(db: Database, workspace: str, heads: _aliases.Heads) -> dict[str, int]:
    """In how many entries each party is that aliases lead from or to."""
    if not heads:
        return {}
    names = sorted({*heads, *map(fold, heads.values())})
    sql = f"SELECT folded, entries FROM parties WHERE workspace = ? AND folded IN ({marks(names)})"
    return {r["folded"]: r["entries"] for r in rows(db, sql, (workspace, *names))}


def link(db: Database, workspace: str, entry: int, roles: Iterable[tuple[str, str]]) -> None:
    """Note that an entry names these parties in these roles."""
    for role, name in roles:
        if fold(name):
            run(db, _LINK, (ensure(db, workspace, name), role, entry))


def unlink(db: Database, entry: int) -> None:
    """Forget which parties an entry names."""
    run(db, "DELETE FROM entry_parties WHERE entry = ?", (entry,))


_ALSO_CALLED = """
    SELECT DISTINCT p.name FROM party_aliases a JOIN parties p ON p.id = a.party
    WHERE a.workspace = ? AND {how} ORDER BY p.id
"""
_MOST_NAMED = """
    SELECT name, folded, entries FROM parties WHERE workspace = ? AND entries > 0 ORDER BY entries DESC, name LIMIT ?
"""
_BEGINNING = """
    SELECT p.name, p.folded, p.entries FROM party_beginnings b JOIN parties p ON p.id = b.party
    WHERE b.workspace = ? AND b.folded >= ? AND b.folded < ? AND p.entries > 0
    GROUP BY p.id ORDER BY p.entries DESC, p.name LIMIT ?
"""
_LINK = "INSERT OR IGNORE INTO entry_parties (party, role, entry) VALUES (?, ?, ?)"
