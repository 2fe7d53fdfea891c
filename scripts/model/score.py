"""Scores a pipeline from raw text: what it finds is laid over the gold words by character offset, as in CoNLL 2018."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from bot.language import parse_blocks

from .names import Name
from .treebank import Sentence, Word

MEASURES = ("words", "tags", "pos", "morph", "lemmas", "UAS", "LAS", "UAS*", "LAS*", "CLAS", "sentences")
NOT_CONTENT = {"aux", "case", "cc", "clf", "cop", "det", "mark", "punct"}

Span = tuple[int, int]
Item = tuple[object, ...]


@dataclass
class Score:
    """Counts of what is right, what the system gave and what gold has."""

    right: int = 0
    given: int = 0
    gold: int = 0

    def add(self, given: Iterable[Item], gold: Iterable[Item]) -> None:
        """Counts the items that stand in both."""
        ours, theirs = Counter(given), Counter(gold)
        self.right += (ours & theirs).total()
        self.given += ours.total()
        self.gold += theirs.total()

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.given + self.gold) if self.given + self.gold else 0.0


Scores = dict[str, Score]


def paragraphs(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences that stand in one paragraph, which is what the pipeline reads at once."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (sentence.paragraph or sentence.document != group[0].document):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def genre(sentence: Sentence) -> str:
    """The kind of text a treebank's document name tells."""
    name = sentence.document.removeprefix("GUM_")
    return name.partition("_" if sentence.document.startswith("GUM_") else "-")[0]


def score_trees(nlp: Language, sentences: Iterable[Sentence]) -> dict[str, Scores]:
    """Genre to measure to score; the genre `all` is the total."""
    groups = list(paragraphs(sentences))
    docs = parse_blocks(nlp, (paragraph_text(group) for group in groups))
    results: dict[str, Scores] = {}
    for group, doc in zip(groups, docs, strict=True):
        gold, given = gold_items(group), system_items(doc)
        for name in ("all", genre(group[0])):
            scores = results.setdefault(name, {measure: Score() for measure in MEASURES})
            for measure in MEASURES:
                scores[measure].add(given[measure], gold[measure])
    return results


def paragraph_text(group: Sequence[Sentence]) -> str:
    """The running text of a paragraph."""
    return " ".join(sentence.text for sentence in group)


def gold_items(group: Sequence[Sentence]) -> dict[str, list[Item]]:
    """What gold says of a paragraph, as items keyed by offsets without white space."""
    items: dict[str, list[Item]] = {measure: [] for measure in MEASURES}
    position = 0
    for sentence in group:
        spans: list[Span] = []
        for word in sentence.words:
            end = position + len("".join(word.form.split()))
            spans.append((position, end))
            position = end
        for i, (span, word) in enumerate(zip(spans, sentence.words, strict=True)):
            _add(items, span, word, None if word.head == i else spans[word.head])
        items["sentences"].append((spans[0][0], spans[-1][1]))
    return items


def system_items(doc: Doc) -> dict[str, list[Item]]:
    """What the pipeline says of a paragraph, in the same form; tokens of white space do not count."""
    items: dict[str, list[Item]] = {measure: [] for measure in MEASURES}
    spans: dict[int, Span] = {}
    position = 0
    for token in doc:
        end = position + len("".join(token.text.split()))
        spans[token.i] = (position, end)
        position = end
    for token in doc:
        if token.is_space:
            continue
        word = Word(token.text, token.lemma_, token.pos_, token.tag_, str(token.morph) or "_", 0, token.dep_, False)
        _add(items, spans[token.i], word, None if token.head == token else spans[token.head.i])
    for sentence in doc.sents:
        first, last = spans[sentence.start][0], spans[sentence.end - 1][1]
        if first < last:
            items["sentences"].append((first, last))
    return items


def _add(items: Mapping[str, list[Item]], span: Span, word: Word, head: Span | None) -> None:
    relation = "root" if head is None else word.dep.partition(":")[0]
    items["words"].append(span)
    items["tags"].append((span, word.tag))
    items["pos"].append((span, word.pos))
    items["morph"].append((span, word.morph))
    items["lemmas"].append((span, word.lemma.lower()))
    items["UAS"].append((span, head))
    items["LAS"].append((span, head, relation))
    if relation != "punct":
        items["UAS*"].append((span, head))
        items["LAS*"].append((span, head, "root" if head is None else word.dep))
    if relation not in NOT_CONTENT:
        items["CLAS"].append((span, head, relation))


def score_names(nlp: Language, sentences: Iterable[Sentence], names: Mapping[str, Sequence[Name]]) -> Scores:
    """Label to score; `all` is the total. Paragraphs with a sentence that has no gold are left out."""
    groups = [group for group in paragraphs(sentences) if all(s.id in names for s in group)]
    results: Scores = {"all": Score()}
    for group, doc in zip(groups, parse_blocks(nlp, map(paragraph_text, groups)), strict=True):
        gold, base = [], 0
        for sentence in group:
            gold += [(base + n.start, base + n.end, n.label) for n in names[sentence.id]]
            base += sum(len("".join(w.form.split())) for w in sentence.words)
        given = [(*_bare_offsets(doc, e.start_char, e.end_char), e.label_) for e in doc.ents]
        for label in ("all", *sorted({item[2] for item in (*gold, *given)})):
            results.setdefault(label, Score()).add(
                [g for g in given if label in ("all", g[2])], [g for g in gold if label in ("all", g[2])]
            )
    return results


def _bare_offsets(doc: Doc, start: int, end: int) -> Span:
    first = len("".join(doc.text[:start].split()))
    return first, first + len("".join(doc.text[start:end].split()))


def words_per_second(nlp: Language, blocks: Sequence[str]) -> float:
    """The speed over the blocks, by the processor time of this process."""
    started = time.process_time()
    words = sum(map(len, parse_blocks(nlp, blocks)))
    return words / (time.process_time() - started)
