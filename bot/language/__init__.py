"""The spaCy pipeline that ships with Dossier: loading it, and reading text of any length with it.

The pipeline in `pipeline/` is made by `make model` (see `scripts/train_model.py`) and gives tags, morphology,
lower-case lemmas, dependencies with sentence boundaries (Universal Dependencies) and names (PER, ORG, LOC).
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import threadpool_limits

from bot.errors import ModelMissing

PIPELINE = Path(__file__).parent / "pipeline"
VECTOR_SCALE = 32
"""Word vectors are stored as bytes: this many steps to one."""

MAX_BATCH_WORDS = 3_000
MAX_PIECE_WORDS = 1_500
"""A longer block is read in pieces, so that memory does not grow with it."""

LONGEST_RUN = 400
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")

SENTENCE_ENDS = frozenset('.!?\u2026"\u201d')


@Language.component("lower_lemmas")
def lower_lemmas(doc: Doc) -> Doc:
    """Put every lemma in lower case; the trained lemmatizer leaves the case of the word."""
    for token in doc:
        lemma = token.lemma_
        if not lemma.islower():
            token.lemma_ = lemma.lower()
    return doc


def load_nlp(path: Path = PIPELINE) -> Language:
    """Load the trained pipeline; ModelMissing where it is absent or unusable."""
    if not (path / "config.cfg").is_file():
        raise ModelMissing(f"The language model is missing from {path}. Run `make model`, or restore the folder.")
    try:
        nlp = spacy.load(path)
    except (OSError, ValueError, KeyError) as error:
        raise ModelMissing(
            f"The language model in {path} cannot be loaded ({error}). Run `make model`, or restore the folder."
        ) from error
    _unpack(nlp)
    _quicken(nlp)
    return nlp


def _quicken(nlp: Language) -> None:
    """Let numpy multiply the matrices: its library takes a third of the time of the one that thinc brings along.

    On one thread: more gain little here, and would take the cores that the bot answers with.
    """
    threadpool_limits(1, user_api="blas")
    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            node.ops = ops


def _unpack(nlp: Language) -> None:
    """Bring word vectors and weights, which are stored short, to the precision they are used in."""
    vectors = nlp.vocab.vectors
    if vectors.data.dtype == np.int8:
        vectors.data = vectors.data.astype(np.float32) / VECTOR_SCALE
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            for name in node.param_names:
                if node.has_param(name) and node.get_param(name).dtype == np.float16:
                    node.set_param(name, node.get_param(name).astype(np.float32))


def parse(nlp: Language, text: str) -> Doc:
    """Read one text of any length; `doc.text == text`."""
    return next(parse_blocks(nlp, [text]))


def parse_blocks(nlp: Language, blocks: Iterable[str]) -> Iterator[Doc]:
    """Read blocks (paragraphs, say), one Doc for each in order, with `doc.text` the block as given.

    Memory is bounded by the number of words read at once, not by the number or length of the blocks.
    """
    counts: deque[int] = deque()
    parts: list[Doc] = []
    for doc in _read(nlp, _cut(nlp, blocks, counts)):
        parts.append(doc)
        if len(parts) == counts[0]:
            counts.popleft()
            yield parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)
            parts = []


def _cut(nlp: Language, blocks: Iterable[str], counts: deque[int]) -> Iterator[Doc]:
    """Unread documents of bounded length; how many each block makes is added to `counts` before its first."""
    for block in blocks:
        pieces = _pieces(nlp, block)
        counts.append(len(pieces))
        yield from pieces


def _read(nlp: Language, docs: Iterable[Doc]) -> Iterator[Doc]:
    """The documents, read in batches of a bounded number of words."""
    batch: list[Doc] = []
    words = 0
    for doc in docs:
        if batch and words + len(doc) > MAX_BATCH_WORDS:
            yield from map(_without_tensor, nlp.pipe(batch, batch_size=len(batch)))
            batch, words = [], 0
        batch.append(doc)
        words += len(doc)
    if batch:
        yield from map(_without_tensor, nlp.pipe(batch, batch_size=len(batch)))


def _pieces(nlp: Language, block: str) -> list[Doc]:
    """The block as unread documents of at most MAX_PIECE_WORDS; their texts add up to the block."""
    doc = _tokenized(nlp, block)
    if len(doc) <= MAX_PIECE_WORDS:
        return [doc]
    return [doc[start:end].as_doc() for start, end in pairwise(_cuts(doc))]


def _tokenized(nlp: Language, block: str) -> Doc:
    """The block's tokens. A run without white space is cut where it is longer than any word or address.

    The tokenizer takes marks off both ends of a run one by one and looks at the rest each time: 50,000 brackets in a
    row would take half an hour.
    """
    runs = list(_RUN.finditer(block))
    if not runs:
        return nlp.tokenizer(block)
    cuts = {at for run in runs for at in (*range(run.start(), run.end(), LONGEST_RUN), run.end())}
    parts = [nlp.tokenizer(block[start:end]) for start, end in pairwise(sorted({0, *cuts, len(block)}))]
    return Doc.from_docs(parts, ensure_whitespace=False)


def _cuts(doc: Doc) -> list[int]:
    """Token indices to cut a long document at: at a sentence's likely end, or else wherever the piece is full."""
    cuts = [0]
    while len(doc) - cuts[-1] > MAX_PIECE_WORDS:
        start, end = cuts[-1], cuts[-1] + MAX_PIECE_WORDS
        likely = (i for i in range(end, start + MAX_PIECE_WORDS // 2, -1) if _may_end(doc, i))
        cuts.append(next(likely, end))
    return [*cuts, len(doc)]


def _may_end(doc: Doc, i: int) -> bool:
    """Whether a sentence may end before token i."""
    last = doc[i - 1]
    return (last.text[-1] in SENTENCE_ENDS and bool(last.whitespace_)) or "\n" in last.text


def _without_tensor(doc: Doc) -> Doc:
    """Drop the hidden layer, which nothing reads and which takes most of a Doc's memory."""
    doc.tensor = np.zeros((0,), dtype=np.float32)
    return doc
