"""Digests on a real store: what they tell, when they are owed, once each whatever happens in between."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import digest, overview, revise
from bot.chat.post import marker
from bot.domain import Cadence, ChangeKind, CommitmentKind, Filter, Findings, Schedule
from bot.errors import BadInput, NotFound
from bot.ingest import ingest
from bot.schedule import due_after, local
from bot.store import open_store
from tests.store.make import HERE, NOW, THERE, commitment, fact, new_source, question

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAILY = Schedule(Cadence.DAILY, 9, "Europe/Berlin")
ME = "42"


def tell(store, when, text, *found, workspace=HERE):
    """Add a text at an instant."""
    findings = Findings(
        tuple(f for f in found if type(f).__name__ == "CommitmentFinding"),
        tuple(f for f in found if type(f).__name__ == "QuestionFinding"),
        tuple(f for f in found if type(f).__name__ == "FactFinding"),
    )
    return ingest(store, workspace, replace(new_source(text), added_at=when), findings)


def pledge(store, when, action, *, who="Norland", workspace=HERE, **slots):
    text = f"{who} will {action}."
    return tell(store, when, text, commitment(text, actors=(who,), action=action, **slots), workspace=workspace)


def subscribe(store, now=NOW, schedule=DAILY, wanted=Filter(), channel="7", workspace=HERE):  # noqa: B008
    return digest.set_up(store, workspace, (channel, "desk"), (schedule, wanted), ME, now)


def owed(store, now):
    return [posting for posting in store.postings_due(now) if posting.kind == "digest"]


def told(store, posting, now):
    found = digest.of_posting(store, posting, now)
    return [(change.kind, change.entry.id, change.what) for change in found.changes]


def look(store, now):
    return [digest.owe(store, one.workspace, one.id, now) for one in store.digests_due(now)]


def test_a_digest_is_owed_when_it_is_due_and_not_before(store):
    held = subscribe(store)
    pledge(store, NOW + HOUR, "rebuild the bridge")
    due = held.next_at

    assert due == datetime(2026, 3, 15, 8, tzinfo=UTC), "nine in Berlin, still winter"
    assert look(store, due - timedelta(seconds=1)) == []
    assert look(store, due) == [True]
    assert look(store, due) == []
    (posting,) = owed(store, due)
    assert (posting.channel, posting.subject) == ("7", f"{held.id}|{due.isoformat()}")
    assert told(store, posting, due) == [(ChangeKind.NEW, "C-1", "")]
    assert store.check() == []


def test_what_was_there_before_it_was_set_is_not_told_and_nothing_new_is_no_posting(store):
    pledge(store, NOW - HOUR, "rebuild the bridge")
    held = subscribe(store)

    assert look(store, held.next_at) == [False]
    assert owed(store, held.next_at) == []
    assert store.digest(HERE, held.id).next_at == held.next_at + DAY


def test_the_posting_and_what_it_covers_are_written_together_or_not_at_all(store):
    held = subscribe(store)
    pledge(store, NOW + HOUR, "rebuild the bridge")
    store._db.execute("CREATE TRIGGER no_room BEFORE INSERT ON postings BEGIN SELECT RAISE(ABORT, 'no room'); END")

    with pytest.raises(Exception, match="no room"):
        look(store, held.next_at)

    assert store.digest(HERE, held.id) == held
    store._db.execute("DROP TRIGGER no_room")
    assert look(store, held.next_at) == [True]


def test_it_tells_what_is_new_changed_said_again_withdrawn_and_whose_date_has_passed(store):
    pledge(store, NOW - DAY, "rebuild the bridge", kind=CommitmentKind.OFFER)
    pledge(store, NOW - DAY, "light the pier", due="by 15 March", due_date=date(2026, 3, 15))
    pledge(store, NOW - DAY, "sweep the pier", due="by 1 March", due_date=date(2026, 3, 1))
    tell(store, NOW - DAY, "Who pays is unclear.", question("Who pays is unclear."))
    pledge(store, NOW - DAY, "sell the pier")
    held = subscribe(store, NOW, Schedule(Cadence.WEEKLY, 9, "Europe/Berlin"))
    deal = "Norland has agreed to rebuild the bridge."
    finding = commitment(deal, kind=CommitmentKind.AGREEMENT)
    ingest(store, HERE, replace(new_source(deal, date(2026, 3, 14)), added_at=NOW + HOUR), Findings((finding,)))
    again = "It is still unclear who pays."
    tell(store, NOW + HOUR, again, question(again))
    pledge(store, NOW + HOUR, "paint the pier")
    revise.mark_wrong(store, HERE, "C-4", ME, NOW + HOUR)

    now = held.next_at
    look(store, now)

    (posting,) = owed(store, now)
    assert told(store, posting, now) == [
        (ChangeKind.CHANGED, "C-1", "offered, now agreed"),
        (ChangeKind.WITHDRAWN, "C-4", "marked wrong"),
        (ChangeKind.DATE_PASSED, "C-2", "its date, 2026-03-15, has passed; no later mention in the sources held"),
        (ChangeKind.NEW, "C-5", ""),
        (ChangeKind.REPEATED, "Q-1", "said again in S-7"),
    ]  # fmt: skip
    assert [source.id for source in digest.of_posting(store, posting, now).sources] == ["S-6", "S-7", "S-8"]


def test_what_was_about_to_be_added_when_a_digest_was_written_is_in_the_next(store):
    held = subscribe(store)
    pledge(store, NOW + HOUR, "rebuild the bridge")
    look(store, held.next_at)
    (first,) = owed(store, held.next_at)
    store.mark_sent(HERE, first.id, "900", held.next_at)

    pledge(store, held.next_at - timedelta(seconds=2), "light the pier")

    assert look(store, held.next_at + DAY) == [True]
    (second,) = owed(store, held.next_at + DAY)
    assert told(store, second, held.next_at + DAY) == [(ChangeKind.NEW, "C-2", "")]


def test_a_date_is_told_once_on_the_day_after_it_where_the_digest_is_read(store):
    pledge(store, NOW - DAY, "light the pier", due="by 16 March", due_date=date(2026, 3, 16))
    subscribe(store, schedule=Schedule(Cadence.DAILY, 0, "Pacific/Auckland"))
    days = []
    for hours in range(24 * 6):
        now = NOW + hours * HOUR
        look(store, now)
        for posting in owed(store, now):
            days.append(local(now, "Pacific/Auckland").date())
            store.mark_sent(HERE, posting.id, "900", now)

    assert days == [date(2026, 3, 17)]


def test_what_was_done_or_withdrawn_has_no_date_to_pass(store):
    pledge(store, NOW - DAY, "light it", kind=CommitmentKind.REFUSAL, due="by 15 March", due_date=date(2026, 3, 15))
    held = subscribe(store)

    assert look(store, held.next_at + DAY) == [False]


def test_filters_are_those_of_the_lists_and_all_of_them_hold(store):
    pledge(store, NOW - DAY, "keep the peace")
    subscribe(store, channel="1", wanted=Filter(party="Norland"))
    subscribe(store, channel="2", wanted=Filter(topic="bridges"))
    subscribe(store, channel="3", wanted=Filter(kind="refusal"))
    subscribe(store, channel="4", wanted=Filter(kind="questions"))
    subscribe(store, channel="5", wanted=Filter(party="Norland", kind="pledge"))
    pledge(store, NOW + HOUR, "rebuild the bridge")
    pledge(store, NOW + HOUR, "paint the bridge", who="Estmark", kind=CommitmentKind.REFUSAL, recipients=())
    doubt = "Who pays for the pier is unclear."
    tell(store, NOW + HOUR, doubt, question(doubt, question="Who pays for the pier?", content="who pays for the pier"))
    now = NOW + 2 * DAY

    look(store, now)

    found = {posting.channel: [id_ for _, id_, _ in told(store, posting, now)] for posting in owed(store, now)}
    assert found == {"1": ["C-2", "Q-1"], "2": ["C-2", "C-3"], "3": ["C-3"], "4": ["Q-1"], "5": ["C-2"]}
    assert digest.of_posting(store, owed(store, now)[0], now).sources == ()


def test_what_is_filtered_away_is_no_posting(store):
    held = subscribe(store, wanted=Filter(topic="harbour"))
    pledge(store, NOW + HOUR, "rebuild the bridge")

    assert look(store, held.next_at) == [False]


def test_a_party_that_nobody_named_is_refused(store):
    with pytest.raises(NotFound, match="No party here goes by the name “Nrland”"):
        subscribe(store, wanted=Filter(party="Nrland"))


def test_one_that_fell_due_while_the_bot_was_down_is_owed_once_and_is_late(store):
    held = subscribe(store)
    for day in range(5):
        pledge(store, NOW + day * DAY + HOUR, f"build bridge {day}")
    back = held.next_at + 4 * DAY + 3 * HOUR

    assert look(store, back) == [True]

    (posting,) = owed(store, back)
    found = digest.of_posting(store, posting, back)
    assert (found.due, found.late) == (held.next_at + 4 * DAY, True)
    assert len(found.changes) == 5
    assert store.digest(HERE, held.id).next_at == held.next_at + 5 * DAY
    assert not digest.of_posting(store, posting, found.due + timedelta(minutes=5)).late


def test_while_one_is_still_owed_the_next_waits_and_then_covers_what_came_due(store):
    held = subscribe(store)
    pledge(store, NOW + HOUR, "rebuild the bridge")
    look(store, held.next_at)
    (first,) = owed(store, held.next_at)
    pledge(store, held.next_at + HOUR, "light the pier")

    assert look(store, held.next_at + 3 * DAY) == []
    store.mark_sent(HERE, first.id, "900", held.next_at + 3 * DAY)
    assert look(store, held.next_at + 3 * DAY) == [True]
    (second,) = owed(store, held.next_at + 3 * DAY)
    assert [id_ for _, id_, _ in told(store, second, NOW)] == ["C-2"]


def test_what_was_decided_since_it_was_written_is_not_told_any_more(store):
    held = subscribe(store)
    pledge(store, NOW + HOUR, "rebuild the bridge")
    pledge(store, NOW + HOUR, "light the pier")
    look(store, held.next_at)
    (posting,) = owed(store, held.next_at)

    revise.mark_wrong(store, HERE, "C-1", ME, held.next_at)

    assert told(store, posting, held.next_at) == [(ChangeKind.NEW, "C-2", "")]


def test_a_digest_that_is_lost_is_paused_told_of_once_and_takes_up_where_it_was(store):
    held = subscribe(store)
    pledge(store, NOW + HOUR, "rebuild the bridge")
    now = held.next_at
    look(store, now)
    (posting,) = owed(store, now)

    store.mark_failed(HERE, posting.id, "gone", now)
    digest.lose(store, posting, "the channel is gone", now)
    digest.lose(store, posting, "the channel is gone", now)

    paused = store.digest(HERE, held.id)
    assert (paused.paused_at, paused.paused_why) == (now, "the channel is gone")
    assert look(store, now + 9 * DAY) == []
    (notice,) = store.postings_due(now)
    assert (notice.kind, notice.channel) == ("notice", "@42")
    assert digest.of_notice(store, notice) == paused

    again = subscribe(store, now + 9 * DAY)
    assert (again.id, again.paused_at) == (held.id, None)
    assert look(store, again.next_at) == [True]
    (later,) = owed(store, again.next_at)
    assert told(store, later, now) == [(ChangeKind.NEW, "C-1", "")]


def test_stopping_ends_it_and_drops_what_is_owed(store):
    held = subscribe(store)
    pledge(store, NOW + HOUR, "rebuild the bridge")
    look(store, held.next_at)

    store.stop_digest(HERE, held.id, ME, held.next_at)

    assert (store.postings_due(held.next_at), store.digests(HERE)) == ((), ())
    with pytest.raises(NotFound):
        store.stop_digest(HERE, held.id, ME, held.next_at)
    assert store.log_entries(HERE).items[0].what == "digest stopped"


def test_digests_of_one_workspace_are_nothing_to_another(store):
    held = subscribe(store)
    pledge(store, NOW + HOUR, "rebuild the bridge", workspace=THERE)

    assert look(store, held.next_at) == [False]
    assert store.digests(THERE) == ()
    with pytest.raises(NotFound):
        store.digest(THERE, held.id)


def test_a_workspace_has_only_so_many(store):
    for number in range(digest.MOST):
        subscribe(store, channel=str(number))
    subscribe(store, channel="0")

    with pytest.raises(BadInput, match="the most there may be"):
        subscribe(store, channel="99")


def test_the_content_is_made_of_changes_and_nothing_else(store):
    pledge(store, NOW, "rebuild the bridge")
    tell(store, NOW, "A figure.", fact("A figure."))
    changes = overview.changes(store, HERE, NOW - HOUR)

    whole = digest.digest(DAILY, Filter(), changes, NOW)
    narrow = digest.digest(DAILY, Filter(kind="refusal"), changes, NOW)

    assert (len(whole.changes), len(whole.sources), whole.facts, whole.empty) == (1, 2, 1, False)
    assert (narrow.changes, narrow.sources, narrow.facts, narrow.empty) == ((), (), 0, True)


PLACES = {
    "Europe/Berlin": datetime(2026, 3, 15, tzinfo=UTC),  # forward on 29 March, 2:00 to 3:00
    "America/New_York": datetime(2026, 10, 15, tzinfo=UTC),  # back on 1 November, 2:00 to 1:00
    "Australia/Lord_Howe": datetime(2026, 9, 20, tzinfo=UTC),  # half an hour forward on 4 October, at 2:00
}
MONTH = 31 * DAY
SKIPPED = {"Europe/Berlin": "03:00", "Australia/Lord_Howe": "02:30"}
"""What the clocks show where two o'clock is skipped; New York shows one o'clock twice."""


class Month:
    """A month of a bot that goes down at random moments, on a store in a file; `sent` is what is in each channel.

    What it sends has the marker of its posting: where it dies before that is noted, it is found there the next time.
    """

    def __init__(self, path, seed, place, start, hour):
        self.chance, self.path, self.start, self.end = random.Random(f"{seed}{place}{hour}"), path, start, start + MONTH
        self.store, self.added, self.downs, self.sent, self.killed = open_store(path), [], [], {}, 0
        self.schedules = {"1": Schedule(Cadence.DAILY, hour, place), "2": Schedule(Cadence.WEEKLY, hour, place, 6)}
        for name, schedule in self.schedules.items():
            subscribe(self.store, start, schedule, channel=name)

    def live(self):
        now, down_until = self.start, self.start
        while now < self.end:
            now += timedelta(minutes=self.chance.randint(5, 55))
            if self.chance.random() < 0.02:
                self.add(now)
            if now >= down_until:
                down_until = self.run(now)
        for hours in range(24 * 8):  # and at last all comes due that is left
            self.send(self.end + hours * HOUR, 0.0)

    def add(self, now):
        pledge(self.store, now, f"build bridge {len(self.added)}")
        self.added.append(now)

    def run(self, now):
        """Do what is due, or die of it; until when it is down then."""
        try:
            self.send(now, 0.05)
        except Killed:
            self.store.close()
            self.store = open_store(self.path)
            down_until = now + timedelta(hours=self.chance.choice([0, 0, 1, 5, 40]))
            self.downs.append((now, down_until))
            return down_until
        return now

    def send(self, now, dying):
        if self.store.digests_due(now):
            with self.store.writing():
                look(self.store, now)
                self.die(dying * 3)
        for posting in owed(self.store, now):
            self.die(dying * 2)
            found = digest.of_posting(self.store, posting, now)
            self.sent.setdefault((posting.channel, marker(posting)), found)
            self.die(dying * 5)
            self.store.mark_sent(HERE, posting.id, "900", now)
        self.die(dying / 5)

    def die(self, probability):
        self.killed += (killed := self.chance.random() < probability)
        if killed:
            raise Killed

    def digests(self, channel):
        return sorted((one for (name, _), one in self.sent.items() if name == channel), key=lambda one: one.until)

    def dues(self, channel):
        found = [due_after(self.schedules[channel], self.start)]
        while found[-1] < self.end:
            found.append(due_after(self.schedules[channel], found[-1]))
        return found[:-1]

    def missed(self, channel):
        """The instants at which one was due, something was to tell, the bot was up, and nothing came."""
        sent = self.digests(channel)
        came, ups = {one.due for one in sent}, [one.until for one in sent]
        for due in self.dues(channel):
            told = max((until for until in ups if until <= due), default=self.start)
            news = any(told < when <= due for when in self.added)
            if news and due not in came and not any(a <= due + HOUR and due < b + HOUR for a, b in self.downs):
                yield due


class Killed(Exception):
    """The process is gone."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("hour", [2, 1])
