"""Which sentences carry a document: centrality among its sentences, blended with how early they stand.

The method is LexRank's: a sentence counts for much that is like many sentences that count for much. It is computed on
at most MOST sentences (of a longer document, the first half of them and an even sample of the rest), so that its cost
stays bounded.
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.extract.clauses import Tree, plain, text_of
from bot.extract.reading import Sentence
from bot.extract.words import load_words

MOST = 300
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LINK = 0.1
_DAMPING = 0.15
_ROUNDS = 60
_SHORTEST, _LONGEST = 6, 60
_EARLY = 0.55
_POINTING = frozenset(
    {
        "he",
        "she",
        "it",
        "they",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "their",
        "but",
        "however",
        "also",
        "and",
        "so",
    }
)
_SPEAKING = frozenset({"i", "you", "we", "my", "your", "our", "me", "us"})


def shares(sentences: Sequence[Sentence], trees: Sequence[Tree]) -> list[float]:
    """Each sentence's share in what the document says, in 0..1; 0 for one that cannot stand by itself."""
    chosen = _sample(len(sentences))
    bags = [_bag(trees[place]) for place in chosen]
    central = dict(zip(chosen, _centrality(_vectors(bags)), strict=True))
    found = []
    for place, (sentence, tree) in enumerate(zip(sentences, trees, strict=True)):
        if place not in central or not _stands_alone(sentence, tree):
            found.append(0.0)
            continue
        early = 1.0 / (1.0 + place / 3.0)
        found.append(((1 - _EARLY) * central[place] + _EARLY * early) * _fitness(tree))
    return found


def likeness(one: Tree, other: Tree) -> float:
    """How much two sentences share of their content words, in 0..1."""
    mine, theirs = set(_bag(one)), set(_bag(other))
    return len(mine & theirs) / math.sqrt(len(mine) * len(theirs)) if mine and theirs else 0.0


def _sample(count: int) -> list[int]:
    if count <= MOST:
        return list(range(count))
    half = MOST // 2
    step = (count - half) / half
    return [*range(half), *sorted({half + int(number * step) for number in range(half)})]


def _bag(tree: Tree) -> Counter[str]:
    return Counter(tree.lemma(token) for token in tree.tokens if token.pos_ in _CONTENT and len(token) > 1)


def _vectors(bags: Sequence[Counter[str]]) -> NDArray[np.float64]:
    """One row of tf-idf weights a sentence, of length 1 (or 0 for a sentence without content words)."""
    spread = Counter(word for bag in bags for word in bag)
    words = sorted(word for word, count in spread.items() if count > 1)
    column = {word: place for place, word in enumerate(words)}
    rows = np.zeros((len(bags), len(words)))
    for place, bag in enumerate(bags):
        for word, count in bag.items():
            if word in column:
                rows[place, column[word]] = count * math.log(1 + len(bags) / spread[word])
    lengths: NDArray[np.float64] = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths == 0] = 1.0
    return rows / lengths


def _centrality(rows: NDArray[np.float64]) -> list[float]:
    """LexRank scores, the highest being 1."""
    count = len(rows)
    if count == 0:
        return []
    alike = rows @ rows.T
    alike[alike < _LINK] = 0.0
    np.fill_diagonal(alike, 0.0)
    sums = alike.sum(axis=1, keepdims=True)
    moves = np.divide(alike, sums, out=np.full_like(alike, 1.0 / count), where=sums > 0)
    scores = np.full(count, 1.0 / count)
    for _ in range(_ROUNDS):
        scores = _DAMPING / count + (1 - _DAMPING) * (moves.T @ scores)
    top = float(scores.max())
    return [round(float(score) / top, 6) for score in scores]


def _stands_alone(sentence: Sentence, tree: Tree) -> bool:
    """Whether a sentence can be read by itself: a statement of some length, with a subject, no boilerplate."""
    words = [token for token in tree.tokens if not token.is_punct and not token.is_space]
    if not _SHORTEST <= len(words) <= _LONGEST:
        return False
    text = plain(text_of(tree.tokens))
    if text.startswith("(") and text.rstrip(" .").endswith(")"):
        return False
    if text.rstrip(" \"')").endswith(("?", ":")) or any(line in text for line in load_words("facts")["boilerplate"]):
        return False
    has_verb = any(token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in tree.tokens)
    return has_verb and any(token.dep_.startswith("nsubj") for token in tree.tokens) and sentence.start < sentence.end


def _fitness(tree: Tree) -> float:
    """Less for a sentence that leans on the one before it, or that somebody says of himself."""
    forms = set(tree.forms)
    factor = 0.6 if tree.forms[0] in _POINTING else 1.0
    return factor * (0.5 if forms & _SPEAKING else 1.0)
