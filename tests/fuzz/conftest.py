"""The simulated Discord of `tests/chat`, for forged buttons."""

from tests.chat.conftest import stage

__all__ = ["stage"]
