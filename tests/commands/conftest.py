"""The stage that most tests of chat and commands play on."""

import logging

import pytest

from tests.chat.stage import staged


@pytest.fixture
async def stage(settings, caplog):
    """The bot in two servers of a simulated Discord; it may not log an error."""
    async with staged(settings) as found:
        yield found
    errors = [
        r.getMessage() for when in ("setup", "call") for r in caplog.get_records(when) if r.levelno >= logging.ERROR
    ]
    assert not errors, errors
