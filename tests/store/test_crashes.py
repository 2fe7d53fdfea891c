"""A process that is stopped at any point leaves the store as before or as after: a sample; all by `scripts.crash`."""

import pytest

from bot.store import open_store
from scripts.crash.engine import Work, at_statements, points, sample, stopped, tried
from scripts.crash.works import HERE, works
from tests.store.make import NOW

POINTS = 6
"""Of each work, so that all of them take a few seconds."""


def each_stop(work, folder, most=POINTS):
    """What is wrong after each stop, by point."""
    one = tried(work, folder / "undisturbed")
    count = points(one, folder / "counted", at_statements)
    return {at: stopped(one, folder / "stopped", at_statements, at) for at in sample(count, most)}


@pytest.mark.parametrize("work", works(), ids=lambda work: work.name)
def test_a_stop_at_a_write_loses_nothing_and_doubles_nothing(work, tmp_path):
    found = each_stop(work, tmp_path)

    assert found
    assert not {at: said for at, said in found.items() if said}


def test_a_work_in_two_halves_would_be_noticed(tmp_path):
    def halves(folder):
        with open_store(folder / "dossier.db") as store:
            store.add_workspace(HERE, "first")
            store.set_updates_channel(HERE, "9", "42", NOW)

    found = each_stop(Work("two halves", lambda folder: open_store(folder / "dossier.db").close(), halves), tmp_path)

    assert any("neither as before nor as after" in said for said in found.values())
