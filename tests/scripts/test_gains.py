"""What `make gains` tells of a change."""

import subprocess

import pytest

from scripts import gains
from scripts.gains import Change, change_tables, changed, differences, paired, score_table, seed_differences, short

TEXT = "Norland vows to build a bridge. Nobody came. The Isles will leave."
PLACES = ((0, 31), (32, 44), (45, len(TEXT)))


def gold(*marked: int, optional: tuple[int, ...] = ()):
    """The text, with the numbered sentences marked as commitments."""
    rows = []
    for number, (start, end) in enumerate(PLACES):
        entry = {"kind": "pledge", "actor": "Norland", "action": "build a bridge", "condition": ""}
        rows.append(
            {
                "start": start,
                "end": end,
                "commitments": [entry] if number in marked else [],
                "optional": ["commitments"] if number in optional else [],
            }
        )
    return {"id": "d", "text": TEXT, "sentences": rows}


def item(number: int = 0, **slots):
    start, end = PLACES[number]
    evidence = [{"start": start, "end": end, "quote": TEXT[start:end]}]
    found = {"kind": "pledge", "actors": ["Norland"], "action": "build a bridge", "condition": None}
    return {**found, "why": {"cue": "vows", "rule": "vow", "score": 0.9}, "evidence": evidence, **slots}


def found(*items):
    return {"d": {"id": "d", "commitments": list(items), "questions": []}}


@pytest.mark.parametrize(
    ("marked", "before", "after", "what"),
    [
        ((0,), found(), found(item()), "gained hits"),
        ((0,), found(item()), found(), "lost hits"),
        ((), found(), found(item()), "new false alarms"),
        ((), found(item()), found(), "removed false alarms"),
    ],
)
def test_a_sentence_found_on_one_side_only_is_told_with_its_cue(marked, before, after, what):
    assert differences("set", gold(*marked), before, after) == [
        Change(what, "set", "d", "commitments", TEXT[:31], "pledge: “vows” by vow, judged 0.90")
    ]


def test_a_sentence_that_only_one_reader_marked_is_no_difference():
    assert differences("set", gold(optional=(0,)), found(), found(item())) == []


def test_a_sentence_found_on_both_sides_tells_the_slots_that_differ():
    (change,) = differences("set", gold(0), found(item()), found(item(kind="plan", actors=[], condition="if paid")))
    assert change.what == "changed slots"
    assert change.sentence == TEXT[:31]
    assert change.detail == "kind: pledge → plan; actors: Norland → none; condition: none → if paid"


def test_another_reason_alone_is_no_difference():
    other = item(why={"cue": "vows", "rule": "vow", "score": 0.8})
    assert differences("set", gold(0), found(item()), found(other)) == []


def test_items_of_one_sentence_are_compared_with_those_most_like_them():
    bridge, road = item(), item(action="mend the road")
    pairs = paired([bridge, road], [{**road, "kind": "plan"}, bridge])
    assert pairs == [(bridge, bridge), (road, {**road, "kind": "plan"})]


def test_items_of_different_sentences_are_not_compared():
    assert paired([item(0)], [item(2)]) == [(item(0), None), (None, item(2))]


def test_the_seeds_tell_what_appeared_and_what_disappeared():
    before, after = found(item(0)), found(item(2))
    assert [(each.what, each.sentence) for each in seed_differences(before, after)] == [
        ("disappeared", TEXT[:31]),
        ("appeared", "The Isles will leave."),
    ]


def test_a_document_that_can_no_longer_be_read_is_told():
    (change,) = seed_differences({"d": {"id": "d"}}, {"d": {"id": "d", "error": "It is empty."}})
    assert (change.what, change.detail) == ("errors", "before: none; after: It is empty.")


def test_changes_come_in_the_order_of_the_text():
    every = changed("set", "d", "commitments", {}, {"commitments": [item(2), item(0)]})
    assert [each.sentence for each in every] == ["Norland vows to build a bridge.", "The Isles will leave."]


def test_figures_stand_before_and_after_for_each_group_that_is_marked():
    rows = score_table([("set", [gold(0, 2)], found(item(0)), found(item(0), item(2)))])
    assert [row for row in rows if "0.500" in row] == [
        "| set | commitments | 1.000 → 1.000 | 0.500 → 1.000 | 0.667 → 1.000 "
        "| 1.000 → 1.000 | 1.000 → 1.000 | 1.000 → 1.000 | 0.000 → 0.000 |"
    ]
    assert not any("questions" in row for row in rows)


def test_each_sort_of_change_has_a_table_of_its_own():
    lines = change_tables([Change("lost hits", "set", "d", "commitments", "a | b\nc", "x"), *[_gain("e")] * 2])
    assert lines == [
        "### Gained hits (2)",
        "",
        "| where | sentence | why |",
        "|---|---|---|",
        "| set d | e | x |",
        "| set d | e | x |",
        "",
        "### Lost hits (1)",
        "",
        "| where | sentence | why |",
        "|---|---|---|",
        "| set d | a \\| b c | x |",
        "",
    ]


def _gain(sentence: str) -> Change:
    return Change("gained hits", "set", "d", "commitments", sentence, "x")


def test_no_change_is_told_in_a_line():
    assert change_tables([]) == ["Every sentence gives the same as before."]


def test_a_long_sentence_is_cut_and_shown_as_cut():
    assert short("word " * 100, 20) == "word word word word…"


def test_a_revision_that_is_not_there_is_told_with_what_to_do():
    with (
        pytest.raises(SystemExit, match=r"no-such-revision cannot be checked out .* Name a branch or commit"),
        gains.checked_out("no-such-revision"),
    ):
        pass


def test_a_revision_is_checked_out_beside_the_working_tree_and_removed_again():
    with gains.checked_out("HEAD") as tree:
        assert (tree / "bot" / "extract").is_dir()
    assert not tree.exists()
    trees = subprocess.run(["git", "worktree", "list"], cwd=gains.ROOT, capture_output=True, text=True, check=True)
    assert str(tree) not in trees.stdout
