"""A queue that is fair between its owners: they are served in turns, whoever put in how many first."""

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Place(Generic[T]):
    round: int
    number: int
    owner: str
    item: T


def _order(place: _Place[T]) -> tuple[int, int]:
    return place.round, place.number


class Fair(Generic[T]):
    """One item of each owner makes a round; within a round, first in first out.

    What an owner puts in comes into the round that is on, or the one after the owner's latest item.
    """

    def __init__(self) -> None:
        """Nothing waits."""
        self._places: list[_Place[T]] = []
        self._served: set[str] = set()
        self._round = self._put = 0

    def __len__(self) -> int:
        """How many wait."""
        return len(self._places)

    def __iter__(self) -> Iterator[T]:
        """What waits, in the order in which it is served."""
        return (place.item for place in self._places)

    def of(self, owner: str) -> tuple[T, ...]:
        """What waits of one owner."""
        return tuple(place.item for place in self._places if place.owner == owner)

    def put(self, owner: str, item: T) -> None:
        """Let it wait."""
        self._put += 1
        first = self._round + (owner in self._served)
        round_ = max((place.round + 1 for place in self._places if place.owner == owner), default=first)
        insort(self._places, _Place(round_, self._put, owner, item), key=_order)

    def take(self) -> T:
        """The next one; `IndexError` where nothing waits."""
        place = self._places.pop(0)
        if place.round > self._round:
            self._round = place.round
            self._served.clear()
        self._served.add(place.owner)
        return place.item

    def drop(self, item: T) -> bool:
        """Let it wait no more; whether it did."""
        before = len(self._places)
        self._places = [place for place in self._places if place.item is not item]
        return len(self._places) < before

    def clear(self) -> None:
        """Nothing waits any more."""
        self._places.clear()
        self._served.clear()
