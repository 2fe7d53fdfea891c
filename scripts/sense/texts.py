"""Sentences to learn from: the gold sets, and the texts annotated for training in `scripts/sense/texts/`.

An annotated text has one sentence a line, a blank line between paragraphs, `# id:` before each document, and under a
sentence, after a tab, what it carries: `C kind cue actor action condition recipient`, `Q kind cue content`, or `? C`
and `? Q` where it is a toss-up. Fields are parted by tabs; each is an exact part of the sentence.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.extract.turns import LABEL

GOLD = ("news-dev.jsonl", "diplomacy-train.jsonl", "web-train.jsonl", "questions-train.jsonl")
TEXTS = Path(__file__).with_name("texts")
UNSURE = -1


ROLES = ("commitment cue", "action", "condition", "question cue", "matter")
OF_COMMITMENTS = 3
"""Of ROLES, those that belong to a commitment; the others belong to an open question."""
PARTS, HELD = 3, 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence. `commits` and `asks` are 1, 0 or UNSURE; `spans` has (role, start, end) within `text`."""

    document: str
    text: str
    commits: int = 0
    asks: int = 0
    spans: tuple[tuple[str, int, int], ...] = ()

    @property
    def carries(self) -> bool:
        """Whether it undertakes or asks something."""
        return 1 in (self.commits, self.asks)


def part_of(document: str) -> int:
    """The part of the labelled data, of PARTS, that a document belongs to, by a hash of its id."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % PARTS


def is_held(document: str) -> bool:
    """Whether a document is of the part that is kept apart to measure with."""
    return part_of(document) == HELD


def sentences(document: Mapping[str, Any]) -> Iterator[Labelled]:
    """The annotated sentences of a document in the form of the gold sets."""
    for sentence in document["sentences"]:
        text = " ".join(document["text"][sentence["start"] : sentence["end"]].split())
        commitments, questions = sentence.get("commitments", []), sentence.get("questions", [])
        marked = [
            *((role, entry[field], entry["action"]) for entry in commitments for role, field in _COMMITMENT.items()),
            *((role, entry[field], entry["content"]) for entry in questions for role, field in _QUESTION.items()),
        ]
        unsure = sentence.get("optional", [])
        yield Labelled(
            document["id"],
            text,
            UNSURE if "commitments" in unsure else int(bool(commitments)),
            UNSURE if "questions" in unsure else int(bool(questions)),
            tuple(_places(text, marked)),
        )


_COMMITMENT = {"commitment cue": "cue", "action": "action", "condition": "condition"}
_QUESTION = {"question cue": "cue", "matter": "content"}


def _places(text: str, marked: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, int, int]]:
    """Where the words of each role stand: of several places, the one nearest to the entry's main words."""
    for role, words, beside in marked:
        near = max(text.find(beside), 0)
        starts = [found.start() for found in re.finditer(re.escape(words), text)] if words else []
        if starts:
            start = min(starts, key=lambda place: abs(place - near))
            yield role, start, start + len(words)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The documents of a gold set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def all_gold(shared: Path) -> list[Labelled]:
    """The sentences of all gold sets."""
    return [each for name in GOLD for document in rows_of(shared / "gold" / name) for each in sentences(document)]


def all_texts(folder: Path = TEXTS) -> list[Labelled]:
    """The sentences of all annotated texts, file by file."""
    return [each for path in sorted(folder.glob("*.txt")) for document in as_gold(path) for each in sentences(document)]


def as_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a file of annotated texts in the form of the gold sets.

    A line begins a paragraph where it begins with a speaker's label, one that the file has more than once.
    """
    document: dict[str, Any] = {}
    gap = ""
    lines = path.read_text(encoding="utf-8").splitlines()
    labels = Counter(label for line in lines if (label := _label(line)))
    for line in lines:
        if line.startswith("# id:"):
            if document:
                yield document
            document = {"id": line[5:].strip(), "title": "", "date": "", "text": "", "sentences": []}
            gap = ""
        elif line.startswith("# title:"):
            document["title"] = line[8:].strip()
        elif line.startswith("# date:"):
            document["date"] = line[7:].strip()
        elif line.startswith("\t"):
            _add_entry(document["sentences"][-1], line[1:].split("\t"))
        elif not line.strip():
            gap = "\n\n" if document.get("text") else ""
        elif not line.startswith("#"):
            _add_sentence(document, line.strip(), gap if labels[_label(line)] < 2 else "\n\n")
            gap = " "
    if document:
        yield document


def _add_sentence(document: dict[str, Any], text: str, gap: str) -> None:
    gap = gap if document["text"] else ""
    start = len(document["text"]) + len(gap)
    document["text"] += gap + text
    document["sentences"].append({"start": start, "end": len(document["text"])})


def _label(line: str) -> str:
    """The label before a speaker's words; "" where there is none."""
    label = LABEL.match(line)
    return label["name"] if label is not None else ""


def _add_entry(sentence: dict[str, Any], fields: list[str]) -> None:
    match fields:
        case ["C", kind, cue, actor, action, condition, recipient]:
            entry = {"kind": kind, "cue": cue, "actor": actor, "action": action}
            entry |= {"condition": condition, "recipient": recipient}
            sentence.setdefault("commitments", []).append(entry)
        case ["Q", kind, cue, content]:
            sentence.setdefault("questions", []).append({"kind": kind, "cue": cue, "content": content})
        case ["?", group]:
            sentence.setdefault("optional", []).append({"C": "commitments", "Q": "questions"}[group])
        case _:
            raise ValueError(f"cannot read the annotation {fields}")
