"""The slots of a commitment, cut out of the sentence as they stand: action, condition, actor, recipients, attribution.

Every text given is a slice of the sentence, or slices in their order where words between them belong to another slot.
"""

import re
from collections.abc import Callable, Sequence

from spacy.tokens import Token

from bot.extract.clauses import DENIALS, FINITE, SUBJECTS, Tree, denies, is_one, plain, run_from, subject, text_of
from bot.extract.cues import Match
from bot.extract.parties import PartyBook, is_aside, is_titled, own_words, parties_of, party
from bot.extract.scope import Found, Standing, says_aside, source_of
from bot.extract.words import load_words

_EDGE = ' \t\r\n,;:.!?–—-*•"“”'
_OPENING, _CLOSING = '"“', '"”'
_MARKS = re.compile('["“”]')
_LEFT_OUT = frozenset({"parataxis", "discourse", "vocative", "reparandum", "list"})
_TOWARDS = frozenset({"to", "for", "with", "against", "on", "toward", "towards"})
_SET_OFF = frozenset({",", "–", "—", "-", ";"})
_OPENERS = frozenset(
    {"whether", "if", "how", "where", "when", "why", "while", "as", "because", "n't", "so", "then", "therefore"}
)
_JOINTS = frozenset({",", "and", "as", "well"})
_GOING = frozenset(
    {"travel", "go", "fly", "return", "come", "move", "sail", "drive", "head", "relocate", "trip", "visit"}
)
_PROMISES = frozenset({"pledge", "promise", "commitment", "offer", "guarantee", "undertaking", "vow"})
_TENSE = frozenset({"aux", "aux:pass", "cop", "mark"})
_NOT_ACTION = frozenset({"to", "that", "will", "shall", "would", "'ll", "'d", "wo"})


