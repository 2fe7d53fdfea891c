"""Documents from the web: one address at a time, within limits, and only from public places.

A bot that fetches what people ask for must not become their way into the network that it stands in. So the address is
checked where it cannot change any more: when the socket to it is made, after names are resolved and after each
redirect. What arrives is counted while it arrives, packed and unpacked.
"""

import asyncio
import ipaddress
import re
import socket
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

import aiohttp
from yarl import URL

from bot import __version__
from bot.errors import CannotFetch
from bot.texts import _

Allowed = Callable[[str], bool]

AGENT = f"Dossier/{__version__} (adds documents that people ask for)"
DOCUMENTS: Mapping[str, str] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/octet-stream": "",
    "binary/octet-stream": "",
    "": "",
}
"""The types of content that may be documents, and the extension of each; "" where only the content can tell."""
FEEDS: Mapping[str, str] = {
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/html": ".xml",
    "text/plain": ".xml",
    "application/octet-stream": ".xml",
    "": ".xml",
}
"""The types under which feeds are served; many servers are careless."""
_READABLE = _("It must be a web page, or a txt, Markdown, PDF or DOCX file.")
_SUFFIXES = (".html", ".htm", ".xhtml", ".txt", ".md", ".markdown", ".pdf", ".docx")
_WEB_NAMES = dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252")
_CHUNK = 65_536
_LONGEST = 2000
_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken from an address, and how long it may take."""

    size: int = 10 * 2**20
    seconds: float = 20.0
    redirects: int = 5
    types: Mapping[str, str] = field(default_factory=lambda: DOCUMENTS)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address.

    `url` is where it was found in the end, `moved` where it is to be found from now on, if the server says so. `name`
    is a file's name for it that fits its type. `changed` is False where the server says that it is as it was.
    """

    url: str
    name: str
    data: bytes
    changed: bool = True
    moved: str = ""
    etag: str = ""
    modified: str = ""


def is_address(text: str) -> bool:
    """Whether a text is meant as an address on the web."""
    return text.strip().lower().startswith(("http://", "https://"))


def is_public(host: str) -> bool:
    """Whether an IP address is one of the open internet: not of this machine, a local network, or a special use."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or _translated(address)
        if inner is not None:
            return is_public(str(inner))
        if address.sixtofour or address.teredo or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a NAT64 gateway would make of it (RFC 6052, RFC 8215)."""
    if address.packed[:12] == b"\x00\x64\xff\x9b" + bytes(8) or address.packed[:6] == b"\x00\x64\xff\x9b\x00\x01":
        return ipaddress.IPv4Address(address.packed[-4:])
    return None


def checked(text: str) -> URL:
    """An address that may be asked for. Raises `CannotFetch` for any other, saying why."""
    try:
        url = URL(text.strip())
    except ValueError:
        url = URL()
    if url.scheme not in {"http", "https"} or not url.host or len(text) > _LONGEST:
        raise CannotFetch(_shown(text), _("It is not an address that starts with http:// or https://."))
    if url.user is not None or url.password is not None:
        bare = _shown(str(url.with_user(None)))
        raise CannotFetch(bare, _("It holds a user name or a password, which would be kept and shown. Leave them out."))
    return url.with_fragment(None)


@dataclass(frozen=True, slots=True)
class Web:
    """The way out. `allowed` says to which IP addresses a connection may be made."""

    allowed: Allowed = is_public
    limits: Limits = field(default_factory=Limits)

    async def get(self, address: str, *, limits: Limits | None = None, etag: str = "", modified: str = "") -> Fetched:
        """What stands at an address; with `etag` or `modified` only if it has changed since.

        Raises `CannotFetch`, which says what happened and what to do.
        """
        most = limits or self.limits
        try:
            async with asyncio.timeout(most.seconds):
                return await self._get(checked(address), most, _headers(etag, modified))
        except TimeoutError as error:
            raise CannotFetch(
                _shown(address), _("It took more than {seconds:g} seconds.", seconds=most.seconds), passing=True
            ) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _explained(address, error) from error

    async def _get(self, url: URL, limits: Limits, headers: dict[str, str]) -> Fetched:
        moved, for_good = "", True
        async with self._session() as session:
            for _hop in range(limits.redirects + 1):
                async with session.get(url, headers=headers, allow_redirects=False) as response:
                    if response.status not in _MOVED:
                        return replace(await _taken(response, limits), moved=moved)
                    for_good = for_good and response.status in _FOR_GOOD
                    url = _next(url, response)
                    moved = str(url) if for_good else moved
        raise CannotFetch(
            _shown(str(url)), _("It led on to another address more than {redirects} times.", redirects=limits.redirects)
        )

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[aiohttp.ClientSession]:
        connector = aiohttp.TCPConnector(socket_factory=self._socket, use_dns_cache=False, force_close=True)
        jar, none = aiohttp.DummyCookieJar(), aiohttp.ClientTimeout(total=None)  # the caller's timeout covers it all
        async with aiohttp.ClientSession(
            connector=connector, cookie_jar=jar, timeout=none, auto_decompress=False, trust_env=False
        ) as session:
            yield session

    def _socket(self, found: Any) -> socket.socket:
        """A socket to an address that was resolved. Raises `_NotPublic` where none may be made."""
        family, kind, protocol, _, place = found
        if not self.allowed(str(place[0])):
            raise _NotPublic(f"{place[0]} is not public")
        return socket.socket(family, kind, protocol)


