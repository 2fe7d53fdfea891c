"""A parsed sentence indexed once: children, whole phrases, subjects and objects, without recursion.

`Tree` is what every other module of the extractor reads: `tree.children(token, "obj")`, `tree.phrase(token)`,
`subject(tree, verb)`, `text_of(tokens)`. Token positions (`token.i`) are those of the spaCy Doc; `tree.at(i)` maps
them back. Walks are loops over the index, so a sentence of any length or depth costs time in proportion to its length.
"""

import calendar
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from bot.extract.lemmas import verb_lemmas
from bot.text.lines import word_set

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass")
CLAUSES = frozenset(
    {"xcomp", "ccomp", "acl", "acl:relcl", "advcl", "advcl:relcl", "parataxis", "csubj", "csubj:pass", "csubj:outer"}
)
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
DENIALS = frozenset({"not", "n't", "never"})
NEGATIONS = frozenset({"not", "n't", "never", "nor", "neither", "nobody", "nothing", "none", "hardly"})
CALENDAR = frozenset(name.lower() for name in [*calendar.day_name, *calendar.month_name] if name)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"'})
_MERELY = frozenset({"only", "just", "merely", "simply", "solely"})
_FULL = {"'ll": "will", "wo": "will", "'d": "would", "ca": "can", "sha": "shall", "'ve": "have", "n't": "not"}


def plain(text: str) -> str:
    """Lower case, with straight quotation marks and apostrophes."""
    lower = text.lower()
    return lower if lower.isascii() else lower.translate(_QUOTES)


@dataclass(frozen=True, slots=True)
class Tree:
    """One sentence: `tokens` in order, their lower-cased `forms` and `lemmas` (straight apostrophes), and the index."""

    tokens: tuple[Token, ...]
    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    first: int
    kids: tuple[tuple[Token, ...], ...]
    root: Token

    def at(self, i: int) -> Token:
        """The token at position `i` of the Doc."""
        return self.tokens[i - self.first]

    def __contains__(self, token: Token) -> bool:
        """Whether the token stands in this sentence."""
        return self.first <= token.i < self.first + len(self.tokens)

    def beside(self, token: Token, places: int) -> str:
        """The form of the word so many places after the token (before it, where negative); "" outside the sentence."""
        place = token.i - self.first + places
        return self.forms[place] if 0 <= place < len(self.forms) else ""

    def edge(self, token: Token) -> set[str]:
        """The forms of the first word of its phrase and of the word before it: a mark that sets it off is one."""
        first = self.phrase(token)[0]
        return {self.form(first), self.beside(first, -1)}

    def form(self, token: Token) -> str:
        """The word in lower case with straight apostrophes."""
        return self.forms[token.i - self.first]

    def lemma(self, token: Token) -> str:
        """The lemma in lower case; contracted auxiliaries are written out ("'ll" is "will")."""
        return self.lemmas[token.i - self.first]

    def children(self, token: Token, *labels: str) -> tuple[Token, ...]:
        """The dependents of a token in text order; only those with one of `labels`, where any are given."""
        kids = self.kids[token.i - self.first]
        return tuple(kid for kid in kids if kid.dep_ in labels) if labels else kids

    def child(self, token: Token, *labels: str) -> Token | None:
        """The first dependent with one of `labels`; earlier labels are preferred."""
        for label in labels:
            for kid in self.kids[token.i - self.first]:
                if kid.dep_ == label:
                    return kid
        return None

    def head(self, token: Token) -> Token | None:
        """The head, or None for the root."""
        if token is self.root:
            return None
        head = token.head
        return None if head.i == token.i else head

    def phrase(
        self, token: Token, *, without: Container[str] = (), unless: Callable[[Token], bool] | None = None
    ) -> list[Token]:
        """The token and all below it, in text order, less the branches of its own that `without` or `unless` name.

        `without` are labels of direct dependents to leave out; `unless` leaves out any branch, at any depth, for whose
        head it is true.
        """
        found, waiting = [token], [kid for kid in self.children(token) if kid.dep_ not in without]
        while waiting:
            current = waiting.pop()
            if unless is not None and unless(current):
                continue
            found.append(current)
            waiting.extend(self.kids[current.i - self.first])
        return sorted(found, key=_position)

    def conjuncts(self, token: Token) -> list[Token]:
        """The token and what is coordinated with it after it."""
        found = [token]
        for member in found:
            found.extend(self.children(member, "conj"))
        return sorted(found, key=_position)

    def ancestors(self, token: Token) -> list[Token]:
        """The heads above a token, nearest first."""
        found: list[Token] = []
        head = self.head(token)
        while head is not None and len(found) < len(self.tokens):
            found.append(head)
            head = self.head(head)
        return found


