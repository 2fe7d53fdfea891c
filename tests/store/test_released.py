"""Files as earlier releases left them (`scripts.freeze_store` made them) are migrated, and copied first."""

import gzip
from pathlib import Path

import pytest

from bot.domain import CommitmentStatus, Query
from bot.errors import StoreError
from bot.store import open_store
from bot.store._schema import migrations
from scripts.freeze_store import BRIDGE, FOLDER
from tests.store.make import HERE, THERE, commitment, tell

FILES = sorted(FOLDER.glob("*.db.gz"))
LATEST = max(migration.name for migration in migrations.pending(open_store(":memory:")._db.__class__(memory=True)))


@pytest.fixture(params=FILES, ids=lambda file: file.name.partition(".")[0])
def old(request, tmp_path) -> tuple[str, Path]:
    """The last migration of a release, and a store that it left."""
    path = tmp_path / "dossier.db"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return request.param.name.partition(".")[0], path


def test_a_store_of_every_release_is_sound_after_it_was_migrated(old):
    _, path = old
    with open_store(path) as store:
        assert store.check() == []
        for workspace in (HERE, THERE):
            assert store.source_text(workspace, "S-1") == BRIDGE
            assert store.commitments(workspace, Query(actor="the club")).total == 1
            assert [s.id for s in store.sources(workspace, Query()).items] == ["S-1", "S-2", "S-3"] or (
                store.counts(workspace).sources == 3
            )
            again = tell(store, "Norland will rebuild the bridge.", commitment("Norland will rebuild the bridge."))
            assert again.source
        assert store.entry(THERE, "F-2").status is not CommitmentStatus.PLEDGED
        assert store.check() == []


def test_a_store_is_copied_before_it_is_migrated_and_only_then(old):
    last, path = old
    open_store(path).close()
    open_store(path).close()

    copies = list((path.parent / "backups").glob("*.db"))
    assert len(copies) == (0 if last == LATEST else 1)
    for copy in copies:
        assert copy.stat().st_mode & 0o077 == 0
        with pytest.raises(StoreError, match="not up to date"):
            open_store(copy, readonly=True)
        with open_store(copy) as store:
            assert store.check() == [], "a copy can be migrated like the store"


def test_a_store_that_cannot_be_copied_is_not_migrated(old):
    last, path = old
    if last == LATEST:
        pytest.skip("nothing to migrate")
    (path.parent / "backups").write_text("in the way")
    before = path.read_bytes()

    with pytest.raises(StoreError, match="was not migrated"):
        open_store(path)

    assert path.read_bytes()[100:] == before[100:]


def test_a_new_store_needs_no_copy(tmp_path):
    open_store(tmp_path / "dossier.db").close()

    assert not (tmp_path / "backups").exists()
