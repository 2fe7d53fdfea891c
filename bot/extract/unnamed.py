"""Open questions in words that no cue names: what the network reads as a matter beside what it reads as a cue."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from bot.domain import QuestionKind
from bot.extract.asking import Candidate, Ground
from bot.extract.clauses import CALENDAR, SUBJECTS, Tree, plain, text_of
from bot.extract.cues import load_cues
from bot.extract.interrogatives import clause_head, is_relative, only_leads_over
from bot.extract.matters import frame_of
from bot.extract.nominals import Phrased, from_nominal, nominal_words, quoted
from bot.extract.openness import openness
from bot.extract.phrasing import WH, from_clause
from bot.extract.reading import Sentence
from bot.extract.sense import ROLES, Sense
from bot.extract.spelling import spell
from bot.extract.turns import without_label

RULE = "reads like an open question"
_PERHAPS, _SURE = 0.2, 0.6
_LEAST = 0.2
_SHARE = 0.5
_GAP = 2
_SHORTEST, _LONGEST = 2, 40
_WITHIN = frozenset({"at", "by", "from", "in", "through", "under", "with"})
_SETTING = frozenset({"if", "when", "where", "while", "as"})
_THINGS = frozenset({"something", "anything"})
_LOOKING = frozenset({"look", "consider", "study", "discuss", "examine", "weigh", "review", "work", "investigate"})
_UNDERTAKING = frozenset({"will", "would", "shall"})
_ONE_PERSON = frozenset({"i", "you", "one"})
_NAMING = frozenset({"NOUN", "PROPN", "VERB"})


def unnamed(sentence: Sentence, sense: Sense | None, known: frozenset[Token] = frozenset()) -> Iterator[Candidate]:
    """What a sentence leaves open as the network reads it: one candidate at most.

    There is none in the words of a look-alike, nor in `known`, of which the rules know better. Where the network does
    not tell cue and matter apart, the whole sentence is the matter, if there are no such words in it.
    """
    if sense is None or sense.asks < _PERHAPS:
        return
    tree = sentence.tree
    barred = known | load_cues("questions").look_alikes(tree)
    signs, words = (_stretch(tree, sense, role) for role in ("question cue", "matter"))
    words = _begun(tree, _up_to_cue(tree, _without_cue(tree, words, signs), signs))
    said, inside = _said(sentence), {token.i for token in words}
    signs = [token for token in signs if token.i not in inside and token in said]
    phrased = None
    if signs and words:
        supposed = openness(tree, _top(signs)).supposed
        free = barred.isdisjoint([*signs, *_before(tree, words)])
        fits = free and not supposed and not _looks_into_it(tree, words, signs)
        phrased = _told(tree, words, said) if fits else None
    if phrased is None and (sense.asks >= _SURE or not (signs and words)):
        signs, words = [], said
        phrased = None if barred or not words else _entire(tree, words)
    if phrased is None:
        return
    opener = _opener(tree, words)
    features = (f"opener {opener or 'none'}",) if signs else ("the whole sentence", f"begins with {opener or 'none'}")
    yield Candidate(
        sentence,
        tree,
        QuestionKind.INDIRECT if opener and signs else QuestionKind.UNCERTAINTY,
        RULE,
        text_of(signs),
        phrased,
        tuple(words),
        _top(words),
        opener if signs else "",
        features,
        Ground.UNNAMED,
        tuple(signs),
    )


def _looks_into_it(tree: Tree, words: Sequence[Token], signs: Sequence[Token]) -> bool:
    """Whether the words are who looks into a matter: "the lawyers are still looking at that"."""
    head = _top(words)
    return head.dep_ == "nsubj" and head.head in signs and tree.lemma(head.head) in _LOOKING


def _told(tree: Tree, words: Sequence[Token], every: Sequence[Token]) -> Phrased | None:
    """The matter in words that read like one: as a question where they are a whole clause or noun, else quoted.

    `every` are the words of the sentence without the label of who speaks.
    """
    if len(words) < _SHORTEST or not any(map(_names, words)) or _own(tree, words) or _is_label(tree, words):
        return None
    if _after_a_comma(tree, words[0]) or only_leads_over(tree, words) or words[0].pos_ == "CCONJ":
        return None
    if _opener(tree, words):
        cut_short = not any(token.pos_ in {"VERB", "AUX"} for token in words)  # "how much authority"
        led = [token for token in _before(tree, words) if token.dep_ == "case" and tree.head(token) == words[0]]
        if led and tree.form(led[0]) in _WITHIN:
            return quoted(spell([*led, *words]))  # "in which courts it could be tried"
        return _clause(tree, words) or quoted(spell(every if cut_short else words))
    head = _top(words)
    if head.dep_ == "advcl" or any(tree.lemma(kid) in _UNDERTAKING for kid in tree.children(head, "aux")):
        return None  # it is waited for ("can't sign until they see it") or will be done ("and would chase him")
    said = _whole(tree, words, head, every)
    if said and tree.form(said[0]) == "to":
        return None  # "I'm not going to get ahead of the talks"
    return _noun(tree, words, head) or (quoted(spell(said)) if said else None)


def _before(tree: Tree, words: Sequence[Token]) -> list[Token]:
    """The word right before others in the sentence; none at its beginning."""
    return [tree.at(words[0].i - 1)] if words[0].i > tree.first else []


def _said(sentence: Sentence) -> list[Token]:
    """The words of a sentence without the label of who speaks."""
    whole, tokens = sentence.span.text, sentence.tree.tokens
    start = tokens[0].idx + len(whole) - len(without_label(whole))
    return [token for token in tokens if token.idx >= start]


def _entire(tree: Tree, words: Sequence[Token]) -> Phrased | None:
    """The words of a sentence, quoted.

    None where they are many, quote a question, are all about the speaker or the reader, or only say that something is
    open ("The answer is that we do not know").
    """
    if len(words) > _LONGEST or "?" in tree.forms or _own(tree, words) or _sets_a_scene(tree, words[0]):
        return None
    signs = {token for match in load_cues("questions").matches(tree) for token in match.tokens}
    named = [token for token in words if token not in signs and _names(token)]
    return quoted(spell(words)) if len(named) >= _SHORTEST else None


def _sets_a_scene(tree: Tree, first: Token) -> bool:
    """Whether a sentence begins with what else is the case: "Where interest exceeds this, it will be taxed"."""
    return tree.form(first) in _SETTING and [tree.beside(first, place) for place in (1, 2)] != ["it", "comes"]


def _opener(tree: Tree, words: Sequence[Token]) -> str:
    """The interrogative word that words begin with, "" where they begin with none."""
    return form if (form := tree.form(words[0])) in WH | {"whether"} and not is_relative(tree, words[0]) else ""


def _after_a_comma(tree: Tree, token: Token) -> bool:
    """Whether a "which" is one that only tells more of what was named: "the plan, which is expected to ..."."""
    return tree.form(token) == "which" and tree.beside(token, -1) == ","


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
        if tree.form(token) not in asking or is_relative(tree, token) or _after_a_comma(tree, token):
            continue
        if (head := clause_head(tree, token)) is not None and head in words[place:]:
            return words[place:]
    while words and words[0].dep_ == "case" and words[0].pos_ == "ADP":
        words = words[1:]
    return words


def _up_to_cue(tree: Tree, words: list[Token], signs: Sequence[Token]) -> list[Token]:
    """The words of a clause that asks, to its end: a part of it may read like the cue behind it."""
    if not words or not signs or not _opener(tree, words) or signs[-1].i < words[-1].i:
        return words
    head = clause_head(tree, words[0])
    end = max(token.i for token in tree.phrase(head)) if head is not None else words[-1].i
    return words if head in words else [*words, *(tree.at(i) for i in range(words[-1].i + 1, end + 1))]


def _without_cue(tree: Tree, words: list[Token], signs: Sequence[Token]) -> list[Token]:
    """The words less what is of the cue behind them: "is one" of the questions, ", the tenants" have not found out."""
    if not words or not signs or signs[-1].i < words[-1].i:
        return words
    while words and _is_of_cue(tree, words[-1], signs):
        words = words[:-1]
    comma = max((place for place, token in enumerate(words) if tree.form(token) == ","), default=len(words))
    behind = words[comma + 1 :]
    return words[:comma] if behind and _top(behind).dep_ == "nsubj" and _top(behind).head in signs else words


def _is_of_cue(tree: Tree, last: Token, signs: Sequence[Token]) -> bool:
    """Whether the last word of a matter reads like the cue behind it, too, or is of "is one of the questions"."""
    after = tree.beside(last, 1)
    said_of_it = (tree.form(last) == "one" and after == "of") or tree.form(last) in _THINGS
    return last in signs or said_of_it or (tree.lemma(last) in {"be", "remain"} and after in {"one", *_THINGS})


def _whole(tree: Tree, words: Sequence[Token], head: Token, every: Sequence[Token]) -> list[Token]:
    """What is quoted: all words below the head, else the sentence; nothing where that would be long."""
    found = tree.phrase(head, unless=lambda token: token.dep_ == "case" and token.i < words[0].i)
    places = {token.i for token in found}
    torn = found[-1].i - found[0].i + 1 != len(found)
    if torn or len(found) > _LONGEST or not all(token.i in places for token in words):
        found = list(every)
    return found if len(found) <= _LONGEST else []


def _own(tree: Tree, words: Sequence[Token]) -> bool:
    """Whether only the speaker or the reader is asked for: "I don't know if you saw it"."""
    return any(token.dep_ in SUBJECTS and token.pos_ == "PRON" and tree.form(token) in _ONE_PERSON for token in words)


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
