"""Lemmas of the verbs that the cue files name, whatever the trained lemmatizer makes of their forms.

The lemmatizer learns endings from a treebank and now and then invents a word ("celebrat" for "celebrating"). The cue
files hold the words that decisions hang on, so their forms are spelled out once and looked up.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "config" / "cues"
_WORD = re.compile(r"[a-z]{3,}")
_DOUBLES = re.compile(r".*[^aeiou][aeiou][bdgklmnprtv]$")
_VOWELS = "aeiou"
IRREGULAR = {
    "fly": ("flew", "flown"),
    "forbid": ("forbade", "forbidden"),
    "forgo": ("forwent", "forgone"),
    "forswear": ("forswore", "forsworn"),
    "freeze": ("froze", "frozen"),
    "lend": ("lent",),
    "oversee": ("oversaw", "overseen"),
    "repay": ("repaid",),
    "rise": ("rose", "risen"),
    "strive": ("strove", "striven"),
    "swear": ("swore", "sworn"),
    "undertake": ("undertook", "undertaken"),
    "uphold": ("upheld",),
    "withhold": ("withheld",),
}
"""Past forms of listed verbs that the trained lemmatizer mostly gets wrong ("undertook", "swore")."""


@lru_cache(maxsize=2)
def verb_lemmas(folder: Path = FOLDER) -> dict[str, str]:
    """Each form of a listed word to the word: "celebrating" to "celebrate". Listed words are not forms."""
    listed = _listed(folder)
    table: dict[str, str] = {}
    for word in sorted(listed):
        for form in (*forms(word), *IRREGULAR.get(word, ())):
            if form not in listed:
                table.setdefault(form, word)
    return table


def _listed(folder: Path) -> frozenset[str]:
    """The words in patterns and word lists of all cue files."""
    found: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError:
            continue  # reported, with what to do, by whoever reads the file for its own sake
        for cue in table.get("cue", ()):
            found.update(word for pattern in cue.get("patterns", ()) for word in _WORD.findall(pattern))
        for words in table.get("words", {}).values():
            found.update(word for word in words if _WORD.fullmatch(word))
    return frozenset(word for word in found if not word.endswith(("ing", "ed")) or word in {"bring", "need", "feed"})


def forms(verb: str) -> tuple[str, ...]:
    """The regular forms of a verb, with both spellings where a final consonant may double."""
    stems = [verb]
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        stems = [verb[:-1]]
    elif verb.endswith("c"):
        stems = [verb + "k"]
    elif _DOUBLES.match(verb):
        stems = [verb, verb + verb[-1]]
    past = [stem + "ed" for stem in stems]
    if _ends_in_y(verb):
        past = [verb[:-1] + "ied"]
    elif verb.endswith("e"):
        past = [verb + "d"]
    return (*past, *(stem + "ing" for stem in stems), _third(verb))


def _third(verb: str) -> str:
    if _ends_in_y(verb):
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _ends_in_y(verb: str) -> bool:
    return verb.endswith("y") and verb[-2:-1] not in _VOWELS
