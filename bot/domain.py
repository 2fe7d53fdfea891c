"""The terms of Dossier in code: frozen values, no behaviour beyond what follows from the values themselves.

Offsets count Unicode code points in the `text` they belong to; `end` is exclusive, so `text[start:end]` is the slice.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

F = TypeVar("F")
T = TypeVar("T")

LOCAL_WORKSPACE = "local"
"""The workspace of the command line; a Discord server's workspace is its id in decimal."""


class BlockKind(StrEnum):
    """What a stretch of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"


class CommitmentKind(StrEnum):
    """How a party stands to a future course of action."""

    PLEDGE = "pledge"
    OFFER = "offer"
    AGREEMENT = "agreement"
    PLAN = "plan"
    REFUSAL = "refusal"
    WITHDRAWAL = "withdrawal"
    FULFILMENT = "fulfilment"


class Firmness(StrEnum):
    """How binding a commitment reads, from the words of its sentence; see docs/extraction.md for the scale."""

    FIRM = "firm"
    CONDITIONAL = "conditional"
    TENTATIVE = "tentative"
    REPORTED = "reported"
    DISPUTED = "disputed"


class QuestionKind(StrEnum):
    """How a text presents a matter as open."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    UNCERTAINTY = "uncertainty"
    PENDING = "pending"


class SourceStatus(StrEnum):
    """Whether a Source still speaks: only `current` ones count in lists by default."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    REMOVED = "removed"


class CommitmentStatus(StrEnum):
    """Where a commitment stands, read off its dated mentions; nothing follows from silence."""

    FLOATED = "floated"
    OFFERED = "offered"
    PLEDGED = "pledged"
    CONDITIONAL = "conditional"
    AGREED = "agreed"
    PLANNED = "planned"
    UNDER_WAY = "under way"
    REPORTED_DONE = "reported done"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    OVERTAKEN = "superseded"
    SOURCE_WITHDRAWN = "source withdrawn"
    SUPERSEDED = "no longer in the current version"
    NOT_FOUND = "no longer found"
    MARKED_WRONG = "marked wrong"


AWAITED = frozenset(
    {
        CommitmentStatus.FLOATED,
        CommitmentStatus.OFFERED,
        CommitmentStatus.PLEDGED,
        CommitmentStatus.CONDITIONAL,
        CommitmentStatus.AGREED,
        CommitmentStatus.PLANNED,
        CommitmentStatus.UNDER_WAY,
    }
)
"""Where a commitment stands whose day is waited for."""


class QuestionStatus(StrEnum):
    """Whether a question is still on the open list."""

    OPEN = "open"
    ANSWERED = "answered"
    SOURCE_WITHDRAWN = "source withdrawn"
    SUPERSEDED = "no longer in the current version"
    NOT_FOUND = "no longer found"
    MARKED_WRONG = "marked wrong"


class FactStatus(StrEnum):
    """Whether a fact is in the lists."""

    STATED = "stated"
    SOURCE_WITHDRAWN = "source withdrawn"
    SUPERSEDED = "no longer in the current version"
    NOT_FOUND = "no longer found"
    MARKED_WRONG = "marked wrong"


class LinkKind(StrEnum):
    """How a later entry bears on an earlier one; the value is the verb between the two."""

    SUPERSEDES = "supersedes"
    FULFILS = "fulfils"
    WITHDRAWS = "withdraws"
    CONTRADICTS = "contradicts"
    ANSWERS = "answers"


class LinkStatus(StrEnum):
    """What people said of a proposed link; `later` is one that somebody put off."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or bullet of a document: `text[start:end]` without its marker and line break.

    `level` is 1 to 6 for headings, the nesting depth (from 0) for bullets, 0 for paragraphs.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What the reader makes of a file: its text, and what structure the file gives.

    `title` is "" and `published` None where the document does not say. Blocks are in order and do not overlap.
    """

    text: str
    title: str = ""
    published: date | None = None
    media_type: str = "text/plain"
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRef:
    """What an Evidence needs to say about where it comes from."""

    id: str
    title: str
    published: date | None
    origin: str = ""
    status: SourceStatus = SourceStatus.CURRENT


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote and its place. `source` is None while the text at hand has not been stored."""

    start: int
    end: int
    quote: str
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """The answer to "why did you say so?": the words that triggered the rule, and the rule's name.

    `score` and `features` are the trained judge's, where one had a say (score in 0..1, heaviest features first).
    """

    cue: str
    rule: str
    score: float | None = None
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitmentFinding:
    """A commitment as one Source gives it; what the sentence does not give is empty."""

    kind: CommitmentKind
    actors: tuple[str, ...]
    actor_text: str
    action: str
    recipients: tuple[str, ...]
    condition: str | None
    due: str | None
    attribution: str | None
    firmness: Firmness
    why: Why
    evidence: tuple[Evidence, ...]
    due_date: date | None = None


