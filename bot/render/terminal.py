"""A Reply for the terminal: quiet, readable at 80 columns, and plain text where the output is no terminal."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from bot.domain import Item, Quote, Reply
from bot.render.entries import headline_shown, one_source, source_line, title_of
from bot.render.escape import visible
from bot.render.words import clip, plural

COLOURS = {
    "pledge": "green",
    "offer": "cyan",
    "agreement": "magenta",
    "plan": "blue",
    "refusal": "red",
    "withdrawal": "yellow",
    "fulfilment": "bright_green",
    "direct": "yellow",
    "indirect": "yellow",
    "uncertainty": "yellow",
    "pending": "yellow",
}
WIDTH = 100
"""Lines are not made longer than this on a wide screen: quotes are for reading."""
INDENT = "  "
_LEAST_TITLE = 16
_LABELLED = re.compile(r"(?P<label>#?\w[\w /]*): (?P<value>.*)", re.DOTALL)
"""A label is plain words: a colon within the title of a source parts nothing."""


def print_reply(reply: Reply, console: Console) -> None:
    """Print a Reply; source text reaches the terminal without control characters."""
    width = max(30, min(console.width, WIDTH))
    for line in reply_lines(reply, console, width):
        console.print(line, soft_wrap=True)


def reply_lines(reply: Reply, console: Console, width: int) -> Iterator[Text]:
    """The lines of a Reply, none longer than `width`, none with blanks at its end."""
    placed = one_source(reply)
    blocks = [_title(reply, console, width), *_items(reply.items, placed, console, width)]
    for name, items in reply.sections:
        blocks += [[Text(visible(name), style="bold underline")], *_items(items, placed, console, width)]
    blocks.append(_rows([_pair(line) for line in reply.lines], console, width))
    blocks.append([line for note in reply.notes for line in _wrap(note, console, width, style="dim")])
    for number, block in enumerate(block for block in blocks if block):
        if number:
            yield Text("")
        for line in block:
            line.rstrip()
            yield line


def _title(reply: Reply, console: Console, width: int) -> list[Text]:
    title = _wrap(reply.title, console, width, style="bold") if reply.title else []
    lead = [line for part in reply.lead.split("\n") if part for line in _wrap(part, console, width, style="dim")]
    return title + lead


def _items(items: Sequence[Item], placed: bool, console: Console, width: int) -> list[list[Text]]:
    return [_item(item, placed, console, width) for item in items]


def _item(item: Item, placed: bool, console: Console, width: int) -> list[Text]:
    lines = _head(item, console, width)
    inner = width - len(INDENT)
    body = _rows(item.details, console, inner)
    for number, quote in enumerate(item.quotes):
        more = item.more_quotes if number == len(item.quotes) - 1 else 0
        body += [Text("")] if number else []
        where = _where(quote, more, item.id != quote.source.id, placed, inner)
        body += _quote(quote, where, console, inner)
    return lines + [Text(INDENT) + line for line in body]


def _head(item: Item, console: Console, width: int) -> list[Text]:
    """`C-1  offer · conditional`, and the headline under it; on the same line where there is no badge."""
    headline = visible(headline_shown(item))
    kind, _, rest = item.badge.partition(" · ")
    label = Text(visible(item.id), style="bold")
    if item.badge:
        label.append("  " if label else "").append(visible(kind), style=f"not bold {COLOURS.get(kind, 'cyan')}")
        label.append(f" · {visible(rest)}" if rest else "", style="not bold dim")
        return [*label.wrap(console, width), *_wrap(headline, console, width, style="bold")]
    if label and headline:
        label.append("  ").append(headline, style="not bold")
        return list(label.wrap(console, width))
    return [label] if label else _wrap(headline, console, width)


def _rows(rows: Sequence[tuple[str, str]], console: Console, width: int) -> list[Text]:
    """Label and value in two columns; a value without a label has the whole width."""
    column = max((len(label) for label, _ in rows), default=0) + 2
    lines: list[Text] = []
    for label, value in rows:
        if not label:
            lines += _wrap(value, console, width, style="dim")
            continue
        wrapped = _wrap(value, console, max(12, width - column)) or [Text("")]
        heads = [Text.assemble((visible(label).ljust(column), "dim")), *[Text(" " * column)] * (len(wrapped) - 1)]
        lines += [head + line for head, line in zip(heads, wrapped, strict=True)]
    return lines


def _quote(quote: Quote, where: str, console: Console, width: int) -> list[Text]:
    return [
        *_barred(quote.before, "┊ ", console, width, style="dim"),
        *_barred(quote.text, "│ ", console, width),
        *_barred(quote.after, "┊ ", console, width, style="dim"),
        *_wrap(where, console, width, style="dim"),
    ]


def _where(quote: Quote, more: int, named: bool, placed: bool, width: int) -> str:
    """The source's line, its title cut where the line would not fit; with `placed` only the characters."""
    rest = f" · {plural(more, 'more quote')}" if more else ""
    if placed:
        return source_line(quote, named=False, dated=False) + rest
    where = source_line(quote, named=named) + rest
    title = title_of(quote.source)
    too_long = len(where) - width
    if too_long <= 0 or not named or len(title) - too_long < _LEAST_TITLE:
        return where
    shorter = replace(quote.source, title=clip(title, len(title) - too_long))
    return source_line(replace(quote, source=shorter)) + rest


def _barred(words: str, bar: str, console: Console, width: int, *, style: str = "") -> list[Text]:
    """Lines behind a bar: a solid one for the quote itself, a broken one for the sentences around it."""
    head = Text.assemble((bar, style or "cyan"))
    return [head + line for line in _wrap(words, console, width - len(bar), style=style)]


def _wrap(words: str, console: Console, width: int, *, style: str = "") -> list[Text]:
    return list(Text(visible(words), style=style).wrap(console, width)) if words else []


def _pair(line: str) -> tuple[str, str]:
    found = _LABELLED.fullmatch(line)
    return (found["label"], found["value"]) if found else ("", line)
