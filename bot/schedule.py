"""When digests are due: pure, by the clocks of a place and their changes.

An hour that the clocks skip is due at the next instant that there is; one that they show twice is due the first time.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain import Cadence, Schedule
from bot.errors import BadInput
from bot.texts import _

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = timedelta(days=1)
_FRIDAY = 4
_ALIKE = 25


def due_after(schedule: Schedule, instant: datetime) -> datetime:
    """The first instant after this one at which a digest is due, in UTC."""
    first = local(instant, schedule.timezone).date() - _DAY
    return next(due for day in _days(schedule, first, _DAY) if (due := _due(schedule, day)) > instant)


def latest_due(schedule: Schedule, instant: datetime) -> datetime:
    """The last instant up to this one at which a digest was due, in UTC."""
    last = local(instant, schedule.timezone).date() + _DAY
    return next(due for day in _days(schedule, last, -_DAY) if (due := _due(schedule, day)) <= instant)


def period_before(schedule: Schedule, now: datetime) -> datetime:
    """When the period began that would end now, were a digest due now."""
    today = local(now, schedule.timezone)
    match schedule.cadence:
        case Cadence.DAILY:
            return now - _DAY
        case Cadence.WEEKDAYS:
            return now - _DAY * _since_weekday(today.weekday())
        case Cadence.WEEKLY:
            return now - 7 * _DAY
        case Cadence.MONTHLY:
            return now - _DAY * (today.date().replace(day=1) - _DAY).day


def _since_weekday(weekday: int) -> int:
    """How many days ago the last weekday before this one was."""
    return (weekday - _FRIDAY) % 7 if weekday in {0, 5, 6} else 1


def local(instant: datetime, timezone: str) -> datetime:
    """An instant as the clocks of a place show it."""
    return instant.astimezone(zone(timezone))


def zone(name: str) -> ZoneInfo:
    """The timezone with this name, in whatever case. Raises `BadInput` for none, with names that are like it."""
    known = _names().get(name.strip().replace(" ", "_").casefold())
    if known is None:
        near = timezones(name)[:3]
        hint = (
            _("Did you mean {near}?", near=_(" or ").join(near))
            if near
            else _("Choose one that is offered, such as Europe/Berlin.")
        )
        raise BadInput(_("There is no timezone “{name}”. {hint}", name=name.strip()[:60], hint=hint))
    return ZoneInfo(known)


def timezones(text: str) -> tuple[str, ...]:
    """Names of timezones that hold the text, those in which a word begins so first; at most 25."""
    wanted = text.strip().replace(" ", "_").casefold()
    found = [name for folded, name in _names().items() if wanted in folded]
    return tuple(sorted(found, key=lambda name: (not _begins(name, wanted), "/" not in name, name))[:_ALIKE])


def _begins(name: str, wanted: str) -> bool:
    return any(part.casefold().startswith(wanted) for part in (name, *name.split("/")))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """The timezones that are places or UTC, by folded name; the old names of others are left out."""
    names = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix", "right"))}
    return {name.casefold(): name for name in sorted({*names, "UTC"})}


def _days(schedule: Schedule, start: date, step: timedelta) -> Iterator[date]:
    """The days on which a digest is due, from one on, forwards or backwards."""
    day = start
    while True:
        if _fits(schedule, day):
            yield day
        day += step


def _fits(schedule: Schedule, day: date) -> bool:
    match schedule.cadence:
        case Cadence.DAILY:
            return True
        case Cadence.WEEKDAYS:
            return day.weekday() <= _FRIDAY
        case Cadence.WEEKLY:
            return day.weekday() == schedule.day
        case Cadence.MONTHLY:
            return day.day == 1


def _due(schedule: Schedule, day: date) -> datetime:
    """The instant on a day at which the clocks first show the hour, or the next one there is where they skip it."""
    there, shown = zone(schedule.timezone), datetime.combine(day, time(schedule.hour))
    due = shown.replace(tzinfo=there).astimezone(UTC)
    return due if _clock(due, there) == shown else _after_gap(shown, due, there)


def _after_gap(shown: datetime, near: datetime, there: ZoneInfo) -> datetime:
    """The first instant at which the clocks show more than a time that they skip, which is near this one."""
    before, after = near - 2 * _DAY, near + 2 * _DAY
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (middle, after) if _clock(middle, there) < shown else (before, middle)
    return after


def _clock(instant: datetime, there: ZoneInfo) -> datetime:
    return instant.astimezone(there).replace(tzinfo=None, fold=0)
