"""The form for pasted text. It is told by its custom_id alone, so that one open during a restart still works."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.chat.adding import Handed, Wanted, add
from bot.chat.errors import handle
from bot.chat.guild import require_moderator, workspace_of
from bot.chat.options import day, words
from bot.chat.reply import Interaction, remember
from bot.domain import DraftKind
from bot.errors import BadInput
from bot.render.limits import MODAL_INPUT
from bot.texts import _

CUSTOM_ID, SUGGESTED, SUGGESTED_DIRECT = "d1:pasted", "d1:suggested", "d1:suggested-dm"


@dataclass(frozen=True, slots=True)
class Form:
    """A form that we show: its title, whether moderators alone may send it, and whether it makes a draft.

    `direct` asks for a direct message when it is decided on.
    """

    title: str
    moderators: bool = False
    kind: DraftKind | None = None
    direct: bool = False


FORMS: Mapping[str, Form] = {
    CUSTOM_ID: Form(_("Add a source"), moderators=True),
    SUGGESTED: Form(_("Suggest a source"), kind=DraftKind.SUGGESTION),
    SUGGESTED_DIRECT: Form(_("Suggest a source"), kind=DraftKind.SUGGESTION, direct=True),
}
"""Every form by its custom_id."""
NAME = _("Pasted text")
OUTDATED = _("This form is from an older version of Dossier. Nothing was added. Use `/source add` again.")


def form(*, title: str = "", published: str = "", custom_id: str = CUSTOM_ID) -> ui.Modal:
    """Ask for the text of a document, its title and its date."""
    modal = ui.Modal(title=FORMS[custom_id].title, custom_id=custom_id, timeout=None)
    text: ui.TextInput[Any] = ui.TextInput(
        custom_id="text",
        style=discord.TextStyle.paragraph,
        max_length=MODAL_INPUT,
        placeholder=_("Paste the text here. For more than 4,000 characters add a file."),
    )
    name: ui.TextInput[Any] = ui.TextInput(
        custom_id="title",
        required=False,
        max_length=200,
        default=title[:200] or None,
        placeholder=_("Statement on ..."),
    )
    when: ui.TextInput[Any] = ui.TextInput(
        custom_id="date", required=False, max_length=40, default=published[:40] or None, placeholder="2026-03-14"
    )
    modal.add_item(ui.Label(text=_("Text"), description=_("As it was published; it is kept as it is."), component=text))
    modal.add_item(ui.Label(text=_("Title"), component=name))
    modal.add_item(
        ui.Label(text=_("Publication date"), description=_("Due dates are reckoned from it."), component=when)
    )
    modal.stop()  # not kept in memory: `submitted` knows the form by its custom_id
    return modal


async def submitted(itx: Interaction) -> None:
    """Add what was pasted; nothing may escape."""
    try:
        await _submitted(itx)
    except Exception as error:  # noqa: BLE001
        await handle(itx, error)


async def _submitted(itx: Interaction) -> None:
    data: Mapping[str, Any] = itx.data or {}
    given = values(data)
    remember(itx, given.get("text", ""))
    workspace = workspace_of(itx)
    sent = FORMS.get(str(data.get("custom_id")))
    if sent is None:
        raise BadInput(OUTDATED)
    if sent.moderators:
        require_moderator(itx)
    published = day(given.get("date"), itx.client.app.now().date(), option=_("the publication date"))
    title = words(given.get("title"))
    text = given.get("text", "").encode()

    async def fetch() -> Handed:
        return Handed(text, NAME)

    await add(itx, workspace, Wanted(fetch, NAME, title, published, kind=sent.kind, direct=sent.direct))


def values(data: Mapping[str, Any]) -> dict[str, str]:
    """The texts typed into a form's inputs, by custom_id."""
    return {
        str(item["custom_id"]): item["value"]
        for item in _inputs(data.get("components", ()))
        if isinstance(item.get("value"), str)
    }


def _inputs(components: Any) -> Iterator[Mapping[str, Any]]:
    for item in components:
        if "custom_id" in item:
            yield item
        inner = item.get("component")
        yield from _inputs(item.get("components", ()) if inner is None else [inner])