def test_over_a_month_with_restarts_each_due_digest_is_sent_once_and_none_is_empty(tmp_path, place, hour):
    month = Month(tmp_path / "dossier.db", 1, place, PLACES[place], hour)
    month.live()

    assert len(month.downs) > 5
    assert month.killed > 3, "it also died while it wrote or sent"
    for channel in month.schedules:
        sent = month.digests(channel)
        assert all(one.changes for one in sent), "none is empty"
        ids = [change.entry.id for one in sent for change in one.changes]
        assert ids == [f"C-{number + 1}" for number in range(len(month.added))], "each thing is told once, in order"
        dues = [one.due for one in sent]
        assert dues == sorted(set(dues)), "none is sent twice"
        assert {due for due in dues if due < month.end} <= set(month.dues(channel)), "none that was not due"
        assert list(month.missed(channel)) == []
        assert all(one.until >= one.due for one in sent)
    assert len(month.digests("1")) > len(month.digests("2")) >= 4
    clocks = [local(due, place) for due in month.dues("1")]
    assert [at.date() for at in clocks] == [clocks[0].date() + number * DAY for number in range(len(clocks))]
    assert len(clocks) in {30, 31}
    assert {f"{at:%H:%M}" for at in clocks} == {
        f"{hour:02}:00",
        *([SKIPPED[place]] if hour == 2 and place in SKIPPED else []),
    }
    assert month.store.check() == []
    month.store.close()
