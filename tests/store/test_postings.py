"""Postings: owed in the transaction that causes them, sent once, never twice for one thing."""

from datetime import timedelta, timezone

import pytest

from bot.domain import PostingState
from bot.errors import NotFound, StoreError
from bot.store import open_store
from tests.store.make import HERE, LATER, NOW, THERE, add, commitment, decided, new_source

SOON = NOW + timedelta(minutes=1)


def due(store, now=SOON):
    return [(p.workspace, p.channel, p.subject) for p in store.postings_due(now)]


def test_a_source_is_owed_to_the_updates_channel_once(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    add(store, "One.")
    add(store, "One.")
    add(store, "Two.", workspace=THERE)

    (posting,) = store.postings_due(SOON)

    assert (posting.workspace, posting.channel, posting.kind, posting.subject) == (HERE, "7", "update", "S-1")
    assert (posting.state, posting.created_at, posting.attempts) == (PostingState.PENDING, NOW, 0)


def test_without_a_channel_or_an_announcement_nothing_is_owed(store):
    add(store, "One.")
    store.set_updates_channel(HERE, "7", "42", NOW)
    store.add_source(HERE, new_source("Two."), decided(), announce=False)

    assert due(store) == []


def test_a_posting_is_stored_with_its_source_or_not_at_all(tmp_path):
    with open_store(tmp_path / "dossier.db") as store:
        store.set_updates_channel(HERE, "7", "42", NOW)
        store._db.execute("CREATE TRIGGER no_room BEFORE INSERT ON postings BEGIN SELECT RAISE(ABORT, 'no room'); END")
        with pytest.raises(Exception, match="no room"):
            add(store, "One.", commitment("One."))

        assert store.counts(HERE).sources == 0
        assert store.counts(HERE).commitments == 0


def test_what_is_sent_is_not_due_again_even_after_a_restart(tmp_path):
    with open_store(tmp_path / "dossier.db") as store:
        store.set_updates_channel(HERE, "7", "42", NOW)
        add(store, "One.")
        add(store, "Two.")
        first, second = store.postings_due(SOON)
        store.mark_sent(HERE, first.id, "900", SOON)

    with open_store(tmp_path / "dossier.db") as store:
        assert [p.id for p in store.postings_due(SOON)] == [second.id]


def test_a_try_that_failed_is_due_again_at_its_time(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    add(store, "One.")
    (posting,) = store.postings_due(SOON)

    store.mark_failed(HERE, posting.id, "503", SOON, retry_at=LATER)

    assert store.postings_due(SOON) == ()
    (again,) = store.postings_due(LATER)
    assert (again.id, again.attempts, again.state) == (posting.id, 1, PostingState.PENDING)


def test_what_is_given_up_is_not_due_again(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    add(store, "One.")
    store.mark_failed(HERE, store.postings_due(SOON)[0].id, "the channel is gone", SOON)

    assert store.postings_due(LATER) == ()


@pytest.mark.parametrize("mark", ["mark_sent", "mark_failed"])
def test_a_posting_of_another_workspace_cannot_be_marked(store, mark):
    store.set_updates_channel(HERE, "7", "42", NOW)
    add(store, "One.")
    (posting,) = store.postings_due(SOON)

    with pytest.raises(NotFound):
        getattr(store, mark)(THERE, posting.id, "900", SOON)
    assert due(store) == [(HERE, "7", "S-1")]


def test_postings_come_oldest_first_and_no_more_than_wanted(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    for n in range(3):
        add(store, f"Text {n}.")

    assert [p.subject for p in store.postings_due(SOON, limit=2)] == ["S-1", "S-2"]


def test_a_new_channel_takes_over_what_is_owed(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    add(store, "One.")
    add(store, "Two.")
    store.mark_sent(HERE, store.postings_due(SOON)[0].id, "900", SOON)

    store.set_updates_channel(HERE, "8", "42", SOON)

    assert store.updates_channel(HERE) == "8"
    assert due(store) == [(HERE, "8", "S-2")], "what was posted is not posted again in the new channel"
    assert store.check() == []


def test_the_same_channel_again_changes_nothing(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    store.set_updates_channel(HERE, "7", "43", SOON)
    assert store.log_entries(HERE).total == 1


def test_stopping_drops_what_is_owed(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    add(store, "One.")

    assert store.stop_updates(HERE, "42", SOON)
    assert not store.stop_updates(HERE, "42", SOON)
    assert store.updates_channel(HERE) is None
    add(store, "Two.")
    store.set_updates_channel(HERE, "7", "42", SOON)
    assert due(store) == []
    assert [line.what for line in store.log_entries(HERE).items] == ["updates set", "updates stopped", "updates set"]


def test_channels_are_set_by_workspace(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    assert store.updates_channel(THERE) is None
    assert not store.stop_updates(THERE, "42", NOW)


def test_a_removed_source_is_not_posted_any_more(store):
    store.set_updates_channel(HERE, "7", "42", NOW)
    add(store, "One.")
    store.remove_source(HERE, "S-1", "42", SOON)
    assert due(store, LATER) == []


def test_an_instant_without_a_timezone_is_refused(store):
    with pytest.raises(ValueError, match="timezone"):
        store.postings_due(NOW.replace(tzinfo=None))


def test_instants_of_any_timezone_are_compared_as_instants(store):
    east = timezone(timedelta(hours=9))
    store.set_updates_channel(HERE, "7", "42", NOW)
    add(store, "One.")
    store.mark_failed(HERE, store.postings_due(SOON)[0].id, "503", SOON, retry_at=LATER.astimezone(east))

    assert store.postings_due(LATER - timedelta(seconds=1)) == ()
    assert len(store.postings_due(LATER.astimezone(east))) == 1


def test_a_read_only_store_marks_nothing(tmp_path):
    with open_store(tmp_path / "dossier.db") as store, open_store(tmp_path / "dossier.db", readonly=True) as reader:
        store.set_updates_channel(HERE, "7", "42", NOW)
        add(store, "One.")
        with pytest.raises(StoreError):
            reader.mark_sent(HERE, 1, "900", NOW)
