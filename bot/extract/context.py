"""What a reader carries from sentence to sentence: who a pronoun or "both nations" means. Only when one fits.

A `Context` is fed the sentences in order with `after(sentence)`; it is immutable, each step gives a new one.
"""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from bot.extract.clauses import CALENDAR, Tree, clause_of, plain, subject, text_of
from bot.extract.parties import PartyBook, called, is_name, parties_of
from bot.extract.scope import Standing
from bot.extract.slots import actor_words
from bot.extract.words import load_words

_PEOPLE = frozenset({"he", "she", "his", "her", "him"})
_ONESELF = frozenset({"i", "my"})
_THINGS = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "their", "them", "themselves"})
_POINTING = frozenset({"this", "that", "these", "those", "there"})
_QUOTES = frozenset({'"', "“", "”", "``", "''"})
_PAIRED = frozenset(
    {"nation", "country", "side", "government", "party", "state", "leader", "minister", "president", "capital"}
)
_TWO = frozenset({"both", "two"})


@dataclass(frozen=True, slots=True)
class Who:
    """An actor: canonical parties where they are certain, and the words that stand for it in the text."""

    actors: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the sentences so far have given: the parties that acted last, and the pairs named in this section."""

    section: str = ""
    last: tuple[str, ...] = ()
    last_is_person: bool = False
    pairs: tuple[tuple[str, ...], ...] = ()

    def after(self, tree: Tree, section: str, book: PartyBook) -> "Context":
        """The context for what follows a sentence."""
        new = self if section == self.section else Context(section)
        for token in tree.tokens:
            if (
                token.dep_ not in {"conj", "compound", "flat"}
                and is_name(token)
                and tree.child(token, "conj") is not None
            ):
                parties = parties_of(tree, token, book)
                if len(parties) == len(tree.conjuncts(token)) > 1 and set(parties) not in [set(p) for p in new.pairs]:
                    new = replace(new, pairs=(*new.pairs, parties))
        own = subject(tree, tree.root)
        if own is None or own.pos_ == "PRON":
            return new
        return replace(new, last=parties_of(tree, own, book), last_is_person=own.ent_type_ == "PER")

    def pair(self, size: int = 2) -> tuple[str, ...]:
        """The one set of so many parties named together in this section; empty where there are several or none."""
        fitting = [pair for pair in self.pairs if len(pair) == size]
        return fitting[0] if len(fitting) == 1 else ()


def who_is(tree: Tree, actor: Token | None, stands: Standing, context: Context, book: PartyBook) -> Who:
    """The actor that a token stands for: by its own name, else by what the sentence or the context makes certain."""
    form = tree.form(actor) if actor is not None else ""
    if (
        actor is None
        or form == "what"
        or (form in _POINTING and not tree.children(actor, "nmod", "acl", "acl:relcl", "conj"))
    ):
        return Who()
    if form in _ONESELF and (speaker := _who_is_quoted(tree, actor, stands, book)):
        return Who(speaker, actor.text)
    if form in _PEOPLE | _THINGS | _MANY:
        return _pronoun(tree, actor, stands, context, book)
    if is_pair(tree, actor):
        return Who(context.pair(), actor_words(tree, actor))
    if actor.dep_ == "csubj" or plain(actor.text) in CALENDAR:
        return Who()
    if actor.dep_ in {"amod", "compound", "nmod:desc"} and tree.child(actor, "appos") is None:
        words = text_of(tree.phrase(actor))
        name = book.country(actor.text) or book.canonical(actor.text) or book.canonical(words)
        return Who((name,) if name else (), actor.text if name else words)
    return Who(_named(tree, actor, book), actor_words(tree, actor))


def _named(tree: Tree, noun: Token, book: PartyBook) -> tuple[str, ...]:
    return parties_of(tree, noun, book) or called(tree, noun, book)


def _who_is_quoted(tree: Tree, actor: Token, stands: Standing, book: PartyBook) -> tuple[str, ...]:
    """The one person named who says "I" in a quote; nobody where the quote goes on from a sentence before."""
    said_by = stands.said_by
    if said_by is None or said_by.pos_ == "PRON" or _quoted_from(tree, actor) is None:
        return ()
    parties = _named(tree, said_by, book)
    return parties if len(parties) == 1 else ()


def is_pair(tree: Tree, noun: Token) -> bool:
    """Whether it is "both nations", "the two countries", "both" or the like."""
    if tree.form(noun) == "both":
        return True
    if tree.lemma(noun) not in _PAIRED or noun.tag_ not in {"NNS", "NNPS"}:
        return False
    return any(
        tree.form(kid) in _TWO for kid in tree.children(noun, "det", "nummod", "det:predet", "amod", "cc:preconj")
    )


def _pronoun(tree: Tree, actor: Token, stands: Standing, context: Context, book: PartyBook) -> Who:
    form = tree.form(actor)
    if tree.child(actor, "conj") is not None:
        return Who((), actor_words(tree, actor))
    noun = _whose(tree, form, _antecedent(tree, actor, stands))
    if noun is not None and _agrees(tree, form, noun, book):
        if is_pair(tree, noun):
            return Who(context.pair(), actor_words(tree, noun))
        return Who(_named(tree, noun, book), actor_words(tree, noun))
    if form in _THINGS and noun is not None and is_name(noun):
        return Who((), actor.text)
    return Who(_from_before(form, context), actor.text)


def _antecedent(tree: Tree, actor: Token, stands: Standing) -> Token | None:
    """The noun within the sentence: who says it, else the subject of the clause above.

    In somebody's own words "they" is another than the one who speaks, so only the words of the quote can tell who.
    """
    said_by, opened = stands.said_by, _quoted_from(tree, actor)
    if said_by is not None and said_by.i != actor.i and said_by.pos_ != "PRON" and opened is None:
        return said_by
    if stands.has("either") or (stands.reporter is not None and said_by is None):
        return None
    clause = clause_of(tree, actor)
    for head in [clause, *tree.ancestors(clause)]:
        own = subject(tree, head)
        if own is not None and own.i != actor.i and own.pos_ != "PRON" and (opened or tree.first) <= own.i < actor.i:
            return own
    return None


def _whose(tree: Tree, form: str, noun: Token | None) -> Token | None:
    """Of "the chancellor's announcement that he was to offer" the chancellor: "he" is no announcement."""
    owner = tree.child(noun, "nmod:poss") if noun is not None and form in _PEOPLE else None
    acts = noun is not None and (noun.ent_type_ == "PER" or tree.lemma(noun) in load_words("commitments")["agents"])
    return noun if owner is None or acts or owner.pos_ not in {"NOUN", "PROPN"} else owner


def _quoted_from(tree: Tree, token: Token) -> int | None:
    """Where the quote begins that a word stands in; None where it stands in none that the sentence begins."""
    opened: int | None = None
    for each in tree.tokens[: token.i - tree.first]:
        if each.text in _QUOTES:
            opened = None if opened is not None or each.text == "”" else each.i
    return opened


def _agrees(tree: Tree, form: str, noun: Token, book: PartyBook) -> bool:
    many = noun.tag_ in {"NNS", "NNPS"} or tree.child(noun, "conj") is not None
    if form in _MANY:
        return many or not (noun.ent_type_ == "PER" or tree.lemma(noun) in book.officials)
    person = noun.ent_type_ == "PER" and not _is_which(tree, noun)
    if form in _PEOPLE:
        return not many and (person or not noun.ent_type_)
    return not many and not person and tree.lemma(noun) not in book.officials


def _is_which(tree: Tree, noun: Token) -> bool:
    """Whether "which" stands for it, and it is no person therefore, whatever the pipeline takes it for."""
    clauses = tree.children(noun, "acl:relcl")
    return any(tree.form(kid) == "which" for clause in clauses for kid in tree.children(clause, "nsubj", "nsubj:pass"))


def _from_before(form: str, context: Context) -> tuple[str, ...]:
    """Who acted in the sentence before, if the pronoun can only mean that."""
    if form in _MANY:
        return context.last if len(context.last) > 1 else ()
    if len(context.last) != 1:
        return ()
    return context.last if (form in _PEOPLE) == context.last_is_person else ()
