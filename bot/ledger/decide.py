"""What becomes of the findings of one Source: each opens an entry, or is a further mention of one. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bot.domain import (
    Candidate,
    CommitmentFinding,
    Decision,
    Decisions,
    Evidence,
    FactFinding,
    Findings,
    Mention,
    QuestionFinding,
    SourceRef,
)
from bot.ledger.matter import matter_keys
from bot.ledger.same import commitment_key, fact_key, question_key, same_commitment, same_fact, same_question
from bot.ledger.status import commitment_status, question_status

F = TypeVar("F", CommitmentFinding, QuestionFinding, FactFinding)
Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Candidates:
    """By key, the entries held that a finding may be a repetition of; `near` by all its keys for other words."""

    commitments: Mapping[str, Sequence[Candidate[CommitmentFinding]]] = field(default_factory=dict)
    questions: Mapping[str, Sequence[Candidate[QuestionFinding]]] = field(default_factory=dict)
    facts: Mapping[str, Sequence[Candidate[FactFinding]]] = field(default_factory=dict)
    near: Mapping[tuple[str, ...], Sequence[Candidate[Any]]] = field(default_factory=dict)


def keys(findings: Findings, read: Read | None = None) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The keys to look up candidates by: of commitments, of questions, of facts.

    `read` gives a finding with its parties as people named them.
    """
    read = read or as_it_is
    return (
        tuple(commitment_key(read(finding)) for finding in findings.commitments),
        tuple(question_key(read(finding)) for finding in findings.questions),
        tuple(fact_key(read(finding)) for finding in findings.facts),
    )


def decide(findings: Findings, source: SourceRef, candidates: Candidates, read: Read | None = None) -> Decisions:
    """Decide on every finding of a Source; what the Source itself repeats in the same kind is one entry.

    Findings are compared as `read` gives them, and stay as they are.
    """
    read = read or as_it_is
    commitment = _reading(read, commitment_key, same_commitment)
    question = _reading(read, question_key, same_question)
    fact = _reading(read, fact_key, same_fact)
    return Decisions(
        commitments=tuple(
            replace(
                _decide(finding, source, candidates.commitments, candidates.near, *commitment),
                status=commitment_status([Mention(source, finding)]),
            )
            for finding in _once(findings.commitments, *commitment)
        ),
        questions=tuple(
            replace(
                _decide(finding, source, candidates.questions, candidates.near, *question),
                status=question_status([Mention(source, finding)]),
            )
            for finding in _once(findings.questions, *question)
        ),
        facts=tuple(_decide(finding, source, candidates.facts, {}, *fact) for finding in _once(findings.facts, *fact)),
    )


def as_it_is(finding: F) -> F:
    """A finding with its names as the Source has them."""
    return finding


def _reading(
    read: Callable[[F], F], key_of: Callable[[F], str], same: Callable[[F, F], str | None]
) -> tuple[Callable[[F], str], Callable[[F, F], str | None]]:
    """A key and a comparison that look at findings as `read` gives them."""
    return (lambda finding: key_of(read(finding))), (lambda old, new: same(read(old), read(new)))


def _decide(
    finding: F,
    source: SourceRef,
    candidates: Mapping[str, Sequence[Candidate[F]]],
    near: Mapping[tuple[str, ...], Sequence[Candidate[F]]],
    key_of: Callable[[F], str],
    same: Callable[[F, F], str | None],
) -> Decision[F]:
    """The first candidate that the finding repeats: in the same words before others, of the same kind before others."""
    key = key_of(finding)
    placed = replace(finding, evidence=_placed(finding.evidence, source))
    alike = _of_kind_first(candidates.get(key, ()) if key else (), finding.kind)
    for candidate in alike:
        if reason := same(candidate.finding, placed):
            return Decision(finding, key, candidate.entry, reason)
    for candidate in _of_kind_first(near.get(matter_keys(finding), ()), finding.kind):
        if reason := same(candidate.finding, placed):
            return Decision(finding, key, candidate.entry, reason)
    return Decision(finding, key)


def _of_kind_first(candidates: Sequence[Candidate[F]], kind: str) -> list[Candidate[F]]:
    return sorted(candidates, key=lambda c: c.finding.kind != kind)


def _placed(evidence: tuple[Evidence, ...], source: SourceRef) -> tuple[Evidence, ...]:
    return tuple(replace(e, source=source) for e in evidence)


def _once(findings: Sequence[F], key_of: Callable[[F], str], same: Callable[[F, F], str | None]) -> list[F]:
    """The findings without what says an earlier one again; its evidence goes to that one."""
    kept: dict[int, F] = {}
    by_key: dict[str, list[int]] = defaultdict(list)
    for place, finding in enumerate(findings):
        known = _known_by(key_of(finding), finding)
        alike = dict.fromkeys(each for key in known for each in by_key[key])
        first = next((p for p in alike if _repeats(kept[p], finding, same)), None)
        if first is None:
            kept[place] = finding
            for key in known:
                by_key[key].append(place)
        else:
            kept[first] = replace(kept[first], evidence=_joined(kept[first].evidence, finding.evidence))
    return list(kept.values())


def _known_by(key: str, finding: object) -> list[str]:
    """All keys of a finding, the one for the same words first."""
    return [each for each in (key, *matter_keys(finding)) if each]


def _repeats(first: F, finding: F, same: Callable[[F, F], str | None]) -> bool:
    return first.kind == finding.kind and same(first, finding) is not None


def _joined(first: tuple[Evidence, ...], more: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(sorted({*first, *more}, key=lambda e: (e.start, e.end)))
