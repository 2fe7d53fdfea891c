"""Small documents with findings, to fill stores with."""

from datetime import UTC, date, datetime, timedelta

from bot.domain import (
    Added,
    CommitmentFinding,
    CommitmentKind,
    Decision,
    Decisions,
    Document,
    Evidence,
    FactFinding,
    Findings,
    Firmness,
    NewSource,
    QuestionFinding,
    QuestionKind,
    Why,
)
from bot.ingest import ingest
from bot.store import Store

NOW = datetime(2026, 3, 14, 9, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
HERE, THERE = "111", "222"


def place(text: str, quote: str) -> tuple[Evidence, ...]:
    """The Evidence of a quote, wherever it first stands in the text."""
    start = text.index(quote)
    return (Evidence(start, start + len(quote), quote),)


def commitment(text: str, quote: str | None = None, **slots: object) -> CommitmentFinding:
    """Norland pledges Estmark to rebuild the bridge; `slots` replace what it says. The quote is the whole text."""
    values: dict[str, object] = {
        "kind": CommitmentKind.PLEDGE,
        "actors": ("Norland",),
        "actor_text": "Norland",
        "action": "rebuild the bridge",
        "recipients": ("Estmark",),
        "condition": None,
        "due": None,
        "attribution": None,
        "firmness": Firmness.FIRM,
        "why": Why("will", "modal"),
        "evidence": place(text, quote or text),
    }
    if actors := slots.get("actors"):
        values["actor_text"] = " and ".join(actors)  # type: ignore[arg-type]
    return CommitmentFinding(**{**values, **slots})  # type: ignore[arg-type]


def question(text: str, quote: str | None = None, **slots: object) -> QuestionFinding:
    """Who pays for the bridge? `slots` replace what it says."""
    values: dict[str, object] = {
        "kind": QuestionKind.INDIRECT,
        "question": "Who will pay for the bridge?",
        "content": "who will pay for the bridge",
        "about": ("Norland",),
        "why": Why("unclear", "open-clause"),
        "evidence": place(text, quote or text),
    }
    return QuestionFinding(**{**values, **slots})  # type: ignore[arg-type]


def fact(text: str, quote: str | None = None, **slots: object) -> FactFinding:
    """The text itself as a statement; `slots` replace what it says."""
    values: dict[str, object] = {
        "kind": "statement",
        "statement": quote or text,
        "about": ("Estmark",),
        "listed": False,
        "evidence": place(text, quote or text),
    }
    return FactFinding(**{**values, **slots})  # type: ignore[arg-type]


def new_source(text: str, published: date | None = date(2026, 3, 1), title: str = "A brief") -> NewSource:
    """A document on its way in, without blocks."""
    return NewSource(Document(text, title, published), "brief.txt", "cli", NOW)


def decided(*findings: object, status: str = "pledged") -> Decisions:
    """Every finding opens an entry of its own."""
    return Decisions(
        tuple(Decision(f, status=status) for f in findings if isinstance(f, CommitmentFinding)),
        tuple(Decision(f, status="open") for f in findings if isinstance(f, QuestionFinding)),
        tuple(Decision(f) for f in findings if isinstance(f, FactFinding)),
    )


def add(
    store: Store,
    text: str,
    *findings: object,
    workspace: str = HERE,
    published: date | None = date(2026, 3, 1),
    title: str = "A brief",
) -> Added:
    """Store a document and its findings without deciding: every finding opens an entry."""
    return store.add_source(workspace, new_source(text, published, title), decided(*findings))


def tell(
    store: Store,
    text: str,
    *findings: object,
    workspace: str = HERE,
    published: date | None = date(2026, 3, 1),
    announce: bool = True,
    names: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> Added:
    """Ingest a document: what repeats an entry becomes a mention of it."""
    found = Findings(
        tuple(f for f in findings if isinstance(f, CommitmentFinding)),
        tuple(f for f in findings if isinstance(f, QuestionFinding)),
        tuple(f for f in findings if isinstance(f, FactFinding)),
        names,
    )
    return ingest(store, workspace, new_source(text, published), found, announce=announce)
