"""Days on a line: where each stands, and which are named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months between two named days."""
_MOST = 7


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `end` between two places."""

    first: date
    end: date
    left: float
    right: float

    def place(self, when: date) -> float:
        """Where a day stands."""
        days = max(1, (self.end - self.first).days)
        return self.left + (self.right - self.left) * (when - self.first).days / days

    def ticks(self) -> tuple[tuple[date, str], ...]:
        """The days that are named, with their names: `Mar`, `2026`, or within two months `9 Mar`."""
        days = (self.end - self.first).days
        if days == 0:
            return ((self.first, f"{self.first.day} {_MONTHS[self.first.month - 1]} {self.first.year}"),)
        if days <= 62:
            step = max(1, -(-days // 5))
            every = (self.first + timedelta(days=at) for at in range(0, days + 1, step))
            return tuple((each, f"{each.day} {_MONTHS[each.month - 1]}") for each in every)
        months = list(self._months())
        step = next((each for each in _STEPS if len(months) / each <= _MOST), _STEPS[-1])
        shown = [each for each in months if (each.year * 12 + each.month - 1) % step == 0]
        return tuple((each, _name(each, number == 0)) for number, each in enumerate(shown))

    def _months(self) -> Iterator[date]:
        """The first days of months on the line."""
        for number in range(self.first.year * 12 + self.first.month - 1, self.end.year * 12 + self.end.month):
            start = date(number // 12, number % 12 + 1, 1)
            if self.first <= start <= self.end:
                yield start


def _name(when: date, is_first: bool) -> str:
    if when.month == 1:
        return str(when.year)
    return f"{_MONTHS[when.month - 1]} {when.year}" if is_first else _MONTHS[when.month - 1]
