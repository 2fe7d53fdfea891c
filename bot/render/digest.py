"""A digest as a message: the first changes with their sentences, and a file with all of them where there are more."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain import (
    Action,
    Cadence,
    Change,
    ChangeKind,
    Digest,
    Filter,
    Medium,
    Reply,
    Schedule,
    Source,
    Subscription,
)
from bot.render.changes import HEADINGS, change_item, counted
from bot.render.entries import badge, headline, near_copy, quote, shown_first, source_line, title_of
from bot.render.escape import visible
from bot.render.words import day, human_join, instant, plural
from bot.texts import _

SHOWN = 6
"""How many changes the message shows."""
SOURCES = 4
"""How many new sources are named."""
FILE = "digest.txt"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The values of the option `day`."""
_WEEKLY = (
    _("every Monday"),
    _("every Tuesday"),
    _("every Wednesday"),
    _("every Thursday"),
    _("every Friday"),
    _("every Saturday"),
    _("every Sunday"),
)
_TITLES = {
    Cadence.DAILY: _("Daily digest"),
    Cadence.WEEKDAYS: _("Weekday digest"),
    Cadence.WEEKLY: _("Weekly digest"),
    Cadence.MONTHLY: _("Monthly digest"),
}
_CADENCES = {
    Cadence.DAILY: _("every day"),
    Cadence.WEEKDAYS: _("on weekdays"),
    Cadence.MONTHLY: _("on the first of each month"),
}


def digest_reply(digest: Digest, *, medium: Medium = Medium.DISCORD) -> Reply:
    """The message of a digest; on the terminal all of it is shown, and nothing is in a file."""
    whole = medium is Medium.TERMINAL or len(digest.changes) <= SHOWN
    shown = digest.changes if whole else digest.changes[:SHOWN]
    rest = (
        ()
        if whole
        else (
            _(
                "{more} more: all {count} are in {file}.",
                more=len(digest.changes) - SHOWN,
                count=len(digest.changes),
                file=FILE,
            ),
        )
    )
    return Reply(
        title_of_digest(digest.schedule, digest.filter),
        lead="\n".join(_lead(digest)),
        sections=tuple((HEADINGS[kind], tuple(map(change_item, group))) for kind, group in groupby(shown, _kind)),
        lines=tuple(_sources(digest.sources)),
        notes=rest,
        actions=tuple(Action(_("Brief"), "brief", source.id) for source in digest.sources[-1:]),
        private=False,
        file=None if whole else (FILE, digest_text(digest).encode(errors="replace")),
    )


def nothing_reply(digest: Digest) -> Reply:
    """That there is nothing to tell, so that nothing is posted."""
    lead = _(
        "Since {since}: nothing that this digest tells of. Nothing would be posted.",
        since=_when(digest.since, digest.schedule),
    )
    return Reply(_("Nothing new"), lead=lead)


def paused_reply(subscription: Subscription, server: str) -> Reply:
    """The message to whoever set a digest that cannot be posted any more."""
    return Reply(
        _("The {cadence} digest of {server} is paused", cadence=subscription.schedule.cadence, server=server),
        lead=_(
            "It could not be posted in #{place}: {reason}. Nothing of it is lost.",
            place=subscription.place,
            reason=subscription.paused_why,
        ),
        lines=(
            _("1. Let Dossier write in #{place} again, if that channel is still wanted.", place=subscription.place),
            _(
                "2. In {server}, type {command}: what it has not told yet comes with the next one.",
                server=server,
                command=set_command(subscription),
            ),
        ),
        notes=(
            _(
                "Paused {when}. /digest list shows it; /digest stop ends it.",
                when=instant(subscription.paused_at),
            ),
        ),
    )


def lost_reply(why: str, server: str, since: datetime) -> Reply:
    """The message to whoever chose a channel for updates that cannot be posted in any more."""
    return Reply(
        _("Updates of {server} cannot be posted", server=server),
        lead=_(
            "The first that was lost: {since}; {why}. The sources themselves are held.", since=instant(since), why=why
        ),
        lines=(
            _("Let Dossier write in the channel again, or choose another in {server}: /updates set.", server=server),
        ),
        notes=(_("This is said once, until an update is posted again."),),
    )


