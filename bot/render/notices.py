"""What happened, and how things are: an added source, an update to a channel, status, help, an error."""

from collections.abc import Sequence

from bot.domain import (
    Action,
    Added,
    Brief,
    Commitment,
    Digest,
    Fact,
    Item,
    Medium,
    OpenQuestion,
    Quote,
    Replaced,
    Reply,
    Source,
    Status,
    Update,
)
from bot.render.entries import item, near_copy, nearly, title_of
from bot.render.escape import visible
from bot.render.hints import command
from bot.render.strip import strip
from bot.render.words import capital, day, human_join, instant, plural, size, unit
from bot.texts import _

Sections = tuple[tuple[str, tuple[Item, ...]], ...]

TYPED_FILE = "pasted.txt"
_BRIEFS = 4
SHOWN = (3, 2, 2)
"""How many commitments, open questions and facts a message about one source shows."""


def brief_reply(brief: Brief, *, medium: Medium = Medium.DISCORD) -> Reply:
    """What is held on a source or a subject: commitments, open questions, facts, and how many more there are."""
    groups = (
        (_("Commitments"), unit("more commitment"), "commitments", brief.commitments),
        (_("Open questions"), unit("more open question"), "questions", brief.questions),
        (_("Facts"), unit("more fact"), "facts", brief.facts),
    )
    sections = tuple((title, tuple(map(item, page.items))) for title, *_noun, page in groups if page.items)
    which = {"source": brief.source.id} if brief.source else {"about": brief.about}
    more = [
        f"{plural(page.total - len(page.items), noun)}: {command(verb, medium, **which)}"
        for _title, noun, verb, page in groups
        if page.total > len(page.items)
    ]
    nothing = () if sections else (_("Nothing is held on this: no commitment, open question or fact was found."),)
    return Reply(_brief_title(brief), lead=_brief_lead(brief), sections=sections, notes=(*nothing, *more))


def added_reply(
    added: Added,
    update: Update | None = None,
    became: Replaced | None = None,
    *,
    medium: Medium = Medium.DISCORD,
) -> Reply:
    """What adding a source did, to the one who added it. With `update` (`answer.update`) the entries are shown.

    `became` is what became of the version that it supersedes, if it does.
    """
    source = added.source
    if added.duplicate:
        lead = _(
            "The same content is held as {source}, added {day}.",
            source=source_line(source),
            day=day(source.added_at.date()),
        )
        return Reply(_("Already held"), lead=lead, notes=(_("Nothing was added."),))
    sections = _new(update) if update else ()
    again = added.repeated_commitments + added.repeated_questions
    notes = [copy_line(source)] if source.copy_of else []
    notes += [replaced_line(became)] if became else []
    said_again = [entry for entry in again if not became or entry not in became.stayed]
    notes += [_("Said again: {again}", again=human_join(said_again))] if said_again else []
    notes += _left_out(update, medium) if update else []
    counts = (
        (len(added.new_commitments), unit("new commitment")),
        (len(added.new_questions), unit("new open question")),
        (len(added.new_facts), unit("new fact")),
    )
    found = human_join([plural(count, noun) for count, noun in counts if count])
    lead = f"{source_line(source)}\n{found or _('No new commitment, open question or fact was found in it.')}"
    return Reply(_("Added {id}", id=source.id), lead=lead, sections=sections, notes=tuple(notes))


def copy_line(source: Source) -> str:
    """`Nearly the same text as S-12: Title. Where sources are counted, the two count as one.`"""
    return _("{source}. Where sources are counted, the two count as one.", source=capital(nearly(source)))


def replaced_line(became: Replaced) -> str:
    """`Supersedes S-1: 3 entries stayed; no longer in the current version: C-4 and F-2`."""
    stayed = plural(len(became.stayed), "entry")
    gone = _("; no longer in the current version: {gone}", gone=human_join(became.gone)) if became.gone else ""
    return _("Supersedes {old}: {stayed} stayed{gone}", old=became.old, stayed=stayed, gone=gone)


def added_line(added: Added) -> str:
    """What adding a source did, in one line: `S-2  Title: 3 new commitments, 1 open question said again`."""
    source = added.source
    if added.duplicate:
        return visible(_("{id}  {source}: already held, nothing added", id=source.id, source=title_of(source)))
    counts = (
        (len(added.new_commitments), unit("new commitment")),
        (len(added.repeated_commitments), unit("commitment said again")),
        (len(added.new_questions), unit("new open question")),
        (len(added.repeated_questions), unit("open question said again")),
        (len(added.new_facts), unit("new fact")),
    )
    said = [plural(count, noun) for count, noun in counts if count]
    said = [", ".join(said) or _("nothing found in it"), *([nearly(source)] if source.copy_of else [])]
    return visible(f"{source.id}  {title_of(source)}: {'; '.join(said)}")


