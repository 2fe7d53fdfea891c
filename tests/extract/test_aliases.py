"""The further names that go with what was found."""

from bot.domain import Findings
from bot.extract.aliases import aliases
from tests.store.make import commitment, question

T = "A text."


def test_the_parties_named_bring_their_other_names():
    found = Findings(
        (commitment(T, actors=("United Kingdom",), recipients=("Nobody Known",)),), (question(T, about=("France",)),)
    )

    names = dict(aliases(found))

    assert set(names) == {"United Kingdom", "France"}
    assert {"uk", "britain"} <= set(names["United Kingdom"])
    assert "french" in names["France"]


def test_what_names_nobody_brings_no_names():
    assert aliases(Findings()) == ()
