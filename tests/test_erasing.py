"""A Source that is deleted for good: nothing of it is in the store or its file, and what others say stays."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot import digest, drafts, overview, revise
from bot.domain import Cadence, CommitmentKind, DraftKind, Filter, Findings, Query, Schedule
from bot.errors import BadInput, NotFound
from bot.ingest import ingest
from bot.store import open_store, outcome_of
from bot.store._persons import tables
from bot.store._sql import rows
from tests.store.make import HERE, LATER, NOW, THERE, commitment, fact, new_source, question, tell
from tests.test_revise import ME, exported

SAID = "Quillmoor will rebuild the bridge. It is unclear who pays for the zeppelin. It costs 9 doubloons."
PROMISE, DOUBT, PRICE = (
    "Quillmoor will rebuild the bridge.",
    "It is unclear who pays for the zeppelin.",
    "It costs 9 doubloons.",
)
AGAIN = "Once more Quillmoor will rebuild the bridge."
WORDS = ("Quillmoor", "zeppelin", "doubloons")


def say(store, workspace=HERE):
    return tell(
        store,
        SAID,
        commitment(SAID, PROMISE, actors=("Quillmoor",)),
        question(SAID, DOUBT, question="Who pays for the zeppelin?", content="who pays for the zeppelin", about=()),
        fact(SAID, PRICE, about=()),
        workspace=workspace,
        names=(("Quillmoor", ("Quillmoor Harbour Trust",)),),
    )


def say_again(store):
    return tell(store, AGAIN, commitment(AGAIN, PROMISE, actors=("Quillmoor",)), published=date(2026, 4, 1))


def everything(store):
    return str({table: rows(store._db, f"SELECT * FROM {table}") for table in tables(store._db)})


def test_no_word_of_it_is_left_in_any_table_or_in_the_file(store):
    say(store)
    revise.correct(store, HERE, "C-1", "due", "when the zeppelin lands", ME, NOW)
    revise.mark_wrong(store, HERE, "Q-1", ME, NOW)
    drafts.draft(store, HERE, DraftKind.PREVIEW, new_source(f"{SAID} "), Findings())
    store.drop_draft(HERE, 1)

    erased = revise.erase(store, HERE, "S-1", ME, LATER)

    assert (erased.title, erased.origin, erased.length) == ("Deleted for good", "", 0)
    assert not [word for word in WORDS if word in everything(store)]
    assert store.check() == []
    assert words_in_files(store) == []


def words_in_files(store):
    files = [store.path, store.path.with_name(f"{store.path.name}-wal")]
    held = b"".join(each.read_bytes() for each in files if each.exists())
    return [word for word in WORDS if word.encode() in held]


def test_what_a_reader_kept_in_the_log_is_overwritten_once_the_reader_is_done(store):
    say(store)
    store._db.execute("PRAGMA busy_timeout = 50")
    reader = sqlite3.connect(store.path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM sources").fetchall()

    revise.erase(store, HERE, "S-1", ME, LATER)

    assert words_in_files(store)
    assert not store.fold()
    reader.close()
    assert store.fold()
    assert words_in_files(store) == []


def test_what_was_left_in_the_log_before_a_stop_is_overwritten_after_it(store):
    say(store)
    store._db.execute("PRAGMA busy_timeout = 50")
    reader = sqlite3.connect(store.path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM sources").fetchall()
    revise.erase(store, HERE, "S-1", ME, LATER)
    assert words_in_files(store)

    with open_store(store.path) as after:
        reader.close()
        assert after.fold()

    assert words_in_files(store) == []


@pytest.mark.parametrize("direct", [False, True])
def test_no_word_of_it_is_left_in_what_became_of_a_suggestion(store, direct):
    suggested = replace(new_source(SAID, title="The zeppelin"), added_by="43")
    draft = drafts.draft(store, HERE, DraftKind.SUGGESTION, suggested, Findings(), direct=direct)
    drafts.keep(store, HERE, draft.id, ME, NOW)

    revise.erase(store, HERE, "S-1", ME, LATER)

    assert not [word for word in WORDS if word in everything(store)]
    told = store.outcomes(HERE, "43") or [outcome_of(one.content) for one in store.postings_due(LATER)]
    assert [(each.title, each.source) for each in told] == [("Deleted for good", "S-1")]


def test_no_word_of_it_is_left_in_what_digests_told_and_tell(store):
    digest.set_up(store, HERE, ("79", "desk"), (Schedule(Cadence.DAILY), Filter()), ME, NOW - timedelta(days=2))
    first, moved = (
        "Norland will rebuild the bridge if the river rises.",
        "Norland will rebuild the bridge if the river rises and zeppelins land.",
    )
    tell(store, first, commitment(first, condition="if the river rises"))
    assert digest.owe(store, HERE, 1, NOW + timedelta(days=1))
    (told,) = [one for one in store.postings_due(NOW + timedelta(days=1)) if one.kind == "digest"]
    store.mark_sent(HERE, told.id, "1", NOW + timedelta(days=1))
    later = replace(new_source(moved, date(2026, 3, 2)), added_at=NOW + timedelta(days=2))
    found = commitment(moved, condition="if the river rises and zeppelins land")
    assert ingest(store, HERE, later, Findings((found,))).repeated_commitments == ("C-1",)
    assert digest.owe(store, HERE, 1, NOW + timedelta(days=3))
    (owed,) = [one for one in store.postings_due(NOW + timedelta(days=3)) if one.kind == "digest"]
    assert "zeppelins" in owed.content

    revise.erase(store, HERE, "S-2", ME, NOW + timedelta(days=4))

    assert "zeppelins" not in everything(store)
    (owed,) = [one for one in store.postings_due(NOW + timedelta(days=4)) if one.kind == "digest"]
    assert digest.of_posting(store, owed, NOW + timedelta(days=4)).changes == ()


def test_no_word_of_it_is_left_in_the_reason_of_a_link_that_stays(store):
    action = "lend Estmark pumps for the bridge"
    say = (("in May", date(2026, 5, 31)), ("in Maytide", date(2026, 5, 31)), ("on 30 June", date(2026, 6, 30)))
    for day, (due, due_date) in enumerate(say, start=1):
        text = f"Norland will {action} {due}."
        said = commitment(text, action=action, due=due, due_date=due_date)
        tell(store, text, said, published=date(2026, 3, day))
    (link,) = store.links(HERE)
    revise.confirm(store, HERE, link.id, ME, NOW)

    revise.erase(store, HERE, "S-2", ME, LATER)

    assert "Maytide" not in everything(store)
    assert [each.id for each in store.links(HERE)] == [link.id]
    assert store.check() == []


def test_what_other_sources_say_too_stays_and_stands_where_they_say(store):
    say(store)
    say_again(store)
    alone = exported_alone()
    revise.correct(store, HERE, "C-1", "due", "in May", ME, NOW)
    revise.undo(store, HERE, store.log_entries(HERE, 0, 1).items[0].id, ME, NOW)

    revise.erase(store, HERE, "S-1", ME, LATER)

    entry = store.entry(HERE, "C-1")
    assert [mention.source.id for mention in entry.mentions] == ["S-2"]
    assert entry.first_seen == date(2026, 4, 1)
    assert (entry.finding.action, entry.status) == alone
    assert store.parties(HERE, "quill") == ("Quillmoor",)
    assert store.questions(HERE, Query()).total == store.facts(HERE, Query()).total == 0
    for gone in ("Q-1", "F-1"):
        with pytest.raises(NotFound):
            store.entry(HERE, gone)
    assert store.check() == []


def exported_alone():
    return ("rebuild the bridge", "pledged")


def test_another_server_keeps_its_own(store):
    say(store)
    say(store, THERE)
    before = exported(store, THERE)

    revise.erase(store, HERE, "S-1", ME, LATER)

    assert exported(store, THERE) == before
    assert store.check() == []


def test_it_cannot_be_brought_back_by_any_way_and_its_number_is_not_used_again(store):
    say(store)
    revise.mark_wrong(store, HERE, "C-1", ME, NOW)
    store.log_added(HERE, "S-1", ME, NOW)
    revise.erase(store, HERE, "S-1", ME, LATER)
    log = {line.id: line for line in store.log_entries(HERE, 0, 50).items}

    for line in log:
        with pytest.raises(BadInput):
            revise.undo(store, HERE, line, ME, LATER)
    for verb in (revise.restore, revise.retract, revise.remove, revise.erase):
        with pytest.raises(NotFound):
            verb(store, HERE, "S-1", ME, LATER)
    assert say(store).source.id == "S-2"
    assert store.entry(HERE, "C-2").status == "pledged"
    assert store.check() == []


def test_a_link_that_it_gave_rise_to_goes_and_the_older_entry_stands_as_before(store):
    said = "Norland will rebuild the bridge for Estmark."
    tell(store, said, commitment(said), published=date(2026, 1, 5))
    gone = "Norland has withdrawn from rebuilding the bridge for Estmark."
    tell(store, gone, commitment(gone, kind=CommitmentKind.WITHDRAWAL), published=date(2026, 4, 20))
    (link,) = store.links(HERE)
    revise.confirm(store, HERE, link.id, ME, NOW)
    assert store.entry(HERE, "C-1").status == "withdrawn"

    revise.erase(store, HERE, "S-2", ME, LATER)

    assert store.links(HERE) == ()
    assert store.entry(HERE, "C-1").status == "pledged"
    assert overview.changes(store, HERE, NOW - timedelta(days=9)).changes
    assert store.check() == []


def test_what_waits_of_the_same_text_goes_with_it(store):
    say(store)
    found = drafts.draft(store, HERE, DraftKind.PREVIEW, new_source(f"{SAID} More."), Findings())
    store.remove_source(HERE, "S-1", ME, NOW)
    same = drafts.draft(store, HERE, DraftKind.PREVIEW, new_source(SAID), Findings())

    revise.erase(store, HERE, "S-1", ME, LATER)

    assert store.drafts(HERE, DraftKind.PREVIEW, NOW) == (found.id,)
    assert same.id != found.id
