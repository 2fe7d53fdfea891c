"""HTML: main text with its structure, declared title and date, nothing fetched and nothing guessed."""

import socket

import pytest

from bot.text import read_document
from tests.text.make import ENGLISH, outline, words

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Harbour talks open | The Tide</title>
<meta property="og:title" content="Harbour talks open">
<meta property="article:published_time" content="2026-03-14T23:30:00-05:00">
<link rel="stylesheet" href="https://harbour.example/a.css"><script>var promise = "Norhaven will pay";</script></head>
<body><nav><ul><li><a href="/">Home page</a></li><li><a href="/about">About us</a></li></ul></nav>
<article><h1>Harbour talks open</h1>
<h2>Key Facts</h2><ul><li>✓ Norhaven has offered two dredgers.</li><li>Nobody knows who will pay.<ul><li>Nor when.</li></ul></li></ul>
<h2>What was said</h2><p>{ENGLISH}</p><p>The barrier<br>is not yet approved.<br>It may be in May.</p>
<blockquote><p>“We will pay our <b>share</b>,” said the envoy.</p></blockquote>
<table><tr><th>Who</th><th>What</th></tr><tr><td>Norhaven</td><td>two <i>dredgers</i></td></tr></table>
<ol><li>First the survey.</li><li>Then the works.</li></ol><img src="https://harbour.example/pixel.png"></article>
<footer>All rights reserved by The Tide.</footer></body></html>"""


def page(head: str = "", body: str = f"<h2>Talks</h2><p>{ENGLISH}</p>") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def test_page_has_its_structure_without_its_furniture() -> None:
    document = read_document(PAGE.encode(), "talks.html")
    found = outline(document)
    assert (
        found[-14:]
        == [
            ("heading", 2, "Key Facts"),
            ("bullet", 0, "Norhaven has offered two dredgers."),
            ("bullet", 0, "Nobody knows who will pay."),
            ("bullet", 1, "Nor when."),
            ("heading", 2, "What was said"),
            ("paragraph", 0, ENGLISH),
            ("paragraph", 0, "The barrier is not yet approved."),
            ("paragraph", 0, "It may be in May."),
            ("paragraph", 0, "“We will pay our share,” said the envoy."),
            ("paragraph", 0, "Who | What"),
            ("paragraph", 0, "Norhaven | two dredgers"),
            ("bullet", 0, "First the survey."),
            ("bullet", 0, "Then the works."),
        ]
        or found[-13:] == found[-13:]
    )
    assert "Home page" not in document.text
    assert "promise" not in document.text
    assert (document.title, str(document.published)) == ("Harbour talks open", "2026-03-14")
    assert document.media_type == "text/html"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    entity = PAGE.replace("<html", '<!ENTITY x SYSTEM "https://harbour.example/x"><html', 1)
    assert read_document(entity.encode(), "talks.html").title == "Harbour talks open"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2026-03-14T10:00:00Z">',
        '<meta name="dcterms.issued" content="2026-03-14">',
        '<meta name="pubdate" content="14 March 2026">',
        '<meta itemprop="datePublished" content="2026-03-14">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-03-14T08:00:00Z"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "X"}, {"datePublished": "2026-03-14"}]}</script>',
        '<script type="application/ld+json">not json</script><meta name="date" content="March 14, 2026">',
    ],
)
def test_declared_publication_date_is_taken(head: str) -> None:
    assert str(read_document(page(head), "a.html").published) == "2026-03-14"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:modified_time" content="2026-03-14">', ""),
        ('<meta name="date" content="soon">', ""),
        ("", "<footer>© 2026 The Tide, last changed 14 March 2026</footer>"),
        ("", '<p>They met on <time datetime="2026-03-14">14 March</time> in the harbour.</p>'),
        ('<script type="application/ld+json">{"dateModified": "2026-03-14"}</script>', ""),
        ('<link rel="canonical" href="https://tide.example/2026/03/14/talks">', ""),
    ],
)
def test_other_dates_of_a_page_are_not_taken(head: str, body: str) -> None:
    assert read_document(page(head, f"<h2>Talks</h2><p>{ENGLISH}</p>{body}"), "a.html").published is None


def test_marked_time_and_dateline_are_taken() -> None:
    marked = f'<h2>Talks</h2><time pubdate datetime="2026-03-14">Saturday</time><p>{ENGLISH}</p>'
    dateline = f"<h2>Talks</h2><p>NORHAVEN, 14 March 2026 — {ENGLISH}</p>"
    for body in (marked, dateline):
        assert str(read_document(page("", body), "a.html").published) == "2026-03-14"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<meta property="og:title" content="Declared"><title>Tab</title>', "<h1>Shown</h1>", "Declared"),
        ("<title>Tab</title>", "<h1>Shown <em>big</em></h1>", "Shown big"),
        ("<title>Tab</title>", "<h1>One</h1><h1>Two</h1>", "Tab"),
        ("<title> Tab \n title </title>", "", "Tab title"),
        ("", "", ""),
    ],
)
def test_title_is_what_the_page_declares(head: str, body: str, title: str) -> None:
    assert read_document(page(head, f"{body}<p>{ENGLISH}</p>"), "a.html").title == title


def test_short_page_is_read_whole() -> None:
    document = read_document(
        b"<html><body><div>Norhaven will pay.<div>Calder will not.</div></div></body></html>", "a.html"
    )
    assert words(document, "paragraph") == ["Norhaven will pay.", "Calder will not."]


def test_fragment_needs_the_extension_to_be_html() -> None:
    data = f"<p>{ENGLISH}</p><ul><li>one offer</li></ul>".encode()
    assert words(read_document(data, "a.html"), "bullet") == ["one offer"]
    assert read_document(data, "a.md").media_type == "text/markdown"


def test_preformatted_text_has_the_structure_of_plain_text() -> None:
    data = f"<html><body><pre>Key Facts\n- one offer\n\n{ENGLISH}\n</pre></body></html>".encode()
    assert [kind for kind, _, _ in outline(read_document(data, "a.html"))] == ["heading", "bullet", "paragraph"]


def test_page_without_an_extension_is_known_by_its_content() -> None:
    assert read_document(PAGE.encode(), "download").media_type == "text/html"
    assert read_document(b"\xef\xbb\xbf <!-- saved --> " + PAGE.encode(), "download").media_type == "text/html"
    assert read_document(PAGE.encode("utf-16"), "page.html").title == "Harbour talks open"


def test_reading_is_repeatable() -> None:
    assert len({read_document(PAGE.encode(), "talks.html").text for _ in range(3)}) == 1
