"""The terms that an entry is found by, and its place in the order of lists, as the full-text index wants them.

A list with any filter is one question to this index, which answers in the order of the list and counts without reading
a row. Two kinds of term: words that are found in what the entry says and in its quotes, and words that are made (the
workspace, the type, the kind, the parties in their roles, the Sources). Made words end in a digit, so that the index
does not cut an ending off them, and stand in a column of their own, so that no text can pass for one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from bot.store._sql import Row, column, only, row, rows, run
from bot.store._values import bare, fold

_ID_BITS = 40
_LOWEST = (1 << _ID_BITS) - 1
_WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 32
"""A filter or search looks at no more words than this."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The made words of one workspace and one type of entry, of those in the lists or of those withdrawn."""

    workspace: str
    type: str
    shown: bool = True

    @property
    def base(self) -> str:
        """The word that all these entries have."""
        name = self.workspace if self.workspace.isascii() and self.workspace.isdigit() else "x" + _hex(self.workspace)
        return f"w{name}z{self.type[0]}{int(self.shown)}"

    def kind(self, kind: str) -> str:
        """The word of entries of a kind."""
        return f"{self.base}k{_hex(kind)}z0"

    def status(self, status: str) -> str:
        """The word of entries with a status."""
        return f"{self.base}s{_hex(status)}z0"

    def party(self, party: int, role: str = "party") -> str:
        """The word of entries that name a party, in a role or in any."""
        return f"{self.base}{ROLES[role]}{party}"

    def acting(self, word: str) -> str:
        """The word of entries that have this one in what the text calls their actor."""
        return f"{self.base}n{_hex(word)}z0"

    def source(self, source: int) -> str:
        """The word of entries that a Source speaks of."""
        return f"{self.base}o{source}"


_ACTING = re.compile(r"w\w+z[cqf][01]n([0-9a-f]+)z0")
ROLES = {"actor": "a", "recipient": "r", "about": "t", "party": "p"}


def _hex(text: str) -> str:
    return text.encode().hex()


def place(last_seen: str, rank: int, entry: int) -> int:
    """Where an entry stands: the later it was spoken of, the higher; then by rank and by age."""
    return date.fromisoformat(last_seen).toordinal() << (_ID_BITS + 1) | (1 - rank) << _ID_BITS | (_LOWEST - entry)


def floor(since: date) -> int:
    """The lowest place of an entry spoken of on that day or later."""
    return since.toordinal() << (_ID_BITS + 1)


def entry_at(place: int) -> int:
    """The entry that stands at a place."""
    return _LOWEST - (place & _LOWEST)


ENTRY_AT = f"({_LOWEST} - (rowid & {_LOWEST}))"
"""`entry_at` in SQL."""


def words(*texts: str) -> set[str]:
    """The words of texts, folded."""
    return {word for text in texts for word in _WORD.findall(fold(text))}


def actor_words(*texts: str) -> set[str]:
    """The words for actors, folded, without a leading article."""
    return words(*(bare(text) for text in texts))


def called(text: str) -> str:
    """All that a text calls an actor, as one word; "" for nothing. No word that is found in a text is like it."""
    folded = fold(text)
    return f"={folded}" if folded else ""


def demand(text: str) -> str:
    """The demand that all words of a text occur; "" where it holds no word. Nothing in the text is syntax."""
    found = dict.fromkeys(_WORD.findall(fold(text)))
    return " AND ".join(f'"{word}"' for word in list(found)[:MOST_WORDS])


def demanded_actor(scope: Scope, text: str) -> str:
    """The demand that all words of a text stand in the words for the actor; "" where it holds no word."""
    found = dict.fromkeys(_WORD.findall(bare(text)))
    made_up = " AND ".join(scope.acting(word) for word in list(found)[:MOST_WORDS])
    return f"({made_up})" if made_up else ""


def acting(scope: str) -> list[str]:
    """The words for the actor among the made words of an entry."""
    return [bytes.fromhex(match[1]).decode() for word in scope.split() if (match := _ACTING.fullmatch(word))]


def put(db: Database, entry: int, found: Iterable[str], actor: Iterable[str] = (), *, more: bool = False) -> None:
    """Let an entry be found by these words and by what its columns say.

    `actor` are the words for the actor in the text. With `more` it is also found by the words it had.
    """
    e = only(db, "SELECT * FROM entries WHERE id = ?", (entry,))
    had = row(db, "SELECT place, words, scope FROM entry_terms WHERE entry = ?", (entry,))
    kept = dict.fromkeys(had["words"].split() if had and more else ()) | dict.fromkeys(sorted(found))
    acted = dict.fromkeys(acting(had["scope"]) if had and more else ()) | dict.fromkeys(sorted(actor))
    wanted = {
        "place": place(e["last_seen"], e["rank"], entry),
        "words": " ".join(kept),
        "scope": " ".join(made(db, e, acted)),
    }
    if had != wanted:
        run(db, "DELETE FROM entry_terms WHERE entry = ?", (entry,))
        run(
            db,
            "INSERT INTO entry_terms (place, entry, words, scope) VALUES (:place, :entry, :words, :scope)",
            {**wanted, "entry": entry},
        )


def made(db: Database, e: Row, actor: Iterable[str]) -> list[str]:
    """The made words of an entry, from its row and the words for its actor."""
    scope = Scope(e["workspace"], e["type"], bool(e["shown"]))
    named = rows(db, "SELECT party, role FROM entry_parties WHERE entry = ? ORDER BY party, role", (e["id"],))
    sources = column(db, "SELECT source FROM mentions WHERE entry = ? AND current = ?", (e["id"], e["shown"]))
    return [
        scope.base,
        scope.kind(e["kind"]),
        scope.status(e["status"]),
        *(scope.party(link["party"], link["role"]) for link in named),
        *dict.fromkeys(scope.party(link["party"]) for link in named),
        *(scope.source(source) for source in sorted(sources)),
        *(scope.acting(word) for word in actor),
    ]
