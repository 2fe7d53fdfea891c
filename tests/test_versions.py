"""New versions of a document: what stayed keeps its id, what vanished is flagged, and it can all be taken back."""

from dataclasses import replace
from datetime import date

import pytest

from bot import answer, overview, revise, versions
from bot.domain import ChangeKind, CommitmentKind, CommitmentStatus, Findings, Query
from bot.errors import BadInput, NotFound
from tests.store.make import HERE, LATER, NOW, commitment, fact, new_source, question, tell
from tests.test_revise import COST, DOUBT, ME, OFFER, exported, last_line

PAINT = "Norland will paint the bridge."
BRIEF = f"{OFFER} {PAINT} {DOUBT} {COST}"


def findings(text):
    """What stands in a text of these sentences."""
    found = []
    if OFFER in text:
        found.append(commitment(text, OFFER, kind=CommitmentKind.OFFER))
    if PAINT in text:
        found.append(commitment(text, PAINT, action="paint the bridge", actors=(), actor_text="They"))
    return Findings(
        tuple(found),
        (question(text, DOUBT),) if DOUBT in text else (),
        (fact(text, COST),) if COST in text else (),
    )


def renew(store, text, old="S-1", found=None, **values):
    new = replace(new_source(text, date(2026, 1, 6)), added_by=ME, added_at=LATER, **values)
    return versions.replace(store, HERE, old, new, found or findings(text))


@pytest.fixture
def told(store):
    tell(
        store,
        BRIEF,
        *findings(BRIEF).commitments,
        question(BRIEF, DOUBT),
        fact(BRIEF, COST),
        published=date(2026, 1, 5),
    )
    return store


def test_a_sum_that_the_new_version_puts_otherwise_is_told_of_the_same_entry(told):
    paid = "Norland will give EUR 50 million to the bridge fund."
    edited = paid.replace("50", "77")

    def say(text):
        return commitment(text, action=text.partition("will ")[2].rstrip("."))

    tell(told, paid, say(paid), published=date(2026, 1, 5))
    added, became = renew(told, edited, "S-2", Findings((say(edited),)))

    assert (added.new_commitments, became.stayed, became.gone) == ((), ("C-3",), ())
    assert [(one.entry.id, one.what) for one in overview.changes(told, HERE, NOW).changes if one.kind == "changed"] == [
        ("C-3", "EUR 50 million, now EUR 77 million")
    ]


def test_what_stayed_keeps_its_id_and_what_vanished_is_flagged(told):
    added, became = renew(told, f"As amended. {OFFER} {COST} {PAINT}")

    assert (became.stayed, became.gone) == (("C-1", "C-2", "F-1"), ("Q-1",))
    assert (added.new_commitments, added.repeated_commitments) == ((), ("C-1", "C-2"))
    assert told.entry(HERE, "Q-1").status == "no longer in the current version"
    assert told.entry(HERE, "C-1").status is CommitmentStatus.OFFERED
    assert [mention.source.id for mention in told.entry(HERE, "C-1").mentions] == ["S-2"], "one document speaks once"
    assert answer.questions(told, HERE, Query()).total == 0
    flagged = answer.questions(told, HERE, Query(status="no longer in the current version"))
    assert [entry.id for entry in flagged.items] == ["Q-1"]
    old, new = told.source(HERE, "S-1"), told.source(HERE, "S-2")
    assert (old.status, old.superseded_by, new.supersedes) == ("superseded", "S-2", "S-1")
    assert told.check() == []


def test_what_another_source_says_too_stays_without_the_old_version(told):
    tell(told, DOUBT, question(DOUBT), published=date(2026, 2, 1))

    _, became = renew(told, f"As amended. {OFFER}", old="S-1")

    assert became.gone == ("C-2", "F-1")
    assert told.entry(HERE, "Q-1").status == "open"


def test_a_slot_that_reads_otherwise_in_the_same_sentence_keeps_the_id(told):
    text = f"As amended. {OFFER} {PAINT}"
    read = replace(findings(text).commitments[0], actors=("Kingdom of Norland",), kind=CommitmentKind.PLAN)

    _, became = renew(told, text, found=Findings((read,)))

    assert became.stayed == ("C-1",)
    entry = told.entry(HERE, "C-1")
    assert entry.finding.actors == ("Kingdom of Norland",)
    assert entry.mentions[0].reason == "the same sentence in S-1, the earlier version"


