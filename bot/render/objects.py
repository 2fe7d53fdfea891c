"""Entries as plain objects for `--json`: the contract of `extract --json`, with ids, status and sources added."""

from typing import Any

from bot.domain import (
    Brief,
    Commitment,
    CommitmentFinding,
    Evidence,
    Fact,
    FactFinding,
    Hit,
    OpenQuestion,
    Page,
    QuestionFinding,
    Source,
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
    return head | finding_object(entry.finding) | {"evidence": evidence}


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
        **{name: [entry_object(entry) for entry in page.items] for name, page in groups.items()},
        "total": {name: page.total for name, page in groups.items()},
    }


def _iso(when: Any) -> str | None:
    return when.isoformat() if when else None
