"""`config/dossier.toml` and the environment, read once into a frozen `Settings`. Nothing else reads either.

But for the language: `bot.texts` reads it when it is imported. Here it is only checked.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot import texts
from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
_TIME_BITS = 22
"""Discord counts a server to a shard by the bits of its id from this one on."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set; see `config/dossier.toml` for what each value means."""

    home: Path
    seeds: Path
    config: Path
    token: str | None
    seed_workspaces: tuple[str, ...] = ()
    watch_seconds: float = 2.0
    preview_port: int = 0
    page_size: int = 5
    log_level: str = "INFO"
    log_format: str = "text"
    health_port: int = 0
    shard_ids: tuple[int, ...] = ()
    shard_count: int = 0

    def __repr__(self) -> str:
        """Everything but the token, which must not reach a log."""
        return f"Settings(home={self.home!s}, seeds={self.seeds!s}, token={'set' if self.token else 'not set'})"

    @property
    def store_path(self) -> Path:
        """The SQLite file."""
        return self.home / "dossier.db"

    def feeds(self, workspace: str) -> bool:
        """Whether the watched folder feeds this workspace."""
        return not self.seed_workspaces or workspace in self.seed_workspaces

    def holds(self, workspace: str) -> bool:
        """Whether a server is on the shards of this process; with no shards set every one is."""
        if not self.shard_count or not workspace.isdecimal():
            return True
        shard = (int(workspace) >> _TIME_BITS) % self.shard_count
        return shard in (self.shard_ids or range(self.shard_count))

    def sharded(self, shard_ids: tuple[int, ...], shard_count: int) -> "Settings":
        """The same for a process with these of `shard_count` shards; none named is all of them.

        Raises `SettingsError` for shards that there cannot be.
        """
        wrong = [shard for shard in shard_ids if not 0 <= shard < shard_count]
        if shard_count < 0 or wrong:
            known = f"0 to {shard_count - 1}" if shard_count > 0 else "none, as shard_count is not set"
            raise SettingsError(
                f"The shards {', '.join(map(str, shard_ids))} of {shard_count} cannot be: there are {known}. "
                "Set shard_count to the number of all shards, the same in every process, and correct shard_ids."
            )
        return replace(self, shard_ids=tuple(sorted(set(shard_ids))), shard_count=shard_count)


def load_settings(environ: Mapping[str, str] | None = None, *, root: Path = ROOT) -> Settings:
    """Read `config/dossier.toml` under `root`, let `environ` override it.

    Raises `SettingsError` for a value that cannot be used, naming the value and where it stands.
    """
    env = os.environ if environ is None else environ
    _check_language(env.get("DOSSIER_LANGUAGE", "").strip() or texts.ENGLISH)
    path = root / "config" / "dossier.toml"
    table = _read(path)
    known = {"home", "seeds", "seed_workspaces", "watch_seconds", "preview_port", "page_size"}
    known |= {"log_level", "log_format", "health_port", "shard_ids", "shard_count"}
    if unknown := sorted(set(table) - known):
        raise SettingsError(
            f"{path} has unknown settings: {', '.join(unknown)}. Known are: {', '.join(sorted(known))}."
        )
    settings = Settings(
        home=_path(root, env.get("DOSSIER_HOME") or table.get("home", "data")),
        seeds=_path(root, env.get("DOSSIER_SEEDS") or table.get("seeds", "seeds")),
        config=root / "config",
        token=_token(env, root),
        seed_workspaces=_ids(env.get("DOSSIER_SEED_WORKSPACES"), table.get("seed_workspaces", [])),
        watch_seconds=_number(env, table, "watch_seconds", 2.0, lowest=0.1),
        preview_port=int(_number(env, table, "preview_port", 0, lowest=0)),
        page_size=int(_number(env, table, "page_size", 5, lowest=1)),
        log_level=str(env.get("DOSSIER_LOG_LEVEL") or table.get("log_level", "INFO")).upper(),
        log_format=_one_of(env, table, "log_format", ("text", "json")),
        health_port=int(_number(env, table, "health_port", 0, lowest=0)),
    )
    shards = shard_numbers(env.get("DOSSIER_SHARD_IDS") or table.get("shard_ids", []))
    return settings.sharded(shards, int(_number(env, table, "shard_count", 0, lowest=0)))


def shard_numbers(given: object) -> tuple[int, ...]:
    """The numbers of shards, from a list or from text such as `0,1`. Raises `SettingsError`."""
    listed = given.replace(",", " ").split() if isinstance(given, str) else given
    try:
        return tuple(int(each) for each in listed)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        raise SettingsError(f"Shards are numbers such as 0,1, not {given!r}. Correct shard_ids.") from None


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}. Correct it and start again.") from error


def _check_language(language: str) -> None:
    path = texts.catalogue(language)
    if path and not path.is_file():
        raise SettingsError(
            f"There are no texts in the language {language!r}. There are: {', '.join(texts.languages())}. "
            "Set DOSSIER_LANGUAGE to one of them, or to the path of a po file."
        )


def _path(root: Path, value: object) -> Path:
    path = Path(str(value)).expanduser()
    return path if path.is_absolute() else root / path


def _token(env: Mapping[str, str], root: Path) -> str | None:
    if token := env.get("DISCORD_TOKEN", "").strip():
        return token
    file = root / "token.txt"
    return (file.read_text(encoding="utf-8").strip() or None) if file.exists() and "DISCORD_TOKEN" not in env else None


def _ids(text: str | None, listed: object) -> tuple[str, ...]:
    values = text.replace(",", " ").split() if text else listed
    if not isinstance(values, list):
        raise SettingsError("seed_workspaces must be a list of server ids. Leave it empty for every server.")
    return tuple(str(value) for value in values)


def _one_of(env: Mapping[str, str], table: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> str:
    value = env.get(f"DOSSIER_{name.upper()}") or table.get(name, choices[0])
    if value not in choices:
        raise SettingsError(f"{name} must be one of {', '.join(choices)}, not {value!r}. Correct config/dossier.toml.")
    return str(value)


def _number(env: Mapping[str, str], table: Mapping[str, Any], name: str, default: float, *, lowest: float) -> float:
    value = env.get(f"DOSSIER_{name.upper()}") or table.get(name, default)
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not number >= lowest:
        raise SettingsError(
            f"{name} must be a number of at least {lowest:g}, not {value!r}. Correct config/dossier.toml."
        )
    return number
