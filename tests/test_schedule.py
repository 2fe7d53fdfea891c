"""When digests are due: by the clocks of a place, whatever these do."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import Cadence, Schedule
from bot.errors import BadInput
from bot.schedule import due_after, latest_due, local, period_before, timezones, zone


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def dues(schedule, start, count):
    found = [due_after(schedule, start)]
    while len(found) < count:
        found.append(due_after(schedule, found[-1]))
    return found


def shown(schedule, start, count):
    return [f"{local(due, schedule.timezone):%a %d %b %H:%M}" for due in dues(schedule, start, count)]


def test_each_cadence_keeps_to_the_clocks_of_its_place():
    start = utc(2026, 3, 27, 12)  # a Friday; Berlin puts its clocks forward on the Sunday

    assert shown(Schedule(Cadence.DAILY, 9, "Europe/Berlin"), start, 3) == [
        "Sat 28 Mar 09:00", "Sun 29 Mar 09:00", "Mon 30 Mar 09:00",
    ]  # fmt: skip
    assert shown(Schedule(Cadence.WEEKDAYS, 9, "Europe/Berlin"), start, 2) == ["Mon 30 Mar 09:00", "Tue 31 Mar 09:00"]
    assert shown(Schedule(Cadence.WEEKLY, 9, "Europe/Berlin", 2), start, 2) == ["Wed 01 Apr 09:00", "Wed 08 Apr 09:00"]
    assert shown(Schedule(Cadence.MONTHLY, 9, "Europe/Berlin"), start, 2) == ["Wed 01 Apr 09:00", "Fri 01 May 09:00"]


def test_an_hour_that_the_clocks_skip_is_due_at_the_next_instant_there_is():
    york = Schedule(Cadence.DAILY, 2, "America/New_York")
    assert due_after(york, utc(2026, 3, 8, 0)) == utc(2026, 3, 8, 7)
    assert shown(york, utc(2026, 3, 7, 12), 2) == ["Sun 08 Mar 03:00", "Mon 09 Mar 02:00"]

    assert due_after(Schedule(Cadence.DAILY, 2, "Australia/Lord_Howe"), utc(2026, 10, 3, 12)) == utc(
        2026, 10, 3, 15, 30
    )


def test_a_day_that_a_place_skips_is_due_when_the_next_begins():
    apia = Schedule(Cadence.DAILY, 9, "Pacific/Apia")

    assert shown(apia, utc(2011, 12, 29, 10), 3) == ["Thu 29 Dec 09:00", "Sat 31 Dec 00:00", "Sat 31 Dec 09:00"]


def test_an_hour_that_the_clocks_show_twice_is_due_once_the_first_time():
    york = Schedule(Cadence.DAILY, 1, "America/New_York")

    assert dues(york, utc(2026, 10, 31, 12), 2) == [utc(2026, 11, 1, 5), utc(2026, 11, 2, 6)]


@pytest.mark.parametrize("place", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
@pytest.mark.parametrize("cadence", list(Cadence))
def test_the_latest_due_and_the_next_have_no_gap_and_no_overlap(place, cadence):
    schedule = Schedule(cadence, 2, place, 6)
    for hours in range(0, 24 * 366, 37):
        now = utc(2026, 1, 1) + timedelta(hours=hours)
        before, after = latest_due(schedule, now), due_after(schedule, now)
        assert before <= now < after
        assert due_after(schedule, before) == after
        assert latest_due(schedule, after) == after


def test_the_period_that_would_end_now_is_as_long_as_the_cadence():
    now = utc(2026, 3, 16, 9)  # a Monday
    days = {cadence: (now - period_before(Schedule(cadence), now)).days for cadence in Cadence}

    assert days == {Cadence.DAILY: 1, Cadence.WEEKDAYS: 3, Cadence.WEEKLY: 7, Cadence.MONTHLY: 28}


def test_timezones_are_found_by_parts_of_their_names():
    assert timezones("berl") == ("Europe/Berlin",)
    assert timezones("new y")[0] == "America/New_York"
    assert timezones("utc") == ("UTC",)
    assert len(timezones("")) == 25
    assert zone("europe/berlin").key == "Europe/Berlin"


def test_a_timezone_that_there_is_not_is_refused_with_what_there_is():
    with pytest.raises(BadInput, match=r"no timezone “Berl”\. Did you mean Europe/Berlin\?"):
        zone("Berl")
    with pytest.raises(BadInput, match="Choose one that is offered"):
        zone("../../etc/passwd")
