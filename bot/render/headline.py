"""One line that says an entry, from its slots and in its own words."""

import re
from collections.abc import Sequence

from bot.domain import CommitmentFinding, CommitmentKind, FactFinding, QuestionFinding
from bot.render.words import capital, clip

HEADLINE = 240
_ALONE = {
    CommitmentKind.PLEDGE: "Pledged",
    CommitmentKind.OFFER: "Offered",
    CommitmentKind.AGREEMENT: "Agreed",
    CommitmentKind.PLAN: "Planned",
    CommitmentKind.REFUSAL: "Refused",
    CommitmentKind.WITHDRAWAL: "Withdrawn",
    CommitmentKind.FULFILMENT: "Done",
}
"""What stands before an action that nobody is named for."""
NOBODY = "Unnamed"
"""What stands there where the kind's word would say too much."""
_CLAUSE = {CommitmentKind.PLEDGE: "pledged", CommitmentKind.AGREEMENT: "agreed"}
"""The kinds whose verb takes a whole sentence after `that`."""
_INFINITIVE = {
    CommitmentKind.PLEDGE: "pledged to",
    CommitmentKind.OFFER: "offered to",
    CommitmentKind.AGREEMENT: "agreed to",
    CommitmentKind.PLAN: "to",
    CommitmentKind.REFUSAL: "refused to",
}
_NEVER_VERBS = (
    "a an the this that these those its his her their our my your all any some no not both each every more most such "
    "up to of in on at by for from with what which who"
)
_SUBJECT_PRONOUNS = (
    "i we they he she it you who this that these those one everyone everybody someone somebody anyone anybody nobody "
    "both all each either neither some others"
)
_OTHER_PRONOUNS = (
    "its their our my his her your them us me him itself themselves ourselves himself herself myself yourself "
    "yourselves mine ours theirs yours hers whose whom which"
)
_PREPOSITIONS = "of in on at by for from with and or between among through"
_PLAIN_VERBS = (
    "accept achieve act address adopt advance aid allocate allow appoint assist avoid ban begin bring build buy "
    "carry close complete comply conduct consider construct continue contribute cooperate coordinate create cut "
    "deepen defend deliver deploy develop donate double end enforce engage enhance ensure establish expand extend "
    "facilitate fight finance find fix follow fund give grant halt help hold host impose implement improve include "
    "increase introduce invest join keep launch lead leave lift limit maintain make meet mobilise mobilize move "
    "negotiate offer open pay phase prevent produce promote protect provide publish purchase pursue put raise "
    "ratify rebuild recognise recognize reduce reform release remove repair replace respect respond restore return "
    "review sanction secure seek sell send set share sign spend stand start stay stop strengthen supply support "
    "suspend sustain take tackle train triple uphold use vote withdraw work"
)
_NO_VERB, _AFTER_NOUNS, _VERBS = (frozenset(words.split()) for words in (_NEVER_VERBS, _PREPOSITIONS, _PLAIN_VERBS))
_SUBJECTS = frozenset(_SUBJECT_PRONOUNS.split())
_PRONOUNS = _SUBJECTS | frozenset(_OTHER_PRONOUNS.split())
_FIRST_PERSON = frozenset({"i", "we"})
_FINITE = re.compile(r"\b(?:will|would|shall|should|must|can|could|may|might|is|are|was|were|be|has|have|had)\b")
_NEGATION = re.compile(r"(not|never|no longer)\s+(?:to\s+)?", re.IGNORECASE)
_DENIED_CLAUSE = re.compile(
    r"^(?:no|not|nobody|nothing|none|neither)\b.*?\b(?:will|would|shall|is|are)\b"
    r"|\b(?:will|would|shall|is|are|was|were)\s+(?:not|never|no longer)\b|n['’]t\b",
    re.IGNORECASE,
)
"""A sentence that denies by itself: `no jobs will be lost`, `the fund will not be touched`."""
_THREAT = re.compile(r"\b(?:threat|warn)", re.IGNORECASE)
_THREATENING = re.compile(r"\bthreaten", re.IGNORECASE)
_REFUSING = re.compile(r"\b(?:refus|declin|reject|rul(?:e|es|ed|ing) out)", re.IGNORECASE)
_LABEL = {
    CommitmentKind.REFUSAL: "refused",
    CommitmentKind.WITHDRAWAL: "withdrew",
    CommitmentKind.FULFILMENT: "fulfilled",
}


def commitment_headline(finding: CommitmentFinding) -> str:
    """`France and United Kingdom offered to deploy troops to Ukraine`.

    The verb stands in the past, which fits one actor and many, and is used only where the quote itself has the
    action as an infinitive, or as a sentence after `that`; otherwise the action follows a colon, as the text has it:
    `France: a visit to Kyiv`.
    """
    who, action = actor_words(finding), finding.action.strip().rstrip(".")
    if not action:
        return clip(f"{who or NOBODY}: {finding.kind}", HEADLINE)
    if not who:
        return clip(f"{_alone(finding)}: {action}", HEADLINE)
    said = _with_verb(finding, action) if _can_be_subject(finding) else ""
    if said:
        return clip(f"{who} {said}", HEADLINE)
    label = "" if _negated(finding) else _LABEL.get(finding.kind, "")
    return clip(f"{who} {label}".rstrip() + f": {action}", HEADLINE)


