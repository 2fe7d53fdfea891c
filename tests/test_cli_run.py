"""`dossier run` as a process."""

import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM])
def test_without_a_token_it_says_so_and_shows_the_preview_until_it_is_told_to_stop(tmp_path, ended_by):
    (tmp_path / "seeds").mkdir()
    env = {
        "DOSSIER_HOME": str(tmp_path / "home"),
        "DOSSIER_SEEDS": str(tmp_path / "seeds"),
        "PATH": "/usr/bin:/bin",
        "DISCORD_TOKEN": "",
    }
    command = [sys.executable, "-m", "bot", "run"]
    with (tmp_path / "out").open("w+b") as out, (tmp_path / "err").open("w+b") as err:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=err)
        try:
            assert wait_for(lambda: b"http://127.0.0.1:" in (tmp_path / "out").read_bytes())
            process.send_signal(ended_by)
            assert process.wait(30) == 0
        finally:
            process.kill()
            process.wait()
    told = (tmp_path / "err").read_text(encoding="utf-8")
    assert told.startswith("DISCORD_TOKEN is not set, so this is the preview")
    assert "Traceback" not in told
    assert not (tmp_path / "home").exists()


def wait_for(ready, seconds=60):
    until = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.model
@pytest.mark.usefixtures("nlp")
def test_ctrl_c_ends_a_verb_with_a_word_and_no_traceback(tmp_path):
    env = {"DOSSIER_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "bot", "extract", "--jsonl", "-"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(b'{"id": 1, "text": "Norland will help."}\n')
    process.stdin.flush()
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told == b"Stopped.\n"
