"""Transformers that are taught the labelled sentences and then say of raw ones what they think.

all-MiniLM-L6-v2 and all-mpnet-base-v2, each with one classifier for the sentence (does it commit somebody, does it
leave a matter open) and one for its pieces (is this part of a cue, an action, a condition, a matter). They are slow and
large; they teach the network that ships and do not ship themselves.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel, MPNetModel

from .texts import ROLES, UNSURE, Labelled

LONGEST = 96
BATCH = 32
READ_BATCH = 64
EPOCHS = 2
HEAD_RATE = 1e-3
WARM_UP = 0.1
ROLE_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Base:
    """What a teacher is made from.

    `rate` is the learning rate of the layers that were trained before, `weight` how much what it says of a sentence
    counts beside what the other one says.
    """

    name: str
    width: int
    frozen_layers: int
    rate: float
    weight: float


MINILM = Base("minilm", width=384, frozen_layers=1, rate=6e-5, weight=0.2)
MPNET = Base("mpnet", width=768, frozen_layers=2, rate=4e-5, weight=0.8)
BASES = (MINILM, MPNET)
MINILM_CONFIG = BertConfig(
    hidden_size=MINILM.width,
    num_hidden_layers=6,
    num_attention_heads=12,
    intermediate_size=1536,
    attention_probs_dropout_prob=0.1,
    hidden_dropout_prob=0.1,
)


class Teacher(nn.Module):
    """The network: mean and greatest of the pieces for the sentence, each piece for its roles.

    `folder` holds the weights that `base` begins with.
    """

    def __init__(self, base: Base, folder: Path) -> None:
        super().__init__()
        self.base = base
        self.bert = (
            BertModel.from_pretrained(folder, config=MINILM_CONFIG)
            if base == MINILM
            else MPNetModel.from_pretrained(folder)
        )
        self.dropout = nn.Dropout(0.1)
        self.sentence = nn.Linear(2 * base.width, 2)
        self.roles = nn.Linear(base.width, len(ROLES))
        frozen = [self.bert.embeddings.word_embeddings, *self.bert.encoder.layer[: base.frozen_layers]]
        for weight in (weight for part in frozen for weight in part.parameters()):
            weight.requires_grad_(False)

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (logits) for sentences, two each, and for pieces, one a role."""
        read = self.bert(input_ids=pieces, attention_mask=mask).last_hidden_state
        there = mask.unsqueeze(-1).to(read.dtype)
        mean = (read * there).sum(1) / there.sum(1)
        greatest = read.masked_fill(there == 0, -1e4).amax(1)
        return self.sentence(self.dropout(torch.cat([mean, greatest], 1))), self.roles(self.dropout(read))


class Cutter:
    """The transformer's own cutting of a sentence into pieces."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of each text."""
        return [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]

    def offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Where each piece stands in its text; marks that stand for no words have no length."""
        return [encoding.offsets for encoding in self.tokenizer.encode_batch(list(texts))]

    def roles(self, row: Labelled) -> np.ndarray:
        """One row a piece, one column a role: whether the piece stands in such a span."""
        offsets = self.tokenizer.encode(row.text).offsets
        table = np.zeros((len(offsets), len(ROLES)), dtype=np.float32)
        for role, start, end in row.spans:
            for place, (first, last) in enumerate(offsets):
                if first < end and last > start:
                    table[place, ROLES.index(role)] = 1
        return table


def train_teacher(rows: Sequence[Labelled], base: Base, folder: Path, seed: int, threads: int) -> Teacher:
    """A teacher that has read the rows EPOCHS times."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    cutter, model = Cutter(folder), Teacher(base, folder)
    ids = cutter.ids([row.text for row in rows])
    roles = [cutter.roles(row) for row in rows]
    wanted = torch.tensor([[row.commits, row.asks] for row in rows], dtype=torch.float32)
    steps = EPOCHS * len(list(_groups(ids, BATCH, rng)))
    optimizer = _optimizer(model)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    started, step, total = time.monotonic(), 0, 0.0
    model.train()
    for _ in range(EPOCHS):
        for group in _groups(ids, BATCH, rng):
            pieces, mask = _padded([ids[i] for i in group])
            sentences, given = model(pieces, mask)
            loss = _known(sentences, wanted[group]) + ROLE_WEIGHT * _role_loss(given, mask, [roles[i] for i in group])
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step, total = step + 1, total + loss.item()
            if step % 50 == 0:
                print(
                    f"{base.name}: step {step} of {steps}, loss {total / 50:.4f}, {time.monotonic() - started:.0f} s",
                    flush=True,
                )
                total = 0.0
    return model


