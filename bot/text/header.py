"""What a text says of itself at its top: front matter, `Title:` and `Date:` lines, a date line, a dateline."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.text.dates import DATE, from_match, parse_date
from bot.text.lines import lines, word_set

_TOP_LINES = 12
_TOP_CHARACTERS = 4_000
_PROSE_LINES = 3
_LONGEST_LABEL = 120
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\r?\n(?P<body>(?:.*\r?\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_KEY = re.compile(r"(?P<key>[A-Za-z][A-Za-z _-]{1,24}?)\s*:\s*(?P<value>.*\S)")
_TITLE_KEYS = {"title", "headline", "subject"}
_DATE_KEYS = {
    *("date", "published", "published on", "publication date", "date of publication", "date published", "pubdate"),
    *("released", "release date", "issued", "date of issue", "dated", "posted", "posted on"),
}
_OTHER_KEYS = word_set("source author authors by from to cc url language tags category place note")
_NAME = r"[^\W\d_][\w.’' -]{1,40}"
_PLACE = (
    r"(?!(?:on|in|at|by|from|since|until|till|after|before|for|as|the|it|that|this)\b)"
    rf"{_NAME}(?:,\s*{_NAME})?"
)
_LABELLED = re.compile(
    rf"(?:{'|'.join(sorted(_DATE_KEYS, key=len, reverse=True))})\s*(?::|\s[–—-])?\s*{DATE}", re.IGNORECASE
)
_DATE_LINE = re.compile(rf"[(\[]?(?:{_PLACE}\s*[,|–—-]\s*)?{DATE}[)\].]?$", re.IGNORECASE)
_PAPER = (
    "Advertiser|Bulletin|Chronicle|Courier|Dispatch|Echo|Examiner|Express|Gazette|Globe|Guardian|Herald|Independent"
    "|Journal|Mail|Mercury|Mirror|News|Observer|Post|Record|Register|Reporter|Standard|Star|Telegraph|Times|Tribune"
)
_CAPITALS = r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}"
_BYLINE_DATE = re.compile(
    rf"(?-i:By\s{_CAPITALS}|The\s(?:{_CAPITALS}\s)?(?:{_PAPER}))\s*[,|–—-]\s*(?:(?-i:{_CAPITALS})\s*[,|–—-]\s*)?{DATE}$",
    re.IGNORECASE,
)
"""`The Westford Courier, 17 November 2026`, `By Ann Lee | 3 March 2024`: a paper or an author, and the day alone."""
_MASTHEAD = re.compile(
    rf"(?:The\s+)?(?:{_CAPITALS}\s+)?(?:{_PAPER})|for\s+immediate\s+release"
    r"|(?:press|news|media)\s+(?:release|statement|notice)|official\s+statement",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    rf"{_PLACE}\s*[,(]\s*{DATE}\)?\s*(?:\([^)]{{2,40}}\)\s*)?(?:[–—:]|-{{1,2}}(?=\s))", re.IGNORECASE
)
_RUN_IN = re.compile(
    rf"\s*(?P<headline>[A-Z“\"‘'][^.!?\n]{{10,150}}?)(?<!\b[Oo]n)(?<!\bof)(?<!\b[Bb]y)(?<!\b[Ff]or)(?<!,)\s+"
    rf"(?=[A-Z]\w+day\b)(?i:{DATE})\s+(?=[A-Z“\"‘'])"
)
"""`Ferries bow to pressure Tuesday, 17 November 2026 The ferry ...`: a headline and a date run into the first line."""
_WIRE_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]{2,40}(?:,\s[\w.’' -]{2,40})?\s*(?:,\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)"
    r"(?:\s*\([A-Z][\w ]{1,30}\))?|\([A-Z][\w ]{1,30}\))\s*(?:[–—]|-{1,2}(?=\s))"
)
_PLACEHOLDER = re.compile(
    r"\(?(?:untitled|unspecified|anonymous|microsoft (?:word|powerpoint)|(?:word )?document ?\d*$|slide ?\d*$)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\.\w{2,5}$|[\\/]\w+$")
_SHORTEST_TITLE = 4
_BYLINE = re.compile(r"By\s+[A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3}(?:,.{1,40})?$")


@dataclass(frozen=True, slots=True)
class Header:
    """Title ("" where not given), publication date (None where not given), and where the body begins."""

    title: str = ""
    published: date | None = None
    end: int = 0


def read_header(text: str) -> Header:
    """Read front matter or `Key: value` lines at the top, else a date line or dateline among the first lines."""
    header = _front_matter(text) or _key_lines(text)
    published = header.published or _date_near_top(text, header.end)
    if published is None and (run_in := _RUN_IN.match(text, header.end)):
        return Header(header.title or run_in["headline"].strip(), from_match(run_in), header.end)
    return Header(header.title, published, header.end)


def opens_story(words: str) -> bool:
    """Whether a line is what follows a headline: a dateline, a date line or a byline."""
    return bool(_DATELINE.match(words) or _DATE_LINE.match(words) or _LABELLED.match(words) or _BYLINE.match(words))


def is_masthead(words: str) -> bool:
    """Whether a line over a headline names the paper or the kind of notice: "The Norhaven Herald", "Press release"."""
    return bool(_MASTHEAD.fullmatch(words))


def dateline_end(words: str) -> int:
    """Where the words behind a dateline begin, as in `NORHAVEN, 9 February 2026 — The council ...`; 0 without one."""
    match = _DATELINE.match(words) or _WIRE_DATELINE.match(words)
    if not match:
        return 0
    rest = words[match.end() :]
    return match.end() + len(rest) - len(rest.lstrip()) if any(c.isalnum() for c in rest) else 0


def _front_matter(text: str) -> Header | None:
    match = _FRONT_MATTER.match(text)
    if not match:
        return None
    pairs = [found for line in match["body"].splitlines() if (found := _KEY.match(line.strip()))]
    return _from_pairs([(p["key"], p["value"]) for p in pairs], match.end()) if pairs else None


def _key_lines(text: str) -> Header:
    """The unbroken run of known `Key: value` lines that a text may open with; `to:` alone does not make a header."""
    pairs, end = [], 0
    for line in islice(lines(text, 0, _TOP_CHARACTERS), _TOP_LINES):
        match = _KEY.fullmatch(_plain(text[line.start : line.end]))
        if not match or match["key"].lower() not in _TITLE_KEYS | _DATE_KEYS | _OTHER_KEYS:
            break
        pairs.append((match["key"], match["value"]))
        end = line.end
    header = _from_pairs(pairs, end)
    return header if header.title or header.published else Header()


def _from_pairs(pairs: list[tuple[str, str]], end: int) -> Header:
    title, published = "", None
    for key, value in pairs:
        words = value.strip("\"' \t")
        if key.lower() in _TITLE_KEYS:
            title = title or words
        elif key.lower().replace("_", " ") in _DATE_KEYS:
            published = published or parse_date(words)
    return Header(title, published, end)


def _date_near_top(text: str, start: int) -> date | None:
    """A labelled date is the surest, then a line that is a date, then the dateline that opens a story."""
    top = [_plain(text[a.start : min(a.end, a.start + 200)]) for a in islice(lines(text, start), _TOP_LINES)]
    prose = next((i for i, words in enumerate(top) if _is_prose(words)), len(top))
    dates = [words for before, words in zip(["", *top], top[: prose + 1], strict=False) if not before.endswith(",")]
    story = top[: prose + _PROSE_LINES]
    for pattern, candidates in ((_LABELLED, top), (_DATE_LINE, dates), (_DATELINE, story), (_BYLINE_DATE, dates)):
        for words in candidates:
            if (match := pattern.match(words)) and (found := from_match(match)):
                return found
    return None


def _is_prose(words: str) -> bool:
    """A line that belongs to the body; a remark in brackets over it does not."""
    return len(words) > _LONGEST_LABEL and not words.startswith(("(", "["))


def _plain(words: str) -> str:
    """A line without the marks of Markdown emphasis and headings, which may stand around a label."""
    return re.sub(r"[*_`]+|^#+\s*", "", words).strip()


def sane_title(title: str | None) -> str:
    """The title in a file's properties, unless a program put it there: a file name or a placeholder."""
    words = " ".join((title or "").split())
    is_file = bool(_FILE_NAME.search(words))
    return "" if len(words) < _SHORTEST_TITLE or is_file or _PLACEHOLDER.match(words) else words
