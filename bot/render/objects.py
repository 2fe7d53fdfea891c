"""Entries as plain objects for `--json`: the contract of `extract --json`, with ids, status and sources added."""

from typing import Any

from bot.domain import (
    Brief,
    Change,
    Changes,
    Commitment,
    CommitmentFinding,
    Correction,
    Digest,
    Evidence,
    Export,
    Extract,
    Fact,
    FactFinding,
    Hit,
    Link,
    LogEntry,
    Mention,
    OpenQuestion,
    Page,
    PartyPage,
    Query,
    QuestionFinding,
    Source,
    Thread,
    Why,
)
from bot.render.entries import shown_first

Object = dict[str, Any]
Entry = Commitment | OpenQuestion | Fact


def entry_object(entry: Entry | Source) -> Object:
    """An entry or source as an object."""
    if isinstance(entry, Source):
        return source_object(entry)
    head: Object = {"id": entry.id}
    if not isinstance(entry, Fact):
        head["status"] = str(entry.status)
    evidence = [evidence_object(each) for each in shown_first(entry)]
    by_hand = [correction_object(each) for each in entry.corrections]
    corrected: Object = {"corrections": by_hand} if by_hand else {}
    return head | finding_object(entry.finding) | corrected | {"evidence": evidence}


def export_object(export: Export) -> Object:
    """All that a workspace holds: sources with their texts, entries with each mention of theirs."""
    return {
        "sources": [source_object(source) | {"text": text} for source, text in export.sources],
        "commitments": [_whole(entry) for entry in export.entries if isinstance(entry, Commitment)],
        "questions": [_whole(entry) for entry in export.entries if isinstance(entry, OpenQuestion)],
        "facts": [_whole(entry) for entry in export.entries if isinstance(entry, Fact)],
        "links": [link_object(link) for link in export.links],
    }


def thread_object(thread: Thread) -> Object:
    """The steps that an entry went through and its links, without what there is none of."""
    steps = [
        {"status": step.status, "link": step.link or None, "evidence": evidence_object(step.evidence)}
        for step in thread.steps
    ]
    links = [link_object(link) for link in thread.links]
    values = [
        {
            "slot": shift.slot,
            "value": value.words,
            "link": value.link or None,
            "evidence": evidence_object(value.evidence),
        }
        for shift in thread.shifts
        for value in shift.values
    ]
    groups = {"steps": steps, "links": links, "values": values}
    return {name: found for name, found in groups.items() if found}


def link_object(link: Link) -> Object:
    """A link: its two entries by id, with the sentence of each that it rests on."""
    return {
        "id": link.id,
        "kind": str(link.kind),
        "status": str(link.status),
        "newer": link.newer.id,
        "older": link.older.id,
        "reason": link.reason,
        "said": evidence_object(link.said),
        "before": evidence_object(link.before),
    }


def extract_object(extract: Extract) -> Object:
    """The entries that filters leave, with what was filtered by and the sources, without their texts."""
    return {
        "filters": _filters(extract.query),
        "sources": [source_object(source) for source in extract.sources],
        "commitments": [_whole(entry) for entry in extract.entries if isinstance(entry, Commitment)],
        "questions": [_whole(entry) for entry in extract.entries if isinstance(entry, OpenQuestion)],
        "facts": [_whole(entry) for entry in extract.entries if isinstance(entry, Fact)],
    }


def _filters(query: Query) -> Object:
    given = {name: getattr(query, name) for name in Query.__slots__ if getattr(query, name)}
    return {name: value if isinstance(value, str) else value.isoformat() for name, value in given.items()}


def _whole(entry: Entry) -> Object:
    """An entry with its dates, and with what each source says of it."""
    seen = {"status": str(entry.status), "first_seen": _iso(entry.first_seen), "last_seen": _iso(entry.last_seen)}
    return entry_object(entry) | seen | {"mentions": [mention_object(mention) for mention in entry.mentions]}


def mention_object(mention: Mention[Any]) -> Object:
    """What one source says of an entry, and why it was taken for the same."""
    evidence = [evidence_object(each) for each in mention.finding.evidence]
    head = {"source": mention.source.id, "date": _iso(mention.source.published), "reason": mention.reason}
    head |= {"copy_of": mention.copy_of} if mention.copy_of else {}
    return head | finding_object(mention.finding) | {"evidence": evidence}


def correction_object(correction: Correction) -> Object:
    """A slot that a person set, with who and when."""
    value = list(correction.value) if isinstance(correction.value, tuple) else correction.value
    return {"slot": correction.slot, "value": value, "who": correction.who, "at": correction.at.isoformat()}


def log_object(line: LogEntry) -> Object:
    """A line of the log."""
    return {
        "line": line.id,
        "at": line.at.isoformat(),
        "who": line.who,
        "what": line.what,
        "subject": line.subject,
        "details": line.details,
        "undoes": line.undoes,
        "undone_by": line.undone_by,
    }


