"""The walk itself: what is used and pressed, what was shown, and what was forgotten.

What there is to visit is taken from the command tree, the registries of buttons and forms, and from the buttons that
the bot showed on the way. Nothing is listed by hand.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from discord import app_commands

from bot.chat.buttons import VERBS
from bot.chat.custom_id import unpack
from bot.chat.pasted import FORMS
from bot.chat.preview import Newsroom
from scripts.screens.room import Clock

_BUTTON, _ID = 2, re.compile(r"\b(?:[A-Z]-)?\d+\b")
_TRIES, _PAUSE = 300, 0.2
Camera = Callable[[str, Any, Any], Awaitable[None]]
"""Takes the pictures of a message as somebody sees it, under a name."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody did: `what` it was, `who` did it, what is to be seen, the name of its pictures."""

    act: str
    what: str
    who: str
    says: str
    name: str


@dataclass
class Walk:
    """A walk under way. `pictures` is left out where nobody looks."""

    room: Newsroom
    clock: Clock
    camera: Camera | None = None
    act: str = ""
    steps: list[Step] = field(default_factory=list)
    visited: set[tuple[str, str]] = field(default_factory=set)
    offered: set[tuple[str, str]] = field(default_factory=set)

    async def slash(self, who: str, command: str, says: str, /, **options: Any) -> Any:
        """Use a command, and look at the answer."""
        result = await self._done(await self._actor(who).slash(self.room.channel, command, **options))
        self.visited.add(("command", command))
        given = " ".join(f"{name}:{_shown(value)}" for name, value in options.items())
        await self._look(f"/{command} {given}".strip(), who, says, result)
        return result

    async def menu(self, who: str, command: str, message: Any, says: str) -> Any:
        """Right-click on a message."""
        result = await self._done(await self._actor(who).context_menu(self.room.channel, command, message))
        self.visited.add(("menu", command))
        await self._look(f"Right-click: {command}", who, says, result)
        return result

    async def press(self, who: str, shown: Any, label: str, says: str = "") -> Any:
        """Press the first button whose label begins so; without `says` no picture is taken."""
        message = getattr(shown, "response", None) or shown
        live = [each for each in buttons(message) if not each.get("disabled")]
        one = next((each for each in live if each["label"].startswith(label)), None)
        if one is None:
            raise LookupError(f"No button “{label}” on: {said(message)}")
        result = await self._actor(who).click(message, custom_id=one["custom_id"])
        verb = verb_of(one)
        if verb == "share":  # what is shared is made by its own verb
            self.visited.add(("button", _argument(one).partition(" ")[0]))
        self.visited |= {("button", verb), ("label", f"{verb}: {_general(one['label'])}")}
        told = result.followups[-1] if result.followups else result.response or message
        await self._look(f"Press {one['label']}", who, says, told)
        return told

    async def press_all(self, who: str, shown: Any) -> None:
        """Share it, and press whatever is on it that was not pressed before, without a look; a page takes its place."""
        for one in sorted(buttons(shown.response), key=lambda each: verb_of(each) == "page"):
            verb = verb_of(one)
            new = ("label", f"{verb}: {_general(one['label'])}") not in self.visited or verb == "share"
            if verb and new and not one.get("disabled"):
                await self.press(who, shown, one["label"])

    async def submit(self, who: str, form: Any, says: str, **values: str) -> Any:
        """Send a form that is open."""
        result = await self._done(await self._actor(who).submit_modal(form, values))
        self.visited.add(("form", form.modal["custom_id"]))
        await self._look(f"Send the form {FORMS[form.modal['custom_id']].title}", who, says, result)
        return result

    async def see(self, what: str, says: str, who: str = "member") -> Any:
        """Look at the last message of the channel."""
        message = self.room.channel.last_message
        await self._look(what, who, says, message)
        return message

    async def suggest(self) -> None:
        """Type into each option that suggests something; none may have nothing to suggest."""
        for command in leaves(self.room.client.loaded):
            for option in command.parameters:
                if option.autocomplete and await self._suggested(command.qualified_name, option.display_name):
                    self.visited.add(("suggestions", f"{command.qualified_name} {option.display_name}"))

    async def _suggested(self, command: str, option: str) -> bool:
        """Whether anything is suggested to anybody who may use the command."""
        for who in (self.room.member, self.room.moderator):
            allowed = command in who.available_commands(self.room.channel)
            if allowed and await who.autocomplete(self.room.channel, command, option, ""):
                return True
        return False

    def missing(self) -> list[str]:
        """What was forgotten: commands, right-clicks, buttons, forms, options that suggested nothing."""
        loaded = self.room.client.loaded
        wanted = {("command", one.qualified_name) for one in leaves(loaded)}
        wanted |= {("menu", one.name) for one in loaded if isinstance(one, app_commands.ContextMenu)}
        wanted |= {("button", verb) for verb in VERBS} | {("form", custom_id) for custom_id in FORMS}
        wanted |= {
            ("suggestions", f"{one.qualified_name} {option.display_name}")
            for one in leaves(loaded)
            for option in one.parameters
            if option.autocomplete
        }
        return [f"{kind} {name}" for kind, name in sorted((wanted | self.offered) - self.visited)]

    def _actor(self, who: str) -> Any:
        return self.room.moderator if who == "moderator" else self.room.member

    async def _done(self, result: Any) -> Any:
        """Wait until what was only announced ("thinking") has its answer."""
        for _ in range(_TRIES):
            await self.room.env.settle()
            if result.modal or (result.response and any(_components(result.response))):
                return result
            await asyncio.sleep(_PAUSE)
        raise TimeoutError("An answer did not come.")

    async def _look(self, what: str, who: str, says: str, shown: Any) -> None:
        message = getattr(shown, "response", shown)
        if message is not None:
            found = [one for one in buttons(message) if not one.get("disabled")]
            self.offered |= {("label", f"{verb_of(one)}: {_general(one['label'])}") for one in found if verb_of(one)}
        if not says:
            return
        name = _name(what, {step.name for step in self.steps})
        self.steps.append(Step(self.act, what, who, says, name))
        if self.camera:
            await self.camera(name, shown, self._actor(who))