def digest_text(digest: Digest) -> str:
    """All of a digest as plain text, for the file."""
    lines = [title_of_digest(digest.schedule, digest.filter), *_lead(digest)]
    for kind, group in groupby(digest.changes, _kind):
        lines += ["", HEADINGS[kind].upper(), *(line for change in group for line in ["", *_change_lines(change)])]
    lines += (
        ["", _("Sources").upper(), *(source_line_of(source) for source in digest.sources)] if digest.sources else []
    )
    return "\n".join(map(_indented, lines)) + "\n"


def _indented(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" "))) + visible(line)


def title_of_digest(schedule: Schedule, wanted: Filter) -> str:
    """`Weekly digest: party “Norland”`."""
    return ": ".join(part for part in (_TITLES[schedule.cadence], filter_words(wanted)) if part)


def post_title(digest: Digest) -> str:
    """What a digest is called as a post in a forum, one of many: `Weekly digest, 14 March 2026: party “Norland”`."""
    name, _, about = title_of_digest(digest.schedule, digest.filter).partition(": ")
    due = (digest.due or digest.until).astimezone(ZoneInfo(digest.schedule.timezone)).date()
    return ": ".join(part for part in (f"{name}, {day(due)}", about) if part)


def filter_words(wanted: Filter) -> str:
    """`party “Norland” and kind pledge`; "" where nothing is filtered."""
    words = [_("party “{party}”", party=wanted.party)] if wanted.party else []
    words += [_("topic “{topic}”", topic=wanted.topic)] if wanted.topic else []
    return human_join(
        [
            *words,
            *(
                [wanted.kind if wanted.kind.endswith("s") else _("kind {kind}", kind=wanted.kind)]
                if wanted.kind
                else []
            ),
        ]
    )


def schedule_words(schedule: Schedule) -> str:
    """`every Monday at 09:00 (Europe/Berlin)`."""
    when = _CADENCES.get(schedule.cadence) or _WEEKLY[schedule.day]
    return _("{when} at {hour:02}:00 ({timezone})", when=when, hour=schedule.hour, timezone=schedule.timezone)


def set_command(subscription: Subscription) -> str:
    """The command that sets a digest as it is set now."""
    schedule, wanted = subscription.schedule, subscription.filter
    options = {
        "channel": f"#{subscription.place}",
        "cadence": str(schedule.cadence),
        "day": _WEEKDAYS[schedule.day] if schedule.cadence is Cadence.WEEKLY else "",
        "hour": str(schedule.hour),
        "timezone": schedule.timezone,
        "party": wanted.party,
        "topic": wanted.topic,
        "kind": wanted.kind,
    }
    return " ".join(["/digest set", *(f"{name}:{value}" for name, value in options.items() if value)])


def _lead(digest: Digest) -> Iterator[str]:
    since, until = _when(digest.since, digest.schedule), _when(digest.until, digest.schedule)
    yield _("{since} to {until} ({timezone})", since=since, until=until, timezone=digest.schedule.timezone)
    if digest.late and digest.due:
        yield _("Late: this was due {due}, when Dossier could not post.", due=_when(digest.due, digest.schedule))
    yield counted(digest.changes, digest.sources, digest.facts)


def _when(moment: datetime, schedule: Schedule) -> str:
    there = moment.astimezone(ZoneInfo(schedule.timezone))
    return f"{day(there.date())}, {there:%H:%M}"


def _sources(sources: Sequence[Source]) -> Iterator[str]:
    """The latest sources, and how many more."""
    if sources:
        names = [source_line_of(source) for source in sources[-SOURCES:]]
        more = [plural(len(sources) - SOURCES, "earlier source")] if len(sources) > SOURCES else []
        label = _("Source added") if len(sources) == 1 else _("Sources added")
        yield from (f"{label}: {each}" if not at else each for at, each in enumerate([*names, *more]))


def source_line_of(source: Source) -> str:
    """`S-2 · Title · 14 March 2026`, with a word where it is a near-copy."""
    parts = (source.id, title_of(source), day(source.published), near_copy(source))
    return " · ".join(part for part in parts if part)


def _change_lines(change: Change) -> Iterator[str]:
    entry = change.entry
    yield f"{entry.id} · {headline(entry)}"
    yield "  " + " · ".join(part for part in (badge(entry), change.what) if part)
    for each in map(quote, shown_first(entry)[:1]):
        yield f"  “{each.text}”"
        yield f"  {source_line(each)}"


def _kind(change: Change) -> ChangeKind:
    return change.kind
