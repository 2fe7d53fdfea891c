"""Answers that put several lists together: one party as a whole. Read only, like `bot.answer`."""

from bot import answer
from bot.domain import PartyPage, Query
from bot.errors import BadInput, NotFound
from bot.store import Store

_SHOWN_NAME = 60


def party(store: Store, workspace: str, name: str, size: int = 3) -> PartyPage:
    """What is held on the party that goes by a name. Raises `NotFound`, and `BadInput` where several go by it."""
    with store.reading():
        known = store.party_names(workspace, _one(store, workspace, name))
        return PartyPage(
            known,
            store.commitments(workspace, Query(party=known.name, role="actor"), 0, size),
            store.commitments(workspace, Query(party=known.name, role="recipient"), 0, size),
            store.questions(workspace, Query(party=known.name, role="about"), 0, size),
            store.partners(workspace, known.name),
            store.months(workspace, known.name),
        )


def _one(store: Store, workspace: str, name: str) -> str:
    found = store.parties_named(workspace, name)
    shown = name if len(name) <= _SHOWN_NAME else f"{name[: _SHOWN_NAME - 1]}…"
    if not found:
        near = answer.near(store, workspace, Query(actor=name))
        hint = f"Did you mean {' or '.join(near)}?" if near else "Choose one that is offered while you type."
        raise NotFound(f"No party here goes by the name “{shown}”. {hint}")
    if len(found) > 1:
        raise BadInput(f"“{shown}” is a name of {' and of '.join(found)}. Choose one of them.")
    return found[0]
