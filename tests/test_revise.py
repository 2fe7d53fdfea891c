"""What people decide, on a real store: each decision does what it says, is in the log, and can be taken back."""

import contextlib
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import answer, revise, versions
from bot.domain import CommitmentKind, CommitmentStatus, FactStatus, Findings, Query
from bot.errors import BadInput, NotFound
from bot.render.objects import export_object
from bot.store import open_store
from tests.store.make import HERE, LATER, NOW, THERE, commitment, fact, new_source, question, tell

OFFER = "Norland offers to rebuild the bridge."
DEAL = "Norland and Estmark agreed that Norland rebuilds the bridge."
DOUBT = "Who will pay for the bridge is unclear."
COST = "The bridge cost nine crowns."
ME = "42"


def offer(**slots):
    return commitment(OFFER, kind=CommitmentKind.OFFER, **slots)


def story(store, workspace=HERE):
    """An offer, a deal on it in a second source, a doubt, and a fact in both."""
    tell(store, OFFER, offer(), workspace=workspace, published=date(2026, 1, 5))
    deal = commitment(DEAL, kind=CommitmentKind.AGREEMENT)
    tell(store, DEAL, deal, workspace=workspace, published=date(2026, 2, 5))
    text = f"{DOUBT} {COST}"
    tell(store, text, question(text, DOUBT), fact(text, COST), workspace=workspace, published=date(2026, 3, 5))


PAYS = "Norland agreed to pay for the bridge."
GONE = "Norland has withdrawn its offer to rebuild the bridge."


def turn(store, workspace=HERE):
    """After the story, an answer to its question and the withdrawal of the offer: two proposals."""
    answer_ = commitment(PAYS, kind=CommitmentKind.AGREEMENT, action="pay for the bridge")
    tell(store, PAYS, answer_, workspace=workspace, published=date(2026, 3, 20))
    gone = commitment(GONE, kind=CommitmentKind.WITHDRAWAL)
    tell(store, GONE, gone, workspace=workspace, published=date(2026, 4, 20))


@pytest.fixture
def told(store):
    story(store)
    return store


def exported(store, workspace=HERE):
    return json.dumps(export_object(answer.export(store, workspace)), ensure_ascii=False, indent=1)


def keys_of(store):
    """What each mention is known again by."""
    return store._db.execute("SELECT id, key FROM mentions ORDER BY id").fetchall()


def last_line(store):
    return store.log_entries(HERE, 0, 1).items[0]


def test_a_retracted_source_takes_its_step_back_and_flags_what_rests_on_it_alone(told):
    assert told.entry(HERE, "C-1").status is CommitmentStatus.AGREED

    revise.retract(told, HERE, "S-2", ME, LATER)
    revise.retract(told, HERE, "S-3", ME, LATER)

    assert told.entry(HERE, "C-1").status is CommitmentStatus.OFFERED
    assert told.entry(HERE, "Q-1").status == "source withdrawn"
    assert told.entry(HERE, "F-1").status is FactStatus.SOURCE_WITHDRAWN
    assert told.source(HERE, "S-2").status == "retracted"
    assert answer.questions(told, HERE, Query()).total == 0
    assert told.check() == []


def test_a_later_step_does_not_rest_on_a_retracted_source(told):
    again = "Norland said again that it offers to rebuild the bridge."
    tell(told, again, commitment(again, kind=CommitmentKind.OFFER), published=date(2026, 4, 1))
    assert told.entry(HERE, "C-1").status is CommitmentStatus.AGREED

    revise.retract(told, HERE, "S-2", ME, LATER)

    assert told.entry(HERE, "C-1").status is CommitmentStatus.OFFERED


def test_a_removed_source_cannot_be_retracted_and_stays_removed(told):
    revise.remove(told, HERE, "S-2", ME, NOW)

    with pytest.raises(BadInput, match="S-2 was removed"):
        revise.retract(told, HERE, "S-2", ME, LATER)

    assert told.source(HERE, "S-2").status == "removed"


