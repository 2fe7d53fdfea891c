"""Feeds on a real server: each item once, whatever the server does; an edited item is a new version."""

from datetime import timedelta

import pytest

from bot import feed as feed_module
from bot.chat.feeds import EVERY, LONGEST, Feeds
from bot.domain import Query
from bot.errors import Busy, CannotFetch
from bot.feed import parse
from tests.chat.stage import text
from tests.web import serving

RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour news</title>{extra}{items}</channel></rss>'
ITEM = "<item><guid isPermaLink='false'>{key}</guid><title>{title}</title><link>{link}</link><pubDate>Tue, 10 Mar 2026 09:00:00 GMT</pubDate><description>{words}</description></item>"
PAGE = "<html><body><article><h1>{}</h1><p>Norland and the Isles have offered to {} for Estmark.</p></article></body></html>"


@pytest.fixture
async def site():
    async with serving() as found:
        yield found


class Press:
    """A feed that is edited by hand: its items, each with a page of its own."""

    def __init__(self, site):
        self.site = site
        self.items = {}
        self.extra = ""
        self.url = site.url("/feed")
        self.publish()

    def publish(self, **headers):
        items = "".join(self.items.values())
        return self.site.put("/feed", RSS.format(extra=self.extra, items=items), "application/rss+xml", **headers)

    def write(self, key, what, words="A summary.", link=""):
        """An item, newest first, and its page."""
        link = link or f"/{key}"
        self.site.put(link, PAGE.format(f"Item {key}", what))
        item = ITEM.format(key=key, title=f"Item {key}", link=self.site.url(link), words=words)
        self.items = {key: item, **{k: v for k, v in self.items.items() if k != key}}
        self.publish()


@pytest.fixture
def press(site):
    return Press(site)


async def follow(stage, press, place=None):
    place = place or stage.news
    return await place.moderator.slash(place.channel, "source feed add", url=press.url)


async def look(stage, after=EVERY):
    stage.clock.now += after
    await Feeds(stage.app, lambda: [stage.news.workspace, stage.rival.workspace]).look()


async def held(stage, place=None, status=""):
    workspace = (place or stage.news).workspace
    found = (await stage.app.read(lambda store: store.sources(workspace, Query(status=status)))).items
    return sorted(f"{source.id} {source.title}" for source in found)


async def feed(stage):
    (found,) = await stage.app.read(lambda store: store.feeds(stage.news.workspace))
    return found


async def test_the_items_of_a_feed_become_sources_once(stage, press):
    press.write("a", "dredge the harbour")
    press.write("b", "light the harbour")

    followed = await follow(stage, press)
    await look(stage)
    await look(stage)

    assert "Following Harbour news" in text(followed.response)
    assert "It holds 2 items now" in text(followed.response)
    assert await held(stage) == ["S-1 Item a", "S-2 Item b"]
    assert await held(stage, stage.rival) == []
    source = await stage.app.read(lambda store: store.source(stage.news.workspace, "S-1"))
    assert (source.origin, source.added_by, str(source.published)) == (press.site.url("/a"), "feed", "2026-03-10")
    assert sum(request.path == "/a" for request in press.site.asked) == 1
    assert await stage.app.read(lambda store: store.check()) == []


async def test_nothing_is_asked_for_more_often_than_every_quarter_of_an_hour(stage, press):
    await follow(stage, press)
    await look(stage, timedelta())
    before = len(press.site.asked)

    await look(stage, EVERY - timedelta(seconds=1))
    assert len(press.site.asked) == before
    await look(stage, timedelta(seconds=1))
    assert len(press.site.asked) == before + 1


async def test_a_feed_that_two_servers_follow_is_asked_for_once(stage, press):
    press.write("a", "dredge the harbour")
    for place in (stage.news, stage.rival):
        await follow(stage, press, place)
    before = sum(request.path == "/feed" for request in press.site.asked)

    await look(stage)

    assert sum(request.path == "/feed" for request in press.site.asked) == before + 1
    assert await held(stage) == await held(stage, stage.rival) == ["S-1 Item a"]


