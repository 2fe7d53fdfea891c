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
from bot.render.words import clip, day, human_join, instant, plural, unit
from bot.texts import _, n_

Finding = CommitmentFinding | QuestionFinding | FactFinding

TOUCHED = 3
"""How many entries are shown that a document may bear on."""
OUTCOMES = 5
"""Of so many suggestions it is told what became of them."""
_TITLE = 80
_ACTIVE = {
    LinkKind.SUPERSEDES: (_("{count} may supersede {held}"), _("may supersede this")),
    LinkKind.FULFILS: (_("{count} may fulfil {held}"), _("may fulfil this")),
    LinkKind.WITHDRAWS: (_("{count} may withdraw {held}"), _("may withdraw this")),
    LinkKind.CONTRADICTS: (_("{count} may contradict {held}"), _("may contradict this")),
    LinkKind.ANSWERS: (_("{count} may answer {held}"), _("may answer this")),
}
"""What a later text may be to what is held: with numbers, and beside the entry."""
_PASSIVE = {
    LinkKind.SUPERSEDES: (_("{count} may be superseded by {held}"), _("may be superseded by this")),
    LinkKind.FULFILS: (_("{count} may be fulfilled by {held}"), _("may be fulfilled by this")),
    LinkKind.WITHDRAWS: (_("{count} may be withdrawn by {held}"), _("may be withdrawn by this")),
    LinkKind.CONTRADICTS: (_("{count} may be contradicted by {held}"), _("may be contradicted by this")),
    LinkKind.ANSWERS: (_("{count} may be answered by {held}"), _("may be answered by this")),
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
        (_("Commitments"), preview.commitments),
        (_("Open questions"), preview.questions),
        (_("Facts"), _further_facts(preview)),
    )
    sections = tuple(
        (name, tuple(finding_item(each, ref) for each in found[:most]))
        for (name, found), most in zip(groups, SHOWN, strict=True)
        if found
    )
    if preview.bearings:
        touched = tuple(_touched(each, ref) for each in preview.bearings[:TOUCHED])
        sections = ((_("May bear on"), touched), *sections)
    rows = ((_("Published"), day(document.published) or _("date not given")), (ORIGIN, draft.new.origin))
    return Reply(
        (_("Suggested: {draft}") if waiting else _("Keep: {draft}?")).format(draft=draft_title(draft)),
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
        (len(preview.commitments), unit("new commitment")),
        (len(preview.questions), unit("new open question")),
        (len(preview.facts), unit("new fact")),
    )
    found = human_join([plural(count, noun) for count, noun in counts if count])
    found = found or _("No new commitment, open question or fact was found in it")
    return "; ".join([found, *bearing_words(preview.bearings)])


def bearing_words(bearings: Sequence[Bearing]) -> Iterator[str]:
    """`1 may contradict C-12`, `2 may be superseded by C-3`: how many findings, and on what they may bear."""
    groups: dict[tuple[LinkKind, bool], list[Bearing]] = {}
    for each in bearings:
        groups.setdefault((each.kind, each.later), []).append(each)
    for (kind, later), found in groups.items():
        count = len({id(each.finding) for each in found})
        held = human_join(list(dict.fromkeys(each.held.id for each in found)))
        words, _beside = (_ACTIVE if later else _PASSIVE)[kind]
        yield words.format(count=count, held=held)


def _touched(bearing: Bearing, ref: SourceRef) -> Item:
    """An entry that a document may bear on: how and why, its latest sentence, and the document's."""
    kind = bearing.kind
    _numbered, how = (_PASSIVE if bearing.later else _ACTIVE)[kind]
    sentences = (*shown_first(bearing.held)[:1], *(replace(each, source=ref) for each in bearing.finding.evidence[:1]))
    rows = (("", how), (_("Why"), bearing.reason))
    return Item(bearing.held.id, headline(bearing.held), rows, tuple(map(quote, sentences)), badge=badge(bearing.held))