def test_a_restored_source_counts_again(told):
    before = exported(told)
    revise.retract(told, HERE, "S-2", ME, NOW)

    revise.restore(told, HERE, "S-2", ME, LATER)

    assert exported(told) == before
    assert [line.what for line in told.log_entries(HERE).items][:2] == ["source restored", "source retracted"]


def test_an_entry_marked_wrong_leaves_the_lists_and_search_by_subject(told):
    revise.mark_wrong(told, HERE, "c1", ME, NOW)

    assert answer.commitments(told, HERE, Query()).total == 0
    assert answer.commitments(told, HERE, Query(about="bridge")).total == 0
    assert [c.id for c in answer.commitments(told, HERE, Query(status="marked wrong")).items] == ["C-1"]
    assert answer.commitments(told, HERE, Query(status="source withdrawn")).total == 0
    assert told.entry(HERE, "C-1").status is CommitmentStatus.MARKED_WRONG
    assert told.counts(HERE).commitments == 0
    assert told.check() == []


def test_what_is_marked_wrong_stays_out_when_it_is_said_again(told):
    revise.mark_wrong(told, HERE, "C-1", ME, NOW)
    again = "Norland offered again to rebuild the bridge."

    tell(told, again, commitment(again, kind=CommitmentKind.OFFER), published=date(2026, 4, 1))

    assert answer.commitments(told, HERE, Query()).total == 0
    assert len(told.entry(HERE, "C-1").mentions) == 3
    assert told.check() == []


def test_marking_twice_is_refused_and_not_logged(told):
    revise.mark_wrong(told, HERE, "C-1", ME, NOW)
    held = told.log_entries(HERE).total

    with pytest.raises(BadInput, match="C-1 is like that already"):
        revise.mark_wrong(told, HERE, "C-1", ME, LATER)

    assert told.log_entries(HERE).total == held


def test_a_source_cannot_be_marked_wrong(told):
    with pytest.raises(BadInput, match="S-1 is a source"):
        revise.mark_wrong(told, HERE, "S-1", ME, NOW)


def test_a_corrected_slot_is_shown_found_and_says_who_set_it(told):
    entry = revise.correct(told, HERE, "C-1", "actors", "Westmark; the  Isles", ME, NOW)

    assert entry.finding.actors == ("Westmark", "the Isles")
    assert [(each.slot, each.who, each.at) for each in entry.corrections] == [("actors", ME, NOW)]
    assert [m.finding.actors for m in entry.mentions] == [("Norland",), ("Norland",)], "the sources said what they said"
    assert [c.id for c in answer.commitments(told, HERE, Query(actor="Westmark")).items] == ["C-1"]
    assert answer.suggest(told, HERE, "party", "westm") == (("Westmark", "Westmark"),)
    assert told.check() == []


def test_a_correction_outlives_a_further_mention(told):
    revise.correct(told, HERE, "C-1", "recipients", "Westmark", ME, NOW)
    again = "Norland offered again to rebuild the bridge."

    tell(told, again, commitment(again, kind=CommitmentKind.OFFER), published=date(2026, 4, 1))

    assert told.entry(HERE, "C-1").finding.recipients == ("Westmark",)
    assert answer.commitments(told, HERE, Query(recipient="Westmark")).total == 1
    assert told.check() == []


def test_a_corrected_kind_moves_where_it_stands(told):
    entry = revise.correct(told, HERE, "C-1", "kind", "refusal", ME, NOW)

    assert entry.status is CommitmentStatus.REFUSED
    assert answer.commitments(told, HERE, Query(kind="refusal", status="refused")).total == 1


