"""A small trained network that reads whole sentences: how much like an undertaking, how much like an open question.

It also says of each word how much it reads like part of a cue, an action, a condition or a matter. The rules see a cue
and what hangs from it; the network sees the sentence, and the judges weigh what both say. It is trained by `make sense`
(see `scripts/sense/`); here it is a few sums in numpy. A word is its vector in the pipeline, what was learnt of the
word itself and of its last letters, its tag and its relation to its head.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LOWER, ORTH, SUFFIX, TAG
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Span

from bot.errors import ModelMissing

FILE = Path(__file__).resolve().parents[1] / "language" / "sense.npz"
LONGEST = 120
"""Words of a sentence that are read; what comes after is left out."""
BATCH = 32
HEADS = 4
FARTHEST = -1e4
Floats = NDArray[np.float32]
Places = NDArray[np.int64]


ROLES = ("commitment cue", "action", "condition", "question cue", "matter")
"""What a word can be part of, in the order of the columns of `Sense.words`."""


@dataclass(frozen=True, slots=True)
class Sense:
    """Chances, in 0..1: that a sentence is an undertaking, that it leaves a matter open, that a word has a role.

    `words` has a row for each word of the sentence, LONGEST at most, and a column for each of ROLES.
    """

    commits: float
    asks: float
    words: Floats = field(compare=False, repr=False)

    def most(self, role: str, places: Iterable[int]) -> float:
        """The greatest chance of a role among the words at `places`, counted from the first word of the sentence."""
        column = ROLES.index(role)
        return max((round(float(self.words[i, column]), 3) for i in places if 0 <= i < len(self.words)), default=0.0)


def log_odds(chance: float) -> float:
    """The log odds of a chance, within -6 to 6."""
    within = min(max(chance, 0.0025), 0.9975)
    return round(math.log(within / (1 - within)), 3)


@dataclass(frozen=True, slots=True)
class Network:
    """The weights by name, and where each known word, ending, tag and relation stands in its table."""

    weights: Mapping[str, Floats]
    tables: Mapping[str, Mapping[int, int]]


_ATTRIBUTES = {"words": LOWER, "endings": SUFFIX, "tags": TAG, "relations": DEP}


@dataclass(frozen=True, slots=True)
class Inputs:
    """Sentences side by side, filled up with zeros: shape (sentences, words); `vectors` has a third dimension."""

    vectors: Floats
    heads: Places
    mask: Floats
    indices: Mapping[str, Places]


@lru_cache(maxsize=8)
def load_network(path: Path = FILE) -> Network:
    """The network that ships; ModelMissing where it is absent or unusable."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            weights = {name: stored[name] for name in stored.files}
    except (OSError, ValueError) as error:
        raise ModelMissing(f"{path} cannot be read ({error}). Run `make sense`, or restore it.") from error
    tables = {
        name: {int(hash_string(str(word))): place for place, word in enumerate(weights.pop(f"{name}_list"), 1)}
        for name in _ATTRIBUTES
    }
    return Network({name: values.astype(np.float32) for name, values in weights.items()}, tables)


def senses(spans: Sequence[Span], network: Network | None = None) -> list[Sense]:
    """What the network says of each parsed sentence, in order."""
    known = network or load_network()
    order = sorted(range(len(spans)), key=lambda i: len(spans[i]))
    found: dict[int, Sense] = {}
    for first in range(0, len(order), BATCH):
        places = order[first : first + BATCH]
        scores, roles = forward(inputs([spans[i] for i in places], known.tables), known.weights)
        chances, words = _chances(scores), _chances(roles)
        for row, i in enumerate(places):
            commits, asks = (round(float(each), 3) for each in chances[row])
            found[i] = Sense(commits, asks, words[row, : len(spans[i])].copy())
    return [found[i] for i in range(len(spans))]


def _chances(scores: Floats) -> Floats:
    found: Floats = np.float32(1) / (np.float32(1) + np.exp(-scores))
    return found