def _notes(preview: Preview, waiting: int) -> list[str]:
    notes = [_("Said again: {again}", again=human_join(preview.again))] if preview.again else []
    if preview.draft.supersedes:
        notes.append(_("It takes the place of {supersedes}.", supersedes=preview.draft.supersedes))
    if preview.copy_of:
        notes.append(
            _(
                "It is nearly the same text as {copy_of}, and would count once with it.",
                copy_of=source_line(preview.copy_of),
            )
        )
    if preview.earlier:
        notes.append(_("The same address is held with another text: {earlier}.", earlier=source_line(preview.earlier)))
    shown: tuple[Sequence[Any], ...] = (preview.commitments, preview.questions, _further_facts(preview))
    if len(preview.bearings) > TOUCHED or any(len(found) > most for found, most in zip(shown, SHOWN, strict=True)):
        notes.append(_("The first of each are shown."))
    if waiting:
        return [
            *notes,
            _(
                "{suggestions} in the queue. Nothing of it is held until you keep it.",
                suggestions=plural(waiting, "suggestion"),
            ),
        ]
    return [*notes, _("Nothing is held yet. This waits for a day, then it is forgotten.")]


def _decisions(preview: Preview, waiting: int) -> list[Action]:
    number, earlier = str(preview.draft.id), preview.earlier
    keep = [Action(_("Keep"), "save", number)]
    if earlier:
        keep = [
            Action(_("Keep as new version of {id}", id=earlier.id), "save", f"{number}|{earlier.id}"),
            Action(_("Keep as a further source"), "save", number),
        ]
    later = [Action(_("Next"), "queue", number)] if waiting > 1 else []
    return [*keep, Action(_("Discard"), "discard", number), *later]


def suggested_reply(preview: Preview, earlier: Sequence[Outcome] = ()) -> Reply:
    """What a member reads whose suggestion is in the queue, and what became of what they suggested earlier."""
    how = _("a direct message") if preview.draft.direct else "/catchup"
    return Reply(
        _("Suggested: {draft}", draft=draft_title(preview.draft)),
        lead=found_line(preview),
        notes=(
            _("Moderators look at it in /source queue. It becomes a source when one of them keeps it."),
            _("What becomes of it, {how} tells you.", how=how),
            *outcome_lines(earlier),
        ),
    )


