"""The log: to the terminal and to a file in the data folder; the token is in neither."""

import logging
from logging.handlers import RotatingFileHandler

from bot.settings import Settings

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_FILE_BYTES, _FILES = 2_000_000, 5


class Discreet(logging.Formatter):
    """Writes no secret, wherever it comes from: a message, an argument, a traceback."""

    def __init__(self, secret: str | None) -> None:
        """`secret` is the token."""
        super().__init__(FORMAT)
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """The record with the secret blotted out."""
        text = super().format(record)
        return text.replace(self._secret, "[token]") if self._secret else text


def set_up(settings: Settings) -> None:
    """Log to stderr, and to `logs/dossier.log` in the data folder (a few files of 2 MB)."""
    folder = settings.home / "logs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = RotatingFileHandler(folder / "dossier.log", maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8")
    handlers: tuple[logging.Handler, ...] = (logging.StreamHandler(), file)
    root = logging.getLogger()
    for handler in handlers:
        handler.setFormatter(Discreet(settings.token))
        root.addHandler(handler)
    root.setLevel(settings.log_level)
    logging.getLogger("discord").setLevel(max(root.level, logging.WARNING))
