"""Questions to the store: read only, domain objects out. `bot.render` turns them into a Reply.

Every function takes the store and the workspace first; nothing of another workspace is ever seen. Ids that do not
exist raise `NotFound` with words that are the same whatever the reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum

from bot import ledger
from bot.domain import (
    Brief,
    Commitment,
    CommitmentKind,
    CommitmentStatus,
    Evidence,
    Export,
    Fact,
    Hit,
    Link,
    LogEntry,
    OpenQuestion,
    Page,
    Query,
    QuestionKind,
    QuestionStatus,
    Quote,
    Source,
    SourceStatus,
    Status,
    Thread,
    Update,
)
from bot.errors import BadInput, NotFound
from bot.store import Store
from bot.texts import _

Entry = Commitment | OpenQuestion | Fact
Choice = tuple[str, str]

_CHOICES: dict[str, type[StrEnum]] = {
    "kind": CommitmentKind,
    "status": CommitmentStatus,
    "question_kind": QuestionKind,
    "question_status": QuestionStatus,
    "source_status": SourceStatus,
}
FACT_KINDS = ("statement", "figure", "event", "position")
_LIKE_AN_ID = re.compile(r"[cqfs]?-?\d*", re.IGNORECASE)
_AGO = re.compile(r"(\d{1,4})\s*(day|week|month|year)s?(?:\s+ago)?")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_NAMES_COMPARED = 1000
_ALL = 500
"""More entries than this of one source are counted, not shown, in an update."""


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
        shown = written if len(written) <= 40 else f"{written[:39]}…"
        raise BadInput(
            _(
                "“{shown}” is not a day that {option} can take. "
                "Write it as {today}, or as “2 weeks” for two weeks ago.",
                shown=shown,
                option=option,
                today=today.isoformat(),
            )
        ) from error


def commitments(store: Store, workspace: str, query: Query, page: int = 0, size: int = 5) -> Page[Commitment]:
    """The commitments that match, those last spoken of first. Raises `BadInput` for an unknown kind or status."""
    _check(query, CommitmentKind, CommitmentStatus)
    if query.passed and query.as_of:
        raise BadInput(_("What is overdue is told as of today. Leave out passed or as_of, one of the two."))
    return store.commitments(workspace, query, page, size)


def questions(store: Store, workspace: str, query: Query, page: int = 0, size: int = 5) -> Page[OpenQuestion]:
    """The questions that match, those last spoken of first; only open ones unless `query.status` says else."""
    _check(query, QuestionKind, QuestionStatus)
    return store.questions(workspace, query, page, size)


def facts(store: Store, workspace: str, query: Query, page: int = 0, size: int = 5) -> Page[Fact]:
    """The facts that match; a source's own list of key facts comes first."""
    return store.facts(workspace, query, page, size)


def sources(store: Store, workspace: str, query: Query, page: int = 0, size: int = 10) -> Page[Source]:
    """The sources held, latest publication first."""
    return store.sources(workspace, query, page, size)


def search(store: Store, workspace: str, text: str, page: int = 0, size: int = 5) -> Page[Hit]:
    """Sentences that hold all the words, best first. Raises `BadInput` where there is no word to look for."""
    if not any(char.isalnum() for char in text):
        raise BadInput(_("There is no word to search for. Give one or more words, such as: peace deal"))
    return store.search(workspace, text, page, size)


def brief(store: Store, workspace: str, *, source: str = "", about: str = "", size: int = 3) -> Brief:
    """The first entries of each group on a source (`S-2`) or a subject; with neither, on the latest source.

    Raises `NotFound` for a source that is not held, and where nothing at all is held.
    """
    held = store.source(workspace, source) if source else None if about else _latest(store, workspace)
    query = Query(source=held.id, about=about) if held else Query(about=about)
    return Brief(
        store.commitments(workspace, query, 0, size),
        store.questions(workspace, query, 0, size),
        store.facts(workspace, query, 0, size),
        Page((held,), 0, 1, 1) if held else store.resting_sources(workspace, query, size),
        held,
        about,
        _places(store, workspace, held) if held else (),
    )


def _places(store: Store, workspace: str, source: Source) -> tuple[int, ...]:
    """Where the quotes begin of all that lists show of a source."""
    query = Query(source=source.id)
    shown: list[Entry] = [
        *store.commitments(workspace, query, 0, _ALL).items,
        *store.questions(workspace, query, 0, _ALL).items,
        *store.facts(workspace, query, 0, _ALL).items,
    ]
    mentions = [mention for entry in shown for mention in entry.mentions if mention.source.id == source.id]
    return tuple(sorted({evidence.start for mention in mentions for evidence in mention.finding.evidence}))


