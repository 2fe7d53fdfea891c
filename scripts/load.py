"""Many servers at once on the loopback Discord: `python -m scripts.load [--servers 50] [--rate 100] [--seconds 60]`.

The bot runs as a process. Every server holds a document; first interactions come one after the other, with nothing
else to do; then they come at the rate, spread over all servers and over the reading commands, while the moderators of
all servers add documents, all in the first second. Prints how long acknowledgements took in both parts (p50, p99, the
longest), what was not answered, what became of the documents, and the memory of the bot and its extraction process.
Needs `../shared/harness`. The loopback Discord checks no request here, and limits no rate: that would take longer than
the answer. `tests/wire` is where it does.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from scripts import loopback

BRIEF = (
    "# Harbour brief {n}\n\nPublished 10 March 2026\n\nThe Government of Norway has offered to dredge harbour {n} of "
    "Gdansk if the ceasefire holds. France will send {n} ships in April. It is unclear whether Germany will pay.\n"
)
ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("commitments", {}),
    ("commitments", {"actor": "Norway"}),
    ("questions", {}),
    ("search", {"text": "harbour"}),
    ("show", {"id": "C-1"}),
    ("sources", {}),
    ("status", {}),
    ("brief", {}),
)
DEADLINE_MS = 3000
IDLE = 100
"""How many interactions come one after the other first."""
PATIENCE = 600.0
"""Seconds that the last documents get."""
MEGABYTE = 2**20


@dataclass
class Watch:
    """Looks at the memory of the bot and of its children now and then, in megabytes, and at who had to wait."""

    pid: int
    seconds: float = 1.0
    bot: list[int] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    placed: set[int] = field(default_factory=set)
    adding: Sequence[Any] = ()
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Look until `stop`."""
        while not self._stop.wait(self.seconds):
            self.look()

    def look(self) -> None:
        """Look once."""
        self.bot.append(resident(self.pid))
        self.children.append(sum(resident(child) for child in _children(self.pid)))
        self.placed |= {n for n, ix in enumerate(self.adding) if ix.done_ms is None and "in the queue" in ix.text}

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()


def main() -> None:
    """Load, and say how it went; exit 1 where something was not acknowledged in time, or not answered."""
    asked = argparse.ArgumentParser(prog="python -m scripts.load")
    asked.add_argument("--servers", type=int, default=50)
    asked.add_argument("--rate", type=float, default=100, help="interactions a second")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--documents", type=int, default=200, help="added at the beginning, by all servers")
    options = asked.parse_args()
    harness = loopback.harness()
    with tempfile.TemporaryDirectory() as home, loopback.discord(harness, "", check_responses=False) as fd:
        places = [_place(fd, number) for number in range(options.servers)]
        bot = loopback.start(fd, Path(home))
        fd.wait_ready(180)
        for first in [_add(harness, fd, place, 0) for place in places]:
            first.expect("Added S-", PATIENCE)
        idle = _idle(fd, places)
        watch = Watch(bot.pid)
        watch.look()
        watching = threading.Thread(target=watch.run)
        watch.adding = [
            _add(harness, fd, places[number % len(places)], number) for number in range(1, options.documents + 1)
        ]
        watching.start()
        answers, took = _ask(fd, places, options.rate, options.seconds)
        added = _ended(watch.adding)
        watch.stop()
        watching.join()
        bad = _report(idle, answers, took, watch, added)
        assert bot.stop() == 0
    sys.exit(bad)


def _idle(fd: Any, places: list[Any]) -> list[float]:
    """How long acknowledgements take while there is nothing else to do."""
    rng = random.Random(2)
    return sorted(_one(fd, rng, places, wait=True).ack_ms for _ in range(IDLE))


def _one(fd: Any, rng: random.Random, places: list[Any], *, wait: bool) -> Any:
    (_, member, channel), (command, options) = rng.choice(places), rng.choice(ASKED)
    return fd.slash(member, channel, command, options, wait=wait)


