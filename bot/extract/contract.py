"""The JSON of `extract --json` and `extract --jsonl`. Its fields and their order are a contract: add none lightly."""

from typing import Any

from bot.domain import CommitmentFinding, Evidence, FactFinding, Findings, QuestionFinding, Why

Json = dict[str, Any]


def as_json(doc_id: str, findings: Findings) -> Json:
    """The findings of one document as plain values, ready for `json.dumps`."""
    return {
        "id": doc_id,
        "commitments": [_commitment(each) for each in findings.commitments],
        "questions": [_question(each) for each in findings.questions],
        "facts": [_fact(each) for each in findings.facts],
    }


def _commitment(found: CommitmentFinding) -> Json:
    return {
        "kind": found.kind.value,
        "actors": list(found.actors),
        "actor_text": found.actor_text,
        "action": found.action,
        "recipients": list(found.recipients),
        "condition": found.condition,
        "due": found.due,
        "attribution": found.attribution,
        "firmness": found.firmness.value,
        "why": _why(found.why),
        "evidence": _evidence(found.evidence),
    }


def _question(found: QuestionFinding) -> Json:
    return {
        "kind": found.kind.value,
        "question": found.question,
        "content": found.content,
        "about": list(found.about),
        "why": _why(found.why),
        "evidence": _evidence(found.evidence),
    }


def _fact(found: FactFinding) -> Json:
    return {
        "kind": found.kind,
        "statement": found.statement,
        "listed": found.listed,
        "evidence": _evidence(found.evidence),
    }


def _why(why: Why) -> Json:
    score: Json = {} if why.score is None else {"score": why.score}
    features: Json = {"features": list(why.features)} if why.features else {}
    return {"cue": why.cue, "rule": why.rule, **score, **features}


def _evidence(evidence: tuple[Evidence, ...]) -> list[Json]:
    return [{"start": each.start, "end": each.end, "quote": each.quote} for each in evidence]
