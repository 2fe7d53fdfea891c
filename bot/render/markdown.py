"""A Reply as escaped Markdown for Discord, part by part; chat puts each Part into a component of its own.

A Part with `evidence` gets a button beside it (a Section), the others are plain text. What comes from a source or a
person is escaped here and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain import Item, Quote, Reply
from bot.render.entries import headline_shown, one_source, source_line
from bot.render.escape import code, discord, link
from bot.render.limits import ROW_BUTTONS
from bot.render.words import plural, read_instant
from bot.texts import _

MARKS = {
    "pledge": "🟢",
    "offer": "🔵",
    "agreement": "🟣",
    "plan": "🟡",
    "refusal": "🔴",
    "withdrawal": "🟠",
    "fulfilment": "✅",
    "direct": "❔",
    "indirect": "❔",
    "uncertainty": "❔",
    "pending": "⏳",
}
"""One sign for each kind, so that a list can be read by its left edge."""

ORIGIN = _("Origin")
"""The label of the detail that may be a link."""
PERSON, CHANNEL = "By", "Channel"
"""The labels of details that are ids of Discord's, which it shows by name; nobody is mentioned, see chat/reply.py."""
AT = "At"
LAST_VISIT = _("Last /catchup")
INSTANTS = frozenset({AT, _("Last source added"), _("Running since"), _("Read"), _("Looked at again"), LAST_VISIT})
"""The labels of instants, which Discord shows in the reader's own time."""
_SINCE = _("Since {since}: {when}").partition("{since}")[0]
ON_ONE_LINE = 3
"""More details than this are put on a line each."""


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of Markdown; `evidence` is the id of the entry whose quotes a button beside it shows.

    `rule` asks for a line above it: between the entries of a list, and above the headings of a brief.
    """

    text: str
    evidence: str = ""
    rule: bool = False


def parts(reply: Reply) -> tuple[Part, ...]:
    """The Reply from top to bottom; none of the texts is empty."""
    found, placed = [Part(_head(reply))], one_source(reply)
    found += _items(reply.items, placed, rule=True)
    for name, items in reply.sections:
        found += [Part(f"### {discord(name)}", rule=True), *_items(items, placed)]
    if reply.lines:
        found.append(Part("\n".join(map(_line, reply.lines)), rule=True))
    if reply.notes:
        found.append(Part("\n".join(f"-# {discord(note)}" for note in reply.notes)))
    return tuple(part for part in found if part.text.strip())


def text_size(reply: Reply) -> int:
    """Characters as Discord counts them at worst (UTF-16 code units), over all parts and button labels."""
    texts = [part.text for part in parts(reply)] + [action.label for action in reply.actions]
    return sum(len(text.encode("utf-16-le", "surrogatepass")) // 2 for text in texts)


def component_count(reply: Reply, *, share: bool = True) -> int:
    """Components at worst: a container, the rules, a Section's three, rows of buttons."""
    shown = parts(reply)
    bodies = sum(3 if part.evidence else 1 for part in shown)
    buttons = len(reply.actions) + share
    rules = sum(part.rule for part in shown[1:])
    return 1 + bodies + rules + buttons + -(-buttons // ROW_BUTTONS)


def _head(reply: Reply) -> str:
    title = f"## {discord(reply.title)}" if reply.title else ""
    lead = "\n".join(_line(line) for line in reply.lead.split("\n") if line)
    return "\n".join(part for part in (title, lead) if part)


def _items(items: Sequence[Item], placed: bool, *, rule: bool = False) -> list[Part]:
    return [Part(_item(item, placed), item.id if item.id and item.quotes else "", rule) for item in items]


def _item(item: Item, placed: bool) -> str:
    """The headline in bold; id, kind and a few slots in small print (many slots get a line each); the quotes."""
    mark = MARKS.get(item.badge.split(" · ")[0], "")
    shown = headline_shown(item)
    headline = f"**{discord(shown)}**" if shown else ""
    said = [_detail(label, value) for label, value in item.details]
    many = len(said) > ON_ONE_LINE
    small = [code(item.id) if item.id else "", discord(item.badge), *([] if many else said)]
    lines = [f"{mark} {headline}".strip() if headline else "", _small(small, "" if headline else mark)]
    lines += said if many else []
    for number, quote in enumerate(item.quotes):
        more = item.more_quotes if number == len(item.quotes) - 1 else 0
        lines += quote_lines(quote, more=more, named=item.id != quote.source.id, placed=placed)
    return "\n".join(line for line in lines if line)


def _line(line: str) -> str:
    """A line of our own; an instant behind the label of one is shown in the reader's time."""
    label, value = line.partition(": ")[::2]
    named = label in INSTANTS or label.startswith(_SINCE)
    when = read_instant(value) if named else None
    return f"{discord(label)}: <t:{when.timestamp():.0f}:f>" if when else discord(line)


def _detail(label: str, value: str) -> str:
    """A slot in words; where a source comes from can be followed, and who and where are shown by name."""
    if label in _NAMED:
        said, name = _NAMED[label]
        return said.format(name=name.format(value) if value.isascii() and value.isdecimal() else discord(value))
    if label in INSTANTS and (when := read_instant(value)) is not None:
        return f"<t:{when.timestamp():.0f}:f>" if label == AT else f"{label}: <t:{when.timestamp():.0f}:f>"
    shown = link(value) if label == ORIGIN else discord(value)
    return f"{discord(label)}: {shown}" if label else shown


_NAMED = {PERSON: (_("by {name}"), "<@{}>"), CHANNEL: (_("in {name}"), "<#{}>")}


def _small(parts: Sequence[str], mark: str) -> str:
    line = " · ".join(part for part in parts if part)
    return f"-# {mark} {line}".replace("#  ", "# ") if line else ""


def quote_lines(quote: Quote, *, more: int = 0, named: bool = True, placed: bool = False) -> list[str]:
    """The quote in a block of its own with its surroundings in small print, and the line that says where it stands.

    `more` counts quotes not shown; without `named` the source's id and title are left out (the item is the source);
    with `placed` only the characters are said (all quotes of the Reply are from the source that it names).
    """
    before = [f"> -# {discord(quote.before)}"] if quote.before else []
    after = [f"> -# {discord(quote.after)}"] if quote.after else []
    where = _where(quote if placed or before or after else replace(quote, end=0), named=named, placed=placed)
    where = " · ".join(part for part in (where, plural(more, "more quote") if more else "") if part)
    text = discord(quote.text)
    last = [f"> -# {where}"] if where else []
    return [*before, f"> **{text}**" if before or after else f"> {text}", *after, *last]


def _where(quote: Quote, *, named: bool, placed: bool) -> str:
    """The line that says where a quote stands, with the source's id like every other id."""
    if placed:
        return discord(source_line(quote, named=False, dated=False))
    line, name = source_line(quote, named=named), quote.source.id if named else ""
    return f"{code(name)} {discord(line.removeprefix(name))}" if name else discord(line)