def spelled(tokens: Sequence[Token]) -> str:
    """The text of tokens in order: each unbroken run as it stands, joined by a space, without commas at the joints."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    whole = " ".join(" ".join(part for run in runs if (part := text_of(run).strip(" ,"))).split())
    text = balanced(whole)
    if not _is_torn(text):
        return text
    before = tokens[0].nbor(-1) if tokens[0].i else None
    if before is not None and before.text in _OPENING and not before.whitespace_:
        return f"{before.text}{text}"  # "haggle" with them
    return _MARKS.sub("", text) if len(_MARKS.findall(text)) == 1 else text


def balanced(text: str) -> str:
    """The text without marks at its edges, but for the second quotation mark of two ('the details of "Project G"')."""
    inner = text.strip(_EDGE).removesuffix("(").strip(_EDGE)
    start = text.find(inner)
    end = start + len(inner)
    if _is_torn(inner) and text[end : end + 1] in {*_CLOSING}:
        return text[start : end + 1]
    return text[start - 1 : end] if _is_torn(inner) and start and text[start - 1] in _OPENING else inner


def _is_torn(text: str) -> bool:
    """Whether a quotation mark in it has lost its other half."""
    return len(_MARKS.findall(text)) % 2 == 1


# Actions


def action(tree: Tree, content: Token, *, cue: Match, actor: Token | None, leave_out: frozenset[int]) -> str:
    """What is undertaken, in the words of the text: the content's phrase without cue, actor and asides.

    A passive keeps its subject ("the report will be published"), for without it the action says nothing.
    """
    keep_subject = keeps_subject(tree, content, actor)
    tense = {token.i for token in cue.tokens if token.dep_ in _TENSE} if keep_subject else set()
    own_cue = {token.i for token in cue.tokens if token.i != content.i} - tense
    if actor is not None and actor.dep_ == "nmod:poss" and actor.head.i == content.i:
        own_cue |= {token.i for token in tree.phrase(actor)}  # "the company's planned sale"

    def foreign(token: Token) -> bool:
        if token.i in tense:
            return False
        return token.i in leave_out or token.i in own_cue or _aside(tree, token, content, keep_subject=keep_subject)

    words = [token for token in tree.phrase(content, unless=foreign) if not _outside(token, content, actor)]
    words = _trimmed(tree, words, content)
    if "ahead" in cue.cue.flags:
        return spelled([*own_words(tree, content.head), *cue.tokens[:-1], *words])
    noun = subject(tree, content) if keep_subject and words and _is_relative(tree, words[0], content) else None
    if noun is not None and noun.i < words[0].i and _number_fits(tree, noun, content):
        return f"{actor_words(tree, noun)} {spelled(words[1:])}"
    if "modal" not in cue.cue.flags and "progressive" not in cue.cue.flags:
        words = _continued(tree, words, content, foreign)
    return spelled(_to_the_end_of_the_word(tree, words))


def _to_the_end_of_the_word(tree: Tree, words: list[Token]) -> list[Token]:
    """The words with what a hyphen joins to the last: "passer-by", of which the parser may hang "by" from elsewhere."""
    end = tree.first + len(tree.tokens)
    while words and words[-1].i + 2 < end and not words[-1].whitespace_ and tree.beside(words[-1], 1) == "-":
        words = [*words, tree.at(words[-1].i + 1), tree.at(words[-1].i + 2)]
    return words


def _is_relative(tree: Tree, word: Token, content: Token) -> bool:
    """Whether a word is the relative pronoun that a clause has for its subject."""
    return word.tag_ == "WDT" and word in tree.children(content, *SUBJECTS)


def _number_fits(tree: Tree, noun: Token, verb: Token) -> bool:
    """Whether a noun may be the subject of a verb with its auxiliaries, as far as those tell one from many."""
    forms = {tree.form(kid) for kid in tree.children(verb, "aux", "aux:pass", "cop")}
    return forms.isdisjoint({"are", "were", "have"} if is_one(tree, noun) else {"is", "was", "has"})


def _continued(tree: Tree, words: list[Token], content: Token, foreign: Callable[[Token], bool]) -> list[Token]:
    """The words with further members of a row ("to deter attacks, to train ..."), wherever the parse hangs them."""
    while words:
        place = words[-1].i + 1
        joint: list[Token] = []
        while place < tree.first + len(tree.tokens) and tree.form(tree.at(place)) in _JOINTS:
            joint.append(tree.at(place))
            place += 1
        if not joint or place >= tree.first + len(tree.tokens):
            return words
        verb = _next_verb(tree, content, tree.at(place), joint)
        if verb is None:
            return words
        more = run_from([token for token in tree.phrase(verb, unless=foreign) if token.i >= place], place)
        more = _trimmed(tree, more, verb)
        if not more:
            return words
        words = [*words, *joint, *more]
    return words


def _next_verb(tree: Tree, content: Token, first: Token, joint: Sequence[Token]) -> Token | None:
    """The verb of a further member: one of the same form as the content that has no subject of its own."""
    if tree.form(first) == "to" and first.dep_ == "mark" and content.tag_ == "VB":
        verb = tree.head(first)
    elif content.tag_ == "VBG" and first.tag_ == "VBG" and any(tree.form(token) == "and" for token in joint):
        verb = first
    else:
        return None
    return verb if verb is not None and verb.i >= first.i and tree.child(verb, *SUBJECTS) is None else None


def keeps_subject(tree: Tree, content: Token, actor: Token | None) -> bool:
    """Whether an action is a whole clause, whose subject is not who acts."""
    own = tree.child(content, *SUBJECTS)
    if tree.lemma(content) == "be" and any(tree.form(kid) == "there" for kid in tree.children(content, "expl")):
        return True
    stands_for_it = own is not None and own.tag_ in {"WDT", "WP"} and actor is not None
    return own is not None and not stands_for_it and (actor is None or own.i != actor.i)


def _outside(token: Token, content: Token, actor: Token | None) -> bool:
    by_it = token.dep_.startswith("obl")  # "be flown to Kochi by Air India"
    return actor is not None and token.i == actor.i and token.i != content.i and not by_it


def _aside(tree: Tree, token: Token, content: Token, *, keep_subject: bool) -> bool:
    """Whether a branch below the content does not belong to the action."""
    label, own = token.dep_, token.head.i == content.i
    if label in _LEFT_OUT or (token.i > content.i and (says_aside(tree, token) or _contrasts(tree, token))):
        return True
    if label == "conj" and token.tag_ in FINITE and token.head.tag_ == "VB":
        return True  # "its readiness to help to rebuild it and welcomed the offer"
    if label.startswith(("acl:relcl", "advcl:relcl")) and token.i > 0 and _after_comma(tree, token):
        return True
    if label == "conj" and tree.lemma(token) in _PROMISES and tree.child(token, "nmod:poss") is not None:
        return True  # "close the smelter and its pledge of 60 million": the pledge is a matter of its own
    if not own:
        return False
    if label in SUBJECTS or label == "expl":
        return not keep_subject
    if label in {"mark", "aux", "case"} and _of_cue(tree, token, content):
        return not (keep_subject and label == "aux")
    if label == "cop" and content.pos_ == "VERB":
        return True  # "what we know is that they will not accept it"
    if token.i < content.i:
        return _before(tree, token, keep_subject=keep_subject)
    return label == "case" or (label in {"conj", "advcl"} and _own_clause(tree, token, label, content))


def _contrasts(tree: Tree, token: Token) -> bool:
    """Whether a clause says what stands against it: "although he denies it", "but they have only published options"."""
    joined = {tree.form(kid) for kid in tree.children(token, "mark", "cc")}
    if token.dep_ == "advcl":
        return not joined.isdisjoint(_ALTHOUGH)
    return token.dep_ == "conj" and "but" in joined and tree.child(token, *SUBJECTS) is not None


_ALTHOUGH = frozenset({"although", "though", "whereas"})


def _of_cue(tree: Tree, token: Token, content: Token) -> bool:
    """Whether a small word belongs to the cue or the tense, not to what is done."""
    being = token.dep_ == "aux" and content.tag_ == "VBG" and tree.lemma(token) == "be"
    return being or tree.form(token) in _NOT_ACTION


def _before(tree: Tree, token: Token, *, keep_subject: bool) -> bool:
    """Whether a branch before the predicate is left out: what opens the clause, links it or denies it."""
    label, form = token.dep_, tree.form(token)
    if label == "case" and tree.child(token.head, "cop") is not None:
        return False  # "be in Riga"
    if label in {"mark", "advmod", "obl"} and (form in _OPENERS or (label == "advmod" and form in DENIALS)):
        return form not in DENIALS or (not keep_subject and denies(tree, token))
    if label == "advmod":
        return _opens_sentence(tree, token)
    return label in {"advcl", "obl", "obl:unmarked", "cc", "punct", "case", "ccomp", "conj"}


def _own_clause(tree: Tree, token: Token, label: str, content: Token) -> bool:
    """Whether a conjunct or adverbial clause stands for itself: it has its own subject, or a comma sets it off."""
    if label == "conj":
        said_for_itself = token.tag_ in FINITE and content.tag_ == "VB"  # "would meet him and promised to ..."
        return (
            said_for_itself
            or tree.child(token, *SUBJECTS) is not None
            or any(tree.form(kid) in _NOT_ACTION for kid in tree.children(token, "aux"))
        )
    return _after_comma(tree, token)


def _after_comma(tree: Tree, token: Token) -> bool:
    return not _SET_OFF.isdisjoint(tree.edge(token))


def _opens_sentence(tree: Tree, token: Token) -> bool:
    return bool(tree.phrase(token)[0].i - tree.first <= 1)


def _trimmed(tree: Tree, words: list[Token], content: Token) -> list[Token]:
    """The words without a loose beginning ("to", "that") or end (punctuation, "and")."""
    start, end = 0, len(words)
    if words and words[0].i < content.i and words[0].tag_ in {"WDT", "WP"} and words[0].dep_ == "obj":
        start = 1  # "which provide", of "jets which Poland agreed to provide in exchange"
    while start < end and words[start].i < content.i and _loose(tree, words[start]):
        start += 1
    opened = [place for place in range(start, end) if words[place].text == "("]
    if len(opened) > sum(word.text == ")" for word in words[start:end]):
        end = opened[-1]  # "shares worth 1bn francs ($861m" is cut short
    while end > start and words[end - 1].i > content.i and _loose(tree, words[end - 1]):
        end -= 1
    return words[start:end]


def _loose(tree: Tree, token: Token) -> bool:
    form = tree.form(token)
    if form == "that" and token.dep_ == "obj" and token.tag_ == "DT":
        return False  # "continue to do that"
    if form == "of" and token.dep_ in {"mark", "case"}:
        return True
    return form in {"to", "that", "and", "but", "or"} or (token.is_punct and form not in {"%", "$", ")", "'", '"'})


# Actors


def actor_words(tree: Tree, noun: Token) -> str:
    """The text of an actor: the noun phrase without relative clauses, appositions and asides."""

    def foreign(token: Token) -> bool:
        if token.head.i == noun.i and token.dep_ in {
            "case",
            "cop",
            "aux",
            "advmod",
            "mark",
            "nsubj",
            "obl",
            "advcl",
            "cc",
        }:
            return token.dep_ != "advmod" or token.i < noun.i
        if token.head.i == noun.i and token.dep_ in {"conj", "acl"} and token.tag_ in FINITE:
            return True
        if token.i > noun.i and _set_off(tree, token):
            return True
        if token.dep_ == "acl" and tree.root.pos_ in {"NOUN", "PROPN"} and _is_infinitive(tree, token):
            return True
        if token.head.i == noun.i and is_titled(tree, token):
            return False
        if is_aside(tree, token):
            return True
        return token.dep_ in {"acl:relcl", "appos", "parataxis", "advcl", "advcl:relcl"} or (
            token.dep_ == "punct" and tree.form(token) in {",", "–", "—", '"', ":", ";"} and token.head.i == noun.i
        )

    words = tree.phrase(noun, unless=foreign)
    text = spelled(words)
    for ending in ("’s", "'s", "’", "'"):
        if text.endswith(ending) and len(text) > len(ending):
            return text.removesuffix(ending)
    return text


def _set_off(tree: Tree, token: Token) -> bool:
    """Whether a comma parts it from a name: "Kerry, on a visit to Rome", "Kerry, speaking after the talks"."""
    return token.dep_ in {"acl", "nmod"} and "," in tree.edge(token)


def _is_infinitive(tree: Tree, verb: Token) -> bool:
    return any(tree.form(kid) == "to" for kid in tree.children(verb, "mark"))


def recipients(tree: Tree, content: Token, cue: Match, book: PartyBook, actors: Sequence[str]) -> tuple[str, ...]:
    """The parties to or for whom something is undertaken, by their canonical names."""
    found: dict[str, None] = {}
    deals = {*load_words("commitments")["deals"], "conference", "summit"}
    for noun in _targets(tree, content, cue, book):
        if not deals.isdisjoint({tree.lemma(noun).lower(), tree.form(noun).removesuffix("s")}):
            continue
        if tree.form(noun) in _NOBODY:
            continue
        for name in parties_of(tree, noun, book) or _people_of(tree, noun, book):
            if name not in actors and (noun.ent_type_ or not _is_about(tree, noun)):
                found[name] = None
    return tuple(found)


_NOBODY = frozenset({"bill", "christmas", "easter", "lent", "passover", "ramadan"})
"""What reads like somebody's name and is none: "oppose the Bill", "in time for Christmas"."""