def show(store: Store, workspace: str, id: str) -> Entry | Source:  # noqa: A002
    """The entry or source with this short id, however it is written (`c12`, `C-12`). Raises `NotFound`."""
    return store.entry(workspace, id)


def thread(store: Store, workspace: str, id: str) -> Thread:  # noqa: A002
    """The steps that an entry went through, each with its sentence, its links, and the sums and days that shifted.

    Raises `NotFound`.
    """
    with store.reading():
        found, entry = store.thread(workspace, id), store.entry(workspace, id)
    return replace(found, shifts=ledger.shifts(entry, found.links)) if isinstance(entry, Commitment) else found


def review(store: Store, workspace: str, page: int = 0, size: int = 1) -> Page[Link]:
    """The links that nobody confirmed or rejected yet, those put off last."""
    return store.links_waiting(workspace, page, size)


def date_passed(entry: Entry, today: date) -> bool:
    """Whether the day of a commitment has passed, and no source held speaks of it since."""
    return isinstance(entry, Commitment) and ledger.date_passed(entry, today)


def evidence(store: Store, workspace: str, id: str, page: int = 0, size: int = 3) -> tuple[Entry, Page[Quote]]:  # noqa: A002
    """An entry and a page of its quotes, each with the sentence before and after. Raises `NotFound`."""
    entry = store.entry(workspace, id)
    if isinstance(entry, Source):
        raise NotFound(
            _("{id} is a source; evidence belongs to commitments, questions and facts. Try /show.", id=entry.id)
        )
    every = entry.finding.evidence
    number = max(0, min(page, (len(every) - 1) // size))
    shown = every[number * size : (number + 1) * size]
    return entry, Page(tuple(quote(store, workspace, each) for each in shown), number, size, len(every))


def quote(store: Store, workspace: str, evidence: Evidence) -> Quote:
    """An Evidence with the sentence before and after it in its source. Raises `NotFound`."""
    return store.evidence_context(workspace, evidence)


def update(store: Store, workspace: str, source: str) -> Update:
    """What a source brought: the entries new with it and those it said again. Raises `NotFound`."""
    added = store.added(workspace, source)
    new = [*added.new_commitments, *added.new_questions, *added.new_facts]
    again = [*added.repeated_commitments, *added.repeated_questions]
    entries = [store.entry(workspace, each) for each in new[:_ALL]]
    repeated = [store.entry(workspace, each) for each in again[:_ALL]]
    return Update(
        added.source,
        tuple(entry for entry in entries if isinstance(entry, Commitment)),
        tuple(entry for entry in entries if isinstance(entry, OpenQuestion)),
        tuple(entry for entry in entries if isinstance(entry, Fact)),
        tuple(entry for entry in repeated if isinstance(entry, Commitment | OpenQuestion)),
    )


def status(store: Store, workspace: str) -> Status:
    """What the workspace holds; how the bot is comes from `App.status`."""
    held = store.counts(workspace)
    return Status(
        version="",
        sources=held.sources,
        commitments=held.commitments,
        questions=held.questions,
        facts=held.facts,
        last_added=held.last_added,
        store_bytes=held.store_bytes,
        updates_channel=store.updates_channel(workspace) or "",
    )


def log(store: Store, workspace: str, page: int = 0, size: int = 10) -> Page[LogEntry]:
    """What people decided, latest first."""
    return store.log_entries(workspace, page, size)


def export(store: Store, workspace: str) -> Export:
    """All that the workspace holds, without what was removed and the log."""
    with store.reading():
        sources = [
            each for status in _HELD for each in store.sources(workspace, Query(status=status), 0, _ALL_SOURCES).items
        ]
        return Export(
            tuple((each, store.source_text(workspace, each.id)) for each in sorted(sources, key=_number)),
            tuple(entry for kind in ("commitment", "question", "fact") for entry in _kept(store, workspace, kind)),
            store.links(workspace),
        )


_ALL_SOURCES = 1_000_000
_HELD = (SourceStatus.CURRENT, SourceStatus.SUPERSEDED, SourceStatus.RETRACTED)


def _kept(store: Store, workspace: str, kind: str) -> Iterator[Entry]:
    """The entries that rest on a source which was not removed."""
    for entry in store.every(workspace, kind):
        if any(mention.source.status is not SourceStatus.REMOVED for mention in entry.mentions):
            yield entry


def _number(source: Source) -> int:
    return int(source.id.removeprefix("S-"))


def suggest(store: Store, workspace: str, field: str, text: str, limit: int = 25) -> tuple[Choice, ...]:
    """Choices for autocomplete as (shown, value).

    `field` is `party`, `alias`, `source`, `entry`, `kind`, `status`, `question_kind`, `question_status`,
    `source_status` or `fact_kind`.
    """
    if field == "entry":
        return _entry_choices(store, workspace, text.strip(), limit)
    if field == "alias":
        wanted = text.strip().casefold()
        return tuple((f"{name} → {party}", name) for name, party in store.given(workspace) if wanted in name.casefold())
    if field == "fact_kind":
        return tuple((kind, kind) for kind in FACT_KINDS if text.strip().casefold() in kind)[:limit]
    if values := _CHOICES.get(field):
        wanted = text.strip().casefold()
        return tuple((str(value), str(value)) for value in values if wanted in value)[:limit]
    if field == "source":
        return _source_choices(store, workspace, text, limit)
    return tuple((name, name) for name in store.parties(workspace, text.strip(), limit))


def near(store: Store, workspace: str, query: Query, limit: int = 3) -> tuple[str, ...]:
    """Names that are held and read most like those in a query that matched nothing.

    For a Source that was superseded it is the one that took its place.
    """
    if query.source and (newer := store.source(workspace, query.source).superseded_by):
        return (newer,)
    wanted = query.actor or query.recipient or query.about
    if not wanted:
        return ()
    names = {name.casefold(): name for name in store.parties(workspace, "", _NAMES_COMPARED)}
    close = get_close_matches(wanted.casefold(), names, n=limit, cutoff=0.7)
    words = wanted.casefold().split()
    parts = [name for name in names if any(_like_a_word_of(word, name) for word in words)]
    found = dict.fromkeys(names[name] for name in [*close, *parts] if names[name] != wanted)
    return tuple(found)[:limit]


def _like_a_word_of(wanted: str, name: str) -> bool:
    """Whether a word of a name begins so or differs in a letter; short words prove nothing."""
    return len(wanted) > 3 and any(
        word.startswith(wanted) or SequenceMatcher(None, wanted, word).ratio() >= 0.8 for word in name.split()
    )


def _latest(store: Store, workspace: str) -> Source:
    page = store.sources(workspace, Query(), 0, 1)
    if not page.items:
        raise NotFound(_("No sources are held yet, so there is nothing to brief on. Add a source first."))
    return page.items[0]


def _source_choices(store: Store, workspace: str, text: str, limit: int) -> tuple[Choice, ...]:
    page = store.sources(workspace, Query(text=text.strip()), 0, limit)
    return tuple((f"{source.id} · {source.title or source.origin}"[:100], source.id) for source in page.items)


def _entry_choices(store: Store, workspace: str, text: str, limit: int) -> tuple[Choice, ...]:
    """The entry whose id is typed, else the latest that hold the words, some of each group."""
    try:
        exact: Entry | Source | None = store.entry(workspace, text)
    except (NotFound, BadInput):
        exact = None
    if exact:
        return (_choice(exact),)
    query = Query(text="" if _LIKE_AN_ID.fullmatch(text) else text)
    share = max(1, limit // 3)
    groups: dict[str, Sequence[Entry | Source]] = {
        "c": store.commitments(workspace, query, 0, limit).items,
        "q": store.questions(workspace, query, 0, limit).items,
        "f": store.facts(workspace, query, 0, limit).items,
        "s": store.sources(workspace, query, 0, limit).items,
    }
    if not query.text and text[:1].casefold() in groups:
        wanted = text.replace("-", "").casefold()
        all_of = groups[wanted[0]]
        return tuple(_choice(each) for each in all_of if each.id.replace("-", "").casefold().startswith(wanted))
    found = [each for entries in groups.values() for each in entries[:share]]
    return tuple(_choice(each) for each in found)[:limit]


def _choice(entry: Entry | Source) -> Choice:
    match entry:
        case Commitment():
            words = " ".join([*entry.finding.actors, str(entry.finding.kind), entry.finding.action])
        case OpenQuestion():
            words = entry.finding.question
        case Fact():
            words = entry.finding.statement
        case Source():
            words = entry.title or entry.origin
    return f"{entry.id} · {words}"[:100], entry.id


def _check(query: Query, kinds: type[StrEnum], statuses: type[StrEnum]) -> None:
    for label, value, allowed in (("kind", query.kind, kinds), ("status", query.status, statuses)):
        if value and value not in set(allowed):
            raise BadInput(
                _(
                    "There is no {label} “{value}”. Use one of: {allowed}.",
                    label=label,
                    value=value,
                    allowed=", ".join(allowed),
                )
            )
