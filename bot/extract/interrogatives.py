"""Where the clause of an indirect question opens behind a cue, and what heads it.

The parse alone does not tell: "said when" may be parsed as an adverbial clause, "know what happened" as a noun with a
relative clause. So the words are followed from the cue on, and the parse says only what may lie between.
"""

from collections.abc import Sequence

from spacy.tokens import Token

from bot.extract.clauses import Tree, is_finite
from bot.extract.cues import Match
from bot.extract.phrasing import POLAR, WH
from bot.extract.words import load_words

_RELATIVE = frozenset({"which", "who", "whom", "where", "when", "whose"})
_OWN_CLAUSE = frozenset({"conj", "advcl", "parataxis", "acl:relcl", "ccomp"})
_OPENS_A_TITLE = WH | {"are", "can", "did", "do", "does", "is", "shall", "should", "will", "would"}
_OPENS_SPEECH = frozenset({":", ",", '"', "“", "‘", "'", "``"})
_SMALL = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PRON"})
_FAR = 5
_BEHIND = 2
_DEEP = 4


def opener_after(tree: Tree, match: Match) -> Token | None:
    """The interrogative word that follows a cue with nothing of weight between, or that ends it."""
    last = match.tokens[-1]
    if tree.form(last) in WH | {"whether", "if"} and last.i > match.anchor.i:
        return last
    between = set(load_words("questions")["between"])
    inside = {token.i for token in match.tokens}
    for i in range(match.end, tree.first + len(tree.tokens)):
        token, distance = tree.at(i), i - match.end
        if _opens(tree, token, match):
            return token if _reaches(tree, token, match, distance) else None
        below = _below(tree, token, match.anchor, inside)
        if not below and (distance >= _FAR or tree.form(token) not in between):
            return None
        if tree.form(token) in {";", "\u2014"} or (token.is_punct and distance > _FAR):
            return None
    return None


def _opens(tree: Tree, token: Token, match: Match) -> bool:
    """Whether a word opens an indirect question under this cue."""
    form, flags = tree.form(token), match.cue.flags
    if tree.beside(token, -1) == ",":
        return False
    if form == "if":
        return "if" in flags and token.dep_ == "mark" and not _has_object(tree, match)
    if form == "whether":
        return True
    return form in WH and not flags & {"whether", f"not {form}"} and (token.i == match.end or not _ties(tree, token))


def _has_object(tree: Tree, match: Match) -> bool:
    """Whether what is seen or known stands elsewhere, so that "if" opens a condition.

    As in "what we'll see if it works", "would consider selling it if it may", "can vote in May if they register".
    """
    anchor = match.anchor
    votes = tree.lemma(anchor) == "vote" and tree.child(anchor, "obl") is not None
    does = any(kid.i >= match.end for kid in tree.children(anchor, "xcomp"))
    return votes or does or any(tree.form(kid) in WH for kid in tree.children(anchor, "obj"))


def _ties(tree: Tree, token: Token) -> bool:
    """Whether a wh-word ties a relative or temporal clause to what stands before it ("the man who came")."""
    head = clause_head(tree, token)
    if head is not None and tree.form(token) in _RELATIVE and head.dep_.startswith("advcl"):
        return token.tag_ == "WRB"
    return is_relative(tree, token)


def is_relative(tree: Tree, token: Token) -> bool:
    """Whether a wh-word stands for the noun right before it ("the man who came", "the plan in which it stands")."""
    head = clause_head(tree, token)
    if head is None or tree.form(token) not in _RELATIVE or not head.dep_.startswith("acl"):
        return False
    before, owner = token.i - 1, tree.head(head)
    if before > tree.first and tree.at(before).dep_ == "case" and tree.at(before).head == token:
        before -= 1
    if before > tree.first and tree.form(tree.at(before)) == "," and tree.at(before - 1).pos_ == "PROPN":
        before -= 1  # "Ferguson, who failed to return"
    return owner is not None and owner.i == before


def _below(tree: Tree, token: Token, anchor: Token, inside: set[int]) -> bool:
    """Whether a word hangs from the cue as an object, adjunct or negation, outside any clause of its own."""
    current: Token | None = token
    for _ in range(_DEEP):
        if current is None or current.i == anchor.i or current.i in inside:
            return current is not None
        if current.dep_ in _OWN_CLAUSE:
            return False
        current = tree.head(current)
    return False


def _reaches(tree: Tree, opener: Token, match: Match, distance: int) -> bool:
    """Whether the clause belongs to the cue: it stands right behind it, or hangs below it."""
    if distance <= _BEHIND:
        return True
    head = clause_head(tree, opener)
    chain = [head, *tree.ancestors(head)] if head is not None else []
    return any(token.i == match.anchor.i or token in match.tokens for token in chain)


def clause_head(tree: Tree, opener: Token) -> Token | None:
    """The predicate of the clause that an interrogative word opens; None for "whether" at the root."""
    if tree.form(opener) in POLAR:
        return tree.head(opener)
    owner = tree.head(opener) if opener.dep_ in {"det", "amod", "advmod", "nmod:poss"} else None
    phrase = [opener, owner, tree.head(owner) if owner is not None and owner.dep_ == "amod" else None]
    for word in phrase:
        relative = tree.child(word, "acl:relcl", "advcl:relcl", "acl") if word is not None else None
        if relative is not None and relative.i > opener.i:
            return relative
    if tree.child(opener, "cop") is not None or opener.dep_ in {"ccomp", "ROOT", "csubj"}:
        return opener
    above = tree.ancestors(opener)
    return next((token for token in above if is_predicate(tree, token, opener.i)), above[0] if above else opener)


def ends_in_a_title(tree: Tree) -> bool:
    """Whether the question mark at the end is a title's: "She will host Who Wants to be a Millionaire?"."""
    words = [token for token in tree.tokens if not token.is_punct]
    for place in range(len(words) - 1, 0, -1):
        word = words[place]
        if word.text.istitle() and tree.form(word) in _OPENS_A_TITLE and tree.beside(word, -1) not in _OPENS_SPEECH:
            return any(map(is_finite, words[:place]))
        if word.text.islower() and word.pos_ not in _SMALL:
            return False
    return False


def is_predicate(tree: Tree, token: Token, after: int = -1) -> bool:
    """Whether a token says something of a subject: a verb, or a word with a subject or copula behind a position."""
    if token.pos_ in {"VERB", "AUX"} and token.i > after:
        return True
    return any(kid.i > after for kid in tree.children(token, "cop", "nsubj", "nsubj:pass"))


def only_leads_over(tree: Tree, words: Sequence[Token]) -> bool:
    """Whether a clause asks nothing and only names what is spoken of: "when it comes to the talks"."""
    return [tree.form(token) for token in words[:3]] in (["when", "it", "comes"], ["when", "it", "came"])


def is_infinitive(tree: Tree, head: Token) -> bool:
    """Whether a clause is an infinitive with "to"."""
    return any(tree.form(kid) == "to" for kid in tree.children(head, "mark", "aux"))
