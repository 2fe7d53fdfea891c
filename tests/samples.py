"""Values of the domain to build tests on: the French and British offer, a doubt, a key fact, and their sources."""

from datetime import UTC, date, datetime

from bot.domain import (
    Block,
    BlockKind,
    Commitment,
    CommitmentFinding,
    CommitmentKind,
    CommitmentStatus,
    Document,
    Evidence,
    Fact,
    FactFinding,
    Findings,
    Firmness,
    Mention,
    NewSource,
    OpenQuestion,
    QuestionFinding,
    QuestionKind,
    QuestionStatus,
    Source,
    SourceRef,
    Why,
)

NOW = datetime(2026, 3, 14, 9, 5, tzinfo=UTC)

OFFER = "Norland and the Isles have offered to send engineers to Estmark if the ceasefire holds."
DOUBT = "It is unclear whether the Union will pay for the engineers."
FIGURE = "The mission would cost 40 million crowns a year."
TEXT = f"Bridges for Estmark\n\n{OFFER} {DOUBT}\n\nKey facts\n- {FIGURE}\n"


def place(text: str, quote: str) -> Evidence:
    """The Evidence of a quote that stands in a text."""
    start = text.index(quote)
    return Evidence(start, start + len(quote), quote)


def offer(text: str = TEXT, quote: str = OFFER, **slots: object) -> CommitmentFinding:
    """An offer of two actors under a condition; `slots` replace what it says."""
    found: dict[str, object] = {
        "kind": CommitmentKind.OFFER,
        "actors": ("Norland", "Isles"),
        "actor_text": "Norland and the Isles",
        "action": "send engineers to Estmark",
        "recipients": ("Estmark",),
        "condition": "if the ceasefire holds",
        "due": None,
        "attribution": None,
        "firmness": Firmness.CONDITIONAL,
        "why": Why("have offered", "offer-verb"),
        "evidence": (place(text, quote),),
    }
    return CommitmentFinding(**{**found, **slots})  # type: ignore[arg-type]


def doubt(text: str = TEXT, quote: str = DOUBT, **slots: object) -> QuestionFinding:
    """An indirect question; `slots` replace what it says."""
    found: dict[str, object] = {
        "kind": QuestionKind.INDIRECT,
        "question": "Will the Union pay for the engineers?",
        "content": "the Union will pay for the engineers",
        "about": ("Union",),
        "why": Why("unclear whether", "open-clause"),
        "evidence": (place(text, quote),),
    }
    return QuestionFinding(**{**found, **slots})  # type: ignore[arg-type]


def figure(text: str = TEXT, quote: str = FIGURE, **slots: object) -> FactFinding:
    """A figure from the document's own list; `slots` replace what it says."""
    found: dict[str, object] = {
        "kind": "figure",
        "statement": quote,
        "about": (),
        "listed": True,
        "evidence": (place(text, quote),),
    }
    return FactFinding(**{**found, **slots})  # type: ignore[arg-type]


def document(
    text: str = TEXT, title: str = "Bridges for Estmark", published: date | None = date(2026, 3, 1)
) -> Document:
    """A document whose lines are its blocks."""
    blocks, at = [], 0
    for line in text.splitlines(keepends=True):
        words = line.strip().removeprefix("- ")
        start = at + line.find(words)
        if words:
            kind = BlockKind.BULLET if line.startswith("- ") else BlockKind.PARAGRAPH
            blocks.append(Block(kind, start, start + len(words)))
        at += len(line)
    return Document(text, title, published, "text/plain", tuple(blocks))


def findings() -> Findings:
    """One commitment, one open question, one fact, all in `TEXT`."""
    return Findings((offer(),), (doubt(),), (figure(),))


def new_source(
    text: str = TEXT, *, origin: str = "bridges.txt", published: date | None = date(2026, 3, 1)
) -> NewSource:
    """A document on its way in."""
    return NewSource(document(text, published=published), origin, "cli", NOW)


def source_ref(id: str = "S-1", published: date | None = date(2026, 3, 1)) -> SourceRef:  # noqa: A002
    """Where an Evidence comes from."""
    return SourceRef(id, "Bridges for Estmark", published, "bridges.txt")


def source(id: str = "S-1", **values: object) -> Source:  # noqa: A002
    """A Source as held."""
    held: dict[str, object] = {
        "id": id,
        "title": "Bridges for Estmark",
        "published": date(2026, 3, 1),
        "origin": "bridges.txt",
        "media_type": "text/plain",
        "added_at": NOW,
        "added_by": "cli",
        "text_hash": "ab" * 32,
        "length": len(TEXT),
        "commitments": 1,
        "questions": 1,
        "facts": 1,
    }
    return Source(**{**held, **values})  # type: ignore[arg-type]


def commitment(id: str = "C-1", status: CommitmentStatus = CommitmentStatus.CONDITIONAL, **slots: object) -> Commitment:  # noqa: A002
    """The offer as held."""
    return _held(Commitment, id, offer(**slots), status=status)


def question(id: str = "Q-1", status: QuestionStatus = QuestionStatus.OPEN, **slots: object) -> OpenQuestion:  # noqa: A002
    """The doubt as held."""
    return _held(OpenQuestion, id, doubt(**slots), status=status)


def fact(id: str = "F-1", **slots: object) -> Fact:  # noqa: A002
    """The figure as held."""
    return _held(Fact, id, figure(**slots))


def _held(kind, id, finding, **values):  # noqa: A002
    ref = source_ref()
    evidence = tuple(Evidence(each.start, each.end, each.quote, ref) for each in finding.evidence)
    held = type(finding)(**{**{name: getattr(finding, name) for name in finding.__slots__}, "evidence": evidence})
    seen = {"first_seen": ref.published, "last_seen": ref.published}
    return kind(id=id, finding=held, mentions=(Mention(ref, held),), **seen, **values)
