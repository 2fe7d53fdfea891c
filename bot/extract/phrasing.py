"""Phrase an open matter as a person would ask it, out of the words of the text itself.

Three ways lead to a question, each a pure function from the parsed words to a `Phrased`, or to None where the result
might not be grammatical (the caller then falls back on `quoted`):

    from_clause    "whether the US would back them"  ->  "Would the US back them?"
    from_nominal   "the cause of the fire"           ->  "What is the cause of the fire?"   (in bot.extract.nominals)
    from_predicate "the court has not yet ruled"     ->  "How will the court rule?"

Words are moved, never exchanged, but for these: "do" supports a verb that has no auxiliary, contractions that move are
written out, and a noun that needs an article is given one.
"""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from bot.extract.clauses import Tree, is_finite, stems
from bot.extract.nominals import Phrased, nominal_words
from bot.extract.scope import SAYING, says_aside
from bot.extract.spelling import as_question, in_mid_sentence, lowered, spell, trimmed

POLAR = frozenset({"whether", "if", "that"})
WH = frozenset({"who", "whom", "whose", "what", "which", "when", "where", "why", "how"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass")
_AUX = frozenset({"aux", "aux:pass", "cop"})
_DO = {"VBD": "did", "VBN": "did", "VBZ": "does", "VBP": "do", "VB": "do"}
_WRITTEN_OUT = {"'ll": "will", "wo": "will", "ca": "can", "sha": "shall", "'ve": "have", "'re": "are", "'m": "am"}
_SHORTEST = 3
_PREDICATES = frozenset({"who", "what", "where"})
_IRREGULAR = frozenset({"went", "was", "were", "am", "is", "are", "gone"})


# Clauses


def from_clause(
    tree: Tree,
    opener: Token,
    head: Token,
    controller: Sequence[Token] = (),
    *,
    words: Sequence[Token] | None = None,
    future: bool = False,
) -> Phrased | None:
    """The question in a clause that `opener` ("whether", "if", "that" or a wh-word) opens and `head` heads.

    `words` are those of the clause, where they are known. `controller` is the noun phrase that is understood to act in
    a clause without a subject ("whether to go"). With `future`, a present tense is asked for as what will be ("time
    will tell whether it works").
    """
    if _run_together(tree, opener):
        return None
    words = words or clause_words(tree, opener, head)
    polar = tree.form(opener) in POLAR
    body = _without_marks(tree, words, opener) if polar else list(words)
    if not body:
        return None
    pieces = _asked(tree, head, body, opener, polar=polar, controller=controller)
    if pieces is None or (polar and len(pieces.split()) < _SHORTEST):
        return None
    more = _second_question(tree, head, opener)
    question = trimmed(pieces) + (f", {more}" if more else "")
    if future and question.startswith(("do ", "does ")):
        question = f"will {question.partition(' ')[2]}"
    return Phrased(as_question(question), trimmed(spell(body)))


def _run_together(tree: Tree, opener: Token) -> bool:
    """Whether the parser took what is asked for and the name behind it as one: "how much authority Smith has"."""
    much = tree.head(opener)
    return tree.form(opener) == "how" and much is not None and much.dep_ == "amod" and much.head.pos_ == "PROPN"


def clause_words(tree: Tree, opener: Token, head: Token) -> list[Token]:
    """The unbroken words of a clause from its opener (or a preposition before it) on, less what only follows it."""
    members = tree.phrase(head, unless=lambda token: _foreign(tree, token, head))
    if opener.i not in {token.i for token in members}:
        members = sorted({*members, *tree.phrase(opener)}, key=lambda token: token.i)
    start = _opening(tree, opener).i
    run: list[Token] = []
    for token in members:
        if token.i < start:
            continue
        if run and token.i != run[-1].i + 1:
            between = [tree.at(i) for i in range(run[-1].i + 1, token.i)]
            if not all(each.is_punct or each.is_space for each in between) or tree.form(between[0]) in {";", "\u2014"}:
                break
            run.extend(between)
        run.append(token)
    return _before_aside(tree, _with_adjuncts(tree, run, head), head)


def _before_aside(tree: Tree, run: list[Token], head: Token) -> list[Token]:
    """The words before ", the minister said on Monday", which the parser at times hangs from a noun of the matter."""
    for token in run:
        if token.i > head.i and says_aside(tree, token):
            first = tree.phrase(token)[0]
            return [each for each in run if each.i < first.i]
    return run


_ADJUNCTS = frozenset({"obl", "obl:unmarked", "nmod:unmarked", "advmod", "advcl"})


def _with_adjuncts(tree: Tree, run: list[Token], head: Token) -> list[Token]:
    """The words with what follows at once as an adjunct of a clause above ("who is there tonight")."""
    above = {token.i for token in tree.ancestors(head)}
    end = tree.first + len(tree.tokens)
    while run and run[-1].i + 1 < end:
        after = tree.at(run[-1].i + 1)
        tops = [each for each in [after, *tree.ancestors(after)] if each.head.i in above and each.dep_ in _ADJUNCTS]
        phrase = tree.phrase(tops[0]) if tops and not after.is_punct else []
        if not phrase or phrase[0].i != after.i or phrase[-1].i - phrase[0].i + 1 != len(phrase):
            break
        run = [*run, *phrase]
    return run


def _opening(tree: Tree, opener: Token) -> Token:
    """The preposition that belongs to a wh-word ("to whom", "in what way"), else the word itself."""
    if tree.form(opener) in POLAR or opener.i == tree.first:
        return opener
    before = tree.at(opener.i - 1)
    top = opener if opener.dep_ not in {"det", "advmod", "amod", "nmod:poss"} else (tree.head(opener) or opener)
    is_case = before.dep_ == "case" and before.head.i == top.i and tree.form(before) in {"to", "by", "with", "in", "at"}
    inside = top.dep_ in {"obl", "nmod"} and is_case
    return before if inside and tree.head(top) is not None and tree.head(top).i > top.i else opener  # type: ignore[union-attr]


def _foreign(tree: Tree, token: Token, head: Token) -> bool:
    """Whether a branch below a clause is not part of what the clause asks."""
    if token.dep_ in {"parataxis", "discourse", "vocative", "dep"}:
        return True
    if token.dep_ == "conj" and token.head.i == head.i:
        cc = tree.child(token, "cc")
        own = tree.child(token, *_SUBJECTS)
        return (
            own is not None or _marked(tree, token) is not None or (cc is not None and tree.form(cc) in {"but", "yet"})
        )
    return token.dep_ in {"cc", "punct"} and token.head.i == head.i and token.i < head.i and _opens(tree, token, head)


def _opens(tree: Tree, token: Token, head: Token) -> bool:
    return token.i == min(kid.i for kid in tree.children(head))


def _marked(tree: Tree, head: Token) -> Token | None:
    """The "whether" or "if" of a clause."""
    return next((kid for kid in tree.children(head, "mark") if tree.form(kid) in {"whether", "if"}), None)


def _second_question(tree: Tree, head: Token, opener: Token) -> str:
    """The second half of "whether A or whether B", as "or ... B"."""
    if tree.form(opener) not in {"whether", "if"}:
        return ""
    for other in tree.children(head, "conj"):
        mark, cc = _marked(tree, other), tree.child(other, "cc")
        if mark is None or cc is None or tree.form(cc) != "or":
            continue
        body = _without_marks(tree, clause_words(tree, mark, other), mark)
        pieces = _asked(tree, other, body, mark, polar=True, controller=())
        return f"or {lowered(trimmed(pieces))}" if pieces else ""
    return ""


def _without_marks(tree: Tree, words: Sequence[Token], opener: Token) -> list[Token]:
    """The words after "whether" (and after an "or not" that stands next to it)."""
    rest = [token for token in words if token.i > opener.i]
    if [tree.form(token) for token in rest[:2]] == ["or", "not"]:
        rest = rest[2:]
    forms = [tree.form(token) for token in rest[:4] if not token.is_punct]
    if len(forms) > 1 and forms[0] in {"and", "or"} and forms[1] in WH:
        rest = [token for token in rest if token.i > next(each.i for each in rest if tree.form(each) == forms[1])]
    while rest and rest[0].is_punct and tree.form(rest[0]) == ",":
        rest = rest[1:]
    return rest


def _asked(
    tree: Tree, head: Token, body: list[Token], opener: Token, *, polar: bool, controller: Sequence[Token]
) -> str | None:
    """The words of a clause in the order of a question, or None."""
    subject = _subject(tree, head, body)
    if not polar and (subject is None or opener.i in {token.i for token in subject}):
        return _without_inversion(tree, head, body, controller)
    if subject is None:
        return _infinitive(body, tree, controller)
    finite = _finite(tree, head, body[0].i)
    if finite is None:
        return None
    if finite.i < subject[0].i:
        return spell(body) if not polar or body[0].i == finite.i else None
    return _inverted(tree, head, body, subject, finite)


def _subject(tree: Tree, head: Token, body: list[Token]) -> list[Token] | None:
    """The unbroken words of a clause's subject ("there" counts), where they stand in the body."""
    places = {token.i for token in body}
    own = tree.child(head, "expl") if tree.child(head, "expl") is not None else tree.child(head, *_SUBJECTS)
    if own is None or own.i not in places:
        return None
    words = [token for token in tree.phrase(own) if token.i in places]
    while words and tree.form(words[-1]) in {",", ";", ":"}:
        words.pop()
    low, high = words[0].i, words[-1].i
    return [token for token in body if low <= token.i <= high]


def _finite(tree: Tree, head: Token, start: int) -> Token | None:
    """The word that goes to the front of a question: the first auxiliary or copula, else the verb itself."""
    helpers = [kid for kid in tree.children(head) if kid.dep_ in _AUX and kid.i >= start]
    helpers = [tree.child(kid, "aux") or kid for kid in helpers]
    marks = [kid for kid in tree.children(head, "mark") if kid.i >= start]
    if any(tree.form(kid) == "to" for kid in (*helpers, *marks)):
        return None
    if helpers:
        first = helpers[0]
        return first if is_finite(first) or tree.lemma(first) in {"be", "have", "do"} else None
    return head if head.tag_ in _DO and head.pos_ in {"VERB", "AUX"} else None


def _inverted(tree: Tree, head: Token, body: list[Token], subject: list[Token], finite: Token) -> str | None:
    before = [token for token in body if token.i < subject[0].i]
    between = [token for token in body if subject[-1].i < token.i < finite.i]
    after = [token for token in body if token.i > finite.i]
    if finite.i == head.i and _says_it_aside(tree, head, before, [*subject, *between]):
        return None
    if finite.i == head.i and tree.lemma(head) != "be":
        moved, base = _DO[finite.tag_], _base(tree, finite)
        if base is None:
            return None
        gap = finite.whitespace_ or " "
        rest = spell(between) + base + gap + spell(after, _shared_bases(tree, head, finite))
    else:
        moved, rest = _standing_alone(tree, finite, head), spell(between) + spell(after)
    if [tree.form(token) for token in before] in (["which"], ["whose"]) and subject[0].pos_ in {"NOUN", "PROPN", "ADJ"}:
        return spell(body)  # "which areas are covered"
    start = spell(before).strip()
    return " ".join(part for part in (start, moved, spell(subject).strip(), rest.strip()) if part)


def _says_it_aside(tree: Tree, head: Token, before: Sequence[Token], speaker: Sequence[Token]) -> bool:
    """Whether the parser took who says it for what is asked: "whether the man, a spokesman said, had been armed"."""
    return tree.lemma(head) in SAYING and (bool(before) or any(token.tag_ == "MD" for token in speaker))


def _base(tree: Tree, verb: Token) -> str | None:
    """A verb's base form: the lemma, or what a regular ending leaves, if it is a word that the pipeline knows."""
    form, lemma = tree.form(verb), tree.lemma(verb)
    known = [each for each in (lemma, *stems(form)) if verb.vocab.has_vector(each)]
    base = known[0] if known else lemma
    if not base.isalpha() or (base[0] != form[0] and form not in _IRREGULAR):
        return None
    return base


def _shared_bases(tree: Tree, head: Token, finite: Token) -> dict[int, str]:
    """Base forms of the verbs coordinated with one that "do" now supports."""
    bases = {}
    for verb in tree.children(head, "conj"):
        if verb.tag_ == finite.tag_ and not any(kid.dep_ in _AUX for kid in tree.children(verb)):
            bases[verb.i] = _base(tree, verb) or verb.text
    return bases


def _standing_alone(tree: Tree, finite: Token, head: Token) -> str:
    """An auxiliary as it is written at the head of a question."""
    form = tree.form(finite)
    if form == "'s":
        return "has" if tree.lemma(finite) == "have" else "is"
    if form == "'d":
        return "would" if head.tag_ in {"VB", "MD"} else "had"
    return _WRITTEN_OUT.get(form, form)


def _without_inversion(tree: Tree, head: Token, body: list[Token], controller: Sequence[Token]) -> str | None:
    """As in "who was behind the attack", "how many came": the wh-word is the subject; or "how to proceed"."""
    marks = [kid for kid in tree.children(head, "mark", "aux") if kid.i >= body[0].i]
    to = next((kid for kid in marks if tree.form(kid) == "to"), _bare_infinitive(tree, body))
    if to is not None:
        front, rest = [t for t in body if t.i < to.i], [t for t in body if t.i > to.i]
        if not front or not rest or not controller:
            return None
        return f"{spell(front).strip()} will {in_mid_sentence(controller)} {spell(rest)}"
    if len(body) > _SHORTEST and tree.form(body[-1]) == "be" and body[-2].tag_ == "MD":
        return f"{body[0].text} {body[-2].text} {spell(body[1:-2])}{body[-1].text}"
    verbs = {"VERB", "AUX"}
    if not any(token.pos_ in verbs for token in body):
        return None
    if tree.form(body[0]) in _PREDICATES and len(body) > _SHORTEST - 1 and _is_finite_be(tree, body[-1]):
        return f"{body[0].text} {body[-1].text} {spell(body[1:-1])}"
    return spell(body) if len(body) > 1 else None


def _bare_infinitive(tree: Tree, body: Sequence[Token]) -> Token | None:
    """The "to" that stands right behind the wh-word ("how to proceed"), wherever the parse hangs it."""
    return body[1] if len(body) > _SHORTEST - 1 and tree.form(body[1]) == "to" and tree.form(body[0]) in WH else None


def _is_finite_be(tree: Tree, token: Token) -> bool:
    """Whether a clause that ends in this word asks what its subject is ("who the attacker was")."""
    return tree.lemma(token) == "be" and tree.form(token) != "be" and is_finite(token)


def _infinitive(body: list[Token], tree: Tree, controller: Sequence[Token]) -> str | None:
    """As in "whether to approve him", under a subject that is known."""
    if not controller or not body or tree.form(body[0]) != "to":
        return None
    return f"will {in_mid_sentence(controller)} {spell(body[1:])}"


# Predicates


def from_predicate(tree: Tree, verb: Token, subject: Token, opening: str) -> Phrased | None:
    """The question that an undone act leaves: "the court has not yet ruled on X" with "how" gives "How will ...?".

    `opening` is "how", "when" or "" (for "Will the court rule on X?").
    """
    words = nominal_words(tree, subject)
    base = _base(tree, verb)
    if not words or base is None:
        return None
    denied = tree.form(words[0]) == "no" and len(words) > 1
    passive = any(kid.dep_ == "aux:pass" for kid in tree.children(verb))
    if passive:
        base = f"be {tree.form(verb)}"
    rest = trimmed(spell(_after(tree, verb)))
    actor = f"the {spell(words[1:]).strip()}" if denied else in_mid_sentence(words)
    said = " ".join(part for part in (actor, base, rest) if part)
    plain_order = " ".join(part for part in (trimmed(spell(words)), base, rest) if part)
    front = f"{opening} will" if opening else "will"
    return Phrased(as_question(f"{front} {said}"), plain_order)


def _after(tree: Tree, verb: Token) -> list[Token]:
    """The objects and adjuncts that follow a verb, without clauses of their own standing."""

    def foreign(token: Token) -> bool:
        return token.head.i == verb.i and (
            token.i < verb.i
            or token.dep_ in {"conj", "cc", "parataxis", "punct", "advcl", "discourse", "advmod", "dep"}
        )

    run: list[Token] = []
    for token in tree.phrase(verb, unless=foreign):
        if token.i > verb.i:
            if token.i != (run[-1].i if run else verb.i) + 1:
                break
            run.append(token)
    return _before_aside(tree, run, verb)


# Questions asked in the text

_LABEL = re.compile(r"^[A-Z][A-Z .\u2019'-]{2,40}:\s*")
_OPENERS = re.compile(
    r"^(?:(?:and|but|so|well|okay|ok|now|then|also|or|yes|yeah|no|look|i mean|first|second|secondly|finally|again"
    r"|one|two|three|and then|thanks|thank you|sorry)\b[\s,:.\u2013\u2014-]*)+",
    re.IGNORECASE,
)


def from_direct(text: str) -> Phrased | None:
    """A question as it is asked, without the speaker's label, opening particles and quotation marks."""
    body = _LABEL.sub("", text.strip()).strip(" \"'\u201c\u201d\u2018\u2019\u2014\u2013")
    shorter = _OPENERS.sub("", body).strip(" ,\u2013\u2014")
    body = trimmed(shorter if len(shorter.split()) > 1 else body)
    return Phrased(as_question(body), body) if len(body.split()) > 1 else None
