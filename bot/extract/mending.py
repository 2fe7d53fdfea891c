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
    _let_them_plan(span)
    _give_what_is_said(span)
    _join_subjects(span)
    _hang_from_condition(span)
    _set_asides_apart(span)


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


def _let_them_plan(span: Span) -> None:
    """Let a verb that the tagger takes for a noun act: "the Lib Dems plan to oppose it", "Boeing plans to build"."""
    for word in [token for token in span if token.tag_ == "NN" and token.lower_ in _ALIKE]:
        before = [kid.dep_ for kid in word.children if kid.i < word.i]
        if "nsubj" in before and not _OF_NOUNS & set(before):
            _let_it_be_a_verb(word, "VBP")
    root = span.root
    before = [kid.dep_ for kid in root.children if kid.i < root.i]
    if root.tag_ == "NNS" and root.lower_ in _WHO_DO and before == ["compound"] and _let_it_be_a_verb(root, "VBZ"):
        next(root.children).dep_ = "nsubj"


def _let_it_be_a_verb(noun: Token, tag: str) -> bool:
    """Make a noun with an infinitive behind it a verb; False where it has none."""
    deeds = [kid for kid in noun.children if kid.dep_ in {"acl", "xcomp"} and kid.tag_ == "VB" and kid.i > noun.i]
    if deeds:
        noun.pos_, noun.tag_, deeds[0].dep_ = "VERB", tag, "xcomp"
    return bool(deeds)


_OF_NOUNS = frozenset({"cop", "det", "aux", "nmod:poss"})
_ALIKE = frozenset({"aim", "offer", "plan", "pledge", "promise", "vow"})
_WHO_DO = frozenset(f"{verb}s" for verb in _ALIKE)


def _give_what_is_said(span: Span) -> None:
    """Let what the parser takes for the object of who says it be of whom it is said: "said the bridge will be shut"."""
    for clause in [token for token in span if token.dep_ == "ccomp" and token.head.lemma_ in _SAYING]:
        kids = list(clause.children)
        helping = [kid for kid in kids if kid.dep_ in {"aux", "aux:pass", "cop"}]
        if not helping or helping[0].tag_ not in _FINITE or any(kid.dep_ in _OWN_SUBJECTS for kid in kids):
            continue
        said = [kid for kid in clause.head.children if kid.dep_ == "obj" and clause.head.i < kid.i < helping[0].i]
        if len(said) != 1 or "that" in {token.lower_ for token in span.doc[said[0].i : helping[0].i]}:
            continue  # "warned spectators that anybody seen ... would be fined"
        if said[0].pos_ in {"NOUN", "PROPN"} and clause.left_edge.i >= said[0].right_edge.i:
            passive = any(kid.dep_ == "aux:pass" for kid in kids)
            said[0].dep_, said[0].head = "nsubj:pass" if passive else "nsubj", clause


_SAYING = frozenset(
    {"add", "announce", "argue", "believe", "claim", "confirm", "deny", "fear", "guarantee", "hope", "insist", "pledge"}
    | {"predict", "promise", "reveal", "say", "state", "stress", "suggest", "think", "vow", "warn"}
)
_FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
_OWN_SUBJECTS = _SUBJECTS | {"csubj", "csubj:pass", "expl", "mark"}


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
    """Let the last subject of a predicate, after an "and" of its own or the predicate's, join the one before it.

    What stands between them with "the" before it is of the row, too, and no other name of the first.
    """
    for joint in [token for token in span if token.dep_ == "cc" and token.lower_ in _JOINING]:
        own = joint.head
        if own.dep_ in _SUBJECTS and joint.i < own.i:
            alike = [kid for kid in own.head.children if kid.dep_ == own.dep_ and kid.right_edge.i == joint.i - 1]
            if alike and own.i < own.head.i:
                own.dep_, own.head = "conj", alike[0]
            continue
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


def _set_asides_apart(span: Span) -> None:
    """Let "no doubt" between a subject and its verb deny nothing, and "instead" leave the verb behind it its "to"."""
    for before, word in pairwise(span):
        verb = word.head
        if before.lower_ == "no" and word.lower_ == "doubt" and word.dep_ in _SUBJECTS:
            if any(kid.dep_ in _SUBJECTS and kid.i < before.i for kid in verb.children):
                word.dep_ = "advmod"
        elif before.lower_ == "instead" and word.lower_ == "to" and word.dep_ == "fixed" and word.i + 1 < span.end:
            after = word.nbor(1)
            if after.tag_ == "VB" and after.dep_ == "advcl":
                word.dep_, word.head, after.dep_ = "mark", after, "xcomp"
