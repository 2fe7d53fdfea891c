"""The further names of the parties that findings name, so that lists know a party by any of them."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from bot.domain import Findings
from bot.extract.parties import load_parties


def aliases(found: Findings) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Aliases and adjectives of every party named, by canonical name; parties without any are left out."""
    named = {name for c in found.commitments for name in (*c.actors, *c.recipients)}
    named |= {name for group in (found.questions, found.facts) for finding in group for name in finding.about}
    known = _by_party()
    return tuple((name, known[name]) for name in sorted(named) if name in known)


@lru_cache(maxsize=1)
def _by_party() -> Mapping[str, tuple[str, ...]]:
    book = load_parties()
    names: dict[str, set[str]] = defaultdict(set)
    for alias, name in [*book.names.items(), *book.adjectives.items()]:
        names[name].add(alias)
    return {name: tuple(sorted(known)) for name, known in names.items()}
