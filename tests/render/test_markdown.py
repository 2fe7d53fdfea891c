import re

from bot.domain import CommitmentKind, Hit, Item, Page, Query, QuestionKind, Quote, Reply, SourceStatus, Update
from bot.render import (
    commitments_reply,
    evidence_reply,
    facts_reply,
    questions_reply,
    search_reply,
    show_reply,
    sources_reply,
    update_reply,
)
from bot.render.markdown import MARKS, component_count, parts
from tests.samples import DOUBT, FIGURE, OFFER, commitment, fact, question, source, source_ref


def texts(reply):
    return [part.text for part in parts(reply)]


def test_an_entry_reads_from_kind_to_place():
    (head, entry) = texts(commitments_reply(Page((commitment(),), 0, 5, 1), Query()))
    assert head == "## Commitments\n1 held"
    assert entry == (
        "🔵 **Norland and Isles offered to send engineers to Estmark**\n"
        "-# `C-1` · offer · conditional · Condition: if the ceasefire holds\n"
        f"> {OFFER}\n"
        "> -# `S-1` · Bridges for Estmark · 1 March 2026"
    )


def test_an_entry_with_quotes_has_evidence_beside_it_and_a_source_has_not():
    entry = parts(commitments_reply(Page((commitment(),), 0, 5, 1), Query()))[1]
    held = parts(sources_reply(Page((source(),), 0, 5, 1), Query()))[1]
    assert (entry.evidence, held.evidence) == ("C-1", "")


def test_a_fact_that_is_its_own_sentence_is_not_printed_twice():
    entry = texts(facts_reply(Page((fact(),), 0, 5, 1), Query()))[1]
    assert entry.count(FIGURE) == 1


def test_a_question_or_commitment_that_is_its_own_sentence_has_its_headline_all_the_same():
    asked = question(kind=QuestionKind.DIRECT, question=DOUBT)
    entry = texts(questions_reply(Page((asked,), 0, 5, 1), Query()))[1]
    assert entry.startswith(f"❔ **{DOUBT}**\n-# `Q-1` · direct")


def test_where_one_source_is_named_above_each_quote_has_only_its_place():
    update = update_reply(Update(source(), (commitment(),), (question(),), (fact(),)))
    said = texts(update)
    assert said[2].endswith(f"> {OFFER}\n> -# characters 21–108")
    assert not any("Bridges for Estmark" in part for part in said[1:])


def test_quotes_of_another_source_than_the_one_named_above_keep_their_titles():
    further = "\n".join(texts(update_reply(Update(source("S-2"), (commitment(),)))))
    assert "> -# `S-1` · Bridges for Estmark · 1 March 2026" in further


def test_the_sentences_around_a_quote_are_small_print():
    quote = Quote(OFFER, source_ref(), "Before.", DOUBT, 22, 110)
    entry = texts(evidence_reply(commitment(), Page((quote,), 0, 3, 1)))[1]
    assert entry.startswith(f"> -# Before.\n> **{OFFER}**\n> -# {DOUBT}\n> -# `S-1` · Bridges")
    assert entry.endswith("characters 22–110")


def test_a_hit_names_its_source_once():
    entry = texts(search_reply(Page((Hit(Quote(OFFER, source_ref())),), 0, 5, 1), Query(text="engineers")))[1]
    assert entry.count("Bridges for Estmark") == 1


def test_source_text_cannot_leave_its_block():
    nasty = "one\n# title\n> @everyone **bold** <@1>"
    entry = texts(commitments_reply(Page((commitment(text=nasty, quote=nasty, actors=("**A**",)),), 0, 5, 1), Query()))[
        1
    ]
    assert "\n# title" not in entry
    assert "@everyone" not in entry
    assert r"\*\*A\*\*" in entry


def test_a_withdrawn_source_is_marked_where_it_is_quoted():
    ref = source_ref()
    quote = Quote(OFFER, type(ref)(ref.id, ref.title, ref.published, ref.origin, SourceStatus.RETRACTED))
    assert "retracted" in texts(Reply("t", items=(Item("C-1", "h", quotes=(quote,)),)))[1]


def test_quotes_that_are_not_shown_are_counted():
    item = Item("C-1", "h", quotes=(Quote("q", source_ref()),), more_quotes=2)
    assert texts(Reply("t", items=(item,)))[1].endswith("2 more quotes")


def test_many_details_stand_on_a_line_each():
    entry = texts(show_reply(commitment()))[0]
    assert "\nActors: Norland and Isles\n" in entry


def test_every_kind_has_a_sign_of_its_own_group():
    assert set(MARKS) == {str(kind) for kind in (*CommitmentKind, *QuestionKind)}


def test_components_are_counted_as_they_will_be_laid_out():
    reply = commitments_reply(Page((commitment(),), 0, 5, 12), Query())
    container, texts_, section, rules, buttons, row = 1, 2, 3, 1, 3, 1
    assert component_count(reply) == container + texts_ + section + rules + buttons + row


def test_no_part_is_empty():
    assert texts(Reply("", items=(Item("", ""),))) == []
    assert not re.search(r"^\s*$", "".join(texts(Reply("t"))))


def test_lines_that_say_nothing_are_no_part():
    assert parts(Reply(title="Sources", lines=("", ""))) == parts(Reply(title="Sources"))


def test_an_instant_of_our_own_is_shown_in_the_readers_time_and_a_date_of_a_source_stays_text():
    ours = "Running since: 14 March 2026, 09:05 UTC"
    theirs = "Minutes: 14 March 2026, 09:05 UTC"
    since = "Since you last asked: 14 March 2026, 09:05 UTC"
    head, lines = texts(Reply("Status", lead=since, lines=(ours, theirs, "Read: not yet")))

    assert head == "## Status\nSince you last asked: <t:1773479100:f>"
    assert lines == f"Running since: <t:1773479100:f>\n{theirs}\nRead: not yet"
