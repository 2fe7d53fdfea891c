"""Figures: amounts of money, percentages, and counts of something."""

import math
import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from bot.extract.clauses import Tree, text_of
from bot.extract.kinds import Hit, Kind, Passage
from bot.extract.words import load_words

_SIGNS = frozenset("$\u20ac\u00a3\u00a5\u20b9") | {"us$", "a$", "c$"}
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?$")
_SCALE = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "m": 1e6,
    "bn": 1e9,
    "k": 1e3,
}
_MONEY, _PERCENT, _COUNT = 3.0, 2.5, 1.0
_FEW = 10.0
_REACH = 3


def find(passages: Sequence[Passage]) -> Iterator[Hit]:
    """The weightiest figure of each sentence that has one."""
    for passage in passages:
        found = [figure for token in passage.tree.tokens if (figure := _figure(passage.tree, token))]
        if found and passage.share > 0:
            weight, value = max(found, key=lambda pair: pair[0])
            yield Hit(passage, weight + passage.share, value)


def _figure(tree: Tree, token: Token) -> tuple[float, str] | None:
    """The weight and text of the figure whose number begins at a token."""
    size = _size(tree, token)
    if size is None:
        return None
    before = tree.at(token.i - 1) if token.i > tree.first else None
    last = _last_of_number(tree, token)
    after = tree.at(last.i + 1) if last.i + 1 < tree.first + len(tree.tokens) else None
    if before is not None and tree.form(before) in _SIGNS:
        return _MONEY + math.log10(max(size, 1.0)) / 10, text_of([before, last])
    if after is None:
        return None
    if tree.form(after) in load_words("facts")["percent"]:
        end = (
            tree.at(after.i + 1) if tree.form(after) == "per" and after.i + 1 < tree.first + len(tree.tokens) else after
        )
        return _PERCENT, text_of([token, end])
    if tree.lemma(after) in load_words("facts")["currencies"]:
        return _MONEY + math.log10(max(size, 1.0)) / 10, text_of([token, after])
    return _count(tree, token, last, size)


def _size(tree: Tree, token: Token) -> float | None:
    """The number that a token gives in figures, with the scale that follows it; None for any other token."""
    form = tree.form(token)
    if not _NUMBER.match(form) or token.pos_ not in {"NUM", "SYM", "X", "NOUN"}:
        return None
    number = float(form.replace(",", "").lstrip("+-"))
    last = _last_of_number(tree, token)
    return number * _SCALE.get(tree.form(last), 1.0) if last.i != token.i else number


def _last_of_number(tree: Tree, token: Token) -> Token:
    """The word of scale behind a number ("57 million"), else the number."""
    after = token.i + 1
    if after < tree.first + len(tree.tokens) and tree.form(tree.at(after)) in _SCALE:
        return tree.at(after)
    return token


def _count(tree: Tree, token: Token, last: Token, size: float) -> tuple[float, str] | None:
    """As in "1,200 troops": a number that counts the noun it stands before."""
    noun = token.head if token.dep_ == "nummod" else last.head if last.dep_ == "nummod" else None
    if noun is None or noun not in tree or not last.i < noun.i <= last.i + _REACH or noun.pos_ != "NOUN":
        return None
    if tree.lemma(noun) in load_words("facts")["uncounted"] or size < _FEW or _is_year(tree, token, size):
        return None
    if noun.tag_ == "NN" and tree.at(last.i + 1).text[:1].isupper():
        return None  # "the 737 Max jet" is one
    return _COUNT + math.log10(size) / 10, text_of([token, noun])


def _is_year(tree: Tree, token: Token, size: float) -> bool:
    return "," not in tree.form(token) and len(tree.form(token)) == 4 and 1500 <= size <= 2100


KIND = Kind(
    name="figure",
    about="an amount of money, a percentage, or a count",
    find=find,
    examples=(
        ("The United States announced $57 million in assistance for the refugees.", "$57 million"),
        ("Unemployment in the country fell to 4.2 percent in the spring.", "4.2 percent"),
        ("The alliance sent 1,200 soldiers to the border with Poland.", "1,200 soldiers"),
        ("The minister was elected in 2014 and left office soon after.", None),
        ("The team has trained for 12 years in the mountains.", None),
        ("Sales fell after two crashes of its popular 737 Max jet.", None),
    ),
)
