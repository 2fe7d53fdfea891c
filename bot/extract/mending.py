"""What the parser often hangs from the wrong word, hung from the right one."""

from itertools import pairwise

from spacy.tokens import Span, Token

from bot.extract.titles import hang_titles

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_JOINING = frozenset({"and", "or"})


def mend(span: Span) -> None:
    """Put rows of subjects together ("A, the B, and the C will meet"), hang titles from names, "that" from "condition".

    Changes the heads and relations of the parsed Doc.
    """
    hang_titles(span)
    _join_subjects(span)
    _hang_from_condition(span)


def _hang_from_condition(span: Span) -> None:
    """Let the clause of "on condition that Rome agrees" be one of the condition, not of what is done on it."""
    for before, that in pairwise(span):
        clause = that.head
        if that.lower_ != "that" or that.dep_ != "mark" or before.lower_ != "condition" or clause.i <= that.i:
            continue
        if clause.dep_ in {"ccomp", "advcl", "acl", "acl:relcl"} and clause.head.i <= before.i:
            clause.head = before
            clause.dep_ = "acl"


def _join_subjects(span: Span) -> None:
    """Let the last subject of a predicate, after an "and" of the predicate's own, join the one before it.

    What stands between them with "the" before it is of the row, too, and no other name of the first.
    """
    for joint in [token for token in span if token.dep_ == "cc" and token.lower_ in _JOINING]:
        before = [kid for kid in joint.head.children if kid.dep_ in _SUBJECTS and kid.i < joint.i]
        after = next((kid for kid in joint.head.children if _begins(kid, joint.i + 1)), None)
        if not before or after is None:
            continue
        first = before[-1]
        for between in [kid for kid in first.children if kid.dep_ == "appos" and _has_article(kid)]:
            between.dep_ = "conj"
        after.dep_ = "conj"
        after.head = first
        joint.head = after


def _begins(token: Token, place: int) -> bool:
    return token.dep_ in _SUBJECTS and token.left_edge.i == place


def _has_article(token: Token) -> bool:
    return any(kid.dep_ == "det" and kid.lower_ == "the" for kid in token.children)
