"""A button's state in its `custom_id`, so that buttons work after a restart.

    d1:<verb>:<mark>:<argument>

`mark` keeps the ids of one message apart, and carries a posting's marker. Nothing here is trusted when it comes back:
anybody can forge a `custom_id`, so it never names a workspace or a person.
"""

import re
from dataclasses import dataclass

from bot.render.limits import CUSTOM_ID

PATTERN = re.compile(r"d1:(?P<verb>[a-z]{1,12}):(?P<mark>[A-Za-z0-9-]{0,24}):(?P<argument>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Button:
    """What a press asks for."""

    verb: str
    argument: str = ""
    mark: str = ""


def pack(button: Button) -> str:
    """The `custom_id` of a button. Raises `ValueError` for one that does not fit: that is a mistake in the code."""
    text = f"d1:{button.verb}:{button.mark}:{button.argument}"
    if len(text) > CUSTOM_ID or not PATTERN.fullmatch(text):
        raise ValueError(f"{text!r} is no custom_id")
    return text


def unpack(text: str) -> Button | None:
    """The other way; None for what `pack` never made."""
    match = PATTERN.fullmatch(text)
    return Button(match["verb"], match["argument"], match["mark"]) if match else None
