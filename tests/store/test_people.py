"""What members follow, what is kept of them and forgotten, and servers that come and go."""

import sqlite3
from datetime import timedelta

import pytest

from bot import revise
from bot.domain import FORMER_MEMBER, Follow, FollowKind, Query
from bot.errors import BadInput
from bot.store._follows import MOST
from bot.store._persons import places
from bot.store._sql import column, rows, value
from bot.store._ways import tables
from tests.store.make import HERE, NOW, THERE, commitment, fact, question, tell

MIA, THEO = "42", "43"
TEXT = "Norland will rebuild the bridge. It is unclear who pays for the ferry. It costs 9 crowns."
GRACE = timedelta(days=30)


@pytest.fixture
def told(store):
    """The same document in two servers."""
    for workspace in (HERE, THERE):
        tell(
            store,
            TEXT,
            commitment(TEXT, "Norland will rebuild the bridge."),
            question(TEXT, "It is unclear who pays for the ferry.", about=("Isles",)),
            fact(TEXT, "It costs 9 crowns."),
            workspace=workspace,
        )
    return store


def follow(store, kind, target, member=MIA, *, direct=False, workspace=HERE):
    return store.follow(workspace, member, Follow(FollowKind(kind), target, NOW, direct))


def followed(store, member=MIA, workspace=HERE):
    return sorted(store.followed(workspace, member, {"C-1", "Q-1", "F-1"}))


def owed(store):
    return [(p.workspace, p.channel, p.subject) for p in store.postings_due(NOW + GRACE) if p.kind == "follow"]


def everything(store, workspace):
    """Every row of a workspace, as text."""
    found = {table: rows(store._db, f"SELECT * FROM {table}") for table in tables(store._db)}
    return str({t: [r for r in rs if r.get("workspace") == workspace] for t, rs in found.items()})


def test_a_party_words_or_an_entry_can_be_followed_each_member_for_themselves(told):
    assert follow(told, "party", "Norland")
    assert followed(told) == ["C-1"]
    assert follow(told, "topic", "ferry")
    assert follow(told, "entry", "F-1")
    assert followed(told) == ["C-1", "F-1", "Q-1"]

    assert not follow(told, "party", "norland"), "it is followed already"
    assert followed(told, THEO) == followed(told, workspace=THERE) == []
    assert told.unfollow(HERE, MIA, FollowKind.TOPIC, "Ferry")
    assert followed(told) == ["C-1", "F-1"]


def test_what_is_withdrawn_stays_followed(told):
    follow(told, "party", "Norland")
    told.retract_source(HERE, "S-1", THEO, NOW)

    assert followed(told) == ["C-1"]


def test_nobody_follows_without_end(told):
    for number in range(MOST):
        follow(told, "topic", f"ferry {number}")

    with pytest.raises(BadInput, match="/follow remove"):
        follow(told, "topic", "one more")


def test_a_source_owes_one_message_to_each_who_asked_for_it_and_follows_what_it_says(told):
    follow(told, "party", "Norland", direct=True)
    follow(told, "topic", "bridge", direct=True)
    follow(told, "party", "Norland", THEO)
    follow(told, "party", "Norland", direct=True, workspace=THERE)
    again = "Norland will rebuild the bridge."

    tell(told, f"Once more: {again}", commitment(f"Once more: {again}", again), workspace=HERE)
    tell(
        told,
        "Estmark will close the pier.",
        commitment("Estmark will close the pier.", actors=("Estmark",), action="close the pier"),
        workspace=HERE,
    )

    assert owed(told) == [(HERE, f"@{MIA}", "S-2")]


def test_direct_messages_that_failed_end_and_that_is_said_once(told):
    follow(told, "party", "Norland", direct=True)
    told.refuse_direct(HERE, MIA, NOW)

    assert [each.direct for each in told.follows(HERE, MIA)] == [False]
    assert told.refused_direct(HERE, MIA) == NOW
    told.told_refused(HERE, MIA, NOW - timedelta(minutes=1))
    assert told.refused_direct(HERE, MIA) == NOW
    told.told_refused(HERE, MIA, NOW)
    assert told.refused_direct(HERE, MIA) is None


