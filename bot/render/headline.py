"""One line that says an entry, from its slots and in its own words."""

import re

from bot.domain import CommitmentFinding, CommitmentKind, FactFinding, QuestionFinding
from bot.render.words import capital, clip, human_join

HEADLINE = 240
NO_ACTOR = "No actor named"
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
_SUBJECT_PRONOUNS = "i we they he she it you who"
_OTHER_PRONOUNS = "its their our my his her your them us me him this that these those itself themselves ourselves"
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
_LABEL = {
    CommitmentKind.REFUSAL: "refused",
    CommitmentKind.WITHDRAWAL: "withdrew",
    CommitmentKind.FULFILMENT: "fulfilled",
}


def commitment_headline(finding: CommitmentFinding) -> str:
    """`France and United Kingdom offered to deploy troops to Ukraine`.

    The verb stands in the past, which fits one actor and many, and is used only where the quote itself has the
    action as an infinitive; otherwise the action follows a colon, as the text has it: `France: a visit to Kyiv`.
    """
    who = actor_words(finding)
    action = finding.action.strip().rstrip(".")
    if not action:
        return clip(f"{who}: {finding.kind}", HEADLINE)
    verb = _INFINITIVE.get(finding.kind)
    if verb and _can_be_subject(finding) and _is_infinitive(finding):
        return clip(f"{who} {verb} {action}", HEADLINE)
    label = _LABEL.get(finding.kind)
    return clip(f"{who} {label}: {action}" if label else f"{who}: {action}", HEADLINE)


def actor_words(finding: CommitmentFinding) -> str:
    """The actors, else their words in the text (a pronoun in quotation marks), else that none is named."""
    words = finding.actor_text.strip()
    if not finding.actors and words.casefold() in _PRONOUNS:
        return f"“{capital(words)}”"
    return capital(human_join(finding.actors) or words or NO_ACTOR)


def _can_be_subject(finding: CommitmentFinding) -> bool:
    """Whether a verb may follow: not after `its` or where no actor is named."""
    words = finding.actor_text.strip().casefold()
    return bool(finding.actors) or (bool(words) and words not in _PRONOUNS - _SUBJECTS)


def question_headline(finding: QuestionFinding) -> str:
    """The question as a person would ask it, else the matter in the text's words."""
    return clip(capital(finding.question or finding.content), HEADLINE)


def fact_headline(finding: FactFinding) -> str:
    """The statement."""
    return clip(finding.statement, HEADLINE)


def _is_infinitive(finding: CommitmentFinding) -> bool:
    """Whether some quote has the action after `to` or a modal, which makes its first word a plain verb.

    `committed to` takes nouns as well (`to peace`), so there only words that are plainly verbs count.
    """
    words = [word.strip(",;") for word in finding.action.split()[:2]]
    if not words[0].islower() or words[0] in _NO_VERB or words[0].endswith("ing"):
        return False
    start = r"\s+".join(map(re.escape, words))
    pattern = re.compile(rf"\b(?:(\w+)\s+to|will|would|shall)\s+(?:\w+ly\s+)?{start}\b", re.IGNORECASE)
    found = [match for evidence in finding.evidence for match in pattern.finditer(evidence.quote)]
    plainly = words[0] in _VERBS and words[-1] not in _AFTER_NOUNS
    return any(plainly or not (match[1] or "").lower().startswith("commit") for match in found)
