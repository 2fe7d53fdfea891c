"""The same matter in other words: a noun for a verb, words left out that tell nothing, an action said more fully. Pure.

Strict, because what is the same here is merged by itself. The keys hold no names, so no alias can put them out of date.
"""

import re
from functools import lru_cache
from itertools import combinations

from bot.domain import CommitmentFinding, CommitmentKind, QuestionFinding
from bot.ledger.amounts import is_number
from bot.ledger.words import LIGHT, content, stem, turned, words

KEYED = 4
"""So many of the longest roots of an action are looked up, two by two."""
FEWEST_ROOTS = 2
FEWEST_CONTAINED = 3
"""An action is only the fuller form of another that has at least so many roots."""
FEWEST_ASKED = 3
FEWEST_UNNAMED = 4
SHARE = 0.6
"""What two actions have in common is at least this share of the fuller one."""
MOST_DAYS = 30
"""What is done once is the same matter only if it is said again within so many days."""

_NOUNS = {
    "provision": "provid",
    "defenc": "defend",
    "defens": "defend",
    "withdrawal": "withdraw",
    "removal": "remov",
    "approval": "approv",
    "renewal": "renew",
    "delivery": "deliver",
    "expansion": "expand",
    "extension": "extend",
    "suspension": "suspend",
    "resumption": "resum",
    "respons": "respond",
    "recovery": "recover",
    "maintenanc": "maintain",
    "pursuit": "pursu",
    "growth": "grow",
    "sovereign": "sovereignty",
    "uphold": "support",
    "upheld": "support",
    "stand": "support",
    "back": "support",
}
"""Stems of nouns whose verb no rule gives, and of verbs that say that one supports something."""
_FILLING = content("""
    continue continued remain further fully full firmly firm strongly strong steadfast steadfastly unwavering ironclad
    deep deeply enduring longstanding resolute abiding always together just still very own commit commitment committed
    commitments pledge pledged reaffirm reiterate work working effort efforts ready prepared
""")
_LIGHT_VERBS = frozenset({"support", "provid", "give", "giv"})
"""These tell nothing where the rest of the action tells enough: "support Ukraine's sovereignty", "its sovereignty"."""
_POINTING = frozenset(
    ["it", "this", "them", "these", "those", "there", "so", "such", "he", "him", "she", "her", "they", "above", "below"]
)
"""Words that mean what another sentence says."""
_CONTRARY = content("""
    from not no never nor without unless except until against oppose stop end cease withdraw suspend reduce cut lift
    refuse deny reject avoid prevent delay limit consider explore discuss seek possible possibly potential review
""")
_ONCE = content("""
    travel visit meet host attend speak join convene participate lead depart arrive return brief sign testify chair
""") | {"met", "led", "spok"}
_WORDS_SAID = content("remarks statement testimony speech questions briefing")
_GATHERINGS = "event meeting meetings remarks briefing spray conference session ceremony dialogue streamed livestreamed"
_EVENTS = frozenset(map(stem, words(_GATHERINGS)))
_ONE_PERSON = frozenset(
    ["i", "he", "she", "it", "they", "his", "her", "their", "its", "my", "you", "this", "that", "these", "those"]
)
_NAMES = re.compile(r"(?<!^)\b[A-Z][\w’'-]*")
_ENDINGS = ("ance", "ence", "anc", "enc", "ion", "at", "ment")
"""In this order: `implementation` loses three of them, `implemented` one."""


@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """A stem that a verb has in common with the noun made of it: `deployment` and `deploys` meet in `deploy`."""
    cut = stem(word)
    if cut in _NOUNS:
        return _NOUNS[cut]
    for ending in _ENDINGS:
        if cut.endswith(ending) and len(cut) - len(ending) >= 4:
            cut = stem(cut[: -len(ending)])
    cut = cut[:-1] if cut.endswith("uct") else cut
    return _NOUNS.get(cut, cut)


@lru_cache(maxsize=8192)
def roots(text: str) -> tuple[str, ...]:
    """The roots that tell a matter, each once, in the order of the text."""
    found = dict.fromkeys(root(word) for word in words(text) if word not in LIGHT and stem(word) not in _FILLING)
    rest = tuple(each for each in found if each not in _LIGHT_VERBS)
    return rest if len(rest) >= FEWEST_ROOTS else tuple(found)


def matter_keys(finding: object) -> tuple[str, ...]:
    """The keys under which a finding is known again in other words; none where its words are too few."""
    match finding:
        case CommitmentFinding():
            telling = sorted(sorted(roots(finding.action), key=lambda each: (-len(each), each))[:KEYED])
            return tuple(f"={finding.kind is CommitmentKind.REFUSAL:d}|{a}|{b}" for a, b in combinations(telling, 2))
        case QuestionFinding():
            asked = sorted(roots(finding.question))
            return ("=?|" + "|".join(asked)[:160],) if len(asked) >= FEWEST_ASKED else ()
    return ()


def same_action(old: str, new: str) -> str | None:
    """How two actions are the same in other words, None where that is not plain."""
    first, second = roots(old), roots(new)
    few, many = sorted((first, second), key=len)
    if len(few) < FEWEST_ROOTS or turned(old) != turned(new) or points(old) or points(new):
        return None
    if set(few) == set(many):
        return None if "from" in many else "same action in other words"
    return "same action, said more fully once" if _contained(few, many, old, new) else None


def _contained(few: tuple[str, ...], many: tuple[str, ...], old: str, new: str) -> bool:
    """Whether the fuller action has all of the other, its head too, and nothing more that makes it another matter."""
    if len(few) < FEWEST_CONTAINED or not set(few) < set(many) or len(few) < SHARE * len(many):
        return False
    more = set(many) - set(few)
    named = {root(word) for text in (old, new) for name in _NAMES.findall(text) for word in words(name)}
    return many[0] in few and few[0] in many and not any(is_number(one) or one in _CONTRARY | named for one in more)


def points(text: str) -> bool:
    return not _POINTING.isdisjoint(words(text))


def done_once(action: str) -> bool:
    """Whether an action is one of a day, such as a visit: said much later, it is another one."""
    found = [stem(word) for word in words(action) if word not in LIGHT and stem(word) not in _FILLING]
    return not _ONCE.isdisjoint(found[:1]) or not _WORDS_SAID.isdisjoint(found)


def of_an_event(actor_text: str, action: str) -> bool:
    """Whether it is said of an event ("the meeting will focus on", "will be live streamed"): there will be others."""
    return not _EVENTS.isdisjoint([*map(stem, words(actor_text)), *map(stem, words(action))][:8])


def unnamed(actor_text: str) -> frozenset[str]:
    """The words for an actor without a name, none where they mean another one in every text ("I", "she")."""
    called = frozenset(words(actor_text))
    return called if called - _ONE_PERSON else frozenset()


_BETWEEN = frozenset(map(root, ["countries", "nations", "relationship", "partnership", "bilateral", "ties"]))
"""What is between the two that a text is about: "our countries" are others in every text."""


def specific(action: str) -> bool:
    """Whether an action tells a matter even where its actor has no name."""
    return len(roots(action)) >= FEWEST_UNNAMED and not points(action) and _BETWEEN.isdisjoint(roots(action))


def same_asked(old: str, new: str) -> bool:
    """Whether two questions ask the same in other words; who does what to whom is told by the order of names."""
    first, second = roots(old), roots(new)
    if len(first) < FEWEST_ASKED or turned(old) != turned(new) or points(old) or points(new):
        return False
    return first == second or (set(first) == set(second) and len(_NAMES.findall(new)) <= 1 and "from" not in first)
