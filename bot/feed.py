"""RSS and Atom feeds: bytes in, what they hold out. Nothing is fetched here.

Large feeds are read in a process of their own, which is ended after some seconds: what is made to be slow would
otherwise slow everything else.
"""

import hashlib
import html
import multiprocessing
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import feedparser

from bot.errors import CannotFetch
from bot.fetch import checked
from bot.texts import _

MOST = 50
"""How many items of a feed are looked at, the first that it lists."""
SMALL, SECONDS = 65_536, 15.0
"""Feeds of more bytes are read in a process of their own, which has so many seconds."""
_FULL = 500
"""Content of so many characters is the whole text; anything shorter only leads to the page."""
_LEAST = 100
_TAG = re.compile(r"<[^>]{0,2000}>")
_ALTERNATE = re.compile(r"<link\b[^>]{0,1000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"""type\s*=\s*["']?application/(?:rss|atom)\+xml""", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]{1,1000})""", re.IGNORECASE)
_END = re.compile(rb"</\s*(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*\Z", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as a feed gives it: `key` names it in this feed, `hash` changes when it is edited.

    `content` is HTML, the whole text where `full`; `link` is "" where the feed gives none that may be followed.
    """

    key: str
    hash: str
    title: str
    link: str
    content: str
    published: date | None
    full: bool

    def page(self) -> bytes:
        """The content as a page of its own; empty where there is too little to read."""
        if len(_words(self.content)) < _LEAST:
            return b""
        title = html.escape(self.title)
        head = f'<html><head><meta charset="utf-8"><title>{title}</title></head>'
        return f"{head}<body><article><h1>{title}</h1>{self.content}</article></body></html>".encode(errors="replace")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed holds; `minutes` is how long it asks to be left alone, 0 where it does not say."""

    title: str
    entries: tuple[Entry, ...]
    minutes: int = 0


def read(data: bytes, url: str) -> Listing:
    """Read a feed, within limits of time. Raises `CannotFetch` for what is none, or arrived broken off."""
    if len(data) <= SMALL:
        return parse(data, url)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_parse_into, args=(theirs, data, url), daemon=True)
    child.start()
    theirs.close()
    try:
        found = ours.recv() if ours.poll(SECONDS) else None
    except EOFError:
        found = None
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()
    if found is None:
        raise CannotFetch(
            url, _("The feed could not be read within {seconds:g} seconds.", seconds=SECONDS), passing=True
        )
    if isinstance(found, str):
        raise CannotFetch(url, found, passing=True)
    listing: Listing = found
    return listing


def _parse_into(pipe: Any, data: bytes, url: str) -> None:
    """The child's life; an error crosses as its words."""
    try:
        pipe.send(parse(data, url))
    except CannotFetch as error:
        pipe.send(error.why)


def parse(data: bytes, url: str) -> Listing:
    """Read a feed. Raises `CannotFetch` for what is none, or arrived broken off."""
    found: Any = feedparser.parse(BytesIO(data), response_headers={"content-location": url, "content-type": ""})
    if not found.get("version"):
        raise CannotFetch(url, _("It is not an RSS or Atom feed, or too badly broken to be read."), passing=True)
    if _broken(found) and not _END.search(data[-500:]):
        raise CannotFetch(url, _("The feed arrived broken off."), passing=True)
    entries = {entry.key: entry for entry in reversed(list(_entries(found.entries[:MOST])))}
    ttl = str(found.feed.get("ttl", ""))
    minutes = int(ttl) if ttl.isdecimal() and len(ttl) < 6 else 0
    return Listing(_words(found.feed.get("title", ""))[:200], tuple(reversed(entries.values())), minutes)


def discover(data: bytes, url: str) -> str:
    """The feed that a web page names as its own; "" where it names none."""
    page = data[:200_000].decode("utf-8", "replace")
    for link in _ALTERNATE.findall(page):
        if _FEED_TYPE.search(link) and (href := _HREF.search(link)):
            return _followed(html.unescape(href[1]), url)
    return ""


def _broken(found: Any) -> bool:
    """Whether it is no well-formed XML; a charset or type that is declared wrongly breaks nothing."""
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return bool(found.get("bozo")) and not isinstance(found.get("bozo_exception"), harmless)


def _entries(items: list[Any]) -> Iterator[Entry]:
    for item in items:
        title, link = _words(item.get("title", "")), _followed(item.get("link", ""), "")
        content = max((each.get("value", "") for each in item.get("content", ())), key=len, default="")
        content = max(content, item.get("summary", ""), key=len)
        key = item.get("id") or item.get("link") or title
        if key:
            stamp = "\n".join((title, content, _said(item, "updated") or _said(item, "published") or ""))
            yield Entry(
                str(key)[:500],
                hashlib.sha256(stamp.encode(errors="replace")).hexdigest(),
                title[:200],
                link,
                content,
                _day(_said(item, "published_parsed") or _said(item, "updated_parsed")),
                len(_words(content)) >= _FULL,
            )


def _said(item: Any, name: str) -> Any:
    """A field that the item itself has; feedparser would give `published` for an `updated` that is not there."""
    return dict.get(item, name)


def _followed(link: str, base: str) -> str:
    from yarl import URL

    try:
        return str(checked(str(URL(base).join(URL(link.strip())) if base else link)))
    except (CannotFetch, ValueError):
        return ""


def _words(content: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", content)).split())


def _day(when: Any) -> date | None:
    try:
        return date(*when[:3]) if when else None
    except ValueError:
        return None
