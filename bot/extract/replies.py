"""What is said to a question put in a transcript, and whether that leaves it open: the judge of `replies.json`.

An official who has "nothing to preview", refers to somebody else or speaks of another matter leaves the question open;
one who says "no", states a position or is only asked for his view does not. The judge weighs the question's words and
what it asks for, what the reply says (the patterns of `config/cues/replies.toml`) and where, and how much either reads
like an open question to the network. Where several questions are put at once, it looks for the part of the reply that
speaks to this one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.errors import SettingsError
from bot.extract.clauses import plain
from bot.extract.cues import FOLDER, read_table
from bot.extract.reading import Reading, Sentence
from bot.extract.sense import log_odds
from bot.extract.turns import Turn, is_full_question, turn_at, without_label
from bot.extract.words import load_words

JUDGE = "replies"
TURNS = 6
"""Turns behind the question that are looked at."""
LENGTH = 1_200
"""Characters of a reply that are read."""
_ENOUGH, _A_SENTENCE = 160, 30
_EARLY, _AT_ONCE = 3, 2
_GRAMS = (1, 2, 3)
_SHORT = 4
_WORD = re.compile(r"[a-z]+(?:n't)?|\?|'(?:s|re|ll|ve|d|m)\b")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_BROKEN_OFF = re.compile(r"—\W*$")
_ORDINALS = ("first|one|initial", "second|two|latter", "third|three", "fourth|four")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what is said to it, in plain letters.

    `reply` has the sentences of who answers. `place` counts the questions that its turn puts before it, `of` all that
    the turn puts. `asker` says that the label of the turn is that of somebody who is there to ask.
    """

    question: str
    reply: tuple[str, ...]
    place: int
    of: int
    asker: bool


def replies_to(turn: Turn, turns: Sequence[Turn], reading: Reading) -> tuple[Sentence, ...]:
    """What those who answer say after a turn, until the next full question is put; LENGTH at most."""
    text, sentences = reading.document.text, reading.sentences
    number = bisect_right(turns, turn.start, key=lambda each: each.start)
    later = turns[number : number + TURNS]
    found: list[Sentence] = []
    length = 0
    for place in range(bisect_left(sentences, turn.end, key=lambda each: each.start), len(sentences)):
        each = sentences[place]
        speaks = turn_at(later, each.start)
        if length >= LENGTH or speaks is None:
            break
        if speaks.chairs:
            continue
        if not speaks.asks:
            found.append(each)
            length += each.end - each.start
        elif length >= (_A_SENTENCE if is_full_question(text[speaks.start : speaks.end]) else _ENOUGH):
            break
    return tuple(found)


def exchange(sentence: Sentence, replies: Sequence[Sentence], text: str, turn: Turn) -> Exchange:
    """The question that a sentence of a turn puts, with the sentences that are said to it."""
    said = " ".join(plain(without_label(text[each.start : each.end])) for each in replies).strip()
    return Exchange(
        question=plain(without_label(text[sentence.start : sentence.end])),
        reply=tuple(_SENTENCE_END.split(said)) if said else (),
        place=text.count("?", turn.start, sentence.start),
        of=text.count("?", turn.start, turn.end),
        asker=turn.asks,
    )


# Features


def features(put: Exchange) -> tuple[str, ...]:
    """What speaks for it and against it that the reply leaves the question open; each once."""
    words = _words(put.question)
    evasive = frozenset(load_patterns()["evades"])
    to_this, how = _to_this(put)
    opening = " ".join(put.reply[: 1 if put.reply and len(_words(put.reply[0])) >= _SHORT else _AT_ONCE])
    said = {
        "opens with": _signs(opening),
        "says to this": _signs(" ".join(to_this)),
        "soon says": _signs(" ".join(put.reply[:_EARLY])),
        "says": _signs(" ".join(put.reply)),
    }
    found = [f"reply {scope} {sign}" for scope, signs in said.items() for sign in signs]
    found += [f"evasive signs it {scope}: {min(4, len(evasive.intersection(signs)))}" for scope, signs in said.items()]
    found += [f"what speaks to this is {how}", f"opener {_opener(words)}"]
    found += _of_kinds(put.question, words, said["says to this"], said["opens with"], evasive)
    found += _of_sizes(put, words)
    found += [f"question: {gram}" for gram in _grams(words)]
    return tuple(dict.fromkeys(found))


def measures(sentence: Sentence, replies: Sequence[Sentence], reading: Reading) -> Mapping[str, float]:
    """How much the question, and what is first said to it, read like an open question to the network, in log odds."""
    heard = [sense for each in (sentence, *replies[:_EARLY]) if (sense := reading.sense_of(each)) is not None]
    if not heard:
        return {}
    least = log_odds(0.0)
    return {
        "question reads like an open one": round(log_odds(heard[0].asks) / 3, 3),
        "reply leaves one open": round(max((log_odds(each.asks) for each in heard[1:]), default=least) / 3, 3),
    }


