"""Lists: what each filter lets through, in which order, on which day; compared with doing it by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import answer
from bot.domain import CommitmentKind, Decision, Decisions, Query
from bot.errors import BadInput, NotFound
from bot.store import open_store
from tests.store.make import HERE, NOW, THERE, add, commitment, fact, new_source, question, tell

ONE = "Norland will rebuild the old bridge for Estmark."
TWO = "The Isles offered to send engineers if the ceasefire holds."
THREE = "The United Realm refused to pay for the harbour."


@pytest.fixture
def three(store):
    """Three commitments of three parties in two sources; the third was published first."""
    add(
        store,
        f"{ONE} {TWO}",
        commitment(f"{ONE} {TWO}", ONE),
        commitment(
            f"{ONE} {TWO}",
            TWO,
            kind=CommitmentKind.OFFER,
            actors=("Isles", "Norland"),
            recipients=(),
            action="send engineers",
            condition="if the ceasefire holds",
        ),
        published=date(2026, 3, 1),
    )
    refusal = commitment(
        THREE,
        kind=CommitmentKind.REFUSAL,
        actors=("United Realm",),
        recipients=("Norland",),
        action="pay for the harbour",
    )
    store.add_source(
        HERE, new_source(THREE, date(2026, 2, 1)), Decisions(commitments=(Decision(refusal, status="refused"),))
    )
    store.add_aliases(HERE, {"United Realm": ["UR", "Réalm"], "Nowhere": ["NW"]})
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), "C-1 C-2 C-3"),
        (Query(actor="norland"), "C-1 C-2"),
        (Query(actor="NORLAND "), "C-1 C-2"),
        (Query(actor="ur"), "C-3"),
        (Query(actor="realm"), "C-3"),
        (Query(actor="nor"), "C-1 C-2"),
        (Query(actor="n"), "C-1 C-2 C-3"),
        (Query(actor="nobody"), ""),
        (Query(recipient="Norland"), "C-3"),
        (Query(actor="UR", recipient="Norland"), "C-3"),
        (Query(actor="Norland", recipient="Estmark"), "C-1"),
        (Query(kind="Offer"), "C-2"),
        (Query(kind="offer", actor="UR"), ""),
        (Query(status="Refused"), "C-3"),
        (Query(status="pledged"), "C-1 C-2"),
        (Query(status="pledged", kind="pledge"), "C-1"),
        (Query(kind="nonsense"), ""),
        (Query(about="engineer"), "C-2"),
        (Query(about="ceasefire holding"), "C-2"),
        (Query(about="Norland"), "C-1 C-2 C-3"),
        (Query(about="UR"), "C-3"),
        (Query(about="estmark"), "C-1"),
        (Query(about="engineers harbour"), ""),
        (Query(about="bridge", actor="Norland", kind="pledge", status="pledged"), "C-1"),
        (Query(text="old bridge"), "C-1"),
        (Query(text="UR"), ""),
        (Query(about="?!"), ""),
        (Query(source="S-1"), "C-1 C-2"),
        (Query(source="s2", actor="UR"), "C-3"),
        (Query(since=date(2026, 2, 2)), "C-1 C-2"),
        (Query(since=date(2026, 3, 1)), "C-1 C-2"),
        (Query(since=date(2026, 3, 2)), ""),
        (Query(as_of=date(2026, 2, 28)), "C-3"),
        (Query(as_of=date(2026, 1, 31)), ""),
        (Query(as_of=date(2026, 3, 1), since=date(2026, 2, 2)), "C-1 C-2"),
        (Query(as_of=date(2026, 3, 1), about="harbour", kind="refusal", status="refused", actor="UR"), "C-3"),
        (Query(status="source withdrawn"), ""),
    ],
    ids=repr,
)
def test_a_filter_lets_through_what_it_says(three, query, found):
    page = three.commitments(HERE, query, 0, 10)

    assert [c.id for c in page.items] == found.split()
    assert page.total == len(page.items)
    assert three.commitments(THERE, replace(query, source="")).total == 0


def test_a_source_that_is_not_held_is_said(three):
    with pytest.raises(NotFound, match="There is no S-9 here"):
        three.commitments(HERE, Query(source="S-9"))
    with pytest.raises(NotFound, match="There is no S-1 here"):
        three.commitments(THERE, Query(source="S-1"))


def test_pages_follow_on_one_another(three):
    pages = [three.commitments(HERE, Query(), n, 2) for n in range(3)]

    assert [[c.id for c in page.items] for page in pages] == [["C-1", "C-2"], ["C-3"], []]
    assert {(page.total, page.last, page.size) for page in pages} == {(3, 1, 2)}
    assert three.commitments(HERE, Query(), -1, 2) == pages[0]


def test_questions_are_the_open_ones_unless_asked_otherwise(store):
    text = "Who will pay is unclear. When is unclear."
    add(store, text, question(text), question(text, question="When?"))
    store.set_steps(HERE, "Q-2", ["answered"])

    assert [q.id for q in store.questions(HERE, Query()).items] == ["Q-1"]
    assert [q.id for q in store.questions(HERE, Query(status="answered")).items] == ["Q-2"]
    assert store.questions(HERE, Query(about="Norland")).total == 1


def test_facts_of_the_documents_own_list_come_first(store):
    text = "One. Two. Three."
    add(store, text, fact(text, "One."), fact(text, "Two.", listed=True), fact(text, "Three.", kind="figure"))
    add(store, "Older.", fact("Older.", listed=True), published=date(2026, 1, 1))

    assert [f.id for f in store.facts(HERE, Query()).items] == ["F-2", "F-1", "F-3", "F-4"]
    assert [f.id for f in store.facts(HERE, Query(kind="figure")).items] == ["F-3"]


def test_a_day_in_the_past_shows_what_was_known_then(store):
    add(store, ONE, commitment(ONE), published=date(2026, 1, 1))
    again = commitment(TWO, kind=CommitmentKind.AGREEMENT)
    found = Decisions(commitments=(Decision(again, "", "C-1", "again", "agreed"),))
    store.add_source(HERE, new_source(TWO, date(2026, 3, 1)), found)
    add(store, THREE, commitment(THREE), published=date(2026, 2, 1))

    then = store.commitments(HERE, Query(as_of=date(2026, 2, 15)))
    (held,) = (c for c in then.items if c.id == "C-1")

    assert [c.id for c in then.items] == ["C-2", "C-1"], "C-1 had last been spoken of in January"
    assert [c.id for c in store.commitments(HERE, Query()).items] == ["C-1", "C-2"]
    assert (len(held.mentions), held.status, held.finding.kind) == (1, "pledged", CommitmentKind.PLEDGE)
    assert held.last_seen == date(2026, 1, 1)
    assert store.commitments(HERE, Query(as_of=date(2026, 2, 15), kind="agreement")).total == 0
    assert store.commitments(HERE, Query(as_of=date(2026, 3, 15), status="agreed")).total == 1
    assert store.commitments(HERE, Query(as_of=date(2026, 2, 15), since=date(2026, 1, 15))).total == 1


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "a OR b", "NEAR(a b)", "-a", "a*", "^a", "scope : w", "{text} : a", "(", ")", "AND", "\x00", "é"],
)
def test_nothing_that_is_typed_is_syntax(three, typed):
    for query in (Query(about=typed), Query(text=typed), Query(actor=typed), Query(recipient=typed)):
        assert three.commitments(HERE, query).total >= 0
    assert three.search(HERE, typed).total >= 0
    assert three.sources(HERE, Query(text=typed)).total >= 0
    assert isinstance(three.parties(HERE, typed), tuple)


def test_a_made_word_of_the_index_cannot_be_typed(three):
    for typed in ("w111zc1", "w111zc1a1", "w222zc1"):
        assert three.commitments(HERE, Query(about=typed)).total == 0
        assert three.search(HERE, typed).total == 0


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_words_at_all_can_be_looked_for(typed):
    typed = typed.encode("utf-8", "ignore").decode()
    text = f"Norland said: {typed} and no more."
    with open_store(":memory:") as store:
        add(store, text, commitment(text))
        store.commitments(HERE, Query(actor=typed, text=typed))
        found = store.commitments(HERE, Query(about=typed)).total
        if typed.isascii() and typed.strip():
            assert found == any(c.isalnum() for c in typed), "what stands in a quote is found by its words"
        store.search(HERE, typed)
        store.parties(HERE, typed)


PARTIES = ("Norland", "Isles", "Estmark")
DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(4)]
OPENED = st.tuples(
    st.sampled_from([HERE, THERE]),
    st.sampled_from(DAYS),
    st.sets(st.sampled_from(PARTIES), min_size=1, max_size=2),
    st.sets(st.sampled_from(PARTIES), max_size=2),
    st.sampled_from([CommitmentKind.PLEDGE, CommitmentKind.OFFER]),
    st.sampled_from(["pledged", "offered"]),
    st.sampled_from(["bridge", "harbour"]),
    st.integers(0, 3),
)
QUERIES = st.builds(
    Query,
    actor=st.sampled_from(["", "", "norland", "isles", "es"]),
    recipient=st.sampled_from(["", "", "estmark"]),
    kind=st.sampled_from(["", "", "pledge"]),
    status=st.sampled_from(["", "", "offered"]),
    about=st.sampled_from(["", "", "bridge", "norland"]),
    since=st.sampled_from([None, None, *DAYS]),
    as_of=st.sampled_from([None, None, *DAYS]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(OPENED, max_size=8), st.lists(QUERIES, min_size=1, max_size=6))
def test_lists_are_those_made_by_hand(said, queries):
    with open_store(":memory:") as store:
        rows = {HERE: {}, THERE: {}}
        for n, (workspace, day, actors, recipients, kind, status, word, repeats) in enumerate(said):
            held = rows[workspace]
            entry = f"C-{repeats}" if f"C-{repeats}" in held else None
            text = f"Text {n} about the {word}."
            finding = commitment(
                text,
                actors=tuple(sorted(actors)),
                recipients=tuple(sorted(recipients)),
                kind=kind,
                action=f"mend the {word}",
                actor_text="",
            )
            decision = Decision(finding, "", entry, "again" if entry else "", status)
            done = store.add_source(workspace, new_source(text, day), Decisions(commitments=(decision,)))
            id_ = entry or done.new_commitments[0]
            held.setdefault(id_, []).append((day, n, actors, recipients, str(kind), status, word))
        for query in queries:
            for workspace in (HERE, THERE):
                page = store.commitments(workspace, query, 0, 50)
                assert [c.id for c in page.items] == by_hand(rows[workspace], query)
                assert page.total == len(page.items)
        assert store.check() == []


def by_hand(held, query):
    found = []
    for id_, mentions in held.items():
        then = sorted(m for m in mentions if not query.as_of or m[0] <= query.as_of)
        if then and fits(mentions, then, query):
            found.append((-then[-1][0].toordinal(), int(id_[2:]), id_))
    return [id_ for *_, id_ in sorted(found)]


def fits(mentions, then, query):
    def named(role, wanted):
        names = {name.lower() for m in mentions for name in m[role]}
        exact = {p.lower() for p in PARTIES} & {wanted}
        return any(name == wanted if exact else wanted in name for name in names)

    said = {m[6] for m in mentions} | {name.lower() for m in mentions for role in (2, 3) for name in m[role]}
    return (
        (not query.actor or named(2, query.actor))
        and (not query.recipient or named(3, query.recipient))
        and (not query.kind or then[-1][4] == query.kind)
        and (not query.status or then[-1][5] == query.status)
        and (not query.about or query.about in said)
        and (not query.since or then[-1][0] >= query.since)
    )


def nobody(text, actor_text, **slots):
    return commitment(text, actors=(), actor_text=actor_text, **slots)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("the club", "C-1"),
        ("Club", "C-1"),
        ("a club", "C-1"),
        ("treasurer", "C-2"),
        ("THE Treasurer", "C-2"),
        ("Ms Lim", "C-3"),
        ("Lim", "C-3"),
        ("Mr Lim", ""),
        ("club treasurer", ""),
        ("bridge", ""),
        ("the", ""),
    ],
)
def test_an_actor_is_found_by_the_words_that_the_text_has_for_it(store, typed, ids):
    add(
        store,
        TWO,
        nobody(TWO, "the club"),
        nobody(TWO, "The treasurer"),
        commitment(TWO, actors=("Lim",), actor_text="Ms Lim"),
    )
    add(store, TWO, nobody(TWO, "the club"), workspace=THERE)

    found = store.commitments(HERE, Query(actor=typed))
    assert " ".join(sorted(c.id for c in found.items)) == ids
    assert found.total == len(found.items)
    assert store.check() == []


def test_the_words_for_an_actor_go_and_come_with_their_source(store):
    add(store, TWO, nobody(TWO, "the club"))
    store.remove_source(HERE, "S-1", "42", NOW)
    assert store.commitments(HERE, Query(actor="club")).total == 0
    assert store.check() == []

    store.restore_source(HERE, "S-1", "42", NOW)
    assert store.commitments(HERE, Query(actor="club")).total == 1
    assert store.check() == []


def test_what_most_sources_say_can_stand_first_now_and_on_a_past_day(store):
    often = "Norland will rebuild the bridge."
    for day in (1, 2):
        text = f"{often} {day}"
        tell(store, text, commitment(text, often), published=date(2026, 1, day))
    late = "Norland will mend the old road."
    tell(store, late, commitment(late, action="mend the old road"), published=date(2026, 2, 1))

    def listed(**filters):
        return [entry.id for entry in store.commitments(HERE, Query(**filters)).items]

    assert listed() == ["C-2", "C-1"]
    assert listed(order="sources") == listed(order="sources", about="Norland") == ["C-1", "C-2"]
    assert listed(order="sources", as_of=date(2026, 2, 1)) == ["C-1", "C-2"]


def test_what_was_due_and_is_not_spoken_of_since_can_be_asked_for(store):
    texts = {
        "overdue": ("Norland will build a dam by 5 March.", {"action": "build a dam", "due_date": date(2026, 3, 5)}),
        "to come": ("Norland will build a pier by June.", {"action": "build a pier", "due_date": date(2026, 6, 30)}),
        "no day": ("Norland will build a mole.", {"action": "build a mole"}),
        "done": (
            "Norland built a lock.",
            {"action": "build a lock", "due_date": date(2026, 3, 5), "kind": CommitmentKind.FULFILMENT},
        ),
    }
    for text, slots in texts.values():
        tell(store, text, commitment(text, **slots))
    assert [each.id for each in store.commitments(HERE, Query(passed=date(2026, 3, 14))).items] == ["C-1"]
    page = store.commitments(HERE, Query(passed=date(2026, 7, 1), actor="Norland"), 0, 1)
    assert (page.total, len(page.items)) == (2, 1)
    assert store.commitments(HERE, Query(passed=date(2026, 3, 5))).total == 0

    again = "Norland says again that it will build a dam by 5 March."
    tell(store, again, commitment(again, **texts["overdue"][1]), published=date(2026, 3, 9))
    assert store.commitments(HERE, Query(passed=date(2026, 3, 14))).total == 0
    with pytest.raises(BadInput, match="one of the two"):
        answer.commitments(store, HERE, Query(passed=date(2026, 3, 14), as_of=date(2026, 3, 14)))
