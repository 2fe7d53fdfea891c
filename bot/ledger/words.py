"""The words that carry a matter, cut down to what stays the same when it is said again in the same words.

No language model here: the ledger must decide the same for the same findings, whatever parsed them.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.,:/][0-9]+)*(?:['’][^\W_]+)?")

_LIGHT = """
    a an the of to in on at for with by and as its it their they them his her he she our we your you my i
    will would shall is are was were be been being has have had do does did that this these those there
    also already now so such any whether
"""
LIGHT = frozenset(_LIGHT.split())
"""Words that do not tell one matter from another. Not here: what turns a matter round (not, from), and "us", the US."""

TURNING = frozenset({"not", "no", "never", "nor", "cannot", "without", "unless", "except", "until"})
"""Words that make the opposite of what is said without them."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without the endings of plural, tense and genitive: `deploys`, `deployed`, `deploying` are one.

    Only endings of inflection go: `deployment` stays another word.
    """
    word = re.sub(r"['’]s?$", "", word)
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _undoubled(word[: -len(ending)])
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _undoubled(word)


def _undoubled(word: str) -> str:
    """`planned` and `plan`, `providing` and `provide` meet in `plan` and `provid`."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        return word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def folded(text: str) -> str:
    """Text without accents or case."""
    if text.isascii():
        return text.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain.casefold()


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """All words of a text, folded, in order."""
    return tuple(_WORD.findall(folded(text)))


def carrying(text: str) -> tuple[str, ...]:
    """The stems of the words that carry a text, in order."""
    return tuple(stem(word) for word in words(text) if word not in LIGHT)


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The stems of the words that carry a text."""
    return frozenset(carrying(text))


def turned(text: str) -> bool:
    """Whether the text says the opposite of its other words: an odd number of words that turn it round."""
    found = words(text)
    return (sum(w in TURNING for w in found) + sum(w.endswith(("n't", "n’t")) for w in found)) % 2 == 1


@lru_cache(maxsize=8192)
def names(parties: tuple[str, ...]) -> frozenset[str]:
    """Canonical names as they are compared."""
    return frozenset(" ".join(folded(name).split()) for name in parties if name.strip())
