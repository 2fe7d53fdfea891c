"""Who is meant: names, aliases, adjectives, and the parties of a noun phrase."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.extract.parties import load_parties, named, parties_of
from tests.extract.built import tree, word

BOOK = load_parties()

ALIASES = [
    ("the UK", "United Kingdom"),
    ("Britain", "United Kingdom"),
    ("London", "United Kingdom"),
    ("the United States", "United States"),
    ("U.S.", "United States"),
    ("Washington", "United States"),
    ("Kyiv", "Ukraine"),
    ("Moscow", "Russia"),
    ("Russian Federation", "Russia"),
    ("Brussels", "European Union"),
    ("Paris", "France"),
    ("Islamic Republic of Iran", "Iran"),
    ("Turkey", "Türkiye"),
    ("the Netherlands", "Netherlands"),
]


@pytest.mark.parametrize(("name", "canonical"), ALIASES)
def test_an_alias_leads_to_the_canonical_name(name: str, canonical: str):
    assert BOOK.canonical(name) == canonical


@pytest.mark.parametrize("word_", ["us", "Us", "Who", "who", "officials", "Victoria", ""])
def test_common_words_and_ambiguous_capitals_are_no_party(word_: str):
    assert BOOK.canonical(word_) is None


def test_an_adjective_leads_to_its_country():
    assert BOOK.country("French") == "France"
    assert BOOK.country("south korean") == "South Korea"
    assert BOOK.country("green") is None


PAIR = """
Paris  paris  PROPN NNP 4 nsubj
and    and    CCONJ CC  3 cc
London london PROPN NNP 1 conj
agree  agree  VERB  VBP 0 root
"""
PHRASES = [
    (PAIR, "Paris", ("France", "United Kingdom")),
    (
        "The the DET DT 3 det\nFrench french ADJ JJ 3 amod\ngovernment government NOUN NN 0 root",
        "government",
        ("France",),
    ),
    (
        "the the DET DT 2 det\ngovernment government NOUN NN 0 root\nof of ADP IN 4 case\nJapan japan PROPN NNP 2 nmod",
        "government",
        ("Japan",),
    ),
    ("French french ADJ JJ 2 amod\ntroops troops NOUN NNS 0 root", "troops", ()),
    (
        "The the DET DT 3 det\nFrench french ADJ JJ 3 amod\npresident president NOUN NN 0 root",
        "president",
        ("French president",),
    ),
    ("They they PRON PRP 0 root", "They", ()),
    ("officials official NOUN NNS 0 root", "officials", ()),
    ("Friday friday PROPN NNP 0 root", "Friday", ()),
    (
        "President president PROPN NNP 2 nmod:desc\nGeorge george PROPN NNP 0 root\nBush bush PROPN NNP 2 flat",
        "George",
        ("George Bush",),
    ),
    (
        "the the DET DT 2 det\nCommission commission PROPN NNP 0 root",
        "Commission",
        ("Commission",),
    ),
]


@pytest.mark.parametrize(("rows", "noun", "parties"), PHRASES)
def test_a_noun_phrase_stands_for_the_parties_it_names(rows: str, noun: str, parties: tuple[str, ...]):
    sentence = tree(rows)
    assert parties_of(sentence, word(sentence, noun), BOOK) == parties


def test_the_parties_of_a_sentence_are_listed_once_in_order():
    sentence = tree("""
    American american ADJ   JJ  2 amod
    support  support  NOUN  NN  3 nsubj
    helps    help     VERB  VBZ 0 root
    South    south    PROPN NNP 5 compound
    Korea    korea    PROPN NNP 3 obj
    and      and      CCONJ CC  8 cc
    the      the      DET   DT  8 det
    US       us       PROPN NNP 5 conj
    """)
    assert named(sentence, BOOK) == ("United States", "South Korea")
    assert named(sentence, BOOK, sentence.tokens[3:5]) == ("South Korea",)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [(None, "is missing"), ("[[party]", "not valid TOML"), ("people = 1", "unknown keys: people")],
)
def test_a_faulty_file_of_parties_is_refused(tmp_path: Path, text: str | None, complaint: str):
    path = tmp_path / "parties.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=complaint):
        load_parties(path)