async def test_a_feed_may_ask_to_be_left_alone_for_longer(stage, press):
    press.extra = "<ttl>60</ttl>"
    press.publish()
    await follow(stage, press)
    await look(stage)
    before = len(press.site.asked)

    await look(stage, timedelta(minutes=59))

    assert len(press.site.asked) == before


async def test_an_unchanged_feed_is_asked_for_with_its_tags_and_read_no_further(stage, press):
    press.write("a", "dredge the harbour")
    tags = {"ETag": '"1"', "Last_Modified": "Tue, 10 Mar 2026 09:00:00 GMT"}
    press.publish(**tags)
    await follow(stage, press)
    await look(stage)
    press.site.fail("/feed", 304)

    await look(stage)
    await look(stage)

    last = press.site.asked[-1]
    assert (last.path, last.headers["If-None-Match"]) == ("/feed", '"1"')
    assert last.headers["If-Modified-Since"] == "Tue, 10 Mar 2026 09:00:00 GMT"
    assert await held(stage) == ["S-1 Item a"]
    assert (await feed(stage)).failures == 0


async def test_a_server_that_fails_is_asked_ever_less_often_and_nothing_is_lost(stage, press):
    press.write("a", "dredge the harbour")
    await follow(stage, press)
    await look(stage)
    press.write("b", "light the harbour")
    press.site.fail("/feed", 500)
    waits = []
    for _ in range(9):
        await look(stage, (await feed(stage)).next_at - stage.clock.now)
        waits.append((await feed(stage)).next_at - stage.clock.now)

    assert waits[:3] == [EVERY, 2 * EVERY, 4 * EVERY]
    assert waits[-1] == LONGEST
    shown = text((await stage.news.moderator.slash(stage.news.channel, "source feed list")).response).replace("\\", "")
    assert "9 tries without success: The server answered with an error (status 500)" in shown
    press.publish()
    await look(stage, LONGEST)

    assert await held(stage) == ["S-1 Item a", "S-2 Item b"]
    assert (await feed(stage)).failures == 0


async def test_a_server_that_names_a_wait_is_left_alone_so_long(stage, press):
    await follow(stage, press)
    press.site.fail("/feed", 429, Retry_After="7200")

    await look(stage)

    assert (await feed(stage)).next_at - stage.clock.now == timedelta(hours=2)


