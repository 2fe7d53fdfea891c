"""Cues: the words that signal a commitment, an open question or a change of scope. They are data, in `config/cues/`.

A cue file holds tables like

    [[cue]]
    name = "vow"                                # unique; shown in `why` as the rule
    kind = "pledge"                             # what a match means to the module that reads the file
    patterns = ["vow|pledge/VERB", "make! good on"]
    governs = ["xcomp", "ccomp", "obj"]         # where the content hangs from the anchor, best first
    direction = "forward"                       # where the content stands: forward, backward or both
    stops = ["but", "although"]                 # words that end the content
    flags = ["noun"]                            # any further marks the reading module knows
    without = ["rise", "fall"]                  # lemmas of a content head that make it no match

`kind = "none"` marks a look-alike: where it matches, no shorter cue within it does.

A pattern is a row of elements, one a token:

    pledge          the lemma or the form is "pledge" (case does not matter, contractions are written out)
    pledge|vow      either
    =plans          only the form
    plan/VERB       with the part of speech (UPOS) or, as in plan/VBZ, the fine tag; plan/VERB|NOUN for either
    */VERB, *       any word with that part of speech; any word
    not?            may be missing
    ...             up to four further tokens
    make!           the anchor: the token from which the content hangs. Without a mark it is the token whose head lies
                    outside the match.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacy.tokens import Token

from bot.errors import SettingsError
from bot.extract.clauses import Tree, text_of

FOLDER = Path(__file__).resolve().parents[2] / "config" / "cues"
GAP = 4
NONE = "none"
_KEYS = frozenset({"name", "kind", "patterns", "governs", "direction", "stops", "flags", "without", "note"})


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern. `words` empty: any word; `tags` empty: any part of speech."""

    words: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    exact: bool = False
    optional: bool = False
    gap: bool = False
    anchor: bool = False

    def fits(self, token: Token, form: str, lemma: str) -> bool:
        """Whether the token can stand here."""
        if self.words and form not in self.words and (self.exact or lemma not in self.words):
            return False
        return not self.tags or token.pos_ in self.tags or token.tag_ in self.tags