def _is_about(tree: Tree, noun: Token) -> bool:
    """Whether it stands behind "on", as matters do, too ("the working group on Denuclearization")."""
    case = tree.child(noun, "case")
    return case is not None and tree.form(case) == "on"


def _targets(tree: Tree, content: Token, cue: Match, book: PartyBook) -> list[Token]:
    """The nouns towards which an action goes: objects, and what "to", "for", "with" or "against" leads to."""
    found: list[Token] = []
    inside = [content, *tree.children(content, "conj", "xcomp")] if content.pos_ in {"VERB", "AUX", "NOUN"} else []
    for verb in dict.fromkeys([cue.anchor, *inside]):
        makes = tree.lemma(verb) in load_words("commitments")["makes"]
        for kid in tree.children(verb, "iobj", "obj", "obl", "nmod"):
            made = makes and kid.dep_ == "obj" and book.canonical(party(tree, kid, book) or "") is None
            if kid.i != content.i and _aims(tree, kid) and not made:
                found.append(kid)
            found.extend(each for each in tree.children(kid, "nmod") if _aims(tree, each))
    if content.pos_ == "NOUN":
        found.extend(each for each in tree.children(content, "nmod") if _aims(tree, each))
    return sorted(dict.fromkeys(found), key=lambda token: token.i)


