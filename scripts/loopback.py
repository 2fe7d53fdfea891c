"""The loopback Discord of `../shared/harness`, and the bot as a process on it."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def harness() -> ModuleType:
    """The module of the loopback Discord."""
    shared = Path(os.environ.get("DOSSIER_SHARED") or ROOT.parent / "shared")
    spec = importlib.util.spec_from_file_location("fake_discord", shared / "harness" / "fake_discord.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fake_discord"] = module
    spec.loader.exec_module(module)
    return module


@contextmanager
def discord(module: ModuleType, spec: str | None = None, **options: Any) -> Iterator[Any]:
    """A loopback Discord; with "" as `spec` it checks no request. A restart of the bot may identify again at once."""
    with module.FakeDiscord(spec, identify_interval=0, rate_limits="off", **options) as fd:
        yield fd
    fd.loop.close()


def start(fd: Any, home: Path) -> Any:
    """Start the bot with its data in a folder; it is not ready yet."""
    (home / "seeds").mkdir(exist_ok=True)
    env = {"DOSSIER_HOME": str(home / "data"), "DOSSIER_SEEDS": str(home / "seeds")}
    return fd.spawn([sys.executable, "-m", "bot", "run"], cwd=str(ROOT), env=env)
