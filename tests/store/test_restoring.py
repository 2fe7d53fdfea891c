"""A backup takes the place of the store: checked first, in one step, and what was there is kept."""

import sqlite3
import threading

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.domain import Query
from bot.errors import StoreError
from bot.store import open_store, restore_store
from tests.store.make import HERE, add, commitment

OLD, NEW = "Norland will rebuild the bridge.", "Estmark will lend a crane."


@pytest.fixture
def place(tmp_path):
    """A store with two sources and a copy from when it had one."""
    with open_store(tmp_path / "dossier.db") as store:
        add(store, OLD, commitment(OLD))
        store.backup(tmp_path / "copy.db")
        add(store, NEW, commitment(NEW))
    return tmp_path


def restore(place):
    return restore_store(place / "copy.db", place / "dossier.db", place / "backups" / "replaced.db")


def held(path):
    with open_store(path) as store:
        assert store.check() == []
        return store.counts(HERE).sources


def test_the_copy_takes_the_place_of_the_store_which_is_kept(place):
    assert restore(place) == 1

    assert held(place / "dossier.db") == 1
    assert held(place / "backups" / "replaced.db") == 2
    assert (place / "dossier.db").stat().st_mode & 0o077 == 0
    assert not list(place.glob("*.restoring*"))


def test_a_damaged_copy_is_refused_and_changes_nothing(place):
    with sqlite3.connect(place / "copy.db") as raw:
        raw.execute("UPDATE source_texts SET text = replace(text, 'bridge', 'tunnel')")
    raw.close()

    with pytest.raises(StoreError, match=r"damaged, so nothing was restored\. The text of S-1"):
        restore(place)

    assert held(place / "dossier.db") == 2
    assert not (place / "backups").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"a letter" * 200, "not a Dossier store"), (b"", "not a Dossier store"), (None, "There is no file")],
)
def test_what_is_no_copy_is_refused(place, data, said):
    (place / "copy.db").unlink()
    if data is not None:
        (place / "copy.db").write_bytes(data)

    with pytest.raises(StoreError, match=said):
        restore(place)

    assert held(place / "dossier.db") == 2


def test_a_store_in_use_is_not_replaced(place):
    with open_store(place / "dossier.db") as bot:
        with pytest.raises(StoreError, match=r"in use, so nothing was restored\. Stop the bot"):
            restore(place)
        assert bot.counts(HERE).sources == 2


@pytest.mark.parametrize("state", ["damaged", "missing"])
def test_a_store_that_is_damaged_or_missing_is_replaced(place, state):
    if state == "missing":
        (place / "dossier.db").unlink()
    else:
        (place / "dossier.db").write_bytes(b"rubble " * 1000)

    restore(place)

    assert held(place / "dossier.db") == 1
    if state == "damaged":
        assert (place / "backups" / "replaced.db").read_bytes().startswith(b"rubble")


def test_a_copy_made_while_others_write_is_of_one_moment(tmp_path):
    path, stop = tmp_path / "dossier.db", threading.Event()
    open_store(path).close()

    def write():
        with open_store(path) as store:
            for number in range(500):
                text = f"Norland will rebuild bridge {number}."
                add(store, text, commitment(text, action=f"rebuild bridge {number}"))
                if stop.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with open_store(path, readonly=True) as reader:
            for number in range(4):
                reader.backup(tmp_path / f"copy-{number}.db")
    finally:
        stop.set()
        writer.join()

    for number in range(4):
        with open_store(tmp_path / f"copy-{number}.db") as copy:
            assert copy.check() == []
            assert copy.counts(HERE).sources == copy.commitments(HERE, Query()).total


def test_the_command_line_restores_a_backup_and_says_where_the_old_store_is(place, monkeypatch):
    monkeypatch.setenv("DOSSIER_HOME", str(place))
    (place / "copy.db").rename(place / "S-1 copy.db")

    result = CliRunner().invoke(app, ["restore", str(place / "S-1 copy.db")])

    assert result.exit_code == 0
    assert "Restored 1 source from" in result.stdout
    (kept,) = (place / "backups").glob("replaced-*.db")
    assert str(kept) in result.stdout
    assert held(kept) == 2


def test_the_command_line_tells_a_source_from_a_file(place, monkeypatch):
    monkeypatch.setenv("DOSSIER_HOME", str(place))

    source, file = (CliRunner().invoke(app, ["restore", what]) for what in ("S-9", "nowhere.db"))

    assert source.exit_code == file.exit_code == 1
    assert "S-9" in source.stderr
    assert "There is no file nowhere.db" in file.stderr