def _position(token: Token) -> int:
    return token.i


def index(span: Span) -> Tree:
    """Index a parsed sentence."""
    tokens = tuple(span)
    first = tokens[0].i
    kids: list[list[Token]] = [[] for _ in tokens]
    root = tokens[0]
    for place, token in enumerate(tokens):
        above = token.head.i - first
        if above == place or not 0 <= above < len(tokens):
            root = token
        else:
            kids[above].append(token)
    forms = tuple(plain(token.text) for token in tokens)
    known = verb_lemmas()
    lemmas = tuple(_lemma(form, token, known) for form, token in zip(forms, tokens, strict=True))
    return Tree(tokens, forms, lemmas, first, tuple(tuple(row) for row in kids), root)


def _lemma(form: str, token: Token, known: Mapping[str, str]) -> str:
    """The lemma: of a listed verb by its regular forms, else the trained one if it is a word."""
    if (full := _FULL.get(form)) is not None:
        return full
    if token.tag_[:1] == "V" and (listed := known.get(form)) is not None:
        return listed
    lemma = form if token.tag_ == "NNP" else plain(token.lemma_)
    if token.pos_ == "VERB" and not token.vocab.has_vector(lemma):
        lemma = next((stem for stem in stems(form) if token.vocab.has_vector(stem)), lemma)
    return lemma or form


def stems(form: str) -> list[str]:
    """What a regular ending may have been put to; the trained lemmatizer makes up words ("weighe") now and then."""
    for ending in ("ed", "es", "s", "ing"):
        if form.endswith(ending):
            stem = form[: -len(ending)]
            doubled = [stem[:-1]] if len(stem) > 2 and stem[-1] == stem[-2] else []
            return [f"{stem}e", stem, *doubled, *([f"{stem[:-1]}y"] if stem.endswith("i") else [])]
    return []


def text_of(tokens: Sequence[Token]) -> str:
    """The text from the first to the last of the tokens (in text order), as it stands in the document."""
    if not tokens:
        return ""
    return str(tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text)


def run_from(tokens: Sequence[Token], start: int) -> list[Token]:
    """The unbroken run of tokens (no position left out) that begins at position `start`."""
    run: list[Token] = []
    for token in tokens:
        if token.i < start:
            continue
        if token.i != start + len(run):
            break
        run.append(token)
    return run


def follows_a_semicolon(tree: Tree, token: Token) -> bool:
    """Whether a clause is set apart by a semicolon from the one that it hangs from: "she agrees; he will pay"."""
    if token.dep_ not in {"parataxis", "conj"} or token.head.i > token.i:
        return False
    start = tree.phrase(token)[0].i
    return ";" in {tree.form(tree.at(start)), tree.form(tree.at(max(tree.first, start - 1)))}


def is_one(tree: Tree, noun: Token) -> bool:
    """Whether a noun is in the singular and alone."""
    return noun.tag_ in {"NN", "NNP"} and tree.child(noun, "conj") is None


def is_finite(token: Token) -> bool:
    """Whether a word is a finite verb or a modal."""
    return token.tag_ in FINITE or token.tag_ == "MD"


