"""Reading on a Dask cluster of two real processes: what comes of it is what comes of reading here."""

import json
import os
import re
import signal
import sys

import pytest
from typer.testing import CliRunner

from bot import cluster
from bot.__main__ import app
from bot.domain import LOCAL_WORKSPACE
from bot.errors import BadInput, EmptyDocument
from bot.store import open_store
from bot.worker_child import Task
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.model,
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("ignore"),  # Dask's own, of sockets and ports
]
OFFER = "Norland and the Isles have offered to send engineers to Estmark if the ceasefire holds."
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")


@pytest.fixture(scope="module")
def scheduler():
    """A cluster of two workers, each a process of its own."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed (the extra dask)")
    options = {"n_workers": 2, "processes": True, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options, host="127.0.0.1") as made:
        yield made


@pytest.fixture
def inbox(tmp_path):
    """What comes in a backfill: files of all formats, the same twice, some that cannot be read, and lines."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for file in sorted((ROOT / "seeds").iterdir()):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "2026-04-02-again.txt").write_text(f"{OFFER}\n")
    (folder / "2026-04-03-empty.txt").write_text("")
    (folder / "2026-04-04-broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "2026-04-05-twice.txt").write_text(f"{OFFER}\n")
    rows = [{"id": 1, "text": f"{OFFER} It is unclear who will pay."}, {"id": 2}, {"id": 3, "text": "Who will pay?"}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def ingested(home, inbox, *options):
    """What the command line says and what is held then, but for the instants."""
    env = {"DOSSIER_HOME": str(home), "COLUMNS": "80"}
    arguments = ["ingest", str(inbox), str(inbox / "none.txt"), "--jsonl", str(inbox.parent / "rows.jsonl"), *options]
    said = CliRunner().invoke(app, arguments, env=env)
    held = CliRunner().invoke(app, ["export"], env=env).stdout
    with open_store(home / "dossier.db") as store:
        assert store.check() == []
        assert store.counts(LOCAL_WORKSPACE).sources >= 10
    return said.exit_code, said.stdout, said.stderr, INSTANT.sub("then", held)


def test_two_workers_give_the_same_bytes_the_same_lines_and_the_same_errors(scheduler, inbox, tmp_path):
    alone = ingested(tmp_path / "alone", inbox)
    together = ingested(tmp_path / "together", inbox, "--dask", scheduler.scheduler_address)

    assert together == alone
    assert alone[0] == 1
    assert "empty.txt is empty" in alone[2]
    assert "already held" in alone[1]


def test_documents_come_back_in_order_also_where_a_worker_dies(scheduler):
    def killing():
        victim = next(iter(scheduler.workers.values()))
        os.kill(victim.pid, signal.SIGKILL)
        return Task(b"", "empty.txt")

    def opened(number):
        return lambda: Task(f"{OFFER} That was said on day {number}.\n".encode(), f"{number}.txt")

    with cluster.connected(scheduler.scheduler_address) as client:
        given = [*((number, opened(number)) for number in range(6)), (6, killing), (7, opened(7))]
        read = list(cluster.read(client, given))

    assert [number for number, _ in read] == list(range(8))
    assert isinstance(read[6][1], EmptyDocument)
    for number, outcome in read[:6] + read[7:]:
        document, found = outcome
        assert f"day {number}" in document.text
        assert found.commitments[0].evidence[0].quote == OFFER


def test_workers_of_another_dossier_are_refused(scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "version", lambda name: "0")

    with pytest.raises(BadInput, match="run another Dossier"), cluster.connected(scheduler.scheduler_address):
        pass


def test_without_a_scheduler_it_says_how_to_start_one(scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)

    with pytest.raises(BadInput, match=r"No Dask scheduler answers.*dask scheduler"), cluster.connected("127.0.0.1:9"):
        pass


def test_without_dask_it_says_how_to_install_it(tmp_path, inbox, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    result = CliRunner().invoke(
        app, ["ingest", str(inbox), "--dask", "127.0.0.1:8786"], env={"DOSSIER_HOME": str(tmp_path / "home")}
    )

    assert result.exit_code == 1
    assert "pip install '.[dask]'" in result.stderr
    assert "Traceback" not in result.stderr