@dataclass(frozen=True, slots=True)
class QuestionFinding:
    """An open question as one Source gives it: phrased as a person would ask it, and the matter as the text has it."""

    kind: QuestionKind
    question: str
    content: str
    about: tuple[str, ...]
    why: Why
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class FactFinding:
    """A key statement of one Source; `listed` where it stands in the document's own list of key facts."""

    kind: str
    statement: str
    about: tuple[str, ...]
    listed: bool
    evidence: tuple[Evidence, ...]
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the extractor found in one document, each group in the order of its first evidence.

    `names` are the further names that the extractor knows of the parties named, by canonical name.
    """

    commitments: tuple[CommitmentFinding, ...] = ()
    questions: tuple[QuestionFinding, ...] = ()
    facts: tuple[FactFinding, ...] = ()
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class NewSource:
    """A document on its way into a workspace. `added_by` is a Discord user id, "cli", "folder" or "feed".

    `author` is the id of the member who wrote it, where it is a message of the server.
    """

    document: Document
    origin: str
    added_by: str
    added_at: datetime
    author: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document as held: never changed. `id` is its short id (`S-2`); `text_hash` is SHA-256 of the text in hex."""

    id: str
    title: str
    published: date | None
    origin: str
    media_type: str
    added_at: datetime
    added_by: str
    text_hash: str
    length: int
    status: SourceStatus = SourceStatus.CURRENT
    commitments: int = 0
    questions: int = 0
    facts: int = 0
    supersedes: str = ""
    superseded_by: str = ""
    author: str = ""
    copy_of: SourceRef | None = None
    """The earlier Source of which this is a near-copy."""


@dataclass(frozen=True, slots=True)
class Mention(Generic[F]):
    """What one Source says of an entry. `reason` says in words why it was taken for a repetition ("" for the first).

    `copy_of` is the first of the Sources of which its Source is a near-copy, "" for one with a text of its own.
    """

    source: SourceRef
    finding: F
    reason: str = ""
    copy_of: str = ""

    @property
    def original(self) -> str:
        """The Source whose text says it; mentions with the same one count once."""
        return self.copy_of or self.source.id


