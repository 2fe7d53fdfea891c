"""The `Store`: every verb there is, each handing on to the module of its subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.domain import (
    Added,
    Block,
    Candidate,
    Cell,
    Commitment,
    CommitmentFinding,
    Counts,
    Decisions,
    Evidence,
    Fact,
    FactFinding,
    Filter,
    Hit,
    LogEntry,
    Mention,
    NewSource,
    OpenQuestion,
    Page,
    Posting,
    Posts,
    Query,
    QuestionFinding,
    QuestionStatus,
    Quote,
    Source,
    WatchedFile,
)
from bot.store import (
    _adding,
    _care,
    _check,
    _compose,
    _decisions,
    _entries,
    _lists,
    _postings,
    _records,
    _search,
    _sources,
)
from bot.store._arriving_verbs import ArrivingVerbs
from bot.store._digest_verbs import DigestVerbs
from bot.store._link_verbs import LinkVerbs
from bot.store._member_verbs import MemberVerbs
from bot.store._party_verbs import PartyVerbs
from bot.store._shapes import COMMITMENTS, FACTS, QUESTIONS, SHAPES
from bot.store._time_verbs import TimeVerbs
from bot.store._values import Whose, everyones

Entry = Commitment | OpenQuestion | Fact


class Store(LinkVerbs, PartyVerbs, MemberVerbs, TimeVerbs, DigestVerbs, ArrivingVerbs):
    """What is held, in one SQLite file; bound to the thread that opened it (see `open_store`).

    Every verb about content takes the workspace first and sees nothing of any other. Ids (`C-12`) are taken however
    they are written (`c12`). `NotFound` has the same words whether an id never was or belongs to another workspace.
    Any verb may raise `StoreError` where SQLite fails (disk full, read-only, locked for long).
    """

    # Workspaces

    def add_workspace(self, workspace: str, name: str = "") -> None:
        """Make room for a workspace, or note its new name; writing verbs do this by themselves, without a name."""
        with self.writing():
            _records.name_workspace(self._db, workspace, name)

    def workspaces(self) -> tuple[str, ...]:
        """The ids of all workspaces."""
        with self.reading():
            return _records.workspaces(self._db)

    def counts(self, workspace: str) -> Counts:
        """How much the workspace holds."""
        with self.reading():
            return _adding.counts(self._db, workspace)

    # Adding

    def held(self, workspace: str, text: str) -> Source | None:
        """The Source with exactly this text, unless it was removed."""
        with self.reading():
            return _sources.held(self._db, workspace, text)

    def add_source(self, workspace: str, new: NewSource, decisions: Decisions, *, announce: bool = True) -> Added:
        """Store a Source with its entries, and a Posting where updates are wanted, in one transaction.

        Callers want `bot.ingest.ingest`, which decides first. The same content again stores nothing and gives the
        Source already held. Raises `EvidenceMismatch`, before anything is written, for a finding without Evidence or
        whose quote is not the slice of the text.
        """
        with self.writing():
            return _adding.add(self._db, workspace, new, decisions, announce=announce)

    def added(self, workspace: str, source: str) -> Added:
        """What adding this Source did, as `ingest` returned it. Raises `NotFound`."""
        with self.reading():
            return _adding.added(self._db, workspace, source)

    def like_commitments(
        self, workspace: str, keys: Iterable[str]
    ) -> Mapping[str, Sequence[Candidate[CommitmentFinding]]]:
        """The commitments that share a look-up key, the oldest entry first, by key."""
        with self.reading():
            return _compose.candidates(self._db, workspace, COMMITMENTS, tuple(keys))

    def like_questions(self, workspace: str, keys: Iterable[str]) -> Mapping[str, Sequence[Candidate[QuestionFinding]]]:
        """The open questions that share a look-up key, the oldest entry first, by key."""
        with self.reading():
            return _compose.candidates(self._db, workspace, QUESTIONS, tuple(keys))

    def like_facts(self, workspace: str, keys: Iterable[str]) -> Mapping[str, Sequence[Candidate[FactFinding]]]:
        """The facts that share a look-up key, the oldest entry first, by key."""
        with self.reading():
            return _compose.candidates(self._db, workspace, FACTS, tuple(keys))

    def mentions_from(self, workspace: str, id: str, source: str) -> tuple[str, tuple[Mention[Any], ...]]:  # noqa: A002
        """Where an entry stood before this Source's mention ("" for nowhere), and its mentions from that one on.

        Raises `NotFound`, also where the Source does not speak of the entry.
        """
        with self.reading():
            return _compose.mentions_from(self._db, workspace, id, source)

    def set_steps(self, workspace: str, id: str, steps: Sequence[str]) -> None:  # noqa: A002
        """Note where an entry stood after each of its last mentions, in their order; the last is where it stands.

        Raises `NotFound`, and `ValueError` for more steps than mentions.
        """
        with self.writing():
            _entries.set_steps(self._db, workspace, id, steps)

    # Sources

    def source(self, workspace: str, id: str) -> Source:  # noqa: A002
        """The Source with this id. Raises `NotFound`."""
        with self.reading():
            return _sources.source(self._db, workspace, id)

    def source_text(self, workspace: str, id: str) -> str:  # noqa: A002
        """A Source's text, exactly as it was read. Raises `NotFound`."""
        with self.reading():
            return _sources.text(self._db, workspace, id)

    def source_blocks(self, workspace: str, id: str) -> tuple[Block, ...]:  # noqa: A002
        """A Source's headings, paragraphs and bullets. Raises `NotFound`."""
        with self.reading():
            return _sources.blocks(self._db, workspace, id)

    def sources(self, workspace: str, query: Query, page_number: int = 0, size: int = 10) -> Page[Source]:
        """The Sources, latest publication first. `text` and `about` are looked for in titles and origins."""
        with self.reading():
            return _sources.page(self._db, workspace, query, page_number, size)

    def remove_source(self, workspace: str, id: str, by: str, now: datetime) -> Source:  # noqa: A002
        """Take a Source, and every entry that rests on it alone, out of all lists, and log it.

        Ids are not given out again; the text stays, so `restore_source` can bring everything back. Raises `NotFound`,
        also for a Source that was removed before.
        """
        with self.writing():
            return _adding.remove(self._db, workspace, id, by, now)

    def restore_source(self, workspace: str, id: str, by: str, now: datetime) -> Source:  # noqa: A002
        """Bring a removed or retracted Source back, and log it.

        Raises `NotFound`, and `BadInput` where it counts already or its text was added again.
        """
        with self.writing():
            return _adding.restore(self._db, workspace, id, by, now)

    def retract_source(self, workspace: str, id: str, by: str, now: datetime) -> Source:  # noqa: A002
        """Flag a Source as retracted, with every entry that rests on it alone, and log it.

        Raises `NotFound`, and `BadInput` for one that is retracted or removed already.
        """
        with self.writing():
            return _adding.retract(self._db, workspace, id, by, now)

    def erase_source(self, workspace: str, id: str, by: str, now: datetime) -> tuple[Source, tuple[str, ...]]:  # noqa: A002
        """Delete a Source's text for good, with every entry that rests on it alone; the log has no word of it.

        The Source, which is empty then, and the entries that other Sources speak of too: where these stand is to be
        said anew (see `bot.revise.erase`). Raises `NotFound`, also where it was deleted before.
        """
        with self.writing():
            return _adding.erase(self._db, workspace, id, by, now)

    # Entries

    def commitments(self, workspace: str, query: Query, page_number: int = 0, size: int = 5) -> Page[Commitment]:
        """The commitments that match, those last spoken of first."""
        with self.reading():
            return _lists.page(self._db, workspace, COMMITMENTS, query, page_number, size)

    def questions(self, workspace: str, query: Query, page_number: int = 0, size: int = 5) -> Page[OpenQuestion]:
        """The questions that match, those last spoken of first; without `query.status` only open ones."""
        query = query if query.status.strip() else replace(query, status=QuestionStatus.OPEN)
        with self.reading():
            return _lists.page(self._db, workspace, QUESTIONS, query, page_number, size)

    def facts(self, workspace: str, query: Query, page_number: int = 0, size: int = 5) -> Page[Fact]:
        """The facts that match, those of the latest Sources first, and in these the document's own list first."""
        with self.reading():
            return _lists.page(self._db, workspace, FACTS, query, page_number, size)

    def resting_sources(self, workspace: str, query: Query, size: int = 5) -> Page[Source]:
        """The Sources that speak of the commitments, open questions and facts that match, latest first."""
        with self.reading():
            still_open = replace(query, status=QuestionStatus.OPEN)
            asked = ((COMMITMENTS, query), (QUESTIONS, still_open), (FACTS, query))
            found = set[int]().union(*(_lists.sources(self._db, workspace, shape, each) for shape, each in asked))
            return _sources.among(self._db, found, size)

    def entry(self, workspace: str, id: str) -> Entry | Source:  # noqa: A002
        """The entry or Source with this id, whatever its status. Raises `NotFound`."""
        with self.reading():
            return _compose.one(self._db, workspace, id)

    def entries(self, workspace: str, ids: Sequence[str]) -> Iterator[Entry]:
        """The entries with these ids, in their order, whatever their status; in `reading()`. Raises `NotFound`."""
        yield from _compose.by_id(self._db, workspace, ids)

    def has(self, workspace: str, id: str) -> bool:  # noqa: A002
        """Whether there is an entry or Source with this id, whatever its status."""
        with self.reading():
            return _compose.there(self._db, workspace, id)

    def every(self, workspace: str, kind: str) -> Iterator[Entry]:
        """Every commitment, question or fact, as `kind` says, by number, whatever its status; in `reading()`."""
        yield from _compose.every(self._db, workspace, SHAPES[kind])

    def evidence_context(self, workspace: str, evidence: Evidence) -> Quote:
        """An Evidence with the sentences around it. Raises `NotFound` where it is of no Source here."""
        with self.reading():
            return _search.context(self._db, workspace, evidence)

    def search(self, workspace: str, text: str, page_number: int = 0, size: int = 5) -> Page[Hit]:
        """The sentences that hold all the words, best first; accents and case are folded, nothing is syntax."""
        with self.reading():
            return _search.search(self._db, workspace, text, page_number, size)

    # Updates and postings

    def set_updates_channel(
        self, workspace: str, channel: str, by: str, now: datetime, wanted: Filter | None = None
    ) -> None:
        """Post an update to this channel whenever a Source is added; what is still owed goes there too.

        `wanted` is what updates tell of; a Source that brings nothing of it is not told of.
        """
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            _postings.set_channel(self._db, workspace, channel, wanted or Filter(), by, now)

    def updates_channel(self, workspace: str) -> str | None:
        """The channel that updates go to, None where none is set."""
        with self.reading():
            return _postings.channel(self._db, workspace)

    def updates_wanted(self, workspace: str) -> Filter:
        """What updates tell of."""
        with self.reading():
            return _postings.wanted(self._db, workspace)

    def stop_updates(self, workspace: str, by: str, now: datetime) -> bool:
        """No more updates; what is still owed is dropped. False where none were wanted."""
        with self.writing():
            return _postings.stop(self._db, workspace, by, now)

    def postings_due(self, now: datetime, limit: int = 100, *, of: Whose = everyones) -> tuple[Posting, ...]:
        """The Postings that are to be sent now, oldest first, of all workspaces that `of` says yes to."""
        with self.reading():
            return _postings.due(self._db, now, limit, of)

    def posts(self, *, of: Whose = everyones) -> Posts:
        """How many Postings of these workspaces are owed, when the last was sent, and the size of the store."""
        with self.reading():
            return _postings.posts(self._db, of)

    def together(self, posting: Posting) -> tuple[Posting, ...]:
        """The Postings that are one message with this one, the first first; none where it is pending no more."""
        with self.reading():
            return _postings.together(self._db, posting)

    def mark_sent(self, workspace: str, posting: int, message: str, now: datetime) -> None:
        """The Posting is in the channel as this message. Raises `NotFound`."""
        with self.writing():
            _postings.mark_sent(self._db, workspace, posting, message, now)

    def mark_failed(
        self, workspace: str, posting: int, error: str, now: datetime, *, retry_at: datetime | None = None
    ) -> None:
        """A try failed: due again at `retry_at`, or, where that is None, given up. Raises `NotFound`."""
        with self.writing():
            _postings.mark_failed(self._db, workspace, posting, error, now, retry_at)

    # The watched folder, what is kept, saved queries, the log

    def watched(self, workspace: str) -> dict[str, WatchedFile]:
        """What is known of the watched folder's files, by path."""
        with self.reading():
            return _records.watched(self._db, workspace)

    def mark_watched(self, workspace: str, file: WatchedFile) -> None:
        """Note a file as dealt with."""
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            _records.mark_watched(self._db, workspace, file)

    def keep(self, key: str, value: str) -> None:
        """Keep a value of the installation's own (not of a workspace), such as the hash of the synced commands."""
        with self.writing():
            _records.keep(self._db, key, value)

    def kept(self, key: str) -> str | None:
        """The value kept under `key`, None where there is none."""
        with self.reading():
            return _records.kept(self._db, key)

    def save_query(self, workspace: str, json: str) -> str:
        """Keep the state of a list; the token returned is short (12 characters) and the same for the same state."""
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            return _records.save_query(self._db, workspace, json)

    def saved_query(self, workspace: str, token: str) -> str:
        """The state kept under a token. Raises `NotFound`."""
        with self.reading():
            return _records.saved_query(self._db, workspace, token)

    def log(
        self, workspace: str, who: str, what: str, subject: str, now: datetime, details: Mapping[str, str] | None = None
    ) -> LogEntry:
        """Add a line to the log, which only ever grows."""
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            return _records.write_log(self._db, workspace, who, what, subject, now, details or {})

    def log_entries(self, workspace: str, page_number: int = 0, size: int = 10) -> Page[LogEntry]:
        """The log, latest first."""
        with self.reading():
            return _records.log_page(self._db, workspace, page_number, size)

    def log_entry(self, workspace: str, id: int) -> LogEntry:  # noqa: A002
        """A line of the log, with what it changed. Raises `NotFound`."""
        with self.reading():
            return _decisions.entry(self._db, workspace, id)

    def decisions_since(self, workspace: str, id: int) -> tuple[LogEntry, ...]:  # noqa: A002
        """The decisions after this line that hold still, the earliest first, with what they changed."""
        with self.reading():
            return _decisions.since(self._db, workspace, id)

    def decide(
        self,
        workspace: str,
        who: str,
        what: str,
        subject: str,
        now: datetime,
        values: Mapping[Cell, str | None],
        details: Mapping[str, str] | None = None,
    ) -> LogEntry:
        """Set values that people decide on, and log it. Callers want `bot.revise`, which says where entries stand then.

        Raises `NotFound`, and `BadInput` where nothing would change.
        """
        with self.writing():
            _records.ensure_workspace(self._db, workspace)
            return _decisions.decide(self._db, workspace, who, what, subject, now, values, details or {})

    def log_added(self, workspace: str, source: str, by: str, now: datetime) -> LogEntry:
        """Note that a person added a Source; taking that back removes it."""
        with self.writing():
            return _decisions.log_added(self._db, workspace, source, by, now)

    def take_back(
        self,
        workspace: str,
        id: int,  # noqa: A002
        who: str,
        now: datetime,
        details: Mapping[str, str] | None = None,
    ) -> LogEntry:
        """Put back what a line of the log changed, and log that; see `bot.revise.undo`.

        Raises `NotFound`, and `BadInput` where the same was changed since.
        """
        with self.writing():
            return _decisions.take_back(self._db, workspace, id, who, now, details or {})

    # Care

    def check(self) -> list[str]:
        """What is wrong with the store, a sentence each; nothing where quotes, keys, index, counters all agree."""
        return _care.check(self._db, readonly=self.readonly)

    def checked(self) -> dict[str, int]:
        """How many there are of each thing that `check` looks at, by the noun for one of them."""
        with self.reading():
            return _check.checked(self._db)

    def backup(self, path: Path) -> None:
        """Write a consistent copy to `path`, also while others write. Raises `StoreError`."""
        _care.backup(self._db, path)