def inputs(spans: Sequence[Span], tables: Mapping[str, Mapping[int, int]]) -> Inputs:
    """What the network reads of parsed sentences. Unknown words, endings, tags and relations have index 0."""
    cut = [span[:LONGEST] for span in spans]
    shape = (len(cut), max(len(span) for span in cut))
    vectors = np.zeros((*shape, cut[0].vocab.vectors.shape[1]), dtype=np.float32)
    heads, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.float32)
    indices = {name: np.zeros(shape, dtype=np.int64) for name in tables}
    for row, span in enumerate(cut):
        size = len(span)
        mask[row, :size] = 1
        keys = span.to_array([ORTH, HEAD, *_ATTRIBUTES.values()])  # type: ignore[attr-defined]
        vectors[row, :size] = _vectors(span, keys[:, 0])
        heads[row, :size] = (np.arange(size) + keys[:, 1].astype(np.int64)).clip(0, size - 1)
        for column, name in enumerate(_ATTRIBUTES, 2):
            indices[name][row, :size] = [tables[name].get(key, 0) for key in keys[:, column].tolist()]
    return Inputs(vectors, heads, mask, indices)


def _vectors(span: Span, keys: NDArray[np.uint64]) -> Floats:
    store = span.vocab.vectors
    rows = store.find(keys=keys)
    found: Floats = store.data[rows]
    found[rows < 0] = 0
    return found


def forward(read: Inputs, w: Mapping[str, Floats]) -> tuple[Floats, Floats]:
    """Scores (logits): two a sentence, and for each of its words one a role."""
    x = _linear(read.vectors, w, "project")
    for name, places in read.indices.items():
        x = x + w[f"{name}.weight"][places]
    there = read.mask[..., None]
    x = _norm(x, w, "first_norm") * there
    layer = 0
    while f"local.{layer}.weight" in w:
        x = _local(x, read.heads, w, layer) * there
        layer += 1
    away = (1 - read.mask[:, None, None, :]) * np.float32(FARTHEST)
    layer = 0
    while f"attention.{layer}.weight" in w:
        x = _attended(x, away, w, layer)
        inner = np.maximum(_linear(x, w, f"inner.{layer}"), 0)
        x = _norm(x + _linear(inner, w, f"outer.{layer}"), w, f"outer_norms.{layer}")
        layer += 1
    return _sentence(x, (1 - there) * np.float32(FARTHEST), w), _linear(x, w, "roles")


def _local(x: Floats, heads: Places, w: Mapping[str, Floats], layer: int) -> Floats:
    """A word with its neighbours and its head."""
    nothing = np.zeros_like(x[:, :1])
    before, after = np.concatenate([nothing, x[:, :-1]], 1), np.concatenate([x[:, 1:], nothing], 1)
    head = np.take_along_axis(x, heads[..., None], 1)
    seen = np.concatenate([before, x, after, head], -1)
    return _norm(x + np.maximum(_linear(seen, w, f"local.{layer}"), 0), w, f"local_norms.{layer}")


def _attended(x: Floats, away: Floats, w: Mapping[str, Floats], layer: int) -> Floats:
    """Self-attention over the words of a sentence."""
    rows, length, width = x.shape
    parts = np.split(_linear(x, w, f"attention.{layer}"), 3, -1)
    query, key, value = (part.reshape(rows, length, HEADS, -1).transpose(0, 2, 1, 3) for part in parts)
    weights = _softmax(query @ key.transpose(0, 1, 3, 2) / np.float32((width // HEADS) ** 0.5) + away, -1)
    mixed = (weights @ value).transpose(0, 2, 1, 3).reshape(rows, length, width)
    return _norm(x + _linear(mixed, w, f"mixed.{layer}"), w, f"attention_norms.{layer}")


def _sentence(x: Floats, away: Floats, w: Mapping[str, Floats]) -> Floats:
    drawn = _softmax(_linear(x, w, "queries") + away, 1).transpose(0, 2, 1) @ x
    whole = np.concatenate([drawn.reshape(len(x), -1), (x + away).max(1)], -1)
    return _linear(np.maximum(_linear(whole, w, "hidden"), 0), w, "sentence")


def _linear(x: Floats, w: Mapping[str, Floats], name: str) -> Floats:
    """One product for all words of all sentences: numpy would take sentence by sentence, at twice the time."""
    flat: Floats = x.reshape(-1, x.shape[-1]) @ w[f"{name}.weight"].T
    flat += w[f"{name}.bias"]
    return flat.reshape(*x.shape[:-1], -1)


def _norm(x: Floats, w: Mapping[str, Floats], name: str) -> Floats:
    middle = x - x.mean(-1, keepdims=True)
    spread = np.sqrt((middle * middle).mean(-1, keepdims=True) + np.float32(1e-5))
    result: Floats = middle / spread * w[f"{name}.weight"] + w[f"{name}.bias"]
    return result


def _softmax(x: Floats, axis: int) -> Floats:
    grown = np.exp(x - x.max(axis, keepdims=True))
    result: Floats = grown / grown.sum(axis, keepdims=True)
    return result
