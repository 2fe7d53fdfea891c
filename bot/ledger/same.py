"""Is this plain repetition? Conservative: what is merged by itself must hold; the rest is for people to decide.

Each answer is the reason in words, or None. Names are compared as the extractor made them canonical.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from bot.domain import CommitmentFinding, CommitmentKind, Evidence, FactFinding, QuestionFinding
from bot.ledger.matter import (
    MOST_DAYS,
    done_once,
    matter_keys,
    of_an_event,
    points,
    roots,
    same_action,
    same_asked,
    specific,
    unnamed,
)
from bot.ledger.words import carrying, content, names, turned, words

FORWARD = frozenset({CommitmentKind.OFFER, CommitmentKind.PLEDGE, CommitmentKind.AGREEMENT, CommitmentKind.PLAN})
"""Kinds that are steps of one matter; refusal, withdrawal and fulfilment are matters of their own until linked."""

FEWEST_WORDS = 2
"""A matter in fewer words than this ("help", "act") is too vague to be the same as any other."""

LONG = 12
"""A sentence of so many words is the same matter even where its action only points elsewhere ("do so")."""
FEWEST_ASKED = 3
LONGEST_KEY = 160
QUOTED = "Still open:"
"""How a question begins that only quotes the text."""


_PLACED = frozenset({"above", "below"})


def commitment_key(finding: CommitmentFinding) -> str:
    """What repetitions of a commitment have in common, "" where it is too vague to be known again.

    One without an actor, or in too few words, is known again by its sentence alone.
    """
    actors, action = names(finding.actors), content(finding.action)
    if not _telling(finding):
        said = max(_sentences(finding), key=lambda sentence: (len(sentence), sentence), default="")
        return _digest(repr((*_matter(finding), said))) if said and _known_by(finding.action, len(words(said))) else ""
    return _key(_family(finding.kind), actors, action)


def question_key(finding: QuestionFinding) -> str:
    """What repetitions of a question have in common, "" where it is too vague to be known again."""
    asked = carrying(finding.question)
    return _short(" ".join(("question", *asked))) if len(asked) >= FEWEST_ASKED else ""


def fact_key(finding: FactFinding) -> str:
    """What repetitions of a fact have in common: the very words."""
    said = words(finding.statement)
    return _digest(" ".join((finding.kind, *said))) if said else ""


def _key(head: str, *sets: frozenset[str]) -> str:
    return _short("/".join((head, *(" ".join(sorted(part)) for part in sets))))


def _short(key: str) -> str:
    return key if len(key) <= LONGEST_KEY else _digest(key)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _family(kind: CommitmentKind) -> str:
    return "forward" if kind in FORWARD else kind.value


def same_commitment(old: CommitmentFinding, new: CommitmentFinding) -> str | None:
    """Why `new` says `old` again: same actors, same action; recipients, condition and due not at odds."""
    if _another_event(old, new) or _another_page(old, new):
        return None
    if not _telling(old) and not _telling(new) and (sentence := _same_sentence(old, new)):
        return sentence
    if (actors := _same_actors(old, new)) is None:
        return None
    action = _same_action(old, new)
    if action is None or _another_time(old, new):
        return None
    recipients = _agree("recipient", names(old.recipients), names(new.recipients))
    condition = _same_condition(old.condition, new.condition)
    due = _same_due(old, new)
    if recipients is None or condition is None or due is None:
        return None
    return _reason([actors, action, recipients, condition, due], old.evidence, new.evidence)


def _same_actors(old: CommitmentFinding, new: CommitmentFinding) -> str | None:
    """How two commitments agree on who; who has no name is the same in the same words on one website, for a matter
    that is told in enough words.
    """
    if _telling(old) and _telling(new):
        same = names(old.actors) == names(new.actors)
        return ("same actors" if len(new.actors) > 1 else "same actor") if same else None
    called = unnamed(new.actor_text)
    nameless = not names(old.actors) and not names(new.actors) and called and called == unnamed(old.actor_text)
    site = _sites(old.evidence) & _sites(new.evidence)
    if not nameless or not site or not specific(old.action) or not specific(new.action):
        return None
    return f"the actor in the same words (“{new.actor_text}”) on {min(site)}"


def _sites(evidence: Sequence[Evidence]) -> frozenset[str]:
    """The websites that some evidence comes from."""
    return frozenset(urlsplit(e.source.origin).netloc for e in evidence if e.source and "://" in e.source.origin) - {""}


def _same_action(old: CommitmentFinding, new: CommitmentFinding) -> str | None:
    """How the actions of the same actors are the same, None where they are not, or are steps of different matters."""
    if _family(old.kind) != _family(new.kind):
        return None
    if content(old.action) == content(new.action):
        return "same action" if _same_course(old.action, new.action) else None
    return same_action(old.action, new.action) if set(matter_keys(old)) & set(matter_keys(new)) else None


def _another_time(old: CommitmentFinding, new: CommitmentFinding) -> bool:
    """Whether what is done once was said too long ago to be meant again."""
    first, second = _published(old.evidence), _published(new.evidence)
    if not first or not second or not done_once(new.action):
        return False
    return abs((second - first).days) > MOST_DAYS


def _another_event(old: CommitmentFinding, new: CommitmentFinding) -> bool:
    """Whether it is said of an event without a name, on another day."""
    if new.actors or not of_an_event(new.actor_text, new.action):
        return False
    return _published(old.evidence) != _published(new.evidence)


def _another_page(old: CommitmentFinding, new: CommitmentFinding) -> bool:
    """Whether it is done to what stands "above" or "below" on a page of another day."""
    return not _PLACED.isdisjoint(words(new.action)) and _published(old.evidence) != _published(new.evidence)


def _telling(finding: CommitmentFinding) -> bool:
    """Whether actor and action tell one matter from another, whatever the sentence."""
    return bool(names(finding.actors)) and len(content(finding.action)) >= FEWEST_WORDS


def _same_sentence(old: CommitmentFinding, new: CommitmentFinding) -> str | None:
    """Why `new` repeats `old` although neither says enough to tell: word for word the same sentence."""
    said = max(map(len, map(words, _sentences(old) & _sentences(new))), default=0)
    agreed = _matter(old) == _matter(new) and said > 0 and _known_by(new.action, said)
    if not agreed or _agree("recipient", names(old.recipients), names(new.recipients)) is None:
        return None
    return _reason(["the same sentence"], old.evidence, new.evidence)


def _known_by(action: str, length: int) -> bool:
    """Whether an action is known again by its sentence of so many words: a long one, or one that it says plainly."""
    return bool(words(action)) and (length >= LONG or (bool(roots(action)) and not points(action)))


def _matter(finding: CommitmentFinding) -> tuple[str, ...]:
    """Kind, actor and action as they are compared where only the sentence tells."""
    actors = " ".join(sorted(names(finding.actors)))
    return finding.kind.value, actors, " ".join(words(finding.actor_text)), " ".join(words(finding.action))


def _sentences(finding: CommitmentFinding) -> frozenset[str]:
    """The quotes with their white space folded."""
    return frozenset(" ".join(e.quote.split()) for e in finding.evidence)


def same_question(old: QuestionFinding, new: QuestionFinding) -> str | None:
    """Why `new` asks `old` again: in the same words or roots, about the same parties as far as they are given."""
    if (asked := _same_asked(old, new)) is None:
        return None
    about = _agree("party", names(old.about), names(new.about))
    if not (names(old.about) & names(new.about)) and _asked_long_ago(old, new):
        return None
    return None if about is None else _reason([asked, about], old.evidence, new.evidence)


def _asked_long_ago(old: QuestionFinding, new: QuestionFinding) -> bool:
    """Whether a matter of one word, such as "the investigation", was asked about so long ago that it is another."""
    first, second = _published(old.evidence), _published(new.evidence)
    return (
        len(roots(new.content)) < 2
        and first is not None
        and second is not None
        and abs((second - first).days) > MOST_DAYS
    )


def _same_asked(old: QuestionFinding, new: QuestionFinding) -> str | None:
    if new.question.startswith(QUOTED) and (points(new.content) or len(roots(new.content)) <= FEWEST_ASKED):
        return None
    if (key := question_key(new)) and key == question_key(old):
        return "same question" if turned(old.question) == turned(new.question) else None
    return "same question in other words" if same_asked(old.question, new.question) else None


def same_fact(old: FactFinding, new: FactFinding) -> str | None:
    """Why `new` states `old` again: word for word."""
    if not (key := fact_key(new)) or key != fact_key(old) or old.value != new.value:
        return None
    return _reason(["same statement"], old.evidence, new.evidence)


def _same_course(old: str, new: str) -> bool:
    """Whether two actions with the same words mean the same: their order tells only where something comes *from*."""
    return turned(old) == turned(new) and ("from" not in content(new) or carrying(old) == carrying(new))


def _agree(word: str, old: frozenset[str], new: frozenset[str]) -> str | None:
    """How two sets of names agree: "" where neither is given, None where they are at odds."""
    if old and new and old != new:
        return None
    if not old and not new:
        return ""
    return f"same {word}{'' if len(old) == 1 else 's'}" if old == new else f"{word} given once"


def _same_condition(old: str | None, new: str | None) -> str | None:
    """How two conditions agree: not at odds where one is missing, or where they share most of their words."""
    if not old and not new:
        return ""
    if not old or not new:
        return "condition given once"
    a, b = content(old) - _CONDITIONAL, content(new) - _CONDITIONAL
    if turned(old) != turned(new) or 2 * len(a & b) < min(len(a), len(b)) or (a != b and not a & b):
        return None
    return "same condition"


_CONDITIONAL = content("if in the case event of provided that providing once when should subject conditional on only")


def _same_due(old: CommitmentFinding, new: CommitmentFinding) -> str | None:
    """How two due dates agree: days where both are known, else words."""
    if not old.due or not new.due:
        return ""
    if old.due_date and new.due_date:
        return "same date due" if old.due_date == new.due_date else None
    return "same date due" if content(old.due) == content(new.due) else None


def _reason(parts: Sequence[str], old: Sequence[Evidence], new: Sequence[Evidence]) -> str:
    said = ", ".join(part for part in parts if part)
    first, second = _published(old), _published(new)
    if not first or not second:
        return said
    days = abs((second - first).days)
    apart = "on the same day" if days == 0 else f"{days} day{'' if days == 1 else 's'} apart"
    return f"{said}; {apart}"


def _published(evidence: Sequence[Evidence]) -> date | None:
    """The latest publication among the Sources of some evidence."""
    days = [e.source.published for e in evidence if e.source and e.source.published]
    return max(days, default=None)
