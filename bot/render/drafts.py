"""What is shown of a document before it is kept, of a queue of such, and of feeds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.domain import (
    Action,
    Added,
    Bearing,
    CommitmentFinding,
    Draft,
    FactFinding,
    Fate,
    Feed,
    Item,
    LinkKind,
    Medium,
    Outcome,
    Preview,
    QuestionFinding,
    Reply,
    Source,
    SourceRef,
)
from bot.render.entries import badge, headline, quote, shown_first
from bot.render.hints import command
from bot.render.markdown import ORIGIN
from bot.render.notices import SHOWN, added_line, source_line
from bot.render.single import finding_item
from bot.render.words import clip, day, human_join, instant, plural

Finding = CommitmentFinding | QuestionFinding | FactFinding

TOUCHED = 3
"""How many entries are shown that a document may bear on."""
OUTCOMES = 5
"""Of so many suggestions it is told what became of them."""
_TITLE = 80
_ACTIVE = {kind: str(kind).removesuffix("s") for kind in LinkKind}
_PASSIVE = {
    LinkKind.SUPERSEDES: "superseded",
    LinkKind.FULFILS: "fulfilled",
    LinkKind.WITHDRAWS: "withdrawn",
    LinkKind.CONTRADICTS: "contradicted",
    LinkKind.ANSWERS: "answered",
}


def draft_title(draft: Draft) -> str:
    """The title of the document, else where it comes from."""
    return clip(draft.new.document.title or draft.new.origin, _TITLE)


def preview_reply(preview: Preview, waiting: int = 0) -> Reply:
    """What a document would bring, with buttons to keep or discard it.

    `waiting` is how many suggestions wait, this one included; 0 for a document that a moderator is about to add.
    """
    draft = preview.draft
    document = draft.new.document
    ref = SourceRef("", document.title, document.published, draft.new.origin)
    groups: tuple[tuple[str, Sequence[Any]], ...] = (
        ("Commitments", preview.commitments),
        ("Open questions", preview.questions),
        ("Facts", _further_facts(preview)),
    )
    sections = tuple(
        (name, tuple(finding_item(each, ref) for each in found[:most]))
        for (name, found), most in zip(groups, SHOWN, strict=True)
        if found
    )
    if preview.bearings:
        touched = tuple(_touched(each, ref) for each in preview.bearings[:TOUCHED])
        sections = (("May bear on", touched), *sections)
    rows = (("Published", day(document.published) or "date not given"), (ORIGIN, draft.new.origin))
    return Reply(
        f"{'Suggested' if waiting else 'Keep'}: {draft_title(draft)}{'' if waiting else '?'}",
        lead=found_line(preview),
        items=(Item("", "", rows),),
        sections=sections,
        notes=tuple(_notes(preview, waiting)),
        actions=tuple(_decisions(preview, waiting)),
    )


def _further_facts(preview: Preview) -> list[FactFinding]:
    """The facts whose sentence is not shown already, as a commitment or an open question."""
    shown: list[Finding] = [*preview.commitments[: SHOWN[0]]]
    shown += preview.questions[: SHOWN[1]]
    said = {(each.evidence[0].start, each.evidence[0].end) for each in shown}
    return [fact for fact in preview.facts if (fact.evidence[0].start, fact.evidence[0].end) not in said]


def found_line(preview: Preview) -> str:
    """`3 new commitments, 1 new open question and 2 new facts`."""
    counts = (
        (len(preview.commitments), "new commitment"),
        (len(preview.questions), "new open question"),
        (len(preview.facts), "new fact"),
    )
    found = human_join([plural(count, noun) for count, noun in counts if count])
    found = found or "No new commitment, open question or fact was found in it"
    return "; ".join([found, *bearing_words(preview.bearings)])


def bearing_words(bearings: Sequence[Bearing]) -> Iterator[str]:
    """`1 may contradict C-12`, `2 may be superseded by C-3`: how many findings, and on what they may bear."""
    groups: dict[tuple[LinkKind, bool], list[Bearing]] = {}
    for each in bearings:
        groups.setdefault((each.kind, each.later), []).append(each)
    for (kind, later), found in groups.items():
        count = len({id(each.finding) for each in found})
        held = human_join(list(dict.fromkeys(each.held.id for each in found)))
        yield f"{count} may {_ACTIVE[kind]} {held}" if later else f"{count} may be {_PASSIVE[kind]} by {held}"


def _touched(bearing: Bearing, ref: SourceRef) -> Item:
    """An entry that a document may bear on: how and why, its latest sentence, and the document's."""
    kind = bearing.kind
    how = f"may be {_PASSIVE[kind]} by this" if bearing.later else f"may {_ACTIVE[kind]} this"
    sentences = (*shown_first(bearing.held)[:1], *(replace(each, source=ref) for each in bearing.finding.evidence[:1]))
    rows = (("", how), ("Why", bearing.reason))
    return Item(bearing.held.id, headline(bearing.held), rows, tuple(map(quote, sentences)), badge=badge(bearing.held))


