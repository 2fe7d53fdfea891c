"""Source text made harmless where it is shown: what it says is kept, what it would do is not done.

`visible` is for every medium: control, bidirectional and zero-width characters appear as what they are. `discord` also
keeps Markdown, mentions, links, timestamps and custom emoji from being anything but text.
"""

import re
import unicodedata

from bot.render.limits import LINK
from bot.render.words import clip
from bot.texts import _

_MARKDOWN = re.compile(r"([\\*_~`|<>\[\]()#@])")
_LINE_START = re.compile(r"(?m)^(\s*)([-+]|\d+(?=[.)]))")
_SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*):(?=//)")
_SHOWN_LINK = 80
_MESSAGES = "https://discord.com/channels/"
_EVERYONE = re.compile(r"(?i)@(?=everyone\b|here\b)")
_LINK = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:[/?#][!#$%&*+,./0-9:;=?@A-Z_a-z~'-]*)?")
_JOINER, _SOFT_HYPHEN, _WORD_JOINER = "\u200d", "\u00ad", "\u200b"


def visible(text: str) -> str:
    """The text on one line, every character that hides or reorders others written as `⟨U+202E⟩`."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    return "".join(_shown(line, at) for at in range(len(line)))


def discord(text: str) -> str:
    """The text for a Discord message: nothing in it is formatted, linked, or mentions anybody."""
    line = _SCHEME.sub(r"\1\\:", _MARKDOWN.sub(r"\\\1", visible(text)))
    line = _LINE_START.sub(_guarded, line)
    return _EVERYONE.sub("@" + _WORD_JOINER, line)


def code(text: str) -> str:
    """The text in a code span, where nothing is formatted, a backslash is shown, and only a backtick has to go."""
    return f"`{_EVERYONE.sub('@' + _WORD_JOINER, visible(text).replace('`', ''))}`"


def is_link(text: str) -> bool:
    """Whether a text is an address that may be followed: of the web, and of nothing but harmless characters."""
    return len(text) <= LINK and bool(_LINK.fullmatch(text))


def link(address: str) -> str:
    """An address to be clicked, its host always in sight; what may not be followed is shown as text."""
    if not is_link(address):
        return discord(address)
    shown = re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/")
    if address.startswith(_MESSAGES):
        shown = _("a message in Discord")
    return f"[{discord(clip(shown, _SHOWN_LINK))}](<{address}>)"


def _guarded(match: re.Match[str]) -> str:
    """A bullet's sign behind a backslash; a number that would start a list has its dot kept apart."""
    space, sign = match.groups()
    return f"{space}\\{sign}" if sign in "-+" else f"{space}{sign}{_WORD_JOINER}"


def _shown(text: str, at: int) -> str:
    char = text[at]
    category = unicodedata.category(char)
    if char == _SOFT_HYPHEN:
        return ""
    if char == _JOINER and _within_emoji(text, at):
        return char
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"} or char in "\u115f\u1160\u3164\uffa0\u2800\u034f":
        return f"⟨U+{ord(char):04X}⟩"
    return char


def _within_emoji(text: str, at: int) -> bool:
    """Whether the joiner stands between two pictures, where it makes them one (a family, a flag)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before and after) and _picture(before) and _picture(after)


def _picture(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk"} or char == "\ufe0f"
