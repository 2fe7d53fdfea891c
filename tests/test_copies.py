"""Near-copies in a store: noted when a Source comes in, and counted once wherever Sources are counted."""

import json
from datetime import date

import pytest

from bot import answer, drafts, overview, revise, versions
from bot.domain import DraftKind, FileFormat, Findings, Order, Query
from bot.render import added_line, added_reply, changes_reply, show_reply, sources_reply, update_reply
from bot.render.drafts import preview_reply
from bot.render.entries import item
from bot.render.exports import export_file
from bot.render.objects import export_object, source_object
from tests.copies import PLEDGE, RELEASE, rerun
from tests.store.make import HERE, LATER, NOW, THERE, commitment, fact, new_source, tell

COPY = rerun()
CHAIN = "The Vell Herald\n" + COPY.replace("Some 1,200 people", "Some 1,200 people, old and young,")
OTHERWISE = RELEASE.replace("40 million", "77 million")
AGAIN = "The minister said once more that Norland will rebuild the bridge for Estmark by June."


def say(store, text, day=1, workspace=HERE):
    return tell(store, text, commitment(text, PLEDGE), workspace=workspace, published=date(2026, 3, day))


def mentioned(store, id_="C-1"):
    return dict(item(store.entry(HERE, id_)).details)["Mentioned"]


@pytest.fixture
def held(store):
    """A release, and a copy of it in another paper."""
    say(store, RELEASE)
    say(store, COPY, 2)
    return store


def test_a_near_copy_is_noted_when_it_comes_in(held):
    added = tell(held, CHAIN, commitment(CHAIN, PLEDGE), published=date(2026, 3, 3))

    assert added.source.copy_of is not None
    assert added.source.copy_of.id in {"S-1", "S-2"}
    assert held.source(HERE, "S-2").copy_of.id == "S-1"
    assert held.source(HERE, "S-1").copy_of is None
    assert added_line(added).endswith(f"; nearly the same text as {added.source.copy_of.id}: A brief")
    assert "the two count as one" in added_reply(added).notes[0]
    assert held.check() == []


def test_near_copies_count_once_and_a_chain_of_them_too(held):
    assert mentioned(held) == "2 sources, near-identical, 1 March 2026 to 2 March 2026"

    tell(held, AGAIN, commitment(AGAIN), published=date(2026, 3, 4))
    assert mentioned(held) == "3 sources, 2 of them near-identical, 1 March 2026 to 4 March 2026"

    say(held, CHAIN, 5)
    assert mentioned(held) == "4 sources, 3 of them near-identical, 1 March 2026 to 5 March 2026"


def test_the_same_sentence_in_a_near_copy_opens_no_entry_though_it_is_read_otherwise(held):
    """A headline of its own lets a pronoun or a name be read otherwise."""
    tell(held, CHAIN, commitment(CHAIN, PLEDGE, actors=(), action="be rebuilding"), published=date(2026, 3, 3))

    entry = held.entry(HERE, "C-1")
    assert held.commitments(HERE, Query()).total == 1
    assert len(entry.mentions) == 3
    assert any("of which this is a near-copy" in mention.reason for mention in entry.mentions)
    assert held.check() == []


def test_what_most_texts_say_stands_first_whoever_copies_more(held):
    say(held, CHAIN, 3)
    other = "Estmark will drain the fields."
    tell(held, other, commitment(other, actors=("Estmark",), action="drain the fields"), published=date(2026, 1, 1))
    again = f"As was said, {other}"
    tell(held, again, commitment(again, actors=("Estmark",), action="drain the fields"), published=date(2026, 1, 2))

    by_sources = held.commitments(HERE, Query(order=Order.SOURCES)).items
    in_february = held.commitments(HERE, Query(order=Order.SOURCES, as_of=date(2026, 4, 1))).items

    assert [each.id for each in by_sources] == [each.id for each in in_february] == ["C-2", "C-1"]


def test_a_text_that_differs_in_a_figure_counts_for_itself(store):
    say(store, RELEASE)
    say(store, OTHERWISE, 2)

    assert store.source(HERE, "S-2").copy_of is None
    assert mentioned(store) == "2 sources, 1 March 2026 to 2 March 2026"


def test_a_short_text_is_no_near_copy(store):
    tell(store, PLEDGE, commitment(PLEDGE))
    tell(store, f"{PLEDGE} Yes.", commitment(f"{PLEDGE} Yes.", PLEDGE), published=date(2026, 3, 2))

    assert store.source(HERE, "S-2").copy_of is None


def test_what_another_server_holds_is_no_original(store):
    say(store, RELEASE, workspace=THERE)
    say(store, COPY)

    assert store.source(HERE, "S-1").copy_of is None


