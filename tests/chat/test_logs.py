import json
import logging
from dataclasses import replace

import pytest

from bot.app import App, StoreThreads
from bot.chat import logs
from bot.chat.client import Dossier
from bot.errors import SettingsError
from tests.chat.stage import NOW, QuickWorker

TOKEN = "MTIzNDU2.Gfake0.abcdefghijklmnop"


@pytest.fixture
def root():
    """The root logger, put back as it was."""
    logger, discord = logging.getLogger(), logging.getLogger("discord")
    handlers, level, theirs = list(logger.handlers), logger.level, discord.level
    client = logging.getLogger("discord.client")
    filters = list(client.filters)
    yield logger
    client.filters = filters
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


def test_a_log_for_machines_is_an_object_a_line_with_the_reference_and_without_the_token(settings, root):
    logs.set_up(replace(settings, token=TOKEN, log_format="json"))

    error = ValueError(f"Authorization: Bot {TOKEN}")
    logging.getLogger("x").error("Unexpected\nerror", exc_info=error, extra={"reference": "0badcafe"})

    written = (settings.home / "logs" / "dossier.log").read_text()
    (line,) = [json.loads(line) for line in written.splitlines()]
    assert (line["message"], line["level"], line["reference"]) == ("Unexpected\nerror", "ERROR", "0badcafe")
    assert "Authorization: Bot [token]" in line["traceback"]
    assert TOKEN not in written


def test_another_attempt_to_connect_is_a_line_and_no_traceback(settings, root, capsys):
    logs.set_up(settings)
    lost = ConnectionError("503, 100% down")
    logging.getLogger("discord.client").error("Attempting a reconnect in %.2fs", 1.5, exc_info=lost)
    logging.getLogger("discord.client").error("Something else", exc_info=lost)

    said = capsys.readouterr().err
    assert "WARNING discord.client: Attempting a reconnect in 1.50s: ConnectionError: 503, 100% down\n" in said
    assert said.count("\nConnectionError: 503") == 1, "what else goes wrong keeps its traceback"


async def test_the_token_is_in_no_repr(settings, root):
    secret = replace(settings, token=TOKEN)
    app = App(secret, QuickWorker(), StoreThreads(secret), lambda: NOW, NOW)

    for what in (secret, app, app.threads, Dossier(app, ()), SettingsError(f"{secret}")):
        assert TOKEN not in repr(what) + str(what) + format(what)