def finding_object(finding: CommitmentFinding | QuestionFinding | FactFinding) -> Object:
    """The slots of a finding, without its evidence, in the order of the contract."""
    match finding:
        case CommitmentFinding():
            return {
                "kind": str(finding.kind),
                "actors": list(finding.actors),
                "actor_text": finding.actor_text,
                "action": finding.action,
                "recipients": list(finding.recipients),
                "condition": finding.condition,
                "due": finding.due,
                "attribution": finding.attribution,
                "firmness": str(finding.firmness),
                "why": why_object(finding.why),
            }
        case QuestionFinding():
            return {
                "kind": str(finding.kind),
                "question": finding.question,
                "content": finding.content,
                "about": list(finding.about),
                "why": why_object(finding.why),
            }
        case FactFinding():
            return {"kind": finding.kind, "statement": finding.statement, "listed": finding.listed}


def why_object(why: Why) -> Object:
    """The reason; the judge's part only where it had a say."""
    score: Object = {} if why.score is None else {"score": why.score}
    features: Object = {"features": list(why.features)} if why.features else {}
    return {"cue": why.cue, "rule": why.rule, **score, **features}


def evidence_object(evidence: Evidence) -> Object:
    """A place and its quote, and the source where the text is held."""
    place: Object = {"start": evidence.start, "end": evidence.end, "quote": evidence.quote}
    if source := evidence.source:
        place |= {"source": source.id, "date": _iso(source.published), "title": source.title}
    return place


def source_object(source: Source) -> Object:
    """A source as held, without its text."""
    versions = {"supersedes": source.supersedes, "superseded_by": source.superseded_by}
    return {
        "id": source.id,
        "title": source.title,
        "date": _iso(source.published),
        "origin": source.origin,
        "media_type": source.media_type,
        "added": source.added_at.isoformat(),
        "added_by": source.added_by,
        "sha256": source.text_hash,
        "length": source.length,
        "status": str(source.status),
        "commitments": source.commitments,
        "questions": source.questions,
        "facts": source.facts,
        **{name: id_ for name, id_ in versions.items() if id_},
        **({"copy_of": source.copy_of.id} if source.copy_of else {}),
    }


def hit_object(hit: Hit) -> Object:
    """A place that holds the words, with the sentences around it and the entries that rest on it."""
    quote = hit.quote
    return {
        "source": quote.source.id,
        "date": _iso(quote.source.published),
        "title": quote.source.title,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
        "before": quote.before,
        "after": quote.after,
        "entries": list(hit.entries),
    }


def brief_object(brief: Brief) -> Object:
    """A brief: the entries shown, and how many there are of each."""
    groups: dict[str, Page[Any]] = {
        "commitments": brief.commitments,
        "questions": brief.questions,
        "facts": brief.facts,
    }
    return {
        "source": source_object(brief.source) if brief.source else None,
        "about": brief.about,
        "places": list(brief.places),
        **{name: [entry_object(entry) for entry in page.items] for name, page in groups.items()},
        "total": {name: page.total for name, page in groups.items()},
    }


def party_object(page: PartyPage) -> Object:
    """A party's page: its names, the entries shown and how many there are of each, with whom, over time."""
    groups: dict[str, Page[Any]] = {"undertook": page.undertook, "towards": page.received, "open": page.open}
    return {
        "party": page.party.name,
        "known": list(page.party.known),
        "given": list(page.party.given),
        **{name: [entry_object(entry) for entry in found.items] for name, found in groups.items()},
        "total": {name: found.total for name, found in groups.items()},
        "partners": [{"party": name, "commitments": count} for name, count in page.partners],
        "months": [{"month": f"{month:%Y-%m}", "commitments": count} for month, count in page.months],
    }


def changes_object(changes: Changes) -> Object:
    """What changed since an instant, in the order in which it is told."""
    return {
        "since": changes.since.isoformat(),
        "sources": [source.id for source in changes.sources],
        "facts": changes.facts,
        "changes": [_change_object(change) for change in changes.changes],
        "names": [log_object(line) for line in changes.names],
    }


def digest_object(digest: Digest) -> Object:
    """A digest: its period, what it tells of, and what it tells."""
    return {
        "since": digest.since.isoformat(),
        "until": digest.until.isoformat(),
        "timezone": digest.schedule.timezone,
        "party": digest.filter.party,
        "topic": digest.filter.topic,
        "kind": digest.filter.kind,
        "sources": [source.id for source in digest.sources],
        "facts": digest.facts,
        "changes": [_change_object(change) for change in digest.changes],
    }


def _change_object(change: Change) -> Object:
    return {"change": str(change.kind), "what": change.what, "entry": entry_object(change.entry)}


def _iso(when: Any) -> str | None:
    return when.isoformat() if when else None
