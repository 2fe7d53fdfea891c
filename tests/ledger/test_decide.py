"""What becomes of a Source's findings, from the findings and the candidates alone."""

from datetime import date

from bot.domain import Candidate, CommitmentKind, Findings, SourceRef
from bot.ledger import Candidates, commitment_key, decide, fact_key, keys, question_key
from tests.store.make import commitment, fact, place, question

T = "Norland will rebuild the bridge. Norland will rebuild the bridge by June. Who will pay?"
SOURCE = SourceRef("", "", date(2026, 3, 1))


def test_findings_that_nobody_said_before_open_entries():
    found = Findings((commitment(T),), (question(T),), (fact(T),))

    decided = decide(found, SOURCE, Candidates())

    (c,), (q,), (f,) = decided.commitments, decided.questions, decided.facts
    assert (c.finding, c.entry, c.reason, c.status) == (found.commitments[0], None, "", "pledged")
    assert (q.entry, q.status, f.entry, f.status) == (None, "open", None, "")
    assert (c.key, q.key, f.key) == tuple(group[0] for group in keys(found))
    assert (c.key, q.key, f.key) == (commitment_key(c.finding), question_key(q.finding), fact_key(f.finding))


def test_a_repetition_is_a_mention_of_the_first_entry_of_its_kind():
    offer, pledge = commitment(T, kind=CommitmentKind.OFFER), commitment(T)
    held = Candidates({commitment_key(pledge): [Candidate("C-3", offer), Candidate("C-5", pledge)]})

    decided = decide(Findings((pledge, offer)), SOURCE, held)

    assert [(d.entry, bool(d.reason)) for d in decided.commitments] == [("C-5", True), ("C-3", True)]


def test_a_candidate_that_is_at_odds_is_passed_over():
    new = commitment(T, recipients=("Isles",))
    held = Candidates({commitment_key(new): [Candidate("C-1", commitment(T, recipients=("Estmark",)))]})

    assert decide(Findings((new,)), SOURCE, held).commitments[0].entry is None


def test_a_finding_too_vague_for_a_key_is_never_merged():
    vague = commitment(T, action="?")
    held = Candidates({"": [Candidate("C-1", vague)]})

    decided = decide(Findings((vague, vague)), SOURCE, held)

    assert [d.entry for d in decided.commitments] == [None, None]


def test_what_a_source_says_twice_is_one_entry_with_both_quotes():
    first = commitment(T, evidence=place(T, "Norland will rebuild the bridge."))
    again = commitment(T, evidence=place(T, "Norland will rebuild the bridge by June."))

    (decision,) = decide(Findings((again, first)), SOURCE, Candidates()).commitments

    assert [e.start for e in decision.finding.evidence] == [0, 33]


def test_an_offer_and_a_pledge_of_one_source_stay_two():
    offer, pledge = commitment(T, kind=CommitmentKind.OFFER), commitment(T)
    assert len(decide(Findings((offer, pledge)), SOURCE, Candidates()).commitments) == 2


def test_questions_and_facts_are_merged_by_their_own_rules():
    asked, stated = question(T), fact(T)
    held = Candidates(
        questions={question_key(asked): [Candidate("Q-1", asked)]}, facts={fact_key(stated): [Candidate("F-1", stated)]}
    )

    decided = decide(Findings((), (asked, asked), (stated, stated)), SOURCE, held)

    assert [d.entry for d in decided.questions] == ["Q-1"]
    assert [d.entry for d in decided.facts] == ["F-1"]
    assert decided.facts[0].reason == "same statement"
