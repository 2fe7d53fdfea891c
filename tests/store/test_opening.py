"""Opening: where the file comes from, who may read it, and what is said when it cannot be used."""

import sqlite3
import stat
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.domain import Query
from bot.errors import StoreError
from bot.store import open_store
from bot.store._schema import migrations
from tests.store.make import HERE, add, commitment


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_store_makes_a_folder_and_files_that_only_the_owner_reads(tmp_path):
    with open_store(tmp_path / "data" / "dossier.db") as store:
        add(store, "A text.")
        files = list((tmp_path / "data").iterdir())

        assert mode(tmp_path / "data") == 0o700
        assert {mode(file) for file in files} == {0o600}
        assert len(files) == 3, "the write-ahead log and its index are there too"


def test_what_was_stored_is_there_after_reopening(tmp_path):
    with open_store(tmp_path / "dossier.db") as store:
        add(store, "Norland will rebuild the bridge.", commitment("Norland will rebuild the bridge."))

    with open_store(tmp_path / "dossier.db") as store:
        assert store.commitments(HERE, Query()).items[0].id == "C-1"


def test_a_store_in_memory_holds_what_is_put_in():
    with open_store(":memory:") as store:
        add(store, "A text.")

        assert store.counts(HERE).sources == 1
        assert store.path is None


def test_a_file_that_is_no_database_is_refused_with_words(tmp_path):
    path = tmp_path / "dossier.db"
    path.write_bytes(b"This is a letter, not a database." * 100)

    with pytest.raises(StoreError, match="not a Dossier store"):
        open_store(path)
    assert path.read_bytes().startswith(b"This is a letter"), "and left as it is"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreError, match=r"cannot be written .* DOSSIER_HOME"):
        open_store(tmp_path / "file" / "dossier.db")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(tmp_path)


def test_reading_a_store_that_is_not_there_creates_nothing(tmp_path):
    with pytest.raises(StoreError, match="There is no store at"):
        open_store(tmp_path / "dossier.db", readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_sees_what_the_writer_saved_and_can_write_nothing(tmp_path):
    with open_store(tmp_path / "dossier.db") as writer, open_store(tmp_path / "dossier.db", readonly=True) as reader:
        add(writer, "A text.")

        assert reader.counts(HERE).sources == 1
        with pytest.raises(StoreError, match="read-only"):
            add(reader, "Another text.")


def test_a_reader_opens_a_store_that_was_closed_cleanly(tmp_path):
    with open_store(tmp_path / "dossier.db") as writer:
        add(writer, "A text.")

    with open_store(tmp_path / "dossier.db", readonly=True) as reader:
        assert reader.counts(HERE).sources == 1
        assert reader.check() == []


def test_a_reader_does_not_see_what_is_not_yet_saved(tmp_path):
    with open_store(tmp_path / "dossier.db") as writer, open_store(tmp_path / "dossier.db", readonly=True) as reader:
        with writer.writing():
            add(writer, "A text.")
            assert reader.counts(HERE).sources == 0
        assert reader.counts(HERE).sources == 1


def test_what_is_read_in_one_block_is_of_one_moment(tmp_path):
    with open_store(tmp_path / "dossier.db") as writer, open_store(tmp_path / "dossier.db", readonly=True) as reader:
        with reader.reading():
            before = reader.counts(HERE).sources
            add(writer, "A text.")
            assert reader.counts(HERE).sources == before
        assert reader.counts(HERE).sources == before + 1


def test_a_store_of_a_newer_dossier_is_refused(tmp_path):
    open_store(tmp_path / "dossier.db").close()
    with sqlite3.connect(tmp_path / "dossier.db") as raw:
        raw.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('dossier', 'm999', '')")
    raw.close()

    with pytest.raises(StoreError, match=r"newer Dossier \(m999\)\. Update Dossier"):
        open_store(tmp_path / "dossier.db")


def test_a_store_of_an_older_dossier_is_migrated_but_not_by_a_reader(tmp_path):
    older = Database(tmp_path / "dossier.db")
    migrations.apply(older, stop_before="m008_log")
    older.close()

    with pytest.raises(StoreError, match="not up to date"):
        open_store(tmp_path / "dossier.db", readonly=True)
    with open_store(tmp_path / "dossier.db") as store:
        assert store.check() == []


def test_actors_of_an_older_store_are_found_by_their_words(tmp_path):
    with open_store(tmp_path / "dossier.db") as store:
        add(store, "A text.", commitment("A text.", actors=(), actor_text="The club"))
        store._db.execute("UPDATE entry_terms SET scope = replace(scope, ' w111zc1n636c7562z0', '')")
        assert store.commitments(HERE, Query(actor="the club")).total == 0
        store._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm009_actor_words'")
        store._db.conn.commit()

    with open_store(tmp_path / "dossier.db") as store:
        assert store.commitments(HERE, Query(actor="the club")).total == 1
        assert store.check() == []


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path):
    path = tmp_path / "dossier.db"
    older = Database(path)
    migrations.apply(older, stop_before="m007_postings")
    older.execute("CREATE TABLE kept (in_the_way TEXT)")
    older.close()

    with pytest.raises(StoreError):
        open_store(path)

    raw = Database(path)
    assert "m007_postings" not in {m.name for m in migrations.applied(raw)}
    assert "postings" not in raw.table_names()
    raw.close()


