"""Lists stay fast when the store is large: no statement walks a whole table or sorts what it found."""

import re
from datetime import date

import pytest

from bot.domain import LinkKind, Proposal, Query
from tests.store.make import HERE, NOW, add, commitment, fact, question

TEXT = "Norland will rebuild the bridge."
PROPOSAL = Proposal(LinkKind.ANSWERS, "C-1", "Q-1", "it says so", "answered")


@pytest.fixture
def traced(store):
    """Run something against a small store and get how SQLite went about each statement."""
    for n in range(4):
        text = f"{TEXT} {n}."
        add(store, text, commitment(text), question(text), fact(text))
    for mention, *_ in store.unlinked(HERE):
        store.put_link_keys(HERE, mention, ["bridge", f"only {mention}"])
    store.add_aliases(HERE, {"Norland": ["NL"]})

    def run(ask):
        asked = []
        with store._db.tracer(lambda sql, values: asked.append((sql, values))):
            ask(store)
        selects = [(sql, values) for sql, values in asked if re.match(r"\s*(SELECT|UPDATE|DELETE)", sql)]
        assert selects
        return [
            (sql, step[3])
            for sql, values in selects
            for step in store._db.conn.execute(f"EXPLAIN QUERY PLAN {sql}", values or ()).fetchall()
        ]

    return run


def full_walks(plan):
    """Steps that read a whole table. Asking the full-text index with MATCH is none, nor is walking a result at hand."""
    return [
        (sql, step)
        for sql, step in plan
        if re.match(r"SCAN (?!c$|CONSTANT ROW$|\(subquery-\d+\)$|\w+_fts VIRTUAL TABLE INDEX \d+:M)", step)
    ]


QUERIES = [
    Query(),
    Query(actor="NL"),
    Query(actor="the club"),
    Query(recipient="Estmark", actor="Norland"),
    Query(kind="pledge"),
    Query(status="pledged", kind="pledge"),
    Query(about="bridge"),
    Query(about="norland", kind="pledge"),
    Query(text="bridge"),
    Query(source="S-2"),
    Query(since=date(2026, 1, 1)),
]


@pytest.mark.parametrize("query", QUERIES, ids=repr)
def test_no_list_walks_a_table_or_sorts(traced, query):
    plan = traced(lambda store: store.commitments(HERE, query, 0, 5))
    ordered = [(sql, step) for sql, step in plan if "entry_terms_fts" in sql]

    assert full_walks(plan) == []
    assert ordered
    assert [step for _, step in ordered if "TEMP B-TREE" in step] == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.entry(HERE, "C-2"),
        lambda store: store.source(HERE, "S-2"),
        lambda store: store.sources(HERE, Query()),
        lambda store: store.parties(HERE, "n"),
        lambda store: store.parties(HERE, ""),
        lambda store: store.party(HERE, "NL"),
        lambda store: store.counts(HERE),
        lambda store: store.postings_due(NOW),
        lambda store: store.search(HERE, "bridge"),
        lambda store: store.held(HERE, TEXT),
        lambda store: store.like_commitments(HERE, ["key", "other"]),
        lambda store: store.uncompared(HERE),
        lambda store: store.note_text(HERE, "S-2", [1, 2], "S-1"),
        lambda store: store.like_texts(HERE, [1, 2], source="S-2"),
        lambda store: store.log_entries(HERE),
        lambda store: store.added(HERE, "S-2"),
        lambda store: store.evidence_context(HERE, store.entry(HERE, "C-2").finding.evidence[0]),
        lambda store: store.remove_source(HERE, "S-2", "42", NOW),
        lambda store: add(store, "Another text.", commitment("Another text.")),
        lambda store: store.mentions_from(HERE, "C-1", "S-1"),
        lambda store: store.set_steps(HERE, "C-1", ["agreed"]),
        lambda store: store.unlinked(HERE, "S-2"),
        lambda store: store.bearing(HERE, [["bridge", "other"]], 1),
        lambda store: store.linked(HERE, "C-1", "Q-1"),
        lambda store: store.propose(HERE, 1, PROPOSAL, NOW),
        lambda store: store.links(HERE),
    ],
)
def test_nothing_asked_in_passing_walks_a_table(traced, ask):
    assert full_walks(traced(ask)) == []


def test_a_day_in_the_past_is_answered_from_an_index(traced):
    plan = traced(lambda store: store.commitments(HERE, Query(as_of=date(2026, 3, 1))))
    assert full_walks(plan) == []
    assert any("entries_in_order" in step for _, step in plan)


def test_every_reference_to_another_table_has_an_index(store):
    """Else each row that goes would have SQLite walk the whole table that may refer to it."""
    db = store._db
    without = []
    for table in (each for each in db.table_names() if "_fts" not in each):
        first = {row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[5] == 1}
        for index in db.execute(f"PRAGMA index_list({table})").fetchall():
            first.add(db.execute(f"PRAGMA index_info({index[1]})").fetchone()[2])
        refers = db.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        without += [(table, key[3]) for key in refers if key[3] not in first]
    assert without == []
