import logging
from dataclasses import replace

import pytest

from bot.chat import logs

TOKEN = "MTIzNDU2.Gfake0.abcdefghijklmnop"


@pytest.fixture
def root():
    """The root logger, put back as it was."""
    logger, discord = logging.getLogger(), logging.getLogger("discord")
    handlers, level, theirs = list(logger.handlers), logger.level, discord.level
    yield logger
    for handler in [one for one in logger.handlers if one not in handlers]:
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)
    discord.setLevel(theirs)


def test_the_token_is_in_no_log_whatever_carries_it(settings, root, capsys):
    logs.set_up(replace(settings, token=TOKEN))

    logging.getLogger("x").error("with %s in an argument", TOKEN)
    logging.getLogger("x").error("in a traceback", exc_info=ValueError(f"Authorization: Bot {TOKEN}"))

    written = (settings.home / "logs" / "dossier.log").read_text()
    assert "[token] in an argument" in written
    assert "Authorization: Bot [token]" in written
    assert TOKEN not in written
    assert TOKEN not in capsys.readouterr().err


def test_the_log_folder_is_private(settings, root):
    logs.set_up(settings)

    assert (settings.home / "logs").stat().st_mode & 0o077 == 0