def test_a_due_date_set_by_hand_is_a_day_where_it_is_one(told):
    assert revise.correct(told, HERE, "C-1", "due", "2026-09-01", ME, NOW).finding.due_date == date(2026, 9, 1)

    entry = revise.correct(told, HERE, "C-1", "due", "next autumn", ME, NOW)

    assert (entry.finding.due, entry.finding.due_date) == ("next autumn", None)
    assert revise.correct(told, HERE, "C-1", "due", "", ME, NOW).finding.due is None


@pytest.mark.parametrize(
    ("id", "slot", "value", "said"),
    [
        ("C-1", "headline", "x", "C-1 has no slot “headline”"),
        ("F-1", "statement", "x", "Use one of: about"),
        ("C-1", "action", " ", "The action cannot be empty"),
        ("C-1", "kind", "promise", "There is no kind “promise”"),
        ("S-1", "about", "x", "S-1 is a source"),
    ],
)
def test_a_slot_or_value_that_cannot_be_is_explained(told, id, slot, value, said):  # noqa: A002
    before = exported(told)

    with pytest.raises(BadInput, match=said):
        revise.correct(told, HERE, id, slot, value, ME, NOW)

    assert exported(told) == before


def test_an_undo_takes_back_what_rests_on_it_too(told):
    before = exported(told)
    revise.correct(told, HERE, "C-1", "due", "May", ME, NOW)
    first = last_line(told).id
    revise.correct(told, HERE, "C-1", "condition", "if it rains", ME, NOW)
    kept = told.entry(HERE, "C-1").corrections
    revise.correct(told, HERE, "C-1", "due", "June", ME, LATER)

    undone = revise.undo(told, HERE, first, ME, LATER)

    assert [line.id for line in undone.lines] == [first + 2, first]
    left = told.entry(HERE, "C-1").corrections
    assert [each.slot for each in left] == ["condition"]
    assert left[0] in kept
    revise.undo(told, HERE, first + 1, ME, LATER)
    assert exported(told) == before


def test_an_undo_can_be_taken_back(told):
    revise.mark_wrong(told, HERE, "C-1", ME, NOW)
    marked, after = last_line(told).id, exported(told)
    undone = revise.undo(told, HERE, marked, ME, LATER)

    revise.undo(told, HERE, undone.line, ME, LATER)

    assert exported(told) == after
    assert told.log_entry(HERE, marked).undone_by is None
    with pytest.raises(BadInput, match=f"Undo #{marked} to take that back"):
        revise.undo(told, HERE, last_line(told).id, ME, LATER)
    revise.undo(told, HERE, marked, ME, LATER)
    assert told.entry(HERE, "C-1").status is CommitmentStatus.AGREED


def test_nothing_is_taken_back_twice(told):
    revise.mark_wrong(told, HERE, "C-1", ME, NOW)
    marked = last_line(told).id
    undone = revise.undo(told, HERE, marked, ME, LATER)

    with pytest.raises(BadInput, match=f"#{marked} was taken back already, by #{undone.line}"):
        revise.undo(told, HERE, marked, ME, LATER)


def test_adding_a_source_is_taken_back_by_removing_it(told):
    adding = next(line for line in told.log_entries(HERE).items if line.subject == "S-3")

    revise.undo(told, HERE, adding.id, ME, LATER)

    assert told.source(HERE, "S-3").status == "removed"
    assert answer.questions(told, HERE, Query()).total == 0


def test_an_undo_that_cannot_be_done_changes_nothing(told):
    revise.remove(told, HERE, "S-1", ME, NOW)
    removal = last_line(told).id
    tell(told, OFFER, offer(), published=date(2026, 1, 5))
    before = exported(told)

    with pytest.raises(BadInput, match="was added again as S-4"):
        revise.undo(told, HERE, removal, ME, LATER)

    assert exported(told) == before


def test_what_changed_nothing_in_the_ledger_cannot_be_taken_back(told):
    told.set_updates_channel(HERE, "9", ME, NOW)

    with pytest.raises(BadInput, match="Use the command it was done with"):
        revise.undo(told, HERE, last_line(told).id, ME, LATER)


