from datetime import date

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import render
from bot.chat.layout import COLOURS, NEUTRAL, PROBLEM, files, layout, tone
from bot.domain import Action, Item, Page, Query, Quote, Reply, SourceRef
from tests import samples

SHARE = Action("Share", "share", "page c0")
SOURCE = SourceRef("S-2", "Bridges for Estmark", date(2026, 3, 1))


def walk(view: discord.ui.LayoutView):
    return list(view.walk_children())


def buttons(view):
    return [item for item in walk(view) if isinstance(item, discord.ui.Button)]


def text(view):
    return "\n".join(item.content for item in walk(view) if isinstance(item, discord.ui.TextDisplay))


def commitments(count: int = 2) -> Reply:
    page = Page(tuple(samples.commitment(f"C-{n}") for n in range(1, count + 1)), 0, 5, 12)
    return render.commitments_reply(page, Query())


def test_an_entry_stands_with_its_evidence_button():
    view = layout(commitments())

    sections = [item for item in walk(view) if isinstance(item, discord.ui.Section)]
    assert [section.accessory.custom_id for section in sections] == ["d1:evidence:1:C-1", "d1:evidence:2:C-2"]
    assert samples.OFFER in text(view)


def test_paging_and_share_stand_in_a_row_below():
    view = layout(commitments(), extra=[SHARE])

    row = [button for button in buttons(view) if button.label != "Evidence"]
    assert [(button.label, button.disabled) for button in row] == [
        ("Previous", True),
        ("Next", False),
        ("Share", False),
    ]


def test_no_two_buttons_of_a_message_have_the_same_id():
    hits = tuple(Item("C-1", "the same entry again", quotes=(Quote("words", SOURCE),)) for _ in range(4))

    ids = [button.custom_id for button in buttons(layout(Reply("Brief", items=hits), extra=[SHARE]))]

    assert len(set(ids)) == len(ids) == 5


def test_the_posting_marker_is_in_every_button():
    view = layout(commitments(), extra=[SHARE], mark="p0123456789abcdef")

    assert all(":p0123456789abcdef-" in button.custom_id for button in buttons(view))


@pytest.mark.parametrize(("id_", "colour"), [("C-1", COLOURS["C"]), ("Q-1", COLOURS["Q"]), ("F-1", COLOURS["F"])])
def test_the_colour_tells_what_a_list_is_of(id_, colour):
    assert tone(Reply("x", items=(Item(id_, "x"),))) == colour


def test_a_mixed_answer_is_neutral_and_a_problem_red():
    assert tone(Reply("x", items=(Item("C-1", "x"), Item("Q-1", "y")))) == NEUTRAL
    (container,) = layout(Reply("x"), colour=PROBLEM).children
    assert container.accent_colour == PROBLEM


def test_source_text_can_neither_mention_nor_format():
    quote = Quote("@everyone **look** <@123> [here](http://x.example) `code`", SOURCE)
    shown = text(layout(Reply("x", items=(Item("C-1", "h", quotes=(quote,)),))))

    assert "@everyone" not in shown
    assert "<@123>" not in shown
    assert "**look**" not in shown
    assert "](http" not in shown


async def test_a_view_is_not_kept_in_memory():
    assert layout(commitments()).is_finished()


def test_a_file_goes_with_its_message():
    reply = Reply("x", file=("list.csv", b"a,b\n"))

    assert [file.filename for file in files(reply)] == ["list.csv"]
    assert any(isinstance(item, discord.ui.File) for item in walk(layout(reply)))
    assert files(Reply("x")) == []


_words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=3000)
_items = st.builds(
    Item,
    id=st.sampled_from(["C-1", "Q-12", "F-7", ""]),
    headline=_words,
    details=st.lists(st.tuples(st.just("Condition"), _words), max_size=6).map(tuple),
    quotes=st.lists(st.builds(Quote, _words, st.just(SOURCE), _words, _words), max_size=3).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        Reply,
        _words,
        lead=_words,
        items=st.lists(_items, max_size=12).map(tuple),
        sections=st.lists(st.tuples(_words, st.lists(_items, max_size=6).map(tuple)), max_size=4).map(tuple),
        lines=st.lists(_words, max_size=30).map(tuple),
        notes=st.lists(_words, max_size=5).map(tuple),
    )
)
def test_whatever_a_reply_holds_its_message_keeps_discords_limits(reply):
    view = layout(reply, extra=[SHARE])

    texts = [item.content for item in walk(view) if isinstance(item, discord.ui.TextDisplay)]
    assert len(walk(view)) <= 40
    assert sum(len(one.encode("utf-16-le", "surrogatepass")) // 2 for one in texts) <= 4000
    assert all(one.strip() for one in texts)
