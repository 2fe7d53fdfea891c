"""The `metadata` file for Datasette: it names what is there, hides what explains nothing, and its queries run."""

import json

from bot.store._sql import column, rows
from tests.conftest import ROOT
from tests.store.make import HERE, commitment, tell

DESCRIBED = json.loads((ROOT / "config" / "datasette.json").read_text(encoding="utf-8"))["databases"]["dossier"]


def named(store, kinds=("table", "view")):
    shown = "name NOT LIKE 'sqlite_%' AND name NOT GLOB '*_fts*'"
    return {
        name: {r["name"] for r in rows(store._db, f"PRAGMA table_info({name})")}
        for kind in kinds
        for name in column(store._db, f"SELECT name FROM sqlite_master WHERE type = ? AND {shown}", (kind,))
    }


def test_every_table_and_column_that_it_names_is_there(store):
    held = named(store)

    for name, said in DESCRIBED["tables"].items():
        assert name in held
        assert set(said.get("columns", ())) <= held[name], name
        assert said.get("label_column", next(iter(held[name]))) in held[name], name
        assert said.get("hidden") or said["description"].endswith("."), name


def test_every_view_is_described(store):
    assert set(named(store, ("view",))) <= {name for name, said in DESCRIBED["tables"].items() if "description" in said}


def test_every_table_that_is_referred_to_and_shown_has_a_name_for_its_rows(store):
    """Datasette shows a foreign key as the row that it means, by this column."""
    for name in named(store, ("table",)):
        for key in rows(store._db, f"PRAGMA foreign_key_list({name})"):
            parent = DESCRIBED["tables"].get(key["table"], {"hidden": True})
            assert parent.get("hidden") or parent.get("label_column"), (name, key["table"])


def test_its_queries_run(store):
    text = "Norland will rebuild the bridge."
    tell(store, text, commitment(text), workspace=HERE)
    tell(store, f"Again: {text}", commitment(f"Again: {text}", text), workspace=HERE)
    one, again = (DESCRIBED["queries"][name]["sql"] for name in ("one_entry", "said_again"))

    found = rows(store._db, one, {"workspace": HERE, "entry": "C-1"})
    assert [each["quote"] for each in found] == [text, text]
    assert [(each["entry"], each["documents"]) for each in rows(store._db, again)] == [("C-1", 2)]