def _notes(preview: Preview, waiting: int) -> list[str]:
    notes = [f"Said again: {human_join(preview.again)}"] if preview.again else []
    if preview.draft.supersedes:
        notes.append(f"It takes the place of {preview.draft.supersedes}.")
    if preview.copy_of:
        notes.append(f"It is nearly the same text as {source_line(preview.copy_of)}, and would count once with it.")
    if preview.earlier:
        notes.append(f"The same address is held with another text: {source_line(preview.earlier)}.")
    shown: tuple[Sequence[Any], ...] = (preview.commitments, preview.questions, _further_facts(preview))
    if len(preview.bearings) > TOUCHED or any(len(found) > most for found, most in zip(shown, SHOWN, strict=True)):
        notes.append("The first of each are shown.")
    if waiting:
        return [*notes, f"{plural(waiting, 'suggestion')} in the queue. Nothing of it is held until you keep it."]
    return [*notes, "Nothing is held yet. This waits for a day, then it is forgotten."]


def _decisions(preview: Preview, waiting: int) -> list[Action]:
    number, earlier = str(preview.draft.id), preview.earlier
    keep = [Action("Keep", "save", number)]
    if earlier:
        keep = [
            Action(f"Keep as new version of {earlier.id}", "save", f"{number}|{earlier.id}"),
            Action("Keep as a further source", "save", number),
        ]
    later = [Action("Next", "queue", number)] if waiting > 1 else []
    return [*keep, Action("Discard", "discard", number), *later]


def suggested_reply(preview: Preview, earlier: Sequence[Outcome] = ()) -> Reply:
    """What a member reads whose suggestion is in the queue, and what became of what they suggested earlier."""
    how = "a direct message" if preview.draft.direct else "/catchup"
    return Reply(
        f"Suggested: {draft_title(preview.draft)}",
        lead=found_line(preview),
        notes=(
            "Moderators look at it in /source queue. It becomes a source when one of them keeps it.",
            f"What becomes of it, {how} tells you.",
            *outcome_lines(earlier),
        ),
    )


