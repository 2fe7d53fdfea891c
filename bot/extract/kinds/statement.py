"""Statements: the sentences that say most of what the document says."""

from collections.abc import Iterator, Sequence

from bot.extract.kinds import Hit, Kind, Passage


def find(passages: Sequence[Passage]) -> Iterator[Hit]:
    """Every sentence that can stand by itself, by its share in the document."""
    for passage in passages:
        if passage.share > 0:
            yield Hit(passage, passage.share)


KIND = Kind(
    name="statement",
    about="a sentence that says much of what the document says",
    find=find,
    examples=(
        ("The government approved the new budget after a long debate in parliament.", ""),
        ("Why would they do that?", None),
        ("It did.", None),
    ),
)
