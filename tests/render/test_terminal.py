import io
from dataclasses import replace

import pytest
from rich.console import Console

from bot.domain import Brief, CommitmentKind, Item, Page, Query, QuestionKind, Quote, Reply, Status
from bot.render import (
    brief_reply,
    commitments_reply,
    facts_reply,
    questions_reply,
    show_reply,
    sources_reply,
    status_reply,
)
from bot.render.terminal import COLOURS, print_reply
from tests.samples import DOUBT, FIGURE, NOW, commitment, fact, question, source, source_ref


def printed(reply, width=80, **options):
    stream = io.StringIO()
    print_reply(reply, Console(file=stream, width=width, highlight=False, **options))
    return stream.getvalue()


def test_a_commitment_reads_well_at_eighty_columns():
    assert printed(commitments_reply(Page((commitment(),), 0, 5, 1), Query())) == (
        "Commitments\n"
        "1 held\n"
        "\n"
        "C-1  offer · conditional\n"
        "Norland and Isles offered to send engineers to Estmark\n"
        "  Condition  if the ceasefire holds\n"
        "  │ Norland and the Isles have offered to send engineers to Estmark if the\n"
        "  │ ceasefire holds.\n"
        "  S-1 · Bridges for Estmark · 1 March 2026 · characters 21–108\n"
    )


def test_a_colon_in_a_title_parts_no_line():
    reply = Reply("Digest", lines=("Sources added: S-1 · Bridges: a plan", "S-2 · Piers: the cost · 1 March 2026"))

    assert printed(reply).splitlines()[2:] == [
        "Sources added  S-1 · Bridges: a plan",
        "S-2 · Piers: the cost · 1 March 2026",
    ]


def test_a_list_of_sources_takes_two_lines_each():
    assert printed(sources_reply(Page((source(), source("S-2")), 0, 5, 2), Query())) == (
        "Sources\n"
        "2 held\n"
        "\n"
        "S-1  Bridges for Estmark\n"
        "  1 March 2026 · 1 commitment, 1 open question and 1 fact\n"
        "\n"
        "S-2  Bridges for Estmark\n"
        "  1 March 2026 · 1 commitment, 1 open question and 1 fact\n"
    )


@pytest.mark.parametrize("width", [30, 40, 80, 200])
def test_no_line_is_longer_than_the_screen_or_ends_in_blanks(width):
    lines = printed(show_reply(commitment()), width=width).splitlines()
    assert all(len(line) <= width for line in lines)
    assert all(line == line.rstrip() for line in lines)


def test_a_wide_screen_does_not_make_lines_too_long_to_read():
    lines = printed(show_reply(commitment(action="do " + "this and that " * 40)), width=240).splitlines()
    assert max(map(len, lines)) <= 100


def test_nothing_but_text_is_written_where_there_is_no_terminal():
    assert "\x1b" not in printed(show_reply(commitment()))


def test_kinds_are_coloured_on_a_terminal():
    coloured = printed(
        commitments_reply(Page((commitment(),), 0, 5, 1), Query()), force_terminal=True, color_system="standard"
    )
    assert "\x1b[36moffer" in coloured


def test_every_kind_has_a_colour():
    assert set(COLOURS) == {str(kind) for kind in (*CommitmentKind, *QuestionKind)}


def test_a_source_cannot_send_commands_to_the_terminal():
    nasty = "\x1b]0;owned\x07 and [bold]markup[/bold]"
    shown = printed(
        commitments_reply(Page((commitment(text=nasty, quote=nasty),), 0, 5, 1), Query()), force_terminal=True
    )
    assert "⟨U+001B⟩]0;owned⟨U+0007⟩" in shown
    assert "[bold]markup[/bold]" in shown
    assert "\x1b]0" not in shown


def test_a_fact_that_is_its_own_sentence_is_not_printed_twice():
    assert printed(facts_reply(Page((fact(),), 0, 5, 1), Query())).count(FIGURE) == 1


def test_a_question_that_is_its_own_sentence_has_its_headline_all_the_same():
    asked = question(question=DOUBT)
    shown = printed(questions_reply(Page((asked,), 0, 5, 1), Query()))
    assert f"Q-1  indirect\n{DOUBT}\n" in shown


def test_where_one_source_is_named_above_each_quote_has_only_its_place():
    whole = Brief(Page((commitment(),), 0, 5, 1), Page((), 0, 5, 0), Page((), 0, 5, 0), Page((), 0, 5, 0), source())
    assert "  │ ceasefire holds.\n  characters 21–108\n" in printed(brief_reply(whole))


def test_quotes_of_one_entry_are_kept_apart():
    quotes = (Quote("One.", source_ref()), Quote("Two.", source_ref("S-2")))
    shown = printed(Reply("", items=(Item("C-1", "h", quotes=quotes),)))
    assert "│ One.\n  S-1 · Bridges for Estmark · 1 March 2026\n\n  │ Two.\n" in shown


def test_labels_and_values_of_a_status_stand_in_columns():
    shown = printed(status_reply(Status("0.1.0", 1, 2, 3, 4, NOW, 2048)))
    assert "Held                1 source, 2 commitments, 3 open questions and 4 facts\n" in shown


def test_the_sentences_around_a_quote_stand_behind_a_broken_bar():
    quote = Quote("One.", source_ref(), "Before.", "After.")
    assert "  ┊ Before.\n  │ One.\n  ┊ After.\n" in printed(Reply("", items=(Item("C-1", "h", quotes=(quote,)),)))


def test_a_long_title_is_cut_so_that_the_place_stands_on_its_line():
    ref = replace(source_ref(), title="Minutes of the extraordinary session of the Harbour Compact council in Saltmere")
    shown = printed(Reply("", items=(Item("C-1", "h", quotes=(Quote("One.", ref, start=1, end=5),)),)))
    (where,) = [line for line in shown.splitlines() if "S-1" in line]
    assert where.endswith("… · 1 March 2026 · characters 1–5")
    assert len(where) <= 80


def test_only_the_bar_and_the_labels_are_toned_and_never_the_words():
    shown = printed(show_reply(commitment()), force_terminal=True, color_system="standard")
    assert "\x1b[36m│ \x1b[0mNorland and the Isles" in shown
    assert "\x1b[0mNorland and Isles\n" in shown
