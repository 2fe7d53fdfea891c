"""Places where a sentence may leave a matter open: the cues of `config/cues/questions.toml` as they stand in it.

What is asked with a question mark is found in `bot.extract.direct`.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token

from bot.domain import QuestionKind
from bot.extract.clauses import Tree, plain
from bot.extract.cues import Match, load_cues
from bot.extract.matters import Matter, find_matter
from bot.extract.nominals import Phrased
from bot.extract.openness import Openness, openness
from bot.extract.reading import Sentence
from bot.extract.turns import Turn
from bot.extract.words import load_words

_CLAUSES = frozenset({"clause", "before", "that", "inverted"})
_NOT_ALL = frozenset({"i", "me", "you", "people"})
_ANOTHER = frozenset({"he", "she", "him", "her"})
_DENIALS = frozenset({"no", "not", "n't", "never", "nothing", "nobody", "none"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What a candidate needs to know of its document: the text, and its turns where it is a transcript."""

    text: str
    turns: tuple[Turn, ...] = ()


class Ground(StrEnum):
    """What a candidate rests on.

    SOUND: a cue that stands as it should, or a question that the text calls open. DOUBTFUL: a cue that stands
    otherwise. SETTLED: one that is supposed or over, which is never open. MARK: a question mark and no more. PUT: a
    question put in a transcript, of which the reply decides. UNNAMED: words that no cue names but that read like one.
    """

    SOUND = "sound"
    DOUBTFUL = "doubtful"
    SETTLED = "settled"
    MARK = "question mark"
    PUT = "put to somebody"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may leave a matter open.

    `words` are the tokens of the matter, `head` the word at its head, `opener` the word that opens it ("whether"; ""
    for a noun). `features` say in short words what speaks for it and against it; `signs` are the cue's tokens, and
    `answers` the sentences behind a question that may answer it.
    """

    sentence: Sentence
    tree: Tree
    kind: QuestionKind
    rule: str
    cue: str
    phrased: Phrased
    words: tuple[Token, ...]
    head: Token | None
    opener: str
    features: tuple[str, ...] = ()
    ground: Ground = Ground.SOUND
    signs: tuple[Token, ...] = ()
    answers: tuple[Sentence, ...] = ()


def cued(sentence: Sentence, tree: Tree, turn: Turn | None) -> Iterator[Candidate]:
    """The candidates that cues give in a sentence, in text order; `turn` is whose words they are in a transcript."""
    for match in load_cues("questions").matches(tree):
        stands = openness(tree, match.anchor)
        if (matter := find_matter(tree, match)) is not None:
            yield Candidate(
                sentence,
                tree,
                _kind(match, matter),
                match.cue.name,
                match.text,
                matter.phrased,
                matter.words,
                matter.head,
                matter.opener,
                _features(match, stands, matter, turn),
                _ground(tree, match, stands, turn, matter),
                match.tokens,
            )


def _kind(match: Match, matter: Matter) -> QuestionKind:
    """The cue's kind; what is asked as a clause is indirect, what is named by a noun an uncertainty."""
    kind = QuestionKind(match.cue.kind)
    if kind is QuestionKind.UNCERTAINTY and matter.way in _CLAUSES:
        return QuestionKind.INDIRECT
    if kind is QuestionKind.INDIRECT and matter.way not in _CLAUSES:
        return QuestionKind.UNCERTAINTY
    return kind


def _ground(tree: Tree, match: Match, stands: Openness, turn: Turn | None, matter: Matter) -> Ground:
    if stands.actor == "you":
        return Ground.SETTLED  # "you have no idea whether"
    if stands.supposed or stands.no_longer or (stands.negated and "seldom" in match.cue.flags):
        return Ground.SETTLED
    if "yet" in match.cue.flags and _is_tried_or_not(tree, match.anchor, {"decline", "refuse"}):
        return Ground.SETTLED  # "so far it has refused to sign"
    if matter.way == "act" and _is_tried_or_not(tree, match.anchor, {"struggle"}):
        return Ground.SETTLED  # "it struggled to respond"
    if "unfinished" in match.cue.flags and stands.past and not (stands.negated or stands.unfinished):
        return Ground.SETTLED  # "police determined whether it was loaded"
    if "negative" in match.cue.flags and not (stands.negated or stands.unfinished or _denied_before(tree, match)):
        return Ground.SETTLED  # "we know how many there are"
    return Ground.SOUND if _counts(match, stands, turn) else Ground.DOUBTFUL


def _is_tried_or_not(tree: Tree, act: Token, verbs: Container[str]) -> bool:
    """Whether one of `verbs` says of an act how it is taken up: "refused to sign", "struggled to respond"."""
    above = tree.head(act)
    return act.dep_ == "xcomp" and above is not None and tree.lemma(above) in verbs


def _denied_before(tree: Tree, match: Match) -> bool:
    """Whether a word that denies stands in the sentence up to the cue, wherever the parse hangs it."""
    denying = load_words("questions")["denying"]
    words = tree.forms[: match.end - tree.first]
    return any(word in denying or word.endswith("n't") or word.startswith("un") for word in words)


def _counts(match: Match, stands: Openness, turn: Turn | None) -> bool:
    """Whether a cue counts as it stands in its sentence and under the flags that the cue file gives it."""
    flags = match.cue.flags
    if not _actor_fits(flags, stands, turn):
        return False
    denies = any(plain(token.text) in _DENIALS for token in match.tokens)
    if stands.negated and not denies and not flags & {"negative", "unfinished"}:
        return False
    demands = flags - {"negative"} if denies else flags  # "gave no details"
    return all(_DEMANDS[flag](stands, turn) for flag in _DEMANDS if flag in demands)


def _actor_fits(flags: frozenset[str], stands: Openness, turn: Turn | None) -> bool:
    """Whether more than one person's ignorance is at stake, and not that of somebody who is there to ask."""
    if turn is not None and turn.asks and stands.actor in {"we", "i"}:
        return False
    if "anyone" in flags:
        return True
    return stands.actor not in _NOT_ALL and (stands.actor not in _ANOTHER or "others" in flags)


_DEMANDS: Mapping[str, Callable[[Openness, Turn | None], bool]] = {
    "negative": lambda stands, _: stands.negated and stands.modal not in {"may", "might"},
    "unfinished": lambda stands, _: stands.unfinished,
    "perfect": lambda stands, _: stands.perfect or stands.yet,
    "yet": lambda stands, _: stands.yet,
    "predicate": lambda stands, _: stands.predicate,
    "asking": lambda stands, _: stands.perfect and not stands.passive,
    "firm": lambda stands, _: stands.negated or stands.modal not in {"may", "might", "can", "could"},
    "prose": lambda _, turn: turn is None,
    "seldom": lambda _, __: False,
    "now": lambda stands, _: not (stands.past and stands.actor == "name"),
}


def _features(match: Match, stands: Openness, matter: Matter, turn: Turn | None) -> tuple[str, ...]:
    found = [f"cue {match.cue.name}", f"way {matter.way}", f"opener {matter.opener or 'none'}"]
    found += [name for name in ("negated", "yet", "unfinished", "past", "perfect") if getattr(stands, name)]
    found += [f"modal {stands.modal}"] if stands.modal else []
    found += ["in a transcript"] if turn is not None else []
    return (*found, f"actor {stands.actor or 'none'}")
