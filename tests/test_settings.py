"""Settings that more than one of them have to agree on."""

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.errors import SettingsError
from bot.settings import load_settings

FIRST, SECOND = str(4 << 22), str((5 << 22) + 77)


def settings(tmp_path, text="", **env):
    (tmp_path / "config").mkdir(exist_ok=True)
    (tmp_path / "config" / "dossier.toml").write_text(text)
    return load_settings({f"DOSSIER_{name.upper()}": value for name, value in env.items()}, root=tmp_path)


def test_without_shards_every_server_is_held(tmp_path):
    alone = settings(tmp_path)

    assert (alone.shard_ids, alone.shard_count) == ((), 0)
    assert alone.holds(FIRST)
    assert alone.holds(SECOND)


def test_each_server_is_held_by_exactly_the_process_of_its_shard(tmp_path):
    parts = [settings(tmp_path, shard_ids=ids, shard_count="4") for ids in ("0,1", "2 3")]

    assert [part.shard_ids for part in parts] == [(0, 1), (2, 3)]
    for server in range(3 << 22, 900 << 22, (1 << 22) + 12_345):
        assert [part.holds(str(server)) for part in parts].count(True) == 1
    assert all(part.holds("local") for part in parts)


def test_the_file_sets_shards_and_the_environment_goes_before_it(tmp_path):
    text = "shard_count = 2\nshard_ids = [1]\n"

    assert settings(tmp_path, text).shard_ids == (1,)
    assert settings(tmp_path, text, shard_ids="0").shard_ids == (0,)
    assert settings(tmp_path, "shard_count = 2").holds(FIRST)


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"shard_ids": "2", "shard_count": "2"}, "there are 0 to 1"),
        ({"shard_ids": "0"}, "shard_count is not set"),
        ({"shard_ids": "first", "shard_count": "2"}, "Shards are numbers such as 0,1"),
    ],
)
def test_shards_that_cannot_be_are_refused_with_what_to_do(tmp_path, env, words):
    with pytest.raises(SettingsError, match=words):
        settings(tmp_path, **env)


def test_the_command_line_refuses_shards_that_cannot_be():
    result = CliRunner().invoke(app, ["run", "--shards", "4", "--of", "4"], env={"DISCORD_TOKEN": ""})

    assert result.exit_code == 2
    assert "there are 0 to 3" in result.stderr
