"""How an entry may bear on an earlier one: proposals for people to confirm or reject. Pure, and precision first.

Two entries are only compared where they share a key: an actor with a telling stem of the action, for answers a stem of
the question. Each proposal says in words why it was made; it changes nothing until a person confirms it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.domain import (
    CommitmentFinding,
    CommitmentKind,
    CommitmentStatus,
    FactFinding,
    LinkKind,
    Proposal,
    QuestionFinding,
    QuestionKind,
    QuestionStatus,
)
from bot.ledger.amounts import NUMBERS, amounts, is_number
from bot.ledger.same import FORWARD
from bot.ledger.values import other_day
from bot.ledger.words import carrying, content, folded, names, stem, turned, words

Finding = CommitmentFinding | QuestionFinding | FactFinding

FEWEST_SHARED = 2
"""Two entries share at least so many telling stems, or they are not compared."""
MOST = 2
"""A finding is proposed to bear on no more entries than this, in one kind of link."""
MAKES: dict[LinkKind, str] = {
    LinkKind.SUPERSEDES: CommitmentStatus.OVERTAKEN,
    LinkKind.FULFILS: CommitmentStatus.REPORTED_DONE,
    LinkKind.WITHDRAWS: CommitmentStatus.WITHDRAWN,
    LinkKind.CONTRADICTS: "",
    LinkKind.ANSWERS: QuestionStatus.ANSWERED,
}
"""Where a confirmed link leaves the older entry; "" where it leaves it as it is."""

_VAGUE = content("""
    provide support continue work help assist assistance take make give get go do effort efforts commitment commit
    together ensure strengthen build promote address advance new more all other including include country countries
    world people government part way year years today tomorrow next time well need able further additional important
    international global partner partners ally allies issue issues first one two many much forward member members
    every each own some most us states state united secretary president minister department foreign
    pledge promise plan offer agree agreement commitment announce say
    from or not no nor who which what under into than more most human rights
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
""")
"""Stems that so many actions have that they tell no matter."""
_COUNTED = content(" ".join(NUMBERS))
_ASKING = content("who what when where which why how much many whether if will would could should can may might "
                  "decide decided decision unclear known yet say said")  # fmt: skip
_OPEN = re.compile(
    r"\?|\b(?:whether|unclear|uncertain|unknown|not clear|not known|yet to|not yet|not decided|undecided|remains to be|"
    r"remains open|would not say|declined to say|if|unless|provided that|may|might|could|possible|possibly)\b"
)
_PRONOUNS = frozenset(
    [
        "they",
        "them",
        "these",
        "those",
        "he",
        "him",
        "she",
        "her",
        "it",
        "this",
        "that",
        "there",
        "we",
        "us",
        "i",
        "you",
        "his",
        "their",
        "its",
        "our",
    ]
)
_WISHED = re.compile(
    r"\b(?:expect\w*|ensur\w+|urg\w+|calls? on|called on|calling on|must|should|hop(?:e|es|ing)|needs? to|wants?|"
    r"want(?:ed|ing)|if|whether|unless|would|can|could)\b"
)
"""Words by which a text wishes for what it does not report."""
_UNDOING = content("withdraw withdrawal pull suspend halt freeze revoke cancel end stop prevent avoid refrain ban")
"""Stems of actions that are themselves the end of another."""
_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:\s+(?:of\s+|of\s+the\s+|the\s+)?[A-Z][\w’'-]*)*")
_NAMES = re.compile(r"\b[A-Z][\w’'-]*")
_HOW_MANY = re.compile(r"\bhow (?:much|many|long|soon|far)\b")
_WHEN = re.compile(r"\bwhen\b")
_SAYS_WHEN = re.compile(
    r"\b(?:\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|(?:19|20)\d\d|week|month)\b"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a Source says of an entry, and on which day; names as people decided on them."""

    entry: str
    finding: Finding
    day: date


def link_keys(finding: Finding) -> tuple[str, ...]:
    """The keys under which a finding is found by what bears on it, with its names as the Source has them."""
    match finding:
        case CommitmentFinding():
            actors = names(finding.actors) or names((finding.actor_text,))
            return tuple(f"{actor}|{one}" for actor in sorted(actors) for one in sorted(telling(finding.action)))
        case QuestionFinding():
            return tuple(f"?|{one}" for one in sorted(asked(finding)))
    return ()


