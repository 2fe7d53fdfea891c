"""The command line's reading verbs, on a real store; what extracts is in test_cli_extract.py."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import __version__
from bot.__main__ import app
from bot.domain import LOCAL_WORKSPACE, Findings
from bot.ingest import ingest
from bot.store import Store, open_store
from tests.conftest import ROOT
from tests.samples import DOUBT, FIGURE, OFFER, TEXT, findings, new_source, offer

VERBS = [
    "run",
    "preview",
    "ingest",
    "reread",
    "extract",
    "commitments",
    "questions",
    "facts",
    "brief",
    "party",
    "timeline",
    "changes",
    "digest",
    "search",
    "show",
    "sources",
    "feed",
    "suggestions",
    "remove",
    "retract",
    "restore",
    "wrong",
    "correct",
    "alias",
    "split",
    "log",
    "undo",
    "export",
    "export-server",
    "restore-server",
    "check",
    "backup",
    "evaluate",
]
READING = [
    ["commitments"],
    ["questions"],
    ["facts"],
    ["sources"],
    ["brief"],
    ["party", "Norland"],
    ["changes", "--since", "2026-01-01"],
    ["digest", "--since", "2026-01-01"],
    ["search", "engineers"],
    ["show", "C-1"],
    ["check"],
]


@pytest.fixture
def home(tmp_path) -> Path:
    """A data folder whose store holds the samples."""
    with open_store(tmp_path / "dossier.db") as store:
        ingest(store, LOCAL_WORKSPACE, new_source(), findings())
    return tmp_path


@pytest.fixture
def run(home):
    """Call the command line in this process; `run(...)` gives exit code, standard output and standard error."""

    def call(*arguments, home=home):
        return CliRunner().invoke(app, list(arguments), env={"DOSSIER_HOME": str(home), "COLUMNS": "80"})

    return call


def test_help_lists_every_verb_with_what_it_does(run):
    shown = run("--help").stdout
    assert [verb for verb in VERBS if f" {verb} " not in shown] == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(run, verb):
    result = run(verb, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_every_verb_is_documented():
    documented = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"## `dossier {verb}" not in documented] == []


def test_the_version_is_told(run):
    assert run("--version").stdout == f"dossier {__version__}\n"


def test_commitments_are_listed_with_id_kind_condition_quote_and_place(run):
    result = run("commitments")
    assert result.exit_code == 0
    assert "C-1  offer" in result.stdout
    assert "Norland and Isles offered to send engineers to Estmark" in result.stdout
    assert "│ Norland and the Isles have offered to send engineers to Estmark if the" in result.stdout
    assert "S-1 · Bridges for Estmark · 1 March 2026 · characters 21–108" in result.stdout


def test_commitments_as_json_follow_the_contract_with_id_status_and_source(run):
    (entry,) = json.loads(run("commitments", "--json").stdout)
    place = entry["evidence"][0]
    assert (entry["id"], entry["kind"], entry["actors"]) == ("C-1", "offer", ["Norland", "Isles"])
    assert "status" in entry
    assert (place["source"], place["date"], place["title"]) == ("S-1", "2026-03-01", "Bridges for Estmark")
    assert TEXT[place["start"] : place["end"]] == place["quote"] == OFFER


def test_questions_and_facts_as_json_carry_their_evidence_too(run):
    (asked,), (held,) = json.loads(run("questions", "--json").stdout), json.loads(run("facts", "--json").stdout)
    assert (asked["id"], asked["status"], asked["evidence"][0]["quote"]) == ("Q-1", "open", DOUBT)
    assert (held["id"], held["listed"], held["evidence"][0]["quote"]) == ("F-1", True, FIGURE)


def test_json_lists_everything_and_not_one_page(run, home):
    with open_store(home / "dossier.db") as store:
        for number in range(12):
            text = f"The town number {number} has offered to plant {number} trees."
            found = offer(text, text, actors=(f"Town {number}",), action=f"plant {number} trees", condition=None)
            ingest(store, LOCAL_WORKSPACE, new_source(text, origin=f"{number}.txt"), Findings((found,)))
    assert len(json.loads(run("commitments", "--json").stdout)) == 13
    assert "Page 1 of 7. Next: --page 2" in run("commitments", "--size", "2").stdout
    assert "Page 7 of 7" in run("commitments", "--size", "2", "--page", "7").stdout


def test_filters_narrow_a_list(run):
    assert json.loads(run("commitments", "--json", "--actor", "Norland", "--kind", "offer").stdout)
    assert json.loads(run("commitments", "--json", "--kind", "pledge").stdout) == []
    assert json.loads(run("commitments", "--json", "--since", "2026-03-02").stdout) == []
    assert json.loads(run("commitments", "--json", "--as-of", "2026-02-01").stdout) == []
    assert json.loads(run("questions", "--json", "--source", "s1").stdout)
    assert json.loads(run("sources", "--json", "--text", "bridges").stdout)


def test_nothing_found_names_what_was_asked_and_what_is_like_it(run):
    result = run("commitments", "--actor", "Norlnd")
    assert result.exit_code == 0
    assert "Nothing held matches actor “Norlnd”. Did you mean “Norland”?" in result.stdout


def test_an_empty_workspace_says_how_to_begin(run, tmp_path):
    result = run("commitments", home=tmp_path / "fresh")
    assert result.exit_code == 0
    assert "dossier ingest PATH adds one" in result.stdout


def test_another_workspace_sees_nothing_of_this_one(run):
    for verb in ("commitments", "questions", "facts", "sources"):
        assert json.loads(run(verb, "--json", "--workspace", "222").stdout) == []
    assert json.loads(run("search", "engineers", "--json", "--workspace", "222").stdout) == []
    assert run("show", "C-1", "--workspace", "222").exit_code == 1
    assert run("brief", "--workspace", "222").exit_code == 1


def test_sources_as_json_say_where_they_come_from(run):
    (held,) = json.loads(run("sources", "--json").stdout)
    assert (held["id"], held["origin"], held["date"], held["commitments"]) == ("S-1", "bridges.txt", "2026-03-01", 1)


def test_a_brief_shows_all_groups_of_a_source(run):
    shown = run("brief", "S-1").stdout
    assert "Brief: Bridges for Estmark" in shown
    assert all(part in shown for part in ("C-1", "Q-1", "F-1"))
    assert json.loads(run("brief", "--json", "--about", "Estmark").stdout)["total"]["commitments"] == 1


def test_a_search_prints_the_sentence_between_its_neighbours(run):
    (hit,) = json.loads(run("search", "--json", "ceasefire", "holds").stdout)
    assert (hit["quote"], hit["after"], hit["entries"]) == (OFFER, DOUBT, ["C-1"])
    assert "1 sentence with “ceasefire holds”" in run("search", "ceasefire", "holds").stdout


def test_one_entry_is_shown_whole(run):
    shown = run("show", "c1").stdout
    assert "Why" in shown
    assert "“have offered”, by the rule “offer-verb”" in shown
    assert "No later mention in the sources held." in shown
    assert json.loads(run("show", "Q-1", "--json").stdout)["id"] == "Q-1"
    assert "SHA-256" in run("show", "S-1").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "C-99"], "C-99"),
        (["show", "nonsense"], "nonsense"),
        (["brief", "S-99"], "S-99"),
        (["search", "?!"], "There is no word to search for"),
        (["ingest"], "There is nothing to add"),
        (["ingest", "http://127.0.0.1:9/a"], "http://127.0.0.1:9/a could not be added. It does not lead to a public"),
        (["ingest", "http://mia:secret@example.org/a"], "It holds a user name or a password"),
        (["ingest", "no/such/file.txt"], "There is no file or folder no/such/file.txt"),
        (["extract"], "Give files to read, or --jsonl FILE"),
        (["extract", "--jsonl", "none.jsonl"], "There is no file none.jsonl"),
        (["evaluate", "none.jsonl"], "There is no file none.jsonl"),
    ],
)
def test_a_mistake_is_told_in_a_line_without_a_traceback(run, arguments, message):
    result = run(*arguments)
    assert result.exit_code == 1
    assert message in result.stderr.replace("\n", " ")
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_setting_that_cannot_be_used_is_told_in_a_line(home):
    env = {"DOSSIER_HOME": str(home), "DOSSIER_PAGE_SIZE": "many"}
    result = CliRunner().invoke(app, ["commitments"], env=env)
    assert result.exit_code == 1
    assert "page_size must be a number" in result.stderr


def test_an_option_that_is_not_there_is_a_usage_error(run):
    assert run("commitments", "--nonsense").exit_code == 2


@pytest.mark.parametrize("arguments", READING, ids=lambda arguments: arguments[0])
def test_every_reading_verb_prints_one_line_of_json(run, arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0
    json.loads(result.stdout)
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize("arguments", READING, ids=lambda arguments: arguments[0])
def test_every_quote_that_is_printed_equals_its_slice(run, arguments):
    places = list(quotes_in(json.loads(run(*arguments, "--json").stdout)))
    assert all(TEXT[place["start"] : place["end"]] == place["quote"] for place in places)
    assert places or arguments[0] in {"sources", "check"}


def quotes_in(value):
    if isinstance(value, dict):
        if isinstance(value.get("quote"), str):
            yield value
        for inner in value.values():
            yield from quotes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from quotes_in(inner)


def test_check_finds_a_sound_store_sound(run):
    result = run("check")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first == "Sound: every quote stands in its text, and all counts and references agree."
    assert second.startswith("Checked: 1 source, ")
    said = json.loads(run("check", "--json").stdout)
    counts = said.pop("checked")
    assert said == {"ok": True, "problems": []}
    assert counts["source"] == 1
    assert {"entry", "mention", "link", "follow", "digest or update"} <= set(counts)


def test_check_finds_a_damage_done_by_hand(run, home):
    damage(home / "dossier.db")
    result = run("check")
    assert result.exit_code == 1
    assert "S-1" in result.stderr or "C-1" in result.stderr
    assert json.loads(run("check", "--json").stdout)["ok"] is False


def damage(path: Path) -> None:
    """Change a letter of a stored text, as a failing disk or a careless hand would."""
    import sqlite3

    db = sqlite3.connect(path)
    triggers = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for name in triggers:
        db.execute(f'DROP TRIGGER "{name}"')
    (table,) = [
        name
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
        if "text" in {row[1] for row in db.execute(f'PRAGMA table_info("{name}")')} and name.startswith("source")
    ]
    db.execute(f"UPDATE \"{table}\" SET text = replace(text, 'offered', 'refused')")
    db.commit()
    db.close()


def test_a_backup_is_a_store_of_its_own(run, home, tmp_path):
    copy = tmp_path / "copies" / "today.db"
    assert run("backup", str(copy)).exit_code == 0
    with open_store(copy) as store:
        assert isinstance(store, Store)
        assert store.check() == []
        assert store.counts(LOCAL_WORKSPACE).commitments == 1


def test_a_backup_without_a_name_goes_into_the_data_folder(run, home):
    assert run("backup").exit_code == 0
    assert len(list((home / "backups").glob("dossier-*.db"))) == 1


def test_a_backup_overwrites_nothing(run, tmp_path):
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", encoding="utf-8")
    result = run("backup", str(precious))
    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert precious.read_text(encoding="utf-8") == "mine"


def test_a_backup_of_nothing_says_so(run, tmp_path):
    result = run("backup", home=tmp_path / "fresh")
    assert result.exit_code == 1
    assert "There is no store yet" in result.stderr


def test_predictions_are_scored_with_intervals_and_each_mistake(run, tmp_path):
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    marked = {"kind": "offer", "actor": "Norland", "action": "send engineers", "condition": ""}
    sentences = [
        {"id": "1", "start": TEXT.index(OFFER), "end": TEXT.index(OFFER) + len(OFFER), "commitments": [marked]},
        {"id": "2", "start": TEXT.index(FIGURE), "end": TEXT.index(FIGURE) + len(FIGURE)},
    ]
    gold.write_text(json.dumps({"id": "d", "text": TEXT, "sentences": sentences}), encoding="utf-8")
    alarm = {"kind": "plan", "why": {"cue": "would", "rule": "modal"}, "evidence": [{"start": 182, "end": 230}]}
    predicted.write_text(json.dumps({"id": "d", "commitments": [alarm], "questions": []}), encoding="utf-8")
    shown = run("evaluate", str(gold), "--predicted", str(predicted), "--errors").stdout
    assert "commitments miss in d" in shown
    assert "commitments false alarm in d (plan: “would” by modal)" in shown
    assert "\n             0 found, 1 false, 1 missed\n" in shown
    figures = json.loads(run("evaluate", str(gold), "--predicted", str(predicted), "--json", "--errors").stdout)
    assert figures["commitments"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "tp": 0, "fp": 1, "fn": 1}
    assert figures["intervals"]["commitments f1"] == [0.0, 0.0]
    assert [each["label"] for each in figures["errors"]] == ["miss", "false alarm"]


def test_a_gold_set_that_is_none_is_told_in_a_line(run, tmp_path):
    bad = tmp_path / "gold.jsonl"
    bad.write_text("not json", encoding="utf-8")
    result = run("evaluate", str(bad), "--predicted", str(bad))
    assert result.exit_code == 1
    assert "is not JSON lines" in result.stderr


@pytest.mark.parametrize(
    "row", [{"id": "d", "text": TEXT}, {"text": TEXT, "sentences": []}, [1], {"id": [], "text": 1}]
)
def test_a_line_that_is_no_marked_document_is_told_with_its_number(run, tmp_path, row):
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n" + json.dumps(row), encoding="utf-8")
    result = run("evaluate", str(gold))
    assert result.exit_code == 1
    assert f"Line 2 of {gold} has no " in result.stderr


def test_a_backup_into_a_folder_that_cannot_be_made_says_so(run, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = run("backup", str(tmp_path / "file" / "copy.db"))
    assert result.exit_code == 1
    assert "cannot be made (" in result.stderr


def test_an_empty_id_is_told_in_whole_words(run):
    assert "There is no entry without an id here." in run("show", "").stderr


def process(*arguments, home, **options):
    command = [sys.executable, "-m", "bot", *arguments]
    env = {"DOSSIER_HOME": str(home), "PATH": "/usr/bin:/bin", "COLUMNS": "80"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, timeout=60, check=False, **options)


def test_as_a_process_it_prints_text_without_colour_and_utf8_whatever_the_locale(home):
    result = process("commitments", home=home)
    assert result.returncode == 0
    assert "│ Norland" in result.stdout.decode("utf-8")
    assert b"\x1b" not in result.stdout
    assert result.stderr == b""


def test_as_a_process_a_mistake_ends_with_status_one_and_no_traceback(home):
    result = process("show", "C-99", home=home)
    assert result.returncode == 1
    assert b"C-99" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_reader_who_stops_early_is_no_error(home):
    command = f"{sys.executable} -m bot show C-1 --json | true; echo ${{PIPESTATUS[0]}}"
    env = {"DOSSIER_HOME": str(home), "PATH": "/usr/bin:/bin"}
    shell = subprocess.run(["bash", "-c", command], cwd=ROOT, env=env, capture_output=True, timeout=60, check=False)
    assert shell.stderr == b""


def test_help_and_lists_need_neither_spacy_nor_discord():
    code = (
        "import sys; from bot.__main__ import app; from bot import answer; "
        "print([m for m in ('spacy', 'discord', 'trafilatura', 'pypdfium2', 'docx', 'simcord') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert result.stdout == "[]\n"


AS_ANOTHER = """
import sys
from typer.testing import CliRunner
from bot.__main__ import app
result = CliRunner().invoke(app, sys.argv[1:])
print(result.stdout + result.stderr, end="")
sys.exit(result.exit_code)
"""


@pytest.fixture
def sealed():
    """Call a verb on a store whose folder and file may only be read, with rights that this binds."""
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if bound and (not shutil.which("setpriv") or subprocess.run([*bound, "true"], check=False).returncode):
        pytest.skip("root may write everywhere, and setpriv cannot take that right away here")
    folder = Path(tempfile.mkdtemp())
    with open_store(folder / "dossier.db") as store:
        ingest(store, LOCAL_WORKSPACE, new_source(), findings())
    (folder / "dossier.db").chmod(0o444)
    folder.chmod(0o555)

    def call(*arguments):
        command = [*bound, sys.executable, "-c", AS_ANOTHER, *arguments]
        env = {**os.environ, "DOSSIER_HOME": str(folder)}
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    yield call
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("verb", READING, ids=" ".join)
def test_what_reads_works_on_a_store_that_cannot_be_written(sealed, verb):
    done = sealed(*verb)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_writing_to_a_store_that_cannot_be_written_says_why(sealed):
    done = sealed("ingest", "README.md")
    assert done.returncode == 1
    assert "cannot be written (Permission denied)" in done.stdout


def test_what_is_wrong_is_told_with_advice_that_can_be_followed_here(run, home):
    with open_store(home / "dossier.db") as store:
        store._db.execute("UPDATE evidence SET quote = 'other words'")
        store._db.conn.commit()
    result = run("check")
    assert result.exit_code == 1
    assert "/source remove in Discord" in result.stderr
    assert "set DOSSIER_HOME to a new folder" in result.stderr


@pytest.mark.parametrize("since", ["yesterday", "2 weeks", "2026-03", "2026-03-14"])
def test_days_are_taken_as_in_discord(run, since):
    assert run("commitments", "--since", since).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--since", "Soon"], "“Soon” is not a day that --since can take"),
        (["--as-of", "2026-13-01"], "“2026-13-01” is not a day that --as-of can take"),
        (["--kind", "vow"], "There is no kind “vow”. Use one of: pledge, offer"),
        (["--status", "gone"], "There is no status “gone”"),
        (["--size", "0"], "--size"),
    ],
)
def test_a_wrong_value_of_an_option_is_told_with_status_2(run, arguments, message):
    result = run("commitments", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr.replace("\n", " ")


@pytest.mark.parametrize("verb", [["commitments"], ["sources"], ["search", "engineers"]], ids=" ".join)
def test_a_page_after_the_last_names_the_last(run, verb):
    result = run(*verb, "--page", "99")
    assert result.exit_code == 1
    assert "There is no page 99. The last page is 1" in result.stderr
