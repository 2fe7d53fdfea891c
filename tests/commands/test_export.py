"""`/export`: what lists show, as a file for the asker alone."""

import json

from tests import samples
from tests.chat.stage import text


async def export(stage, place=None, **options):
    place = place or stage.news
    return await place.member.slash(place.channel, "export", **options)


async def test_the_file_is_private_and_what_is_in_it_is_said(stage):
    await stage.stock(stage.news)

    result = await export(stage)

    assert result.ephemeral
    assert "1 commitment, 1 open question and 1 fact, from 1 source" in text(result.response)
    assert [one.filename for one in result.response.attachments] == ["dossier.md"]


async def test_filters_narrow_it_as_they_narrow_lists(stage):
    await stage.stock(stage.news)

    actor = await export(stage, actor="norland", format="csv")
    nobody = await export(stage, actor="Westmark")
    no_such = await export(stage, actor="norland", only="questions")

    assert "1 commitment, from 1 source" in text(actor.response)
    assert [one.filename for one in actor.response.attachments] == ["dossier.csv"]
    assert "Nothing that is held matches" in text(nobody.response)
    assert "No list has all of these filters" in text(no_such.response)


async def test_nothing_of_another_server_is_in_it(stage):
    await stage.stock(stage.news)

    there = await export(stage, stage.rival)

    assert "Nothing that is held matches" in text(there.response)
    assert not there.response.attachments


def test_the_command_line_writes_the_same(tmp_path):
    from typer.testing import CliRunner

    from bot.__main__ import app
    from bot.domain import LOCAL_WORKSPACE
    from bot.ingest import ingest
    from bot.store import open_store

    with open_store(tmp_path / "dossier.db") as store:
        ingest(store, LOCAL_WORKSPACE, samples.new_source(), samples.findings())

    def run(*words):
        return CliRunner().invoke(app, ["export", *words], env={"DOSSIER_HOME": str(tmp_path)})

    table = tmp_path / "all.csv"
    assert run(str(table)).exit_code == 0
    assert table.read_bytes().decode("utf-8-sig").count("\r\n") == 4
    assert run("--format", "markdown", "--only", "questions").stdout.startswith("# Dossier\n\n## Open questions")
    assert json.loads(run("--actor", "Norland").stdout)["filters"] == {"actor": "Norland"}
    assert samples.TEXT in json.loads(run().stdout)["sources"][0]["text"]
    assert run("--format", "xml").exit_code == 2
    assert run("--only", "sources").exit_code == 2
    assert run("--kind", "pledge", "--only", "questions").exit_code == 2
