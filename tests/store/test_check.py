"""Check and backup: every damage done by hand is found, and a copy is whole."""

import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest

from bot.domain import Query
from bot.errors import StoreError
from bot.store import open_store
from tests.store.make import HERE, NOW, THERE, add, commitment, fact, question, tell

TEXT = "Norland will rebuild the bridge. Who pays is unclear."


@pytest.fixture
def full(tmp_path):
    """A store with two workspaces, a repeated commitment, a removed source and a posting."""
    with open_store(tmp_path / "dossier.db") as store:
        store.set_updates_channel(HERE, "7", "42", NOW)
        tell(store, TEXT, commitment(TEXT), question(TEXT), fact(TEXT))
        tell(store, TEXT + " Again.", commitment(TEXT), published=date(2026, 4, 1))
        tell(store, TEXT, commitment(TEXT), workspace=THERE)
        tell(store, "Gone.", question("Gone.", question="Gone where to?"))
        store.remove_source(HERE, "S-3", "42", NOW)
        yield store


def test_a_sound_store_has_no_problems(full):
    assert full.check() == []


def test_an_empty_store_has_no_problems(store):
    assert store.check() == []


DAMAGES = {
    "A quote of C-1 is not what stands at": "UPDATE evidence SET quote = 'Norland will burn the bridge.' WHERE id = 1",
    "not what stands at 1 to": "UPDATE evidence SET start = 1 WHERE id = 1",
    "not what stands at 0 to 9999": 'UPDATE evidence SET "end" = 9999 WHERE id = 1',
    "The text of S-1 of workspace 111 is not the one": "UPDATE source_texts SET text = upper(text) WHERE source = 1",
    "characters, not 5": "UPDATE sources SET length = 5 WHERE id = 1",
    "S-1 of workspace 111 has no text": "DELETE FROM source_texts WHERE source = 1",
    "The blocks of S-1 of workspace 111 cannot be read": "UPDATE source_texts SET blocks = '[[1' WHERE source = 1",
    "reach beyond its text": "UPDATE source_texts SET blocks = '[[\"paragraph\",0,9999,0]]' WHERE source = 1",
    "refers to a row of mentions that is not there": "UPDATE evidence SET mention = 999 WHERE id = 1",
    "has a mention without evidence": "DELETE FROM evidence WHERE mention = 1",
    "has no mention": "DELETE FROM evidence; DELETE FROM mentions",
    "rests on a source of workspace 222": "UPDATE mentions SET source = 3 WHERE id = 1",
    "names a party of workspace 222": """
        UPDATE entry_parties SET party = (SELECT max(id) FROM parties WHERE workspace = '222')
        WHERE entry = 1 AND party = (SELECT min(id) FROM parties)""",
    "counts a mention of a source that is removed": "UPDATE mentions SET current = 1 WHERE source = 4",
    "does not agree with its mentions": "UPDATE entries SET last_seen = '2020-01-01' WHERE id = 1",
    "commitment 1 of workspace 111 does not agree": "UPDATE entries SET slots = '{}' WHERE id = 1",
    "cannot be read": "UPDATE mentions SET slots = '{' WHERE id = 1",
    "S-2 of workspace 111 is noted as a near-copy": "UPDATE sources SET copy_of = 3, first_copy = 3 WHERE id = 2",
    "S-1 of workspace 111 is noted as a near-copy": "UPDATE sources SET copy_of = 2, first_copy = 2 WHERE id = 1",
    "The totals of commitments": "UPDATE totals SET entries = entries + 1 WHERE type = 'commitment'",
    "is not in the totals": "DELETE FROM totals WHERE type = 'question'",
    "counts 9 entries, not": "UPDATE parties SET entries = 9 WHERE id = 1",
    "The next number for C- of workspace 111": "UPDATE counters SET next = 1 WHERE prefix = 'C'",
    "The next number for S- of workspace 222": "DELETE FROM counters WHERE prefix = 'S'",
    "cannot be found by its words": "DELETE FROM entry_terms WHERE entry = 1",
    "in a wrong place": "UPDATE entry_terms SET place = place + 1 WHERE entry = 1",
    "under wrong terms": "UPDATE entry_terms SET scope = 'w222zc1' WHERE entry = 1",
    "not found by all words of its quotes": "UPDATE entry_terms SET words = 'bridge' WHERE entry = 1",
    "The sentences kept for search": "UPDATE passages SET text = 'Other words.' WHERE source = 1",
    "are not those of S-1 of workspace 111": "DELETE FROM passages WHERE source = 1",
    "index passages_fts is not in step": "INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')",
    "index entry_terms_fts is not in step": "INSERT INTO entry_terms_fts (entry_terms_fts) VALUES ('delete-all')",
    "tells of S-99, which is not held": "UPDATE postings SET subject = 'S-99' WHERE id = 1",
    "has not been applied": "DELETE FROM _sqlite_migrations WHERE name = 'm008_log'",
}


@pytest.mark.parametrize(("words", "sql"), DAMAGES.items(), ids=DAMAGES)
def test_a_damage_done_by_hand_is_found_and_named(full, tmp_path, words, sql):
    raw = sqlite3.connect(tmp_path / "dossier.db")
    raw.executescript(sql)
    raw.close()

    assert any(words in problem for problem in full.check()), full.check()


def test_a_reader_finds_the_same_problems_and_changes_nothing(full, tmp_path):
    full._db.execute("UPDATE sources SET length = 5 WHERE id = 1")
    full._db.execute("INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')")

    with open_store(tmp_path / "dossier.db", readonly=True) as reader:
        assert reader.check() == full.check()
        assert len(reader.check()) == 2


def test_a_damaged_file_is_said_to_be_damaged(full, tmp_path):
    full.close()
    path = tmp_path / "dossier.db"
    data = bytearray(path.read_bytes())
    page = data.index(b"Norland will rebuild the bridge") // 4096
    data[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(data)

    with open_store(path) as store:
        assert any("The SQLite file is damaged" in problem for problem in store.check())


def test_a_file_too_damaged_to_open_says_what_to_do(full, tmp_path):
    full.close()
    path = tmp_path / "dossier.db"
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)

    with pytest.raises(StoreError, match="restore a backup"):
        open_store(path)


def test_a_copy_is_whole_private_and_opens_as_a_store(full, tmp_path):
    copy = tmp_path / "copy.db"
    full.backup(copy)

    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with open_store(copy) as store:
        assert store.check() == []
        assert store.commitments(HERE, Query()) == full.commitments(HERE, Query())


def test_a_copy_made_while_another_writes_is_of_one_moment(full, tmp_path):
    with open_store(tmp_path / "dossier.db", readonly=True) as reader, full.writing():
        add(full, "Not yet saved.", fact("Not yet saved."))
        reader.backup(tmp_path / "copy.db")

    with open_store(tmp_path / "copy.db") as store:
        assert store.check() == []
        assert store.counts(HERE).sources == 2
    assert full.counts(HERE).sources == 3


def test_a_copy_takes_the_place_of_an_older_one_only_when_it_is_whole(full, tmp_path):
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"the older copy")
    full.backup(copy)
    assert copy.read_bytes().startswith(b"SQLite format 3")
    assert sorted(p.name for p in tmp_path.glob("copy*")) == ["copy.db"]


@pytest.mark.parametrize("place", ["missing/copy.db", "folder"])
def test_a_place_that_cannot_be_written_is_said(full, tmp_path, place):
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        full.backup(tmp_path / Path(place))
    assert list(tmp_path.glob("**/*.part")) == []
