import json

from bot.domain import Brief, Findings, Hit, Page, Quote, Why
from bot.render.objects import brief_object, entry_object, finding_object, hit_object, source_object
from tests.samples import (
    DOUBT,
    FIGURE,
    OFFER,
    TEXT,
    commitment,
    doubt,
    fact,
    figure,
    offer,
    question,
    source,
    source_ref,
)


def test_a_commitment_is_the_contracts_object_with_id_status_and_source():
    assert entry_object(commitment()) == {
        "id": "C-1",
        "status": "conditional",
        "kind": "offer",
        "actors": ["Norland", "Isles"],
        "actor_text": "Norland and the Isles",
        "action": "send engineers to Estmark",
        "recipients": ["Estmark"],
        "condition": "if the ceasefire holds",
        "due": None,
        "attribution": None,
        "firmness": "conditional",
        "why": {"cue": "have offered", "rule": "offer-verb"},
        "evidence": [
            {
                "start": TEXT.index(OFFER),
                "end": TEXT.index(OFFER) + len(OFFER),
                "quote": OFFER,
                "source": "S-1",
                "date": "2026-03-01",
                "title": "Bridges for Estmark",
            }
        ],
    }


def test_a_question_and_a_fact_have_their_own_slots():
    asked, held = entry_object(question()), entry_object(fact())
    assert (asked["id"], asked["status"], asked["content"]) == ("Q-1", "open", "the Union will pay for the engineers")
    assert (held["id"], held["statement"], held["listed"]) == ("F-1", FIGURE, True)
    assert asked["evidence"][0]["quote"] == DOUBT


def test_the_judges_part_of_the_reason_appears_only_where_it_had_a_say():
    assert "score" not in finding_object(offer())["why"]
    judged = finding_object(doubt(why=Why("cue", "rule", 0.5, ("tense",))))["why"]
    assert (judged["score"], judged["features"]) == (0.5, ["tense"])


def test_a_fact_before_it_is_held_has_neither_id_nor_status():
    assert set(finding_object(figure())) == {"kind", "statement", "listed"}


def test_a_source_is_told_without_its_text():
    assert source_object(source())["sha256"] == "ab" * 32
    assert entry_object(source()) == source_object(source())
    assert source_object(source(published=None))["date"] is None


def test_a_hit_has_its_place_and_surroundings():
    shown = hit_object(Hit(Quote(OFFER, source_ref(), "Before.", DOUBT, 22, 110), ("C-1",)))
    assert (shown["source"], shown["start"], shown["end"], shown["before"]) == ("S-1", 22, 110, "Before.")
    assert shown["entries"] == ["C-1"]


def test_a_brief_says_how_many_there_are_beyond_those_shown():
    page = Page((commitment(),), 0, 1, 4)
    empty = Page((), 0, 1, 0)
    shown = brief_object(Brief(page, empty, empty, empty, about="Estmark"))
    assert shown["source"] is None
    assert shown["total"] == {"commitments": 4, "questions": 0, "facts": 0}


def test_every_object_is_json():
    for shown in (entry_object(commitment()), source_object(source()), hit_object(Hit(Quote("q", source_ref())))):
        assert json.loads(json.dumps(shown)) == shown


def test_held_entries_have_the_very_fields_that_extract_prints():
    from bot.extract.contract import as_json

    printed = as_json("d", Findings((offer(),), (doubt(),), (figure(),)))
    for finding, group in ((offer(), "commitments"), (doubt(), "questions"), (figure(), "facts")):
        (there,) = printed[group]
        assert finding_object(finding) | {"evidence": there["evidence"]} == there
