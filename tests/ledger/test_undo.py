"""What has to be taken back together."""

import pytest

from bot.domain import Cell, Effect, LogEntry
from bot.ledger import undoing
from tests.samples import NOW


def line(number: int, *cells: str) -> LogEntry:
    """A decision that set these cells."""
    return LogEntry(number, NOW, "42", "set", "C-1", {}, tuple(Effect(Cell("slot", c), None, "x") for c in cells))


@pytest.mark.parametrize(
    ("later", "done"),
    [
        ((), [1]),
        ((line(2, "b"),), [1]),
        ((line(2, "a"),), [2, 1]),
        ((line(2, "a"), line(3, "a")), [3, 2, 1]),
        ((line(2, "a", "b"), line(3, "b")), [3, 2, 1]),  # the third rests on the second, which rests on the first
        ((line(2, "b"), line(3, "a", "b")), [3, 1]),  # the second stays: it came before what binds it to the first
    ],
)
def test_what_rests_on_a_decision_is_taken_back_before_it(later, done):
    assert [each.id for each in undoing(line(1, "a"), later)] == done
