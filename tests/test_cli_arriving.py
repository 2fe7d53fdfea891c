"""Feeds, suggestions and removal from the command line, on a real store."""

import json
from datetime import UTC, datetime

import pytest

from bot import drafts
from bot.cli import arriving
from bot.domain import LOCAL_WORKSPACE, Document, DraftKind, Findings, NewSource
from bot.fetch import Web
from bot.store import open_store
from tests.samples import OFFER, offer
from tests.test_cli import home, run  # noqa: F401  (fixtures)
from tests.web import loopback, serving

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour news</title>
<item><title>One</title><guid>1</guid><description>Short.</description></item></channel></rss>"""
SAID = f"Harbour brief. {OFFER}"


def suggest(home, words=SAID):  # noqa: F811
    new = NewSource(Document(words, "Harbour brief"), "brief.txt", "42", datetime.now(UTC))
    with open_store(home / "dossier.db") as store:
        found = Findings((offer(words),) if OFFER in words else ())
        return drafts.draft(store, LOCAL_WORKSPACE, DraftKind.SUGGESTION, new, found).id


def test_suggestions_are_listed_and_kept_and_who_made_one_hears_of_it(run, home):  # noqa: F811
    number = suggest(home)
    listed = run("suggestions", "list").stdout
    assert "Harbour brief" in listed
    assert "Said again" in listed
    (shown,) = json.loads(run("suggestions", "list", "--json").stdout)
    assert (shown["number"], shown["again"], shown["commitments"]) == (number, ["C-1"], 0)

    kept = run("suggestions", "keep", str(number))

    assert "S-2 Harbour brief: 1 commitment said again" in kept.stdout
    assert "Nothing that members suggested waits" in run("suggestions", "list").stdout
    with open_store(home / "dossier.db") as store:
        (outcome,) = store.outcomes(LOCAL_WORKSPACE, "42")
    assert (outcome.fate, outcome.source) == ("kept", "S-2")


def test_a_suggestion_is_discarded_and_a_number_that_is_none_is_said_so(run, home):  # noqa: F811
    number = suggest(home)

    assert "Discarded: Harbour brief" in run("suggestions", "discard", str(number)).stdout

    again = run("suggestions", "discard", str(number))
    assert again.exit_code == 1
    assert f"No suggestion {number} waits here" in again.stderr


def test_a_source_is_removed_and_comes_back_and_is_deleted_for_good(run):  # noqa: F811
    assert "Removed S-1" in run("remove", "S-1").stdout
    assert json.loads(run("commitments", "--json").stdout) == []
    run("restore", "S-1")
    assert len(json.loads(run("commitments", "--json").stdout)) == 1

    assert "Deleted S-1" in run("remove", "S-1", "--for-good").stdout

    back = run("restore", "S-1")
    assert back.exit_code == 1
    assert "deleted for good" in back.stderr
    checked = json.loads(run("check", "--json").stdout)
    del checked["checked"]
    assert checked == {"ok": True, "problems": []}


async def test_a_feed_is_followed_listed_and_followed_no_more(run, monkeypatch):  # noqa: F811
    import asyncio

    monkeypatch.setattr("bot.fetch.Web", lambda: Web(loopback))
    async with serving() as site:
        address = site.put("/feed", FEED)
        added = await asyncio.to_thread(run, "feed", "add", address)

    assert "Following Harbour news" in added.stdout
    assert "It holds 1 item now. dossier feed poll" in " ".join(added.stdout.split())
    (held,) = json.loads(run("feed", "list", "--json").stdout)
    assert (held["url"], held["read_at"]) == (address, None)
    assert "No longer following Harbour news" in run("feed", "remove", address).stdout
    assert "dossier feed add" in run("feed", "list").stdout
    assert run("feed", "remove", address).exit_code == 1


@pytest.mark.model
def test_what_a_feed_holds_is_added_by_a_poll(settings, monkeypatch, nlp):
    """The poll itself is that of the bot (tests/chat/test_feeds.py); here it runs without one."""
    monkeypatch.setattr(arriving, "load_settings", lambda: settings)

    assert arriving.asyncio.run(arriving._polled("local")) == 0
