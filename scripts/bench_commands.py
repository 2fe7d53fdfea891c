"""How long each command takes when much is held: `python -m scripts.bench_commands 1000 100000 1000000`.

One store grows from size to size with the made-up sources of `scripts/bench_store.py`. At each size the bot is started
as a process on the loopback Discord of `../shared/harness`, and asked each command some times, one after the other,
every time of something else. Prints a Markdown table: from an interaction to its whole answer, p50 and p99 in
milliseconds, how much the p50 grows from the first size to the last, how long the bot took from its start until it was
ready, and its memory. The loopback Discord checks no request here: that would take longer than the answer.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.domain import SourceRef
from bot.ledger import Candidates, decide, link_keys, matter_keys, text_keys
from bot.store import Store, open_store
from scripts import loopback
from scripts.bench_store import A_SOURCE, THINGS, deed, party, source
from scripts.load import resident

SERVER = 1_100_000_000_000_000_000
PATIENCE = 60.0
AT_ONCE = 20
"""Sources in a transaction."""
Options = Callable[[random.Random, int], Mapping[str, object]]
"""What a command is given, by chance, where so many entries are held."""
Row = tuple[float, float]


def main() -> None:
    """Measure every size given."""
    asked = argparse.ArgumentParser(prog="python -m scripts.bench_commands")
    asked.add_argument("sizes", type=int, nargs="*", default=[1_000, 100_000, 1_000_000])
    asked.add_argument("--rounds", type=int, default=50, help="how often each command is asked")
    options = asked.parse_args()
    columns: list[dict[str, Row]] = []
    harness = loopback.harness()
    with tempfile.TemporaryDirectory() as folder:
        home, chance, held = Path(folder), random.Random(1), 0
        for size in sorted(options.sizes):
            with open_store(home / "data" / "dossier.db") as store:
                fill(store, range(held // A_SOURCE, size // A_SOURCE), chance)
            held = size
            columns.append(measure(harness, home, size, options.rounds))
            print("\n".join(table(sorted(options.sizes), columns)), flush=True)


def fill(store: Store, numbers: range, chance: random.Random) -> None:
    """Add made-up sources to the server, each with entries of its own, to be found by all that they are looked up by.

    Nothing is compared with what is held, which would take hours, so that no entry has two mentions and no link waits.
    """
    workspace = str(SERVER)
    for first in range(numbers.start, numbers.stop, AT_ONCE):
        with store.writing():
            for n in range(first, min(first + AT_ONCE, numbers.stop)):
                new, found = source(n, chance)
                decisions = decide(found, SourceRef("", new.document.title, new.document.published), Candidates())
                added = store.add_source(workspace, new, decisions, announce=False)
                for mention, _, finding, _, _ in store.unlinked(workspace, added.source.id):
                    store.put_link_keys(workspace, mention, (*link_keys(finding), *matter_keys(finding)))
                store.note_text(workspace, added.source.id, text_keys(new.document.text), "")


def measure(harness: ModuleType, home: Path, size: int, rounds: int) -> dict[str, Row]:
    """The p50 and p99 of every command, in milliseconds, and what else is looked at, twice the same."""
    with loopback.discord(harness, "", check_responses=False) as fd:
        guild = fd.add_guild("Newsroom", id=SERVER)
        channel, member = guild.add_channel("desk"), guild.add_member("mia")
        moderator = guild.add_member("theo", permissions=["manage_guild"])
        began = time.perf_counter()
        bot = loopback.start(fd, home)
        fd.wait_ready(180)
        found = {"from start to ready, s": _twice(time.perf_counter() - began)}
        for act in ACTS:
            chance = random.Random(act.like or act.name)
            who = moderator if act.moderator else member
            times = [_ask(fd, harness, who, channel, act, chance, size) for _ in range(rounds)]
            found[act.name] = statistics.median(times), statistics.quantiles(times, n=100)[98]
        found["memory of the bot, MB"] = _twice(resident(bot.pid))
        assert bot.stop() == 0
    return found


def _twice(figure: float) -> Row:
    return figure, figure


@dataclass(frozen=True, slots=True)
class Act:
    """A command as it is asked; `file` says that it gets a new document, `channel` that it gets the one at hand.

    `like` names another act, whose choices are chosen again, in the same order.
    """

    name: str
    options: Options = lambda _chance, _size: {}
    moderator: bool = False
    command: str = ""
    file: bool = False
    channel: bool = False
    like: str = ""


def _ask(fd: Any, harness: ModuleType, who: Any, channel: Any, act: Act, chance: random.Random, size: int) -> float:
    """From the interaction to the whole answer, in milliseconds. Raises `TimeoutError` where none comes."""
    options = dict(act.options(chance, size))
    if act.file:
        options["file"] = harness.File("letter.md", _letter(chance).encode())
    if act.channel:
        options["channel"] = channel
    asked = fd.slash(who, channel, act.command or act.name, options, wait=False)
    until = time.monotonic() + PATIENCE
    while asked.done_ms is None:
        if asked.failed or time.monotonic() > until:
            raise TimeoutError(f"/{act.name} {options} was not answered")
        time.sleep(0.001)
    return float(asked.done_ms)


def _letter(chance: random.Random) -> str:
    said = f"{party(chance)} has promised to {deed(chance, party(chance))}. It is unclear who will pay for it."
    return f"# Letter\n\nPublished {chance.randint(1, 28)} March 2026\n\n{said}\n"


def _source(chance: random.Random, size: int) -> str:
    return f"S-{chance.randint(1, size // A_SOURCE)}"


def _commitment(chance: random.Random, size: int) -> str:
    return f"C-{chance.randint(1, size // 2)}"


ACTS = (
    Act("commitments"),
    Act("commitments actor:", lambda c, _: {"actor": party(c)}, command="commitments"),
    Act("commitments kind: status:", lambda _c, _: {"kind": "plan", "status": "conditional"}, command="commitments"),
    Act("commitments about:, a party", lambda c, _: {"about": party(c)}, command="commitments"),
    Act("commitments about:, a word", lambda c, _: {"about": c.choice(THINGS)}, command="commitments"),
    Act("commitments order:sources", lambda _c, _: {"order": "sources"}, command="commitments"),
    Act("commitments since:", lambda _c, _: {"since": "2024-06-01"}, command="commitments"),
    Act("commitments as_of:", lambda _c, _: {"as_of": "2023-01-01"}, command="commitments"),
    Act("questions"),
    Act("facts"),
    Act("brief source:", lambda c, n: {"source": _source(c, n)}, command="brief"),
    Act("brief about:", lambda c, _: {"about": party(c)}, command="brief"),
    Act("search", lambda c, _: {"text": f"{c.choice(THINGS)} {c.randrange(2000)}"}),
    Act("show", lambda c, n: {"id": _commitment(c, n)}),
    Act("party", lambda c, _: {"name": party(c)}),
    Act("timeline", lambda c, _: {"about": party(c)}),
    Act("sources"),
    Act("export source:", lambda c, n: {"source": _source(c, n)}, command="export"),
    Act("catchup"),
    Act("follow add", lambda c, _: {"what": party(c)}),
    Act("follow list"),
    Act("status"),
    Act("help"),
    Act("privacy show"),
    Act("log", moderator=True),
    Act("review", moderator=True),
    Act("wrong", lambda c, n: {"id": _commitment(c, n)}, moderator=True),
    Act("correct", lambda c, n: {"id": _commitment(c, n), "slot": "condition", "value": "if paid"}, moderator=True),
    Act("alias add", lambda c, _: {"name": f"Other {c.random()}", "party": party(c)}, moderator=True),
    Act("source retract", lambda c, n: {"id": _source(c, n)}, moderator=True),
    Act("source restore", lambda c, n: {"id": _source(c, n)}, moderator=True, like="source retract"),
    Act("source add", moderator=True, file=True),
    Act("undo", lambda c, _: {"line": c.randint(1, 40)}, moderator=True),
    Act("updates set", moderator=True, channel=True),
    Act("digest set", lambda _c, _: {"cadence": "daily"}, moderator=True, channel=True),
    Act("digest preview", moderator=True),
    Act("digest stop", moderator=True),
)


def table(sizes: list[int], columns: list[dict[str, Row]]) -> list[str]:
    """The figures so far."""
    shown = sizes[: len(columns)]
    rows = ["| p50, p99 in ms | " + " | ".join(f"{size:,} entries" for size in shown) + " | growth of p50 |"]
    rows.append("|---|" + "---:|" * (len(shown) + 1))
    for name in columns[0]:
        cells = [_cell(column[name]) for column in columns]
        rows.append(f"| {name} | " + " | ".join(cells) + f" | {columns[-1][name][0] / columns[0][name][0]:.1f} |")
    return rows


def _cell(row: Row) -> str:
    return f"{row[0]:.1f}" if row[0] == row[1] else f"{row[0]:.0f}, {row[1]:.0f}"


if __name__ == "__main__":
    main()
