"""The load script, with a light load."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.wire
@pytest.mark.model
@pytest.mark.timeout(240)
def test_it_tells_how_answers_were_while_documents_were_added(shared):
    if not (shared / "harness" / "fake_discord.py").exists():
        pytest.skip("the loopback Discord is not in the shared folder")
    light = ["--servers", "2", "--rate", "5", "--seconds", "2", "--documents", "4"]

    done = subprocess.run(
        [sys.executable, "-m", "scripts.load", *light], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    rows = dict(line.strip("| ").split(" | ") for line in done.stdout.splitlines()[2:])
    assert rows["interactions"].startswith("10 in ")
    assert rows["documents added meanwhile"] == "4 of 4"
    assert rows["not acknowledged within 3 s"] == rows["not answered"] == "0"
    assert int(rows["that of its extraction process"].split()[0]) > 0
