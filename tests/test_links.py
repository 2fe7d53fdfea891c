"""Links on a real store: proposed as sources come in, decided on by people, and what follows from them."""

from datetime import date

import pytest

from bot import answer, drafts, overview, revise
from bot.domain import (
    ChangeKind,
    CommitmentFinding,
    CommitmentKind,
    DraftKind,
    Findings,
    LinkKind,
    LinkStatus,
    Query,
    QuestionFinding,
)
from bot.errors import BadInput, NotFound
from bot.render.drafts import found_line
from bot.render.objects import export_object
from tests.store.make import HERE, LATER, NOW, THERE, commitment, new_source, question, tell
from tests.test_revise import DOUBT, GONE, ME, PAYS, exported, last_line, story, turn


@pytest.fixture
def told(store):
    story(store)
    turn(store)
    return store


def test_a_withdrawal_and_an_answer_are_proposed_with_both_sentences(told):
    answers, withdraws = told.links(HERE)

    assert (answers.kind, answers.newer.id, answers.older.id) == (LinkKind.ANSWERS, "C-2", "Q-1")
    assert (answers.before.quote, answers.said.quote) == (DOUBT, PAYS)
    assert (withdraws.kind, withdraws.newer.id, withdraws.older.id) == (LinkKind.WITHDRAWS, "C-3", "C-1")
    assert withdraws.said.quote == GONE
    assert withdraws.before.source.id == "S-2", "the last sentence before it"
    assert withdraws.reason == "same actor, same matter (rebuild, bridge): agreement, now withdrawn; 74 days later"
    assert told.entry(HERE, "C-1").status == "agreed", "nothing follows from a proposal"
    assert told.check() == []


def test_a_confirmed_withdrawal_says_where_the_older_one_stands(told):
    revise.confirm(told, HERE, "l2", ME, LATER)

    assert told.entry(HERE, "C-1").status == "withdrawn"
    assert [c.id for c in answer.commitments(told, HERE, Query(status="withdrawn")).items] == ["C-3", "C-1"]
    assert [(s.status, s.evidence.source.id, s.link) for s in told.thread(HERE, "C-1").steps] == [
        ("offered", "S-1", ""),
        ("agreed", "S-2", ""),
        ("withdrawn", "S-5", "L-2"),
    ]
    assert told.check() == []


def test_on_a_day_before_the_link_it_stood_where_it_did(told):
    revise.confirm(told, HERE, "L-2", ME, LATER)

    def stood(day, **query):
        return [(c.id, c.status) for c in answer.commitments(told, HERE, Query(as_of=day, **query)).items]

    assert ("C-1", "agreed") in stood(date(2026, 4, 19))
    assert ("C-1", "withdrawn") in stood(date(2026, 4, 20))
    assert stood(date(2026, 4, 19), status="withdrawn") == []
    assert ("C-1", "withdrawn") in stood(date(2026, 4, 20), status="withdrawn")


def test_an_answered_question_leaves_the_open_list_and_keeps_its_answer(told):
    revise.confirm(told, HERE, "L-1", ME, LATER)

    assert answer.questions(told, HERE, Query()).total == 0
    assert [q.id for q in answer.questions(told, HERE, Query(status="answered")).items] == ["Q-1"]
    (link,) = told.thread(HERE, "Q-1").links
    assert (link.status, link.said.quote) == (LinkStatus.CONFIRMED, PAYS)
    again = "It is still unclear who will pay for the bridge."
    tell(told, again, question(again), published=date(2026, 5, 1))
    assert told.entry(HERE, "Q-1").status == "answered", "asking again does not open it"
    assert told.check() == []


def test_what_is_said_after_a_link_goes_on_from_it(told):
    revise.confirm(told, HERE, "L-2", ME, LATER)
    again = "Norland offers once more to rebuild the bridge."

    tell(told, again, commitment(again, kind=CommitmentKind.OFFER), published=date(2026, 6, 1))

    assert told.entry(HERE, "C-1").status == "offered"
    assert [step.status for step in told.thread(HERE, "C-1").steps] == ["offered", "agreed", "withdrawn", "offered"]
    assert told.check() == []


