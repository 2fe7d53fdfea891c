"""Word vectors made of two tables under free licences: input embeddings of MiniLM and Brown clusters."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

BROWN_DEPTHS = (4, 6, 8, 10, 12, 20)


def read_safetensor(path: Path, name: str) -> Floats:
    """One float tensor of a safetensors file."""
    with path.open("rb") as file:
        header_size = int.from_bytes(file.read(8), "little")
        entry = json.loads(file.read(header_size))[name]
        start, end = entry["data_offsets"]
        file.seek(8 + header_size + start)
        kind = {"F32": np.float32, "F16": np.float16}[entry["dtype"]]
        values = np.frombuffer(file.read(end - start), dtype=kind)
    return values.reshape(entry["shape"]).astype(np.float32)


def read_table(path: Path) -> dict[str, float]:
    """A gzipped JSON object of spacy-lookups-data."""
    with gzip.open(path, "rt", encoding="utf8") as file:
        table: dict[str, float] = json.load(file)
    return table


def wordpieces(word: str, vocabulary: dict[str, int]) -> list[int]:
    """Greedy longest-match pieces of a lower-cased word; empty where it cannot be spelled."""
    pieces: list[int] = []
    start = 0
    while start < len(word):
        prefix = "##" if start else ""
        end = next((e for e in range(len(word), start, -1) if prefix + word[start:e] in vocabulary), 0)
        if not end:
            return []
        pieces.append(vocabulary[prefix + word[start:end]])
        start = end
    return pieces


def principal(table: Floats, width: int) -> Floats:
    """The table's rows in its first `width` principal directions, scaled to unit variance over all."""
    centred = table - table.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    reduced = centred @ directions[:, ::-1][:, :width]
    reduced /= np.sqrt(reduced.std(axis=0, keepdims=True))
    return np.asarray(reduced / reduced.std(), dtype=np.float32)


def cluster_features(clusters: list[int], width: int, rng: np.random.Generator) -> Floats:
    """One row a cluster: a random projection of the indicators of its path's prefixes (low bits come first)."""
    rows = np.zeros((len(clusters), width), dtype=np.float32)
    directions: dict[tuple[int, int], Floats] = {}
    for i, cluster in enumerate(clusters):
        if not cluster:
            continue
        for depth in BROWN_DEPTHS:
            key = (depth, cluster & ((1 << depth) - 1))
            if key not in directions:
                directions[key] = rng.standard_normal(width).astype(np.float32)
            rows[i] += directions[key]
    return rows / np.float32(np.sqrt(len(BROWN_DEPTHS)))


def word_vectors(
    words: list[str], minilm: Path, lookups: Path, widths: tuple[int, int], seed: int
) -> tuple[list[list[str]], Floats]:
    """Vectors for the words: lists of the words that share a row, and the rows (embedding part, cluster part)."""
    rng = np.random.default_rng(seed)
    vocabulary = {piece: i for i, piece in enumerate((minilm / "vocab.txt").read_text("utf8").split("\n"))}
    table = read_safetensor(minilm / "model.safetensors", "embeddings.word_embeddings.weight")
    reduced = principal(table, widths[0])
    clusters = {w: int(c) for w, c in read_table(lookups / "en_lexeme_cluster.json.gz").items()}
    known = sorted(set(clusters.values()))
    features = dict(zip(known, cluster_features(known, widths[1], rng), strict=True))
    rows: dict[tuple[tuple[int, ...], int], list[str]] = {}
    for word in words:
        pieces = tuple(wordpieces(word.lower(), vocabulary))
        options = (clusters.get(form, 0) for form in (word, word.lower(), word.capitalize(), word.upper()))
        cluster = next((c for c in options if c), 0)
        if pieces or cluster:
            rows.setdefault((pieces, cluster), []).append(word)
    vectors = np.zeros((len(rows), sum(widths)), dtype=np.float32)
    for i, (pieces, cluster) in enumerate(rows):
        if pieces:
            vectors[i, : widths[0]] = reduced[list(pieces)].mean(axis=0)
        vectors[i, widths[0] :] = features[cluster]
    return list(rows.values()), vectors
