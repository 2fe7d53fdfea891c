"""Documents from the web, on a real server: what is refused, and when."""

import gzip
import socket
import zlib

import pytest

from bot.errors import CannotFetch
from bot.fetch import Limits, Web, checked, file_name, is_public
from tests.web import endless, loopback, serving, slow

PAGE = "<html><head><title>Harbour</title></head><body><p>Norland has offered to dredge it.</p></body></html>"


@pytest.fixture
async def site():
    async with serving() as found:
        yield found


@pytest.fixture
def near():
    return Web(loopback)


async def why(web, address, **options):
    with pytest.raises(CannotFetch) as caught:
        await web.get(address, **options)
    return str(caught.value)


async def test_a_page_is_fetched_with_a_name_that_fits_its_type(site, near):
    found = await near.get(site.put("/news/harbour.php", PAGE))

    assert (found.data.decode(), found.name, found.url) == (PAGE, "harbour php.html", site.url("/news/harbour.php"))
    assert site.asked[0].headers["User-Agent"].startswith("Dossier/")


async def test_nothing_of_this_machine_is_asked_for_by_default(site):
    assert "does not lead to a public place" in await why(Web(), site.put("/", PAGE))
    assert site.asked == []


async def test_a_name_that_resolves_to_this_machine_is_not_asked_for(site):
    assert "does not lead to a public place" in await why(Web(), f"http://localhost:{site.port}/")
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "127.8.8.8",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
        ),
        *(
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.18.0.1",
            "::",
            "::1",
            "fe80::1",
            "fe80::1%eth0",
        ),
        *(
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "2001:db8::1",
        ),
        *(
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::a00:1",
            "2002:7f00:1::",
            "2001:0:4136:e378::",
            "localhost",
            "",
        ),
    ],
)
def test_an_address_with_a_special_use_is_not_public(host):
    assert not is_public(host)


@pytest.mark.parametrize("host", ["93.184.216.34", "8.8.8.8", "2606:4700::6810:84e5", "64:ff9b::808:808"])
def test_an_address_of_the_open_internet_is_public(host):
    assert is_public(host)


@pytest.mark.parametrize(
    "to", ["http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.1]/", "http://2130706433/"]
)
async def test_a_redirect_into_a_network_is_not_followed(site, near, to):
    said = await why(near, site.send_on("/", to))

    assert "could not be added" in said
    assert len(site.asked) == 1


async def test_a_redirect_to_this_machine_is_not_followed():
    async with serving() as outer, serving() as inner:
        secret, seen = inner.put("/secret", PAGE), []

        def only_the_first(host):
            seen.append(host)
            return len(seen) == 1

        said = await why(Web(only_the_first), outer.send_on("/", secret))

        assert "does not lead to a public place" in said
        assert inner.asked == []


