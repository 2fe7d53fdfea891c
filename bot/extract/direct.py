"""Questions asked with a question mark: which of them the text leaves open.

Most are answered, rhetorical or polite. What is put in a transcript is weighed with the reply to it
(`bot.extract.replies`). In other texts two sorts are sound: one that the text itself calls a question ("the question
is: ..."), and one behind which it says that nobody knows. Of any other the judge decides, who also sees how what
follows reads.
"""

import re
from collections.abc import Sequence

from bot.domain import QuestionKind
from bot.extract.asking import Candidate, Ground, Setting
from bot.extract.clauses import Tree, plain
from bot.extract.interrogatives import clause_head, ends_in_a_title
from bot.extract.nominals import Phrased
from bot.extract.phrasing import WH, from_clause, from_direct
from bot.extract.reading import Reading, Sentence
from bot.extract.replies import exchange, features
from bot.extract.turns import Turn, without_label
from bot.extract.words import load_words

_SHORTEST = 5
_VERBS = frozenset({"VERB", "AUX"})
_NEAR = 120
_FIRST_WORDS = 12
_FAR = 12
_ANSWERS = 2
_ASKING = frozenset({"know", "idea", "say", "tell", "confirm", "estimate", "sense", "answer", "clarify", "explain"})
_POSED = re.compile(
    r"(?:^\W*(?:and |but |so |yet )?|[,;] (?:(?:and|but) )?)(?:the|a|one|some|another)\b[^?]{0,60}"
    r"\b(?:questions?|problem|issue|mystery|unknown)\b[^?]{0,45}\b(?:is|are|remains?)\b"
)
_TELLS = re.compile(r"^(?:\W*(?:and|but|so|well|okay|then)\b\W*)*you(?:'re|'ve)?\b")
_UNKNOWN = re.compile(
    r"\b(?:we (?:still |just )?(?:don't|do not) (?:yet )?know|unclear|remains to be seen"
    r"|(?:nobody|no one|no-one)(?: \w+){0,4} knows"
    r"|(?:is|are) not (?:yet )?(?:clear|known))\b"
)


def asked(sentence: Sentence, setting: Setting, turn: Turn | None, answers: tuple[Sentence, ...]) -> Candidate | None:
    """The question that a sentence asks, if it has a matter.

    `turn` is whose words it is in a transcript, and `answers` what is said to that, else what follows.
    """
    body = without_label(setting.text[sentence.start : sentence.end])
    tree = sentence.tree
    phrased = _embedded(tree) or from_direct(_as_put(body))
    if phrased is None:
        return None
    if turn is not None:
        if not any(token.pos_ in _VERBS for token in tree.tokens):
            return None  # "A number, too?" asks on, and tells nobody what
        ground, found = Ground.PUT, features(exchange(sentence, answers, setting.text, turn))
    else:
        reason = _reason(sentence, plain(body), setting.text)
        ground = Ground.SOUND if reason else Ground.MARK
        found = (*([reason] if reason else []), *_marked(tree, body, answers))
    return Candidate(
        sentence,
        tree,
        QuestionKind.DIRECT,
        "question mark",
        "?",
        phrased,
        tree.tokens,
        tree.root,
        "?",
        found,
        ground,
        answers=answers,
    )


def _as_put(body: str) -> str:
    """The question within a sentence that puts it: "the question is will it be enough?", "will it be enough?"."""
    put = _PUTS.search(body)
    return body[put.end() :] if put is not None else body


_PUTS = re.compile(
    r"\b(?:question|problem|issue|mystery)\b[^?,]{0,20}\b(?:is|was|remains)[,:]? [\"\u201c\u2018]?"
    r"(?=(?:are|can|did|do|does|how|is|should|was|were|what|when|where|which|who|why|will|would)\b)",
    re.IGNORECASE,
)


def following(sentence: Sentence, reading: Reading, text: str) -> tuple[Sentence, ...]:
    """The next sentences behind a question that ask nothing and may answer it."""
    later = reading.sentences[sentence.index + 1 : sentence.index + 1 + _FAR]
    return tuple(each for each in later if not is_question(each, text))[:_ANSWERS]


def _marked(tree: Tree, body: str, answers: Sequence[Sentence]) -> tuple[str, ...]:
    """How a bare question opens, whether it is one of those that put no matter, and how a reply opens."""
    first = next((tree.form(token) for token in tree.tokens if not token.is_punct and token.pos_ != "CCONJ"), "")
    found = [f"opener {first}", *(["puts no matter"] if _puts_no_matter(plain(body)) else [])]
    found += ["a short one"] * (len(body.split()) < _SHORTEST)
    found.append(f"reply opens with {answers[0].tree.forms[0]}" if answers else "nothing follows")
    return tuple(found)


def is_question(sentence: Sentence, text: str) -> bool:
    """Whether a sentence ends in a question mark of its own (closing quotation marks and brackets aside)."""
    marked = text[sentence.start : sentence.end].rstrip(" \"'\u201d\u2019)]*").endswith("?")
    return marked and not ends_in_a_title(sentence.tree)


def _reason(sentence: Sentence, body: str, text: str) -> str:
    """Why a question counts as open, "" if it does not."""
    if _POSED.search(body) and not _puts_no_matter(body):
        return "called a question"
    return "said to be unknown" if _UNKNOWN.search(plain(text[sentence.end : sentence.end + _NEAR])) else ""


def _puts_no_matter(body: str) -> bool:
    """Whether a question is a request, a courtesy, asks for a view, or only tells the other what he said."""
    return bool(_TELLS.match(body)) or any(words in body for words in load_words("questions")["no_matter"])


def _embedded(tree: Tree) -> Phrased | None:
    """The matter inside "Do you know who ...?", "Can you say whether ...?"."""
    for token in tree.tokens[2:_FIRST_WORDS]:
        if tree.form(token) not in WH | {"whether", "if"} or (tree.form(token) == "if" and token.dep_ != "mark"):
            continue
        head = clause_head(tree, token)
        before = {tree.form(tree.at(i)) for i in range(max(tree.first, token.i - 3), token.i)}
        return from_clause(tree, token, head) if head is not None and before & _ASKING else None
    return None
