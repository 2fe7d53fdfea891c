"""Many servers at once on the loopback Discord: `python -m scripts.load [--servers 50] [--rate 100] [--seconds 60]`.

The bot runs as a process. Every server holds a document; then interactions come at the rate, spread over all servers
and over the reading commands, while a moderator adds one document after the other. Prints how long acknowledgements
took (p50, p99, the longest), what was not answered, and the bot's memory before and after.
Needs `../shared/harness`; rate limits of the loopback Discord are off, as Discord counts interactions otherwise.
"""

import argparse
import importlib.util
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
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


def main() -> None:
    """Load, and say how it went."""
    asked = argparse.ArgumentParser(prog="python -m scripts.load")
    asked.add_argument("--servers", type=int, default=50)
    asked.add_argument("--rate", type=float, default=100, help="interactions a second")
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--documents", type=int, default=200, help="added meanwhile, as long as it lasts")
    options = asked.parse_args()
    harness = _harness()
    with tempfile.TemporaryDirectory() as home, harness.FakeDiscord(identify_interval=0, rate_limits="off") as fd:
        places = [_place(fd, number) for number in range(options.servers)]
        bot = _start(fd, Path(home))
        for place in places:
            _add(harness, fd, place, 0).expect("Added S-", 120)
        before = _resident(bot)
        stop = threading.Event()
        added: list[int] = []
        ingest = threading.Thread(target=_ingest, args=(harness, fd, places, options.documents, stop, added))
        ingest.start()
        answers, took = _ask(fd, places, options.rate, options.seconds)
        stop.set()
        ingest.join()
        _report(answers, took, len(added), before, _resident(bot))
        assert bot.stop() == 0


def _ask(fd: Any, places: list[Any], rate: float, seconds: float) -> tuple[list[Any], float]:
    """Interactions at the rate, whether or not the earlier ones are answered."""
    rng, answers, start = random.Random(1), [], time.monotonic()
    for number in range(int(rate * seconds)):
        if (wait := start + number / rate - time.monotonic()) > 0:
            time.sleep(wait)
        (_, member, channel), (command, options) = rng.choice(places), rng.choice(ASKED)
        answers.append(fd.slash(member, channel, command, options, wait=False))
    took = time.monotonic() - start
    until = time.monotonic() + 30
    while any(one.done_ms is None for one in answers) and time.monotonic() < until:
        time.sleep(0.2)
    return answers, took


def _ingest(
    harness: ModuleType, fd: Any, places: list[Any], most: int, stop: threading.Event, added: list[int]
) -> None:
    for number in range(1, most + 1):
        if stop.is_set():
            return
        try:
            _add(harness, fd, places[number % len(places)], number).expect("Added S-", 120)
        except AssertionError:
            return
        added.append(number)


def _report(answers: list[Any], took: float, added: int, before: int, after: int) -> None:
    times = sorted(one.ack_ms for one in answers if one.ack_ms is not None)
    done = [one for one in answers if one.done_ms is not None]
    cuts = statistics.quantiles(times, n=100)
    print(f"| interactions | {len(answers):,} in {took:.0f} s ({len(answers) / took:.0f} a second) |\n|---|---:|")
    print(f"| acknowledged, p50 | {cuts[49]:.0f} ms |\n| p99 | {cuts[98]:.0f} ms |\n| longest | {times[-1]:.0f} ms |")
    print(f"| not acknowledged within 3 s | {len(answers) - sum(each < DEADLINE_MS for each in times)} |")
    print(f"| not answered | {len(answers) - len(done)} |\n| failed | {sum(bool(one.failed) for one in answers)} |")
    print(f"| documents added meanwhile | {added} |\n| the bot's memory | {before} MB, then {after} MB |")


def _place(fd: Any, number: int) -> tuple[Any, Any, Any]:
    guild = fd.add_guild(f"Server {number}")
    channel = guild.add_channel("desk")
    return guild.add_member(f"mod{number}", permissions=["manage_guild"]), guild.add_member(f"mia{number}"), channel


def _add(harness: ModuleType, fd: Any, place: Any, number: int) -> Any:
    mod, _, channel = place
    file = harness.File(f"brief-{number}.md", BRIEF.format(n=number + 2).encode())
    return fd.slash(mod, channel, "source add", file=file, wait=False)


def _start(fd: Any, home: Path) -> Any:
    (home / "seeds").mkdir()
    env = {"DOSSIER_HOME": str(home / "data"), "DOSSIER_SEEDS": str(home / "seeds")}
    bot = fd.spawn([sys.executable, "-m", "bot", "run"], cwd=str(ROOT), env=env)
    fd.wait_ready(60)
    return bot


def _resident(bot: Any) -> int:
    """The bot's resident memory in MB; 0 where it cannot be told."""
    process = getattr(bot, "process", None) or getattr(bot, "proc", None)
    status = Path(f"/proc/{getattr(process, 'pid', getattr(bot, 'pid', 0))}/statm")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20 if status.exists() else 0


def _harness() -> ModuleType:
    shared = Path(os.environ.get("DOSSIER_SHARED") or ROOT.parent / "shared")
    spec = importlib.util.spec_from_file_location("fake_discord", shared / "harness" / "fake_discord.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fake_discord"] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
