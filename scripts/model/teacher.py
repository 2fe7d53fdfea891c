"""A small transformer that is taught the treebanks and then parses raw text for the pipeline to learn from.

all-MiniLM-L6-v2 with a layer for the shape of words, and on top of it one classifier each for tags, features and names
and two biaffine ones for heads and relations (Dozat and Manning 2017, "Deep Biaffine Attention for Neural Dependency
Parsing"). It reads sentences whose words are given. Slower by far than the pipeline, and better; it does not ship.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from .decode import best_tree
from .rows import NAME_TAGS, SHAPES, UNMARKED, Labels, Marks, Pieces, Row, batches, name_spans

SEED = 7
BATCH_PIECES = 2_000
PARSED_PIECES = 6_000
LAYERS_MIXED = 4
ARC_WIDTH, RELATION_WIDTH = 384, 128
BERT_RATE, RATE = 3e-4, 1.5e-3
WARM_UP = 0.06
LOSS_WEIGHTS = {"tags": 0.5, "features": 0.5, "names": 0.7, "heads": 1.0, "relations": 1.0}
REPORTED_STEPS = 100

WIDTH = 384
MINILM = BertConfig(
    hidden_size=WIDTH,
    num_hidden_layers=6,
    num_attention_heads=12,
    intermediate_size=1536,
    attention_probs_dropout_prob=0.0,
)


@dataclass(frozen=True)
class Batch:
    """Rows side by side, filled up with zeros; `words` has how many words each row has."""

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    words: Tensor


@dataclass(frozen=True)
class Read:
    """What the network makes of a batch: scores of each word's labels and heads, and what relations are scored from."""

    tags: Tensor
    features: Tensor
    names: Tensor
    heads: Tensor
    dependents: Tensor
    governors: Tensor


class Biaffine(nn.Module):
    """Weights for pairs of a dependent and its head."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(labels, width + 1, width + 1))
        nn.init.normal_(self.weight, std=0.02)


class Teacher(nn.Module):
    """The network. Its classifiers are made in a fixed order, on which the seeded first weights depend."""

    def __init__(self, minilm: Path, labels: Labels) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(minilm, config=MINILM)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.normal_(self.shapes.weight, std=0.01)
        self.mix = nn.Parameter(torch.zeros(LAYERS_MIXED))
        self.dropout = nn.Dropout(0.2)
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.arc_dependent, self.arc_head = _perceptron(WIDTH, ARC_WIDTH), _perceptron(WIDTH, ARC_WIDTH)
        self.relation_dependent, self.relation_head = (_perceptron(WIDTH, RELATION_WIDTH) for _ in range(2))
        self.arcs = Biaffine(ARC_WIDTH, 1)
        self.relations = Biaffine(RELATION_WIDTH, len(labels.relations))
        self.tags = nn.Linear(WIDTH, len(labels.tags))
        self.features = nn.Linear(WIDTH, len(labels.features))
        self.names = nn.Linear(WIDTH, len(NAME_TAGS))
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, batch: Batch) -> Read:
        """Scores for every word of the batch."""
        pieces = self.bert.embeddings.word_embeddings(batch.pieces) + self.shapes(batch.shapes)
        read = self.bert(inputs_embeds=pieces, attention_mask=batch.mask, output_hidden_states=True)
        layers = torch.stack(read.hidden_states[-LAYERS_MIXED:])
        mixed = (layers * torch.softmax(self.mix, 0).view(-1, 1, 1, 1).to(layers.dtype)).sum(0)
        words = self.dropout(_pick(mixed, batch.first))
        rooted = torch.cat([self.root.to(words.dtype).expand(len(words), 1, -1), words], 1)
        dependents, heads = _with_one(self.arc_dependent(words)), _with_one(self.arc_head(rooted))
        arcs = torch.einsum("bid,ndf,bjf->bnij", dependents, self.arcs.weight, heads).squeeze(1)
        return Read(
            tags=self.tags(words),
            features=self.features(words),
            names=self.names(words),
            heads=_possible(arcs.float(), batch.words),
            dependents=self.relation_dependent(words),
            governors=self.relation_head(rooted),
        )

    def score_relations(self, read: Read, heads: Tensor) -> Tensor:
        """Scores of each word's relation to the head that is given for it."""
        dependents, governors = _with_one(read.dependents), _with_one(_pick(read.governors, heads))
        weight = self.relations.weight.to(dependents.dtype)
        return torch.einsum("bid,ndf,bif->bin", dependents, weight, governors)


def _perceptron(width: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, out), nn.GELU(), nn.Dropout(0.25))


def _with_one(vectors: Tensor) -> Tensor:
    return functional.pad(vectors, (0, 1), value=1.0)


def _pick(vectors: Tensor, places: Tensor) -> Tensor:
    """The vectors at the places, row by row."""
    return torch.gather(vectors, 1, places.unsqueeze(-1).expand(-1, -1, vectors.size(-1)))


def _possible(arcs: Tensor, words: Tensor) -> Tensor:
    """The scores of heads, those beyond the end of a sentence and the word itself ruled out."""
    length = arcs.size(1)
    beyond = torch.arange(length + 1)[None] > words[:, None]
    itself = torch.zeros(length, length + 1, dtype=torch.bool)
    itself[torch.arange(length), torch.arange(length) + 1] = True
    return arcs.masked_fill(beyond[:, None, :] | itself[None], -1e4)


def word_pieces(minilm: Path) -> Pieces:
    """MiniLM's own cutting of words into pieces."""
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def pieces(words: Sequence[str]) -> Iterator[list[int]]:
        return (word.ids for word in tokenizer.encode_batch(list(words), add_special_tokens=False))

    return pieces


