"""Sentences to learn from: the gold sets, and the texts annotated for training in `scripts/sense/texts/`.

An annotated text has one sentence a line, a blank line between paragraphs, `# id:` before each document, and under a
sentence, after a tab, what it carries: `C kind cue actor action condition recipient`, `Q kind cue content`, or `? C`
and `? Q` where it is a toss-up. Fields are parted by tabs; each is an exact part of the sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GOLD = ("news-dev.jsonl", "diplomacy-train.jsonl", "web-train.jsonl", "questions-train.jsonl")
TEXTS = Path(__file__).with_name("texts")
UNSURE = -1


@dataclass(slots=True)
class Labelled:
    """A sentence. `commits` and `asks` are 1, 0 or UNSURE; `spans` has (role, start, end) within `text`.

    `kinds` has for each commitment its kind and where its cue stands.
    """

    document: str
    text: str
    before: str = ""
    commits: int = 0
    asks: int = 0
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    kinds: list[tuple[str, int, int]] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)


ROLES = ("commitment cue", "question cue", "condition")


def read_gold(path: Path) -> Iterator[Labelled]:
    """The annotated sentences of one gold set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for sentence in row["sentences"]:
            text = " ".join(row["text"][sentence["start"] : sentence["end"]].split())
            before = " ".join(row["text"][max(0, sentence["start"] - 300) : sentence["start"]].split())
            unsure = sentence.get("optional", [])
            found = Labelled(row["id"], text, before)
            for entry in sentence.get("commitments", []):
                _commitment(found, entry["kind"], entry["cue"], entry["action"], entry["condition"])
            for entry in sentence.get("questions", []):
                found.asks = 1
                _mark(found, "question cue", entry["cue"])
            found.commits = UNSURE if "commitments" in unsure else found.commits
            found.asks = UNSURE if "questions" in unsure else found.asks
            yield found


def read_texts(path: Path) -> Iterator[Labelled]:
    """The sentences of one file of annotated texts."""
    document, before = "", ""
    current: Labelled | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("\t"):
            if current is None:
                raise ValueError(f"{path}: an annotation stands before any sentence: {line!r}")
            _annotate(current, line[1:].split("\t"))
            continue
        if current is not None:
            yield current
            before, current = current.text, None
        if line.startswith("# id:"):
            document, before = line[5:].strip(), ""
        elif line.strip() and not line.startswith("#"):
            current = Labelled(document, line.strip(), before)
    if current is not None:
        yield current


def _annotate(sentence: Labelled, fields: list[str]) -> None:
    match fields:
        case ["C", kind, cue, _, action, condition, _]:
            _commitment(sentence, kind, cue, action, condition)
        case ["Q", _, cue, _]:
            sentence.asks = 1
            _mark(sentence, "question cue", cue)
        case ["?", "C"]:
            sentence.commits = UNSURE
        case ["?", "Q"]:
            sentence.asks = UNSURE
        case _:
            raise ValueError(f"{sentence.document}: cannot read {fields}")


def _commitment(sentence: Labelled, kind: str, cue: str, action: str, condition: str) -> None:
    sentence.commits = 1
    sentence.actions.append(action)
    if (place := _mark(sentence, "commitment cue", cue)) is not None:
        sentence.kinds.append((kind, *place))
    _mark(sentence, "condition", condition)


def _mark(sentence: Labelled, role: str, words: str) -> tuple[int, int] | None:
    start = sentence.text.find(words) if words else -1
    if start < 0:
        return None
    sentence.spans.append((role, start, start + len(words)))
    return start, start + len(words)


def all_gold(shared: Path) -> list[Labelled]:
    """The sentences of all gold sets."""
    return [sentence for name in GOLD for sentence in read_gold(shared / "gold" / name)]


def all_texts(folder: Path = TEXTS) -> list[Labelled]:
    """The sentences of all annotated texts, file by file."""
    return [sentence for path in sorted(folder.glob("*.txt")) for sentence in read_texts(path)]


def known_documents(rows: Iterable[Labelled]) -> set[str]:
    """The ids of the documents that sentences come from."""
    return {row.document for row in rows}


def as_gold(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a file of annotated texts in the form of the gold sets."""
    document: dict[str, Any] = {}
    gap = ""
    for line in path.read_text(encoding="utf-8").splitlines():
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
            start = len(document["text"]) + len(gap)
            document["text"] += gap + line.strip()
            document["sentences"].append({"start": start, "end": len(document["text"])})
            gap = " "
    if document:
        yield document


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
