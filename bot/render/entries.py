"""An entry as an Item: its headline, the slots that its sentence gives, and its quotes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain import (
    Commitment,
    CommitmentFinding,
    CommitmentKind,
    CommitmentStatus,
    Evidence,
    Fact,
    FactFinding,
    FactStatus,
    Firmness,
    Item,
    Mention,
    OpenQuestion,
    QuestionKind,
    QuestionStatus,
    Quote,
    Reply,
    Source,
    SourceRef,
    SourceStatus,
)
from bot.render.headline import commitment_headline, fact_headline, question_headline
from bot.render.words import clip, day, human_join, plural, unit
from bot.texts import _

Entry = Commitment | OpenQuestion | Fact
Details = tuple[tuple[str, str], ...]

_TITLE = 80
VALUE = 160
"""How long a slot may be in a list; `show` has it whole."""

_MATTERS = frozenset(map(str, (*CommitmentKind, *QuestionKind)))
_VALUE_LABEL = {"event": _("When"), "figure": _("Amount")}
_PLAIN_STATUS = {
    CommitmentKind.PLEDGE: CommitmentStatus.PLEDGED,
    CommitmentKind.OFFER: CommitmentStatus.OFFERED,
    CommitmentKind.AGREEMENT: CommitmentStatus.AGREED,
    CommitmentKind.PLAN: CommitmentStatus.PLANNED,
    CommitmentKind.REFUSAL: CommitmentStatus.REFUSED,
    CommitmentKind.WITHDRAWAL: CommitmentStatus.WITHDRAWN,
    CommitmentKind.FULFILMENT: CommitmentStatus.REPORTED_DONE,
}


def item(entry: Entry | Source) -> Item:
    """The Item of a list: one quote, and the slots in short."""
    if isinstance(entry, Source):
        return source_item(entry)
    evidences = shown_first(entry)
    quotes = tuple(quote(evidence) for evidence in evidences[:1])
    return Item(entry.id, headline(entry), details(entry), quotes, len(evidences) - len(quotes), badge(entry))


def headline(entry: Entry) -> str:
    """The entry in one line."""
    match entry:
        case Commitment():
            return commitment_headline(entry.finding)
        case OpenQuestion():
            return question_headline(entry.finding)
        case Fact():
            return fact_headline(entry.finding)


def badge(entry: Entry) -> str:
    """The kind, and where the entry stands if the kind does not say so already."""
    match entry:
        case Commitment():
            plain = _PLAIN_STATUS[entry.finding.kind] is entry.status
            return str(entry.finding.kind) if plain else f"{entry.finding.kind} · {entry.status}"
        case OpenQuestion():
            is_open = entry.status is QuestionStatus.OPEN
            return str(entry.finding.kind) if is_open else f"{entry.finding.kind} · {entry.status}"
        case Fact():
            kind = _("{kind} · key fact", kind=entry.finding.kind) if entry.finding.listed else entry.finding.kind
            return kind if entry.status is FactStatus.STATED else f"{kind} · {entry.status}"


def details(entry: Entry) -> Details:
    """The slots that say what the headline does not; empty ones are left out."""
    match entry:
        case Commitment():
            found = entry.finding
            rows = commitment_rows(replace(found, attribution=None) if _speaks_for_itself(found) else found)
        case OpenQuestion():
            rows = [(_("About"), human_join(entry.finding.about))]
        case Fact():
            rows = [value_row(entry.finding)]
    rows += [(_("Mentioned"), mentioned(entry)), (_("Set by a person"), set_by_hand(entry))]
    return tuple((label, clip(value, VALUE)) for label, value in rows if value)


def commitment_rows(finding: CommitmentFinding) -> list[tuple[str, str]]:
    """Label and value of each slot of a commitment but actors, action and kind; empty values included."""
    plain = finding.firmness is Firmness.FIRM or (finding.condition and finding.firmness is Firmness.CONDITIONAL)
    firmness = "" if plain else str(finding.firmness)
    named = finding.action.casefold()
    recipients = [name for name in finding.recipients if name.casefold() not in named]
    return [
        (_("To"), human_join(recipients)),
        (_("Condition"), finding.condition or ""),
        (_("Due"), due(finding.due, finding.due_date)),
        (_("Attribution"), finding.attribution or ""),
        (_("Firmness"), firmness),
    ]


def _speaks_for_itself(finding: CommitmentFinding) -> bool:
    """Whether who undertakes it is who says so, so that the headline names the source already."""
    said = (finding.attribution or "").casefold()
    return bool(finding.actor_text) and said.startswith(f"{finding.actor_text.casefold()} ")


def actor_column(finding: CommitmentFinding) -> str:
    """The actors in one cell, else their words in the text."""
    return "; ".join(finding.actors) or finding.actor_text


def due(words: str | None, when: date | None) -> str:
    """The text's own words, with the date they come to where that is known."""
    if not words or not when or day(when) in words:
        return words or day(when)
    if day(when).removesuffix(f" {when.year}") in words:
        return f"{words} ({when.year})"
    return (
        f"{words} ({day(when)})"
        if words.lower().startswith("by ")
        else _("{words} (by {when})", words=words, when=day(when))
    )