def is_clause(token: Token) -> bool:
    """Whether a token heads a clause of its own (a verb, or a predicate with a copula)."""
    return (
        token.dep_ in {"ROOT", "root"}
        or token.dep_ in CLAUSES
        or (token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"})
    )


def clause_of(tree: Tree, token: Token) -> Token:
    """The head of the nearest clause that a token stands in (itself, if it heads one)."""
    return next((each for each in [token, *tree.ancestors(token)] if is_clause(each)), tree.root)


def subject(tree: Tree, verb: Token) -> Token | None:
    """Who does, or undergoes, what a predicate says: its own subject, else the one it is understood to share.

    Shared are the first conjunct's ("X came and pledged"), the controller's of an open complement ("X agreed to
    send", but "X asked Y to send" gives Y), the noun's of a relative or participial clause, and the main clause's
    of an adverbial participle. None where nothing of the kind is there.
    Where the parser hangs a finite verb from the noun that begins the sentence ("Tramworks, the operator, offered"),
    that noun is its subject.
    """
    seen: set[int] = set()
    current: Token | None = verb
    while current is not None and current.i not in seen:
        seen.add(current.i)
        if own := _own_subject(tree, current, shared=current is not verb):
            return _antecedent(tree, current, own)
        if agent := _controller(tree, current) or _stranded(tree, current):
            return agent
        above = tree.head(current) if current.dep_ in {"conj", "xcomp", "advcl", "parataxis"} else None
        current = _said_before(tree, current, above) or above
    return None


def _said_before(tree: Tree, verb: Token, above: Token | None) -> Token | None:
    """The clause of what is said that a participle with "since", "after" or the like follows, wherever it hangs.

    "He said it was their first meeting since signing the treaty" does not tell that he signed it.
    """
    if above is None or verb.dep_ != "advcl" or verb.tag_ != "VBG" or tree.child(verb, "mark") is None:
        return None
    return next((said for said in tree.children(above, "ccomp") if above.i < said.i < verb.i), None)


def _own_subject(tree: Tree, verb: Token, *, shared: bool) -> Token | None:
    """The subject among a predicate's own dependents; of two, the one nearer to it (the other is a run-in heading).

    What a `shared` subject has "whose" before it is that of a relative clause ("X, whose party won, promises").
    """
    own = tree.children(verb, *SUBJECTS)
    if (
        not own
        and (parted := tree.child(verb, "reparandum")) is not None
        and tree.lemma(parted) in {"do", "have", "be"}
    ):
        own = tree.children(parted, *SUBJECTS)  # "she did, however, undertake"
    if shared and len(own) > 1:
        own = tuple(kid for kid in own if not any(tree.form(each) == "whose" for each in tree.children(kid)))
    if not own and tree.lemma(verb) in _OF_SOMEBODY:
        own = tree.children(verb, "expl")
    before = [kid for kid in own if kid.i < verb.i]
    return before[-1] if before else own[0] if own else None


def _antecedent(tree: Tree, verb: Token, own: Token) -> Token:
    """The noun that a relative pronoun stands for, else the subject itself."""
    if tree.form(own) not in RELATIVES or own.tag_ not in {"WDT", "WP", "WP$", "IN", "DT", ""}:
        return own
    clause = next((each for each in [verb, *tree.ancestors(verb)] if each.dep_ != "conj"), verb)
    head = tree.head(clause)
    if head is None or not clause.dep_.startswith("acl"):
        return own
    named = tree.head(head) if head.dep_ == "appos" and head.pos_ == "NOUN" else None
    return named if named is not None and named.pos_ == "PROPN" else head  # "Ann Lee, the minister who promised"


def _controller(tree: Tree, verb: Token) -> Token | None:
    head = tree.head(verb)
    if head is None:
        return None
    if verb.dep_ == "xcomp":
        return tree.child(head, "obj", "iobj") if tree.lemma(head) not in _SUBJECT_CONTROL else None
    if verb.dep_ == "acl" and verb.tag_ in {"VBG", "VBN"}:
        return shared_by(tree, verb) or head
    return None


def shared_by(tree: Tree, verb: Token) -> Token | None:
    """Who "have each undertaken" something, where the parser takes "each" for what they have."""
    each = tree.head(verb)
    have = tree.head(each) if each is not None and tree.form(each) in {"each", "both", "all"} else None
    if each is None or have is None or each.dep_ != "obj" or tree.lemma(have) != "have":
        return None
    return tree.child(have, "nsubj")


FINITE = frozenset({"VBD", "VBZ", "VBP"})
_OF_SOMEBODY = frozenset({"ready", "willing", "prepared", "determined", "committed", "eager", "keen"})
"""Said of somebody: their "it" stands for a party, though the parser may take it for the one of "it is possible to"."""


def _stranded(tree: Tree, verb: Token) -> Token | None:
    noun = tree.head(verb)
    if noun is None or noun.i > verb.i or noun.dep_ != "ROOT" or noun.pos_ not in {"NOUN", "PROPN"}:
        return None
    hangs = verb.tag_ in FINITE and verb.dep_ in {"acl", "conj"} and tree.child(verb, "cc") is None
    return noun if hangs and tree.child(noun, "appos") is not None and tree.child(noun, "cop") is None else None


_SUBJECT_CONTROL = frozenset(
    {"promise", "pledge", "vow", "threaten", "offer", "agree", "commit", "use", "need", "take"}
)


def agent(tree: Tree, verb: Token) -> Token | None:
    """The doer of a passive, where a "by" phrase names it."""
    for label in ("obl:agent", "obl"):
        for kid in tree.children(verb, label):
            if _is_by(tree, kid) and not _is_time(tree, kid) and tree.lemma(kid) not in _MEANS:
                return kid
    return None


def by_means(tree: Tree, verb: Token) -> bool:
    """Whether a "by" phrase says how and not by whom, so that a bare participle is none: "voted by a majority to"."""
    kids = tree.children(verb, "obl:agent", "obl")
    return any(_is_by(tree, kid) and tree.lemma(kid) in _MEANS for kid in kids)


def _is_by(tree: Tree, noun: Token) -> bool:
    case = tree.child(noun, "case")
    return case is not None and tree.form(case) == "by"


_MEANS = word_set("acclamation ballot consensus majority margin means vote")
"""How something is done, not who does it: "voted by a large majority"."""

_TIMES = word_set("""
    end middle start beginning noon midnight night evening morning afternoon day weekend week month quarter year decade
    spring summer autumn fall winter tomorrow tonight today deadline christmas easter time
""")


def _is_time(tree: Tree, token: Token) -> bool:
    """Whether "by" goes before a time: "by Monday", "by 30 April", "by the end of next week", "by then"."""
    return tree.form(token) in CALENDAR or token.tag_ == "CD" or token.pos_ == "ADV" or tree.lemma(token) in _TIMES


def auxiliaries(tree: Tree, verb: Token) -> tuple[Token, ...]:
    """The auxiliaries and copula of a predicate, in text order."""
    return tree.children(verb, "aux", "aux:pass", "cop")


def is_passive(tree: Tree, verb: Token) -> bool:
    """Whether the predicate is in the passive."""
    return any(kid.dep_ in {"nsubj:pass", "aux:pass", "csubj:pass"} for kid in tree.children(verb))


def is_negated(tree: Tree, token: Token) -> bool:
    """Whether "not", "never", "no", "no longer" or the like bears on a predicate or a noun."""
    kids = tree.children(token)
    for kid in kids:
        form = tree.form(kid)
        bears = kid.dep_ in {"advmod", "advmod:emph", "neg", "cc", "det", "nsubj", "nsubj:pass"}
        if form in NEGATIONS and bears and not _adds(tree, kid):
            return True
        if form == "no" and kid.dep_ == "det":
            return True
        if form in {"longer", "more"} and any(tree.form(g) == "no" for g in tree.children(kid)):
            return True
    return any(_negative_noun(tree, kid) for kid in kids if kid.dep_ in SUBJECTS)


def denies(tree: Tree, token: Token) -> bool:
    """Whether a word is a "not" or "never" that denies something; that of "not only" does not."""
    return tree.form(token) in DENIALS and not _adds(tree, token)


def _adds(tree: Tree, token: Token) -> bool:
    """Whether "not" denies nothing, for more is to come: "not only", or "not just", "not merely" ... with a "but"."""
    after = tree.beside(token, 1)
    if tree.form(token) not in {"not", "n't"} or after not in _MERELY:
        return False
    return after == "only" or "but" in tree.forms[token.i - tree.first :]


def _negative_noun(tree: Tree, noun: Token) -> bool:
    return any(tree.form(kid) in {"no", "neither"} and kid.dep_ == "det" for kid in tree.children(noun))
