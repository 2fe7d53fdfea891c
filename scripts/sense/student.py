"""The small network that ships, in torch, for training; `bot/extract/sense.py` does the same sums in numpy.

A word is its vector in the pipeline, what was learnt of the word itself and of its last letters, its tag and its
relation. Each of two layers sees a word with its neighbours and its head in the parse (a graph convolution over the
tree, after Marcheggiani and Titov 2017, "Encoding Sentences with Graph Convolutional Networks"), two more are those of
a transformer; what the sentence says is drawn from the words by attention.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from .texts import ROLES

WIDTH = 128
HEADS = 4
INNER = 256
LOCAL_LAYERS = 2
GLOBAL_LAYERS = 2
QUERIES = 4
VECTOR = 128
FARTHEST = -1e4
RARE_SENTENCE, RARE_WORD = -2.0, -4.0
"""Where the scores begin: few sentences commit or ask, and fewer words carry it."""


class Student(nn.Module):
    """The network. Every input but `vectors` holds indices; index 0 is "unknown"."""

    def __init__(self, words: int, endings: int, tags: int, relations: int) -> None:
        super().__init__()
        self.project = nn.Linear(VECTOR, WIDTH)
        self.words, self.endings = nn.Embedding(words, WIDTH), nn.Embedding(endings, WIDTH)
        self.tags, self.relations = nn.Embedding(tags, WIDTH), nn.Embedding(relations, WIDTH)
        for table in (self.words, self.endings, self.tags, self.relations):
            nn.init.normal_(table.weight, std=0.05)
        self.first_norm = nn.LayerNorm(WIDTH)
        self.local = nn.ModuleList(nn.Linear(4 * WIDTH, WIDTH) for _ in range(LOCAL_LAYERS))
        self.local_norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(LOCAL_LAYERS))
        self.attention = nn.ModuleList(nn.Linear(WIDTH, 3 * WIDTH) for _ in range(GLOBAL_LAYERS))
        self.mixed = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in range(GLOBAL_LAYERS))
        self.attention_norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(GLOBAL_LAYERS))
        self.inner = nn.ModuleList(nn.Linear(WIDTH, INNER) for _ in range(GLOBAL_LAYERS))
        self.outer = nn.ModuleList(nn.Linear(INNER, WIDTH) for _ in range(GLOBAL_LAYERS))
        self.outer_norms = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in range(GLOBAL_LAYERS))
        self.queries = nn.Linear(WIDTH, QUERIES)
        self.hidden = nn.Linear((QUERIES + 1) * WIDTH, WIDTH)
        self.sentence = nn.Linear(WIDTH, 2)
        self.roles = nn.Linear(WIDTH, len(ROLES))
        nn.init.constant_(self.sentence.bias, RARE_SENTENCE)
        nn.init.constant_(self.roles.bias, RARE_WORD)
        self.dropout = nn.Dropout(0.2)

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Scores (logits) for sentences, two each, and for words, one a role."""
        mask = batch["mask"]
        there = mask.unsqueeze(-1)
        x = self.project(batch["vectors"]) + self.words(batch["words"]) + self.endings(batch["endings"])
        x = self.first_norm(x + self.tags(batch["tags"]) + self.relations(batch["relations"]))
        x = self.dropout(x) * there
        for layer, norm in zip(self.local, self.local_norms, strict=True):
            head = torch.gather(x, 1, batch["heads"].unsqueeze(-1).expand(-1, -1, WIDTH))
            before, after = functional.pad(x, (0, 0, 1, 0))[:, :-1], functional.pad(x, (0, 0, 0, 1))[:, 1:]
            x = norm(x + self.dropout(torch.relu(layer(torch.cat([before, x, after, head], -1))))) * there
        away = (1 - mask[:, None, None, :]) * FARTHEST
        for attend, mix, norm, inner, outer, last in zip(
            self.attention, self.mixed, self.attention_norms, self.inner, self.outer, self.outer_norms, strict=True
        ):
            rows, length, _ = x.shape
            query, key, value = (
                part.view(rows, length, HEADS, -1).transpose(1, 2) for part in attend(x).chunk(3, dim=-1)
            )
            weights = torch.softmax(query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + away, -1)
            x = norm(x + self.dropout(mix((weights @ value).transpose(1, 2).reshape(rows, length, WIDTH))))
            x = last(x + self.dropout(outer(torch.relu(inner(x)))))
        drawn = torch.softmax(self.queries(x) + (1 - there) * FARTHEST, 1).transpose(1, 2) @ x
        greatest = (x + (1 - there) * FARTHEST).amax(1)
        whole = torch.cat([drawn.flatten(1), greatest], -1)
        return self.sentence(self.dropout(torch.relu(self.hidden(self.dropout(whole))))), self.roles(x)
