"""One entry whole: its slots, why it was found, its quotes in their surroundings."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.domain import (
    Commitment,
    CommitmentFinding,
    Document,
    Fact,
    FactFinding,
    Findings,
    Item,
    Medium,
    OpenQuestion,
    Page,
    QuestionFinding,
    Quote,
    Reply,
    Source,
    SourceRef,
    Thread,
    Why,
)
from bot.render.entries import (
    VALUE,
    Entry,
    badge,
    commitment_rows,
    days_said,
    found_in,
    headline,
    mentioned,
    nearly,
    quote,
    set_by_hand,
    shown_first,
    title_of,
    value_row,
    withdrawn,
)
from bot.render.headline import commitment_headline, fact_headline, question_headline
from bot.render.hints import command
from bot.render.links import over_time, stages, thread_sections
from bot.render.lists import paging
from bot.render.markdown import ORIGIN
from bot.render.words import clip, day, human_join, plural
from bot.texts import _

Finding = CommitmentFinding | QuestionFinding | FactFinding

NO_THREAD = Thread()
SHOWN_QUOTES = 3
_WAYS_IN = {"cli": _(", from the command line"), "folder": _(", from the watched folder"), "feed": _(", from a feed")}


def show_reply(
    entry: Entry | Source,
    quotes: Sequence[Quote] = (),
    thread: Thread = NO_THREAD,
    *,
    passed: bool = False,
    medium: Medium = Medium.DISCORD,
) -> Reply:
    """One entry with all its slots, its `why`, its first quotes, its steps and links, or one source.

    `quotes` are the entry's with their surroundings (`answer.evidence`); without them the bare evidence is shown.
    `passed` says that its day has passed and no source speaks of it since.
    """
    if isinstance(entry, Source):
        return _source(entry, medium)
    evidences = shown_first(entry)
    shown = tuple(quotes) or tuple(quote(evidence) for evidence in evidences[:SHOWN_QUOTES])
    if len(thread.steps) > 1:
        shown = shown[:1]  # the steps have their sentences themselves
    rows = tuple((label, value) for label, value in _rows(entry, thread, passed=passed) if value)
    body = Item(entry.id, headline(entry), rows, shown, max(0, len(evidences) - len(shown)), badge(entry))
    return Reply("", items=(body,), sections=thread_sections(entry, thread), notes=(_last_seen(entry, thread),))


def evidence_reply(entry: Entry, quotes: Page[Quote]) -> Reply:
    """The quotes of an entry, each with the sentence before and after."""
    items = tuple(Item("", "", quotes=(shown,)) for shown in quotes.items)
    around = [f"{entry.id}|{max(0, quotes.number - 1)}", f"{entry.id}|{quotes.number + 1}"]
    where = (_("Page {number} of {last}", number=quotes.number + 1, last=quotes.last + 1),) if quotes.last else ()
    return Reply(
        _("Evidence for {id}", id=entry.id),
        lead=headline(entry),
        items=items,
        notes=(plural(quotes.total, "quote") + (f" · {where[0]}" if where else ""),),
        actions=paging("evidence", quotes.number, quotes.last, around),
    )


def _rows(entry: Entry, thread: Thread, *, passed: bool) -> list[tuple[str, str]]:
    match entry:
        case Commitment():
            found = entry.finding
            rows = [
                (_("Actors"), human_join(found.actors)),
                (_("In the text"), found.actor_text if found.actor_text not in found.actors else ""),
                (_("Action"), found.action),
                (_("Recipients"), human_join(found.recipients)),
                *commitment_rows(found)[1:-1],
                (_("Firmness"), str(found.firmness)),
                (_("Status"), _status(entry, passed=passed)),
                (_("Steps"), stages(thread)),
                (_("Over time"), over_time(thread)),
                (_("Why"), why(found.why)),
            ]
        case OpenQuestion():
            rows = [
                (_("Matter"), entry.finding.content),
                (_("About"), human_join(entry.finding.about)),
                (_("Status"), str(entry.status)),
                (_("Steps"), stages(thread)),
                (_("Why"), why(entry.finding.why)),
            ]
        case Fact():
            rows = [(_("About"), human_join(entry.finding.about)), value_row(entry.finding)]
    return [*rows, (_("Mentioned"), mentioned(entry)), (_("Set by a person"), set_by_hand(entry))]


def _status(entry: Commitment, *, passed: bool) -> str:
    """Where it stands; a day that has passed is said, and nothing is made of it."""
    return (
        _("{status} · date passed, no later mention in the sources held", status=entry.status)
        if passed
        else str(entry.status)
    )


def why(reason: Why) -> str:
    """`“have offered”, by the rule “offer”, judged 0.93`; what the judge weighed is for `--json`."""
    words = _("by the rule “{rule}”", rule=reason.rule)
    parts = [
        f"“{reason.cue}”" if reason.cue else "",
        words,
        "" if reason.score is None else _("judged {score:.2f}", score=reason.score),
    ]
    return ", ".join(part for part in parts if part)


def _last_seen(entry: Entry, thread: Thread) -> str:
    """Silence is not failure: it is only said that the sources held say nothing later."""
    linked = [step.evidence.source.published for step in thread.steps if step.link and step.evidence.source]
    days = sorted([*days_said(entry), *(each for each in linked if each)])
    seen = _("Last mentioned {day}", day=day(days[-1])) if days else _("Its source gives no date")
    return _("{seen}. No later mention in the sources held.", seen=seen)


def _source(source: Source, medium: Medium) -> Reply:
    counts = {"commitments": source.commitments, "questions": source.questions, "facts": source.facts}
    follow = [command(name, medium, source=source.id) for name, count in counts.items() if count]
    rows = (
        (_("Published"), day(source.published) or _("date not given")),
        (_("Added"), f"{day(source.added_at.date())}{_WAYS_IN.get(source.added_by, '')}"),
        (_("Supersedes"), source.supersedes),
        (_("Superseded by"), source.superseded_by),
        (_("Near-copy"), nearly(source)),
        (ORIGIN, source.origin),
        (_("Found"), found_in(source)),
        (_("Length"), _("{length:,} characters", length=source.length)),
        ("SHA-256", source.text_hash),
    )
    body = Item(source.id, title_of(source), tuple(row for row in rows if row[1]), badge=withdrawn(source))
    newer = (_("{superseded_by} took its place.", superseded_by=source.superseded_by),) if source.superseded_by else ()
    return Reply(
        "", items=(body,), notes=(*newer, *((_("See {commands}.", commands=human_join(follow)),) if follow else ()))
    )


def findings_reply(document: Document, findings: Findings, name: str) -> Reply:
    """All that was found in a document that is not held, for `extract`."""
    title = document.title or name
    ref = SourceRef("", title, document.published)
    groups: tuple[tuple[str, Sequence[Finding], Callable[[Any], str]], ...] = (
        (_("Commitments"), findings.commitments, commitment_headline),
        (_("Open questions"), findings.questions, question_headline),
        (_("Facts"), findings.facts, fact_headline),
    )
    sections = tuple(
        (name, tuple(_found(finding, headline(finding), ref) for finding in found)) for name, found, headline in groups
    )
    shown = tuple(section for section in sections if section[1])
    nothing = () if shown else (_("No commitment, open question or fact was found."),)
    return Reply(title, lead=day(document.published), sections=shown, notes=nothing)


def finding_item(finding: Finding, ref: SourceRef) -> Item:
    """A finding that is not held yet, as the lists show an entry."""
    match finding:
        case CommitmentFinding():
            shown = _found(finding, commitment_headline(finding), ref)
        case QuestionFinding():
            shown = _found(finding, question_headline(finding), ref)
        case FactFinding():
            shown = _found(finding, fact_headline(finding), ref)
    rows = tuple((label, clip(value, VALUE)) for label, value in shown.details if label != "Why")
    return replace(shown, details=rows, quotes=shown.quotes[:1], more_quotes=len(shown.quotes) - 1)


def _found(finding: Finding, headline: str, ref: SourceRef) -> Item:
    match finding:
        case CommitmentFinding():
            rows = [*commitment_rows(finding), (_("Why"), why(finding.why))]
        case QuestionFinding():
            rows = [(_("About"), human_join(finding.about)), (_("Why"), why(finding.why))]
        case FactFinding():
            rows = [value_row(finding)]
    badge = (
        _("{kind} · key fact", kind=finding.kind)
        if isinstance(finding, FactFinding) and finding.listed
        else str(finding.kind)
    )
    quotes = tuple(Quote(each.quote, ref, start=each.start, end=each.end) for each in finding.evidence)
    return Item("", headline, tuple(row for row in rows if row[1]), quotes, badge=badge)
