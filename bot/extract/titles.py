"""Long titles before a name, "Under Secretary of State for Human Rights Uzra Zeya", hung from the name.

The parser takes the office, a part of its field or the name for what acts, or two of them; who acts is the one named.
"""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from bot.extract.words import load_words

PERSON = "PER"
_FIELD = frozenset({"of", "for", "to"})
_WITHIN = _FIELD | {"and", "the", ",", "&", "-"}
_NO_PART = frozenset({"the", "on", "in", "at", "by", "when", "as", "but", "for", "from", "while", "today", "later"})
_FARTHEST = 20
_RANKS = ("nsubj", "nsubj:pass", "obj", "iobj", "obl:agent", "obl", "conj", "nmod", "appos")


def hang_titles(span: Span) -> None:
    """Let a name that a long title stands before take the title's place. Changes heads and relations of the Doc."""
    for name in _people(span):
        if title := _title_before(span, name[0]):
            _hang(span, title, name)


def _people(span: Span) -> Iterator[list[Token]]:
    """The names of people, each with its words in a row."""
    name: list[Token] = []
    for token in span:
        if token.ent_type_ == PERSON:
            name.append(token)
        elif name:
            yield name
            name = []
    if name:
        yield name


def _title_before(span: Span, first: Token) -> list[Token]:
    """The words of a title with a field ("Minister for Trade") right before a name, if there is one."""
    start, end = first.i, first.i
    if end - 1 < span.start or span.doc[end - 1].lower_ == ",":
        return []
    while (before := _office_before(span, end)) is not None:
        start = end = before
        if end - 1 > span.start and span.doc[end - 1].lower_ == "and":
            end -= 1  # "Under Secretary for Democracy and Special Coordinator for Tibetan Issues"
        else:
            break
    return list(span.doc[start : first.i])


def _office_before(span: Span, end: int) -> int | None:
    """Where a title begins whose last word is the one before `end`; None where that is no part of one.

    Of a second title before an "and", one with "the" is another's: "the President of Ghana and Minister Kofi Mensah".
    """
    office: Token | None = None
    place, lowest = end - 1, max(span.start, end - _FARTHEST)
    while place >= lowest and _belongs(token := span.doc[place], office):
        if _is_office(token) and place + 1 < end and span.doc[place + 1].lower_ in _FIELD:
            office = token
        place -= 1
    if office is None:
        return None
    start = office.i
    while start > span.start and _modifies(span.doc[start - 1]):
        start -= 1
    second = span.doc[end].lower_ == "and"
    return None if second and start > span.start and span.doc[start - 1].lower_ in {"the", "a", "an"} else start


def _is_office(token: Token) -> bool:
    return token.lower_ in load_words("commitments")["offices"]


def _belongs(token: Token, office: Token | None) -> bool:
    """Whether a word can be part of a title; once there is an office, a comma or an "and" parts it from another's."""
    if token.ent_type_ == PERSON:
        return False
    if token.lower_ in _WITHIN:
        second = token.lower_ == "and" and token.i > 0 and _is_office(token.nbor(-1))
        return office is None or second or token.lower_ not in {",", "and", "the", "&"}
    return token.text[:1].isupper()


def _modifies(token: Token) -> bool:
    named = token.text[:1].isupper() and token.text.replace(".", "").isalpha() and token.ent_type_ != PERSON
    return named and token.lower_ not in _NO_PART


def _hang(span: Span, title: list[Token], name: list[Token]) -> None:
    unit = {token.i for token in (*title, *name)}
    tops = [token for token in (*title, *name) if unit.isdisjoint(each.i for each in token.ancestors)]
    outer = min(tops, key=lambda token: _RANKS.index(token.dep_) if token.dep_ in _RANKS else len(_RANKS))
    if outer.dep_ == "ROOT":
        return
    above, relation, bearer = outer.head, outer.dep_, name[0]
    office = next(filter(_is_office, title))
    behind = [token for token in span if token.i not in unit and token.head.i in unit and token.head not in name]
    bearer.head, bearer.dep_ = above, relation
    for token in name[1:]:
        if token.head not in name:
            token.head, token.dep_ = bearer, "flat"
    for token in title:
        if token.head not in title and token.i != office.i:
            token.head = office
            token.dep_ = "compound" if token.i < office.i else token.dep_
    office.head, office.dep_ = bearer, "nmod:desc"
    for token in behind:
        token.head = bearer
    _mend_under(title, bearer)


def _mend_under(title: list[Token], bearer: Token) -> None:
    """Let "Under Secretary" be an office and no place that something lies under."""
    verb = bearer.head
    if title[0].lower_ == "under" and title[0].dep_ in {"case", "compound"}:
        title[0].dep_ = "compound"
        alone = not any(kid.dep_.startswith("nsubj") for kid in verb.children)
        if bearer.dep_ == "obl" and verb.pos_ == "VERB" and bearer.i < verb.i and alone:
            bearer.dep_ = "nsubj"
