"""Cues as data: the pattern language, which of several matches counts, and what a faulty file is told."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.extract.cues import Cue, CueSet, load_cues, parse_pattern
from bot.extract.words import load_words
from tests.extract.built import tree

READY = tree("""
We       we     PRON  PRP 4 nsubj
are      be     AUX   VBP 4 cop
not      not    PART  RB  4 advmod
ready    ready  ADJ   JJ  0 root
to       to     PART  TO  6 mark
make     make   VERB  VB  4 xcomp
good     good   ADJ   JJ  6 xcomp
on       on     ADP   IN  9 case
plans    plan   NOUN  NNS 6 obl
""")


def found(*patterns: str, kind: str = "offer") -> list[tuple[str, str]]:
    cues = CueSet([Cue("c", kind, tuple(parse_pattern(pattern) for pattern in patterns))])
    return [(match.text, match.anchor.text) for match in cues.matches(READY)]


@pytest.mark.parametrize(
    ("pattern", "text", "anchor"),
    [
        ("be ... ready", "are not ready", "ready"),
        ("be not? ready!", "are not ready", "ready"),
        ("be never? not ready", "are not ready", "ready"),
        ("make good on", "make good on", "make"),
        ("plan|pledge/NOUN", "plans", "plans"),
        ("=plans", "plans", "plans"),
        ("*/ADJ to", "ready to", "ready"),
        ("ready to */VB", "ready to make", "ready"),
    ],
)
def test_a_pattern_fits_where_its_elements_stand(pattern: str, text: str, anchor: str):
    assert found(pattern) == [(text, anchor)]


@pytest.mark.parametrize("pattern", ["plan/VERB", "=plan", "ready make", "make good to", "ready ? to"])
def test_a_pattern_does_not_fit_elsewhere(pattern: str):
    assert found(pattern) == []


def test_a_match_within_a_longer_one_does_not_count():
    assert found("ready", "be ... ready", "not") == [("are not ready", "ready")]


def test_a_look_alike_blocks_what_lies_within_it():
    cues = CueSet([Cue("ready", "offer", (parse_pattern("ready"),)), Cue("not", "none", (parse_pattern("not ready"),))])
    assert cues.matches(READY) == ()


def test_two_cues_can_stand_at_one_place():
    cues = CueSet([Cue("a", "offer", (parse_pattern("ready"),)), Cue("b", "plan", (parse_pattern("ready"),))])
    assert [match.cue.name for match in cues.matches(READY)] == ["a", "b"]


def test_a_bare_question_mark_is_a_word():
    asked = tree("Why why ADV WRB 0 root\n? ? PUNCT . 1 punct")
    assert CueSet([Cue("q", "x", (parse_pattern("?"),))]).matches(asked)[0].text == "?"


def write(folder: Path, text: str) -> Path:
    (folder / "some.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[cue]]\nname = 'x'\nkind = 'plan'\npatterns = ['x']\nflag = ['y']", "unknown keys: flag"),
        ("[[cue]]\nname = 'x'\nkind = 'plan'", "lacks patterns"),
        ("[[cue]]\nname = 'x'\nkind = 'plan'\npatterns = ['x']\ndirection = 'up'", "must be forward, backward or both"),
        ("[[cue]", "not valid TOML"),
    ],
)
def test_a_faulty_cue_file_is_refused_with_what_is_wrong(tmp_path: Path, text: str, complaint: str):
    with pytest.raises(SettingsError, match=complaint):
        load_cues("some", write(tmp_path, text))


def test_a_missing_cue_file_says_which(tmp_path: Path):
    with pytest.raises(SettingsError, match=r"gone\.toml is missing"):
        load_cues("gone", tmp_path)


def test_a_cue_file_gives_each_field(tmp_path: Path):
    text = """
    [[cue]]
    name = "vow"
    kind = "pledge"
    patterns = ["vow/VERB"]
    governs = ["xcomp", "obl:to"]
    direction = "both"
    stops = ["but"]
    flags = ["turns"]
    without = ["rise"]
    """
    (cue,) = load_cues("some", write(tmp_path, text)).cues
    assert (cue.name, cue.kind, cue.governs, cue.direction) == ("vow", "pledge", ("xcomp", "obl:to"), "both")
    assert (cue.stops, cue.flags, cue.without) == (frozenset({"but"}), frozenset({"turns"}), frozenset({"rise"}))


@pytest.mark.parametrize("name", ["commitments", "scope"])
def test_the_files_that_ship_can_be_read_and_name_each_cue_once(name: str):
    names = [cue.name for cue in load_cues(name).cues]
    assert len(names) == len(set(names)) > 5


def test_the_word_lists_of_commitments_do_not_contradict_one_another():
    words = load_words("commitments")
    assert not set(words["deeds"]) & set(words["unwilled"])
