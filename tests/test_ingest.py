"""Ingest: one transaction a source, the same content once, repetition found, and nothing half there after a kill."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date

import pytest

from bot.domain import CommitmentKind, CommitmentStatus, Query
from bot.errors import EvidenceMismatch
from bot.revise import name_party
from bot.store import open_store
from tests.conftest import ROOT
from tests.store.make import HERE, NOW, THERE, commitment, fact, question, tell

JANUARY = "Norland offered to rebuild the bridge for Estmark if the ceasefire holds. Who will pay for the bridge?"
MARCH = "The parties met. Norland agreed to rebuild the bridge. It is not known who would pay for the bridge."


def january(**slots):
    return commitment(
        JANUARY,
        "Norland offered to rebuild the bridge for Estmark if the ceasefire holds.",
        **{"kind": CommitmentKind.OFFER, "condition": "if the ceasefire holds", **slots},
    )


def march(**slots):
    quote = "Norland agreed to rebuild the bridge."
    return commitment(MARCH, quote, **{"kind": CommitmentKind.AGREEMENT, "recipients": (), **slots})


SOVEREIGNTY = (
    ("Norland reaffirmed its commitment to Estmark's sovereignty.", "Estmark's sovereignty and territorial integrity"),
    ("It is to uphold the sovereignty of Estmark.", "uphold the sovereignty and the territorial integrity of Estmark"),
)


def test_a_matter_said_again_in_other_words_is_one_entry_and_stays_one_when_an_alias_comes_in_between(store):
    (one, first), (other, second) = SOVEREIGNTY
    tell(store, one, commitment(one, action=first, recipients=()), published=date(2026, 1, 10))
    names = {"actors": ("The Realm",), "recipients": ()}
    apart = tell(store, other, commitment(other, action=second, **names), published=date(2026, 2, 20))
    name_party(store, HERE, "The Realm", "Norland", "42", NOW)
    again = tell(store, f"{other} Yes.", commitment(other, action=second, **names), published=date(2026, 2, 20))

    assert (apart.new_commitments, again.repeated_commitments) == (("C-2",), ("C-2",))
    third = tell(store, f"{one} So.", commitment(one, action=f"{second} again", **names), published=date(2026, 2, 20))
    assert third.repeated_commitments
    assert store.check() == []


def test_a_matter_in_other_words_has_the_reason_in_words(store):
    (one, first), (other, second) = SOVEREIGNTY
    tell(store, one, commitment(one, action=first, recipients=()), published=date(2026, 1, 10))
    tell(store, other, commitment(other, action=second, recipients=()), published=date(2026, 2, 20))

    assert [m.reason for m in store.entry(HERE, "C-1").mentions] == [
        "",
        "same actor, same action in other words; 41 days apart",
    ]


def test_a_matter_said_again_is_one_entry_with_its_reason_and_its_steps(store):
    first = tell(store, JANUARY, january(), question(JANUARY), published=date(2026, 1, 10))
    second = tell(store, MARCH, march(), question(MARCH), published=date(2026, 3, 1))

    held = store.entry(HERE, "C-1")
    assert (first.new_commitments, first.new_questions) == (("C-1",), ("Q-1",))
    assert (second.repeated_commitments, second.repeated_questions) == (("C-1",), ("Q-1",))
    assert (second.new_commitments, second.new_questions) == ((), ())
    assert [m.reason for m in held.mentions] == [
        "",
        "same actor, same action, recipient given once, condition given once; 50 days apart",
    ]
    assert held.status is CommitmentStatus.AGREED
    assert store.commitments(HERE, Query(as_of=date(2026, 2, 1))).items[0].status is CommitmentStatus.CONDITIONAL
    assert store.check() == []


def test_the_order_in_which_sources_come_in_does_not_matter_for_where_it_stands(store):
    tell(store, MARCH, march(), published=date(2026, 3, 1))
    tell(store, JANUARY, january(), published=date(2026, 1, 10))

    held = store.entry(HERE, "C-1")
    assert held.status is CommitmentStatus.AGREED
    assert [m.source.id for m in held.mentions] == ["S-2", "S-1"]
    assert store.commitments(HERE, Query(as_of=date(2026, 2, 1))).items[0].status is CommitmentStatus.CONDITIONAL


def test_asking_again_does_not_open_an_answered_question(store):
    tell(store, JANUARY, question(JANUARY), published=date(2026, 1, 10))
    store.set_steps(HERE, "Q-1", ["answered"])
    tell(store, MARCH, question(MARCH), published=date(2026, 3, 1))
    assert store.questions(HERE, Query()).total == 0


def test_a_matter_said_often_costs_no_more_to_say_again(store):
    def statements():
        asked = []
        with store._db.tracer(lambda sql, _: asked.append(sql)):
            text = f"Norland will rebuild the bridge. This is number {next(numbers)}."
            tell(store, text, commitment(text, "Norland will rebuild the bridge."))
        return len(asked)

    numbers = iter(range(100))
    statements()
    few = statements()
    for _ in range(40):
        statements()
    assert statements() == few


def test_a_matter_of_another_workspace_is_not_repeated(store):
    tell(store, JANUARY, january(), workspace=THERE)
    assert tell(store, MARCH, march()).new_commitments == ("C-1",)
    assert len(store.entry(THERE, "C-1").mentions) == 1


def test_the_same_content_again_is_a_duplicate_that_changes_nothing(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    first = tell(store, JANUARY, january())
    again = tell(store, JANUARY, january(), question(JANUARY))

    assert (again.duplicate, again.source, again.new_commitments) == (True, first.source, ())
    assert store.counts(HERE).questions == 0
    assert len(store.postings_due(NOW)) == 1


def test_a_quiet_addition_owes_no_post(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    tell(store, JANUARY, january(), announce=False)
    assert store.postings_due(NOW) == ()


def test_parties_can_be_asked_for_by_the_names_that_the_extractor_knows(store):
    names = (("United Kingdom", ("uk", "britain", "london")), ("France", ("french", "paris")), ("Atlantis", ("at",)))
    tell(store, JANUARY, january(actors=("United Kingdom",), recipients=("France",)), names=names)

    assert store.commitments(HERE, Query(actor="UK")).total == 1
    assert store.commitments(HERE, Query(actor="Britain", recipient="French")).total == 1
    assert store.parties(HERE, "brit") == ("United Kingdom",)
    assert store.party(HERE, "London") == "United Kingdom"


def test_saving_needs_no_language_processing():
    asked = "import sys, bot.ingest; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=False).returncode == 0


def test_a_fact_said_again_word_for_word_is_one_fact(store):
    text = "The bridge cost 5m."
    tell(store, text, fact(text))
    done = tell(store, f"Report. {text}", fact(f"Report. {text}", text))

    assert done.new_facts == ()
    assert len(store.entry(HERE, "F-1").mentions) == 2


def test_a_refused_finding_leaves_nothing_of_the_source(store):
    with pytest.raises(EvidenceMismatch):
        tell(store, JANUARY, january(), question(MARCH))

    assert store.counts(HERE).sources == 0
    assert tell(store, JANUARY, january()).source.id == "S-1"


def test_removing_the_first_source_keeps_what_the_second_says(store):
    tell(store, JANUARY, january(), published=date(2026, 1, 10))
    tell(store, MARCH, march(), published=date(2026, 3, 1))
    store.remove_source(HERE, "S-1", "42", NOW)

    held = store.entry(HERE, "C-1")
    assert (held.status, len(held.mentions)) == (CommitmentStatus.AGREED, 1)


WRITER = """
    import sys
    from datetime import date
    from bot.store import open_store
    from tests.store.make import HERE, NOW, commitment, fact, question, tell

    with open_store(sys.argv[1]) as store:
        store.set_updates_channel(HERE, "7", "42", NOW)
        print("ready", flush=True)
        for n in range(100_000):
            text = f"Norland will rebuild the bridge. Source {n}. " + " ".join(f"Fact {n} {i}." for i in range(40))
            facts = [fact(text, f"Fact {n} {i}.") for i in range(40)]
            tell(store, text, commitment(text, "Norland will rebuild the bridge."), *facts)
