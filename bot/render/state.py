"""A list's state packed into an Action's argument, so that its buttons work after a restart."""

from bot.domain import Query


def pack(kind: str, query: Query, page: int) -> str | None:
    """`kind` is commitments, questions, facts, sources or search. None where it would not fit a button."""
    raise NotImplementedError


def unpack(text: str) -> tuple[str, Query, int]:
    """The other way. Raises `BadInput` for what `pack` never made (a forged or old button)."""
    raise NotImplementedError
