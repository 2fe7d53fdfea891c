"""The lines of the log."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain import LogEntry, Page
from bot.render.decisions import log_line, log_reply
from bot.render.markdown import parts


def slot_set(value, before):
    details = {"slot": "due", "value": value, "before": before}
    return LogEntry(5, datetime(2026, 3, 1, tzinfo=UTC), "7", "slot set", "C-2", details)


@pytest.mark.parametrize(
    ("value", "before", "words"),
    [
        ("May", "April", "set due of C-2 to “May” (it was “April”)"),
        ("May", "", "set due of C-2 to “May” (it was empty)"),
        ("", "April", "emptied due of C-2 (it was “April”)"),
    ],
)
def test_a_slot_that_was_set_says_what_it_was(value, before, words):
    assert log_line(slot_set(value, before)) == words


def shown(**values):
    line = replace(slot_set("May", ""), **values)
    return "\n".join(part.text for part in parts(log_reply(Page((line,), number=0, size=5, total=1))))


def test_who_and_where_are_shown_by_name_and_never_as_ids():
    assert "-# `#5` · <t:1772323200:f> · by <@7>" in shown()
    assert "by the watched folder" in shown(who="folder")
    assert r"by \<\@7\>" in shown(who="<@7>"), "only an id of Discord's becomes a name"
    said = shown(what="updates set", subject="99", details={})
    assert "**Updates set**" in said
    assert "by <@7> · in <#99>" in said
    assert "**Digest stopped in \\#desk**" in shown(what="digest stopped", subject="desk", details={})


def test_the_number_of_a_line_is_shown_as_undo_takes_it():
    page = Page((slot_set("May", ""),), number=0, size=5, total=1)
    assert any("`#5`" in part.text for part in parts(log_reply(page)))
