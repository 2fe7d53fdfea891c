"""What people type into options, understood. Nothing that arrives is trusted: clients check types, no more."""

from collections.abc import Callable, Coroutine, Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from discord import app_commands

from bot import answer
from bot.chat.guild import workspace_of
from bot.chat.reply import Interaction
from bot.domain import Order, Query
from bot.errors import BadInput, NotAllowed
from bot.render.limits import CHOICE_NAME, CHOICE_VALUE, CHOICES
from bot.render.words import clip
from bot.texts import _

K = TypeVar("K", bound=StrEnum)
Complete = Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]

WORDS = 200
"""How long a filter may be."""
day = answer.day
"""A day as people write it; the terminal takes the same."""


def words(value: str | None) -> str:
    """A filter's words on one line. Raises `BadInput` where they are too many."""
    line = " ".join((value or "").split())
    if len(line) > WORDS:
        raise BadInput(
            _(
                "A filter may have {most} characters; this one has {length}. Use fewer words.",
                most=WORDS,
                length=len(line),
            )
        )
    return line


FILTERS = {
    "actor": _("Who undertook it: a country, body or person, by any of its names"),
    "recipient": _("To whom or for whom"),
    "status": _("Where it stands"),
    "about": _("Words that it speaks of, or a party"),
    "source": _("Only from this source (S-2)"),
    "since": _("Spoken of since this day: 2026-03-14, or “2 weeks”"),
    "as_of": _("As it was known on this day"),
}
"""What the filters of lists are, wherever they are offered."""
_COMPLETED = {"actor": "party", "recipient": "party", "about": "party", "source": "source"}


def described(*filters: str) -> dict[str, str]:
    """The descriptions of some filters."""
    return {name: FILTERS[name] for name in filters}


def completed(*filters: str) -> dict[str, Complete]:
    """The autocomplete of those of some filters that have one."""
    return {name: choices_of(_COMPLETED[name]) for name in filters if name in _COMPLETED}


def query(
    today: date, *, since: str = "", as_of: str = "", order: str = "", passed: bool = False, **filters: str
) -> Query:
    """The filters of a list from what was typed. Raises `BadInput` for what cannot be understood."""
    return Query(
        **{name: words(value) for name, value in filters.items()},
        since=day(since, today, option="since"),
        as_of=day(as_of, today, option="as_of"),
        order=order if order == Order.SOURCES else "",
        passed=today if passed else None,
    )


def fixed(kinds: type[StrEnum]) -> list[app_commands.Choice[str]]:
    """All that an option may be."""
    return [app_commands.Choice(name=str(kind), value=str(kind)) for kind in kinds]


def names(values: Iterable[str]) -> list[app_commands.Choice[str]]:
    """All that an option may be, where it is no term of the domain."""
    return [app_commands.Choice(name=value, value=value) for value in values]


def one_of(kinds: type[K], value: str) -> K:
    """The value of an option with fixed choices. Raises `BadInput` for another, which only a forged call has."""
    try:
        return kinds(value)
    except ValueError:
        raise BadInput(_("Choose one of these: {kinds}.", kinds=", ".join(kinds))) from None


def choices_of(field: str) -> Complete:
    """The autocomplete of an option: what the server's sources hold, most spoken of first.

    `field` is party, alias, kind, status, source, entry or fact_kind (see `bot.answer.suggest`).
    """

    async def complete(itx: Interaction, current: str) -> list[app_commands.Choice[str]]:
        try:
            workspace = workspace_of(itx)
        except NotAllowed:
            return []
        found = await itx.client.app.read(lambda store: answer.suggest(store, workspace, field, current, CHOICES))
        return [
            app_commands.Choice(name=clip(shown, CHOICE_NAME), value=value)
            for shown, value in found[:CHOICES]
            if shown and 0 < len(value) <= CHOICE_VALUE
        ]

    return complete
