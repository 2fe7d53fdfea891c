"""What people type into options, understood. Nothing that arrives is trusted: clients check types, no more."""

import re
from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from discord import app_commands

from bot import answer
from bot.chat.guild import workspace_of
from bot.chat.reply import Interaction
from bot.errors import BadInput, NotAllowed
from bot.render.limits import CHOICE_NAME, CHOICE_VALUE, CHOICES
from bot.render.words import clip

Complete = Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]

WORDS = 200
"""How long a filter may be."""
_AGO = re.compile(r"(\d{1,4})\s*(day|week|month|year)s?(?:\s+ago)?")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def words(value: str | None) -> str:
    """A filter's words on one line. Raises `BadInput` where they are too many."""
    line = " ".join((value or "").split())
    if len(line) > WORDS:
        raise BadInput(f"A filter may have {WORDS} characters; this one has {len(line)}. Use fewer words.")
    return line


def day(value: str | None, today: date, *, option: str = "date") -> date | None:
    """A day as people write it: `2026-03-14`, `2026-03`, `today`, `yesterday`, `2 weeks`; None for nothing.

    Raises `BadInput` with an example that would work.
    """
    written = " ".join((value or "").split())
    text = written.casefold()
    if not text:
        return None
    if text in {"today", "yesterday"}:
        return today - timedelta(days=text == "yesterday")
    try:
        if match := _AGO.fullmatch(text):
            return today - timedelta(days=int(match[1]) * _DAYS[match[2]])
        return date.fromisoformat(text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else f"{text}-01")
    except (ValueError, OverflowError) as error:
        raise BadInput(
            f"“{clip(written, 40)}” is not a day that {option} can take. "
            f"Write it as {today.isoformat()}, or as “2 weeks” for two weeks ago."
        ) from error


def fixed(kinds: type[StrEnum]) -> list[app_commands.Choice[str]]:
    """All that an option may be."""
    return [app_commands.Choice(name=str(kind), value=str(kind)) for kind in kinds]


def choices_of(field: str) -> Complete:
    """The autocomplete of an option: what the server's sources hold, most spoken of first.

    `field` is party, kind, status, source, entry or fact_kind (see `bot.answer.suggest`).
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
