"""One workspace never sees another: whatever is done in one, every answer in the other stays as it was."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Query, WatchedFile
from bot.errors import DossierError
from bot.store import open_store
from tests.store.make import HERE, NOW, THERE, commitment, fact, question, tell

TEXTS = ("Norland will rebuild the bridge.", "Isles: who pays?", "A figure of the Isles.")
STEPS = st.lists(
    st.tuples(
        st.sampled_from([HERE, THERE]),
        st.sampled_from(["add", "remove", "restore", "channel", "stop", "alias", "watch", "save", "log"]),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=12,
)


def do(store, workspace, step, n):
    text = TEXTS[n]
    match step:
        case "add":
            named = ("Norland", "Isles", "Estmark")[n]
            found = commitment(text, actors=(named,)), question(text, about=(named,)), fact(text)
            tell(store, text, *found, workspace=workspace, published=date(2026, 3, 1 + n))
        case "remove":
            store.remove_source(workspace, f"S-{n + 1}", "42", NOW)
        case "restore":
            store.restore_source(workspace, f"S-{n + 1}", "42", NOW)
        case "channel":
            store.set_updates_channel(workspace, str(n), "42", NOW)
        case "stop":
            store.stop_updates(workspace, "42", NOW)
        case "alias":
            store.add_aliases(workspace, {"Norland": [f"N{n}"], "Isles": [f"N{n}"]})
        case "watch":
            store.mark_watched(workspace, WatchedFile("a.txt", n, n, "ab", "added"))
        case "save":
            store.save_query(workspace, f"{n}")
        case "log":
            store.log(workspace, "42", "said", f"C-{n}", NOW)


def attempt(ask):
    try:
        return ask()
    except DossierError as error:
        return str(error)


def everything(store, workspace):
    """Every answer there is."""
    lists = [
        attempt(lambda verb=verb, query=query: verb(workspace, query, 0, 50))
        for verb in (store.commitments, store.questions, store.facts, store.sources)
        for query in (
            Query(),
            Query(actor="Norland"),
            Query(actor="N1"),
            Query(about="bridge"),
            Query(about="Isles"),
            Query(source="S-1"),
            Query(status="source withdrawn"),
            Query(as_of=date(2026, 3, 2)),
            Query(since=date(2026, 3, 2)),
        )
    ]
    ids = [
        attempt(lambda id_=id_, verb=verb: verb(workspace, id_))
        for id_ in ("S-1", "S-2", "C-1", "C-2", "Q-1", "F-1")
        for verb in (store.entry, store.source_text, store.added)
    ]
    held = store.counts(workspace)
    rest = [
        [store.search(workspace, word) for word in ("bridge", "isles", "pays")],
        [store.parties(workspace, prefix) for prefix in ("", "n", "i")],
        [store.party(workspace, name) for name in ("Norland", "N0")],
        [store.held(workspace, text) for text in TEXTS],
        (held.sources, held.commitments, held.questions, held.facts, held.last_added),
        store.updates_channel(workspace),
        [(p.channel, p.subject, p.state) for p in store.postings_due(NOW) if p.workspace == workspace],
        store.watched(workspace),
        attempt(lambda: store.saved_query(workspace, store.save_query("333", "1"))),
        [(line.what, line.subject) for line in store.log_entries(workspace, 0, 50).items],
    ]
    return [*lists, *ids, *rest]


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_what_is_done_in_one_workspace_changes_no_answer_in_the_other(steps):
    with open_store(":memory:") as store:
        for workspace, step, n in steps:
            other = THERE if workspace == HERE else HERE
            before = everything(store, other)
            attempt(lambda w=workspace, s=step, n=n: do(store, w, s, n))
            assert everything(store, other) == before
        assert store.check() == []


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_a_workspace_answers_as_if_it_were_alone(steps):
    with open_store(":memory:") as shared, open_store(":memory:") as alone:
        for workspace, step, n in steps:
            attempt(lambda w=workspace, s=step, n=n: do(shared, w, s, n))
            if workspace == HERE:
                attempt(lambda s=step, n=n: do(alone, HERE, s, n))
        assert everything(shared, HERE) == everything(alone, HERE)


@pytest.mark.parametrize(
    "odd", ["local", "", "a b", "w111", "111zc1", "x6c6f63616c", "工作", "'; DROP TABLE entries; --"]
)
def test_workspaces_of_any_name_are_apart(store, odd):
    text = TEXTS[0]
    tell(store, text, commitment(text), workspace=odd)

    assert store.commitments(odd, Query(about="bridge")).total == 1
    assert store.search(odd, "bridge").total == 1
    for other in ("local2", HERE, "a", "b", "工"):
        assert store.commitments(other, Query(about="bridge")).total == 0
        assert store.search(other, "bridge").total == 0