def sought_keys(finding: Finding, called: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The keys of what a finding may bear on, or that may bear on it; `called` gives all names of a party."""
    match finding:
        case CommitmentFinding():
            actors = {alias for actor in names(finding.actors) for alias in called(actor)}
            own = (f"{actor}|{one}" for actor in sorted(actors) for one in sorted(telling(finding.action)))
            return (*own, *_questions(" ".join(e.quote for e in finding.evidence)))
        case FactFinding():
            parties = {alias for party in names(_subjects(finding)) for alias in called(party)}
            done = (f"{party}|{one}" for party in sorted(parties) for one in sorted(telling(finding.statement)))
            return (*done, *_questions(finding.statement))
    return ()


def _subjects(fact: FactFinding) -> tuple[str, ...]:
    """Who a fact may tell a deed of: the parties it is about, and the names among its first words."""
    first = " ".join(fact.statement.split()[:_SUBJECT])
    found = [name.removeprefix("The ") for name in _NAME.findall(first)]
    return (*fact.about, *found, *(name.split()[-1] for name in found))


def _questions(text: str) -> list[str]:
    return [f"?|{one}" for one in sorted(telling(text))]


@lru_cache(maxsize=8192)
def telling(text: str) -> frozenset[str]:
    """The stems of a text that tell one matter from another; numbers are compared apart."""
    return frozenset(one for one in content(text) - _VAGUE - _COUNTED if not is_number(one) and len(one) > 1)


def asked(question: QuestionFinding) -> frozenset[str]:
    """The stems that a text which settles a question must have."""
    return telling(question.content or question.question) - _ASKING


def proposals(said: Said, held: Sequence[Said]) -> tuple[Proposal, ...]:
    """How what was just said bears on entries held, or they on it: the closest first, then the latest, few of each."""
    found: dict[str, tuple[float, int, Proposal]] = {}
    for each in held:
        earlier, later = (each, said) if each.day <= said.day else (said, each)
        if each.entry == said.entry or not (link := _link(earlier, later)):
            continue
        placed = (-link[0], -each.day.toordinal(), link[1])
        found[each.entry] = min(found.get(each.entry, placed), placed, key=lambda one: one[:2])
    best: dict[LinkKind, list[Proposal]] = defaultdict(list)
    for _, _, proposal in sorted(found.values(), key=lambda one: (*one[:2], one[2].older, one[2].newer)):
        best[proposal.kind].append(proposal)
    return tuple(proposal for kind in LinkKind for proposal in best[kind][:MOST])


def _link(old: Said, new: Said) -> tuple[float, Proposal] | None:
    match old.finding, new.finding:
        case CommitmentFinding() as was, CommitmentFinding() as now:
            past = was.due_date is not None and was.due_date < new.day
            found = _between(was, now, (new.day - old.day).days, past=past)
        case CommitmentFinding() as undertaken, FactFinding() as fact if new.day > old.day:
            found = _done(undertaken, fact)
        case QuestionFinding() as question, CommitmentFinding() | FactFinding() as answer if new.day > old.day:
            found = _answers(question, answer)
        case _:
            return None
    if found is None:
        return None
    kind, closeness, why = found
    apart = (new.day - old.day).days
    when = f"{apart} day{'' if apart == 1 else 's'} later" if apart else "on the same day"
    return closeness, Proposal(kind, new.entry, old.entry, f"{why}; {when}", str(MAKES[kind]))


Found = tuple[LinkKind, float, str] | None


def _between(old: CommitmentFinding, new: CommitmentFinding, apart: int, *, past: bool) -> Found:
    """How a later commitment bears on an earlier one of the same actor; `past` where the older one's day was over."""
    if not _same_actor(old, new) or _hearsay(old) or _hearsay(new):
        return None
    shared, closeness = _matter(old, new)
    if len(shared) < FEWEST_SHARED:
        return None
    matter = f"same actor, same matter ({', '.join(_as_written(new.action, shared))})"
    was, now = old.kind, new.kind
    if was in FORWARD and now in _TURNS and apart and _close(closeness, shared, _NEAR) and not _wished(new):
        kind, verb = _TURNS[now]
        if now is CommitmentKind.REFUSAL and not _opposed(old, new):
            return None
        return kind, closeness, f"{matter}: {was}, now {verb}"
    if was in _BACK and now in FORWARD and apart and _close(closeness, shared, _NEAR) and not _undoing(old, new):
        turned_round = was is CommitmentKind.WITHDRAWAL or _opposed(old, new)
        return (LinkKind.CONTRADICTS, closeness, f"{matter}: {_BACK[was]}, now {now}") if turned_round else None
    if was in FORWARD and now in FORWARD and closeness >= _CLOSE and not past and _comparable(old, new):
        return _changed(old, new, apart, closeness, matter)
    return None


_NEAR, _CLOSE = 0.5, 0.6
_MANY, _LESS = 4, 0.4


def _close(share: float, shared: frozenset[str], needed: float) -> bool:
    """Whether two actions are of one matter; of many telling words that they share, a smaller part will do."""
    return share >= (_LESS if len(shared) >= _MANY else needed)


_TURNS = {
    CommitmentKind.FULFILMENT: (LinkKind.FULFILS, "said to be done"),
    CommitmentKind.WITHDRAWAL: (LinkKind.WITHDRAWS, "withdrawn"),
    CommitmentKind.REFUSAL: (LinkKind.CONTRADICTS, "refused"),
}
_BACK = {CommitmentKind.REFUSAL: "refused", CommitmentKind.WITHDRAWAL: "withdrawn"}


def _same_actor(old: CommitmentFinding, new: CommitmentFinding) -> bool:
    """Whether one is the other's, or one of several: who is named for neither is nobody."""
    first, second = names(old.actors), names(new.actors)
    return bool(first and second) and (first <= second or second <= first)


def _hearsay(finding: CommitmentFinding) -> bool:
    return finding.firmness == "disputed"


def _wished(finding: CommitmentFinding) -> bool:
    """Whether the sentence wishes for what it seems to report."""
    return any(_WISHED.search(folded(e.quote)) for e in finding.evidence)


def _undoing(old: CommitmentFinding, new: CommitmentFinding) -> bool:
    """Whether either action is itself the end of something, so that yes and no cannot be told by the kind."""
    return bool((content(old.action) | content(new.action)) & _UNDOING)


def _comparable(old: CommitmentFinding, new: CommitmentFinding) -> bool:
    return _same_names(old, new) and not _undoing(old, new)


def _same_names(old: CommitmentFinding, new: CommitmentFinding) -> bool:
    """Whether the names in one action are all in the other: other places and people are another matter."""
    first, second = (content(" ".join(_NAMES.findall(each.action))) - _VAGUE for each in (old, new))
    return first <= second or second <= first


def _matter(old: CommitmentFinding, new: CommitmentFinding) -> tuple[frozenset[str], float]:
    """The telling stems that two actions share, and which share of all of them they are."""
    ignored = content(" ".join((*old.actors, *new.actors)))
    first, second = telling(old.action) - ignored, telling(new.action) - ignored
    shared = first & second
    return shared, 2 * len(shared) / (len(first) + len(second)) if shared else 0.0


def _opposed(old: CommitmentFinding, new: CommitmentFinding) -> bool:
    """Whether a refusal and a step forward are of the same course: neither is turned round in its own words."""
    return turned(old.action) == turned(new.action)


def _changed(old: CommitmentFinding, new: CommitmentFinding, apart: int, closeness: float, matter: str) -> Found:
    """The same matter with another polarity, amount or day: what takes its place, or cannot be so beside it.

    A day that had passed by then was that of an earlier round.
    """
    if turned(old.action) != turned(new.action):
        return LinkKind.CONTRADICTS, closeness, f"{matter}: one says the opposite of the other"
    told = _other_amount(old.action, new.action) or _other_day(old, new)
    if not told:
        return None
    return (LinkKind.SUPERSEDES if apart else LinkKind.CONTRADICTS), closeness, f"{matter}: {told}"


def _other_amount(old: str, new: str) -> str:
    was, now = amounts(old), amounts(new)
    differing = [unit for unit in was if unit in now and was[unit] != now[unit]]
    return "; ".join(f"{was[unit]:,.10g}, then {now[unit]:,.10g} ({unit})" for unit in differing)


def _other_day(old: CommitmentFinding, new: CommitmentFinding) -> str:
    return f"due {old.due}, then {new.due}" if other_day(old, new) else ""


def _done(undertaken: CommitmentFinding, fact: FactFinding) -> Found:
    """A later fact says that an undertaking was carried out: its actor did, in the past tense, what the action says."""
    if undertaken.kind not in FORWARD or turned(undertaken.action) or _NOT_DONE.search(folded(fact.statement)):
        return None
    if not _did(undertaken, fact.statement):
        return None
    ignored = content(" ".join(undertaken.actors))
    wanted, told = telling(undertaken.action) - ignored, telling(fact.statement) - ignored
    shared = wanted & told
    named = content(" ".join(_NAMES.findall(undertaken.action))) - _VAGUE - ignored
    if len(named & content(fact.statement)) < _LESS * len(named):
        return None
    if len(shared) < FEWEST_SHARED or not _close(len(shared) / len(wanted), shared, _MOST_OF):
        return None
    shown = ", ".join(_as_written(fact.statement, shared))
    return (
        LinkKind.FULFILS,
        len(shared) / len(wanted),
        f"same actor, same matter ({shown}): {undertaken.kind}, now told as done",
    )


def _did(undertaken: CommitmentFinding, statement: str) -> bool:
    """Whether a statement says that the actors did what the action says: its verb in the past, close after their names.

    Where both say how much, it must not be less.
    """
    verb, told = next(iter(words(undertaken.action)), ""), words(statement)
    actor = content(" ".join(undertaken.actors))
    last = max((n for n, word in enumerate(told[:_SUBJECT]) if content(word) and content(word) <= actor), default=-1)
    if last < 0 or not actor <= content(" ".join(told[:_SUBJECT])) or stem(verb) in _NO_DEED:
        return False
    was, now = amounts(undertaken.action, added=True), amounts(statement, added=True)
    enough = not was or not now or max(now.values()) >= max(was.values())
    return enough and any(_is_past(word, verb) for word in told[last + 1 : last + 1 + _CLOSE_BY])


def _is_past(word: str, verb: str) -> bool:
    past = _PAST.get(verb)
    return word in past if past else word.endswith("ed") and stem(word) == stem(verb)


_NO_DEED = content("continue remain keep be have support seek look want discuss reaffirm reiterate underscore")
"""Verbs that are never over and done."""
_CLOSE_BY = 4
_SUBJECT, _MOST_OF = 8, 0.6
_NOT_DONE = re.compile(
    r"\b(?:will|would|to be|plans?|intends?|expects?|should|must|not|never|no|if|unless|whether|may|might|could|yet|"
    r"pledged|promised|offered|agreed|committed|vowed|refused|failed)\b"
)
_PAST = {
    "send": {"sent"}, "lend": {"lent"}, "pay": {"paid"}, "build": {"built"}, "rebuild": {"rebuilt"},
    "give": {"gave", "given"}, "make": {"made"}, "hold": {"held"}, "meet": {"met"}, "take": {"took", "taken"},
    "bring": {"brought"}, "buy": {"bought"}, "sell": {"sold"}, "lead": {"led"}, "leave": {"left"},
    "begin": {"began", "begun"}, "withdraw": {"withdrew", "withdrawn"}, "lay": {"laid"}, "speak": {"spoke"},
}  # fmt: skip
"""The past of verbs that do not end in `ed`."""


def _answers(question: QuestionFinding, answer: CommitmentFinding | FactFinding) -> Found:
    """A later text settles a question where it says all that is asked, of who it is asked of, and little else."""
    told = _told(answer)
    wanted, sentence = asked(question), folded(" ".join(e.quote for e in answer.evidence))
    if len(wanted) < _FEWEST_ASKED or not wanted <= content(told) or _OPEN.search(sentence):
        return None
    share = len(wanted) / len(telling(told) | wanted)
    if share < (_SHARE if len(wanted) > _FEWEST_ASKED else _SHARE_OF_FEW) or set(words(question.content)) & _PRONOUNS:
        return None
    if question.kind is QuestionKind.UNCERTAINTY or not _of_whom(question, answer):
        return None
    said = folded(f"{question.question} {question.content}")
    if (_HOW_MANY.search(said) and not amounts(told)) or (_WHEN.search(said) and not _SAYS_WHEN.search(sentence)):
        return None
    shown = ", ".join(_as_written(told, wanted))
    return LinkKind.ANSWERS, share, f"a later sentence says all that is asked ({shown})"


def _of_whom(question: QuestionFinding, answer: CommitmentFinding | FactFinding) -> bool:
    """Whether an answer is of those that are asked about: who is asked for is named, who is known is the same."""
    if isinstance(answer, FactFinding):
        about = content(" ".join(question.about))
        return bool(about) and about <= content(answer.statement)
    actors, known = content(" ".join(answer.actors)), content(question.content)
    return bool(actors) and (not actors & known if "who" in words(question.content) else actors <= known)


def _told(answer: CommitmentFinding | FactFinding) -> str:
    """What a possible answer says: for a commitment who and what, not the rest of its sentence."""
    if isinstance(answer, FactFinding):
        return answer.statement
    return " ".join((*answer.actors, answer.actor_text, answer.action, *answer.recipients))


_SHARE, _SHARE_OF_FEW = 0.34, 0.5
_FEWEST_ASKED = 2


def _as_written(text: str, stems: frozenset[str]) -> list[str]:
    """The words of a text that have these stems, each stem once, in the order of the text."""
    found: dict[str, str] = {}
    for word in words(text):
        for one in carrying(word):
            if one in stems:
                found.setdefault(one, word)
    return list(found.values())
