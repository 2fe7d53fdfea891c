"""A list's state packed into an Action's argument, so that its buttons work after a restart.

commitments of actor France since 1 March 2026, page 2    ->    c2|aFrance|d20260301
"""

import re
from dataclasses import replace
from datetime import date

from bot.domain import Query
from bot.errors import BadInput
from bot.texts import _

LISTS = ("commitments", "questions", "facts", "sources", "search")
_LIST_OF = {name[0] if name != "search" else "x": name for name in LISTS}
_LETTER_OF = {name: letter for letter, name in _LIST_OF.items()}
_WORDS = {
    "a": "actor",
    "r": "recipient",
    "k": "kind",
    "s": "status",
    "b": "about",
    "p": "party",
    "o": "role",
    "i": "source",
    "t": "text",
    "w": "order",
}
_DATES = {"d": "since", "e": "as_of", "z": "passed"}
_HEAD = re.compile(rf"([{''.join(_LIST_OF)}])(\d{{1,6}})")
_OLD = _("This button is from an older message. Ask again with the command.")


def pack(kind: str, query: Query, page: int) -> str:
    """`kind` is one of `LISTS`. What is longer than `ACTION_ARGUMENT` chat keeps in the store, under a short token."""
    parts = [f"{_LETTER_OF[kind]}{page}"]
    parts += [letter + _quoted(getattr(query, name)) for letter, name in _WORDS.items() if getattr(query, name)]
    parts += [f"{letter}{value:%Y%m%d}" for letter, name in _DATES.items() if (value := getattr(query, name))]
    return "|".join(parts)


def unpack(text: str) -> tuple[str, Query, int]:
    """The other way. Raises `BadInput` for what `pack` never made (a forged or old button)."""
    head, *fields = text.split("|")
    if not (match := _HEAD.fullmatch(head)) or not match[2].isascii():
        raise BadInput(_OLD)
    query = Query()
    for field in fields:
        query = _with(query, field[:1], _unquoted(field[1:]))
    return _LIST_OF[match[1]], query, int(match[2])


def _with(query: Query, letter: str, value: str) -> Query:
    if name := _WORDS.get(letter):
        changed: Query = replace(query, **{name: value})  # type: ignore[arg-type]
        return changed
    if letter not in _DATES or not re.fullmatch(r"[0-9]{8}", value):
        raise BadInput(_OLD)
    try:
        when = date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError as error:
        raise BadInput(_OLD) from error
    dated: Query = replace(query, **{_DATES[letter]: when})  # type: ignore[arg-type]
    return dated


def _quoted(value: str) -> str:
    return value.replace("%", "%25").replace("|", "%7C")


def _unquoted(value: str) -> str:
    return value.replace("%7C", "|").replace("%25", "%")
