"""What the three types of entry have in common, so that one set of SQL serves them all."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from bot.domain import (
    Commitment,
    CommitmentFinding,
    CommitmentKind,
    CommitmentStatus,
    Correction,
    Evidence,
    Fact,
    FactFinding,
    FactStatus,
    Firmness,
    Mention,
    OpenQuestion,
    QuestionFinding,
    QuestionKind,
    QuestionStatus,
    Why,
)
from bot.store._values import dump, maybe_date

F = TypeVar("F", CommitmentFinding, QuestionFinding, FactFinding)
E = TypeVar("E", Commitment, OpenQuestion, Fact)
Seen = tuple[date | None, date | None]
Corrections = tuple[Correction, ...]
Roles = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shape(Generic[F, E]):
    """One type of entry: what of its finding goes into which column, and how it is read back.

    `rank` orders entries of one day, the lowest first. `words` is what a filter by subject looks through,
    `actor` what one by actor does; `unnamed` is the same where no party is named, and may be an alias of one.
    """

    type: str
    prefix: str
    headline: Callable[[F], str]
    rank: Callable[[F], int]
    roles: Callable[[F], Roles]
    words: Callable[[F], str]
    actor: Callable[[F], str]
    unnamed: Callable[[F], str]
    load: Callable[[str, tuple[Evidence, ...]], F]
    build: Callable[[str, str, F, tuple[Mention[F], ...], Seen, Corrections], E]


def slots_of(finding: CommitmentFinding | QuestionFinding | FactFinding) -> str:
    """A finding as JSON, without its evidence, which has a table of its own."""
    return dump({f.name: _plain(getattr(finding, f.name)) for f in fields(finding) if f.name != "evidence"})


def _plain(value: Any) -> Any:
    return {f.name: getattr(value, f.name) for f in fields(value)} if isinstance(value, Why) else value


@cache
def _fields(kind: type) -> frozenset[str]:
    return frozenset(f.name for f in fields(kind))


def _values(kind: type, text: str) -> dict[str, Any]:
    return dict(_read(kind, text))


@lru_cache(maxsize=2048)
def _read(kind: type, text: str) -> Mapping[str, Any]:
    """The fields that this version of the domain knows; JSON has lists where the domain has tuples."""
    slots = json.loads(text)
    known = _fields(kind)
    values = {name: tuple(v) if isinstance(v, list) else v for name, v in slots.items() if name in known}
    if why := slots.get("why"):
        values["why"] = Why(why["cue"], why["rule"], why["score"], tuple(why["features"]))
    return MappingProxyType(values)


def _load_commitment(text: str, evidence: tuple[Evidence, ...]) -> CommitmentFinding:
    values = _values(CommitmentFinding, text)
    values["kind"] = CommitmentKind(values["kind"])
    values["firmness"] = Firmness(values["firmness"])
    values["due_date"] = maybe_date(values["due_date"])
    return CommitmentFinding(**values, evidence=evidence)


def _load_question(text: str, evidence: tuple[Evidence, ...]) -> QuestionFinding:
    values = _values(QuestionFinding, text)
    values["kind"] = QuestionKind(values["kind"])
    return QuestionFinding(**values, evidence=evidence)


def _load_fact(text: str, evidence: tuple[Evidence, ...]) -> FactFinding:
    return FactFinding(**_values(FactFinding, text), evidence=evidence)


def _commitment_roles(finding: CommitmentFinding) -> Roles:
    yield from (("actor", name) for name in finding.actors)
    yield from (("recipient", name) for name in finding.recipients)


def corrected(finding: Any, corrections: Corrections) -> Any:
    """A finding with the slots that a person set in place of its own."""
    return replace(finding, **{each.slot: _typed(each) for each in corrections}) if corrections else finding


def _typed(correction: Correction) -> Any:
    """A slot's value in the type that its field has."""
    kinds: dict[str, Callable[[Any], Any]] = {"kind": CommitmentKind, "due_date": maybe_date}
    as_it_is: Callable[[Any], Any] = lambda value: value  # noqa: E731
    return kinds.get(correction.slot, as_it_is)(correction.value)


def _about(finding: QuestionFinding | FactFinding) -> Roles:
    yield from (("about", name) for name in finding.about)


def _words(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def _commitment(
    id: str,  # noqa: A002
    status: str,
    finding: CommitmentFinding,
    mentions: tuple[Mention[CommitmentFinding], ...],
    seen: Seen,
    corrections: Corrections,
) -> Commitment:
    return Commitment(id, CommitmentStatus(status), finding, mentions, *seen, corrections)


def _question(
    id: str,  # noqa: A002
    status: str,
    finding: QuestionFinding,
    mentions: tuple[Mention[QuestionFinding], ...],
    seen: Seen,
    corrections: Corrections,
) -> OpenQuestion:
    return OpenQuestion(id, QuestionStatus(status), finding, mentions, *seen, corrections)


def _fact(
    id: str,  # noqa: A002
    status: str,
    finding: FactFinding,
    mentions: tuple[Mention[FactFinding], ...],
    seen: Seen,
    corrections: Corrections,
) -> Fact:
    return Fact(id, finding, mentions, *seen, corrections, FactStatus(status or FactStatus.STATED))


COMMITMENTS: Shape[CommitmentFinding, Commitment] = Shape(
    type="commitment",
    prefix="C",
    headline=lambda finding: finding.action,
    rank=lambda _: 0,
    roles=_commitment_roles,
    words=lambda f: _words(f.action, f.actor_text, f.condition, f.due, f.attribution),
    actor=lambda f: f.actor_text,
    unnamed=lambda f: "" if f.actors else f.actor_text,
    load=_load_commitment,
    build=_commitment,
)
QUESTIONS: Shape[QuestionFinding, OpenQuestion] = Shape(
    type="question",
    prefix="Q",
    headline=lambda finding: finding.question,
    rank=lambda _: 0,
    roles=_about,
    words=lambda f: _words(f.question, f.content),
    actor=lambda _: "",
    unnamed=lambda _: "",
    load=_load_question,
    build=_question,
)
FACTS: Shape[FactFinding, Fact] = Shape(
    type="fact",
    prefix="F",
    headline=lambda finding: finding.statement,
    rank=lambda finding: 0 if finding.listed else 1,
    roles=_about,
    words=lambda f: _words(f.statement, f.value),
    actor=lambda _: "",
    unnamed=lambda _: "",
    load=_load_fact,
    build=_fact,
)
SHAPES: dict[str, Shape[Any, Any]] = {shape.type: shape for shape in (COMMITMENTS, QUESTIONS, FACTS)}
