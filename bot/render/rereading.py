"""What reading Sources again by newer rules makes of them, before or after it is applied."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain import Item, Reply, Reread
from bot.render.entries import item, title_of
from bot.render.objects import entry_object
from bot.render.words import human_join, plural

Object = dict[str, Any]


def reread_reply(sources: Sequence[Reread], *, applied: bool) -> Reply:
    """The items that appear and disappear, source by source; those that stay are counted."""
    moved = [each for each in sources if each.appeared or each.disappeared or each.changed]
    sections = tuple((f"{each.source.id}  {title_of(each.source)}", _items(each)) for each in moved)
    counts = (
        (sum(len(each.appeared) for each in sources), "appear" if not applied else "appeared"),
        (sum(len(each.disappeared) for each in sources), "disappear" if not applied else "disappeared"),
        (sum(len(each.changed) for each in sources), "read otherwise"),
        (sum(each.stayed - len(each.changed) for each in sources), "stay as they are" if not applied else "stayed"),
    )
    lead = (
        f"{plural(len(sources), 'source')} read again: {human_join([f'{count:,} {word}' for count, word in counts])}."
    )
    how = "Nothing was changed. To apply it: dossier reread --apply" if not applied else ""
    notes = (how,) if how and moved else ()
    return Reply("Read again", lead=lead, sections=sections, notes=notes)


def _items(each: Reread) -> tuple[Item, ...]:
    appeared = tuple(_marked(item(entry), "appears") for entry in each.appeared)
    disappeared = tuple(_marked(item(entry), "disappears") for entry in each.disappeared)
    changed = (Item("", "", (("Read otherwise", human_join(each.changed)),)),) if each.changed else ()
    return (*appeared, *disappeared, *changed)


def _marked(shown: Item, word: str) -> Item:
    return replace(shown, badge=f"{shown.badge} · {word}")


def reread_object(each: Reread) -> Object:
    """What became of one source, for `--json`."""
    return {
        "source": each.source.id,
        "appeared": [entry_object(entry) for entry in each.appeared],
        "disappeared": [entry_object(entry) for entry in each.disappeared],
        "changed": list(each.changed),
        "stayed": each.stayed,
    }
