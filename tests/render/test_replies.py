"""What each Reply says, in plain values."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain import (
    Added,
    Brief,
    Commitment,
    CommitmentKind,
    CommitmentStatus,
    Evidence,
    Findings,
    Firmness,
    Hit,
    Medium,
    Mention,
    Page,
    Query,
    QuestionStatus,
    Quote,
    SourceStatus,
    Status,
    Update,
    Why,
)
from bot.render import (
    added_line,
    added_reply,
    brief_reply,
    commitments_reply,
    error_reply,
    evidence_reply,
    facts_reply,
    findings_reply,
    questions_reply,
    removed_reply,
    search_reply,
    show_reply,
    sources_reply,
    status_reply,
    update_reply,
)
from bot.render.entries import details
from bot.render.state import unpack
from tests.samples import (
    DOUBT,
    FIGURE,
    NOW,
    OFFER,
    commitment,
    document,
    fact,
    findings,
    offer,
    question,
    source,
    source_ref,
)


def page(*items, number=0, size=5, total=None):
    return Page(items, number, size, len(items) if total is None else total)


def said_again() -> Commitment:
    """The offer, said again two weeks later in other words."""
    first, again = source_ref(), source_ref("S-2", date(2026, 3, 14))
    one = offer(evidence=(Evidence(22, 110, OFFER, first),))
    two = offer(evidence=(Evidence(0, 20, "The offer is renewed", again),))
    return Commitment(
        "C-1",
        CommitmentStatus.CONDITIONAL,
        replace(two, evidence=(*one.evidence, *two.evidence)),
        (Mention(first, one), Mention(again, two)),
        date(2026, 3, 1),
        date(2026, 3, 14),
    )


def test_a_commitment_in_a_list_has_id_kind_headline_condition_and_quote():
    reply = commitments_reply(page(commitment()), Query())
    (item,) = reply.items
    assert item.id == "C-1"
    assert item.badge == "offer · conditional"
    assert item.headline == "Norland and Isles offered to send engineers to Estmark"
    assert item.details == (("Condition", "if the ceasefire holds"),)
    assert item.quotes[0].text == OFFER
    assert item.quotes[0].source.id == "S-1"


def test_a_status_that_the_kind_says_already_is_not_said_twice():
    plain = commitment(status=CommitmentStatus.OFFERED, firmness=Firmness.FIRM)
    assert commitments_reply(page(plain), Query()).items[0].badge == "offer"


def test_a_recipient_that_the_action_names_is_not_said_twice():
    elsewhere = commitment(recipients=("Estmark", "Sudmark"))
    details = dict(commitments_reply(page(elsewhere), Query()).items[0].details)
    assert details["To"] == "Sudmark"


@pytest.mark.parametrize(
    ("words", "when", "said"),
    [
        ("by the end of March", date(2026, 3, 31), "by the end of March (31 March 2026)"),
        ("in March", date(2026, 3, 31), "in March (by 31 March 2026)"),
        ("by 31 March", date(2026, 3, 31), "by 31 March (2026)"),
        ("on 31 March 2026", date(2026, 3, 31), "on 31 March 2026"),
        ("soon", None, "soon"),
    ],
)
def test_a_due_date_keeps_the_words_of_the_text(words, when, said):
    item = commitments_reply(page(commitment(due=words, due_date=when)), Query()).items[0]
    assert dict(item.details)["Due"] == said


def test_an_entry_of_several_sources_shows_the_quote_of_the_latest_and_counts_the_others():
    item = commitments_reply(page(said_again()), Query()).items[0]
    assert item.quotes[0].text == "The offer is renewed"
    assert item.quotes[0].source.id == "S-2"
    assert item.more_quotes == 1
    assert dict(item.details)["Mentioned"] == "2 sources, 1 March 2026 to 14 March 2026"


def test_a_list_says_what_was_asked_for():
    reply = commitments_reply(page(commitment()), Query(actor="Norland", since=date(2026, 3, 1)))
    assert reply.lead == "1 matches actor “Norland” and since 2026-03-01"


def test_page_buttons_lead_to_the_pages_around_with_the_same_filters():
    query = Query(actor="Norland", kind="offer")
    reply = commitments_reply(page(commitment(), number=1, total=12), query)
    before, after = reply.actions
    assert unpack(before.argument) == ("commitments", query, 0)
    assert unpack(after.argument) == ("commitments", query, 2)
    assert (before.enabled, after.enabled) == (True, True)
    assert reply.notes == ("Page 2 of 3",)


def test_the_first_page_leads_nowhere_back_and_the_last_nowhere_on():
    first = questions_reply(page(question(), number=0, total=6), Query())
    last = questions_reply(page(question(), number=1, total=6), Query())
    assert [action.enabled for action in first.actions] == [False, True]
    assert [action.enabled for action in last.actions] == [True, False]


def test_a_single_page_has_no_page_buttons():
    assert facts_reply(page(fact()), Query()).actions == ()


def test_the_terminal_is_told_how_to_see_the_next_page():
    reply = questions_reply(page(question(), total=6), Query(), medium=Medium.TERMINAL)
    assert reply.notes == ("Page 1 of 2. Next: --page 2",)


def test_an_empty_list_names_what_was_asked_and_what_is_like_it():
    reply = commitments_reply(page(), Query(actor="Frence"), near=("France", "French Guiana"))
    assert reply.lead == "Nothing held matches actor “Frence”. Did you mean “France” or “French Guiana”?"
    assert reply.items == ()


def test_an_empty_list_without_a_like_name_says_where_to_look():
    assert "/sources" in questions_reply(page(), Query(about="Mars")).lead
    assert "dossier sources" in questions_reply(page(), Query(about="Mars"), medium=Medium.TERMINAL).lead


def test_an_empty_list_with_several_filters_says_to_take_one_away():
    assert "Take a filter away" in commitments_reply(page(), Query(actor="A", kind="offer")).lead


def test_an_empty_workspace_says_how_to_begin():
    assert sources_reply(page(), Query()).lead == "No sources are held yet. /source add adds one."
    assert "dossier ingest" in facts_reply(page(), Query(), medium=Medium.TERMINAL).lead


def test_an_answered_question_says_so():
    assert (
        questions_reply(page(question(status=QuestionStatus.ANSWERED)), Query()).items[0].badge == "indirect · answered"
    )


def test_a_key_fact_of_the_document_says_so():
    assert facts_reply(page(fact(), fact(listed=False)), Query()).items[0].badge == "figure · key fact"
    assert facts_reply(page(fact(listed=False)), Query()).items[0].badge == "figure"


def test_a_source_in_a_list_says_when_and_how_much():
    item = sources_reply(page(source()), Query()).items[0]
    assert item.details == (("", "1 March 2026 · 1 commitment, 1 open question and 1 fact"),)


def test_a_source_without_title_and_date_says_so_and_invents_none():
    item = sources_reply(
        page(source(title="", origin="", published=None, status=SourceStatus.RETRACTED)), Query()
    ).items[0]
    assert item.headline == "Untitled"
    assert item.details[0][1].startswith("date not given")
    assert item.badge == "retracted"


def test_a_search_hit_shows_the_place_and_the_entries_that_rest_on_it():
    hit = Hit(Quote(OFFER, source_ref(), "Before.", DOUBT, 22, 110), ("C-1", "Q-1"))
    reply = search_reply(page(hit), Query(text="engineers"))
    assert reply.lead == "1 sentence with “engineers”"
    assert reply.items[0].details == (("Entries", "C-1, Q-1"),)
    assert reply.items[0].quotes == (hit.quote,)


def test_showing_a_commitment_gives_every_slot_and_the_reason():
    judged = Why("have offered", "offer-verb", 0.934, ("for: cue", "against: tense", "for: verb"))
    rows = dict(show_reply(commitment(why=judged, attribution="officials said", due="soon")).items[0].details)
    assert rows == {
        "Actors": "Norland and Isles",
        "In the text": "Norland and the Isles",
        "Action": "send engineers to Estmark",
        "Recipients": "Estmark",
        "Condition": "if the ceasefire holds",
        "Due": "soon",
        "Attribution": "officials said",
        "Firmness": "conditional",
        "Status": "conditional",
        "Why": "“have offered”, by the rule “offer-verb”, judged 0.93",
    }


@pytest.mark.parametrize(
    ("said", "told"),
    [("Norland and the Isles said", False), ("Norland said", True), ("Norland and the Isles’ envoy said", True)],
)
def test_who_speaks_for_itself_is_no_source_besides(said, told):
    assert (("Attribution", said) in details(commitment(attribution=said))) is told


def test_what_the_sentence_does_not_give_is_left_out():
    bare = commitment(actors=(), actor_text="", recipients=(), condition=None)
    assert not {"Actors", "In the text", "Recipients", "Condition", "Due"} & set(
        dict(show_reply(bare).items[0].details)
    )


def test_silence_is_told_as_silence_and_not_as_failure():
    assert show_reply(commitment()).notes == ("Last mentioned 1 March 2026. No later mention in the sources held.",)
    undated = replace(commitment(), mentions=(Mention(source_ref(published=None), offer()),))
    assert show_reply(undated).notes == ("Its source gives no date. No later mention in the sources held.",)


def test_showing_a_question_and_a_fact_gives_their_slots():
    assert dict(show_reply(question()).items[0].details)["Matter"] == "the Union will pay for the engineers"
    assert dict(show_reply(fact(value="40 million crowns")).items[0].details)["Amount"] == "40 million crowns"


def test_showing_a_source_gives_its_hash_and_what_to_look_at():
    reply = show_reply(source(questions=0))
    assert dict(reply.items[0].details)["SHA-256"] == "ab" * 32
    assert reply.notes == ("See /commitments source:S-1 and /facts source:S-1.",)
    assert show_reply(source(), medium=Medium.TERMINAL).notes[0].startswith("See dossier commitments --source S-1")


def test_showing_counts_the_quotes_that_are_not_shown():
    quotes = [Quote("The offer is renewed", source_ref("S-2"), "", "", 0, 20)]
    assert show_reply(said_again(), quotes).items[0].more_quotes == 1


def test_evidence_pages_through_the_quotes_of_one_entry():
    quotes = Page((Quote(OFFER, source_ref(), "Before.", "After."),), 1, 1, 3)
    reply = evidence_reply(commitment(), quotes)
    assert reply.title == "Evidence for C-1"
    assert [action.argument for action in reply.actions] == ["C-1|0", "C-1|2"]
    assert [action.verb for action in reply.actions] == ["evidence", "evidence"]
    assert reply.notes == ("3 quotes · Page 2 of 3",)
    assert reply.items[0].quotes[0].before == "Before."


def test_a_brief_of_a_source_has_its_groups_and_says_what_is_left_out():
    reply = brief_reply(Brief(page(commitment(), total=4), page(question()), page(), page(source()), source()))
    assert reply.title == "Brief: Bridges for Estmark"
    assert [name for name, _ in reply.sections] == ["Commitments", "Open questions"]
    assert reply.notes == ("3 more commitments: /commitments source:S-1",)


def test_a_brief_on_a_subject_says_on_how_many_sources_it_rests():
    reply = brief_reply(Brief(page(commitment()), page(), page(), page(source(), total=7), about="Estmark"))
    assert (reply.title, reply.lead) == ("Brief: Estmark", "From 7 sources")


def test_a_brief_on_nothing_says_so():
    assert "Nothing is held" in brief_reply(Brief(page(), page(), page(), page(), about="Mars")).notes[0]


def test_an_added_source_shows_what_is_new_and_what_was_said_again():
    added = Added(source(), False, ("C-1",), ("C-7",), (), ("Q-2",), ("F-1",))
    reply = added_reply(added, Update(source(), (commitment(),), (), (fact(),)))
    assert reply.title == "Added S-1"
    assert "1 new commitment and 1 new fact" in reply.lead
    assert [name for name, _ in reply.sections] == ["New commitments", "New facts"]
    assert reply.notes == ("Said again: C-7 and Q-2",)
    assert reply.private


def test_an_added_source_without_anything_new_says_so():
    assert "No new commitment" in added_reply(Added(source(), False)).lead


def test_the_same_content_again_is_told_with_the_source_that_holds_it():
    reply = added_reply(Added(source(), True))
    assert reply.title == "Already held"
    assert "S-1 · Bridges for Estmark · 1 March 2026, added 14 March 2026" in reply.lead


@pytest.mark.parametrize(
    ("added", "line"),
    [
        (
            Added(source(), False, ("C-1", "C-2"), ("C-3",), (), ("Q-1",), ()),
            "S-1 Bridges for Estmark: 2 new commitments, 1 commitment said again, 1 open question said again",
        ),
        (Added(source(), False), "S-1 Bridges for Estmark: nothing found in it"),
        (Added(source(), True), "S-1 Bridges for Estmark: already held, nothing added"),
    ],
)
def test_an_added_source_is_told_in_one_line(added, line):
    assert added_line(added) == line


def test_an_update_is_public_and_shows_what_is_new_with_ids_and_quotes():
    reply = update_reply(Update(source(), (commitment(),), (question(),), (fact(),), (said_again(),)))
    assert not reply.private
    assert reply.title == "New source: Bridges for Estmark"
    assert [item.id for _, items in reply.sections for item in items] == ["C-1", "Q-1", "F-1"]
    assert all(item.quotes for _, items in reply.sections for item in items)
    assert reply.notes == ("Said again: C-1",)


def test_an_update_shows_the_first_few_and_says_where_the_rest_is():
    many = tuple(commitment(f"C-{number}") for number in range(1, 6))
    reply = update_reply(Update(source(), many))
    assert len(reply.sections[0][1]) == 3
    assert reply.notes == ("2 more new commitments: /commitments source:S-1",)


def test_a_fact_whose_sentence_is_shown_already_is_left_out_and_still_counted():
    twins = fact(quote=OFFER), fact("F-2", quote=DOUBT), fact("F-3")
    update = Update(source(), (commitment(),), (question(),), twins)
    reply = added_reply(Added(source(), False, ("C-1",), (), ("Q-1",), (), ("F-1", "F-2", "F-3")), update)
    assert [one.id for _, items in reply.sections for one in items] == ["C-1", "Q-1", "F-3"]
    assert "1 new commitment, 1 new open question and 3 new facts" in reply.lead
    assert reply.notes == ()


def test_a_fact_whose_sentence_is_too_far_down_to_be_shown_is_kept():
    many = tuple(commitment(f"C-{number}", quote=DOUBT) for number in range(1, 4))
    update = Update(source(), (*many, commitment("C-4")), (), (fact(quote=OFFER),))
    assert [one.id for one in update_reply(update).sections[1][1]] == ["F-1"]


def test_an_update_of_a_source_with_nothing_new_says_so():
    assert "No new commitment" in update_reply(Update(source())).lead


def test_a_removed_source_says_what_becomes_of_its_entries():
    reply = removed_reply(source())
    assert reply.title == "Removed S-1"
    assert "no longer appear" in reply.notes[0]


def test_status_says_what_is_held_and_how_the_bot_is():
    lines = status_reply(Status("0.1.0", 3, 4, 1, 6, NOW, 2048, 2, NOW)).lines
    assert "Held: 3 sources, 4 commitments, 1 open question and 6 facts" in lines
    assert "Waiting to be read: 2 documents" in lines
    assert "Running since: 14 March 2026, 09:05 UTC" in lines


def test_status_of_an_empty_workspace_says_that_nothing_was_added():
    lines = status_reply(Status("0.1.0", 0, 0, 0, 0, None, 2048)).lines
    assert "Last source added: none yet" in lines


def test_an_error_says_what_happened_and_carries_its_reference():
    assert error_reply("The file is empty.").notes == ()
    assert "ab12" in error_reply("Something broke.", "ab12").notes[0]


def test_findings_of_a_document_that_is_not_held_are_shown_without_ids():
    reply = findings_reply(document(), findings(), "bridges.txt")
    assert [name for name, _ in reply.sections] == ["Commitments", "Open questions", "Facts"]
    items = [item for _, group in reply.sections for item in group]
    assert [item.id for item in items] == ["", "", ""]
    assert [item.quotes[0].text for item in items] == [OFFER, DOUBT, FIGURE]
    assert dict(items[0].details)["Why"] == "“have offered”, by the rule “offer-verb”"


def test_a_document_without_findings_says_so():
    assert findings_reply(document(title=""), Findings(), "bridges.txt").title == "bridges.txt"
    assert findings_reply(document(), Findings(), "bridges.txt").notes


@pytest.mark.parametrize("kind", list(CommitmentKind))
def test_every_kind_of_commitment_can_be_listed(kind):
    assert commitments_reply(page(commitment(kind=kind)), Query()).items[0].badge.startswith(str(kind))


@pytest.mark.parametrize(("kind", "label"), [("event", "When"), ("figure", "Amount"), ("position", "Value")])
def test_the_value_of_a_fact_is_called_what_it_is(kind, label):
    assert dict(facts_reply(page(fact(kind=kind, value="Monday")), Query()).items[0].details)[label] == "Monday"


def test_a_source_without_a_date_adds_none_to_where_an_entry_was_mentioned():
    first, *_ = said_again().mentions
    undated = Mention(source_ref("S-3", None), offer())
    entry = replace(said_again(), mentions=(first, undated), last_seen=date(2026, 11, 23))
    assert dict(commitments_reply(page(entry), Query()).items[0].details)["Mentioned"] == "2 sources"
    assert show_reply(entry).notes[0].startswith("Last mentioned 1 March 2026")