def _aims(tree: Tree, noun: Token) -> bool:
    if noun.dep_ in {"iobj", "obj"}:
        return True
    case, head = tree.child(noun, "case"), tree.head(noun)
    if case is not None and tree.form(case) == "to" and head is not None and tree.lemma(head) in _GOING:
        return False
    return case is not None and tree.form(case) in _TOWARDS


def _people_of(tree: Tree, noun: Token, book: PartyBook) -> tuple[str, ...]:
    """The country of "the Ukrainian people" or "the people of Ukraine"."""
    if tree.lemma(noun) not in {"people", "force", "forces", "citizen", "army", "military", "population"}:
        return ()
    for kid in tree.children(noun, "amod", "nmod", "nmod:poss", "compound"):
        if name := book.country(kid.text) or book.canonical(kid.text):
            return (name,)
    return ()


# Attribution


def attribution(tree: Tree, found: Found, stands: Standing, speaker: str) -> str | None:
    """Who is given as the source, in the words of the text ("officials said"), else the speaker of the turn."""
    own = stands.said_by is not None and tree.form(stands.said_by) in {"i", "we"}
    if stands.reporter is not None and stands.said_by is not None and not own:
        return _saying(tree, stands.reporter, stands.said_by)
    if (source := source_of(found)) is not None:
        top = tree.head(source.anchor) or source.anchor
        return spelled(run_from(tree.phrase(top), source.start)) or None
    return speaker or None


def _saying(tree: Tree, verb: Token, who: Token) -> str | None:
    """The subject and the verb of saying with its auxiliaries; of "let them know" the subject alone."""
    subject_text = actor_words(tree, who)
    if tree.lemma(verb) == "let" or (verb.tag_ == "VBG" and tree.child(verb, "aux") is None):
        return subject_text or None
    aux = [kid for kid in tree.children(verb, "aux", "aux:pass", "advmod") if kid.i < verb.i and kid.i > who.i]
    words = text_of([*aux, verb]) if aux and verb.i - aux[0].i == len(aux) else verb.text
    text = f"{subject_text} {words}" if who.i < verb.i else f"{words} {subject_text}"
    return text if plain(subject_text) not in {"", "which", "that", "who"} else None