def test_copies_of_a_retracted_original_still_count_once(held):
    say(held, CHAIN, 3)

    revise.retract(held, HERE, "S-1", "42", LATER)

    assert mentioned(held) == "2 sources, near-identical, 2 March 2026 to 3 March 2026"
    shown = dict(show_reply(held.source(HERE, "S-2")).items[0].details)
    assert shown["Near-copy"] == "nearly the same text as S-1: A brief (retracted)"


def test_a_removed_original_is_not_told_of_until_it_is_back(held):
    before = json.dumps(export_object(answer.export(held, HERE)))
    revise.remove(held, HERE, "S-1", "42", LATER)
    assert held.source(HERE, "S-2").copy_of is None

    revise.undo(held, HERE, held.log_entries(HERE, 0, 1).items[0].id, "42", LATER)

    assert held.source(HERE, "S-2").copy_of.id == "S-1"
    assert json.dumps(export_object(answer.export(held, HERE))) == before


def test_a_new_version_is_no_near_copy_of_its_own_old_one(held):
    new = RELEASE + "This text was corrected.\n"
    found = Findings((commitment(new, PLEDGE),), (), ())

    added, _ = versions.replace(held, HERE, "S-1", new_source(new, date(2026, 3, 6)), found)
    assert added.source.copy_of.id == "S-2", "the copy in the other paper, not the version before"
    assert mentioned(held).startswith("2 sources, near-identical")

    third = new + "It was corrected twice.\n"
    found = Findings((commitment(third, PLEDGE),), (), ())
    revise.remove(held, HERE, "S-2", "42", LATER)
    added, _ = versions.replace(held, HERE, "S-3", new_source(third, date(2026, 3, 7)), found)
    assert added.source.copy_of is None
    assert held.check() == []


@pytest.mark.parametrize(("gone", "left"), [("S-1", {"S-2": None, "S-3": "S-2"}), ("S-2", {"S-1": None, "S-3": "S-1"})])
def test_what_is_deleted_for_good_leaves_its_copies_one_text(held, gone, left):
    say(held, CHAIN, 3)

    revise.erase(held, HERE, gone, "42", LATER)

    sources = {id_: held.source(HERE, id_) for id_ in (gone, *left)}
    assert {id_: sources[id_].copy_of and sources[id_].copy_of.id for id_ in left} == left
    assert sources[gone].copy_of is None
    assert mentioned(held).startswith("2 sources, near-identical")
    assert not list(held._db.query("SELECT * FROM source_keys k JOIN sources s ON s.id = k.source WHERE s.erased"))
    assert held.check() == []


def test_sources_that_were_held_before_are_compared_as_others_come_in(held):
    held._db.execute("UPDATE sources SET compared = 0, copy_of = NULL, first_copy = NULL")
    held._db.execute("DELETE FROM source_keys")

    tell(held, "Holm is quiet.", fact("Holm is quiet."))

    assert held.source(HERE, "S-2").copy_of.id == "S-1"
    assert held.uncompared(HERE) == ()


def test_lists_updates_changes_and_files_say_it(held):
    page = answer.sources(held, HERE, Query())
    assert page.items[0].id == "S-2"
    assert ("", "nearly the same text as S-1: A brief") in sources_reply(page, Query()).items[0].details

    assert "Nearly the same text as S-1: A brief" in update_reply(answer.update(held, HERE, "S-2")).lead
    assert (
        "2 sources added, 1 of them a near-copy."
        in changes_reply(overview.changes(held, HERE, NOW.replace(year=2025))).lead
    )

    assert source_object(held.source(HERE, "S-2"))["copy_of"] == "S-1"
    extract = overview.extract(held, HERE, Query())
    rows = export_file(extract, FileFormat.CSV).decode("utf-8-sig").splitlines()
    assert '"near-copy of"' in rows[0]
    assert '"S-1"' in rows[-1]
    assert "| S-2 (near-copy of S-1) |" in export_file(extract, FileFormat.MARKDOWN).decode()
    mentions = json.loads(export_file(extract, FileFormat.JSON))["commitments"][0]["mentions"]
    assert [mention.get("copy_of") for mention in mentions] == [None, "S-1"]


def test_what_only_a_near_copy_says_again_is_told_as_that(held):
    held._db.execute("UPDATE sources SET added_at = ? WHERE number = 2", (LATER.isoformat(),))

    (change,) = overview.changes(held, HERE, NOW).changes

    assert change.what == "said again in S-2 (a near-copy of S-1)"


def test_a_preview_says_so_before_anything_is_kept(held):
    new = new_source(CHAIN, date(2026, 3, 8))
    draft = drafts.draft(held, HERE, DraftKind.PREVIEW, new, Findings())

    notes = preview_reply(drafts.preview(held, HERE, draft.id, NOW)).notes

    assert any("It is nearly the same text as S-" in note for note in notes)