def update_reply(update: Update) -> Reply:
    """The message to the updates channel when a source was added: what is new, with ids and quotes. Public."""
    source = update.source
    again = (
        (_("Said again: {again}", again=human_join([entry.id for entry in update.repeated])),)
        if update.repeated
        else ()
    )
    sections = _new(update)
    lead = source_line(source, title=False)
    if source.copy_of:
        lead += f"\n{capital(nearly(source))}"
    if not sections:
        lead += "\n" + _("No new commitment, open question or fact was found in it.")
    return Reply(
        (_("New version: {title}") if update.replaced else _("New source: {title}")).format(title=title_of(source)),
        lead=lead,
        sections=sections,
        notes=(*_became(update), *again, *_left_out(update, Medium.DISCORD)),
        actions=(Action(_("Brief"), "brief", source.id),),
        private=False,
    )


def updates_reply(updates: Sequence[Update]) -> Reply:
    """The message when one or several sources were added within a short time: some of what is new in each. Public."""
    if len(updates) == 1:
        return update_reply(updates[0])
    share = max(1, sum(SHOWN) // len(updates))
    shown = [(update, _first(update, share)) for update in updates]
    plain = [
        _("Nothing new was found in {source}.", source=source_line(update.source))
        for update, items in shown
        if not items
    ]
    notes = [note for update in updates for note in _became(update)]
    return Reply(
        _("{count} new sources", count=len(updates)),
        lead="\n".join(_in_short(update) for update in updates),
        sections=tuple((f"{one.source.id} · {title_of(one.source)}", items) for one, items in shown if items),
        notes=tuple(plain + notes),
        actions=tuple(
            Action(_("Brief of {id}", id=one.source.id), "brief", one.source.id) for one in updates[:_BRIEFS]
        ),
        private=False,
    )


def tags(update: Update) -> frozenset[str]:
    """The names of forum tags that fit a source, folded: its parties, and what kinds of entries it brings."""
    names = _parties((*update.commitments, *update.questions, *update.repeated))
    names |= _kinds((*update.commitments, *update.questions))
    names |= {"new version"} if update.replaced else {"new source"}
    return frozenset(name.casefold() for name in names)


def digest_tags(digest: Digest) -> frozenset[str]:
    """The names of forum tags that fit a digest, folded: how often it comes, what it wants, and what it tells."""
    entries = [change.entry for change in digest.changes]
    wanted = {each for each in (digest.filter.party, digest.filter.topic, digest.filter.kind) if each}
    cadence = {
        "digest",
        "digests",
        str(digest.schedule.cadence),
        f"{digest.schedule.cadence} digest",
    }
    names = cadence | wanted | {str(change.kind) for change in digest.changes} | _parties(entries) | _kinds(entries)
    return frozenset(name.casefold() for name in names)


def _parties(entries: Sequence[Commitment | OpenQuestion | Fact]) -> set[str]:
    names = {name for entry in entries if isinstance(entry, Commitment) for name in entry.finding.actors}
    names |= {name for entry in entries if isinstance(entry, Commitment) for name in entry.finding.recipients}
    return names | {name for entry in entries if isinstance(entry, OpenQuestion) for name in entry.finding.about}


def _kinds(entries: Sequence[Commitment | OpenQuestion | Fact]) -> set[str]:
    kinds = [str(entry.finding.kind) for entry in entries if isinstance(entry, Commitment)]
    names = {form for kind in kinds for form in (kind, f"{kind}s")}
    names |= {"commitment", "commitments"} if kinds else set()
    asked = any(isinstance(entry, OpenQuestion) for entry in entries)
    return names | ({"question", "questions", "open questions"} if asked else set())


def _first(update: Update, most: int) -> tuple[Item, ...]:
    """The first of what is new, commitments before open questions before facts."""
    new: list[Commitment | OpenQuestion | Fact] = [*update.commitments, *update.questions, *_further_facts(update)]
    return tuple(map(item, new[:most]))


def _in_short(update: Update) -> str:
    """`S-2 · 14 March 2026 · 3 new commitments and 1 new fact`."""
    counts = (
        (len(update.commitments), unit("new commitment")),
        (len(update.questions), unit("new open question")),
        (len(update.facts), unit("new fact")),
    )
    new = human_join([plural(count, noun) for count, noun in counts if count]) or _("nothing new")
    version = _("new version of {old}", old=update.replaced.old) if update.replaced else ""
    parts = (source_line(update.source, title=False), version, near_copy(update.source), new)
    return " · ".join(part for part in parts if part)


def _became(update: Update) -> tuple[str, ...]:
    return (replaced_line(update.replaced),) if update.replaced else ()


def removed_reply(source: Source) -> Reply:
    """What removing a source did."""
    rest = _("Entries that rest on it alone no longer appear; those that other sources mention stay.")
    return Reply(_("Removed {id}", id=source.id), lead=source_line(source), notes=(rest,))


def erased_reply(source: Source) -> Reply:
    """What deleting a source for good did."""
    rest = _("Its text and every entry that rested on it alone are deleted; what other sources say stays.")
    return Reply(
        _("Deleted {id}", id=source.id),
        lead=rest,
        notes=(_("It cannot be taken back. The log says that it was done."),),
    )


def retracted_reply(source: Source) -> Reply:
    """What retracting a source did."""
    rest = _("It stays held, flagged as retracted. Entries that rest on it alone are flagged and leave the lists.")
    return Reply(_("Retracted {id}", id=source.id), lead=source_line(source), notes=(rest,))


def restored_reply(source: Source) -> Reply:
    """What restoring a source did."""
    rest = _("What it says counts again, under the ids that it had.")
    return Reply(_("Restored {id}", id=source.id), lead=source_line(source), notes=(rest,))


def status_reply(status: Status) -> Reply:
    """How the bot is and what is held."""
    held = human_join(
        [
            plural(status.sources, "source"),
            plural(status.commitments, "commitment"),
            plural(status.questions, "open question"),
            plural(status.facts, "fact"),
        ]
    )
    rows = (
        (_("Held"), held),
        (_("Last source added"), instant(status.last_added) or _("none yet")),
        (_("Waiting to be read"), plural(status.waiting, "document")),
        (_("Store"), size(status.store_bytes)),
        (_("Running since"), instant(status.started_at)),
        (_("Updates go to"), status.updates_channel),
        (_("Version"), status.version),
    )
    return Reply(_("Status"), lines=tuple(f"{label}: {value}" for label, value in rows if value))


def error_reply(message: str, reference: str = "", typed: str = "") -> Reply:
    """What happened and what to do; `reference` is the id that is also in the log.

    `typed` is what the person had written and would lose: it comes back as a file.
    """
    notes = [_("Reference {reference}: give it to whoever runs the bot.", reference=reference)] if reference else []
    if not typed.strip():
        return Reply(_("That did not work"), lead=message, notes=tuple(notes))
    notes.append(_("Your text is not lost: it is in {file}.", file=TYPED_FILE))
    return Reply(
        _("That did not work"), lead=message, notes=tuple(notes), file=(TYPED_FILE, typed.encode(errors="replace"))
    )


def source_line(source: Source, *, title: bool = True) -> str:
    """`S-2 · Title · 14 March 2026`."""
    parts = [source.id, title_of(source) if title else "", day(source.published) or _("date not given")]
    return " · ".join(part for part in parts if part)


def _brief_title(brief: Brief) -> str:
    return _("Brief: {source}", source=title_of(brief.source) if brief.source else brief.about)


def _brief_lead(brief: Brief) -> str:
    if brief.source:
        where = strip(brief.places, brief.source.length)
        return "\n".join(part for part in (source_line(brief.source, title=False), where) if part)
    return _("From {sources}", sources=plural(brief.sources.total, "source"))


def _new(update: Update) -> Sections:
    groups: tuple[tuple[str, Sequence[Commitment | OpenQuestion | Fact], int], ...] = (
        (_("New commitments"), update.commitments, SHOWN[0]),
        (_("New open questions"), update.questions, SHOWN[1]),
        (_("New facts"), _further_facts(update), SHOWN[2]),
    )
    return tuple((name, tuple(item(entry) for entry in entries[:most])) for name, entries, most in groups if entries)


def _further_facts(update: Update) -> list[Fact]:
    """The facts whose sentence is not shown already, as a commitment or an open question."""
    shown = [item(entry) for entry in update.commitments[: SHOWN[0]]]
    shown += [item(entry) for entry in update.questions[: SHOWN[1]]]
    said = {_sentence(quote) for one in shown for quote in one.quotes}
    return [fact for fact in update.facts if not all(_sentence(quote) in said for quote in item(fact).quotes)]


def _sentence(quote: Quote) -> tuple[str, str]:
    return quote.source.id, " ".join(quote.text.split())


def _left_out(update: Update, medium: Medium) -> list[str]:
    groups = (
        (unit("more new commitment"), "commitments", len(update.commitments) - SHOWN[0]),
        (unit("more new open question"), "questions", len(update.questions) - SHOWN[1]),
        (unit("more new fact"), "facts", len(_further_facts(update)) - SHOWN[2]),
    )
    return [
        f"{plural(count, noun)}: {command(verb, medium, source=update.source.id)}"
        for noun, verb, count in groups
        if count > 0
    ]
