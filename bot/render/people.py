"""What members follow, and what is kept of them."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.domain import Action, Follow, FollowKind, Item, Personal, Reply, Update
from bot.render.decisions import done
from bot.render.entries import Entry, item, title_of
from bot.render.markdown import LAST_VISIT
from bot.render.notices import source_line
from bot.render.objects import log_object, source_object
from bot.render.words import human_join, instant, plural, unit
from bot.texts import _, one_of

_KIND = {
    FollowKind.PARTY: _("the party {target}"),
    FollowKind.TOPIC: _("the words “{target}”"),
    FollowKind.ENTRY: _("the entry {target}"),
}
_SHOWN, _LINES = 5, 3
_PLACES = {
    "corrections": unit("slot that you set"),
    "subscriptions": unit("digest or update that you set"),
    "postings": unit("direct message"),
    "messages": unit("message of yours that was added"),
    "drafts": unit("document of yours that waits"),
    "feeds": unit("feed that you added"),
    "outcomes": unit("suggestion of yours that was decided on"),
}
FILE = "kept-of-you.json"


def followed_line(follow: Follow) -> str:
    """`the party Norland`, `the words “peace deal”`, `the entry C-12`."""
    return _KIND[follow.kind].format(target=follow.target)


def following_reply(follow: Follow, *, new: bool, near: Sequence[str] = ()) -> Reply:
    """What /follow add did; `near` are parties that read like words which are none's name."""
    lead = (
        _("You follow {follow}.", follow=followed_line(follow))
        if new
        else _("You followed {follow} already.", follow=followed_line(follow))
    )
    told = _("What is new on it comes first in /catchup.")
    if follow.direct:
        told = _("What is new on it comes first in /catchup, and as a direct message when a source brings it.")
    hint = (_("No party goes by that name. Did you mean {near}?", near=one_of(near)),) if near else ()
    return Reply(_("Following"), lead=lead, notes=(told, *hint))


def follows_reply(follows: Sequence[Follow]) -> Reply:
    """What a member follows."""
    if not follows:
        return Reply(_("You follow nothing"), lead=_("/follow add follows a party, words, or an entry."))
    lines = tuple(
        " · ".join([followed_line(each), *([_("direct messages")] if each.direct else [])]) for each in follows
    )
    return Reply(_("You follow"), lines=lines, notes=(_("What is new on it comes first in /catchup."),))


def unfollowed_reply(what: str) -> Reply:
    """What /follow remove did."""
    return Reply(_("No longer followed"), lead=_("You follow “{what}” no longer.", what=what))


def followed_reply(update: Update, server: str) -> Reply:
    """The direct message of what a source says of what a person follows, without buttons: these need a server."""
    new: tuple[Entry, ...] = (*update.commitments, *update.questions, *update.facts)
    groups: tuple[tuple[str, tuple[Entry, ...]], ...] = ((_("New"), new), (_("Said again"), update.repeated))
    sections = tuple((name, tuple(map(_unpressed, entries[:_SHOWN]))) for name, entries in groups if entries)
    more = sum(max(0, len(entries) - _SHOWN) for name, entries in groups)
    return Reply(
        _("New on what you follow: {source}", source=title_of(update.source)),
        lead=_("In {server} · {source}", server=server, source=source_line(update.source, title=False)),
        sections=sections,
        notes=(
            *((_("{more} more: /catchup in the server has all.", more=more),) if more else ()),
            _("You asked for this with /follow add. /follow remove ends it."),
        ),
    )


def refused_line(when: datetime) -> str:
    """That direct messages ended."""
    return _(
        "Direct messages to you failed on {when}, so they are off. "
        "To have them again, allow messages from this server and use /follow add with dm.",
        when=instant(when),
    )


def welcome_reply(days: int) -> Reply:
    """What a server reads once, when the bot joins it."""
    return Reply(
        _("Dossier is here"),
        lead=_(
            "It reads the documents that you add, and keeps track of who has undertaken what and what is still open."
        ),
        lines=(
            _("1. A moderator adds a document: /source add, with a file, an address or pasted text."),
            _("2. Everybody asks: /commitments, /questions, /brief. Evidence shows the sentence behind each entry."),
            _("3. A moderator chooses where news goes: /updates set or /digest set. Unasked, nothing is posted."),
        ),
        notes=(
            _("Answers are for the asker alone until shared. /help has all commands, /privacy what is kept of you."),
            _(
                "If Dossier is removed, all that it holds of this server is deleted {days} days later, "
                "unless it is back.",
                days=days,
            ),
        ),
        private=False,
    )


def kept_reply(kept: Personal) -> Reply:
    """What is kept of a person."""
    rows = [
        f"{LAST_VISIT}: {instant(kept.visited)}" if kept.visited else "",
        _("Followed: {follows}", follows=human_join([followed_line(each) for each in kept.follows]))
        if kept.follows
        else "",
        _("In the log: {lines}, the last {what}", lines=plural(len(kept.lines), "line"), what=done(kept.lines[-1]))
        if kept.lines
        else "",
        _("Sources added: {sources}", sources=human_join([each.id for each in kept.sources])) if kept.sources else "",
        *(_("Elsewhere: {count}", count=plural(count, _PLACES.get(table, table))) for table, count in kept.others),
    ]
    shown = tuple(row for row in rows if row)
    if not shown:
        return Reply(
            _("Nothing is kept of you here"), lead=_("Dossier keeps no messages, no names and no list of members.")
        )
    return Reply(
        _("Kept of you in this server"),
        lead=_("All of it by your id alone. No message, name or list of members is kept."),
        lines=shown,
        notes=(_("/privacy export gives it as a file, /privacy delete deletes it."),),
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
    return Reply(_("Kept of you in this server"), lead=_("All of it is in {file}.", file=FILE), file=(FILE, data))


def forget_question() -> Reply:
    """Whether it is meant."""
    return Reply(
        _("Delete what is kept of you here?"),
        lines=(
            _("Your visits, what you follow and direct messages to you are deleted."),
            _("In the log, in sources and in corrections “a former member” takes your place: what was decided stays."),
        ),
        notes=(_("It cannot be taken back."),),
        actions=(Action(_("Delete it"), "forget"), Action(_("Keep it"), "keep")),
    )


def forgotten_reply(kept: Personal) -> Reply:
    """What was deleted."""
    own = [(len(kept.follows), unit("follow")), (int(kept.visited is not None), unit("visit"))]
    others = [(len(kept.lines), unit("log entry")), (len(kept.sources), unit("source"))]
    deleted, changed = (
        human_join([plural(count, noun) for count, noun in counts if count]) for counts in (own, others)
    )
    return Reply(
        _("Deleted"),
        lead=_("Deleted: {deleted}.", deleted=deleted or _("nothing, for nothing was there")),
        notes=(_("“A former member” now stands in your place: {changed}.", changed=changed),) if changed else (),
    )


def _unpressed(entry: Entry) -> Item:
    """An entry without an Evidence button; its id stands among its details."""
    shown = item(entry)
    return Item("", shown.headline, (("", shown.id), *shown.details), shown.quotes, shown.more_quotes, shown.badge)
