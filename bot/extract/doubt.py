"""How much speaks for it that a candidate is an open question: the judge of `config/judges/questions.json`.

A rule that holds a cue to be sound needs only little more to be believed; a cue that stands doubtfully, a bare question
mark and a sentence that only reads like an open question need the judge's full word. Of a question put in a transcript
another judge decides, that of `bot.extract.replies`.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain import QuestionKind
from bot.extract import replies
from bot.extract.asking import Candidate, Ground
from bot.extract.clauses import Tree
from bot.extract.judge import Verdict, load_judge
from bot.extract.reading import Reading
from bot.extract.scope import tense
from bot.extract.sense import log_odds

JUDGE = "questions"
ENOUGH = {Ground.SOUND: 0.12, Ground.MARK: 0.5, Ground.UNNAMED: 0.5}
"""The least chance by ground; any other ground needs the threshold of the judge's file."""
ASKED = 0.3
"""The least chance of a clause under a sound cue: "to determine how to help" is open more seldom than "no date"."""
MEASURES = ("stands as", "reads like an open question", "cue reads like one", "matter reads like one")
ANSWER = "answer leaves one open"
LEAST_HEARD = -2.5
"""Log odds; against a cue that stands as it should, the network's word counts no more than this."""
_LONG = 12


def verdict_on(candidate: Candidate, reading: Reading) -> Verdict:
    """What the judge says of a candidate in its document."""
    if candidate.ground is Ground.PUT:
        read = replies.measures(candidate.sentence, candidate.answers, reading)
        return load_judge(replies.JUDGE).weigh(candidate.features, read)
    verdict = load_judge(JUDGE).weigh(features(candidate), measures(candidate, reading))
    return replace(verdict, accepted=verdict.score >= enough(candidate))


def enough(candidate: Candidate) -> float:
    """The least score with which a candidate is accepted."""
    if candidate.ground is Ground.PUT:
        return load_judge(replies.JUDGE).threshold
    if candidate.ground is Ground.SOUND and candidate.kind is QuestionKind.INDIRECT:
        return ASKED
    return ENOUGH.get(candidate.ground, load_judge(JUDGE).threshold)


def features(candidate: Candidate) -> tuple[str, ...]:
    """The features of a candidate, in a fixed order, each once."""
    tree, ground = candidate.tree, candidate.ground.value
    found = [f"stands as {ground}", f"kind {candidate.kind.value}", *candidate.features]
    found += [f"{each}, {ground}" for each in candidate.features]
    found += ["a long matter"] * (len(candidate.words) > _LONG)
    if candidate.head is not None:
        found.append(f"matter is {candidate.head.pos_}")
    return tuple(dict.fromkeys([*found, *_of_sentence(tree)]))


def _of_sentence(tree: Tree) -> list[str]:
    found = ["in quotation marks"] * any(form in {'"', "``", "''"} for form in tree.forms)
    found += ["speaks of oneself"] * any(form in {"i", "my", "me"} for form in tree.forms)
    found += ["speaks to somebody"] * any(form in {"you", "your"} for form in tree.forms)
    return [*found, f"main clause {tense(tree, tree.root)}"] if tree.root.pos_ in {"VERB", "AUX"} else found


def measures(candidate: Candidate, reading: Reading) -> Mapping[str, float]:
    """How much the sentence, the cue, the matter and what follows read like those of an open question, in log odds.

    Each counts by the candidate's ground, and so does a constant.
    """
    sense = reading.sense_of(candidate.sentence)
    if sense is None:
        return {}
    first = candidate.tree.first
    heard = log_odds(sense.asks)
    sizes = (
        1.0,
        max(heard, LEAST_HEARD) if candidate.ground is Ground.SOUND else heard,
        log_odds(sense.most("question cue", (token.i - first for token in candidate.signs))),
        log_odds(sense.most("matter", (token.i - first for token in candidate.words))),
    )
    found = dict(zip(MEASURES, sizes, strict=True))
    heard_after = [log_odds(reply.asks) for each in candidate.answers if (reply := reading.sense_of(each)) is not None]
    if heard_after:
        found[ANSWER] = max(heard_after)
    return {f"{name}, {candidate.ground.value}": size for name, size in found.items()}
