"""The verbs that read documents, with the real pipeline and a real store."""

import gzip
import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from bot import versions
from bot.__main__ import app
from bot.cli.documents import files, rows
from bot.domain import LOCAL_WORKSPACE, Findings
from bot.errors import CannotFetch, NotFound
from bot.store import open_store
from tests.conftest import ROOT
from tests.samples import NOW

OFFER = "Norland and the Isles have offered to send engineers to Estmark if the ceasefire holds."
DOUBT = "It is unclear whether the Union will pay for them."
TEXT = f"{OFFER} {DOUBT}\n"
FRENCH = (
    "Le gouvernement a annoncé hier que les travaux du pont commenceront au printemps prochain et que la région "
    "prendra en charge une partie des dépenses. Les habitants attendent depuis longtemps cette décision, qui doit "
    "encore être approuvée par le conseil."
)

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("nlp")]


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def run(home):
    def call(*arguments, stdin=None):
        env = {"DOSSIER_HOME": str(home), "COLUMNS": "80"}
        return CliRunner().invoke(app, [str(each) for each in arguments], input=stdin, env=env)

    return call


@pytest.fixture
def folder(tmp_path):
    """A folder with two documents, one of them below, one hidden, and one that cannot be read."""
    there = tmp_path / "inbox"
    (there / "more").mkdir(parents=True)
    (there / "a.txt").write_text(TEXT, encoding="utf-8")
    (there / "more" / "b.md").write_text(
        "# Wells\n\nSudmark has promised to dig ten wells by May 2026.\n", encoding="utf-8"
    )
    (there / ".hidden.txt").write_text("Norland will hide.", encoding="utf-8")
    (there / "c.txt").write_text("", encoding="utf-8")
    return there