class _NotPublic(OSError):
    """The address is one that nobody outside may be led to."""


def _headers(etag: str, modified: str) -> dict[str, str]:
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {
        "User-Agent": AGENT,
        "Accept": "text/html, application/xhtml+xml, text/plain, application/pdf, application/rss+xml, */*;q=0.5",
        "Accept-Language": "en",
        "Accept-Encoding": "gzip, deflate",
        **{name: value for name, value in asked.items() if value},
    }


def _next(url: URL, response: aiohttp.ClientResponse) -> URL:
    """Where a redirect leads, checked like any other address."""
    place = response.headers.get("Location", "")
    if not place:
        raise CannotFetch(_shown(str(url)), _("It leads on, but does not say where."))
    try:
        return checked(str(url.join(URL(place))))
    except ValueError as error:
        raise CannotFetch(_shown(str(url)), _("It leads on to something that is no address.")) from error


async def _taken(response: aiohttp.ClientResponse, limits: Limits) -> Fetched:
    """The answer's content, if it is one and of a type that is wanted."""
    url = str(response.url)
    etag, modified = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
    if response.status == HTTPStatus.NOT_MODIFIED:
        return Fetched(url, "", b"", changed=False, etag=etag, modified=modified)
    if response.status != HTTPStatus.OK:
        raise _refused(url, response)
    kind = response.content_type.lower() if "Content-Type" in response.headers else ""
    if kind not in limits.types:
        raise CannotFetch(_shown(url), _("It is of the type {kind}. {readable}", kind=kind[:60], readable=_READABLE))
    data = await _body(response, limits)
    name, data = file_name(url, limits.types[kind]), _recoded(data, kind, response.charset)
    return Fetched(url, name, data, etag=etag, modified=modified)


async def _body(response: aiohttp.ClientResponse, limits: Limits) -> bytes:
    """The body, unpacked; counted before and after, so that neither an endless one nor a bomb gets far."""
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise CannotFetch(
            _shown(str(response.url)),
            _("It is packed in a way that Dossier cannot open ({coding}).", coding=coding[:20]),
        )
    unpack = zlib.decompressobj(47) if coding not in {"", "identity"} else None
    parts, length, arrived = [], 0, 0
    async for chunk in response.content.iter_chunked(_CHUNK):
        arrived += len(chunk)
        try:
            part = unpack.decompress(chunk, limits.size + 1 - length) if unpack else chunk
        except zlib.error as error:
            raise CannotFetch(_shown(str(response.url)), _("What arrived is damaged."), passing=True) from error
        parts.append(part)
        length += len(part)
        if max(length, arrived) > limits.size:
            size = f"{limits.size / 2**20:g} MiB"
            raise CannotFetch(
                _shown(str(response.url)), _("It is larger than {size}. Save the part that matters.", size=size)
            )
    return b"".join(parts)


def _recoded(data: bytes, kind: str, charset: str | None) -> bytes:
    """Text in the charset that the server names as UTF-8, if it is in that charset; anything else as it is."""
    if not charset or not kind.startswith(("text/", "application/xhtml")) or charset.lower() in {"utf-8", "utf8"}:
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(_WEB_NAMES.get(charset.lower(), charset)).encode("utf-8")
        except (UnicodeError, LookupError):
            return data
    return data


def file_name(url: str, suffix: str) -> str:
    """A file's name for what stands at an address: the last part of its path, else its host."""
    place = URL(url)
    last = unquote(place.path.rstrip("/").rpartition("/")[2]) or (place.host or "page")
    stem = re.sub(r"[^\w-]+", " ", last.rpartition(".")[0] if last.lower().endswith(_SUFFIXES) else last).strip()
    if not suffix and last.lower().endswith(_SUFFIXES):
        suffix = f".{last.rpartition('.')[2].lower()}"
    return (stem[:80] or "page") + suffix


def _refused(url: str, response: aiohttp.ClientResponse) -> CannotFetch:
    """What a status other than "here it is" means, in words."""
    status = response.status
    passing = status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500
    if status in {401, 402, 403, 451}:
        why = _("The server does not give it to everyone (status {status}).", status=status)
    elif status in {404, 410}:
        why = _("There is no such page (status {status}).", status=status)
    else:
        why = _("The server answered with an error (status {status}).", status=status)
    gone, wait = status == HTTPStatus.GONE, response.headers.get("Retry-After", "")
    return CannotFetch(_shown(url), why, passing=passing, gone=gone, wait=int(wait) if wait.isdecimal() else 0)


def _explained(address: str, error: Exception) -> CannotFetch:
    """What went wrong on the way, without naming what stands in a network that is not the asker's."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, _NotPublic):
            return CannotFetch(_shown(address), _("It does not lead to a public place on the internet."))
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return CannotFetch(_shown(address), _("No such host is known."), passing=True)
    if isinstance(error, aiohttp.ClientSSLError):
        return CannotFetch(_shown(address), _("Its certificate cannot be trusted."))
    if isinstance(error, aiohttp.InvalidURL):
        return CannotFetch(_shown(address), _("It is not an address that can be asked for."))
    return CannotFetch(_shown(address), _("The connection to it failed."), passing=True)


def _shown(address: str) -> str:
    line = "".join(char for char in address if char.isprintable()).strip()
    return line if len(line) <= 200 else f"{line[:199]}…"
