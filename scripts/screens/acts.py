"""What is done on the walk, act by act; each act finds the newsroom as the one before left it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot import revise
from bot.chat.due import Due
from bot.chat.post import Outbox
from bot.domain import LinkStatus, Query
from scripts.screens import room as texts
from scripts.screens.room import ROOT
from scripts.screens.walk import Walk

MEMBER, MODERATOR = "member", "moderator"
Act = Callable[[Walk], Awaitable[None]]
_STORY = ROOT / "tests" / "story"


async def asking(walk: Walk) -> None:
    """Asking"""
    listed = await walk.slash(MEMBER, "commitments", "Each with its kind, slots and sentence", actor="Norhaven")
    await walk.press(MEMBER, listed, "Evidence", "The sentence with the ones around it, and its place")
    every = await walk.slash(MEMBER, "commitments", "What most sources say first", order="sources")
    await walk.press(MEMBER, every, "Next", "Pages are turned in place")
    await walk.press(MEMBER, every, "Previous")
    await walk.slash(MEMBER, "commitments", "A name that is not held, and one like it", actor="Norhavn")
    asked = await walk.slash(MEMBER, "questions", "What is open, as a question")
    await walk.press(MEMBER, asked, "Share", "Shared: for all to see, with the name of who shared it")
    await walk.slash(MEMBER, "facts", "Key facts in their sources' own words")
    brief = await walk.slash(MEMBER, "brief", "The latest source at a glance, with where in it the quotes stand")
    await walk.press(MEMBER, brief, "Evidence")
    await walk.slash(MEMBER, "brief", "A subject at a glance", about="breakwater")
    await walk.slash(MEMBER, "search", "Sentences that hold all of the words", text="dredgers")
    entry = await walk.slash(MEMBER, "show", "One entry whole", id="C-1")
    await walk.press(MEMBER, entry, "Share")
    source = await walk.slash(MEMBER, "show", "A source, with the way to its brief", id="S-1")
    await walk.press(MEMBER, source, "Brief", "The same as /brief")
    await walk.slash(MEMBER, "show", "An id that is not held", id="C-999")
    await walk.slash(MEMBER, "sources", "The documents that everything rests on")
    party = await walk.slash(MEMBER, "party", "One party on a page", name="Norhaven")
    await walk.press_all(MEMBER, party)
    drawn = await walk.slash(MEMBER, "timeline", "Over time, for dark clients", about="Norhaven")
    await walk.press_all(MEMBER, drawn)
    await walk.slash(MEMBER, "timeline", "For light ones", about="Norhaven", theme="light")
    await walk.slash(MEMBER, "export", "The same as a file, with every quote and its source's hash", about="breakwater")
    await walk.slash(MEMBER, "export", "Filters that no list has", actor="Norhaven", only="questions")
    await walk.slash(MEMBER, "commitments", "A day that cannot be understood", since="soonish")


async def following(walk: Walk) -> None:
    """Following, and what is kept of a member"""
    await walk.slash(MEMBER, "follow add", "A party, words, or an entry", what="Port Veyra")
    await walk.slash(MEMBER, "follow add", "Words that are no party's name", what="silt", dm=True)
    await walk.slash(MEMBER, "follow list", "All that is followed")
    seen = await walk.slash(MEMBER, "catchup", "What is new since the last visit, what is followed first")
    seen = await walk.press(MEMBER, seen, "Next", "Its next page")
    await walk.press(MEMBER, seen, "Previous")
    await walk.slash(MEMBER, "catchup", "A second visit: nothing has changed")
    await walk.slash(MEMBER, "privacy show", "What is kept of who asks")
    await walk.slash(MEMBER, "privacy export", "The same as a file")


async def adding(walk: Walk) -> None:
    """Sources"""
    room = walk.room
    await walk.slash(MODERATOR, "updates set", "Where news goes", channel=room.channel)
    added = await walk.slash(
        MODERATOR, "source add", "A file is added at once", file=("notes.md", texts.NOTES.encode())
    )
    await walk.press(MODERATOR, added, "Brief")
    await Outbox(room.client.app, room.client).send_due()
    news = await walk.see("The update in the channel", "Every member sees it; its buttons answer privately")
    await walk.press(MEMBER, news, "Brief")
    await walk.slash(MODERATOR, "source add", "The same text twice", file=_file("again.md", texts.NOTES))
    form = await walk.slash(MODERATOR, "source add", "Without a file or an address: a form")
    await walk.submit(MODERATOR, form, "Pasted text", text=texts.PASTED, title="Harbour master's notice")
    page = await walk.slash(MODERATOR, "source add", "A web page is shown before it is kept", url=texts.STATEMENT)
    await walk.press(MODERATOR, page, "Keep", "Kept")
    texts.edit(room.client.app.web, "Port Veyra has offered to lend its crane to Saltmere.")
    page = await walk.slash(MODERATOR, "source add", "The page says more now: a new version", url=texts.STATEMENT)
    await walk.press(MODERATOR, page, "Keep as new version", "What stayed keeps its ids")
    texts.edit(room.client.app.web, "Port Veyra will send a crew to Saltmere.")
    page = await walk.slash(MODERATOR, "source add", "", url=texts.STATEMENT)
    await walk.press(MODERATOR, page, "Keep as a further")
    looked = await walk.slash(
        MODERATOR, "source add", "A look before it is kept", file=_file("pilots.md", texts.PILOTS), preview=True
    )
    await walk.press(MODERATOR, looked, "Discard", "Nothing of it is held")
    seeds = sorted((ROOT / "seeds").iterdir())
    several = await walk.slash(
        MODERATOR,
        "source add",
        "Several files: a bad one holds up no other",
        file=("minutes.pdf", b"%PDF-1.7 nothing"),
        file2=(seeds[0].name, seeds[0].read_bytes()),
        file3=_file("ropes.md", texts.ROPES),
    )
    await walk.press(MODERATOR, several, "Brief")
    await walk.slash(MODERATOR, "source add", "A file that cannot be read", file=("minutes.pdf", b"%PDF-1.7 nothing"))
    await walk.slash(MODERATOR, "source add", "An address that gives nothing", url="https://port-veyra.example/gone")
    said = await room.member.send(room.channel, texts.SAID)
    kept = await walk.menu(MODERATOR, "Add as source", said, "A message as a source, after a look")
    await walk.press(MODERATOR, kept, "Keep")
    out = await walk.menu(MEMBER, "Take out of sources", said, "Who wrote it may have it taken out")
    await walk.press(MEMBER, out, "Remove", "Gone, with what rested on it alone")
    await _suggesting(walk)
    await walk.slash(MODERATOR, "source feed add", "RSS and Atom feeds", url=texts.FEED)
    await walk.slash(MODERATOR, "source feed list", "How they were found last")
    await walk.suggest()
    await walk.slash(MODERATOR, "source feed remove", "What it brought stays", feed=texts.FEED)
    await walk.slash(MODERATOR, "source retract", "Flagged, not deleted", id="S-2")
    await walk.slash(MODERATOR, "source restore", "It counts again", id="S-2")
    asked = await walk.slash(MODERATOR, "source remove", "Asked before it is done", id="S-3")
    await walk.press(MODERATOR, asked, "Keep it", "Nothing happened")


async def _suggesting(walk: Walk) -> None:
    await walk.slash(MEMBER, "suggest", "A member hands in a document", file=_file("pilots.md", texts.PILOTS))
    form = await walk.slash(MEMBER, "suggest", "Without a file or an address: a form")
    await walk.submit(MEMBER, form, "It waits for the moderators", text=texts.ROPES + "So they say.", title="Ropes")
    form = await walk.slash(MEMBER, "suggest", "", dm=True)
    await walk.submit(MEMBER, form, "", text=texts.ROPES + "They are tarred.", title="Ropes, once more")
    queue = await walk.slash(MODERATOR, "source queue", "What moderators see of it")
    queue = await walk.press(MODERATOR, queue, "Next", "The next one")
    done = await walk.press(MODERATOR, queue, "Discard", "Discarded, with the way to the next")
    left = await walk.press(MODERATOR, done, "Next suggestion")
    left = await walk.press(MODERATOR, left, "Keep")
    left = await walk.press(MODERATOR, left, "Next suggestion")
    await walk.press(MODERATOR, left, "Discard")
    await walk.slash(MODERATOR, "source queue", "Nothing waits")


async def deciding(walk: Walk) -> None:
    """What moderators decide"""
    await walk.slash(MODERATOR, "alias add", "A further name of a party", name="Veyra", party="Port Veyra")
    await walk.slash(MODERATOR, "alias merge", "Two parties that are one", party="Saltmere", into="Port Veyra")
    await walk.slash(MODERATOR, "alias split", "And parted again", name="Saltmere")
    await walk.slash(MODERATOR, "correct", "A slot set by hand", id="C-2", slot="condition", value="if it is funded")
    await walk.slash(MODERATOR, "correct", "A slot that an entry has not", id="Q-1", slot="condition", value="if so")
    await walk.slash(MODERATOR, "wrong", "An entry out of the lists", id="C-1")
    await _reviewing(walk)
    log = await walk.slash(MODERATOR, "log", "Who decided what, and when")
    log = await walk.press(MODERATOR, log, "Next", "Further back")
    await walk.press(MODERATOR, log, "Previous")
    app, workspace = walk.room.client.app, str(walk.room.guild.id)
    lines = await app.read(lambda store: store.log_entries(workspace, 0, 99))
    line = next(each.id for each in lines.items if each.what == "marked wrong")
    await walk.slash(MODERATOR, "undo", "A decision taken back", line=line)
    await walk.slash(MODERATOR, "undo", "A line that is not there", line=9999)


async def _reviewing(walk: Walk) -> None:
    """Texts that bear on one another are added, so that there is something to review."""
    for path in sorted(_STORY.iterdir()):
        await walk.slash(MODERATOR, "source add", "", file=(path.name, path.read_bytes()))
    review = await walk.slash(MODERATOR, "review", "What may belong together, with both sentences and the reason")
    review = await walk.press(MODERATOR, review, "Next")
    review = await walk.press(MODERATOR, review, "Previous")
    review = await walk.press(MODERATOR, review, "Confirm", "Confirmed; the next one takes its place")
    review = await walk.press(MODERATOR, review, "Reject", "Rejected")
    await walk.press(MODERATOR, review, "Not now", "Put off")
    app, workspace = walk.room.client.app, str(walk.room.guild.id)
    by = str(walk.room.moderator.id)
    waiting = await app.read(lambda store: store.links(workspace))
    for link in (each for each in waiting if each.status in {LinkStatus.OPEN, LinkStatus.LATER}):
        await app.write(lambda store, id_=link.id: revise.confirm(store, workspace, id_, by, app.now()))
    await walk.slash(MODERATOR, "review", "Nothing waits")
    held = await app.read(lambda store: store.commitments(workspace, Query(status="withdrawn"), 0, 99))
    await walk.slash(MEMBER, "show", "An entry with its steps, each with its sentence", id=held.items[-1].id)


async def telling(walk: Walk) -> None:
    """Updates and digests"""
    room = walk.room
    app = room.client.app
    await Outbox(app, room.client).send_due()
    await walk.slash(MODERATOR, "digest preview", "None is set")
    await walk.slash(
        MODERATOR,
        "digest set",
        "How often, at which hour, by the clocks of which place",
        channel=room.channel,
        cadence="weekdays",
        hour=9,
        timezone="Europe/Berlin",
    )
    await walk.slash(MODERATOR, "digest list", "When each comes next")
    await walk.suggest()
    await walk.slash(MODERATOR, "digest preview", "Nothing new, no message")
    walk.clock.now += timedelta(hours=1)
    await walk.slash(MODERATOR, "source add", "", file=_file("harbour.md", texts.LETTER))
    await walk.slash(MODERATOR, "digest preview", "What it would tell now")
    (held,) = await app.read(lambda store: store.digests(str(room.guild.id)))
    walk.clock.now = held.next_at
    await Due(app).look()
    await Outbox(app, room.client).send_due()
    await walk.see("The digest in the channel", "The next morning")
    await walk.slash(MODERATOR, "digest stop", "It ends")
    await walk.slash(MODERATOR, "updates stop", "So do updates")
    await walk.slash(MODERATOR, "updates stop", "There were none")


async def about(walk: Walk) -> None:
    """About Dossier"""
    await walk.slash(MEMBER, "help", "What a member is offered")
    await walk.slash(MODERATOR, "help", "What a moderator is offered")
    await walk.slash(MODERATOR, "status", "What is held here, and how the bot is")
    await walk.slash(MEMBER, "follow remove", "Followed no longer", what="silt")
    await walk.slash(MEMBER, "follow remove", "What is not followed", what="bridges")
    asked = await walk.slash(MEMBER, "privacy delete", "Asked before it is done")
    await walk.press(MEMBER, asked, "Delete it", "What was deleted, and what stays")


ACTS: tuple[Act, ...] = (asking, following, adding, deciding, telling, about)


def _file(name: str, text: str) -> tuple[str, bytes]:
    return name, text.encode()
