"""A server moves from one store to another: with all that it had, under the ids that people know, and once."""

import json
import re
import shutil
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import answer, digest, drafts, revise
from bot.__main__ import app
from bot.chat.post import marker
from bot.domain import (
    Cadence,
    DraftKind,
    Fate,
    FeedItem,
    Filter,
    Findings,
    Follow,
    FollowKind,
    LinkKind,
    Outcome,
    Proposal,
    Schedule,
)
from bot.errors import BadInput, NotFound, StoreError
from bot.render.objects import export_object
from bot.store import _ways, export_server, open_store, restore_server
from scripts.freeze_store import decide, fill
from tests.store.make import HERE, LATER, NOW, THERE, commitment, new_source, tell
from tests.store.test_isolation import everything

DAY = timedelta(days=1)
ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]


def lived_in(store, workspace):
    """A server in which everything that can be kept is kept."""
    fill(store, workspace)
    decide(store, workspace)
    text = "Norland has withdrawn its pledge to rebuild the bridge."
    tell(store, text, commitment(text, action="withdraw the pledge to rebuild the bridge"), workspace=workspace)
    wanted = Schedule(Cadence.DAILY), Filter()
    digest.set_up(store, workspace, ("79", "desk"), wanted, "42", NOW - 2 * DAY)
    store.follow(workspace, "43", Follow(FollowKind.PARTY, "Norland", NOW, direct=True))
    feed = store.add_feed(workspace, "https://example.org/feed", "Feed", "42", NOW)
    store.mark_feed_item(workspace, feed.id, FeedItem("one", "ab", "added", "S-2"))
    for number in range(3):
        waiting = new_source(f"Draft {number} waits.")
        drafts.draft(store, workspace, DraftKind.SUGGESTION, waiting, Findings())
    tell(store, "Norland lends a crane.", commitment("Norland lends a crane."), workspace=workspace)
    tell(store, "Estmark lends a boat.", commitment("Estmark lends a boat.", actors=("Estmark",)), workspace=workspace)
    report = " ".join(f"The {n} boats of the harbour came home with herring before noon." for n in ORDINALS)
    for headline in ("Boats are home", "The fleet returns"):
        tell(store, f"{headline}\n\n{report}\n", workspace=workspace)
    store.arrive(workspace, "A server", "9", NOW)
    digest.owe(store, workspace, store.digests(workspace)[0].id, LATER + DAY)
    store.pause_digest(store.digests(workspace)[0], "the channel is gone", NOW, NOW)
    store.visit(workspace, "43", NOW)
    store.tell_outcome(workspace, "44", Outcome("A letter", Fate.OVERDUE, NOW))
    last = store.drafts(workspace, DraftKind.SUGGESTION, NOW)[-1]
    store.tell_outcome(workspace, "45", Outcome("A draft", Fate.OVERDUE, NOW), last)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A store with the server and another, and one with two others, which have the same numbers for other things."""
    folder = tmp_path_factory.mktemp("made")
    for name, servers in (("old", (THERE, HERE)), ("busy", ("333", "444"))):
        with open_store(folder / f"{name}.db") as store:
            for server in servers:
                lived_in(store, server)
    return folder


@pytest.fixture
def old(made, tmp_path):
    shutil.copy2(made / "old.db", tmp_path / "old.db")
    with open_store(tmp_path / "old.db") as store:
        yield store


@pytest.fixture
def file(old, tmp_path):
    path = tmp_path / "server.db"
    export_server(old, HERE, path)
    return path


@pytest.fixture
def busy(made, tmp_path):
    """The path of a store that holds other servers."""
    (tmp_path / "new").mkdir()
    return Path(shutil.copy2(made / "busy.db", tmp_path / "new" / "dossier.db"))


def raw(path):
    """All rows of a server, by table."""
    with open_store(path) as store:
        db = store._db
        found = {
            table: sorted(
                map(repr, db.execute(f"SELECT * FROM {table} WHERE {_ways.condition(way)}", (HERE,)).fetchall())
            )
            for table, way in _ways.ways(db).items()
        }
        return found | {"kept": db.execute(f"SELECT * FROM kept WHERE {_ways.KEPT}", (HERE,)).fetchall()}


def answers(store):
    """Every answer but for the numbers of postings, which are a test of their own."""
    told = everything(store, HERE)
    assert isinstance(told.pop(-4), list)
    return told


def exported(store):
    return json.dumps(export_object(answer.export(store, HERE)))


def test_into_an_empty_store_every_row_comes_as_it_was(old, file, tmp_path):
    assert restore_server(file, tmp_path / "new.db") == (HERE, old.counts(HERE).sources)

    before, after = raw(old.path), raw(tmp_path / "new.db")

    for table in ("totals",):  # a kind that there is no more counts nothing, and need not be there
        before[table] = [row for row in before[table] if not row.endswith(", 0)")]
    assert after == before
    empty = {table for table, found in before.items() if not found}
    assert empty <= {"links", "link_sources"}, "the server of the test keeps too little"


_CHANCE = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+|[0-9a-f]{16,}")
"""Instants and random tokens, which may hold the digits of an id by chance."""


def test_the_file_and_the_store_are_sound_and_hold_nothing_of_others(old, file, busy):
    with open_store(file) as alone:
        assert alone.check() == []
        assert alone.workspaces() == (HERE,)
    assert THERE.encode() not in _CHANCE.sub(b"", file.read_bytes().replace(HERE.encode(), b""))
    assert file.stat().st_mode & 0o077 == 0
    assert not list(file.parent.glob("server.db?*"))

    with open_store(busy) as store:
        others = [everything(store, each) for each in ("333", "444")]
    restore_server(file, busy)

    with open_store(busy) as store:
        assert store.check() == []
        assert store.workspaces() == (HERE, "333", "444")
        assert [everything(store, each) for each in ("333", "444")] == others
    assert not list(busy.parent.glob("*.moving*"))


def test_every_answer_and_the_export_are_as_before_among_other_servers(old, file, busy):
    restore_server(file, busy)

    with open_store(busy) as new:
        assert exported(new) == exported(old)
        assert answers(new) == answers(old)
        assert new.follows(HERE, "43") == old.follows(HERE, "43")
        assert new.personal(HERE, "42").others == old.personal(HERE, "42").others
        assert [f.url for f in new.feeds(HERE)] == [f.url for f in old.feeds(HERE)]
        (feed,) = new.feeds(HERE)
        assert new.feed_items(HERE, feed.id) == old.feed_items(HERE, old.feeds(HERE)[0].id)
        assert len(new.drafts(HERE, DraftKind.SUGGESTION, NOW)) == 3
        assert new.watched(HERE) == old.watched(HERE)
        assert new.source(HERE, "S-9").copy_of.id == "S-8"
        assert new.kept(f"folder:{HERE}") == "1"


def test_ids_go_on_where_they_were(old, file, busy):
    restore_server(file, busy)
    text = "Estmark will lend nine cranes to the Isles."

    with open_store(busy) as new:
        ids = [
            tell(store, text, commitment(text, actors=("Estmark",), action="lend nine cranes")) for store in (old, new)
        ]
        assert ids[0].new_commitments == ids[1].new_commitments != ()
        assert ids[0].source.id == ids[1].source.id
        assert new.check() == []


def test_what_people_decided_can_be_undone_after_the_move(old, file, busy):
    restore_server(file, busy)

    with open_store(busy) as new:
        while line := latest(new):
            revise.undo(new, HERE, line, "42", LATER)
            revise.undo(old, HERE, latest(old), "42", LATER)
            assert exported(new) == exported(old)
        assert latest(old) is None
        assert new.check() == []


def latest(store):
    """The last line that can be undone."""
    lines = store.log_entries(HERE, 0, 100).items
    held = [store.log_entry(HERE, line.id) for line in lines]
    return next((line.id for line in held if line.effects and not line.undoes and not line.undone_by), None)


def test_an_undo_is_told_with_the_number_that_its_line_has_now(file, busy):
    restore_server(file, busy)

    with open_store(busy) as new:
        undos = [line for line in new.log_entries(HERE, 0, 100).items if line.undoes]
        assert undos
        assert all(line.details["line"] == str(line.undoes) for line in undos)
        assert all(new.log_entry(HERE, line.undoes).subject == line.subject for line in undos)


def test_nothing_is_posted_twice_and_nothing_is_lost(old, file, busy):
    restore_server(file, busy)
    later = LATER + 40 * DAY

    def owed(store):
        due = [one for one in store.postings_due(later) if one.workspace == HERE]
        return [(one.kind, one.channel, one.created_at, [t.subject for t in store.together(one)]) for one in due]

    with open_store(busy) as new:
        mine = [(kind, channel, at) for kind, channel, at, _ in owed(new)]
        assert mine == [(kind, channel, at) for kind, channel, at, _ in owed(old)]
        assert {kind for kind, *_ in mine} >= {"update", "follow", "digest", "notice", "welcome"}
        assert [t for kind, *_, t in owed(new) if kind == "update"] == [
            t for kind, *_, t in owed(old) if kind == "update"
        ], "what is told in one message is so still"
        for one in new.postings_due(later):
            if one.workspace == HERE and one.kind == "digest":
                assert digest.of_posting(new, one, later).changes
            if one.workspace == HERE and one.kind == "notice":
                assert digest.of_notice(new, one).workspace == HERE
        (outcome,) = [one for one in new.postings_due(later) if (one.workspace, one.kind) == (HERE, "outcome")]
        assert int(outcome.subject) == new.drafts(HERE, DraftKind.SUGGESTION, NOW)[-1]
        text = new.source_text(HERE, "S-2")
        assert tell(new, text, workspace=HERE).duplicate
        assert not new.arrive(HERE, "A server", "9", LATER), "it was greeted"


def test_what_was_sent_and_not_marked_is_known_in_discord_after_two_moves(old, file, busy, made, tmp_path):
    def marks(store):
        due = store.postings_due(LATER + 40 * DAY)
        return {one.name: marker(one) for one in due if one.workspace == HERE}

    third = Path(shutil.copy2(made / "busy.db", tmp_path / "third.db"))
    restore_server(file, busy)
    with open_store(busy) as new:
        assert marks(new) == marks(old)
        moved = {one.id for one in new.postings_due(LATER + 40 * DAY) if one.workspace == HERE}
        assert not moved & {one.id for one in old.postings_due(LATER + 40 * DAY)}, "the numbers of the test are free"
        export_server(new, HERE, tmp_path / "again.db")
    restore_server(tmp_path / "again.db", third)

    with open_store(third) as last:
        assert marks(last) == marks(old)
        assert len(set(marks(last).values())) == len(marks(last))


def test_a_number_from_before_never_leads_to_something_else(old, file, busy):
    before = {*old.drafts(HERE, DraftKind.SUGGESTION, NOW), old.feeds(HERE)[0].id, old.digests(HERE)[0].id}
    lines = {line.id for line in old.log_entries(HERE, 0, 100).items}
    restore_server(file, busy)

    with open_store(busy) as new:
        drafted = drafts.draft(new, HERE, DraftKind.SUGGESTION, new_source("One more."), Findings())
        assert drafted.id not in before
        for id_ in old.drafts(HERE, DraftKind.SUGGESTION, NOW):
            with pytest.raises(NotFound):
                new.draft(HERE, id_, NOW)
        assert not lines & {line.id for line in new.log_entries(HERE, 0, 100).items}


def test_numbers_that_were_given_out_are_not_given_out_again_in_an_empty_store(old, tmp_path):
    last = old.drafts(HERE, DraftKind.SUGGESTION, NOW)[-1]
    old.drop_draft(HERE, last)
    export_server(old, HERE, tmp_path / "server.db")
    restore_server(tmp_path / "server.db", tmp_path / "new.db")

    with open_store(tmp_path / "new.db") as new:
        assert drafts.draft(new, HERE, DraftKind.SUGGESTION, new_source("One more."), Findings()).id > last


def test_confirmed_links_move_with_what_they_make_of_their_entries(old, busy, tmp_path):
    mention = old._db.execute("SELECT max(id) FROM mentions WHERE workspace = ?", (HERE,)).fetchone()[0]
    old.propose(HERE, mention, Proposal(LinkKind.WITHDRAWS, "C-3", "C-1", "it says so", "withdrawn"), LATER)
    revise.confirm(old, HERE, "L-1", "42", LATER)
    assert old.entry(HERE, "C-1").status == "withdrawn"
    export_server(old, HERE, tmp_path / "server.db")

    restore_server(tmp_path / "server.db", busy)

    with open_store(busy) as new:
        assert new.entry(HERE, "C-1").status == "withdrawn"
        assert exported(new) == exported(old)
        revise.undo(new, HERE, latest(new), "42", LATER)
        assert new.entry(HERE, "C-1").status != "withdrawn"
        assert new.check() == []


def test_a_server_that_is_there_already_is_not_overwritten(file, busy):
    restore_server(file, busy)
    before = raw(busy)

    with pytest.raises(BadInput, match=rf"has the server {HERE} already .*--remove"):
        restore_server(file, busy)

    assert raw(busy) == before


def test_a_server_moves_away_and_back(old, file, busy, tmp_path):
    told = exported(old)
    restore_server(file, busy)
    with old.removing(HERE, LATER):
        pass
    assert HERE not in old.workspaces()
    assert old.check() == []

    with open_store(busy) as new:
        export_server(new, HERE, tmp_path / "back.db")
    restore_server(tmp_path / "back.db", old.path)

    assert exported(old) == told
    assert old.check() == []


def test_what_is_added_while_a_server_is_taken_out_is_not_lost(old, tmp_path):
    """A bot that runs beside waits until the server is out, and what it then adds stays."""

    def beside():
        with open_store(old.path) as store:
            tell(store, "Norland lends a second crane.", workspace=HERE)

    adding = threading.Thread(target=beside)
    with old.removing(HERE, LATER):
        held = export_server(old, HERE, tmp_path / "server.db")
        adding.start()
        adding.join(0.5)
        assert adding.is_alive()
    adding.join()

    with open_store(tmp_path / "server.db") as moved:
        assert held == moved.counts(HERE).sources
    assert old.counts(HERE).sources == 1
    assert old.check() == []


def test_a_server_that_cannot_be_written_elsewhere_stays(old, tmp_path):
    before = raw(old.path)
    with pytest.raises(StoreError), old.removing(HERE, LATER):
        export_server(old, HERE, old.path / "server.db")
    assert raw(old.path) == before


def test_a_store_that_would_not_be_sound_is_left_as_it_was(file, busy):
    with sqlite3.connect(busy) as db:
        db.execute("UPDATE source_texts SET text = 'another'")
    db.close()

    with pytest.raises(StoreError, match="Nothing was restored, as the store would not be sound"):
        restore_server(file, busy)

    with open_store(busy) as store:
        assert HERE not in store.workspaces()


def test_a_damaged_file_is_refused(file, busy):
    with sqlite3.connect(file) as db:
        db.execute("UPDATE source_texts SET text = 'another'")
    db.close()

    with pytest.raises(StoreError, match="damaged, so nothing was restored"):
        restore_server(file, busy)


def test_what_is_no_server_is_refused_with_what_to_do(old, busy, tmp_path):
    old.backup(tmp_path / "whole.db")
    (tmp_path / "letter.db").write_bytes(b"a letter" * 200)

    with pytest.raises(BadInput, match=r"holds 2 servers.*dossier restore"):
        restore_server(tmp_path / "whole.db", busy)
    with pytest.raises(StoreError, match="not a Dossier store"):
        restore_server(tmp_path / "letter.db", busy)
    with pytest.raises(StoreError, match="There is no file"):
        restore_server(tmp_path / "nowhere.db", busy)
    with pytest.raises(NotFound, match=rf"no server 999 in this store.*{HERE}, {THERE}"):
        export_server(old, "999", tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_the_command_line_moves_a_server(old, tmp_path):
    old.close()
    first, second, file = tmp_path / "first", tmp_path / "second", tmp_path / "server.db"
    first.mkdir()
    (tmp_path / "old.db").rename(first / "dossier.db")

    def run(home, *arguments):
        return CliRunner().invoke(app, list(arguments), env={"DOSSIER_HOME": str(home)})

    before = run(first, "export", "--workspace", HERE).stdout
    out = run(first, "export-server", HERE, str(file), "--remove")
    again = run(first, "export-server", HERE, str(file))
    back = run(second, "restore-server", str(file))
    twice = run(second, "restore-server", str(file))

    assert (out.exit_code, back.exit_code) == (0, 0)
    assert "no longer in this store" in out.stdout
    assert "Every id is as it was" in back.stdout
    assert (again.exit_code, twice.exit_code) == (1, 1)
    assert "is there already" in again.stderr
    assert run(second, "export", "--workspace", HERE).stdout == before
    assert run(first, "export", "--workspace", HERE).stdout != before
    assert run(second, "check").exit_code == run(first, "check").exit_code == 0
