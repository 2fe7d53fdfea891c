"""Timelines: what is drawn, that it is always the same picture, and that the words say the same."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner

from bot import overview
from bot.__main__ import app
from bot.domain import (
    LOCAL_WORKSPACE,
    CommitmentKind,
    CommitmentStatus,
    Findings,
    Medium,
    Mention,
    Query,
    Theme,
    Timeline,
)
from bot.draw import draw_timeline
from bot.draw.axis import Axis
from bot.draw.canvas import legible
from bot.draw.colours import PALETTES
from bot.ingest import ingest
from bot.render import timeline_reply
from bot.render.timeline import ROWS, chart, says
from bot.store import open_store
from tests import samples


def commitment(number=1, *steps, due=None):
    """A commitment that was spoken of in (kind, day) after (kind, day)."""
    held = samples.commitment(f"C-{number}", due_date=due)
    said = steps or (("offer", date(2026, 3, number)),)
    mentions = tuple(
        Mention(samples.source_ref(f"S-{at}", when), replace(held.finding, kind=CommitmentKind(kind)))
        for at, (kind, when) in enumerate(said, 1)
    )
    return replace(held, mentions=mentions)


def test_an_undated_source_gives_no_day_and_is_said_to_be_undated():
    undated = replace(commitment(2, ("offer", None)), first_seen=date(2026, 5, 5))

    reply = timeline_reply(Timeline(Query(), (commitment(1), undated)), None)
    alone = timeline_reply(Timeline(Query(), (undated,)), None)

    assert "Undated, as no source of it gives a date: C-2" in reply.notes
    assert "May" not in " ".join((reply.lead, *reply.lines))
    assert alone.lead == "1 commitment, all undated: there is nothing to draw."


def test_what_is_not_looked_at_is_counted():
    reply = timeline_reply(Timeline(Query(), (commitment(1),), more_commitments=4, more_questions=1), None)

    assert reply.lead.startswith("5 commitments and 1 question")
    assert "5 entries more" in reply.notes[0]
    assert reply.notes[1] == "The bars show the latest 1 alone."


HELD = Timeline(
    Query(actor="Norland"),
    (
        replace(
            commitment(1, ("offer", date(2026, 2, 9)), ("agreement", date(2026, 4, 17)), due=date(2026, 6, 1)),
            status=CommitmentStatus.REPORTED_DONE,
        ),
        samples.question(),
    ),
)


def drawn(timeline=HELD):
    found = chart(timeline)
    assert found
    return found


@pytest.mark.parametrize("theme", list(Theme))
def test_the_same_entries_give_the_same_picture_legible_at_the_width_of_a_phone(theme):
    first, again = draw_timeline(drawn(), theme), draw_timeline(drawn(), theme)
    image = Image.open(BytesIO(first.data))

    assert first.data == again.data
    assert image.width == 1600
    assert image.height < 2000
    assert "#{:02X}{:02X}{:02X}".format(*image.convert("RGB").getpixel((2, 2))) == PALETTES[theme].ground
    assert len(first.data) < 300_000


def test_the_words_say_what_the_picture_shows():
    reply = timeline_reply(HELD, None)

    assert reply.title == "Timeline: Norland"
    assert reply.lead == "1 commitment and 1 question, 9 February to 17 April 2026"
    assert reply.lines[0].endswith("offer 9 February 2026, agreement 17 April 2026 (reported done), due 1 June 2026")
    assert reply.lines[1] == "Q-1 Will the Union pay for the engineers?: question 1 March 2026"
    assert [action.label for action in reply.actions] == ["C-1 quotes", "Q-1 quotes", "All commitments"]
    assert "C-1 offer 9 February 2026, agreement 17 April 2026" in says(drawn())


def test_of_many_entries_the_latest_are_drawn_one_by_one_and_the_others_counted():
    many = Timeline(Query(), tuple(commitment(number) for number in range(1, 21)))

    shown = drawn(many)

    assert [row.id for row in shown.rows] == [f"C-{number}" for number in range(21 - ROWS, 21)]
    assert "14 entries more" in timeline_reply(many, None).notes[0]
    assert len(says(shown)) <= 1024
    assert draw_timeline(shown).data


def test_a_day_due_in_a_far_future_does_not_press_the_rest_together():
    near, far = (chart(Timeline(Query(), (commitment(1, due=day),))) for day in (date(2026, 9, 1), date(2050, 1, 1)))

    assert near is not None
    assert far is not None
    assert near.end == date(2026, 9, 1)
    assert far.end == far.last


def test_nothing_held_is_said_and_not_drawn():
    empty = Timeline(Query(actor="Nobody"))

    assert chart(empty) is None
    assert "Nothing held matches actor “Nobody”" in timeline_reply(empty, None, medium=Medium.TERMINAL).lead


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 20_000))
def test_few_days_are_named_each_on_the_line_and_in_order(first, days):
    axis = Axis(first, first + timedelta(days=days), 0, 700)
    ticks = axis.ticks()

    assert len(ticks) <= 8
    assert days > 62 or ticks
    assert all(axis.first <= when <= axis.end for when, _ in ticks)
    assert all(one < other for (one, _), (other, _) in pairwise(ticks))


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=300))
def test_whatever_a_text_holds_can_be_drawn(said):
    row = replace(drawn().rows[0], words=said)

    assert draw_timeline(replace(drawn(), title=said, rows=(row,))).data


def test_a_letter_that_the_font_lacks_is_not_a_box():
    assert legible("Türkiye, Łódź, Ελλάδα, Київ") == "Türkiye, Łódź, Ελλάδα, Київ"
    assert legible("中\u202e") == "??"


def test_a_party_is_found_by_any_name_and_an_answered_question_stays_in_the_picture(store):
    ingest(store, LOCAL_WORKSPACE, samples.new_source(), samples.findings())
    found = overview.timeline(store, LOCAL_WORKSPACE, Query(actor="norland"))

    assert found.query.actor == "Norland"
    assert [entry.id for entry in found.entries] == ["C-1"]
    assert [entry.id for entry in overview.timeline(store, LOCAL_WORKSPACE, Query()).entries] == ["C-1", "Q-1"]


def test_the_command_line_draws_a_new_file_and_says_the_same(tmp_path):
    with open_store(tmp_path / "dossier.db") as held:
        ingest(held, LOCAL_WORKSPACE, samples.new_source(), Findings((samples.offer(),)))
    picture = tmp_path / "norland.png"

    def run(*words):
        return CliRunner().invoke(app, ["timeline", *words], env={"DOSSIER_HOME": str(tmp_path)})

    told = run("norland", "--picture", str(picture))

    assert "Timeline: Norland" in told.stdout
    assert "\n  offer 1 March 2026" in told.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert run("norland", "--picture", str(picture)).exit_code == 1
    assert run("--theme", "pink").exit_code == 2
