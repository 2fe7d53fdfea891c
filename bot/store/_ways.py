"""How each table leads to the workspace that its rows are of, as the foreign keys say."""

from sqlite_utils import Database

from bot.store._sql import Row, column, rows

Way = tuple[tuple[str, str], ...]
"""A table's way to the workspace: (its column, the table that this refers to), the last of them to a workspace."""

KEPT = "key LIKE '%:' || ?"
"""The condition that a value of the installation is about a workspace."""


def tables(db: Database) -> list[str]:
    """The store's own tables, by name."""
    return column(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name")


def ways(db: Database) -> dict[str, Way]:
    """The shortest way of each table that has rows of workspaces, by name."""
    found = {table: _way(db, table) for table in tables(db)}
    return {table: way for table, way in found.items() if way}


def condition(way: Way, schema: str = "main") -> str:
    """The condition that a row is of a workspace."""
    (name, parent), *further = way
    if not parent:
        return f'"{name}" = ?'
    return f'"{name}" IN (SELECT id FROM {schema}.{parent} WHERE {condition(tuple(further), schema)})'


def references(db: Database, table: str) -> dict[str, str]:
    """The columns of a table that refer to others, and the tables that they refer to."""
    keys: list[Row] = rows(db, f"PRAGMA foreign_key_list({table})")
    return {key["from"]: key["table"] for key in sorted(keys, key=lambda key: key["from"])}


def _way(db: Database, table: str, seen: frozenset[str] = frozenset()) -> Way:
    if table == "workspaces":
        return (("id", ""),)
    keys = references(db, table)
    if "workspace" in keys:
        return (("workspace", ""),)
    found = [
        ((name, parent), *further)
        for name, parent in keys.items()
        if parent not in seen | {table} and (further := _way(db, parent, seen | {table}))
    ]
    return min(found, key=len, default=())