def jsonl(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def read(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_file_gives_one_object_that_follows_the_contract(run, folder):
    result = run("extract", "--json", folder / "a.txt")
    assert result.exit_code == 0
    (found,) = read(result)
    assert list(found) == ["id", "commitments", "questions", "facts"]
    assert found["id"] == str(folder / "a.txt")
    (offer,) = found["commitments"]
    assert list(offer) == [
        "kind", "actors", "actor_text", "action", "recipients", "condition", "due", "attribution", "firmness", "why", "evidence",
    ]  # fmt: skip
    assert (offer["kind"], offer["actors"]) == ("offer", ["Norland", "Isles"]) or offer["actor_text"]
    assert offer["evidence"][0]["quote"] == OFFER
    assert {"cue", "rule"} <= set(offer["why"])
    (asked,) = found["questions"]
    assert list(asked) == ["kind", "question", "content", "about", "why", "evidence"]
    assert asked["question"].endswith("?")


def test_nothing_is_stored(run, folder, home):
    run("extract", folder / "a.txt")
    assert not home.exists()


def test_a_file_for_people_shows_headline_quote_and_reason(run, folder):
    shown = run("extract", folder / "a.txt").stdout
    assert "│ Norland and the Isles have offered to send engineers to Estmark if the" in shown
    assert "by the rule" in shown


def test_several_files_give_an_object_each_and_the_bad_one_an_error(run, folder):
    result = run("extract", "--json", folder)
    found = read(result)
    assert result.exit_code == 1
    assert [row["id"] for row in found] == [str(folder / name) for name in ("a.txt", "c.txt", "more/b.md")]
    assert "c.txt is empty" in found[1]["error"]
    assert "commitments" in found[2]


def test_lines_in_give_lines_out_in_order(run):
    given = jsonl(
        {"id": "one", "text": TEXT}, {"id": 2, "text": "Nothing of note happened.", "title": "x", "date": "2026-03-01"}
    )
    result = run("extract", "--jsonl", "-", stdin=given)
    assert result.exit_code == 0
    assert [row["id"] for row in read(result)] == ["one", 2]


def test_offsets_count_code_points_of_the_text_given(run):
    text = f"😀 Straße\r\n\r\n{TEXT}\t— e\u0301 👩‍👩‍👧 {DOUBT}"
    (found,) = read(run("extract", "--jsonl", "-", stdin=jsonl({"id": 1, "text": text})))
    places = [
        place for group in ("commitments", "questions", "facts") for item in found[group] for place in item["evidence"]
    ]
    assert places
    assert all(text[place["start"] : place["end"]] == place["quote"] for place in places)


@pytest.mark.parametrize("text", ["Norland will help.", "Yes.", "I", "7", "Will it?"])
def test_a_short_text_is_never_refused(run, text):
    result = run("extract", "--jsonl", "-", stdin=jsonl({"id": 1, "text": text}))
    assert result.exit_code == 0
    assert "commitments" in read(result)[0]


@pytest.mark.parametrize(
    ("line", "id_", "error"),
    [
        ("not json", None, "Line 1 is not JSON"),
        ("[1, 2]", None, "Line 1 is not an object"),
        ('{"id": "a"}', "a", 'Line 1 has no "text"'),
        ('{"id": "a", "text": 7}', "a", 'Line 1 has no "text"'),
        ('{"id": "a", "text": "  "}', "a", "is empty"),
        (json.dumps({"id": "a", "text": FRENCH}), "a", "does not seem to be in English"),
        (json.dumps({"id": "a", "text": "word " * 200_001}), "a", "the limit is 1,000,000"),
        ("[" * 100_000, None, "Line 1 is not JSON"),
        ('{"id": "half", "text": "Norland \\ud800 has promised."}', "half", "Line 1 holds half a character"),
    ],
)
def test_a_bad_line_gives_an_error_and_the_others_go_on(run, line, id_, error):
    result = run("extract", "--jsonl", "-", stdin=f"{line}\n\n" + jsonl({"id": "good", "text": TEXT}))
    bad, good = read(result)
    assert result.exit_code == 1
    assert list(bad) == ["id", "error"]
    assert bad["id"] == id_
    assert error in bad["error"]
    assert (good["id"], len(good["commitments"])) == ("good", 1)


def test_bytes_that_are_no_utf8_are_an_error_of_their_line(run):
    result = run(
        "extract", "--jsonl", "-", stdin=b'{"id": 1, "text": "\xff\xfe"}\n' + jsonl({"id": 2, "text": TEXT}).encode()
    )
    bad, good = read(result)
    assert "Line 1 is not JSON in UTF-8" in bad["error"]
    assert good["id"] == 2


def test_half_a_character_in_a_text_does_no_harm(run):
    result = run("extract", "--jsonl", "-", stdin='{"id": "\\ud83d", "text": "Norland will pay \\ud83d for it."}\n')
    (row,) = read(result)
    assert row["id"] == "\ud83d"


def test_a_packed_file_of_lines_is_unpacked(run, tmp_path):
    packed = tmp_path / "in.jsonl.gz"
    packed.write_bytes(gzip.compress(jsonl({"id": 1, "text": TEXT}).encode()))
    assert len(read(run("extract", "--jsonl", packed))[0]["commitments"]) == 1


def test_the_same_text_gives_the_same_bytes(run):
    given = jsonl({"id": 1, "text": TEXT * 3})
    assert run("extract", "--jsonl", "-", stdin=given).stdout == run("extract", "--jsonl", "-", stdin=given).stdout


def test_a_line_is_printed_as_soon_as_it_is_done():
    """Whoever feeds the lines can wait for each answer."""
    command = [sys.executable, "-m", "bot", "extract", "--jsonl", "-"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(jsonl({"id": number, "text": TEXT}))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(30) == 0


def test_documents_become_sources_and_the_same_content_is_told_as_held(run, folder, home):
    first = run("ingest", folder / "a.txt", folder / "more")
    assert first.exit_code == 0
    assert first.stdout.splitlines()[0].startswith("S-1 ")
    assert "new commitment" in first.stdout
    again = run("ingest", folder / "a.txt")
    assert again.exit_code == 0
    assert "already held, nothing added" in again.stdout
    with open_store(home / "dossier.db") as store:
        assert store.counts(LOCAL_WORKSPACE).sources == 2
        assert store.check() == []
    assert OFFER in json.loads(run("commitments", "--json", "--source", "S-1").stdout)[0]["evidence"][0]["quote"]


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_added(run, folder, home):
    result = run("ingest", folder)
    assert result.exit_code == 1
    assert "c.txt is empty" in result.stderr
    with open_store(home / "dossier.db") as store:
        assert store.counts(LOCAL_WORKSPACE).sources == 2


def test_title_and_date_of_a_single_file_can_be_given(run, folder):
    run("ingest", folder / "a.txt", "--title", "Engineers", "--date", "2026-03-01")
    (held,) = json.loads(run("sources", "--json").stdout)
    assert (held["title"], held["date"], held["added_by"]) == ("Engineers", "2026-03-01", "cli")


def test_title_and_date_do_not_fit_several_files(run, folder):
    result = run("ingest", folder, "--title", "All of them")
    assert result.exit_code == 1
    assert "are for a single file" in result.stderr


def test_documents_of_a_lines_file_become_sources(run, tmp_path):
    given = tmp_path / "in.jsonl"
    given.write_text(
        jsonl({"id": "x-1", "text": TEXT, "title": "Engineers", "date": "2026-03-01"}, {"id": "x-2"}), encoding="utf-8"
    )
    result = run("ingest", "--jsonl", given)
    assert result.exit_code == 1
    assert 'Line 2 has no "text"' in result.stderr
    (held,) = json.loads(run("sources", "--json").stdout)
    assert (held["title"], held["origin"], held["date"]) == ("Engineers", "x-1", "2026-03-01")


def test_sources_go_into_the_workspace_that_is_named(run, folder):
    run("ingest", folder / "a.txt", "--workspace", "222")
    assert json.loads(run("sources", "--json").stdout) == []
    assert len(json.loads(run("sources", "--json", "--workspace", "222").stdout)) == 1


def test_the_extractor_is_scored_on_a_gold_set(run, tmp_path):
    gold = tmp_path / "gold.jsonl"
    entry = {
        "kind": "offer",
        "actor": "Norland and the Isles",
        "action": "send engineers to Estmark",
        "condition": "if the ceasefire holds",
    }
    marked = [
        {"id": "1", "start": 0, "end": len(OFFER), "commitments": [entry]},
        {"id": "2", "start": len(OFFER) + 1, "end": len(TEXT) - 1, "questions": [{"kind": "indirect"}]},
    ]
    gold.write_text(
        jsonl({"id": "d", "text": TEXT, "title": "t", "date": "2026-03-01", "sentences": marked}), encoding="utf-8"
    )
    figures = json.loads(run("evaluate", gold, "--json").stdout)
    assert figures["commitments"]["f1"] == figures["questions"]["f1"] == 1.0
    assert figures["quotes_that_differ_from_the_text"] == 0
    assert "F1 1.000" in run("evaluate", gold).stdout


def test_a_miss_is_listed_with_what_became_of_its_nearest_cue(run, tmp_path):
    gold = tmp_path / "gold.jsonl"
    text = "Will Norland send engineers to Estmark?"
    entry = {"kind": "plan", "actor": "Norland", "action": "send engineers to Estmark", "condition": ""}
    marked = [{"id": "1", "start": 0, "end": len(text), "commitments": [entry]}]
    gold.write_text(jsonl({"id": "d", "text": text, "sentences": marked}), encoding="utf-8")
    shown = run("evaluate", gold, "--errors").stdout
    assert "commitments miss in d (“Will” by will, turned away: asked, not said)" in shown


def test_the_given_document_is_read_as_a_desk_editor_would(run, shared):
    (document,) = (shared / "seeds").glob("*.txt")
    (found,) = read(run("extract", "--json", document))
    (offer,) = [item for item in found["commitments"] if item["actors"] == ["France", "United Kingdom"]]
    assert (offer["action"], offer["condition"]) == ("deploy troops to Ukraine", "in the event of a peace deal")
    assert len(offer["evidence"]) >= 4
    assert not [item for item in found["commitments"] if "United States" in item["actors"]]
    (backing,) = [item for item in found["questions"] if len(item["evidence"]) >= 4]
    assert backing["question"].startswith(("Will the US back", "Would the US back", "Will the United States back"))
    assert len(found["questions"]) <= 4
    assert len([fact for fact in found["facts"] if fact["listed"]]) == 2
    text = document.read_text(encoding="utf-8")
    for group in ("commitments", "questions", "facts"):
        for item in found[group]:
            assert all(text[place["start"] : place["end"]] == place["quote"] for place in item["evidence"])


def test_a_folder_stands_for_its_visible_files_in_order_of_their_names(folder):
    assert [given.path.name for given in files([str(folder)])] == ["a.txt", "c.txt", "b.md"]
    assert len(files([str(folder), str(folder / "a.txt")])) == 3


def test_what_is_not_there_or_not_a_file_is_told_when_it_is_read(tmp_path):
    missing, web, long = files([str(tmp_path / "none"), "http://127.0.0.1:9", "x" * 5000])
    with pytest.raises(NotFound, match=r"There is no file or folder .*none\. Check the path"):
        missing.contents()
    with pytest.raises(CannotFetch, match="does not lead to a public place"):
        web.contents()
    with pytest.raises(NotFound, match="cannot be opened"):
        long.contents()


def test_a_path_that_is_not_there_gives_an_error_and_the_others_are_read(run, folder):
    missing = folder / "none.txt"
    result = run("extract", "--json", missing, "http://127.0.0.1:9/a", folder / "a.txt")
    assert result.exit_code == 1
    bad, web, good = read(result)
    assert list(bad) == list(web) == ["id", "error"]
    assert (bad["id"], web["id"], good["id"]) == (str(missing), "http://127.0.0.1:9/a", str(folder / "a.txt"))
    assert "There is no file or folder" in bad["error"]
    assert good["commitments"]


def test_a_path_that_is_not_there_is_told_and_the_others_are_added(run, folder):
    result = run("ingest", folder / "none.txt", folder / "a.txt")
    assert result.exit_code == 1
    assert "There is no file or folder" in result.stderr
    assert result.stdout.startswith("S-1 ")


def test_a_date_that_cannot_be_understood_is_an_error_of_its_line():
    given = [jsonl({"text": "x", "date": value}).encode() for value in ("2026-03-01T10:00:00Z", None, "", "soon", 7)]
    found = list(rows(given))
    assert [row.published and row.published.isoformat() for row in found] == ["2026-03-01", None, None, None, None]
    assert [row.error for row in found[:3]] == ["", "", ""]
    assert found[3].error == 'Line 4 has a "date" that is none. Write it as 2026-03-14.'
    assert found[4].error


def test_a_file_that_is_too_large_is_refused_before_it_is_read(run, tmp_path):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(3 * 2**30)
    result = run("ingest", large)
    assert result.exit_code == 1
    assert "large.txt is 3072.0 MiB; the limit is 10 MiB" in result.stderr


@pytest.mark.parametrize("verb", ["ingest", "extract"])
def test_a_pipe_is_refused_before_it_is_waited_for(run, tmp_path, verb):
    os.mkfifo(tmp_path / "pipe.txt")
    result = run(verb, tmp_path / "pipe.txt")
    assert result.exit_code == 1
    assert "is not a file but a pipe or device" in result.stderr


def test_a_file_whose_name_is_no_text_is_added_all_the_same(run, tmp_path):
    name = os.fsencode(tmp_path) + b"/bad\xff.txt"
    with open(name, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(TEXT.encode())
    result = run("ingest", os.fsdecode(name))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "S-1 bad\ufffd.txt: 1 new commitment" in result.stdout


def test_a_new_version_supersedes_the_source_that_is_named(run, tmp_path):
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(TEXT, encoding="utf-8")
    second.write_text(f"As amended today by both of them. {OFFER}\n", encoding="utf-8")
    run("ingest", first)

    result = run("ingest", second, "--supersedes", "S-1")

    assert result.exit_code == 0
    assert "Supersedes S-1" in result.stdout
    assert "no longer in the current version: Q-1" in result.stdout
    assert json.loads(run("show", "S-1", "--json").stdout)["superseded_by"] == "S-2"
    again = run("ingest", second, "--supersedes", "S-1")
    assert again.exit_code == 1
    assert "S-1 is superseded" in again.stderr


def test_reading_again_shows_what_would_change_and_applies_it_only_when_asked(run, home, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    run("ingest", source)
    assert "0 appear, 0 disappear" in run("reread").stdout
    with open_store(home / "dossier.db") as store:  # as if an older Dossier had not found the doubt
        versions.reread(store, LOCAL_WORKSPACE, {"S-1": Findings()}, "cli", NOW, apply=True)

    shown = run("reread")

    assert "appears" in shown.stdout
    assert "Nothing was changed. To apply it: dossier reread --apply" in shown.stdout
    assert json.loads(run("questions", "--json").stdout) == []
    assert not (home / "backups").exists()
    (applied,) = json.loads(run("reread", "--apply", "--json").stdout)
    assert [entry["id"] for entry in applied["appeared"]] == ["C-1", "Q-1", "F-1"]
    assert [entry["id"] for entry in json.loads(run("questions", "--json").stdout)] == ["Q-1"]
    assert "Read again: 1 source\n" in run("log").stdout
    assert json.loads(run("check", "--json").stdout)["ok"]


def test_reading_again_copies_the_store_first_and_says_the_way_back(run, home, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    run("ingest", source)
    with open_store(home / "dossier.db") as store:  # as if an older Dossier had found nothing
        versions.reread(store, LOCAL_WORKSPACE, {"S-1": Findings()}, "cli", NOW, apply=True)

    said = run("reread", "--apply").stdout
    (copy,) = (home / "backups").glob("before-reread-*.db")

    assert f"dossier restore {copy}" in said
    assert len(json.loads(run("questions", "--json").stdout)) == 1
    assert run("restore", copy).exit_code == 0
    assert json.loads(run("questions", "--json").stdout) == []
