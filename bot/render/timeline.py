"""Commitments and questions over time: what a picture of it shows, and the same in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain import Action, Commitment, Item, Medium, OpenQuestion, Picture, Query, Reply, Timeline
from bot.render.entries import headline
from bot.render.hints import command, filters
from bot.render.lists import nothing
from bot.render.state import pack
from bot.render.words import clip, day, human_join, plural, unit
from bot.texts import _

ROWS = 6
"""How many entries are drawn one by one; more would not be legible on a phone."""
QUESTION = "question"
_ALT = 1000
_LINE = 110
_FURTHEST = timedelta(days=730)
"""A date that lies further ahead than this would press all the rest together, and is only told."""

Entry = Commitment | OpenQuestion


@dataclass(frozen=True, slots=True)
class Mark:
    """On a day something was said: a kind of commitment, or a question."""

    when: date
    kind: str


@dataclass(frozen=True, slots=True)
class Row:
    """One entry: what was said when, and the day by which it is due."""

    id: str
    words: str
    status: str
    marks: tuple[Mark, ...]
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: some entries one by one, those spoken of last; `every` are the marks of all."""

    title: str
    counts: str
    rows: tuple[Row, ...]
    every: tuple[Mark, ...]
    more: int = 0

    @property
    def first(self) -> date:
        """The day of the first mark."""
        return min(mark.when for mark in self.every)

    @property
    def last(self) -> date:
        """The day of the last mark."""
        return max(mark.when for mark in self.every)

    @property
    def end(self) -> date:
        """The last day that is drawn: that of the last mark, or a date that is due not long after it."""
        dues = [row.due for row in self.rows if row.due and row.due <= self.last + _FURTHEST]
        return max([self.last, *dues])


def chart(timeline: Timeline) -> Chart | None:
    """What there is to draw; None where nothing has a date."""
    found = [row for row in map(_row, timeline.entries) if row.marks]
    if not found:
        return None
    latest = sorted(found, key=lambda row: (row.marks[-1].when, len(row.marks)), reverse=True)[:ROWS]
    shown = sorted(latest, key=lambda row: (row.marks[0].when, row.marks[-1].when))
    every = tuple(sorted((mark for row in found for mark in row.marks), key=lambda mark: (mark.when, mark.kind)))
    more = len(found) - len(shown) + timeline.more
    return Chart(subject(timeline.query), _counts(timeline), tuple(shown), every, more)


def subject(query: Query) -> str:
    """Whom and what it is about, in words."""
    parts = [query.actor, f"“{query.about}”" if query.about else ""]
    return " · ".join(part for part in parts if part) or _("Everything that is held")


def timeline_reply(
    timeline: Timeline, picture: Picture | None, near: Sequence[str] = (), *, medium: Medium = Medium.DISCORD
) -> Reply:
    """The picture, and the same in words; a button for each entry leads to its quotes."""
    drawn = chart(timeline)
    undated = _undated(timeline.entries)
    if drawn is None and undated:
        lead = _("{entries}, all undated: there is nothing to draw.", entries=_counts(timeline))
        return Reply(
            _("Timeline: {title}", title=subject(timeline.query)), lead=lead, notes=(*undated, _lists(timeline, medium))
        )
    if drawn is None:
        return nothing(_("Timeline"), timeline.query, near, medium)
    since = (
        (_("Only {filters}", filters=", ".join(filters(Query(since=timeline.query.since)))),)
        if timeline.query.since
        else ()
    )
    more = (
        (
            _(
                "{entries} more, spoken of earlier: {command}",
                entries=plural(drawn.more, "entry"),
                command=_lists(timeline, medium),
            ),
        )
        if drawn.more
        else ()
    )
    reply = Reply(
        _("Timeline: {title}", title=drawn.title),
        lead="" if picture else f"{drawn.counts}, {span(drawn.first, drawn.last)}",  # the picture has it
        notes=(*since, *more, *_only_latest(timeline), *undated),
        picture=picture,
    )
    if medium is Medium.TERMINAL:
        return replace(reply, items=tuple(Item(row.id, row.words, (("", _moments(row)),)) for row in drawn.rows))
    return replace(reply, lines=tuple(_told(row) for row in drawn.rows), actions=_actions(drawn, timeline))