async def test_a_name_that_changes_its_address_is_checked_where_the_socket_is_made(site, monkeypatch):
    """DNS rebinding: whatever the name meant before, the address that is connected to is the one that is judged."""
    real, told = socket.getaddrinfo, iter(["93.184.216.34", "127.0.0.1"])

    def rebinding(host, *rest, **options):
        return real(next(told) if host == "rebinding.example" else host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert is_public(socket.getaddrinfo("rebinding.example", 80)[0][4][0])

    assert "does not lead to a public place" in await why(Web(), f"http://rebinding.example:{site.port}/")
    assert site.asked == []


async def test_redirects_are_followed_to_their_end_but_not_for_ever(site, near):
    site.put("/end", PAGE)
    site.send_on("/b", "/end", 307)

    found = await near.get(site.send_on("/a", "b", 301))

    assert (found.url, found.moved) == (site.url("/end"), site.url("/b"))
    assert "led on to another address more than 5 times" in await why(near, site.send_on("/round", "/round"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://example.org/a", "not an address that starts with"),
        ("file:///etc/passwd", "not an address that starts with"),
        ("example.org", "not an address that starts with"),
        ("http://", "not an address that starts with"),
        ("http://[::1", "not an address that starts with"),
        ("https://example.org/" + "a" * 3000, "not an address that starts with"),
        ("https://mia:secret@example.org/a", "user name or a password"),
    ],
)
async def test_what_is_no_address_is_refused_before_anything_is_asked(near, address, said):
    refused = await why(near, address)

    assert said in refused
    assert "secret" not in refused


async def test_a_redirect_that_carries_a_password_or_another_scheme_is_refused(site, near):
    assert "password" in await why(near, site.send_on("/a", f"http://u:p@127.0.0.1:{site.port}/"))
    assert "starts with http" in await why(near, site.send_on("/b", "file:///etc/passwd"))
    assert "does not say where" in await why(near, site.fail("/c", 302))


async def test_an_endless_page_is_cut_off_at_the_limit(site, near):
    site.pages["/"] = endless

    assert "larger than 1 MiB" in await why(near, site.url("/"), limits=Limits(size=2**20))


async def test_a_slow_page_is_cut_off_in_time(site, near):
    site.pages["/"] = slow

    assert "more than 0.2 seconds" in await why(near, site.url("/"), limits=Limits(seconds=0.2))


async def test_a_packed_bomb_never_unfolds(site, near):
    bomb = gzip.compress(bytes(300 * 2**20), 9)

    assert "larger than 10 MiB" in await why(near, site.put("/", bomb, Content_Encoding="gzip"))


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
async def test_packed_pages_are_unpacked(site, near, pack):
    coding = "gzip" if pack is gzip.compress else "deflate"

    assert (await near.get(site.put("/", pack(PAGE.encode()), Content_Encoding=coding))).data.decode() == PAGE


async def test_what_is_packed_badly_or_unknown_is_explained(site, near):
    assert "damaged" in await why(near, site.put("/", PAGE, Content_Encoding="gzip"))
    assert "cannot open (br)" in await why(near, site.put("/", PAGE, Content_Encoding="br"))


@pytest.mark.parametrize("kind", ["image/png", "application/json", "video/mp4", "application/zip"])
async def test_what_is_no_document_is_refused_by_its_type(site, near, kind):
    said = await why(near, site.put("/", PAGE, kind))

    assert f"of the type {kind}" in said
    assert "must be a web page" in said


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "no such page"), (403, "not give it to everyone"), (500, "answered with an error"), (429, "(status 429)")],
)
async def test_a_status_that_is_no_page_is_explained(site, near, status, said):
    assert said in await why(near, site.fail("/", status))


async def test_nobody_there_is_explained(near):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    said = await why(near, f"http://127.0.0.1:{port}/")

    assert "The connection to it failed. Try again later" in said


async def test_what_is_unchanged_is_not_sent_again(site, near):
    tags = {"ETag": '"1"', "Last_Modified": "Sat, 14 Mar 2026 09:00:00 GMT"}
    first = await near.get(site.put("/", PAGE, **tags))
    site.fail("/", 304)

    again = await near.get(site.url("/"), etag=first.etag, modified=first.modified)

    assert not again.changed
    assert site.asked[1].headers["If-None-Match"] == '"1"'
    assert site.asked[1].headers["If-Modified-Since"] == "Sat, 14 Mar 2026 09:00:00 GMT"


async def test_the_charset_that_the_server_names_is_used(site, near):
    found = await near.get(site.put("/", "Café – naïve".encode("cp1252"), "text/plain; charset=iso-8859-1"))

    assert found.data.decode() == "Café – naïve"


@pytest.mark.parametrize(
    ("url", "suffix", "name"),
    [
        ("https://example.org/", ".html", "example org.html"),
        ("https://example.org/a/statement.html", ".html", "statement.html"),
        ("https://example.org/a/report.pdf?x=1", "", "report.pdf"),
        ("https://example.org/a/report.pdf", ".html", "report.html"),
        ("https://example.org/a%2F..%2Fb.md", ".md", "b.md"),
        ("https://example.org/download", "", "download"),
    ],
)
def test_an_address_gives_a_file_a_name(url, suffix, name):
    assert file_name(url, suffix) == name


def test_the_place_within_a_page_is_no_part_of_its_address():
    assert str(checked(" https://example.org/a?b=1#c ")) == "https://example.org/a?b=1"
