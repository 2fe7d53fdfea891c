"""A Reply for the terminal: quiet, readable at 80 columns, and plain text where the output is no terminal."""

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.domain import Item, Quote, Reply
from bot.render.entries import says_again, source_line
from bot.render.escape import visible
from bot.render.words import plural

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
_INDENT = 2


def print_reply(reply: Reply, console: Console) -> None:
    """Print a Reply; source text reaches the terminal without control characters."""
    width = min(console.width, WIDTH)
    if reply.title:
        console.print(Text(visible(reply.title), style="bold"))
    for line in reply.lead.split("\n") if reply.lead else []:
        console.print(Text(visible(line), style="dim"), width=width)
    _print_items(reply.items, console, width)
    for name, items in reply.sections:
        console.print()
        console.print(Text(visible(name), style="bold underline"))
        _print_items(items, console, width)
    if reply.lines:
        console.print()
        console.print(_lines(reply.lines), width=width)
    if reply.notes:
        console.print()
    for note in reply.notes:
        console.print(Text(visible(note), style="dim"), width=width)


def _print_items(items: Sequence[Item], console: Console, width: int) -> None:
    for item in items:
        console.print()
        console.print(_item(item), width=width)


def _item(item: Item) -> RenderableType:
    same = len(item.quotes) == 1 and says_again(item.headline, item.quotes[0].text)
    shown: list[RenderableType] = [_head(item, with_headline=not same)] if item.id or item.headline else []
    body: list[RenderableType] = [_details(item.details)] if item.details else []
    for number, quote in enumerate(item.quotes):
        more = item.more_quotes if number == len(item.quotes) - 1 else 0
        body.append(_quote(quote, more, named=item.id != quote.source.id))
    return Group(*shown, Padding(Group(*body), (0, 0, 0, _INDENT))) if body else Group(*shown)


def _head(item: Item, *, with_headline: bool) -> Text:
    head = Text()
    if item.id:
        head.append(visible(item.id), style="bold")
    if item.badge:
        kind, separator, rest = item.badge.partition(" · ")
        head.append("  " if head else "")
        head.append(visible(kind), style=COLOURS.get(kind, "cyan"))
        head.append(visible(separator + rest), style="dim")
    if with_headline and item.headline:
        head.append("  " if head and not item.badge else "\n" if head else "")
        head.append(visible(item.headline), style="bold" if item.badge else "")
    return head


def _details(rows: Sequence[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in rows:
        table.add_row(Text(visible(label)), Text(visible(value)))
    return table


def _quote(quote: Quote, more: int, *, named: bool) -> RenderableType:
    words = Text()
    words.append(f"{visible(quote.before)} " if quote.before else "", style="dim")
    words.append(visible(quote.text))
    words.append(f" {visible(quote.after)}" if quote.after else "", style="dim")
    where = visible(source_line(quote, named=named)) + (f" · {plural(more, 'more quote')}" if more else "")
    return Group(_Barred(words), Text(where, style="dim"))


class _Barred:
    """Text behind a bar on each of its lines, however it wraps."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: object) -> list[Text]:
        width = getattr(options, "max_width", WIDTH)
        bar = Text("│ ", style="cyan")
        return [bar + line for line in self.text.wrap(console, max(20, width - 2))]


def _lines(lines: Sequence[str]) -> RenderableType:
    """Lines of the form `label: value` stand in two columns."""
    rows = [tuple(line.split(": ", 1)) if ": " in line else (line, "") for line in lines]
    return _details([(row[0], row[1]) for row in rows])