"""


@pytest.mark.parametrize("after", [0.05, 0.21, 0.43])
def test_a_killed_process_leaves_no_half_source(tmp_path, after):
    path = tmp_path / "dossier.db"
    writer = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with writer:
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(after)
        os.kill(writer.pid, signal.SIGKILL)
    assert writer.returncode == -signal.SIGKILL

    with open_store(path) as store:
        held = store.counts(HERE)
        assert store.check() == []
        assert held.facts == held.sources * 40
        assert len(store.postings_due(NOW, limit=100_000)) == held.sources
        if held.sources:
            assert len(store.entry(HERE, "C-1").mentions) == held.sources
        tell(store, "It goes on.", fact("It goes on."))
        assert store.check() == []


def test_a_release_that_is_added_again_without_its_title_doubles_nothing(store):
    said = "It will mend the roof."
    first, second = f"News of the club\n\n{said} More follows.", f"{said} More follows."
    nobody = {"actors": (), "actor_text": "It"}
    tell(store, first, commitment(first, said, **nobody))
    done = tell(store, second, commitment(second, said, **nobody))

    assert (done.new_commitments, done.repeated_commitments) == ((), ("C-1",))
    assert [m.reason for m in store.entry(HERE, "C-1").mentions] == ["", "the same sentence; on the same day"]
