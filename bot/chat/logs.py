"""The log: to the terminal and to a file in the data folder; the token is in neither."""

import json
import logging
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler

from bot.settings import Settings

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_FILE_BYTES, _FILES = 2_000_000, 5


class Discreet(logging.Formatter):
    """Writes no secret, wherever it comes from: a message, an argument, a traceback."""

    def __init__(self, secret: str | None, inner: logging.Formatter | None = None) -> None:
        """`secret` is the token; `inner` writes the record otherwise than as text."""
        super().__init__(FORMAT)
        self._secret = secret
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """The record with the secret blotted out."""
        text = self._inner.format(record) if self._inner else super().format(record)
        return text.replace(self._secret, "[token]") if self._secret else text


class Structured(logging.Formatter):
    """A JSON object a line: when, how grave, who says what, the reference that a person was shown, the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "reference": getattr(record, "reference", None),
            "traceback": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=False)


class Brief(logging.Filter):
    """Says in a line why a connection to Discord was lost, where the library gives a traceback at every attempt."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, without a traceback where it tells of another attempt to connect."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and str(record.msg).startswith(_AGAIN):
            record.msg, record.args = f"{record.getMessage()}: {type(error).__name__}: {error}", ()
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


_AGAIN = "Attempting"
"""How discord.py begins to say that it connects again: `Attempting a reconnect in 1.50s`."""


def set_up(settings: Settings) -> None:
    """Log to stderr, and to `logs/dossier.log` in the data folder (a few files of 2 MB)."""
    folder = settings.home / "logs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = RotatingFileHandler(folder / "dossier.log", maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8")
    handlers: tuple[logging.Handler, ...] = (logging.StreamHandler(), file)
    root = logging.getLogger()
    for handler in handlers:
        handler.setFormatter(Discreet(settings.token, Structured() if settings.log_format == "json" else None))
        root.addHandler(handler)
    root.setLevel(settings.log_level)
    logging.getLogger("discord").setLevel(max(root.level, logging.WARNING))
    logging.getLogger("discord.client").addFilter(Brief())
