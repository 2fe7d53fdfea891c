"""What changed since an instant, on a real store: by the date added, in a fixed order, nothing from silence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot import overview, revise
from bot.domain import ChangeKind, CommitmentKind, Findings
from bot.ingest import ingest
from bot.render.changes import changes_reply
from tests.store.make import HERE, NOW, THERE, commitment, fact, new_source, question
from tests.test_revise import COST, DEAL, DOUBT, ME, OFFER, last_line

DAY = timedelta(days=1)


def tell(store, days, text, *found, published=date(2026, 1, 5), workspace=HERE):
    """A document that comes in so many days after NOW."""
    kinds = {"CommitmentFinding": [], "QuestionFinding": [], "FactFinding": []}
    for each in found:
        kinds[type(each).__name__].append(each)
    new = replace(new_source(text, published), added_at=NOW + days * DAY, added_by="folder")
    return ingest(store, workspace, new, Findings(*map(tuple, kinds.values())))


@pytest.fixture
def told(store):
    """An offer and a doubt that are held before the instant asked for."""
    text = f"{OFFER} {DOUBT}"
    tell(store, 0, text, commitment(text, OFFER, kind=CommitmentKind.OFFER), question(text, DOUBT))
    return store


def since(store, days=0.5, workspace=HERE):
    found = overview.changes(store, workspace, NOW + days * DAY)
    return [(change.kind, change.entry.id, change.what) for change in found.changes]


def test_an_old_document_that_comes_in_later_is_news(told):
    old = "Norland will paint the bridge."
    tell(
        told,
        1,
        f"{old} {COST}",
        commitment(f"{old} {COST}", old, action="paint the bridge"),
        fact(f"{old} {COST}", COST),
    )

    found = overview.changes(told, HERE, NOW + 0.5 * DAY)

    assert since(told) == [(ChangeKind.NEW, "C-2", "")]
    assert ([source.id for source in found.sources], found.facts) == (["S-2"], 1)
    assert since(told, days=1) == []


def test_what_moves_an_entry_on_has_changed_it_and_what_does_not_says_it_again(told):
    deal = f"{DEAL} {DOUBT}"
    tell(
        told,
        1,
        deal,
        commitment(deal, DEAL, kind=CommitmentKind.AGREEMENT),
        question(deal, DOUBT),
        published=date(2026, 2, 5),
    )

    assert since(told) == [
        (ChangeKind.CHANGED, "C-1", "offered, now agreed"),
        (ChangeKind.REPEATED, "Q-1", "said again in S-2"),
    ]


def test_what_people_decided_is_told_with_its_reason(told):
    tell(told, 0.1, DEAL, commitment(DEAL, kind=CommitmentKind.AGREEMENT), published=date(2026, 2, 5))
    revise.mark_wrong(told, HERE, "Q-1", ME, NOW + DAY)
    revise.retract(told, HERE, "S-2", ME, NOW + DAY)

    assert since(told) == [
        (ChangeKind.CHANGED, "C-1", "rests no longer on S-2, which is retracted"),
        (ChangeKind.WITHDRAWN, "Q-1", "marked wrong"),
    ]
    revise.retract(told, HERE, "S-1", ME, NOW + DAY)
    assert since(told)[0] == (ChangeKind.WITHDRAWN, "C-1", "S-2 is retracted; S-1 is retracted")


def test_what_was_taken_back_in_between_is_no_change(told):
    revise.correct(told, HERE, "C-1", "due", "May", ME, NOW + DAY)
    assert since(told) == [(ChangeKind.CHANGED, "C-1", "due set by a person")]

    revise.undo(told, HERE, last_line(told).id, ME, NOW + 2 * DAY)

    assert since(told) == []


def test_a_source_that_came_and_went_in_between_is_no_news(told):
    tell(told, 1, COST, commitment(COST, action="pay nine crowns"))
    revise.retract(told, HERE, "S-2", ME, NOW + 2 * DAY)

    assert since(told) == []


def test_an_entry_that_came_and_was_marked_wrong_in_between_is_no_news(told):
    tell(told, 1, COST, commitment(COST, action="pay nine crowns"))
    revise.mark_wrong(told, HERE, "C-2", ME, NOW + 2 * DAY)

    assert since(told) == []


def test_a_restored_source_brings_its_entries_back(told):
    revise.retract(told, HERE, "S-1", ME, NOW)
    revise.restore(told, HERE, "S-1", ME, NOW + DAY)

    assert since(told) == [
        (ChangeKind.CHANGED, "C-1", "S-1 counts again"),
        (ChangeKind.CHANGED, "Q-1", "S-1 counts again"),
    ]


def test_what_was_decided_on_names_is_told_apart(told):
    revise.name_party(told, HERE, "the Crown", "Norland", ME, NOW + DAY)

    found = overview.changes(told, HERE, NOW)

    assert found.changes == ()
    assert [line.subject for line in found.names] == ["the Crown"]


def test_of_many_new_entries_the_latest_are_told_and_the_others_counted(told):
    tell(told, 1, COST, commitment(COST, action="pay nine crowns"))
    tell(told, 1, DEAL, commitment(DEAL, action="sell the ferry", kind=CommitmentKind.AGREEMENT))

    found = overview.changes(told, HERE, NOW, most=1)

    assert [change.entry.id for change in found.changes] == ["C-3"]
    assert found.left == 1
    assert changes_reply(found).lead.splitlines()[1] == "2 sources added. 2 new entries"
    assert changes_reply(found).notes == ("1 new entry came before these: /commitments",)


def test_nothing_of_another_workspace_is_told(told):
    tell(told, 1, DEAL, commitment(DEAL, kind=CommitmentKind.AGREEMENT), workspace=THERE)

    assert since(told) == []
    assert since(told, workspace=THERE) == [(ChangeKind.NEW, "C-1", "")]


def test_a_visit_remembers_when_a_member_asked_last(store):
    assert store.visit(HERE, "42", NOW) is None
    assert store.visit(HERE, "42", NOW + DAY) == NOW
    assert store.visit(HERE, "43", NOW) is None
    assert store.visit(THERE, "42", NOW) is None