def outcome_lines(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """A line for each of the latest, and how many more there are."""
    more = len(outcomes) - OUTCOMES
    rest = (
        (_("{suggestions} of yours were decided on, too.", suggestions=plural(more, "earlier suggestion")),)
        if more > 0
        else ()
    )
    return (*map(_outcome_line, outcomes[-OUTCOMES:]), *rest)


def _outcome_line(outcome: Outcome) -> str:
    """`You suggested “Harbour brief”: kept, as S-4 (14 March 2026)`."""
    words = {
        Fate.KEPT: _("kept, as {source}", source=outcome.source),
        Fate.HELD: _("the same text was held already, as {source}", source=outcome.source),
        Fate.DISCARDED: _("not kept"),
        Fate.OVERDUE: _("nobody decided on it in time, so it was forgotten; you may suggest it again"),
    }
    return _(
        "You suggested “{title}”: {fate} ({day}).",
        title=clip(outcome.title, _TITLE),
        fate=words[outcome.fate],
        day=day(outcome.at.date()),
    )


def outcome_reply(outcome: Outcome, server: str) -> Reply:
    """The direct message about what became of a suggestion."""
    return Reply(
        _("Your suggestion in {server}", server=server),
        lead=_outcome_line(outcome),
        notes=(_("You asked for this message."),),
    )


def discarded_reply(draft: Draft) -> Reply:
    """What a moderator reads who does not want a document."""
    return Reply(_("Discarded: {draft}", draft=draft_title(draft)), notes=(_("Nothing of it was kept."),))


def held_reply(source: Source) -> Reply:
    """The same text is held already."""
    lead = _(
        "The same content is held as {source}, added {day}.",
        source=source_line(source),
        day=day(source.added_at.date()),
    )
    return Reply(_("Already held"), lead=lead, notes=(_("Nothing was added."),))


def several_reply(done: Sequence[tuple[str, Added | str]]) -> Reply:
    """What adding several documents did: by name what it brought, or why it was not added."""
    good = [each for name, each in done if isinstance(each, Added) and not each.duplicate]
    items = tuple(_outcome(name, each) for name, each in done)
    return Reply(_("Added {good} of {done}", good=len(good), done=plural(len(done), "document")), items=items)


def _outcome(name: str, outcome: Added | str) -> Item:
    if isinstance(outcome, str):
        return Item("", _("{name} was not added", name=clip(name, _TITLE)), (("", outcome),))
    id_, rest = added_line(outcome).partition(" ")[::2]
    return Item(id_, rest, ((_("File"), clip(name, _TITLE)),))


def suggestions_reply(waiting: Sequence[Preview]) -> Reply:
    """What members suggested and nobody decided on yet, for the terminal."""
    if not waiting:
        return Reply(_("Suggestions"), lead=_("Nothing that members suggested waits to be looked at."))
    items = tuple(Item(str(each.draft.id), draft_title(each.draft), _suggested(each)) for each in waiting)
    how = _("dossier suggestions keep NUMBER makes one a source, dossier suggestions discard NUMBER forgets it.")
    return Reply(_("Suggestions"), items=items, notes=(how,))


def _suggested(preview: Preview) -> tuple[tuple[str, str], ...]:
    new, again = preview.draft.new, human_join(preview.again)
    rows = (
        (_("Published"), day(new.document.published) or _("date not given")),
        (ORIGIN, new.origin),
        (_("Would bring"), found_line(preview)),
        (_("Said again"), again),
    )
    return tuple(row for row in rows if row[1])


def feeds_reply(feeds: Sequence[Feed], *, medium: Medium = Medium.DISCORD) -> Reply:
    """The feeds that are followed, and how they were found last."""
    if not feeds:
        return Reply(
            _("Feeds"),
            lead=_("No feed is followed."),
            notes=(_("Add one with {command} add.", command=command("feed", medium)),),
        )
    return Reply(_("Feeds"), items=tuple(_feed(feed) for feed in feeds))


def _feed(feed: Feed) -> Item:
    read: Callable[[], str] = lambda: instant(feed.read_at) if feed.read_at else _("not yet")  # noqa: E731
    rows = [(ORIGIN, feed.url), (_("Read"), read())]
    if feed.failures:
        rows.append(
            (
                _("Since then"),
                _("{failures} without success: {error}", failures=plural(feed.failures, "try"), error=feed.error),
            )
        )
    rows.append((_("Looked at again"), instant(feed.next_at)))
    return Item("", clip(feed.title or feed.url, _TITLE), tuple(rows))


def followed_reply(feed: Feed, entries: int, *, medium: Medium = Medium.DISCORD) -> Reply:
    """A feed that was just added."""
    brings = n_(
        "It holds {count:,} item now; it is added in the next minutes, without an update.",
        "It holds {count:,} items now; they are added in the next minutes, without an update.",
        entries,
    )
    notes: tuple[str, ...] = (
        brings,
        _("What comes later is announced where updates go. It is looked at every 15 minutes."),
    )
    if medium is Medium.TERMINAL:
        notes = (
            _(
                "It holds {entries} now. dossier feed poll adds them, and later what is new.",
                entries=plural(entries, "item"),
            ),
        )
    return Reply(
        _("Following {title}", title=clip(feed.title or feed.url, _TITLE)),
        items=(Item("", "", ((ORIGIN, feed.url),)),),
        notes=notes,
    )


def unfollowed_reply(feed: Feed) -> Reply:
    """A feed that is followed no more."""
    return Reply(
        _("No longer following {title}", title=clip(feed.title or feed.url, _TITLE)),
        notes=(_("The sources that it brought stay."),),
    )
