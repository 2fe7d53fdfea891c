"""Open questions in words that no cue names: what the network reads as a matter beside what it reads as a cue."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from bot.domain import QuestionKind
from bot.extract.asking import Candidate, Ground
from bot.extract.clauses import CALENDAR, SUBJECTS, Tree, plain, text_of
from bot.extract.cues import load_cues
from bot.extract.interrogatives import clause_head
from bot.extract.matters import frame_of
from bot.extract.nominals import Phrased, from_nominal, nominal_words, quoted
from bot.extract.phrasing import WH, from_clause
from bot.extract.reading import Sentence
from bot.extract.sense import ROLES, Sense
from bot.extract.spelling import spell

RULE = "reads like an open question"
_PERHAPS = 0.3
_LEAST = 0.2
_SHARE = 0.5
_GAP = 2
_SHORTEST, _LONGEST = 2, 30
_UNDERTAKING = frozenset({"will", "would", "shall"})
_ONE_PERSON = frozenset({"i", "you", "one"})
_NAMING = frozenset({"NOUN", "PROPN", "VERB"})


def unnamed(sentence: Sentence, sense: Sense | None, known: frozenset[Token] = frozenset()) -> Iterator[Candidate]:
    """What a sentence leaves open as the network reads it: one candidate at most.

    There is none in the words of a look-alike, nor in `known`, of which the rules know better.
    """
    if sense is None or sense.asks < _PERHAPS:
        return
    tree = sentence.tree
    signs, words = (_stretch(tree, sense, role) for role in ("question cue", "matter"))
    words = _begun(tree, words)
    inside = {token.i for token in words}
    signs = [token for token in signs if token.i not in inside]
    if not (known | load_cues("questions").look_alikes(tree)).isdisjoint(signs):
        return
    if not signs or len(words) < _SHORTEST or not any(map(_names, words)) or _own(tree, words):
        return
    if _is_label(tree, words):
        return
    head = _top(words)
    opens = tree.form(words[0]) in WH | {"whether"}
    if not opens and (
        head.dep_ == "advcl" or any(tree.lemma(kid) in _UNDERTAKING for kid in tree.children(head, "aux"))
    ):
        return  # what is waited for ("can't sign until they see it") or will be done about it ("and would chase him")
    phrased = _clause(tree, words) if opens else _noun(tree, words, head)
    said = words if opens else _whole(tree, words, head)
    if phrased is None and not said:
        return
    yield Candidate(
        sentence,
        tree,
        QuestionKind.INDIRECT if opens else QuestionKind.UNCERTAINTY,
        RULE,
        text_of(signs),
        phrased or quoted(spell(said)),
        tuple(words),
        head,
        tree.form(words[0]) if opens else "",
        (f"opener {tree.form(words[0]) if opens else 'none'}",),
        Ground.UNNAMED,
        tuple(signs),
    )


def _stretch(tree: Tree, sense: Sense, role: str) -> list[Token]:
    """The longest run of words that read like part of a role, with gaps of _GAP words at most, without outer marks.

    A word is part of it with _SHARE of the chance that the likeliest word has, and with _LEAST.
    """
    column = sense.words[:, ROLES.index(role)]
    enough = max(_LEAST, _SHARE * float(column.max()))
    runs: list[list[int]] = []
    for place in (place for place, chance in enumerate(column) if chance >= enough):
        if runs and place - runs[-1][-1] <= _GAP + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    longest = max(runs, key=len, default=[])
    tokens = [tree.at(tree.first + place) for place in range(longest[0], longest[-1] + 1)] if longest else []
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    while tokens and tokens[0].is_punct:
        tokens.pop(0)
    return tokens


def _is_label(tree: Tree, words: Sequence[Token]) -> bool:
    """Whether the words are who speaks ("INES HALLORAN: We do not know yet")."""
    place = words[-1].i + 1 - tree.first
    return words[0].i == tree.first and place < len(tree.tokens) and tree.forms[place] == ":"


def _names(token: Token) -> bool:
    """Whether a word names something, and no day or month."""
    return token.pos_ in _NAMING and plain(token.text) not in CALENDAR


def _begun(tree: Tree, words: list[Token]) -> list[Token]:
    """The words from the clause that asks ("to us on how it should be paid": "how ..."), else without a preposition."""
    asking, places = WH | {"whether"}, {token.i for token in words}
    while words and words[-1].dep_ in {"case", "mark", "det"} and words[-1].head.i not in places:
        words = words[:-1]
    for place, token in enumerate(words):
        if tree.form(token) in asking and (head := clause_head(tree, token)) is not None and head in words[place:]:
            return words[place:]
    while words and words[0].dep_ == "case" and words[0].pos_ == "ADP":
        words = words[1:]
    return words


def _whole(tree: Tree, words: Sequence[Token], head: Token) -> list[Token]:
    """What is quoted: all words below the head, else the sentence; nothing where that would be long."""
    found = tree.phrase(head, unless=lambda token: token.dep_ == "case" and token.i < words[0].i)
    places = {token.i for token in found}
    torn = found[-1].i - found[0].i + 1 != len(found)
    if torn or len(found) > _LONGEST or not all(token.i in places for token in words):
        found = list(tree.tokens)
    return found if len(found) <= _LONGEST else []


def _own(tree: Tree, words: Sequence[Token]) -> bool:
    """Whether only the speaker or the reader is asked for: "I don't know if you saw it"."""
    return any(token.dep_ in SUBJECTS and tree.form(token) in _ONE_PERSON for token in words)


def _top(words: Sequence[Token]) -> Token:
    """The word that no other of them governs: of several, the first that names something."""
    inside = {token.i for token in words}
    tops = [token for token in words if token.head.i not in inside or token.head.i == token.i]
    return next((token for token in tops if token.pos_ in _NAMING), tops[0] if tops else words[0])


def _clause(tree: Tree, words: Sequence[Token]) -> Phrased | None:
    head = clause_head(tree, words[0])
    return from_clause(tree, words[0], head, words=words) if head is not None and head in words else None


def _noun(tree: Tree, words: Sequence[Token], head: Token) -> Phrased | None:
    """The question for a noun, where the words are that noun's and no more."""
    whole = head.pos_ in {"NOUN", "PROPN"} and nominal_words(tree, head) == list(words)
    return from_nominal(tree, head, frame_of(tree, head)) if whole else None