def test_the_log_of_another_workspace_is_out_of_reach(told):
    story(told, THERE)
    revise.mark_wrong(told, HERE, "C-1", ME, NOW)
    mine = last_line(told).id

    with pytest.raises(NotFound, match="no line"):
        revise.undo(told, THERE, mine, ME, LATER)

    assert told.entry(THERE, "C-1").status is CommitmentStatus.AGREED
    assert told.entry(HERE, "C-1").status is CommitmentStatus.MARKED_WRONG


def test_an_export_leaves_out_what_was_removed(told):
    revise.remove(told, HERE, "S-3", ME, NOW)

    held = export_object(answer.export(told, HERE))

    assert [source["id"] for source in held["sources"]] == ["S-1", "S-2"]
    assert (held["questions"], held["facts"]) == ([], [])
    (entry,) = held["commitments"]
    assert [mention["evidence"][0]["quote"] for mention in entry["mentions"]] == [OFFER, DEAL]


def renew(store, workspace, old, by, now):
    """A new version of a source: the offer stays, the rest vanishes."""
    text = f"{OFFER} So it stands in place of {old}."
    new = replace(new_source(text, date(2026, 3, 6)), added_by=by, added_at=now)
    versions.replace(store, workspace, old, new, Findings((commitment(text, OFFER, kind=CommitmentKind.OFFER),)))


DECISIONS = st.one_of(
    st.tuples(st.just(renew), st.sampled_from(["S-1", "S-2", "S-3"])),
    st.tuples(
        st.sampled_from([revise.retract, revise.restore, revise.remove]), st.sampled_from(["S-1", "S-2", "S-3", "S-5"])
    ),
    st.tuples(st.just(revise.mark_wrong), st.sampled_from(["C-1", "Q-1", "F-1", "C-3"])),
    st.tuples(
        st.just(revise.correct),
        st.sampled_from(["C-1"]),
        st.sampled_from(["actors", "due", "condition", "recipients"]),
        st.sampled_from(["", "2026-05-01", "Westmark; Norland", "if it rains"]),
    ),
    st.tuples(st.just(revise.correct), st.just("C-1"), st.just("kind"), st.sampled_from(list(CommitmentKind))),
    st.tuples(st.just(revise.correct), st.sampled_from(["Q-1", "F-1"]), st.just("about"), st.just("Westmark")),
    st.tuples(
        st.just(revise.name_party),
        st.sampled_from(["Norland", "Estmark", "Westmark", "the Crown"]),
        st.sampled_from(["Norland", "Estmark", "Westmark", "the Crown"]),
    ),
    st.tuples(st.sampled_from([revise.confirm, revise.reject, revise.put_off]), st.sampled_from(["L-1", "L-2", "L-3"])),
    st.tuples(st.just(revise.split_party), st.sampled_from(["Norland", "Estmark", "Westmark", "the Crown"])),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(decisions=st.lists(DECISIONS, max_size=12), order=st.randoms(use_true_random=False))
def test_undoing_everything_in_any_order_brings_the_ledger_back_byte_for_byte(decisions, order):
    with open_store(":memory:") as store:
        story(store)
        turn(store)
        before, known_by, first = exported(store), keys_of(store), last_line(store).id
        for decide, *arguments in decisions:
            _try(decide, store, HERE, *arguments, ME, LATER)
        assert store.check() == []
        while left := store.decisions_since(HERE, first):
            revise.undo(store, HERE, order.choice(left).id, ME, LATER)
        assert exported(store) == before
        assert store.check() == []
        held = {mention for mention, _ in known_by}
        assert [each for each in keys_of(store) if each[0] in held] == known_by


def _try(decide, *arguments):
    """Decide; what is refused (marked twice, removed before) changes nothing."""
    with contextlib.suppress(BadInput, NotFound):
        decide(*arguments)