@dataclass(frozen=True, slots=True)
class Correction:
    """A slot of an entry that a person set; the value is theirs, no sentence's, and None for a slot they emptied."""

    slot: str
    value: str | tuple[str, ...] | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment as held: its short id (`C-12`), where it stands, and every mention, earliest publication first.

    `finding` is the one shown: the latest mention's slots, with what a person corrected, and the evidence of all.
    """

    id: str
    status: CommitmentStatus
    finding: CommitmentFinding
    mentions: tuple[Mention[CommitmentFinding], ...] = ()
    first_seen: date | None = None
    last_seen: date | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An open question as held (`Q-7`)."""

    id: str
    status: QuestionStatus
    finding: QuestionFinding
    mentions: tuple[Mention[QuestionFinding], ...] = ()
    first_seen: date | None = None
    last_seen: date | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as held (`F-3`)."""

    id: str
    finding: FactFinding
    mentions: tuple[Mention[FactFinding], ...] = ()
    first_seen: date | None = None
    last_seen: date | None = None
    corrections: tuple[Correction, ...] = ()
    status: FactStatus = FactStatus.STATED


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A slice of a list: `number` counts from 0, `total` is the number of items over all pages."""

    items: tuple[T, ...]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page (0 for an empty list)."""
        return max(0, (self.total - 1) // self.size)


class Order(StrEnum):
    """What stands first in a list: what was spoken of last, or what most Sources say."""

    LATEST = "latest"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Query:
    """The filters of a list; an empty field does not filter. Party names match by any alias.

    `about` is a party or words; `party` is one that is named as such, in a `role` (actor, recipient, about) or in any.
    `order` is an `Order`, "" for the latest first. `passed` leaves what was due before that day and is not spoken of
    since.
    """

    actor: str = ""
    recipient: str = ""
    kind: str = ""
    status: str = ""
    about: str = ""
    party: str = ""
    role: str = ""
    source: str = ""
    text: str = ""
    since: date | None = None
    as_of: date | None = None
    order: str = ""
    passed: date | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a source did. `duplicate` is True where the same content was already held (nothing was stored)."""

    source: Source
    duplicate: bool
    new_commitments: tuple[str, ...] = ()
    repeated_commitments: tuple[str, ...] = ()
    new_questions: tuple[str, ...] = ()
    repeated_questions: tuple[str, ...] = ()
    new_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of what the earlier version of a document said: it stayed, under its id, or is gone.

    What the new version leaves out but another Source says is neither.
    """

    old: str
    stayed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading a Source again by newer rules makes of it: entries it now speaks of, or no longer, or otherwise."""

    source: Source
    appeared: "tuple[Commitment | OpenQuestion | Fact, ...]" = ()
    disappeared: "tuple[Commitment | OpenQuestion | Fact, ...]" = ()
    changed: tuple[str, ...] = ()
    stayed: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a Source that holds the words searched for, and the ids of the entries whose evidence it is."""

    quote: "Quote"
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What is held on one Source or one subject: the first entries of each group, and how many there are in all.

    `source` is None for a brief about a subject, and `about` is "" for a brief of a Source. `places` are where in the
    Source's text the quotes of all its entries begin, in order.
    """

    commitments: Page[Commitment]
    questions: Page[OpenQuestion]
    facts: Page[Fact]
    sources: Page[Source]
    source: Source | None = None
    about: str = ""
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """What one Source brought: the entries that are new with it, and those it said again.

    `replaced` is what became of the version of the document that it supersedes, if it does.
    """

    source: Source
    commitments: tuple[Commitment, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    facts: tuple[Fact, ...] = ()
    repeated: tuple[Commitment | OpenQuestion, ...] = ()
    replaced: Replaced | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A person, country or body: its name, the further names that the extractor knows, and those that people gave."""

    name: str
    known: tuple[str, ...] = ()
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyPage:
    """What is held on one party, the latest first.

    `partners` are the parties with whom it undertakes things, in how many commitments; `months` are the months in which
    something that it undertook was first said, from the earliest on, and how much.
    """

    party: Party
    undertook: Page[Commitment]
    received: Page[Commitment]
    open: Page[OpenQuestion]
    partners: tuple[tuple[str, int], ...] = ()
    months: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Commitments and open questions of a party or on a subject over time, as lists with these filters have them.

    `entries` are those spoken of last; of each kind there are so many more.
    """

    query: Query
    entries: tuple[Commitment | OpenQuestion, ...] = ()
    more_commitments: int = 0
    more_questions: int = 0

    @property
    def more(self) -> int:
        """How many entries are not among `entries`."""
        return self.more_commitments + self.more_questions


class Theme(StrEnum):
    """For which background a picture is drawn."""

    DARK = "dark"
    LIGHT = "light"


class ChangeKind(StrEnum):
    """What became of an entry since an instant, in the order in which changes are told: what overturns comes first."""

    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    PROPOSED = "proposed"
    DATE_PASSED = "date passed"
    NEW = "new"
    REPEATED = "said again"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one entry since an instant; `what` says it in words ("offered, now agreed"), "" for a new one."""

    kind: ChangeKind
    entry: Commitment | OpenQuestion | Fact
    what: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What the workspace learnt since an instant, by the date added: in the order of `ChangeKind`, then by id.

    New facts are only counted, and `left` new entries besides those that are told. `names` are what people decided on
    the names of parties. `followed` are the entries that the reader follows, whose changes then stand first.
    """

    since: datetime
    sources: tuple[Source, ...] = ()
    changes: tuple[Change, ...] = ()
    facts: int = 0
    names: tuple["LogEntry", ...] = ()
    followed: frozenset[str] = frozenset()
    left: int = 0


class Cadence(StrEnum):
    """How often a digest is due."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a digest is due by the clocks of a timezone: at the full hour.

    `day` is the weekday of a weekly one, 0 for Monday; a monthly one is due on the first of the month.
    """

    cadence: Cadence
    hour: int = 9
    timezone: str = "UTC"
    day: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """What a subscription tells of; an empty field does not filter. `topic` is a party or words.

    `kind` is a kind of commitment, or "commitments" or "questions" for all of these.
    """

    party: str = ""
    topic: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A digest that a channel gets. What was learnt after `covered` is not told yet; it is due again at `next_at`.

    `place` is the channel's name when it was set. A paused one says since when and why.
    """

    id: int
    workspace: str
    channel: str
    place: str
    created_by: str
    schedule: Schedule
    covered: datetime
    next_at: datetime
    filter: Filter = Filter()
    paused_at: datetime | None = None
    paused_why: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a subscription tells of one period, in the order of `Changes`; `due` is None for one that is no posting.

    New facts and new Sources are told of only where nothing is filtered. `late` says that it was due long ago.
    """

    schedule: Schedule
    filter: Filter
    since: datetime
    until: datetime
    changes: tuple[Change, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: int = 0
    due: datetime | None = None
    late: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell, so that it is not posted."""
        return not (self.changes or self.sources)


@dataclass(frozen=True, slots=True)
class Status:
    """How the bot is and what a workspace holds; `waiting` counts the documents not yet read."""

    version: str
    sources: int
    commitments: int
    questions: int
    facts: int
    last_added: datetime | None
    store_bytes: int
    waiting: int = 0
    started_at: datetime | None = None
    updates_channel: str = ""


@dataclass(frozen=True, slots=True)
class Posts:
    """How the outbox of the installation stands, and how large the store is; nothing of what is held."""

    owed: int
    last: datetime | None
    store_bytes: int


@dataclass(frozen=True, slots=True)
class Candidate(Generic[F]):
    """An entry that shares its look-up key with a new finding; `finding` is its latest mention under that key."""

    entry: str
    finding: F


@dataclass(frozen=True, slots=True)
class Decision(Generic[F]):
    """What becomes of one finding: a further mention of `entry` for `reason`, or, where `entry` is None, a new entry.

    `key` is what later findings are looked up by ("" for one that nothing is ever merged with); `status` is where the
    entry would stand if this were its only mention ("" for facts).
    """

    finding: F
    key: str = ""
    entry: str | None = None
    reason: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What becomes of all findings of one Source."""

    commitments: tuple[Decision[CommitmentFinding], ...] = ()
    questions: tuple[Decision[QuestionFinding], ...] = ()
    facts: tuple[Decision[FactFinding], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that the ledger proposes between two entries held, by id, and why, in words.

    `makes` is where the older entry stands once a person confirms it, "" where that does not follow.
    """

    kind: LinkKind
    newer: str
    older: str
    reason: str
    makes: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A proposed link as held (`L-4`): the two entries, the sentence of each that it rests on, what people said of it.

    `said` is the sentence of the newer entry, `before` that of the older one; `at` is when it was proposed.
    """

    id: str
    kind: LinkKind
    newer: "Commitment | OpenQuestion | Fact"
    older: "Commitment | OpenQuestion | Fact"
    said: Evidence
    before: Evidence
    reason: str
    status: LinkStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """What a confirmed link makes of the older entry, after what its last Source by then (`after`) said of it."""

    after: str
    status: str
    link: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Where an entry stood from a sentence on; `link` is the confirmed link by which the sentence says so, if any."""

    status: str
    evidence: Evidence
    link: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A sum or day in the words of a sentence; `link` is the confirmed link by which it bears on the entry, if any."""

    words: str
    evidence: Evidence
    link: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """What the Sources of a matter put differently: "due", or what is counted; each value once, the earliest first."""

    slot: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """The steps that an entry went through, the links that it has, and the sums and days that shifted.

    The earliest stand first.
    """

    steps: tuple[Step, ...] = ()
    links: tuple[Link, ...] = ()
    shifts: tuple[Shift, ...] = ()


class PostingState(StrEnum):
    """A Posting is written `pending` in the transaction that causes it, then sent, then marked."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Posting:
    """One message that is owed to a channel, stored before it is sent. `name` makes Discord's enforced nonce.

    `subject` says what it is about, so that nothing is owed twice; `content` is what it tells where that was fixed
    when it was written (JSON). A `channel` that begins with `@` is a person's direct messages.
    """

    id: int
    workspace: str
    channel: str
    kind: str
    subject: str
    state: PostingState
    created_at: datetime
    message: str | None = None
    attempts: int = 0
    content: str = ""
    written_as: str = ""

    @property
    def name(self) -> str:
        """The same for as long as it waits, also in another store, where its numbers are raised."""
        return self.written_as or f"{self.id}|{self.kind}|{self.subject}"


@dataclass(frozen=True, slots=True)
class WatchedFile:
    """A file of the watched folder as it was when it was last looked at, and what came of it.

    `outcome` is "added", "duplicate" or the message of the error; `source` the Source's id where there is one.
    """

    path: str
    size: int
    mtime_ns: int
    hash: str
    outcome: str
    source: str | None = None


class DraftKind(StrEnum):
    """Why a document waits: the moderator who adds it looks at it first, or a member suggested it."""

    PREVIEW = "preview"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that was read and is not a Source yet; `supersedes` is the Source whose place it is to take.

    `direct` where who suggested it wants a direct message about what becomes of it.
    """

    id: int
    kind: DraftKind
    new: NewSource
    findings: Findings
    supersedes: str = ""
    direct: bool = False


class Fate(StrEnum):
    """What became of what a member suggested."""

    KEPT = "kept"
    HELD = "held already"
    DISCARDED = "discarded"
    OVERDUE = "not decided on in time"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of what a member suggested, and when; `source` is the Source that has its text, if any."""

    title: str
    fate: Fate
    at: datetime
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bearing:
    """A link that would be proposed between what a Draft says and an entry held, with the reason in words.

    `later` where what the Draft says is the newer of the two; else the entry is, for the document is an old one.
    """

    kind: LinkKind
    finding: CommitmentFinding | QuestionFinding | FactFinding
    held: Commitment | OpenQuestion | Fact
    reason: str
    later: bool = True


@dataclass(frozen=True, slots=True)
class Preview:
    """What a Draft would bring: what is new with it, the entries that it says again, and those that it may bear on.

    `earlier` is the Source that was taken from the same address before, with another text; `copy_of` the one of which
    this would be a near-copy.
    """

    draft: Draft
    commitments: tuple[CommitmentFinding, ...] = ()
    questions: tuple[QuestionFinding, ...] = ()
    facts: tuple[FactFinding, ...] = ()
    again: tuple[str, ...] = ()
    bearings: tuple[Bearing, ...] = ()
    earlier: Source | None = None
    copy_of: Source | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed that a workspace follows, as it was found last and when it is looked at again.

    `failures` counts the tries since it was last read (`read_at`), `error` says why the last one failed.
    """

    id: int
    workspace: str
    url: str
    title: str
    added_by: str
    next_at: datetime
    read_at: datetime | None = None
    etag: str = ""
    modified: str = ""
    failures: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item of a feed as it was when it was dealt with; `outcome` is "added", "duplicate" or why it was not added."""

    key: str
    hash: str
    outcome: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of the ledger that people decide on.

    | kind | of | holds |
    |---|---|---|
    | `source` | `S-2` | the Source's status |
    | `wrong` | `C-1` | "1" for an entry that is marked wrong |
    | `slot` | `C-1`, and the slot as `part` | a Correction as JSON |
    | `successor` | `S-1` | the id of the new version that supersedes it |
    | `link` | `L-4` | what people said of a link; empty while it is open |
    | `alias` | a name, folded | what people wrote, and the party that they say it is, as JSON |
    """

    kind: str
    of: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a person's decision changed: a cell before and after; None where it is empty."""

    cell: Cell
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the log: who did what to which entry, and when.

    `effects` are what it changed (none for what is not a change of the ledger, and for an undo, which has those of the
    line that it `undoes`, turned round). `undone_by` is the line that took it back last, while it is taken back.
    """

    id: int
    at: datetime
    who: str
    what: str
    subject: str
    details: dict[str, str]
    effects: tuple[Effect, ...] = ()
    undoes: int | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back: the line asked for last, before it what rested on it; `line` is its own in the log."""

    lines: tuple[LogEntry, ...]
    line: int


class FollowKind(StrEnum):
    """What a member follows: a party, words, or one entry."""

    PARTY = "party"
    TOPIC = "topic"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Follow:
    """What a member wants to hear of first; `direct` where they want it as a direct message too."""

    kind: FollowKind
    target: str
    since: datetime
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Personal:
    """What a workspace keeps of a person: their last visit, what they follow, what they did and added.

    `others` counts further places that name them, by table.
    """

    visited: datetime | None = None
    follows: tuple[Follow, ...] = ()
    lines: tuple[LogEntry, ...] = ()
    sources: tuple[Source, ...] = ()
    others: tuple[tuple[str, int], ...] = ()


FORMER_MEMBER = "a former member"
"""Who did it, where the person wanted to be forgotten."""


@dataclass(frozen=True, slots=True)
class Export:
    """All that a workspace holds: its Sources with their texts, its entries and their links, each by number."""

    sources: tuple[tuple[Source, str], ...]
    entries: tuple[Commitment | OpenQuestion | Fact, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """The entries that lists with the filters of `query` show, each by number, and the Sources that they rest on."""

    query: Query
    entries: tuple[Commitment | OpenQuestion | Fact, ...] = ()
    sources: tuple[Source, ...] = ()


class FileFormat(StrEnum):
    """How entries are written to a file."""

    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a workspace holds, without what is removed or withdrawn. `questions` counts the open ones."""

    sources: int = 0
    commitments: int = 0
    questions: int = 0
    facts: int = 0
    last_added: datetime | None = None
    store_bytes: int = 0


class Medium(StrEnum):
    """Where a Reply is shown."""

    DISCORD = "discord"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim sentence in a Reply, with the words before and after it in the source, and where it stands."""

    text: str
    source: SourceRef
    before: str = ""
    after: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One entry in a Reply.

    `headline` says it in one line, `details` are short label/value pairs, `quotes` hold at least one Quote;
    `more_quotes` counts the evidences not shown here.
    """

    id: str
    headline: str
    details: tuple[tuple[str, str], ...] = ()
    quotes: tuple[Quote, ...] = ()
    more_quotes: int = 0
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A button: `verb` is what chat/ dispatches on, `argument` its state (it must fit a custom_id)."""

    label: str
    verb: str
    argument: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG in a Reply; `says` tells those who cannot see it what it shows."""

    name: str
    data: bytes
    says: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer fit for any medium. Plain text only: what comes from a source is escaped by the renderer, not here.

    `notes` are short lines under the items ("12 more on the next page"). `private` is the default of every answer.
    """

    title: str
    lead: str = ""
    items: tuple[Item, ...] = ()
    sections: tuple[tuple[str, tuple[Item, ...]], ...] = ()
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    private: bool = True
    file: tuple[str, bytes] | None = field(default=None)
    picture: Picture | None = None
