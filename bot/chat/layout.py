"""A Reply as a Components V2 message: a container in the colour of what it speaks of, a button beside each entry.

`bot.render.fit` makes the Reply keep Discord's limits, `bot.render.markdown` writes (and escapes) its parts; here they
only become components.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

import discord
from discord import ui

from bot.chat.custom_id import Button, pack
from bot.domain import Action, Picture, Reply
from bot.render.fit import fit
from bot.render.limits import ALT_TEXT, BUTTON_LABEL, MESSAGE_COMPONENTS, MESSAGE_TEXT, OPEN, ROW_BUTTONS
from bot.render.markdown import parts
from bot.texts import _

COLOURS = {"C": 0x5865F2, "Q": 0xE0A030, "F": 0x2D9D78}
"""Commitments blurple, open questions amber, facts green, by the first letter of their ids."""
NEUTRAL, DONE, PROBLEM = 0x80848E, 0x248046, 0xDA373C
_STYLES = {
    "remove": discord.ButtonStyle.danger,
    "save": discord.ButtonStyle.success,
    "reject": discord.ButtonStyle.danger,
    "confirm": discord.ButtonStyle.success,
}

AnyItem = ui.Item[ui.LayoutView]


def layout(
    reply: Reply, *, extra: Sequence[Action] = (), mark: str = "", colour: int | None = None, footer: str = ""
) -> ui.LayoutView:
    """The message of a Reply, with the buttons `extra` after its own.

    `mark` goes into the custom_id of every button (a posting's marker, see post.py). `footer` is Markdown of our own,
    never anything from a source; what stands after an empty line in it is a text of its own.
    """
    below = [part for part in footer.split("\n\n") if part]
    parts_of_ours = len(below) + bool(footer) + bool(reply.file) + 2 * bool(reply.picture)
    reply = fit(
        replace(reply, actions=(*reply.actions, *extra)),
        text=MESSAGE_TEXT - len(footer),
        components=MESSAGE_COMPONENTS - parts_of_ours,
    )
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=tone(reply) if colour is None else colour)
    for component in _components(reply, mark, below):
        container.add_item(component)
    view = ui.LayoutView(timeout=None)
    view.add_item(container)
    if reply.file:
        view.add_item(ui.File(f"attachment://{reply.file[0]}"))
    view.stop()  # presses are dispatched by custom_id; a view that listens would be kept in memory for good
    return view


def tone(reply: Reply) -> int:
    """The colour of what the Reply speaks of, neutral where it is of several kinds."""
    items = [*reply.items, *(item for _, group in reply.sections for item in group)]
    kinds = {item.id[:1] for item in items if item.id}
    return COLOURS.get(kinds.pop(), NEUTRAL) if len(kinds) == 1 else NEUTRAL


def files(reply: Reply) -> list[discord.File]:
    """The files that go with the message: one to take along, a picture, or none."""
    found = [reply.file] if reply.file else []
    found += [(reply.picture.name, reply.picture.data)] if reply.picture else []
    return [discord.File(BytesIO(data), filename=name) for name, data in found]


def _components(reply: Reply, mark: str, below: Sequence[str]) -> Iterator[AnyItem]:
    for number, part in enumerate(parts(reply)):
        if number and part.rule:
            yield ui.Separator(spacing=discord.SeparatorSpacing.small)
        text: ui.TextDisplay[ui.LayoutView] = ui.TextDisplay(part.text)
        if part.evidence:
            yield ui.Section(
                text, accessory=_button(_beside(part.evidence), f"{mark}-{number}" if mark else str(number))
            )
        else:
            yield text
        if reply.picture and not number:
            yield ui.MediaGallery(_shown(reply.picture))
    if below and below[0].startswith("#"):
        yield ui.Separator(spacing=discord.SeparatorSpacing.small)
    yield from map(ui.TextDisplay, below)
    for start in range(0, len(reply.actions), ROW_BUTTONS):
        row = reply.actions[start : start + ROW_BUTTONS]
        yield ui.ActionRow(*(_button(one, f"{mark or 'a'}-{start + at}") for at, one in enumerate(row)))


def _shown(picture: Picture) -> discord.MediaGalleryItem:
    return discord.MediaGalleryItem(f"attachment://{picture.name}", description=picture.says[:ALT_TEXT])


def _beside(id_: str) -> Action:
    """The button beside an item: a source's quotes are everything, so a place in it leads to its brief."""
    return Action(_("Brief"), "brief", id_) if id_.startswith("S-") else Action(_("Evidence"), "evidence", id_)


def _button(action: Action, mark: str) -> ui.Button[ui.LayoutView]:
    if action.verb == OPEN:
        return ui.Button(label=action.label[:BUTTON_LABEL], url=action.argument)
    return ui.Button(
        label=action.label[:BUTTON_LABEL],
        style=_STYLES.get(action.verb, discord.ButtonStyle.secondary),
        custom_id=pack(Button(action.verb, action.argument, mark)),
        disabled=not action.enabled,
    )
