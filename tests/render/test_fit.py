"""Whatever a Reply holds, it fits a Discord message, and only then is anything left out."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Action, Item, Page, Query, Quote, Reply, SourceRef
from bot.render import commitments_reply
from bot.render.fit import fit
from bot.render.limits import ACTION_ARGUMENT, BUTTON_LABEL, MESSAGE_COMPONENTS, MESSAGE_TEXT
from bot.render.markdown import component_count, parts, text_size
from tests.samples import commitment

words = st.text(max_size=30) | st.builds(
    lambda text, times: text * times, st.text(min_size=1, max_size=9), st.integers(1, 400)
)
quotes = st.builds(Quote, words, st.builds(SourceRef, st.just("S-1"), words, st.none()), words, words)
rows = st.lists(st.tuples(st.text(max_size=10), words), max_size=4).map(tuple)
items = st.builds(
    Item,
    st.sampled_from(["", "C-1", "S-2"]),
    words,
    rows,
    st.lists(quotes, max_size=3).map(tuple),
    st.integers(0, 9),
    st.text(max_size=12),
)
groups = st.lists(items, max_size=6).map(tuple)
replies = st.builds(
    Reply,
    title=words,
    lead=words,
    items=groups,
    sections=st.lists(st.tuples(words, groups), max_size=3).map(tuple),
    lines=st.lists(words, max_size=12).map(tuple),
    notes=st.lists(words, max_size=6).map(tuple),
    actions=st.lists(st.builds(Action, words, st.just("page"), words), max_size=5).map(tuple),
)


@settings(max_examples=20, deadline=None)
@given(replies)
def test_any_reply_fits_a_message(reply):
    shown = fit(reply)
    assert text_size(shown) <= MESSAGE_TEXT
    assert component_count(shown) <= MESSAGE_COMPONENTS
    assert all(part.text.strip() for part in parts(shown))
    assert all(len(action.argument) <= ACTION_ARGUMENT for action in shown.actions)
    assert all(0 < len(action.label) <= BUTTON_LABEL or not action.label for action in shown.actions)


@settings(max_examples=10, deadline=None)
@given(replies)
def test_what_fits_once_fits_as_it_is(reply):
    shown = fit(reply)
    assert fit(shown) == shown


def test_a_reply_that_fits_is_not_touched():
    reply = commitments_reply(Page((commitment(),), 0, 5, 1), Query())
    assert fit(reply) == reply


def test_a_page_of_long_quotes_keeps_every_entry():
    long = "It is said that " + "very " * 900 + "much is offered."
    entries = tuple(commitment(f"C-{n}", text=long, quote=long) for n in range(1, 6))
    shown = fit(commitments_reply(Page(entries, 0, 5, 5), Query()))
    assert [item.id for item in shown.items] == ["C-1", "C-2", "C-3", "C-4", "C-5"]
    assert all(item.quotes[0].text.endswith("…") for item in shown.items)
    assert all(long.startswith(item.quotes[0].text.rstrip("…")) for item in shown.items)


def test_a_source_full_of_signs_that_must_be_escaped_still_fits():
    nasty = "\u202e@everyone *_~`" * 400
    entries = tuple(commitment(f"C-{n}", text=nasty, quote=nasty) for n in range(1, 6))
    shown = fit(commitments_reply(Page(entries, 0, 5, 5), Query()))
    assert text_size(shown) <= MESSAGE_TEXT
    assert len(shown.items) == 5


def test_what_is_left_out_is_said():
    reply = Reply(
        "Many",
        items=tuple(Item(f"C-{n}", "headline", quotes=(Quote("q", SourceRef("S-1", "t", None)),)) for n in range(30)),
    )
    shown = fit(reply)
    assert len(shown.items) < 30
    assert "left out here" in shown.notes[-1]


def test_a_button_whose_state_does_not_fit_is_not_shown():
    reply = Reply("t", actions=(Action("Next", "page", "x" * 200), Action("Brief", "brief", "S-1")))
    assert [action.label for action in fit(reply).actions] == ["Brief"]


def test_the_end_of_the_sentence_before_is_kept_because_it_stands_next_to_the_quote():
    before = "x " * 3000 + "the last words"
    reply = Reply("t", items=(Item("C-1", "h", quotes=(Quote("q", SourceRef("S-1", "t", None), before=before),)),))
    assert fit(reply).items[0].quotes[0].before.endswith("the last words")


def test_whether_it_is_private_survives():
    full = Reply("x" * 9000, lead="y" * 9000, lines=("z" * 9000,) * 9, private=False)
    assert not fit(full).private
    assert fit(replace(full, private=True)).private


def test_a_page_of_huge_quotes_fits():
    long = "word " * 100_000
    entries = tuple(commitment(f"C-{n}", text=long, quote=long) for n in range(1, 6))
    reply = commitments_reply(Page(entries, 0, 5, 5), Query())
    assert len(fit(reply).items) == 5


def test_lines_sections_and_notes_are_left_out_from_the_end_and_that_is_said():
    reply = Reply(
        "Help",
        sections=(("Group", tuple(Item("", f"headline {n} " + "w" * 30) for n in range(9))),),
        lines=tuple(f"line {n} " + "w" * 40 for n in range(200)),
        notes=tuple(f"note {n} " + "w" * 70 for n in range(60)),
    )
    shown = fit(reply)
    assert text_size(shown) <= MESSAGE_TEXT
    assert shown.lines == ()
    assert "parts left out here" in shown.notes[-1]


def test_a_lead_of_a_thousand_lines_is_cut_to_one():
    shown = fit(Reply("t", lead="one more line\n" * 1000, actions=(Action("Next", "page", "c1"),)))
    assert text_size(shown) <= MESSAGE_TEXT
    assert shown.lead.startswith("one more line one more line")
    assert len(shown.lead) <= 300
