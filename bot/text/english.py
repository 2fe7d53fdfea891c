"""Is this text English? Asked of enough prose only: a short text, names or figures give no answer."""

import re
from collections import Counter
from functools import cache
from typing import Any

from bot.text.lines import word_set

_WINDOW, _WINDOWS = 3_000, 5
_LEAST_LETTERS, _LEAST_SIGNS = 75, 40
_WORD = re.compile(r"[^\W\d_]+(?:[’'][a-z]+)?")
_COMMON = word_set(
    "the and of that this with from which are were been has have had would their they it by not be as to said will"
    " for its but his her our we you he she who what there these those about into after before can could"
)
_LEAST_COMMON = 0.18
_LIKE_ENGLISH = {"en", "pcm", "zxx"}


def other_language(prose: str) -> str | None:
    """The English name of the language that most of the prose is in, if that is plainly not English."""
    votes: Counter[str] = Counter()
    for window in _windows(prose):
        if code := _language(window):
            votes[code] += 1
    if not votes or votes["en"] * 2 >= votes.total():
        return None
    del votes["en"]
    return _name(votes.most_common(1)[0][0])


def _windows(prose: str) -> list[str]:
    """Up to five stretches spread evenly over the prose."""
    if len(prose) <= _WINDOW:
        return [prose]
    count = min(_WINDOWS, -(-len(prose) // _WINDOW))
    step = (len(prose) - _WINDOW) / (count - 1)
    return [prose[round(i * step) : round(i * step) + _WINDOW] for i in range(count)]


def _language(window: str) -> str | None:
    """The language's code, "en" for anything close to English; None where the window is too short to tell.

    Words with a capital do not count, as they may be names.
    """
    words = [word for word in _WORD.findall(window) if window.isupper() or not word[0].isupper()]
    if not _is_enough(words):
        return None
    common = sum(1 for word in words if word.lower() in _COMMON)
    if common >= _LEAST_COMMON * len(words):
        return "en"
    code, _ = _identifier().classify(" ".join(words))
    return "en" if code in _LIKE_ENGLISH else str(code)


def _is_enough(words: list[str]) -> bool:
    """Enough letters to judge; scripts that write a word in a sign or two need fewer."""
    letters = sum(map(len, words))
    dense = sum(1 for word in words for c in word if c >= "\u2e80")
    return letters >= _LEAST_LETTERS or dense >= _LEAST_SIGNS


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second and 60 MB: only when first asked

    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _name(code: str) -> str:
    import pycountry

    language = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    return re.sub(r"^Modern |\s*\([^)]*\)", "", language.name) if language else "another language"
