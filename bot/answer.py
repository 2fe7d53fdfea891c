"""Questions to the store: read only, domain objects out. `bot.render` turns them into a Reply.

Every function takes the store and the workspace first; nothing of another workspace is ever seen. Ids that do not
exist raise `NotFound` with words that are the same whatever the reason.
"""

from bot.domain import (
    Brief,
    Commitment,
    Evidence,
    Fact,
    Hit,
    OpenQuestion,
    Page,
    Query,
    Quote,
    Source,
    Status,
    Update,
)
from bot.store import Store

Entry = Commitment | OpenQuestion | Fact


def commitments(store: Store, workspace: str, query: Query, page: int = 0, size: int = 5) -> Page[Commitment]:
    """The commitments that match, those last spoken of first."""
    raise NotImplementedError


def questions(store: Store, workspace: str, query: Query, page: int = 0, size: int = 5) -> Page[OpenQuestion]:
    """The open questions that match, those last spoken of first; only open ones unless `query.status` says else."""
    raise NotImplementedError


def facts(store: Store, workspace: str, query: Query, page: int = 0, size: int = 5) -> Page[Fact]:
    """The facts that match; a source's own list of key facts comes first."""
    raise NotImplementedError


def sources(store: Store, workspace: str, query: Query, page: int = 0, size: int = 10) -> Page[Source]:
    """The sources held, latest publication first."""
    raise NotImplementedError


def search(store: Store, workspace: str, text: str, page: int = 0, size: int = 5) -> Page[Hit]:
    """Places in the sources that hold the words, best first. Words are words: no search syntax can break it."""
    raise NotImplementedError


def brief(store: Store, workspace: str, *, source: str = "", about: str = "", size: int = 3) -> Brief:
    """The first entries of each group on a source (`S-2`) or a subject; with neither, on the latest source.

    Raises `NotFound` for a source that is not held, and where nothing at all is held.
    """
    raise NotImplementedError


def show(store: Store, workspace: str, id: str) -> Entry | Source:  # noqa: A002
    """The entry or source with this short id, however it is written (`c12`, `C-12`). Raises `NotFound`."""
    raise NotImplementedError


def evidence(store: Store, workspace: str, id: str, page: int = 0, size: int = 3) -> tuple[Entry, Page[Quote]]:  # noqa: A002
    """An entry and its quotes, each with the sentence before and after. Raises `NotFound`."""
    raise NotImplementedError


def quote(store: Store, workspace: str, evidence: Evidence) -> Quote:
    """An Evidence with the sentence before and after it in its source."""
    raise NotImplementedError


def update(store: Store, workspace: str, source: str) -> Update:
    """What a source brought: the entries new with it and those it said again. Raises `NotFound`."""
    raise NotImplementedError


def status(store: Store, workspace: str) -> Status:
    """What the workspace holds; how the bot is comes from `App.status`."""
    raise NotImplementedError


def suggest(store: Store, workspace: str, field: str, text: str, limit: int = 25) -> tuple[tuple[str, str], ...]:
    """Choices for autocomplete as (shown, value); `field` is party, kind, status, source, entry or fact_kind."""
    raise NotImplementedError


def near(store: Store, workspace: str, query: Query) -> tuple[str, ...]:
    """Names that are held and read most like those in a query that matched nothing."""
    raise NotImplementedError
