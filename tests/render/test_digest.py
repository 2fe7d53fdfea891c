"""Digests as messages: complete, within Discord's limits, and plain about what is late, left out or paused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.layout import layout
from bot.domain import Cadence, Change, ChangeKind, Digest, Filter, Medium, Schedule, Subscription
from bot.render import digest_reply, lost_reply, nothing_reply, paused_reply
from bot.render.digest import digest_text, filter_words, schedule_words, set_command
from bot.render.fit import fit
from bot.render.limits import MESSAGE_COMPONENTS
from tests.samples import NOW, OFFER, commitment, question, source

BERLIN = Schedule(Cadence.WEEKLY, 9, "Europe/Berlin", 4)
LONG = f"Norland will {'rebuild the old bridge and ' * 40}rest."


def digest(*changes, **values):
    held = {"since": NOW - timedelta(days=7), "until": NOW, "sources": (source(),), "facts": 2}
    return Digest(BERLIN, Filter(), changes=changes, **{**held, **values})


def change(kind, number, **slots):
    return Change(kind, commitment(f"C-{number}", **slots), "" if kind is ChangeKind.NEW else "offered, now agreed")


def subscription(**values):
    held = Subscription(3, "1", "7", "desk", "42", BERLIN, NOW, NOW, Filter("Norland", "the pier", "pledge"))
    return replace(held, **values)


def test_a_digest_says_its_period_by_the_clocks_of_its_place_and_counts_what_it_tells():
    reply = digest_reply(
        digest(change(ChangeKind.CHANGED, 1), change(ChangeKind.NEW, 2), Change(ChangeKind.NEW, question()))
    )

    assert reply.title == "Weekly digest"
    assert reply.lead.split("\n") == [
        "7 March 2026, 10:05 to 14 March 2026, 10:05 (Europe/Berlin)",
        "1 source added. 1 changed, 2 new entries and 2 new facts",
    ]
    assert [(name, [one.id for one in items]) for name, items in reply.sections] == [
        ("Changed", ["C-1"]),
        ("New", ["C-2", "Q-1"]),
    ]
    assert reply.lines == ("Source added: S-1 · Bridges for Estmark · 1 March 2026",)
    assert (reply.private, reply.file, reply.notes) == (False, None, ())
    assert [action.argument for action in reply.actions] == ["S-1"]


def test_a_late_one_says_when_it_was_due():
    late = digest(change(ChangeKind.NEW, 1), due=datetime(2026, 3, 13, 8, tzinfo=UTC), late=True)

    assert "Late: this was due 13 March 2026, 09:00, when Dossier could not post." in digest_reply(late).lead


def test_the_fullest_message_holds_six_changes_and_the_file_holds_all():
    kinds = [*ChangeKind, *[ChangeKind.REPEATED] * 40]
    found = digest(
        *(change(kind, number, action=LONG) for number, kind in enumerate(kinds, 1)),
        sources=tuple(source(f"S-{number}", title="A title that is long " * 20) for number in range(1, 9)),
        due=NOW,
        late=True,
    )
    reply = digest_reply(found)
    shown = fit(reply, components=MESSAGE_COMPONENTS - 1)

    assert sum(len(items) for _, items in shown.sections) == 6
    assert not [note for note in shown.notes if "left out" in note]
    assert layout(reply).total_children_count <= MESSAGE_COMPONENTS
    name, content = reply.file
    assert name == "digest.txt"
    assert all(f"\nC-{number} · " in content.decode() for number in range(1, len(kinds) + 1))
    assert f"{len(kinds) - 6} more: all {len(kinds)} are in digest.txt." in reply.notes
    assert reply.lines[-1] == "4 earlier sources"


def test_on_the_terminal_all_is_shown_and_nothing_is_in_a_file():
    reply = digest_reply(digest(*(change(ChangeKind.NEW, n) for n in range(1, 30))), medium=Medium.TERMINAL)

    assert (len(reply.sections[0][1]), reply.file) == (29, None)


def test_the_file_has_each_change_with_its_sentence_and_its_place():
    said = digest_text(digest(change(ChangeKind.CHANGED, 1)))

    assert "\nCHANGED\n\nC-1 · Norland and Isles offered to send engineers to Estmark" in said
    assert " · offered, now agreed\n" in said
    assert f"  “{OFFER}”\n  S-1 · Bridges for Estmark · 1 March 2026 · characters 21–108\n" in said
    assert said.endswith("\nSOURCES\nS-1 · Bridges for Estmark · 1 March 2026\n")


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (Schedule(Cadence.DAILY), "every day at 09:00 (UTC)"),
        (Schedule(Cadence.WEEKDAYS, 7), "on weekdays at 07:00 (UTC)"),
        (BERLIN, "every Friday at 09:00 (Europe/Berlin)"),
        (Schedule(Cadence.MONTHLY, 0), "on the first of each month at 00:00 (UTC)"),
    ],
)
def test_a_schedule_is_said_in_words(schedule, words):
    assert schedule_words(schedule) == words


def test_a_filter_is_said_in_words():
    assert filter_words(Filter()) == ""
    assert filter_words(Filter("Norland", "", "questions")) == "party “Norland” and questions"
    assert filter_words(Filter("Norland", "the pier", "pledge")) == "party “Norland”, topic “the pier” and kind pledge"


def test_a_paused_one_says_why_and_with_which_command_it_starts_again():
    paused = subscription(paused_at=NOW, paused_why="the channel is gone")
    command = (
        "/digest set channel:#desk cadence:weekly day:Friday hour:9 timezone:Europe/Berlin "
        "party:Norland topic:the pier kind:pledge"
    )
    reply = paused_reply(paused, "Newsroom")

    assert set_command(paused) == command
    assert reply.title == "The weekly digest of Newsroom is paused"
    assert "#desk: the channel is gone. Nothing of it is lost." in reply.lead
    assert command in reply.lines[1]


def test_what_is_not_posted_is_said_to_be_so():
    assert "Nothing would be posted." in nothing_reply(digest()).lead
    assert "the channel is gone" in lost_reply("the channel is gone", "Newsroom", NOW).lead
