"""Dependency trees from scores: the best tree with one root, by Chu and Liu (1965) and Edmonds (1967).

Y. J. Chu and T. H. Liu, "On the shortest arborescence of a directed graph", Scientia Sinica 14, 1965; J. Edmonds,
"Optimum branchings", Journal of Research of the National Bureau of Standards 71B, 1967. Each word takes its best head.
Where that makes a cycle, the cycle becomes one word, the smaller problem is solved, and one of its words gives way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Indices = NDArray[np.intp]


def best_tree(scores: Floats) -> list[int]:
    """The heads of the tree whose scores add up to most.

    `scores[d, h]` is how well head h fits word d, all finite; column 0 is the root and word d stands in column d + 1.
    """
    words = len(scores)
    greedy: list[int] = scores.argmax(axis=1).tolist()
    if is_tree(greedy):
        return greedy
    whole = np.zeros((words + 1, words + 1))
    whole[1:] = scores
    # So dear that no second word hangs on the root: the graph is complete, so that one is always enough.
    whole[1:, 0] -= 1 + words * (scores.max() - scores.min())
    np.fill_diagonal(whole, -np.inf)
    heads: list[int] = spanning_tree(whole)[1:].tolist()
    return heads


def is_tree(heads: Sequence[int]) -> bool:
    """Whether every word hangs, over its heads, on the one word whose head is 0; heads count words from 1."""
    return list(heads).count(0) == 1 and not find_cycle(np.array([0, *heads]))


def spanning_tree(scores: Floats) -> Indices:
    """The head of every node in the best tree that hangs on node 0; `scores[d, h]`, no node its own head."""
    heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if not cycle:
        return heads
    rest = [node for node in range(len(heads)) if node not in cycle]
    last = len(rest)
    inside = scores[np.ix_(rest, cycle)]
    change = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None]
    smaller = np.full((last + 1, last + 1), -np.inf)
    smaller[:last, :last] = scores[np.ix_(rest, rest)]
    smaller[:last, last] = inside.max(axis=1)
    smaller[last, :last] = change.max(axis=0)
    chosen = spanning_tree(smaller)
    for i, node in enumerate(rest[1:], start=1):
        heads[node] = cycle[inside[i].argmax()] if chosen[i] == last else rest[chosen[i]]
    heads[cycle[change[:, chosen[last]].argmax()]] = rest[chosen[last]]
    return heads


def find_cycle(heads: Indices) -> list[int]:
    """The nodes of one cycle, or none; node 0 is no part of any."""
    seen_from = [0] * len(heads)
    for start in range(1, len(heads)):
        node = start
        while node and not seen_from[node]:
            seen_from[node] = start
            node = int(heads[node])
        if node and seen_from[node] == start:
            cycle = [node]
            while (node := int(heads[node])) != cycle[0]:
                cycle.append(node)
            return cycle
    return []
