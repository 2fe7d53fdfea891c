"""Kinds of facts, one file each: `bot/extract/kinds/x.py` defines `KIND = Kind(name, about, find, examples)`.

`find` gets the sentences of a document and yields a `Hit` for each that carries a fact of the kind. `examples` are
(text, value) pairs that run as tests: the value that the kind must find in the text, "" where it must find a fact
without one, None where it must find nothing (at least one example must be of that sort).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from bot.extract.clauses import Tree
from bot.extract.reading import Sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with its index, as every kind gets it. `share` is its share in what the document says, in 0..1."""

    sentence: Sentence
    tree: Tree
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact in a passage. `weight` ranks it among the hits of its kind; `value` is the figure, date or stance."""

    passage: Passage
    weight: float
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of facts: its name, what it is in one line, how it is found, and its examples."""

    name: str
    about: str
    find: Callable[[Sequence[Passage]], Iterator[Hit]]
    examples: tuple[tuple[str, str | None], ...]


@lru_cache(maxsize=1)
def load_kinds() -> Mapping[str, Kind]:
    """Every kind in this folder by name, in the order of the names."""
    modules = (import_module(f"{__name__}.{entry.name}") for entry in iter_modules(__path__))
    kinds = [module.KIND for module in modules]
    return {kind.name: kind for kind in sorted(kinds, key=lambda kind: str(kind.name))}