def outcome_lines(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """A line for each of the latest, and how many more there are."""
    more = len(outcomes) - OUTCOMES
    rest = (f"{plural(more, 'earlier suggestion')} of yours were decided on, too.",) if more > 0 else ()
    return (*map(_outcome_line, outcomes[-OUTCOMES:]), *rest)


def _outcome_line(outcome: Outcome) -> str:
    """`You suggested “Harbour brief”: kept, as S-4 (14 March 2026)`."""
    words = {
        Fate.KEPT: f"kept, as {outcome.source}",
        Fate.HELD: f"the same text was held already, as {outcome.source}",
        Fate.DISCARDED: "not kept",
        Fate.OVERDUE: "nobody decided on it in time, so it was forgotten; you may suggest it again",
    }
    return f"You suggested “{clip(outcome.title, _TITLE)}”: {words[outcome.fate]} ({day(outcome.at.date())})."


def outcome_reply(outcome: Outcome, server: str) -> Reply:
    """The direct message about what became of a suggestion."""
    return Reply(f"Your suggestion in {server}", lead=_outcome_line(outcome), notes=("You asked for this message.",))


def discarded_reply(draft: Draft) -> Reply:
    """What a moderator reads who does not want a document."""
    return Reply(f"Discarded: {draft_title(draft)}", notes=("Nothing of it was kept.",))


def held_reply(source: Source) -> Reply:
    """The same text is held already."""
    lead = f"The same content is held as {source_line(source)}, added {day(source.added_at.date())}."
    return Reply("Already held", lead=lead, notes=("Nothing was added.",))


def several_reply(done: Sequence[tuple[str, Added | str]]) -> Reply:
    """What adding several documents did: by name what it brought, or why it was not added."""
    good = [each for _, each in done if isinstance(each, Added) and not each.duplicate]
    items = tuple(_outcome(name, each) for name, each in done)
    return Reply(f"Added {len(good)} of {plural(len(done), 'document')}", items=items)


def _outcome(name: str, outcome: Added | str) -> Item:
    if isinstance(outcome, str):
        return Item("", f"{clip(name, _TITLE)} was not added", (("", outcome),))
    id_, _, rest = added_line(outcome).partition(" ")
    return Item(id_, rest, (("File", clip(name, _TITLE)),))


def suggestions_reply(waiting: Sequence[Preview]) -> Reply:
    """What members suggested and nobody decided on yet, for the terminal."""
    if not waiting:
        return Reply("Suggestions", lead="Nothing that members suggested waits to be looked at.")
    items = tuple(Item(str(each.draft.id), draft_title(each.draft), _suggested(each)) for each in waiting)
    how = "dossier suggestions keep NUMBER makes one a source, dossier suggestions discard NUMBER forgets it."
    return Reply("Suggestions", items=items, notes=(how,))


def _suggested(preview: Preview) -> tuple[tuple[str, str], ...]:
    new, again = preview.draft.new, human_join(preview.again)
    rows = (
        ("Published", day(new.document.published) or "date not given"),
        (ORIGIN, new.origin),
        ("Would bring", found_line(preview)),
        ("Said again", again),
    )
    return tuple(row for row in rows if row[1])


def feeds_reply(feeds: Sequence[Feed], *, medium: Medium = Medium.DISCORD) -> Reply:
    """The feeds that are followed, and how they were found last."""
    if not feeds:
        return Reply("Feeds", lead="No feed is followed.", notes=(f"Add one with {command('feed', medium)} add.",))
    return Reply("Feeds", items=tuple(_feed(feed) for feed in feeds))


def _feed(feed: Feed) -> Item:
    read: Callable[[], str] = lambda: instant(feed.read_at) if feed.read_at else "not yet"  # noqa: E731
    rows = [(ORIGIN, feed.url), ("Read", read())]
    if feed.failures:
        rows.append(("Since then", f"{plural(feed.failures, 'try')} without success: {feed.error}"))
    rows.append(("Looked at again", instant(feed.next_at)))
    return Item("", clip(feed.title or feed.url, _TITLE), tuple(rows))


def followed_reply(feed: Feed, entries: int, *, medium: Medium = Medium.DISCORD) -> Reply:
    """A feed that was just added."""
    they = "it is" if entries == 1 else "they are"
    brings = f"It holds {plural(entries, 'item')} now; {they} added in the next minutes, without an update."
    notes: tuple[str, ...] = (
        brings,
        "What comes later is announced where updates go. It is looked at every 15 minutes.",
    )
    if medium is Medium.TERMINAL:
        notes = (f"It holds {plural(entries, 'item')} now. dossier feed poll adds them, and later what is new.",)
    return Reply(
        f"Following {clip(feed.title or feed.url, _TITLE)}",
        items=(Item("", "", ((ORIGIN, feed.url),)),),
        notes=notes,
    )


def unfollowed_reply(feed: Feed) -> Reply:
    """A feed that is followed no more."""
    return Reply(
        f"No longer following {clip(feed.title or feed.url, _TITLE)}", notes=("The sources that it brought stay.",)
    )
