"""What members follow, and what is kept of them."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.domain import Action, Follow, FollowKind, Item, Personal, Reply, Update
from bot.render.entries import Entry, item, title_of
from bot.render.notices import source_line
from bot.render.objects import log_object, source_object
from bot.render.words import human_join, instant, plural

_KIND = {FollowKind.PARTY: "the party", FollowKind.TOPIC: "the words", FollowKind.ENTRY: "the entry"}
_SHOWN, _LINES = 5, 3
_PLACES = {
    "corrections": "slot that you set",
    "subscriptions": "digest or update that you set",
    "postings": "direct message",
    "messages": "message of yours that was added",
    "drafts": "document of yours that waits",
    "feeds": "feed that you added",
    "outcomes": "suggestion of yours that was decided on",
}
FILE = "kept-of-you.json"


def followed_line(follow: Follow) -> str:
    """`the party Norland`, `the words “peace deal”`, `the entry C-12`."""
    quoted = follow.kind is FollowKind.TOPIC
    return f"{_KIND[follow.kind]} {f'“{follow.target}”' if quoted else follow.target}"


def following_reply(follow: Follow, *, new: bool, near: Sequence[str] = ()) -> Reply:
    """What /follow add did; `near` are parties that read like words which are none's name."""
    lead = f"You follow {followed_line(follow)}." if new else f"You followed {followed_line(follow)} already."
    told = "What is new on it comes first in /catchup"
    direct = ", and as a direct message when a source brings it." if follow.direct else "."
    hint = (f"No party goes by that name. Did you mean {human_join(near, 'or')}?",) if near else ()
    return Reply("Following", lead=lead, notes=(f"{told}{direct}", *hint))


def follows_reply(follows: Sequence[Follow]) -> Reply:
    """What a member follows."""
    if not follows:
        return Reply("You follow nothing", lead="/follow add follows a party, words, or an entry.")
    lines = tuple(f"{followed_line(each)}{' · direct messages' if each.direct else ''}" for each in follows)
    return Reply("You follow", lines=lines, notes=("What is new on it comes first in /catchup.",))


def unfollowed_reply(what: str) -> Reply:
    """What /follow remove did."""
    return Reply("No longer followed", lead=f"You follow “{what}” no longer.")


def followed_reply(update: Update, server: str) -> Reply:
    """The direct message of what a source says of what a person follows, without buttons: these need a server."""
    new: tuple[Entry, ...] = (*update.commitments, *update.questions, *update.facts)
    groups: tuple[tuple[str, tuple[Entry, ...]], ...] = (("New", new), ("Said again", update.repeated))
    sections = tuple((name, tuple(map(_unpressed, entries[:_SHOWN]))) for name, entries in groups if entries)
    more = sum(max(0, len(entries) - _SHOWN) for _, entries in groups)
    return Reply(
        f"New on what you follow: {title_of(update.source)}",
        lead=f"In {server} · {source_line(update.source, title=False)}",
        sections=sections,
        notes=(
            *((f"{more} more: /catchup in the server has all.",) if more else ()),
            "You asked for this with /follow add. /follow remove ends it.",
        ),
    )


def refused_line(when: datetime) -> str:
    """That direct messages ended."""
    return (
        f"Direct messages to you failed on {instant(when)}, so they are off. "
        "To have them again, allow messages from this server and use /follow add with dm."
    )


def welcome_reply(days: int) -> Reply:
    """What a server reads once, when the bot joins it."""
    return Reply(
        "Dossier is here",
        lead="It reads the documents that you add, and keeps track of who has undertaken what and what is still open.",
        lines=(
            "1. A moderator adds a document: /source add, with a file, an address or pasted text.",
            "2. Everybody asks: /commitments, /questions, /brief. Evidence shows the sentence behind each entry.",
            "3. A moderator chooses where news goes: /updates set or /digest set. Unasked, nothing is posted.",
        ),
        notes=(
            "Answers are for the asker alone until shared. /help has all commands, /privacy what is kept of you.",
            f"If Dossier is removed, all that it holds of this server is deleted {days} days later, unless it is back.",
        ),
        private=False,
    )


def kept_reply(kept: Personal) -> Reply:
    """What is kept of a person."""
    rows = [
        f"Last /catchup: {instant(kept.visited)}" if kept.visited else "",
        f"Followed: {human_join([followed_line(each) for each in kept.follows])}" if kept.follows else "",
        f"In the log: {plural(len(kept.lines), 'line')}, the last {kept.lines[-1].what}" if kept.lines else "",
        f"Sources added: {human_join([each.id for each in kept.sources])}" if kept.sources else "",
        *(f"Elsewhere: {plural(count, _PLACES.get(table, f'row of {table}'))}" for table, count in kept.others),
    ]
    shown = tuple(row for row in rows if row)
    if not shown:
        return Reply("Nothing is kept of you here", lead="Dossier keeps no messages, no names and no list of members.")
    return Reply(
        "Kept of you in this server",
        lead="All of it by your id alone. No message, name or list of members is kept.",
        lines=shown,
        notes=("/privacy export gives it as a file, /privacy delete deletes it.",),
    )


def kept_file(kept: Personal) -> Reply:
    """The same as a file, whole."""
    held = {
        "visited": kept.visited.isoformat() if kept.visited else None,
        "follows": [
            {"kind": each.kind, "target": each.target, "since": each.since.isoformat(), "direct": each.direct}
            for each in kept.follows
        ],
        "log": [log_object(line) for line in kept.lines],
        "sources": [source_object(source) for source in kept.sources],
        "elsewhere": dict(kept.others),
    }
    data = (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    return Reply("Kept of you in this server", lead=f"All of it is in {FILE}.", file=(FILE, data))


def forget_question() -> Reply:
    """Whether it is meant."""
    return Reply(
        "Delete what is kept of you here?",
        lines=(
            "Your visits, what you follow and direct messages to you are deleted.",
            "In the log, in sources and in corrections “a former member” takes your place: what was decided stays.",
        ),
        notes=("It cannot be taken back.",),
        actions=(Action("Delete it", "forget"), Action("Keep it", "keep")),
    )


def forgotten_reply(kept: Personal) -> Reply:
    """What was deleted."""
    own = [(len(kept.follows), "follow"), (int(kept.visited is not None), "visit")]
    others = [(len(kept.lines), "log entry"), (len(kept.sources), "source")]
    deleted, changed = (
        human_join([plural(count, noun) for count, noun in counts if count]) for counts in (own, others)
    )
    return Reply(
        "Deleted",
        lead=f"Deleted: {deleted or 'nothing, for nothing was there'}.",
        notes=(f"“A former member” now stands in your place: {changed}.",) if changed else (),
    )


def _unpressed(entry: Entry) -> Item:
    """An entry without an Evidence button; its id stands among its details."""
    shown = item(entry)
    return Item("", shown.headline, (("", shown.id), *shown.details), shown.quotes, shown.more_quotes, shown.badge)
