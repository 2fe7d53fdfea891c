"""A store in memory: what a file adds is tested in `test_opening.py`."""

from collections.abc import Iterator

import pytest

from bot.store import Store, open_store


@pytest.fixture
def store() -> Iterator[Store]:
    """A real store, empty, in memory."""
    with open_store(":memory:") as opened:
        yield opened