def collate(rows: Sequence[Row]) -> Batch:
    """The rows as one batch."""
    lengths = torch.tensor([len(row.pieces) for row in rows])
    return Batch(
        pieces=_filled([row.pieces for row in rows], 0),
        shapes=_filled([row.shapes for row in rows], 0),
        mask=(torch.arange(int(lengths.max()))[None] < lengths[:, None]).long(),
        first=_filled([row.first for row in rows], 0),
        words=torch.tensor([len(row.first) for row in rows]),
    )


def _filled(lists: Sequence[Sequence[int]], filler: int) -> Tensor:
    length = max(map(len, lists))
    return torch.tensor([[*values, *[filler] * (length - len(values))] for values in lists])


def train_teacher(train: Sequence[Row], dev: Sequence[Row], labels: Labels, minilm: Path, epochs: int) -> Teacher:
    """A teacher that has read the training rows `epochs` times; prints its scores on `dev` after each time."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    model = Teacher(minilm, labels)
    steps = epochs * len(batches(train, BATCH_PIECES))
    optimizer = _optimizer(model)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    started = time.monotonic()
    step = 0
    for epoch in range(epochs):
        model.train()
        for group in batches(train, BATCH_PIECES, rng):
            loss = _loss(model, [train[i] for i in group])
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if step % REPORTED_STEPS == 0:
                print(f"teacher: step {step}, loss {float(loss):.2f}, {time.monotonic() - started:.0f} s", flush=True)
        print(f"teacher: after epoch {epoch + 1}, on dev: {report(parse(model, dev), dev)}", flush=True)
    return model


def _optimizer(model: Teacher) -> torch.optim.Optimizer:
    """Small steps for what is trained already, larger ones for what is new."""
    old = [weight for weight in model.bert.parameters() if weight.requires_grad]
    known = set(map(id, model.bert.parameters()))
    new = [weight for weight in model.parameters() if id(weight) not in known]
    groups = [{"params": old, "lr": BERT_RATE}, {"params": new, "lr": RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def _rate(step: int, steps: int) -> float:
    """The share of the learning rate at a step: up at first, then down to little."""
    return min(1, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / (1.01 * steps))


def _loss(model: Teacher, rows: Sequence[Row]) -> Tensor:
    gold = {field: _filled([getattr(row.gold, field) for row in rows], UNMARKED) for field in LOSS_WEIGHTS}
    with torch.autocast("cpu", dtype=torch.bfloat16):
        read = model(collate(rows))
        relations = model.score_relations(read, gold["heads"].clamp(min=0))
    total = torch.zeros(())
    for field, weight in LOSS_WEIGHTS.items():
        scores = relations if field == "relations" else getattr(read, field)
        if (gold[field] != UNMARKED).any():
            given, target = scores.float().flatten(0, -2), gold[field].flatten()
            total = total + weight * functional.cross_entropy(given, target, ignore_index=UNMARKED)
    return total


@torch.no_grad()
def parse(model: Teacher, rows: Sequence[Row]) -> list[Marks]:
    """What the teacher says of each row, in order."""
    model.eval()
    parses: dict[int, Marks] = {}
    for group in batches(rows, PARSED_PIECES):
        parses.update(zip(group, _parse_batch(model, collate([rows[i] for i in group])), strict=True))
    return [parses[i] for i in range(len(rows))]


def _parse_batch(model: Teacher, batch: Batch) -> Iterator[Marks]:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        read = model(batch)
    scores = read.heads.log_softmax(-1).numpy()
    heads = read.heads.argmax(-1)
    for row, words in enumerate(batch.words.tolist()):
        heads[row, :words] = torch.tensor(best_tree(scores[row, :words, : words + 1]))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        relations = model.score_relations(read, heads).argmax(-1)
    labels = [tensor.argmax(-1) for tensor in (read.tags, read.features, read.names)]
    for row, words in enumerate(batch.words.tolist()):
        chosen = heads[row, :words].tolist()
        sure = sum(scores[row, word, head] for word, head in enumerate(chosen)) / words
        tags, features, names = (tensor[row, :words].tolist() for tensor in labels)
        yield Marks(chosen, relations[row, :words].tolist(), tags, features, names, float(sure))


def report(parses: Sequence[Marks], rows: Sequence[Row]) -> str:
    """Shares of words that are right, and the F1 of names where gold has them."""
    pairs = [(given, row.gold) for given, row in zip(parses, rows, strict=True) if row.gold]
    words = [word for given, gold in pairs for word in zip(*map(_columns, (given, gold)), strict=True)]
    hits = {
        "UAS": sum(given[0] == gold[0] for given, gold in words),
        "LAS": sum(given[:2] == gold[:2] for given, gold in words),
        "tags": sum(given[2] == gold[2] for given, gold in words),
        "features": sum(given[3] == gold[3] for given, gold in words),
    }
    named = [(given, gold) for given, gold in pairs if UNMARKED not in gold.names]
    ours, theirs = (
        {(i, *span) for i, marks in enumerate(side) for span in name_spans(marks.names)}
        for side in (chain(given for given, _ in named), chain(gold for _, gold in named))
    )
    shares = [f"{name} {100 * hit / len(words):.1f}" for name, hit in hits.items()]
    return ", ".join([*shares, f"names {200 * len(ours & theirs) / (len(ours) + len(theirs) or 1):.1f}"])


def _columns(marks: Marks) -> list[tuple[int, ...]]:
    return list(zip(marks.heads, marks.relations, marks.tags, marks.features, strict=True))