def _only_latest(timeline: Timeline) -> tuple[str, ...]:
    """What the bars leave out."""
    if not timeline.more:
        return ()
    return (_("The bars show the latest {count:,} alone.", count=len(timeline.entries)),)


def _undated(entries: Sequence[Entry]) -> tuple[str, ...]:
    """`Undated, as no source of it gives a date: C-3 and Q-1`, the first of them; nothing where all have a day."""
    found = [entry.id for entry in entries if not any(mention.source.published for mention in entry.mentions)]
    rest = [_("{count:,} more", count=len(found) - ROWS)] if len(found) > ROWS else []
    named = human_join([*found[:ROWS], *rest])
    return (_("Undated, as no source of it gives a date: {named}", named=named),) if found else ()


def says(drawn: Chart) -> str:
    """What the picture shows, for those who cannot see it."""
    rows = "; ".join(f"{row.id} {_moments(row)}" for row in drawn.rows)
    more = _(" {entries} more, only as bars.", entries=plural(drawn.more, "entry")) if drawn.more else ""
    return clip(
        _(
            "Timeline of {title}, {counts}, {span}. {rows}.{more}",
            title=drawn.title,
            counts=drawn.counts,
            span=span(drawn.first, drawn.last),
            rows=rows,
            more=more,
        ),
        _ALT,
    )


def span(first: date, last: date) -> str:
    """`9 February to 10 July 2026`."""
    if first == last:
        return day(first)
    return _("{first} to {last}", first=day(first).removesuffix(f" {last.year}"), last=day(last))


def _row(entry: Entry) -> Row:
    is_question = isinstance(entry, OpenQuestion)
    said = [
        Mark(when, QUESTION if is_question else str(mention.finding.kind))
        for mention in entry.mentions
        if (when := mention.source.published)  # the day on which it was added is not the day on which it was said
    ]
    due = entry.finding.due_date if isinstance(entry, Commitment) else None
    marks = tuple(dict.fromkeys(sorted(said, key=lambda mark: mark.when)))
    return Row(entry.id, headline(entry), str(entry.status), marks, due)


def _counts(timeline: Timeline) -> str:
    counts = Counter(type(entry) for entry in timeline.entries)
    counts += Counter({Commitment: timeline.more_commitments, OpenQuestion: timeline.more_questions})
    nouns = ((Commitment, unit("commitment")), (OpenQuestion, unit("question")))
    return human_join([plural(counts[kind], noun) for kind, noun in nouns if counts[kind]])


def _told(row: Row) -> str:
    return f"{row.id} {clip(row.words, _LINE)}: {_moments(row)}"


def _moments(row: Row) -> str:
    """`offer 9 February 2026, agreement 17 April 2026 (reported done), due 1 June 2026`."""
    said = [f"{mark.kind} {day(mark.when)}" for mark in row.marks]
    due = [_("due {day}", day=day(row.due))] if row.due else []
    return ", ".join([*said[:-1], f"{said[-1]}{_stands(row)}", *due])


def _stands(row: Row) -> str:
    """Where it stands, if what was said last does not say so itself."""
    return "" if row.status[:4] == row.marks[-1].kind[:4] or row.status == "open" else f" ({row.status})"


def _actions(drawn: Chart, timeline: Timeline) -> tuple[Action, ...]:
    quotes = tuple(Action(_("{id} quotes", id=row.id), "evidence", row.id) for row in drawn.rows)
    return (*quotes, *(Action(_("All commitments"), "list", pack("commitments", timeline.query, 0)),))


def _lists(timeline: Timeline, medium: Medium) -> str:
    query = timeline.query
    options = {name: value for name, value in (("actor", query.actor), ("about", query.about)) if value}
    return command("commitments", medium, **options)
