"""What the parser often hangs from the wrong word, hung from the right one."""

from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from bot.extract.titles import hang_titles

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_JOINING = frozenset({"and", "or"})


def rejoin(doc: Doc) -> None:
    """Join who says it to a quote that ends in a comma, where the parser begins another sentence."""
    for before, after in pairwise(list(doc.sents)):
        ends = before.text.rstrip().endswith(_ENDS_OF_QUOTES)
        says = after.root.pos_ == "VERB" and any(kid.dep_ == "nsubj" for kid in after.root.children)
        if ends and says and before.root.i < after.start:
            after.root.dep_ = "parataxis"
            after.root.head = before.root


_ENDS_OF_QUOTES = (',"', ",”", ",’", ",'", ",''", ",’’")


def mend(span: Span) -> None:
    """Put rows of subjects together ("A, the B, and the C will meet"), hang titles from names, "that" from "condition".

    A name that the tagger takes for a common word at the head of the sentence is tagged as one. Changes the heads,
    relations and tags of the parsed Doc.
    """
    _name_at_the_head(span)
    hang_titles(span)
    _join_names(span)
    _let_it_act(span)
    _join_subjects(span)
    _hang_from_condition(span)


def _name_at_the_head(span: Span) -> None:
    """Tag the subject or owner that opens a sentence as a name, where its word is none that is written small.

    There the capital tells nothing, so that "Arkema will close its plant" may read like "Rates will close"; but
    "arkema" is no word that the pipeline has vectors for.
    """
    first = next((token for token in span if not token.is_punct), None)
    if first is None or first.pos_ != "NOUN" or first.dep_ not in _HEADS_OF_NAMES or not first.text[:1].isupper():
        return
    if first.is_alpha and not first.lower_.endswith(_COMMON_ENDINGS) and not first.doc.vocab[first.lower_].has_vector:
        first.pos_, first.tag_ = "PROPN", "NNP"


_HEADS_OF_NAMES = _SUBJECTS | {"nmod:poss", "compound"}
_COMMON_ENDINGS = ("s", "ing", "men", "people")
"""Of words that are seldom names but often too rare for a vector: "remittances", "overbooking", "tribesmen"."""


def _join_names(span: Span) -> None:
    """Let the first of two subjects side by side belong to the name behind it: "Scots Guardsman Allan Hendry will"."""
    for first in [token for token in span if token.dep_ in _SUBJECTS and token.pos_ in {"NOUN", "PROPN"}]:
        after = first.nbor(1) if first.i + 1 < span.end else None
        if after is not None and after.dep_ in _SUBJECTS and after.head == first.head and after.pos_ == "PROPN":
            first.dep_, first.head = "compound", after
            for kid in [kid for kid in first.children if kid.i < first.i]:
                kid.head = after


def _let_it_act(span: Span) -> None:
    """Let an "it" that the parser takes for one that stands for nothing act: "it has threatened to sue"."""
    for it in [token for token in span if token.dep_ == "expl" and token.lower_ == "it" and token.head.pos_ == "VERB"]:
        kids = list(it.head.children)
        acts = any(kid.dep_ == "xcomp" for kid in kids) and not any(kid.dep_ == "aux:pass" for kid in kids)
        own = any(kid.dep_ in _SUBJECTS | {"csubj", "ccomp", "obj"} for kid in kids)
        if acts and not own and it.head.lemma_ not in _IMPERSONAL:
            it.dep_ = "nsubj"


_IMPERSONAL = frozenset(
    {"appear", "begin", "cease", "continue", "cost", "happen", "help", "pay", "prove", "remain", "seem", "start"}
    | {"take", "tend", "turn"}
)


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