async def test_broken_xml_changes_nothing_and_what_it_held_comes_when_it_is_whole(stage, press):
    press.write("a", "dredge the harbour")
    await follow(stage, press)
    await look(stage)
    press.write("b", "light the harbour")
    whole = RSS.format(extra="", items="".join(press.items.values()))
    press.site.put("/feed", whole[: len(whole) // 2], "application/rss+xml")
    await look(stage)
    assert await held(stage) == ["S-1 Item a"]
    assert "broken off" in (await feed(stage)).error
    press.site.put("/feed", "<html><body>Sorry</body></html>", "application/rss+xml")
    await look(stage, LONGEST)
    assert await held(stage) == ["S-1 Item a"]

    press.site.put("/feed", whole.replace("A summary.", "A &nbsp; summary & more."), "application/rss+xml")
    await look(stage, LONGEST)

    assert await held(stage) == ["S-1 Item a", "S-2 Item b"]


async def test_items_that_move_within_the_feed_or_to_another_id_are_not_doubled(stage, press):
    for key, what in (("a", "dredge the harbour"), ("b", "light the harbour")):
        press.write(key, what)
    await follow(stage, press)
    await look(stage)
    press.items = dict(reversed(press.items.items()))
    press.publish()
    await look(stage)
    press.items["a"] = press.items["a"].replace(">a<", ">https://example.org/new-id<")
    press.publish()

    await look(stage)

    assert await held(stage) == ["S-1 Item a", "S-2 Item b"]


async def test_an_edited_item_is_a_new_version(stage, press):
    press.write("a", "dredge the harbour")
    await follow(stage, press)
    await look(stage)

    press.write("a", "dredge the whole harbour", words="An edited summary.")
    await look(stage)

    assert await held(stage) == ["S-2 Item a"]
    old = await stage.app.read(lambda store: store.source(stage.news.workspace, "S-1"))
    assert (old.status, old.superseded_by) == ("superseded", "S-2")
    press.write("a", "dredge the whole harbour", words="Only the summary was edited again.")
    await look(stage)
    assert await held(stage) == ["S-2 Item a"]
    press.write("a", "dredge all harbours", words="And again.")
    await look(stage)
    assert await held(stage) == ["S-3 Item a"]


async def test_a_source_that_was_removed_does_not_come_back_by_itself(stage, press):
    press.write("a", "dredge the harbour")
    await follow(stage, press)
    await look(stage)
    asked = await stage.news.moderator.slash(stage.news.channel, "source remove", id="S-1")
    await stage.news.moderator.click(asked.response, label="Remove S-1")

    press.write("b", "light the harbour")
    await look(stage)

    assert await held(stage) == ["S-2 Item b"]


async def test_what_is_there_first_comes_quietly_and_what_comes_later_is_announced(stage, press):
    await stage.news.moderator.slash(stage.news.channel, "updates set", channel=stage.news.channel)
    press.write("a", "dredge the harbour")
    await follow(stage, press)
    await look(stage)
    assert await stage.app.read(lambda store: store.postings_due(stage.app.now())) == ()

    press.write("b", "light the harbour")
    await look(stage)

    assert [each.subject for each in await stage.app.read(lambda store: store.postings_due(stage.app.now()))] == ["S-2"]


async def test_an_item_whose_page_fails_for_a_while_is_tried_again_and_no_other_waits_for_it(stage, press):
    press.write("a", "dredge the harbour")
    press.write("b", "light the harbour")
    press.publish(ETag='"1"')
    press.site.fail("/a", 503)
    await follow(stage, press)
    await look(stage)
    assert await held(stage) == ["S-1 Item b"]
    press.site.put("/a", PAGE.format("Item a", "dredge the harbour"))

    await look(stage)

    assert await held(stage) == ["S-1 Item b", "S-2 Item a"]


async def test_an_item_whose_page_is_not_there_is_noted_once(stage, press):
    press.write("a", "dredge the harbour")
    press.site.fail("/a", 404)
    await follow(stage, press)
    await look(stage)
    await look(stage)

    assert await held(stage) == []
    items = await stage.app.read(lambda store: store.feed_items(stage.news.workspace, 1))
    assert "no such page" in items["a"].outcome
    assert sum(request.path == "/a" for request in press.site.asked) == 1


async def test_a_whole_text_in_the_feed_needs_no_further_request(stage, press):
    words = (
        "&lt;p&gt;Norland and the Isles have offered to pave the quay for Estmark.&lt;/p&gt;"
        + "More was said about it. " * 30
    )
    press.write("a", "dredge the harbour", words=words)
    await follow(stage, press)
    await look(stage)

    assert await held(stage) == ["S-1 Item a"]
    assert not any(request.path == "/a" for request in press.site.asked)
    said = await stage.app.read(lambda store: store.source_text(stage.news.workspace, "S-1"))
    assert "pave the quay" in said


async def test_an_item_that_leads_into_a_network_is_not_followed(stage, press):
    press.items["a"] = ITEM.format(key="a", title="Inside", link="http://10.0.0.1/admin", words="Short.")
    press.publish()
    await follow(stage, press)

    await look(stage)

    items = await stage.app.read(lambda store: store.feed_items(stage.news.workspace, 1))
    assert "does not lead to a public place" in items["a"].outcome


async def test_a_full_queue_means_only_that_items_wait(stage, press):
    press.write("a", "dredge the harbour")
    press.publish(ETag='"1"')
    await follow(stage, press)
    stage.worker.error = Busy("Too many documents wait.")
    await look(stage)
    stage.worker.error = None

    await look(stage)

    assert await held(stage) == ["S-1 Item a"]


async def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(stage, press):
    await follow(stage, press)
    press.site.put("/new", RSS.format(extra="", items=""), "application/rss+xml")
    press.site.send_on("/feed", press.site.url("/new"), 301)

    await look(stage)

    assert (await feed(stage)).url == press.site.url("/new")


async def test_a_feed_that_is_gone_for_good_is_followed_no_more(stage, press):
    await follow(stage, press)
    press.site.fail("/feed", 410)

    await look(stage)

    assert await stage.app.read(lambda store: store.feeds(stage.news.workspace)) == ()
    assert "Feed removed" in text((await stage.news.moderator.slash(stage.news.channel, "log")).response)


async def test_a_page_leads_to_its_feed(stage, press):
    head = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>News</body></html>'

    result = await stage.news.moderator.slash(stage.news.channel, "source feed add", url=press.site.put("/", head))

    assert "Following Harbour news" in text(result.response)
    assert (await feed(stage)).url == press.url


async def test_what_is_no_feed_is_explained(stage, press):
    moderator, channel = stage.news.moderator, stage.news.channel

    none = await moderator.slash(channel, "source feed add", url=press.site.put("/", "<html>No feed here</html>"))
    await follow(stage, press)
    twice = await follow(stage, press)

    assert "not an RSS or Atom feed" in text(none.response)
    assert "is followed already" in text(twice.response)


async def test_a_feed_is_removed_by_those_who_follow_it_and_its_sources_stay(stage, press):
    press.write("a", "dredge the harbour")
    await follow(stage, press)
    await look(stage)
    choices = await stage.news.moderator.autocomplete(stage.news.channel, "source feed remove", "feed", "harb")
    assert [choice["value"] for choice in choices] == ["1"]

    other = await stage.rival.moderator.slash(stage.rival.channel, "source feed remove", feed="1")
    assert "There is no such feed here" in text(other.response)
    gone = await stage.news.moderator.slash(stage.news.channel, "source feed remove", feed="1")
    assert "No longer following Harbour news" in text(gone.response)
    press.write("b", "light the harbour")
    await look(stage)

    assert await held(stage) == ["S-1 Item a"]
    await follow(stage, press)
    await look(stage)
    assert await held(stage) == ["S-1 Item a", "S-2 Item b"], "what came before does not come again"


def test_atom_is_read_like_rss():
    atom = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
    <entry><id>urn:1</id><title>A &amp; B</title><link href="/a"/><updated>2026-03-10T23:30:00-05:00</updated>
    <content type="html">&lt;p&gt;Words.&lt;/p&gt;</content></entry></feed>"""

    (entry,) = parse(atom, "https://example.org/feed").entries

    assert (entry.key, entry.title, entry.link) == ("urn:1", "A & B", "https://example.org/a")
    assert str(entry.published) == "2026-03-11"


def test_entities_that_multiply_are_not_expanded():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + ']><rss version="2.0"><channel><title>&j;</title></channel></rss>'
    )

    assert len(parse(bomb.encode(), "https://example.org/feed").title) <= 200


def test_a_large_feed_is_read_apart_and_one_that_is_made_to_be_slow_is_given_up(monkeypatch):
    large = RSS.format(
        extra=" " * feed_module.SMALL, items=ITEM.format(key="a", title="A", link="/a", words="B")
    ).encode()
    assert [entry.key for entry in feed_module.read(large, "https://example.org/feed").entries] == ["a"]
    monkeypatch.setattr(feed_module, "SECONDS", 0.5)

    with pytest.raises(CannotFetch, match=r"within 0\.5 seconds"):
        feed_module.read(b"<rss version='2.0'><channel>" + b"<a>" * 500_000, "https://example.org/feed")