def mentioned(entry: Entry) -> str:
    """`3 sources, 2 of them near-identical, 1 March 2026 to 14 March 2026`; "" where a single source says it.

    That one's line says the rest.
    """
    originals = {mention.source.id: mention.original for mention in entry.mentions}
    if len(originals) < 2:
        return ""
    days = days_said(entry)
    span = _(", {first} to {last}", first=day(days[0]), last=day(days[-1])) if days and days[0] != days[-1] else ""
    return plural(len(originals), "source") + _alike(list(originals.values())) + span


def _alike(originals: Sequence[str]) -> str:
    """`, 2 of them near-identical`, by the text that each source has."""
    same = sorted(count for count in Counter(originals).values() if count > 1)
    if same == [len(originals)]:
        return _(", near-identical")
    return _(", {counts} of them near-identical", counts=human_join([str(count) for count in same])) if same else ""


def nearly(source: Source) -> str:
    """`nearly the same text as S-12: Title`; "" for a text of its own."""
    if (copied := source.copy_of) is None:
        return ""
    flag = f" ({withdrawn(copied)})" if withdrawn(copied) else ""
    return _(
        "nearly the same text as {id}: {copied}{flag}", id=copied.id, copied=clip(title_of(copied), _TITLE), flag=flag
    )


def near_copy(source: Source) -> str:
    """`near-copy of S-12`, for a line with other things on it."""
    return _("near-copy of {id}", id=source.copy_of.id) if source.copy_of else ""


def set_by_hand(entry: Entry) -> str:
    """`due, recipients`: the slots that are a person's, no sentence's; "" where there are none."""
    return ", ".join(each.slot for each in entry.corrections if each.slot != "due_date")


def days_said(entry: Entry) -> list[date]:
    """The publication dates of its mentions, earliest first; a source that gives no date adds none."""
    return sorted(mention.source.published for mention in entry.mentions if mention.source.published)


def value_row(fact: FactFinding) -> tuple[str, str]:
    """What the fact's value is called, and the value in the words of the text."""
    return _VALUE_LABEL.get(fact.kind, "Value"), fact.value or ""


def shown_first(entry: Entry) -> list[Evidence]:
    """All evidence, that of the mention whose slots are shown (the latest) before the others."""
    mentions: Sequence[Mention[Any]] = entry.mentions
    latest = [_placed(evidence, mentions[-1].source) for evidence in mentions[-1].finding.evidence] if mentions else []
    known = {_place(evidence) for evidence in latest}
    return latest + [evidence for evidence in entry.finding.evidence if _place(evidence) not in known]


def quote(evidence: Evidence) -> Quote:
    """An Evidence as a Quote without its surroundings."""
    source = evidence.source or SourceRef("", "", None)
    return Quote(evidence.quote, source, start=evidence.start, end=evidence.end)


def source_item(source: Source) -> Item:
    """A source in a list: when it was published, and what was found in it."""
    line = " · ".join([day(source.published) or _("date not given"), found_in(source)])
    rows = (("", line), *((("", nearly(source)),) if source.copy_of else ()))
    return Item(source.id, clip(title_of(source), 200), rows, badge=withdrawn(source))


def found_in(source: Source) -> str:
    """`1 commitment, 2 open questions and 3 facts`, without what there is none of."""
    counts = (
        (source.commitments, unit("commitment")),
        (source.questions, unit("open question")),
        (source.facts, unit("fact")),
    )
    return human_join([plural(count, noun) for count, noun in counts if count]) or _("nothing found in it")


def withdrawn(source: Source | SourceRef) -> str:
    """The status of a source that no longer speaks; "" for one that does."""
    return "" if source.status is SourceStatus.CURRENT else str(source.status)


def title_of(source: Source | SourceRef) -> str:
    """The title, else where it came from, else that it has none."""
    return source.title or source.origin or _("Untitled")


def source_line(quote: Quote, *, named: bool = True, dated: bool = True) -> str:
    """`S-2 · Title · 14 March 2026 · characters 120–233`, with a word where the source was withdrawn.

    Without `named` the source's id and title are left out, without `dated` its date.
    """
    source = quote.source
    name = [source.id, title_of(source)] if named else []
    place = _("characters {start:,}–{end:,}", start=quote.start, end=quote.end) if quote.end else ""
    when = day(source.published) if dated else ""
    return " · ".join(part for part in (*name, when, place, withdrawn(source)) if part)


def one_source(reply: Reply) -> bool:
    """Whether the Reply is about one source, which its lead names, and has all its quotes from there.

    Then it is enough to say under each quote at which characters it stands.
    """
    items = [*reply.items, *(item for _, group in reply.sections for item in group)]
    sources = {quote.source.id for item in items for quote in item.quotes}
    named = reply.lead.partition("\n")[0].partition(" · ")[0]
    return sources == {named} and bool(named)


def headline_shown(item: Item) -> str:
    """The headline, but for a fact that is its own sentence: its quote alone says it."""
    is_fact = item.badge.partition(" · ")[0] not in _MATTERS
    same = len(item.quotes) == 1 and _says_again(item.headline, item.quotes[0].text)
    return "" if is_fact and same else item.headline


def _says_again(headline: str, quote: str) -> bool:
    return bool(headline) and " ".join(quote.split()).startswith(headline.rstrip("…"))


def _place(evidence: Evidence) -> tuple[str, int, int]:
    return (evidence.source.id if evidence.source else "", evidence.start, evidence.end)


def _placed(evidence: Evidence, source: SourceRef) -> Evidence:
    return evidence if evidence.source else Evidence(evidence.start, evidence.end, evidence.quote, source)
