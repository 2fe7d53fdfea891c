"""Reads CoNLL-U treebanks and turns them into spaCy documents over the raw text.

Words of a multiword token ("did" + "n't") become tokens of their own when they spell the surface, and one token
otherwise, so that every token is a slice of the text, as at run time.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab


@dataclass(frozen=True)
class Word:
    """One syntactic word; `head` is an index into the sentence, its own index for the root."""

    form: str
    lemma: str
    pos: str
    tag: str
    morph: str
    head: int
    dep: str
    space: bool


@dataclass
class Sentence:
    """A sentence of a treebank; `paragraph` is true for the first of a paragraph, `document` names its document."""

    id: str
    document: str
    paragraph: bool
    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(w.form + (" " if w.space else "") for w in self.words).strip()


def read_sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a gzipped CoNLL-U file, in order."""
    document, paragraph, identifier = "", True, ""
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                document, paragraph = line.partition("=")[2].strip(), True
            elif line.startswith("# newpar"):
                paragraph = True
            elif line.startswith("# sent_id"):
                identifier = line.partition("=")[2].strip()
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                yield Sentence(identifier, document, paragraph, _words(rows))
                rows, paragraph = [], False
    if rows:
        yield Sentence(identifier, document, paragraph, _words(rows))


def _words(rows: Sequence[Sequence[str]]) -> list[Word]:
    units = _units(rows)
    index = {row[0]: i for i, (_, covered, _) in enumerate(units) for row in covered}
    return [_word(i, form, covered, space, index) for i, (form, covered, space) in enumerate(units)]


def _units(rows: Sequence[Sequence[str]]) -> list[tuple[str, list[Sequence[str]], bool]]:
    """(surface form, rows it stands for, is followed by a space) for every token-to-be."""
    by_id = {row[0]: row for row in rows}
    units: list[tuple[str, list[Sequence[str]], bool]] = []
    inside: set[str] = set()
    for row in rows:
        if "." in row[0] or row[0] in inside:
            continue
        first, dash, last = row[0].partition("-")
        members = [by_id[str(i)] for i in range(int(first), int(last) + 1)] if dash else [row]
        inside.update(member[0] for member in members)
        pieces = _pieces(row[1], [member[1] for member in members])
        space = "SpaceAfter=No" not in row[9]
        if pieces is None:
            units.append((row[1], list(members), space))
        else:
            for piece, member in zip(pieces, members, strict=True):
                units.append((piece, [member], space and member is members[-1]))
    return [(form.replace(" ", "\u00a0"), covered, space) for form, covered, space in units]


def _pieces(surface: str, forms: Sequence[str]) -> list[str] | None:
    """The surface cut where the forms say, or None where they do not spell it."""
    if sum(map(len, forms)) != len(surface):
        return None
    pieces, start = [], 0
    for form in forms:
        pieces.append(surface[start : start + len(form)])
        start += len(form)
    return pieces


def _word(i: int, form: str, covered: Sequence[Sequence[str]], space: bool, index: dict[str, int]) -> Word:
    ids = {row[0] for row in covered}
    row = next((row for row in covered if row[6] not in ids), covered[0])
    root = row[6] == "0"
    return Word(
        form=form,
        lemma=row[2] if row[2] != "_" or form == "_" else form,
        pos=row[3],
        tag=row[4],
        morph=row[5],
        head=i if root else index[row[6]],
        dep="ROOT" if root else row[7],
        space=space,
    )


def cased_lemma(form: str, lemma: str) -> str:
    """The lemma in the casing of its form, so that an edit tree need not change case; lower-cased at run time."""
    lemma = lemma.lower()
    if form.isupper() and len(form) > 1:
        return lemma.upper()
    if form[:1].isupper():
        return lemma[:1].upper() + lemma[1:]
    return lemma if form.islower() or lemma != form.lower() else form


def make_doc(vocab: Vocab, sentences: Sequence[Sentence], breaks: Sequence[str]) -> Doc:
    """One annotated document; `breaks[i]` is a run of white space (a token) after sentence i, or empty."""
    rows: list[Word] = []
    starts: list[bool] = []
    for sentence, gap in zip(sentences, breaks, strict=True):
        base = len(rows)
        last = len(sentence.words) - 1
        for i, word in enumerate(sentence.words):
            space = (word.space or i == last) and not (gap and i == last)
            rows.append(replace(word, head=word.head + base, space=space))
            starts.append(i == 0)
        if gap:
            rows.append(Word(gap, gap, "SPACE", "_SP", "", len(rows) - 1, "dep", False))
            starts.append(False)
    return Doc(
        vocab,
        words=[w.form for w in rows],
        spaces=[w.space for w in rows],
        tags=[w.tag for w in rows],
        pos=[w.pos for w in rows],
        morphs=[w.morph if w.morph != "_" else "" for w in rows],
        lemmas=[cased_lemma(w.form, w.lemma) for w in rows],
        heads=[w.head for w in rows],
        deps=[w.dep for w in rows],
    )


def training_docs(vocab: Vocab, sentences: Iterable[Sentence], rng: random.Random) -> Iterator[Doc]:
    """Groups of one to eight sentences that stand together, a share of them in other writing habits."""
    group: list[Sentence] = []
    breaks: list[str] = []
    limit = rng.randint(1, 8)
    for sentence in sentences:
        fresh = bool(group) and (
            len(group) >= limit or sentence.document != group[0].document or (sentence.paragraph and rng.random() < 0.5)
        )
        if fresh:
            yield make_doc(vocab, varied(group, rng), breaks)
            group, breaks, limit = [], [], rng.randint(1, 8)
        elif group and sentence.paragraph:
            breaks[-1] = rng.choice(["\n\n", "\n\n", "\n"])
        group.append(sentence)
        breaks.append("")
    if group:
        yield make_doc(vocab, varied(group, rng), breaks)


def varied(sentences: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    """The sentences as they are, or with typographic quotes, in lower case, or without the last full stop."""
    draw = rng.random()
    if draw < 0.25:
        return [_with_words(s, [replace(w, form=_curly(w)) for w in s.words]) for s in sentences]
    if draw < 0.28:
        return [_with_words(s, [replace(w, form=_lower(w.form)) for w in s.words]) for s in sentences]
    if draw < 0.32:
        return [*sentences[:-1], _without_stop(sentences[-1])]
    return list(sentences)


def _with_words(sentence: Sentence, words: list[Word]) -> Sentence:
    return Sentence(sentence.id, sentence.document, sentence.paragraph, words)


def _lower(form: str) -> str:
    lower = form.lower()
    return lower if len(lower) == len(form) else form


def _curly(word: Word) -> str:
    form = word.form
    if form == '"':
        return "\u201c" if word.tag == "``" else "\u201d"
    if form == "'" and word.tag == "``":
        return "\u2018"
    return form.replace("'", "\u2019")


def _without_stop(sentence: Sentence) -> Sentence:
    last = len(sentence.words) - 1
    stop = sentence.words[last]
    if last < 2 or stop.form != "." or any(w.head == last for w in sentence.words):
        return sentence
    return _with_words(sentence, [*sentence.words[: last - 1], replace(sentence.words[last - 1], space=True)])