def _optimizer(model: Teacher) -> torch.optim.Optimizer:
    old = [weight for weight in model.bert.parameters() if weight.requires_grad]
    new = [*model.sentence.parameters(), *model.roles.parameters()]
    return torch.optim.AdamW(
        [{"params": old, "lr": model.base.rate}, {"params": new, "lr": HEAD_RATE}], weight_decay=0.01
    )


def _rate(step: int, steps: int) -> float:
    """The share of the learning rate at a step: up at first, then down to little."""
    return min(1, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)


def _groups(ids: Sequence[Sequence[int]], size: int, rng: random.Random | None = None) -> Iterator[list[int]]:
    """Places in groups of rows of like length, drawn at random where `rng` is given."""
    places = list(range(len(ids)))
    if rng is None:
        places.sort(key=lambda i: len(ids[i]))
        yield from (places[i : i + size] for i in range(0, len(places), size))
        return
    rng.shuffle(places)
    reach = size * 20
    pools = [sorted(places[i : i + reach], key=lambda j: len(ids[j])) for i in range(0, len(places), reach)]
    groups = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    rng.shuffle(groups)
    yield from groups


def _padded(ids: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    length = max(map(len, ids))
    pieces = torch.tensor([[*row, *[0] * (length - len(row))] for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in ids])
    return pieces, mask


def _known(given: Tensor, wanted: Tensor) -> Tensor:
    """The loss over what is labelled."""
    each = functional.binary_cross_entropy_with_logits(given, wanted.clamp(min=0), reduction="none")
    return (each * (wanted != UNSURE)).mean()


def _role_loss(given: Tensor, mask: Tensor, roles: Sequence[np.ndarray]) -> Tensor:
    wanted = torch.zeros(given.shape)
    for row, table in enumerate(roles):
        wanted[row, : len(table)] = torch.from_numpy(table)
    each = functional.binary_cross_entropy_with_logits(given, wanted, reduction="none")
    return (each * mask.unsqueeze(-1)).sum() / mask.sum()


@dataclass(frozen=True, slots=True)
class Opinions:
    """The teacher's scores (logits): two a text, and for each text one row a word, one column a role.

    A word that the teacher has not read, for it stands too far back, has NaN.
    """

    sentences: np.ndarray
    words: Sequence[np.ndarray]


@torch.no_grad()
def opinions(model: Teacher, texts: Sequence[str], places: Sequence[np.ndarray], folder: Path) -> Opinions:
    """What the teacher says of each text and of the words that begin and end at its `places`."""
    model.eval()
    cutter = Cutter(folder)
    ids, offsets = cutter.ids(texts), cutter.offsets(texts)
    sentences = np.zeros((len(texts), 2), dtype=np.float32)
    words: list[np.ndarray] = [np.zeros((0, len(ROLES)), dtype=np.float16)] * len(texts)
    for group in _groups(ids, READ_BATCH):
        given, roles = (scores.numpy() for scores in model(*_padded([ids[i] for i in group])))
        sentences[group] = given
        for row, i in enumerate(group):
            words[i] = _of_words(roles[row], offsets[i], places[i])
    return Opinions(sentences, words)


def _of_words(pieces: np.ndarray, offsets: Sequence[tuple[int, int]], places: np.ndarray) -> np.ndarray:
    """For each word the mean of its pieces."""
    bounds = np.array(offsets).reshape(-1, 2)
    inside = (bounds[None, :, 0] < places[:, 1:]) & (bounds[None, :, 1] > places[:, :1])
    counts = inside.sum(1, keepdims=True)
    sums = inside.astype(np.float32) @ pieces[: len(bounds)]
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan).astype(np.float16)