def test_taking_a_new_version_back_brings_the_earlier_one_back(told):
    before = exported(told)
    renew(told, f"As amended. {OFFER}")
    assert last_line(told).what == "new version"

    revise.undo(told, HERE, last_line(told).id, ME, LATER)

    assert exported(told) == before
    assert told.source(HERE, "S-2").status == "removed"
    assert told.check() == []


def test_the_same_text_is_no_new_version(told):
    added, became = renew(told, BRIEF)

    assert added.duplicate
    assert (became.stayed, became.gone) == ((), ())
    assert told.source(HERE, "S-1").status == "current"


def test_a_source_that_does_not_count_cannot_be_superseded(told):
    revise.retract(told, HERE, "S-1", ME, NOW)

    with pytest.raises(BadInput, match="S-1 is retracted"):
        renew(told, OFFER)
    with pytest.raises(NotFound, match="There is no S-9"):
        renew(told, OFFER, old="S-9")
    assert told.sources(HERE, Query()).total == 0


def test_a_new_version_tells_what_vanished_and_is_silent_on_what_stayed(told):
    renew(told, f"As amended. {OFFER}")

    found = overview.changes(told, HERE, NOW)

    assert [(change.kind, change.entry.id, change.what) for change in found.changes] == [
        (ChangeKind.WITHDRAWN, "C-2", "no longer in the current version of S-1"),
        (ChangeKind.WITHDRAWN, "F-1", "no longer in the current version of S-1"),
        (ChangeKind.WITHDRAWN, "Q-1", "no longer in the current version of S-1"),
    ]


def again(store, found, *, apply=True, source="S-1"):
    (result,) = versions.reread(store, HERE, {source: found}, ME, LATER, apply=apply)
    return (
        tuple(entry.id for entry in result.appeared),
        tuple(entry.id for entry in result.disappeared),
        result.changed,
        result.stayed,
    )


def test_reading_again_by_the_same_rules_changes_nothing(told):
    tell(told, f"Said again. {OFFER}", commitment(f"Said again. {OFFER}", OFFER, kind=CommitmentKind.OFFER))
    before = exported(told)

    assert again(told, findings(BRIEF)) == ((), (), (), 4)

    assert exported(told) == before
    assert told.check() == []


def test_newer_rules_show_what_appears_and_disappears_before_it_is_applied(told):
    before = exported(told)
    newer = Findings(
        (replace(findings(BRIEF).commitments[0], due="by May"), commitment(BRIEF, DOUBT, action="pay for it all")),
        facts=(fact(BRIEF, COST),),
    )

    rehearsed = again(told, newer, apply=False)

    assert rehearsed == (("C-3",), ("C-2", "Q-1"), ("C-1",), 2)
    assert exported(told) == before
    assert again(told, newer) == rehearsed
    assert told.entry(HERE, "C-1").finding.due == "by May"
    assert told.entry(HERE, "C-2").status == "no longer found"
    assert [e.id for e in answer.questions(told, HERE, Query(status="no longer found")).items] == ["Q-1"]
    assert answer.commitments(told, HERE, Query(text="paint")).total == 0
    assert told.check() == []


def test_what_is_found_again_later_has_its_old_id(told):
    before = exported(told)
    again(told, Findings())
    assert told.counts(HERE).commitments == 0

    assert again(told, findings(BRIEF)) == (("C-1", "C-2", "Q-1", "F-1"), (), (), 0)

    assert exported(told) == before
    assert told.check() == []


def test_what_people_decided_outlives_newer_rules_and_can_still_be_taken_back(told):
    revise.correct(told, HERE, "C-1", "due", "May", ME, NOW)
    line = last_line(told).id
    revise.mark_wrong(told, HERE, "C-2", ME, NOW)

    again(
        told, Findings((replace(findings(BRIEF).commitments[0], condition="if paid"), *findings(BRIEF).commitments[1:]))
    )

    assert told.entry(HERE, "C-1").finding.due == "May"
    assert told.entry(HERE, "C-1").finding.condition == "if paid"
    assert told.entry(HERE, "C-2").status == "marked wrong"
    revise.undo(told, HERE, line, ME, LATER)
    assert told.entry(HERE, "C-1").finding.due is None
    assert told.check() == []


def test_an_entry_that_another_source_says_loses_only_the_mention(told):
    tell(told, DOUBT, question(DOUBT), published=date(2026, 2, 1))

    again(told, Findings())

    assert told.entry(HERE, "Q-1").status == "open"
    assert [mention.source.id for mention in told.entry(HERE, "Q-1").mentions] == ["S-2"]