def test_all_that_is_kept_of_a_person_is_shown_and_forgotten_and_decisions_stay(told):
    told.visit(HERE, MIA, NOW)
    follow(told, "party", "Norland", direct=True)
    revise.correct(told, HERE, "C-1", "due", "in May", MIA, NOW)
    revise.mark_wrong(told, HERE, "Q-1", THEO, NOW)
    told.set_updates_channel(HERE, "99", MIA, NOW)
    told.visit(THERE, MIA, NOW)
    there = everything(told, THERE)

    kept = told.personal(HERE, MIA)
    assert kept.visited == NOW
    assert [each.target for each in kept.follows] == ["Norland"]
    assert [line.what for line in kept.lines] == ["slot set", "updates set"]
    assert dict(kept.others) == {"corrections": 2, "subscriptions": 1}

    told.forget(HERE, MIA)

    assert told.personal(HERE, MIA) == type(kept)()
    assert f"'{MIA}'" not in everything(told, HERE)
    assert f'"{MIA}"' not in str(rows(told._db, "SELECT * FROM log_effects"))
    assert everything(told, THERE) == there
    decided = [line.who for line in told.log_entries(HERE).items if line.who != "cli"]
    assert decided == [FORMER_MEMBER, THEO, FORMER_MEMBER]
    assert told.check() == []
    line = next(line for line in told.log_entries(HERE).items if line.what == "slot set")
    revise.undo(told, HERE, line.id, THEO, NOW)
    assert told.entry(HERE, "C-1").corrections == ()


def test_the_log_still_refuses_any_other_change(told):
    revise.mark_wrong(told, HERE, "Q-1", THEO, NOW)
    for sql in (
        "UPDATE log SET what = 'x'",
        "UPDATE log SET who = 'x'",
        "UPDATE log SET who = 'a former member', details = '{}', what = 'x'",
        "DELETE FROM log",
        "UPDATE log_effects SET after = NULL",
        "DELETE FROM log_effects",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            told._db.execute(sql)


def test_every_column_that_holds_a_person_says_of_which_workspace_it_is(store):
    found = {(place.table, place.name) for place in places(store._db)}

    assert {("log", "who"), ("visits", "member"), ("sources", "added_by"), ("corrections", "who")} <= found


def test_a_server_is_greeted_once_and_known_again(store):
    assert store.arrive(HERE, "Newsroom", "9", NOW)
    assert not store.arrive(HERE, "Newsroom", "8", NOW)
    store.leave(HERE, NOW)
    assert not store.arrive(HERE, "Newsroom", "9", NOW + GRACE / 2)

    assert [(p.kind, p.channel) for p in store.postings_due(NOW + GRACE)] == [("welcome", "9")]
    assert store.purge_left(NOW + 2 * GRACE) == ()


def test_a_server_that_was_left_is_purged_whole_and_no_other_is_touched(told):
    for workspace in (HERE, THERE):
        told.arrive(workspace, "", "9", NOW)
        follow(told, "party", "Norland", workspace=workspace)
        told.visit(workspace, MIA, NOW)
        revise.correct(told, workspace, "C-1", "due", "in May", MIA, NOW)
        revise.undo(told, workspace, told.log_entries(workspace).items[0].id, MIA, NOW)
        told.keep(f"folder:{workspace}", "1")
    there = everything(told, THERE)
    told.leave(HERE, NOW)

    assert told.staying([THERE]) == ()
    assert told.purge_left(NOW) == ()
    assert told.purge_left(NOW + GRACE) == (HERE,)

    assert HERE not in told.workspaces()
    assert everything(told, THERE) == there
    assert told.check() == []
    assert told.kept(f"folder:{HERE}") is None
    assert told.commitments(THERE, Query(actor="Norland")).total == 1
    for table in tables(told._db):
        if table not in {"kept", "workspaces"}:
            assert value(told._db, f"SELECT count(*) FROM {table}") in (0, told_of(told, THERE, table)), table


def told_of(store, workspace, table):
    """How many rows there are where only one workspace is left."""
    assert store.workspaces() == (workspace,)
    return value(store._db, f"SELECT count(*) FROM {table}")


def test_what_was_purged_is_in_no_file(tmp_path):
    from bot.store import open_store

    secret = "Zebraland will paint the stripes."
    with open_store(tmp_path / "dossier.db") as store:
        tell(store, secret, commitment(secret, actors=("Zebraland",), action="paint the stripes"), workspace=HERE)
        store.arrive(HERE, "", "", NOW)
        store.leave(HERE, NOW)
        store.purge_left(NOW + GRACE)

        for file in tmp_path.glob("dossier.db*"):
            assert b"zebraland" not in file.read_bytes().lower(), file


def test_the_views_explain_themselves(told):
    (row,) = rows(told._db, "SELECT * FROM commitments WHERE workspace = ?", (HERE,))
    quotes = rows(told._db, "SELECT * FROM quotes WHERE workspace = ? ORDER BY start", (HERE,))

    assert (row["id"], row["actors"], row["status"]) == ("C-1", "Norland", "pledged")
    assert [each["entry"] for each in quotes] == ["C-1", "Q-1", "F-1"]
    assert all(TEXT[each["start"] : each["end"]] == each["quote"] for each in quotes)
    assert column(told._db, "SELECT id FROM documents WHERE workspace = ?", (HERE,)) == ["S-1"]
    assert column(told._db, "SELECT question FROM questions WHERE workspace = ?", (HERE,))
    assert column(told._db, "SELECT statement FROM facts WHERE workspace = ?", (HERE,))
