"""What became of an entry, told from its mentions and from cells alone."""

import pytest

from bot.domain import Cell, Change, ChangeKind, CommitmentStatus, Effect, LogEntry, Mention
from bot.ledger.changes import decided_since, in_order, net_effects, said_since
from tests import samples


def said(*slots):
    """A commitment with a mention for each of these, in S-1, S-2 ..."""
    mentions = tuple(
        Mention(samples.source_ref(f"S-{n}"), samples.offer(**each)) for n, each in enumerate(slots, start=1)
    )
    entry = samples.commitment()
    return type(entry)(entry.id, entry.status, mentions[-1].finding, mentions)


@pytest.mark.parametrize(
    ("slots", "what"),
    [
        (({"due": "by May"}, {"due": "by June"}), "due: by May, now by June"),
        (({"due": "by May"}, {"due": "By  May"}), ""),
        (({"due": "by May"}, {"due": None}), ""),
        (({"condition": "if it rains"}, {"condition": "if it snows"}), "condition: if it rains, now if it snows"),
    ],
)
def test_another_date_or_condition_is_a_change_and_a_missing_one_is_none(slots, what):
    change = said_since(said(*slots), frozenset({"S-2"}), known=True)

    assert (change.what if change.kind is ChangeKind.CHANGED else "") == what


def test_an_older_document_that_comes_in_late_does_not_change_the_date():
    change = said_since(said({"due": "by May"}, {"due": "by June"}), frozenset({"S-1"}), known=True)

    assert change.kind is ChangeKind.REPEATED


def test_what_is_in_no_list_is_not_told_as_said():
    entry = samples.commitment(status=CommitmentStatus.MARKED_WRONG)
    assert said_since(entry, frozenset({"S-1"}), known=False) is None


def test_cells_that_ended_as_they_began_had_no_effect():
    wrong, status = Cell("wrong", "C-1"), Cell("source", "S-1")

    def line(number, *effects):
        return LogEntry(number, samples.NOW, "42", "", "", {}, effects)

    found = net_effects(
        [
            line(1, Effect(wrong, None, "1")),
            line(2, Effect(status, "current", "retracted")),
            line(3, Effect(wrong, "1", None)),
            line(4, Effect(status, "retracted", "removed")),
        ]
    )

    assert list(found.values()) == [Effect(status, "current", "removed")]


def test_a_due_date_that_follows_from_the_words_is_not_told_beside_them():
    entry = samples.commitment()
    assert decided_since(entry, Effect(Cell("slot", "C-1", "due_date"), None, "x")) is None
    assert decided_since(entry, Effect(Cell("slot", "C-1", "due"), "x", None)).what == "due reset by a person"


def test_changes_are_told_by_kind_and_then_by_id_and_once_an_entry():
    c2, c10, q1 = samples.commitment("C-2"), samples.commitment("C-10"), samples.question("Q-1")

    found = in_order(
        [
            Change(ChangeKind.REPEATED, c10, "a"),
            Change(ChangeKind.NEW, q1),
            Change(ChangeKind.CHANGED, c10, "b"),
            Change(ChangeKind.CHANGED, c2, "c"),
            Change(ChangeKind.CHANGED, c10, "d"),
            Change(ChangeKind.PROPOSED, samples.commitment("C-1"), "e"),
        ]
    )

    assert [(change.kind, change.entry.id, change.what) for change in found] == [
        (ChangeKind.CHANGED, "C-2", "c"),
        (ChangeKind.CHANGED, "C-10", "b; d"),
        (ChangeKind.PROPOSED, "C-1", "e"),
        (ChangeKind.NEW, "Q-1", ""),
    ]
