"""The verbs by which people decide, on a real store."""

import json
from datetime import date

import pytest

from bot.domain import LOCAL_WORKSPACE, CommitmentKind
from bot.store import open_store
from tests.store.make import commitment, tell
from tests.test_cli import home, run  # noqa: F401  (fixtures)


def test_a_decision_is_logged_and_taken_back(run):  # noqa: F811
    before = run("export").stdout
    assert "Marked C-1 as wrong" in run("wrong", "C-1").stdout
    assert "Nothing" in run("commitments", "--kind", "offer").stdout

    log = run("log").stdout
    assert "Marked wrong: C-1" in log
    assert "the command line" in log
    undone = run("undo", "2")

    assert "Took back #2" in undone.stdout
    assert "dossier undo 3" in undone.stdout
    assert run("export").stdout == before
    assert [line["undone_by"] for line in json.loads(run("log", "--json").stdout)] == [None, 3, None]


def test_a_slot_set_by_hand_is_shown_as_such(run):  # noqa: F811
    run("correct", "C-1", "recipients", "Estmark; Westmark")

    entry = json.loads(run("show", "C-1", "--json").stdout)

    assert entry["recipients"] == ["Estmark", "Westmark"]
    assert [(each["slot"], each["who"]) for each in entry["corrections"]] == [("recipients", "cli")]
    assert "Set by a person" in run("show", "C-1").stdout


def test_a_name_is_given_to_a_party_shown_on_its_page_and_taken_away(run):  # noqa: F811
    before = run("export").stdout
    assert "“the Crown” now means Norland" in run("alias", "the Crown", "norland").stdout
    assert "Merged isles into Norland" in run("alias", "isles", "the crown").stdout

    page = json.loads(run("party", "Isles", "--json").stdout)

    assert (page["party"], page["given"]) == ("Norland", ["isles", "the Crown"])
    assert [entry["actors"] for entry in page["undertook"]] == [["Norland"]]
    assert page["partners"] == [{"party": "Estmark", "commitments": 1}]
    assert "Named by people here: isles, the Crown" in run("party", "norland").stdout
    assert "“Isles” no longer means Norland" in run("split", "Isles").stdout
    run("undo", "2")
    assert run("export").stdout == before


def test_a_source_is_retracted_and_restored(run):  # noqa: F811
    assert "Retracted S-1" in run("retract", "S-1").stdout
    assert "retracted" in run("show", "S-1").stdout
    assert json.loads(run("commitments", "--json").stdout) == []

    again = run("retract", "S-1")
    assert (again.exit_code, again.stdout) == (1, "")
    assert "S-1 is retracted already, so nothing was changed." in again.stderr

    assert "Restored S-1" in run("restore", "S-1").stdout

    assert "S-1 counts already, so nothing was changed." in run("restore", "S-1").stderr
    assert [entry["id"] for entry in json.loads(run("commitments", "--json").stdout)] == ["C-1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("undo", "9"), "There is no line #9 in the log"),
        (("wrong", "C-9"), "There is no C-9 here"),
        (("correct", "C-1", "mood", "good"), "Use one of: kind, actors"),
        (("retract", "C-1"), "There is no C-1 here"),
        (("alias", "Crown", "Atlantis"), "There is no party “Atlantis”"),
        (("split", "Norland"), "Nobody gave a party the name “Norland”"),
    ],
)
def test_what_cannot_be_decided_is_explained_in_a_line(run, arguments, said):  # noqa: F811
    result = run(*arguments)

    assert result.exit_code == 1
    assert said in result.stderr.replace("\n", " ")


def test_an_export_is_written_to_a_new_file_and_overwrites_nothing(run, tmp_path):  # noqa: F811
    path = tmp_path / "ledger.json"
    assert run("export", str(path)).exit_code == 0
    held = json.loads(path.read_text(encoding="utf-8"))

    again = run("export", str(path))

    assert [entry["id"] for entry in held["commitments"]] == ["C-1"]
    assert held["sources"][0]["text"].startswith("Bridges for Estmark")
    assert again.exit_code == 1
    assert "is there already" in again.stderr


def test_a_proposed_link_is_reviewed_confirmed_and_shown(run, tmp_path):  # noqa: F811
    assert "No proposal waits" in run("review").stdout
    gone = "Norland has withdrawn its offer to send engineers to Estmark."
    finding = commitment(gone, kind=CommitmentKind.WITHDRAWAL, action="send engineers to Estmark")
    with open_store(tmp_path / "dossier.db") as store:
        tell(store, gone, finding, workspace=LOCAL_WORKSPACE, published=date(2026, 4, 20))

    (link,) = json.loads(run("review", "--json").stdout)
    assert (link["kind"], link["older"], link["status"]) == ("withdraws", "C-1", "open")
    assert "dossier confirm L-1, dossier reject L-1." in run("review").stdout
    assert "which is withdrawn now" in run("confirm", "L-1").stdout

    shown = run("show", "C-1").stdout
    assert "Steps" in shown
    assert "has withdrawn its offer" in shown
    assert [step["link"] for step in json.loads(run("show", "C-1", "--json").stdout)["steps"]] == [None, "L-1"]
    again = run("confirm", "L-1")
    assert again.exit_code == 1
    assert "like that already" in again.stderr
