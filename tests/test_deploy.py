"""What `deploy/` promises, read from its files: an image cannot be built in a test, but what would go wrong is seen."""

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch

import pytest

from bot.worker_child import MEMORY_BYTES
from tests.conftest import ROOT

BRIEF = "The Government of Norway has offered to dredge the harbour of Gdansk if the ceasefire holds.\n"
STOPS_WITHIN = 10
SIZES = {"M": 2**20, "G": 2**30}


def instructions():
    """The Containerfile's instructions in order, continued lines joined: (name, arguments)."""
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n", " ", re.sub(r"(?m)^#.*\n", "", text)).splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]


def all_of(name):
    return [arguments for each, arguments in instructions() if each == name]


def last_stage():
    found = instructions()
    return found[max(n for n, (name, _) in enumerate(found) if name == "FROM") :]


def copied():
    """What the build takes from the checkout."""
    return [source for each in all_of("COPY") if not each.startswith("--from") for source in each.split()[:-1]]


@pytest.fixture(scope="module")
def unit():
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(ROOT / "deploy" / "dossier.service", encoding="utf-8")
    return parser["Service"]


def test_the_images_come_from_a_fixed_python_that_the_project_supports():
    bases = {each.split()[0] for each in all_of("FROM")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert len(bases) == 1, "code compiled by one Python is run by another"
    (base,) = bases
    assert re.fullmatch(r"docker\.io/library/python:3\.\d+-slim-\w+", base), "a full name, and no `latest`"
    assert project["requires-python"] == ">=" + base.rpartition(":")[2].partition("-")[0]


def test_what_is_copied_is_there_and_not_left_out_of_the_build():
    ignored = [each for each in (ROOT / ".containerignore").read_text(encoding="utf-8").split() if each[0] not in "#!"]

    for each in copied():
        assert (ROOT / each).exists(), each
        assert not any(fnmatch(each, pattern.strip("/")) for pattern in ignored), each


def test_packages_come_with_their_hashes_and_nothing_else_is_fetched():
    run = " ".join(all_of("RUN"))

    assert "--require-hashes" in run
    assert "--no-deps" in run
    assert not re.search(r"\b(curl|wget|apt-get|apt|git)\b", run)
    assert not all_of("ADD")


def test_the_image_runs_as_a_plain_user_who_can_write_only_the_data():
    stage = last_stage()
    names = [name for name, _ in stage]
    user, environment = dict(stage)["USER"], dict(stage)["ENV"]

    assert f"useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin {user}" in " ".join(all_of("RUN"))
    assert user not in {"root", "0"}
    assert not any("--chown" in arguments or "chmod" in arguments for _, arguments in stage), "the code belongs to root"
    assert names.index("USER") > max(n for n, name in enumerate(names) if name in {"RUN", "COPY"})
    assert "DOSSIER_HOME=/data" in environment.split()
    assert dict(stage)["VOLUME"] == "/data"


def test_the_process_itself_gets_the_signal_to_stop():
    last = dict(last_stage())

    assert json.loads(last["ENTRYPOINT"]) == ["python", "-m", "bot"], "through a shell it would not"
    assert json.loads(last["CMD"]) == ["run"]
    assert last["STOPSIGNAL"] == "SIGTERM"


@pytest.mark.model
@pytest.mark.timeout(240)
def test_what_is_copied_is_all_that_it_takes_to_work_in_a_tree_that_cannot_be_written(tmp_path):
    tree, home = tmp_path / "tree", tmp_path / "home"
    for each in copied():
        at = tree / each
        at.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(ROOT / each, at) if (ROOT / each).is_dir() else shutil.copy(ROOT / each, at)
    (tmp_path / "brief.txt").write_text(BRIEF)
    before = sorted((str(path), path.stat().st_mtime_ns) for path in tree.rglob("*"))
    env = {**os.environ, "DOSSIER_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}

    done = subprocess.run(
        [sys.executable, "-m", "bot", "ingest", str(tmp_path / "brief.txt")],
        cwd=tree,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert (home / "dossier.db").exists()
    assert sorted((str(path), path.stat().st_mtime_ns) for path in tree.rglob("*")) == before


def test_the_unit_runs_the_bot_as_a_plain_user_in_a_system_that_it_cannot_write(unit):
    assert unit["User"] not in {"root", "0", ""}
    assert unit["ProtectSystem"] == "strict"
    assert unit["NoNewPrivileges"] == unit["ProtectHome"] == unit["PrivateTmp"] == "yes"
    assert unit["CapabilityBoundingSet"] == ""
    assert unit["UMask"] == "0077"
    assert "ReadWritePaths" not in unit
    assert f"DOSSIER_HOME=/var/lib/{unit['StateDirectory']}" in unit["Environment"].split()
    assert unit["StateDirectoryMode"] == "0700"
    assert "TOKEN" not in unit["Environment"]
    assert unit["ExecStart"].endswith("python -m bot run")


def test_the_unit_leaves_time_to_stop_and_memory_to_read(unit):
    assert int(unit["TimeoutStopSec"]) > STOPS_WITHIN
    assert int(unit["MemoryMax"][:-1]) * SIZES[unit["MemoryMax"][-1]] > MEMORY_BYTES
    assert unit["Restart"] == "on-failure"