def test_a_store_is_bound_to_its_thread(tmp_path):
    said = []

    def ask(store):
        try:
            store.counts(HERE)
        except sqlite3.ProgrammingError as error:
            said.append(str(error))

    with open_store(tmp_path / "dossier.db") as store:
        thread = threading.Thread(target=ask, args=(store,))
        thread.start()
        thread.join()

    assert "thread" in said[0]


def test_a_store_that_another_program_holds_says_so(tmp_path):
    with open_store(tmp_path / "dossier.db") as first, open_store(tmp_path / "dossier.db") as second:
        second._db.execute("PRAGMA busy_timeout = 20")
        with first.writing():
            add(first, "A text.")
            with pytest.raises(StoreError, match="busy"):
                add(second, "Another text.")
        add(second, "Another text.")

        assert first.counts(HERE).sources == 2


def test_foreign_keys_are_enforced_and_readers_do_not_wait(tmp_path):
    with open_store(tmp_path / "dossier.db") as store:
        assert store._db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert store._db.journal_mode == "wal"
        assert store._db.execute("PRAGMA synchronous").fetchone() == (2,), "full: a sent posting must stay sent"


def test_every_table_is_strict(tmp_path):
    with open_store(tmp_path / "dossier.db") as store:
        ours = [t for t in store._db.tables if "_fts" not in t.name and "sqlite_" not in t.name]

        assert len(ours) > 15
        assert [t.name for t in ours if not t.strict] == []


def test_a_block_that_fails_leaves_nothing_behind():
    with open_store(":memory:") as store:
        with suppress(RuntimeError), store.writing():
            add(store, "A text.")
            raise RuntimeError
        assert store.counts(HERE).sources == 0


def test_an_inner_block_that_fails_takes_back_only_itself():
    with open_store(":memory:") as store:
        with store.writing():
            add(store, "A text.")
            with suppress(RuntimeError), store.writing():
                add(store, "Another text.")
                raise RuntimeError
        assert [s.id for s in store.sources(HERE, Query()).items] == ["S-1"]


def test_a_full_disk_is_said_in_words_and_damages_nothing(tmp_path):
    with open_store(tmp_path / "dossier.db") as store:
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(StoreError, match="disk is full"):
            add(store, "A sentence that fills the disk. " * 4_000)
        assert store.counts(HERE).sources == 0
        assert store.check() == []


def break_a_promise(store):
    """Write what refers to nothing, and only say so at the end."""
    with store.writing():
        store._db.execute("PRAGMA defer_foreign_keys = ON")
        store._db.execute("INSERT INTO counters VALUES ('nowhere', 'C', 1)")


def test_what_cannot_be_committed_is_taken_back():
    with open_store(":memory:") as store:
        with pytest.raises(sqlite3.IntegrityError):
            break_a_promise(store)
        add(store, "A text.")
        assert store.check() == []