def leaves(loaded: Any) -> Iterator[Any]:
    """Every slash command, groups opened."""
    for command in loaded:
        if isinstance(command, app_commands.Group):
            yield from (one for one in command.walk_commands() if isinstance(one, app_commands.Command))
        elif isinstance(command, app_commands.Command):
            yield command


def buttons(message: Any) -> Iterator[dict[str, Any]]:
    """Every button of a message, from top to bottom."""
    return (one for one in _components(message) if one.get("type") == _BUTTON)


def said(message: Any) -> str:
    """All that a message says."""
    return "\n".join(one["content"] for one in _components(message) if "content" in one)


def _components(message: Any) -> Iterator[dict[str, Any]]:
    todo = [one if isinstance(one, dict) else one.to_dict() for one in message.components]
    while todo:
        one = todo.pop(0)
        yield one
        todo = [*one.get("components", ()), *([one["accessory"]] if one.get("accessory") else []), *todo]


def _argument(button: dict[str, Any]) -> str:
    found = unpack(button["custom_id"])
    return found.argument if found else ""


def verb_of(button: dict[str, Any]) -> str:
    """The verb of a button; "" for a link."""
    found = unpack(button.get("custom_id", ""))
    return found.verb if found else ""


def _general(label: str) -> str:
    """A label without the ids and numbers in it."""
    return _ID.sub("…", label)


def _name(what: str, taken: set[str]) -> str:
    """A file's name for the pictures of a step, unlike all before."""
    words = " ".join(one for one in what.removeprefix("/").split() if ":" not in one)
    name = re.sub(r"[^a-z0-9]+", "-", _ID.sub("", words).lower()).strip("-")
    numbered = (f"{name}-{number}" for number in range(2, 1000))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return str(value[0])
    return f"#{value.name}" if hasattr(value, "name") else str(value)