def _to_this(put: Exchange) -> tuple[Sequence[str], str]:
    """The sentences of the reply that speak to this question, and how that is known."""
    if put.of <= 1 or not put.reply:
        return put.reply[:_EARLY], "all"
    names = _ORDINALS[min(put.place, len(_ORDINALS) - 1)] + ("|last|final" if put.place + 1 >= put.of else "")
    told = re.compile(
        rf"\b(?:{names}) (?:\w+ )?(?:question|part|point|one|piece|issue)"
        rf"|\b(?:on|to|as for|in terms of|regarding) (?:your|the) (?:{names})\b"
    )
    for number, sentence in enumerate(put.reply):
        if told.search(sentence):
            return put.reply[number : number + _EARLY], "told"
    asked = _matter(put.question)
    shared = [len(asked & _matter(sentence)) for sentence in put.reply]
    best = max(range(len(shared)), key=lambda number: shared[number] - 0.1 * number)
    return (put.reply[best : best + _AT_ONCE], "alike") if shared[best] else (put.reply[:_AT_ONCE], "the beginning")


def _of_kinds(
    question: str, words: Sequence[str], spoken: Sequence[str], opening: Sequence[str], evasive: frozenset[str]
) -> Iterator[str]:
    """What is asked for, beside what is said to it."""
    evaded, at_once = not evasive.isdisjoint(spoken), not evasive.isdisjoint(opening)
    kinds = _matching("asks", question)
    if len(words) <= _SHORT and "for a nod" not in kinds:
        kinds.append("for a nod")
    yield f"opener {_opener(words)}, {_so(evaded)}"
    for kind in kinds:
        yield f"asks {kind}"
        yield f"asks {kind}, {_so(evaded)}"
        yield f"asks {kind}, {_so(at_once)} at once"
        yield from (f"asks {kind}, told {sign}" for sign in spoken)


def _so(evaded: bool) -> str:
    return "evaded" if evaded else "not evaded"


def _of_sizes(put: Exchange, words: Sequence[str]) -> Iterator[str]:
    """How much is asked and said, and how much of it is the same."""
    said = sum(len(_words(sentence)) for sentence in put.reply)
    asked, told = _matter(put.question), _matter(" ".join(put.reply[:4]))
    yield f"question in sixes of words: {min(len(words) // 6, 6)}"
    yield f"reply in scores of words: {min(said // 20, 7)}"
    yield f"words in common in sixths: {min(4, 6 * len(asked & told) // max(1, len(asked)))}"
    yield f"questions in the turn: {min(put.of, 4)}"
    yield f"questions before it: {min(put.place, 3)}"
    yield "put by an asker" if put.asker else "put by somebody else"
    if put.place + 1 >= put.of:
        yield "last of its turn"
    if not said:
        yield "nobody replies"
    if _BROKEN_OFF.search(put.question):
        yield "question breaks off"


def _opener(words: Sequence[str]) -> str:
    return next((word for word in words if word not in load_words("replies")["leading"]), "")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _matter(text: str) -> frozenset[str]:
    return frozenset(_words(text)).difference(load_words("replies")["bare"])


def _grams(words: Sequence[str]) -> Iterator[str]:
    for size in _GRAMS:
        for first in range(len(words) - size + 1):
            yield " ".join(words[first : first + size])


# Patterns


def _signs(text: str) -> list[str]:
    return [*_matching("evades", text), *_matching("says", text)]


def _matching(group: str, text: str) -> list[str]:
    return [name for name, pattern in load_patterns()[group].items() if pattern.search(text)]


@lru_cache(maxsize=4)
def load_patterns(folder: Path = FOLDER) -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """The patterns of `config/cues/replies.toml` by group and name.

    Raises `SettingsError` naming the file, and the pattern where it is one that cannot be used.
    """
    path = folder / "replies.toml"
    groups = read_table(path)
    try:
        return {
            group: {name: _pattern(path, group, name, every) for name, every in groups[group].items()}
            for group in ("evades", "says", "asks")
        }
    except KeyError as error:
        raise SettingsError(f"{path} has no table {error}. Restore it from the repository and start again.") from error


def _pattern(path: Path, group: str, name: str, every: Sequence[str]) -> re.Pattern[str]:
    try:
        return re.compile("|".join(every))
    except (re.error, TypeError) as error:
        raise SettingsError(f"{path}: {group}.{name} is no list of patterns: {error}. Correct it.") from error