def actor_words(finding: CommitmentFinding) -> str:
    """The actors, else their words in the text (a pronoun in quotation marks); "" where none is named."""
    words = finding.actor_text.strip()
    if not finding.actors and words.casefold() in _PRONOUNS:
        return f"“{capital(words)}”"
    return capital(_and(finding.actors) or words)


def _and(names: Sequence[str]) -> str:
    """`A, B and C`: in the language of the sources, as the rest of the headline is."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _alone(finding: CommitmentFinding) -> str:
    """`Planned`: the kind where nobody is named, if the kind can say it without saying more than the text."""
    return NOBODY if _threatens(finding) or _negated(finding) else _ALONE[finding.kind]


def _with_verb(finding: CommitmentFinding, action: str) -> str:
    """`pledged to leave`, `pledged not to leave`, `pledged that it will leave`; "" where none is grammatical."""
    verb = _verb(finding)
    if (clause := _CLAUSE.get(finding.kind)) and not _threatens(finding) and _is_clause(finding, action):
        return f"{clause} that {action}"
    if negation := _NEGATION.match(action):
        rest = action[negation.end() :]
        if not verb or not rest or not _is_infinitive(finding, rest, negation[1]):
            return ""
        if finding.kind is CommitmentKind.REFUSAL:
            return f"{negation[1]} to {rest}" if _negated(finding) else ""
        return f"{verb.removesuffix('to')}{negation[1]} to {rest}"
    return f"{verb} {action}" if verb and _is_infinitive(finding, action) else ""


def _verb(finding: CommitmentFinding) -> str:
    """What stands before an infinitive: of a threat the text's own word, of a warning nothing."""
    if not _threatens(finding):
        return _INFINITIVE.get(finding.kind, "")
    return "threatened to" if finding.kind is CommitmentKind.PLEDGE and _THREATENING.search(finding.why.cue) else ""


def _negated(finding: CommitmentFinding) -> bool:
    """Whether a refusal is in its action's own `not` or `no` already, so that `refused` would deny it twice."""
    refused = finding.kind is CommitmentKind.REFUSAL and (
        _NEGATION.match(finding.action.strip()) or _DENIED_CLAUSE.search(finding.action)
    )
    return bool(refused) and not _REFUSING.search(finding.why.cue)


def _threatens(finding: CommitmentFinding) -> bool:
    """Whether the text's own word is a threat or a warning, for which `pledged` would be too kind."""
    return bool(_THREAT.search(finding.why.cue))


def _is_clause(finding: CommitmentFinding, action: str) -> bool:
    """Whether the action is a sentence with a subject of its own: `both dredgers will leave port`, `it will leave`."""
    first = action.split()[0].casefold()
    if first in _FIRST_PERSON or first in _VERBS or not _FINITE.search(action.partition(" ")[2]):
        return False
    if first in _SUBJECTS and _FINITE.match(action.partition(" ")[2]):
        return True
    that = re.compile(rf"\bthat\s+{_flexible(action)}", re.IGNORECASE)
    return any(that.search(evidence.quote) for evidence in finding.evidence)


def _can_be_subject(finding: CommitmentFinding) -> bool:
    """Whether a verb may follow: not after `its`."""
    words = finding.actor_text.strip().casefold()
    return bool(finding.actors) or words in _SUBJECTS or words not in _PRONOUNS


def question_headline(finding: QuestionFinding) -> str:
    """The question as a person would ask it, else the matter in the text's words."""
    return clip(capital(finding.question or finding.content), HEADLINE)


def fact_headline(finding: FactFinding) -> str:
    """The statement."""
    return clip(finding.statement, HEADLINE)


def _is_infinitive(finding: CommitmentFinding, action: str, negation: str = "") -> bool:
    """Whether some quote has the action after `to` or a modal, which makes its first word a plain verb.

    `committed to` takes nouns as well (`to peace`), so there only words that are plainly verbs count. `negation` is
    the word that the action began with (`not to leave`, `will not leave`); a refusal may have it before its action.
    """
    words = [word.strip(",;") for word in action.split()[:2]]
    if not words[0].islower() or words[0] in _NO_VERB or words[0].endswith("ing"):
        return False
    modal = r"(?:will|would|shall)"
    if negation:
        lead = rf"\b(?:(\w+)\s+{negation}\s+to|(?:to|{modal})\s+{negation})"
    elif finding.kind is CommitmentKind.REFUSAL:
        lead = rf"\b(?:(\w+)\s+to|{modal}(?:\s+(?:not|never|no\s+longer))?|(?:wo|would|sha)n['’]t)"
    else:
        lead = rf"\b(?:(\w+)\s+to|{modal})"
    pattern = re.compile(rf"{lead}\s+(?:\w+ly\s+)?{_flexible(' '.join(words))}\b", re.IGNORECASE)
    found = [match for evidence in finding.evidence for match in pattern.finditer(evidence.quote)]
    plainly = words[0] in _VERBS and words[-1] not in _AFTER_NOUNS
    return any(plainly or not (match[1] or "").lower().startswith("commit") for match in found)


def _flexible(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))
