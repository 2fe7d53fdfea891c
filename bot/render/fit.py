"""Make a Reply keep Discord's limits: texts are shortened, step by step, before anything is left out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain import Item, Quote, Reply
from bot.render.limits import ACTION_ARGUMENT, BUTTON_LABEL, LINK, MESSAGE_COMPONENTS, MESSAGE_TEXT, OPEN
from bot.render.markdown import component_count, text_size
from bot.render.words import clip, plural
from bot.texts import _

_NO_PARTS: dict[str, Any] = dict.fromkeys(("items", "sections", "lines", "notes", "actions"), ())
_STEPS = ((1200, 400), (700, 240), (450, 160), (300, 120), (200, 80), (120, 60), (60, 40))
"""How long a quote, and how long any other text may be, from generous to tight."""


def fit(reply: Reply, *, text: int = MESSAGE_TEXT, components: int = MESSAGE_COMPONENTS) -> Reply:
    """The Reply, so that its Markdown and its components keep within the limits, with a button for Share to spare.

    What has too many parts loses the last ones. Then quotes are cut at a word's end with an ellipsis; only what is
    still too long after that loses further parts. A note says how many are gone.
    """

    def few(candidate: Reply) -> bool:
        return component_count(candidate) <= components

    def fits(candidate: Reply) -> bool:
        return few(candidate) and text_size(candidate) <= text - BUTTON_LABEL

    shown = _fewer(_with_fitting_actions(reply), few)
    if _raw_size(shown) <= text and fits(shown):
        return shown
    for quote, words in _STEPS:
        shorter = _shortened(shown, quote, words)
        if fits(shorter):
            return shorter
    return _fewer(_shortened(shown, *_STEPS[-1]), fits)


def _raw_size(reply: Reply) -> int:
    """Characters before anything is escaped: what is too much already need not be measured with care."""
    items = [*reply.items, *(item for _, group in reply.sections for item in group)]
    quotes = [quote for item in items for quote in item.quotes]
    return (
        sum(map(len, (reply.title, reply.lead, *reply.lines, *reply.notes)))
        + sum(len(item.headline) + sum(len(value) for _, value in item.details) for item in items)
        + sum(len(quote.text) + len(quote.before) + len(quote.after) for quote in quotes)
    )


def _fewer(reply: Reply, fits: Callable[[Reply], bool]) -> Reply:
    """Leave out the last item, line or note until the rest fits."""
    left_out, kept = 0, reply
    while not fits(candidate := _with_note(kept, left_out)):
        smaller = _without_last(kept)
        if smaller is None:
            return Reply(
                clip(reply.title, 100),
                lead=clip(reply.lead, 300),
                private=reply.private,
                file=reply.file,
                picture=reply.picture,
            )
        kept, left_out = smaller, left_out + 1
    return candidate


def _without_last(reply: Reply) -> Reply | None:
    if reply.lines:
        return replace(reply, lines=reply.lines[:-1])
    if reply.sections:
        name, items = reply.sections[-1]
        rest = ((name, items[:-1]),) if items[1:] else ()
        return replace(reply, sections=reply.sections[:-1] + rest)
    if reply.items:
        return replace(reply, items=reply.items[:-1])
    if reply.notes:
        return replace(reply, notes=reply.notes[:-1])
    return replace(reply, actions=reply.actions[:-1]) if reply.actions else None


def _with_note(reply: Reply, left_out: int) -> Reply:
    if not left_out:
        return reply
    return replace(
        reply,
        notes=(*reply.notes, _("{parts} left out here: the message is full.", parts=plural(left_out, "part"))),
    )


def _with_fitting_actions(reply: Reply) -> Reply:
    kept = [
        replace(action, label=clip(action.label, BUTTON_LABEL))
        for action in reply.actions
        if len(action.argument) <= (LINK if action.verb == OPEN else ACTION_ARGUMENT)
    ]
    return replace(reply, actions=tuple(kept))


def _shortened(reply: Reply, quote: int, words: int) -> Reply:
    return replace(
        reply,
        title=clip(reply.title, words),
        lead="\n".join(clip(line, 2 * words) for line in reply.lead.split("\n")),
        items=tuple(_short_item(item, quote, words) for item in reply.items),
        sections=tuple(
            (clip(name, words), tuple(_short_item(item, quote, words) for item in items))
            for name, items in reply.sections
        ),
        lines=tuple(clip(line, 2 * words) for line in reply.lines),
        notes=tuple(clip(note, 2 * words) for note in reply.notes),
    )


def _short_item(item: Item, quote: int, words: int) -> Item:
    return replace(
        item,
        headline=clip(item.headline, 2 * words),
        details=tuple((label, clip(value, words)) for label, value in item.details),
        quotes=tuple(_short_quote(each, quote, words) for each in item.quotes),
    )


def _short_quote(quote: Quote, limit: int, words: int) -> Quote:
    return replace(
        quote,
        text=clip(quote.text, limit),
        before=_tail(quote.before, words),
        after=clip(quote.after, words),
        source=replace(quote.source, title=clip(quote.source.title, words), origin=clip(quote.source.origin, words)),
    )


def _tail(text: str, limit: int) -> str:
    """The end of a text, which is what stands next to the quote."""
    line = " ".join(text.split())
    return line if len(line) <= limit else "…" + line[len(line) - limit :].partition(" ")[2]
