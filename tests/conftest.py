"""Fixtures that the whole suite shares."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App, open_app
from bot.settings import Settings
from bot.store import Store, open_store
from tests import samples

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def nlp():
    """The trained pipeline; tests that use it carry the marker `model`."""
    from bot.errors import ModelMissing
    from bot.language import load_nlp

    try:
        return load_nlp()
    except ModelMissing as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold sets, corpora and the loopback Discord beside the checkout."""
    path = Path(os.environ.get("DOSSIER_SHARED") or ROOT.parent / "shared")
    if not path.is_dir():
        pytest.skip("the shared folder is not beside the checkout; set DOSSIER_SHARED to it")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a data folder and a watched folder of the test's own."""
    return Settings(home=tmp_path / "data", seeds=tmp_path / "seeds", config=ROOT / "config", token=None)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """A real store, empty, in a file."""
    with open_store(settings.store_path) as opened:
        yield opened


@pytest.fixture
async def app(settings: Settings) -> App:
    """The App with its store and its extraction process; the clock stands at `samples.NOW`."""
    async with open_app(settings, clock=lambda: samples.NOW) as opened:
        yield opened
