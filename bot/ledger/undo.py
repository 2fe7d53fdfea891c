"""What has to be taken back together: a decision, and every later one that touched what it touched. Pure."""

from collections.abc import Sequence

from bot.domain import Cell, LogEntry


def undoing(line: LogEntry, later: Sequence[LogEntry]) -> tuple[LogEntry, ...]:
    """What to take back, in that order, so that `line` can be: what rests on it, the latest first, then itself.

    `later` are the decisions after it that hold still, the earliest first. What a decision changed, and what those
    that rest on it changed, is put back to how it was before it; a decision that touched none of that stays.
    """
    touched: set[Cell] = {effect.cell for effect in line.effects}
    resting: list[LogEntry] = []
    for each in later:
        cells = {effect.cell for effect in each.effects}
        if touched & cells:
            touched |= cells
            resting.append(each)
    return (*reversed(resting), line)
