"""A party's page in words."""

from datetime import date

import pytest

from bot.domain import Page, Party, PartyPage
from bot.render import party_reply
from bot.render.parties import over_time
from tests import samples

EMPTY = Page((), 0, 3, 0)


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ((), ""),
        (((date(2026, 3, 1), 2),), "2 commitments, in March 2026"),
        (((date(2026, 1, 1), 1), (date(2026, 3, 1), 8)), "9 commitments: January 2026 (1), March 2026 (8)"),
        (
            tuple((date(2026, month, 1), month) for month in (1, 2, 3, 4, 5, 8)),
            "▂▃▄▅▅··█ 23 commitments, January 2026 to August 2026, most in August 2026 (8)",
        ),
        (
            tuple((date(2020 + year, 5, 1), 4 - year % 2) for year in range(6)),
            "█···▆···█···▆···█···▆ 21 commitments, May 2020 to May 2025, most in quarter 2 of 2020 (4)",
        ),
        (
            tuple((date(1999 + 2 * year, 5, 1), 1 + year) for year in range(6)),
            "▂·▃·▅·▆·▇·█ 21 commitments, May 1999 to May 2009, most in 2009 (6)",
        ),
    ],
)
def test_a_party_over_time_is_a_line_of_bars_where_the_months_are_many(months, said):
    assert over_time(months) == said


def test_a_page_names_what_it_leaves_out():
    page = PartyPage(
        Party("Norland", ("NL",), ("the Crown",)),
        Page((samples.commitment(),), 0, 1, 12),
        EMPTY,
        Page((samples.question(),), 0, 1, 1),
    )

    reply = party_reply(page)

    assert reply.lead == "Also: NL\nNamed by people here: the Crown"
    assert [name for name, _ in reply.sections] == ["Commitments: 1 of 12", "Open questions about it"]
    assert [(action.label, action.argument) for action in reply.actions] == [
        ("All 12 commitments", "c0|pNorland|oactor"),
    ]


def test_a_party_of_which_nothing_counts_any_more_says_so():
    assert "No source that counts" in party_reply(PartyPage(Party("Norland"), EMPTY, EMPTY, EMPTY)).notes[0]
