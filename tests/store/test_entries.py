"""Entries: what each Source says of them, the latest slots shown, every quote kept with its place."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain import (
    CommitmentKind,
    CommitmentStatus,
    Decision,
    Decisions,
    Firmness,
    Query,
    QuestionStatus,
    SourceStatus,
    Why,
)
from bot.errors import NotFound
from tests.store.make import HERE, NOW, THERE, add, commitment, decided, fact, new_source, place, question, tell

FIRST = "In January Norland said it would rebuild the bridge for Estmark."
SECOND = "Norland agreed in March to rebuild the bridge. It will rebuild the bridge by June."


def mention(store, text, finding, entry, published=date(2026, 3, 1), workspace=HERE):
    """Store a Source that says an entry again."""
    found = Decisions(commitments=(Decision(finding, "key", entry, "said again", "agreed"),))
    return store.add_source(workspace, new_source(text, published), found)


def test_a_commitment_comes_back_with_every_slot(store):
    said = commitment(
        FIRST,
        kind=CommitmentKind.OFFER,
        actors=("Norland", "Isles"),
        condition="if it is asked",
        due="by June",
        due_date=date(2026, 6, 30),
        attribution="officials said",
        firmness=Firmness.REPORTED,
        why=Why("would", "modal", 0.875, ("modal=would", "person=3")),
    )
    add(store, FIRST, said)

    (held,) = store.commitments(HERE, Query()).items

    (e,) = held.finding.evidence
    assert e.source.id == "S-1"
    assert replace(held.finding, evidence=said.evidence) == said
    assert held.mentions[0].finding == held.finding
    assert (held.first_seen, held.last_seen) == (date(2026, 3, 1), date(2026, 3, 1))


def test_a_question_and_a_fact_come_back_with_every_slot(store):
    asked, stated = question(FIRST, about=("Norland", "Estmark")), fact(FIRST, kind="figure", listed=True, value="5")
    add(store, FIRST, asked, stated)

    held_question, held_fact = store.entry(HERE, "q1"), store.entry(HERE, "F-1")

    assert replace(held_question.finding, evidence=asked.evidence) == asked
    assert held_question.status is QuestionStatus.OPEN
    assert replace(held_fact.finding, evidence=stated.evidence) == stated


def test_a_further_mention_keeps_the_id_and_shows_the_latest_slots_with_all_quotes(store):
    add(store, FIRST, commitment(FIRST), published=date(2026, 1, 5))
    quotes = (*place(SECOND, "It will rebuild the bridge by June."), *place(SECOND, "Norland agreed"))
    agreed = commitment(SECOND, kind=CommitmentKind.AGREEMENT, due="by June", evidence=quotes)

    done = mention(store, SECOND, agreed, "C-1", date(2026, 3, 5))

    held = store.entry(HERE, "C-1")
    assert (done.new_commitments, done.repeated_commitments) == ((), ("C-1",))
    assert (held.finding.kind, held.finding.due) == (CommitmentKind.AGREEMENT, "by June")
    assert held.status is CommitmentStatus.AGREED
    assert [e.quote for e in held.finding.evidence] == [FIRST, "Norland agreed", "It will rebuild the bridge by June."]
    assert [m.reason for m in held.mentions] == ["", "said again"]
    assert (held.first_seen, held.last_seen) == (date(2026, 1, 5), date(2026, 3, 5))
    assert store.check() == []


def test_an_earlier_text_added_later_comes_first_and_does_not_change_what_is_shown(store):
    add(store, SECOND, commitment(SECOND, due="by June"), published=date(2026, 3, 5))

    mention(store, FIRST, commitment(FIRST, due="some day"), "C-1", date(2026, 1, 5))

    held = store.entry(HERE, "C-1")
    assert [m.source.id for m in held.mentions] == ["S-2", "S-1"]
    assert held.finding.due == "by June"
    assert store.check() == []


def test_the_same_place_is_one_quote(store):
    e = place(FIRST, FIRST)
    add(store, FIRST, commitment(FIRST, evidence=(*e, *e)))
    assert len(store.entry(HERE, "C-1").finding.evidence) == 1


def test_a_second_finding_of_one_source_on_one_entry_joins_the_first(store):
    add(store, FIRST, commitment(FIRST))
    one, two = commitment(SECOND, "Norland agreed"), commitment(SECOND, "It will rebuild the bridge by June.")
    found = Decisions(commitments=tuple(Decision(f, "key", "C-1", "again", "pledged") for f in (one, two)))

    done = store.add_source(HERE, new_source(SECOND), found)

    held = store.entry(HERE, "C-1")
    assert done.repeated_commitments == ("C-1",)
    assert [len(m.finding.evidence) for m in held.mentions] == [1, 2]


def test_a_mention_of_an_entry_that_is_not_held_stores_nothing(store):
    add(store, FIRST, commitment(FIRST), workspace=THERE)

    with pytest.raises(NotFound):
        mention(store, SECOND, commitment(SECOND), "C-1")

    assert store.counts(HERE).sources == 0
    assert len(store.entry(THERE, "C-1").mentions) == 1


def test_removing_the_latest_source_shows_what_the_others_say(store):
    add(store, FIRST, commitment(FIRST, actors=("Norland",)), published=date(2026, 1, 5))
    mention(store, SECOND, commitment(SECOND, actors=("Norland", "Isles"), due="by June"), "C-1", date(2026, 3, 5))

    store.remove_source(HERE, "S-2", "42", NOW)

    held = store.entry(HERE, "C-1")
    assert (held.status, held.finding.due, len(held.mentions)) == (CommitmentStatus.PLEDGED, None, 1)
    assert store.commitments(HERE, Query(actor="Isles")).total == 0
    assert store.commitments(HERE, Query(about="June")).total == 0
    assert held.last_seen == date(2026, 1, 5)
    assert store.check() == []


def test_an_entry_whose_sources_are_all_removed_says_so_and_keeps_its_quotes(store):
    add(store, FIRST, commitment(FIRST), question(FIRST))
    store.remove_source(HERE, "S-1", "42", NOW)

    held, asked = store.entry(HERE, "C-1"), store.entry(HERE, "Q-1")

    assert held.status is CommitmentStatus.SOURCE_WITHDRAWN
    assert asked.status is QuestionStatus.SOURCE_WITHDRAWN
    assert held.finding.evidence[0].source.status is SourceStatus.REMOVED
    assert [c.id for c in store.commitments(HERE, Query(status="source withdrawn")).items] == ["C-1"]


def test_a_matter_said_again_after_its_source_was_removed_comes_back_under_its_id(store):
    tell(store, FIRST, commitment(FIRST))
    store.remove_source(HERE, "S-1", "42", NOW)

    done = tell(store, SECOND, commitment(SECOND))

    assert done.repeated_commitments == ("C-1",)
    (held,) = store.commitments(HERE, Query()).items
    assert [m.source.id for m in held.mentions] == ["S-2"]
    assert store.check() == []


def test_an_id_of_another_workspace_has_the_words_of_one_that_never_was(store):
    add(store, FIRST, commitment(FIRST), workspace=THERE)
    said = []
    for workspace, id_ in ((HERE, "C-1"), (THERE, "C-77")):
        with pytest.raises(NotFound) as caught:
            store.entry(workspace, id_)
        said.append(str(caught.value).replace(f"no {id_} here", "no such id here"))
    assert said[0] == said[1]


def test_an_entry_may_be_a_source(store):
    add(store, FIRST)
    assert store.entry(HERE, "s1") == store.source(HERE, "S-1")


def test_candidates_are_the_entries_with_a_mention_under_the_key(store):
    add(store, FIRST, commitment(FIRST), workspace=THERE)
    for n, key in enumerate(("same", "other", "same", "")):
        text = f"{FIRST} {n}"
        store.add_source(HERE, new_source(text), Decisions(commitments=(Decision(commitment(text), key),)))
    mention(store, SECOND, commitment(SECOND), "C-1")

    found = store.like_commitments(HERE, ["same", "key", "", "none", "same"])

    assert {key: [c.entry for c in group] for key, group in found.items()} == {"same": ["C-1", "C-3"], "key": ["C-1"]}
    assert found["same"][0].finding.evidence[0].source.id == "S-1"
    assert found["key"][0].finding.evidence[0].source.id == "S-5"
    assert store.like_questions(HERE, ["same"]) == {}


def test_steps_are_kept_by_mention_and_the_last_is_where_it_stands(store):
    add(store, FIRST, commitment(FIRST), published=date(2026, 1, 5))
    mention(store, SECOND, commitment(SECOND), "C-1", date(2026, 3, 5))

    store.set_steps(HERE, "C-1", [CommitmentStatus.OFFERED, CommitmentStatus.CONDITIONAL])

    assert store.entry(HERE, "C-1").status is CommitmentStatus.CONDITIONAL
    assert store.commitments(HERE, Query(as_of=date(2026, 2, 1))).items[0].status is CommitmentStatus.OFFERED
    assert store.commitments(HERE, Query(status="conditional")).total == 1
    assert store.check() == []


def test_steps_that_do_not_fit_the_mentions_are_refused(store):
    add(store, FIRST, commitment(FIRST))
    with pytest.raises(ValueError, match="zip"):
        store.set_steps(HERE, "C-1", [CommitmentStatus.OFFERED, CommitmentStatus.AGREED])
    assert store.entry(HERE, "C-1").status is CommitmentStatus.PLEDGED


def test_mentions_are_read_from_a_source_on_with_where_it_stood_before(store):
    days = [date(2026, 1, 5), date(2026, 3, 5), date(2026, 2, 5)]
    add(store, FIRST, commitment(FIRST), question(FIRST), published=days[0])
    for n, day in enumerate(days[1:]):
        mention(store, f"{SECOND} {n}", commitment(f"{SECOND} {n}"), "C-1", day)

    assert [m.source.id for m in store.entry(HERE, "C-1").mentions] == ["S-1", "S-3", "S-2"]
    stood, mentions = store.mentions_from(HERE, "C-1", "S-3")
    assert (stood, [m.source.id for m in mentions]) == ("pledged", ["S-3", "S-2"])
    assert store.mentions_from(HERE, "C-1", "S-1")[0] == ""
    assert len(store.mentions_from(HERE, "C-1", "S-1")[1]) == 3
    for workspace, entry, source in ((HERE, "Q-1", "S-2"), (HERE, "C-9", "S-1"), (THERE, "C-1", "S-1")):
        with pytest.raises(NotFound):
            store.mentions_from(workspace, entry, source)


def test_fewer_steps_than_mentions_are_those_of_the_last(store):
    add(store, FIRST, commitment(FIRST), published=date(2026, 1, 5))
    mention(store, SECOND, commitment(SECOND), "C-1", date(2026, 3, 5))

    store.set_steps(HERE, "C-1", [CommitmentStatus.CONDITIONAL])

    assert store.entry(HERE, "C-1").status is CommitmentStatus.CONDITIONAL
    assert store.commitments(HERE, Query(as_of=date(2026, 2, 1))).items[0].status is CommitmentStatus.PLEDGED


def test_counts_are_those_of_the_lists(store):
    add(store, FIRST, commitment(FIRST), question(FIRST), question(FIRST), fact(FIRST))
    add(store, SECOND, commitment(SECOND), workspace=THERE)

    held = store.counts(HERE)

    assert (held.sources, held.commitments, held.questions, held.facts) == (1, 1, 2, 1)
    assert held.last_added == NOW
    assert held.store_bytes > 10_000
    assert store.counts("333").sources == 0
    assert store.counts("333").last_added is None


def test_slots_that_a_later_dossier_wrote_are_passed_over(store):
    add(store, FIRST, commitment(FIRST))
    store._db.execute("UPDATE mentions SET slots = json_insert(slots, '$.new_slot', 'x')")
    assert store.entry(HERE, "C-1").finding.action == "rebuild the bridge"


def test_a_thousand_findings_of_one_source_are_kept_in_order(store):
    text = " ".join(f"Sentence {n:04}." for n in range(1_000))
    add(store, text, *(fact(text, f"Sentence {n:04}.") for n in range(1_000)))

    assert [f.id for f in store.facts(HERE, Query(), 0, 3).items] == ["F-1", "F-2", "F-3"]
    assert store.facts(HERE, Query(), 199, 5).items[-1].finding.statement == "Sentence 0999."


def test_decided_needs_no_status(store):
    add(store, FIRST, fact(FIRST))
    assert decided(fact(FIRST)).facts[0].status == ""
    assert store.entry(HERE, "F-1").id == "F-1"
