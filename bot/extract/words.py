"""Word lists that stand beside the cues: the `[words]` table of a file in `config/cues/`."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bot.errors import SettingsError
from bot.extract.cues import FOLDER, read_table


@lru_cache(maxsize=16)
def load_words(name: str, folder: Path = FOLDER) -> Mapping[str, tuple[str, ...]]:
    """The lists under `[words]` in `config/cues/NAME.toml`, in lower case, in the order of the file.

    Raises `SettingsError` naming the file and the list where one cannot be used.
    """
    path = folder / f"{name}.toml"
    table = read_table(path).get("words", {})
    for key, value in table.items():
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise SettingsError(f"{path}: words.{key} must be a list of words. Correct it and start again.")
    return {key: tuple(word.lower() for word in value) for key, value in table.items()}