def test_a_rejected_proposal_does_not_come_back(told):
    revise.reject(told, HERE, "L-2", ME, LATER)
    again = f"{GONE} It said so again."

    tell(told, again, commitment(again, GONE, kind=CommitmentKind.WITHDRAWAL), published=date(2026, 5, 1))

    assert [link.id for link in told.links_waiting(HERE).items] == ["L-1"]
    assert {link.id: link.status for link in told.links(HERE)} == {"L-1": "open", "L-2": "rejected"}
    assert told.entry(HERE, "C-1").status == "agreed"


def test_what_is_put_off_comes_last(told):
    revise.put_off(told, HERE, "L-1", ME, LATER)

    assert [link.id for link in told.links_waiting(HERE, 0, 5).items] == ["L-2", "L-1"]


def test_a_link_is_undone_like_any_decision(told):
    before = exported(told)
    revise.confirm(told, HERE, "L-2", ME, LATER)

    revise.undo(told, HERE, last_line(told).id, ME, LATER)

    assert exported(told) == before
    assert told.links_waiting(HERE).total == 2


def test_a_link_does_not_count_while_its_sentence_does_not(told):
    revise.confirm(told, HERE, "L-2", ME, LATER)

    revise.retract(told, HERE, "S-5", ME, LATER)
    assert told.entry(HERE, "C-1").status == "agreed"
    assert [link.id for link in told.links(HERE)] == ["L-1"]
    revise.restore(told, HERE, "S-5", ME, LATER)
    assert told.entry(HERE, "C-1").status == "withdrawn"

    revise.mark_wrong(told, HERE, "C-3", ME, LATER)
    assert told.entry(HERE, "C-1").status == "agreed"
    with pytest.raises(BadInput, match="not in the lists now"):
        revise.reject(told, HERE, "L-2", ME, LATER)
    assert told.check() == []


def test_confirming_twice_is_refused(told):
    revise.confirm(told, HERE, "L-2", ME, LATER)

    with pytest.raises(BadInput, match="like that already"):
        revise.confirm(told, HERE, "L-2", ME, LATER)


def test_links_of_another_workspace_are_out_of_reach(told):
    story(told, THERE)

    with pytest.raises(NotFound, match="There is no L-1 here"):
        revise.confirm(told, THERE, "L-1", ME, LATER)
    assert told.links(THERE) == ()


def test_proposals_are_told_among_what_changed_until_somebody_decides(told):
    def proposed(changes):
        return [(c.entry.id, c.what) for c in changes.changes if c.kind is ChangeKind.PROPOSED]

    since = NOW.replace(year=2025)
    assert [link.id for link in told.links_since(HERE, since)] == ["L-1", "L-2"]
    told.log(HERE, ME, "nothing", "", LATER)
    new = "Westmark withdrew its offer to rebuild the bridge."
    tell(told, new, commitment(new, kind=CommitmentKind.WITHDRAWAL, actors=("Westmark",)))
    assert proposed(overview.changes(told, HERE, LATER)) == []


def test_an_alias_lets_a_link_be_found(store):
    story(store)
    other = "The Crown has withdrawn the plan to rebuild the bridge."
    tell(store, "Estmark met the Crown.", commitment("Estmark met the Crown.", actors=("the Crown",), action="meet it"))
    revise.name_party(store, HERE, "the Crown", "Norland", ME, NOW)

    tell(
        store,
        other,
        commitment(other, kind=CommitmentKind.WITHDRAWAL, actors=("the Crown",)),
        published=date(2026, 5, 1),
    )

    assert [(link.kind, link.older.id) for link in store.links(HERE)] == [(LinkKind.WITHDRAWS, "C-1")]


def test_an_earlier_text_that_comes_in_late_is_the_older_one(store):
    gone = commitment(GONE, kind=CommitmentKind.WITHDRAWAL)
    tell(store, GONE, gone, published=date(2026, 4, 20))

    story(store)

    (link,) = store.links(HERE)
    assert (link.kind, link.newer.id, link.older.id) == (LinkKind.WITHDRAWS, "C-1", "C-2")


