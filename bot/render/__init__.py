"""Domain to Reply: pure functions, plain text in and out. Escaping is the renderer's, at the last moment.

A Reply's Actions have these verbs: `page` (argument: a list's state, see `bot.render.state`), `evidence` (an entry's id,
or `id|page`), `show` (an id). Every Item with an id has evidence, so the renderer gives it an Evidence button.
"""

from collections.abc import Sequence

from bot.domain import (
    Added,
    Brief,
    Commitment,
    Fact,
    Hit,
    OpenQuestion,
    Page,
    Query,
    Quote,
    Reply,
    Source,
    Status,
    Update,
)

Entry = Commitment | OpenQuestion | Fact


def commitments_reply(page: Page[Commitment], query: Query, *, near: Sequence[str] = ()) -> Reply:
    """A page of commitments. `near` are names to try when nothing matched (`answer.near`)."""
    raise NotImplementedError


def questions_reply(page: Page[OpenQuestion], query: Query, *, near: Sequence[str] = ()) -> Reply:
    """A page of open questions."""
    raise NotImplementedError


def facts_reply(page: Page[Fact], query: Query, *, near: Sequence[str] = ()) -> Reply:
    """A page of facts."""
    raise NotImplementedError


def sources_reply(page: Page[Source], query: Query) -> Reply:
    """A page of sources."""
    raise NotImplementedError


def search_reply(page: Page[Hit], query: Query) -> Reply:
    """A page of places that hold `query.text`."""
    raise NotImplementedError


def brief_reply(brief: Brief) -> Reply:
    """What is held on a source or a subject."""
    raise NotImplementedError


def show_reply(entry: Entry | Source, quotes: Sequence[Quote] = ()) -> Reply:
    """One entry with all its slots, its `why` and its mentions, or one source."""
    raise NotImplementedError


def evidence_reply(entry: Entry, quotes: Page[Quote]) -> Reply:
    """The quotes of an entry with the sentence before and after."""
    raise NotImplementedError


def added_reply(added: Added, update: Update | None = None) -> Reply:
    """What adding a source did, to the one who added it."""
    raise NotImplementedError


def update_reply(update: Update) -> Reply:
    """The message to the updates channel when a source was added; public."""
    raise NotImplementedError


def removed_reply(source: Source) -> Reply:
    """What removing a source did."""
    raise NotImplementedError


def status_reply(status: Status) -> Reply:
    """How the bot is."""
    raise NotImplementedError


def help_reply(commands: Sequence[tuple[str, str, str]]) -> Reply:
    """The commands as (group, name, description), in order."""
    raise NotImplementedError


def error_reply(message: str, reference: str = "") -> Reply:
    """What happened and what to do; `reference` is the id that is also in the log."""
    raise NotImplementedError
