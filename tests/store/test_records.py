"""The small books: workspaces, log, watched folder, saved lists, the installation's own values."""

import sqlite3

import pytest

from bot.domain import WatchedFile
from bot.errors import NotFound
from bot.store import open_store
from tests.store.make import HERE, LATER, NOW, THERE, add


def test_workspaces_are_made_by_writing_and_can_be_named(store):
    store.add_workspace(HERE, "News desk")
    store.add_workspace(HERE, "News")
    add(store, "One.", workspace=THERE)
    add(store, "One.", workspace=HERE)

    assert store.workspaces() == (HERE, THERE)
    assert store._db.execute("SELECT name FROM workspaces WHERE id = ?", [HERE]).fetchone() == ("News",)


def test_the_log_is_read_latest_first_by_workspace(store):
    store.log(HERE, "42", "first", "C-1", NOW, {"slot": "due"})
    store.log(THERE, "42", "elsewhere", "C-1", NOW)
    second = store.log(HERE, "43", "second", "C-2", LATER)

    page = store.log_entries(HERE, 0, 1)

    assert page.items == (second,)
    assert page.total == 2
    first = store.log_entries(HERE, 1, 1).items[0]
    assert (first.who, first.what, first.subject, first.at, first.details) == (
        "42",
        "first",
        "C-1",
        NOW,
        {"slot": "due"},
    )


@pytest.mark.parametrize("sql", ["UPDATE log SET who = 'nobody'", "DELETE FROM log"])
def test_the_log_cannot_be_changed(store, sql):
    store.log(HERE, "42", "first", "C-1", NOW)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store._db.execute(sql)
    assert store.log_entries(HERE).total == 1


def test_a_watched_file_is_known_after_a_restart(tmp_path):
    seen = WatchedFile("a.txt", 12, 1_700_000_000_123_456_789, "ab", "added", "S-1")
    bad = WatchedFile("b.pdf", 3, 5, "cd", "b.pdf is damaged.")
    with open_store(tmp_path / "dossier.db") as store:
        add(store, "One.")
        store.mark_watched(HERE, seen)
        store.mark_watched(HERE, bad)

    with open_store(tmp_path / "dossier.db") as store:
        assert store.watched(HERE) == {"a.txt": seen, "b.pdf": bad}
        assert store.watched(THERE) == {}


def test_a_watched_file_that_changed_is_noted_anew(store):
    store.mark_watched(HERE, WatchedFile("a.txt", 12, 1, "ab", "added"))
    changed = WatchedFile("a.txt", 13, 2, "cd", "duplicate")
    store.mark_watched(HERE, changed)
    assert store.watched(HERE) == {"a.txt": changed}


def test_values_of_the_installation_are_kept(store):
    assert store.kept("tree") is None
    store.keep("tree", "one")
    store.keep("tree", "two")
    assert store.kept("tree") == "two"


def test_a_saved_list_is_found_by_a_short_token_that_fits_a_button(store):
    token = store.save_query(HERE, '{"actor":"Norland"}')

    assert store.saved_query(HERE, token) == '{"actor":"Norland"}'
    assert store.save_query(HERE, '{"actor":"Norland"}') == token
    assert store.save_query(HERE, '{"actor":"Isles"}') != token
    assert len(token) == 12
    assert token.isalnum()


def test_a_token_of_another_workspace_is_not_found(store):
    token = store.save_query(THERE, "{}")
    for wrong in (token, "", "nonsense"):
        with pytest.raises(NotFound, match="Ask for it again"):
            store.saved_query(HERE, wrong)