def test_an_export_has_the_links(told):
    revise.confirm(told, HERE, "L-2", ME, LATER)

    held = export_object(answer.export(told, HERE))["links"]

    assert [(each["id"], each["status"], each["newer"], each["older"]) for each in held] == [
        ("L-1", "open", "C-2", "Q-1"),
        ("L-2", "confirmed", "C-3", "C-1"),
    ]
    assert held[1]["said"]["quote"] == GONE


def test_what_was_held_before_links_were_looked_for_is_taken_when_a_source_comes_in(told):
    with told.writing():
        for table in ("link_sources", "links", "link_keys"):
            told._db.execute(f"DELETE FROM {table}")
        told._db.execute("UPDATE mentions SET linked = 0")

    tell(told, "Nothing new.", published=date(2026, 6, 1))

    assert [(link.kind, link.newer.id, link.older.id) for link in told.links(HERE)] == [
        (LinkKind.ANSWERS, "C-2", "Q-1"),
        (LinkKind.WITHDRAWS, "C-3", "C-1"),
    ]
    assert told.check() == []


def foresee(store, text, *findings, published=date(2026, 4, 20), supersedes=""):
    """What is told of a document before it is kept, and its number."""
    found = Findings(
        tuple(each for each in findings if isinstance(each, CommitmentFinding)),
        tuple(each for each in findings if isinstance(each, QuestionFinding)),
    )
    kept = drafts.draft(store, HERE, DraftKind.PREVIEW, new_source(text, published), found, supersedes=supersedes)
    return drafts.preview(store, HERE, kept.id, NOW)


def test_a_draft_is_told_to_bear_on_what_keeping_it_proposes(store):
    story(store)

    shown = foresee(store, GONE, commitment(GONE, kind=CommitmentKind.WITHDRAWAL))

    (bearing,) = shown.bearings
    assert (bearing.kind, bearing.held.id, bearing.later) == (LinkKind.WITHDRAWS, "C-1", True)
    assert bearing.finding.evidence[0].quote == GONE
    assert found_line(shown) == "1 new commitment; 1 may withdraw C-1"
    assert store.links(HERE) == (), "nothing is held of it yet"
    drafts.keep(store, HERE, shown.draft.id, ME, LATER)
    (link,) = store.links(HERE)
    assert (link.kind, link.older.id, link.reason) == (bearing.kind, "C-1", bearing.reason)


def test_a_draft_that_is_older_than_what_is_held_is_told_the_other_way_round(store):
    tell(store, GONE, commitment(GONE, kind=CommitmentKind.WITHDRAWAL), published=date(2026, 4, 20))
    said = "Norland offers Estmark to rebuild the bridge."

    shown = foresee(store, said, commitment(said, kind=CommitmentKind.OFFER), published=date(2026, 1, 5))

    assert found_line(shown) == "1 new commitment; 1 may be withdrawn by C-1"


def test_a_draft_that_says_again_what_is_linked_already_is_not_told_to_bear_on_it(told):
    again = f"{GONE} It said so again."

    shown = foresee(told, again, commitment(again, GONE, kind=CommitmentKind.WITHDRAWAL), published=date(2026, 5, 1))

    assert (shown.again, shown.bearings) == (("C-3",), ())


def test_a_new_version_is_not_told_to_bear_on_what_only_the_version_before_it_says(store):
    said = "Norland offers Estmark to rebuild the bridge."
    tell(store, said, commitment(said, kind=CommitmentKind.OFFER), published=date(2026, 1, 5))

    shown = foresee(store, GONE, commitment(GONE, kind=CommitmentKind.WITHDRAWAL), supersedes="S-1")

    assert [each.kind for each in foresee(store, f"{GONE} ", commitment(GONE, kind=CommitmentKind.WITHDRAWAL)).bearings]
    assert shown.bearings == ()
