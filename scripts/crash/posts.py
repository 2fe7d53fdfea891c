"""Kill the bot at every request there is while it posts: `python -m scripts.crash.posts [--most N] [--kind before]`.

The bot runs as a process on the loopback Discord and owes, as soon as it starts: a greeting in each server, an update,
an update of an hour ago, a digest, and a direct message to a follower; then a source that is told of in the first
update's message. It is killed (SIGKILL) as a request reaches Discord, before or after Discord did it, and started
again. In the end every message must be there once, say what it says undisturbed, and the store be sound.
Prints a Markdown table; needs `../shared/harness`. Two runs a request, each of some ten seconds.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from bot import digest
from bot.domain import Cadence, Filter, Findings, Follow, FollowKind, Schedule
from bot.ingest import ingest
from bot.store import Store, open_store
from scripts import loopback
from scripts.crash.engine import STORE, sample
from tests.store.make import commitment, new_source, question

FIRST = "Norland will rebuild the bridge in June."
THEN, WHO = "It is unclear who will pay for the lamps.", "Who will pay for the lamps?"
BY = "42"
OWED, LATER_OWED = 6, 1
PATIENCE = 600.0
"""Seconds that all posts get; a start takes two on a machine at rest."""
KINDS = {"before": False, "after": True}
Said = list[tuple[str, str]]


@dataclass(frozen=True)
class Point:
    """A request to be killed at: the so manieth of those that fit."""

    number: int = 1
    method: str = "*"
    path: str = ""


@dataclass(frozen=True)
class Outcome:
    """What request it was, "" for none, and what is wrong in the end, "" for nothing."""

    request: str
    wrong: str


@dataclass(frozen=True)
class Desk:
    """The servers, and the store that the bot finds."""

    fd: Any
    home: Path
    news: Any
    store: Path
    began: datetime
    names: dict[int, str] = field(default_factory=dict)

    def sent(self) -> int:
        """How many messages the bot knows to be sent."""
        with open_store(self.store, readonly=True) as store:
            count: int = store._db.execute("SELECT count(*) FROM postings WHERE state = 'sent'").fetchone()[0]
            return count

    def said(self) -> Said:
        """What the bot said, and where."""
        messages = self.fd.messages(by_bot=True)
        return sorted((self.names.get(each.channel_id, "elsewhere"), _timeless(each.text)) for each in messages)


def main() -> None:
    """Kill at all points, or at some."""
    asked = argparse.ArgumentParser(prog="python -m scripts.crash.posts")
    asked.add_argument("--most", type=int, default=sys.maxsize, help="points of each kind, at most")
    asked.add_argument("--kind", choices=KINDS, help="only before, or only after Discord did what was asked")
    options = asked.parse_args()
    module = loopback.harness()
    requests, said = undisturbed(module)
    wrong: list[str] = []
    print(f"{len(said)} messages by {len(requests)} requests", file=sys.stderr, flush=True)
    print("| killed as Discord is asked | tried | every message once, the store sound |\n|---|---:|---:|")
    for kind in [options.kind] if options.kind else KINDS:
        points = [Point(at) for at in sample(len(requests), options.most)]
        tried = [one for point in points if (one := _tried(module, point, said, kind)).request]
        bad = [f"{kind} {one.request}: {one.wrong}" for one in tried if one.wrong]
        print(f"| {kind} it was done | {len(tried)} | {len(tried) - len(bad)} |", flush=True)
        wrong += bad
    print("\n".join(wrong))
    sys.exit(bool(wrong))


def _tried(module: ModuleType, point: Point, said: Said, kind: str) -> Outcome:
    found = killed(module, point, said, after=KINDS[kind])
    print(f"{kind} {point.number} ({found.request}): {found.wrong or 'well'}", file=sys.stderr, flush=True)
    return found


def undisturbed(module: ModuleType) -> tuple[list[str], Said]:
    """The requests that it takes, and what is said in the end."""
    with tempfile.TemporaryDirectory() as home, loopback.discord(module) as fd:
        desk = _prepared(fd, Path(home))
        bot = loopback.start(fd, desk.home)
        _finished(desk, lambda: None)
        assert bot.stop() == 0
        fd.assert_clean()
        return [_named(each) for each in fd.log], desk.said()


def killed(module: ModuleType, point: Point, said: Said, *, after: bool) -> Outcome:
    """Kill the bot at a request and start it again; how it ends."""
    with tempfile.TemporaryDirectory() as home, loopback.discord(module, "", check_responses=False) as fd:
        desk = _prepared(fd, Path(home))
        bot = loopback.start(fd, desk.home)
        killed_at: list[str] = []

        def kill(request: Any) -> None:
            killed_at.append(_named(request))
            bot.kill()

        fd.fault(point.method, point.path, skip=point.number - 1, after=after, drop=True, hook=kill)

        def again() -> None:
            if bot.returncode is not None:
                bot.restart()

        try:
            _finished(desk, again)
        except TimeoutError as error:
            return Outcome("".join(killed_at), f"{error}: {desk.said()}")
        time.sleep(2.5)  # two more looks at what is owed
        assert bot.stop() == 0
        return Outcome("".join(killed_at), _judged(desk, said))


def _named(request: Any) -> str:
    return f"{request.method} {re.sub(r'[0-9]{15,}', 'N', request.path)}"


def _judged(desk: Desk, said: Said) -> str:
    with open_store(desk.store) as store:
        wrong = store.check()
    if wrong:
        return wrong[0]
    now = desk.said()
    return "" if now == said else f"said {now}, not {said}"


def _finished(desk: Desk, look: Callable[[], None]) -> None:
    """Wait for all that is owed, let one more source come, and wait for that."""
    _until(lambda: desk.sent() >= OWED, look)
    with open_store(desk.store) as store:
        tell(store, desk.news, THEN, desk.began + timedelta(seconds=55))
    _until(lambda: desk.sent() >= OWED + LATER_OWED, look)


def _until(done: Callable[[], bool], look: Callable[[], None]) -> None:
    until = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > until:
            raise TimeoutError("not everything was posted in time")
        look()
        time.sleep(0.2)


def _prepared(fd: Any, home: Path) -> Desk:
    """Two servers, and a store with all that is owed to them."""
    news, old = fd.add_guild("Newsroom"), fd.add_guild("Old")
    member = news.add_member("mia")
    channels = {"desk": news.add_channel("desk"), "direct": fd.dm(member)}
    channels |= {"old desk": old.add_channel("desk"), "digests": old.add_channel("digests")}
    store_path, now = home / "data" / STORE, datetime.now(UTC)
    began = now - timedelta(seconds=50)
    with open_store(store_path) as store:
        _updates(store, news, channels["desk"], began)
        _updates(store, old, channels["old desk"], now)
        daily = (Schedule(Cadence.DAILY, hour=(now.hour - 1) % 24), Filter())
        digest.set_up(store, str(old.id), (str(channels["digests"].id), "digests"), daily, BY, now - timedelta(days=2))
        follow = Follow(FollowKind.TOPIC, "bridge", began, direct=True)
        store.follow(str(news.id), str(member.id), follow)
        for guild, when in ((news, began), (old, now - timedelta(hours=1))):
            tell(store, guild, FIRST, when)
    return Desk(fd, home, news, store_path, began, {channel.id: name for name, channel in channels.items()})


def _updates(store: Store, guild: Any, channel: Any, now: datetime) -> None:
    store.set_updates_channel(str(guild.id), str(channel.id), BY, now)


def tell(store: Store, guild: Any, text: str, when: datetime) -> None:
    """A source comes into a server: `FIRST` undertakes something, `THEN` asks something."""
    found = (
        Findings((commitment(text),), (), ())
        if text == FIRST
        else Findings((), (question(text, question=WHO, content=WHO),), ())
    )
    ingest(store, str(guild.id), replace(new_source(text), added_at=when), found)


def _timeless(text: str) -> str:
    """Without the instants that differ from run to run."""
    return re.sub(r"[0-9]{2}:[0-9]{2}", "TIME", text)


if __name__ == "__main__":
    main()