def _ask(fd: Any, places: list[Any], rate: float, seconds: float) -> tuple[list[Any], float]:
    """Interactions at the rate, whether or not the earlier ones are answered."""
    rng, answers, start = random.Random(1), [], time.monotonic()
    for number in range(int(rate * seconds)):
        if (wait := start + number / rate - time.monotonic()) > 0:
            time.sleep(wait)
        answers.append(_one(fd, rng, places, wait=False))
    took = time.monotonic() - start
    _until_done(answers, 30)
    return answers, took


def _ended(adding: Sequence[Any]) -> Counter[str]:
    """What became of the documents."""
    _until_done(adding, PATIENCE)
    return Counter("added" if "Added S-" in ix.text else "not added" for ix in adding)


def _until_done(answers: Sequence[Any], seconds: float) -> None:
    until = time.monotonic() + seconds
    while any(one.done_ms is None for one in answers) and time.monotonic() < until:
        time.sleep(0.2)


def _report(idle: list[float], answers: list[Any], took: float, watch: Watch, added: Counter[str]) -> bool:
    every = [*answers, *watch.adding]
    times = sorted(one.ack_ms for one in every if one.ack_ms is not None)
    late = len(every) - sum(each < DEADLINE_MS for each in times)
    silent = sum(one.done_ms is None for one in answers)
    rows = {
        "interactions": f"{len(answers):,} in {took:.0f} s ({len(answers) / took:.0f} a second)",
        "acknowledged, p50, with nothing else to do": f"{_cut(idle, 50):.0f} ms",
        "p99, with nothing else to do": f"{_cut(idle, 99):.0f} ms",
        "acknowledged, p50": f"{_cut(times, 50):.0f} ms",
        "p99": f"{_cut(times, 99):.0f} ms, {_cut(times, 99) / _cut(idle, 99):.1f} times that",
        "longest": f"{times[-1]:.0f} ms",
        "not acknowledged within 3 s": str(late),
        "not answered": str(silent),
        "failed": str(sum(bool(one.failed) for one in every)),
        "documents added meanwhile": f"{added['added']} of {len(watch.adding)}",
        "of them told their place in the queue": str(len(watch.placed)),
        "the bot's memory": f"{watch.bot[0]} MB, at most {max(watch.bot)} MB, at the end {watch.bot[-1]} MB",
        "the same after each quarter of the time": f"{', '.join(map(str, _quarters(watch.bot)))} MB",
        "that of its extraction process": f"{watch.children[0]} MB, at most {max(watch.children)} MB",
        "load average at the end": f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
    }
    print("| | |\n|---|---:|")
    print("\n".join(f"| {name} | {value} |" for name, value in rows.items()))
    return bool(late or silent or added["not added"])


def _quarters(looks: list[int]) -> list[int]:
    return [looks[len(looks) * quarter // 4 - 1] for quarter in range(1, 5)]


def _cut(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1]


def _place(fd: Any, number: int) -> tuple[Any, Any, Any]:
    guild = fd.add_guild(f"Server {number}")
    channel = guild.add_channel("desk")
    return guild.add_member(f"mod{number}", permissions=["manage_guild"]), guild.add_member(f"mia{number}"), channel


def _add(harness: ModuleType, fd: Any, place: Any, number: int) -> Any:
    mod, _, channel = place
    file = harness.File(f"brief-{number}.md", BRIEF.format(n=number + 2).encode())
    return fd.slash(mod, channel, "source add", file=file, wait=False)


def _children(pid: int) -> list[int]:
    try:
        lists = [file.read_text().split() for file in Path(f"/proc/{pid}/task").glob("*/children")]
        return [int(child) for each in lists for child in each]
    except OSError:
        return []


def resident(pid: int) -> int:
    """The resident memory of a process in MB; 0 where it cannot be told."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // MEGABYTE


if __name__ == "__main__":
    main()