Pattern = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """One table of a cue file; see the module's docstring for the fields."""

    name: str
    kind: str
    patterns: tuple[Pattern, ...]
    governs: tuple[str, ...] = ()
    direction: str = "forward"
    stops: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A cue found in a sentence: the matched tokens in order, and the one from which the content hangs."""

    cue: Cue
    tokens: tuple[Token, ...]
    anchor: Token

    @property
    def start(self) -> int:
        """The position of the first token in the Doc."""
        return int(self.tokens[0].i)

    @property
    def end(self) -> int:
        """The position after the last token."""
        return int(self.tokens[-1].i) + 1

    @property
    def text(self) -> str:
        """The cue as it stands in the text, from its first to its last token."""
        return text_of(self.tokens)


class CueSet:
    """The cues of one file, indexed by the words they can begin with."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        """Index the cues."""
        self.cues = tuple(cues)
        self._by_word: dict[str, list[tuple[Cue, Pattern, bool]]] = {}
        self._anywhere: list[tuple[Cue, Pattern, bool]] = []
        for cue in cues:
            for pattern in cue.patterns:
                self._file(cue, pattern)

    def _file(self, cue: Cue, pattern: Pattern) -> None:
        row = (cue, pattern, not any(element.gap or element.optional for element in pattern))
        starts: set[str] = set()
        for element in pattern:
            if not element.words:
                self._anywhere.append(row)
                return
            starts |= element.words
            if not element.optional:
                break
        for word in sorted(starts):
            self._by_word.setdefault(word, []).append(row)

    def matches(self, tree: Tree) -> tuple[Match, ...]:
        """All matches in a sentence in text order; one that lies within a longer one is left out."""
        return _longest(self._matches(tree))

    def look_alikes(self, tree: Tree) -> frozenset[Token]:
        """The words of a sentence that stand in a look-alike."""
        return frozenset(token for match in self._matches(tree) if match.cue.kind == NONE for token in match.tokens)

    def _matches(self, tree: Tree) -> list[Match]:
        found: list[Match] = []
        for place, (form, lemma) in enumerate(zip(tree.forms, tree.lemmas, strict=True)):
            rows = self._by_word.get(form, ())
            if lemma != form:
                rows = [*rows, *self._by_word.get(lemma, ())]
            for cue, pattern, rigid in [*rows, *self._anywhere]:
                if (tokens := (_fit_rigid if rigid else _fit)(tree, pattern, place)) is not None:
                    found.append(Match(cue, tokens[0], tokens[1]))
        return found


def _longest(found: list[Match]) -> tuple[Match, ...]:
    """Drop what lies within a longer match, repeats of one cue at one place, and last the look-alikes."""
    kept: list[Match] = []
    blocked: set[tuple[int, int]] = set()
    seen: set[tuple[int, int, str]] = set()
    reach, widest = -1, (-1, -1)
    for match in sorted(found, key=lambda match: (match.start, -match.end, match.cue.kind != NONE)):
        place = (match.start, match.end)
        if (match.end <= reach and place != widest) or (*place, match.cue.name) in seen:
            continue
        if match.end > reach:
            reach, widest = match.end, place
        seen.add((*place, match.cue.name))
        if match.cue.kind == NONE:
            blocked.add(place)
        elif place not in blocked:
            kept.append(match)
    return tuple(kept)


def _fit_rigid(tree: Tree, pattern: Pattern, place: int) -> tuple[tuple[Token, ...], Token] | None:
    """As `_fit`, for a pattern without gaps and optional elements (most are), which can fit in one way only."""
    end = place + len(pattern)
    if end > len(tree.tokens):
        return None
    for at, element in enumerate(pattern, start=place):
        if not element.fits(tree.tokens[at], tree.forms[at], tree.lemmas[at]):
            return None
    return _result(tree, pattern, tuple(range(place, end)))


def _fit(tree: Tree, pattern: Pattern, place: int) -> tuple[tuple[Token, ...], Token] | None:
    """The tokens that a pattern covers from a place on, and its anchor: the first way that fits, short gaps first."""
    waiting: list[tuple[int, int, tuple[int, ...]]] = [(0, place, ())]
    while waiting:
        step, at, taken = waiting.pop()
        if step == len(pattern):
            if taken:
                return _result(tree, pattern, taken)
            continue
        element = pattern[step]
        if element.gap:
            waiting.extend((step + 1, at + skip, taken) for skip in range(GAP, -1, -1))
            continue
        if element.optional:
            waiting.append((step + 1, at, (*taken, -1)))
        if at < len(tree.tokens) and element.fits(tree.tokens[at], tree.forms[at], tree.lemmas[at]):
            waiting.append((step + 1, at + 1, (*taken, at)))
    return None


def _result(tree: Tree, pattern: Pattern, taken: tuple[int, ...]) -> tuple[tuple[Token, ...], Token] | None:
    places = [at for at in taken if at >= 0]
    if not places:
        return None
    tokens = tuple(tree.tokens[at] for at in places)
    solid = [element for element in pattern if not element.gap]
    marked = [tree.tokens[at] for element, at in zip(solid, taken, strict=True) if element.anchor and at >= 0]
    return tokens, marked[0] if marked else _top(tree, tokens)


def _top(tree: Tree, tokens: tuple[Token, ...]) -> Token:
    """The token whose head lies outside the match; the first content word among several."""
    inside = {token.i for token in tokens}
    tops = [token for token in tokens if (head := tree.head(token)) is None or head.i not in inside]
    return next((token for token in tops if token.pos_ in {"VERB", "NOUN", "ADJ"}), (tops or [tokens[0]])[0])


@lru_cache(maxsize=16)
def load_cues(name: str, folder: Path = FOLDER) -> CueSet:
    """The cues of `config/cues/NAME.toml`.

    Raises `SettingsError` naming the file and the table, with what is allowed, where it cannot be used.
    """
    path = folder / f"{name}.toml"
    return CueSet([_cue(table, path) for table in read_table(path).get("cue", [])])


def read_table(path: Path) -> dict[str, Any]:
    """What a TOML file holds. Raises `SettingsError` naming the file where it is missing or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{path} is missing. Restore it from the repository and start again.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}. Correct it and start again.") from error


def _cue(table: dict[str, Any], path: Path) -> Cue:
    name = table.get("name", "?")
    if unknown := sorted(set(table) - _KEYS):
        raise SettingsError(
            f"{path}: the cue {name!r} has unknown keys: {', '.join(unknown)}. Known are: {', '.join(sorted(_KEYS))}."
        )
    if missing := sorted({"name", "kind", "patterns"} - set(table)):
        raise SettingsError(f"{path}: the cue {name!r} lacks {', '.join(missing)}. Add it and start again.")
    if table.get("direction", "forward") not in {"forward", "backward", "both"}:
        raise SettingsError(f"{path}: the direction of the cue {name!r} must be forward, backward or both.")
    return Cue(
        name=name,
        kind=table["kind"],
        patterns=tuple(parse_pattern(pattern) for pattern in table["patterns"]),
        governs=tuple(table.get("governs", ())),
        direction=table.get("direction", "forward"),
        stops=frozenset(table.get("stops", ())),
        flags=frozenset(table.get("flags", ())),
        without=frozenset(table.get("without", ())),
    )


def parse_pattern(pattern: str) -> Pattern:
    """A pattern's elements.

    >>> [sorted(element.words) for element in parse_pattern("stand|be ready")]
    [['be', 'stand'], ['ready']]
    """
    return tuple(_element(part) for part in pattern.split())


def _element(part: str) -> Element:
    if part == "...":
        return Element(gap=True)
    optional, anchor = part[1:].endswith("?"), part[1:].rstrip("?").endswith("!")
    body = part[0] + part[1:].rstrip("?!")
    exact, body = body.startswith("="), body.removeprefix("=")
    words, _, tags = body.partition("/")
    return Element(
        words=frozenset() if words == "*" else frozenset(words.lower().split("|")),
        tags=frozenset(tags.split("|")) - {""},
        exact=exact,
        optional=optional,
        anchor=anchor,
    )
