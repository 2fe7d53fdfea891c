"""The JSON of `extract`: names and order of the fields to the letter."""

import json
from datetime import date

from bot.domain import (
    CommitmentFinding,
    CommitmentKind,
    Evidence,
    FactFinding,
    Findings,
    Firmness,
    QuestionFinding,
    QuestionKind,
    Why,
)
from bot.extract.contract import as_json

EVIDENCE = (Evidence(14, 17, "abc"),)
FINDINGS = Findings(
    (
        CommitmentFinding(
            kind=CommitmentKind.OFFER,
            actors=("France", "United Kingdom"),
            actor_text="France and the UK",
            action="deploy troops to Ukraine",
            recipients=("Ukraine",),
            condition="in the event of a peace deal",
            due=None,
            attribution=None,
            firmness=Firmness.CONDITIONAL,
            why=Why("have offered", "offer", 0.9, ("for: deed verb",)),
            evidence=EVIDENCE,
            due_date=date(2026, 3, 31),
        ),
    ),
    (
        QuestionFinding(
            QuestionKind.INDIRECT, "Will it?", "it will", ("United States",), Why("doubts", "doubt"), EVIDENCE
        ),
    ),
    (FactFinding("statement", "It is so.", ("France",), True, EVIDENCE, value="5"),),
)


def test_the_fields_are_the_contract_s_in_its_order():
    row = as_json("d1", FINDINGS)
    assert list(row) == ["id", "commitments", "questions", "facts"]
    assert list(row["commitments"][0]) == [
        "kind",
        "actors",
        "actor_text",
        "action",
        "recipients",
        "condition",
        "due",
        "attribution",
        "firmness",
        "why",
        "evidence",
    ]
    assert list(row["questions"][0]) == ["kind", "question", "content", "about", "why", "evidence"]
    assert list(row["facts"][0]) == ["kind", "statement", "listed", "evidence"]


def test_evidence_and_why_are_plain_values():
    row = as_json("d1", FINDINGS)
    assert row["commitments"][0]["evidence"] == [{"start": 14, "end": 17, "quote": "abc"}]
    assert row["commitments"][0]["why"] == {
        "cue": "have offered",
        "rule": "offer",
        "score": 0.9,
        "features": ["for: deed verb"],
    }
    assert row["questions"][0]["why"] == {"cue": "doubts", "rule": "doubt"}


def test_it_can_be_written_and_read_back_unchanged():
    row = as_json("d1", FINDINGS)
    assert json.loads(json.dumps(row)) == row


def test_nothing_found_gives_empty_lists():
    assert as_json("d", Findings()) == {"id": "d", "commitments": [], "questions": [], "facts": []}
