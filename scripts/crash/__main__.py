"""Stop every work on the store at every point there is: `python -m scripts.crash [--most N] [NAME]`.

Prints a Markdown table: points, and how many of them were survived. Points are statements that write and, where a C
compiler is there, system calls that change a file: stopped before each, stopped half way through each, the disk full
from each on, an input/output error at each, and the disk read-only from each on. Some 20 minutes on one core.
"""

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from scripts.crash.engine import DONE, Arm, Tried, at_statements, disturbed, note, points, sample, stopped, tried
from scripts.crash.works import works

SHIM = Path(__file__).with_name("shim.c")
COUNT, KILL, TEAR, FULL, BROKEN, READONLY = range(6)
HOW = {
    "stopped before a system call": (KILL, stopped),
    "stopped half way through one": (TEAR, stopped),
    "disk full from one on": (FULL, disturbed),
    "I/O error at one": (BROKEN, disturbed),
    "read-only from one on": (READONLY, disturbed),
}
Try = Callable[[Tried, Path, Arm, int], str]


def main() -> None:
    """Try all that is named."""
    asked = argparse.ArgumentParser(prog="python -m scripts.crash")
    asked.add_argument("name", nargs="?", default="", help="only works with this in their name")
    asked.add_argument("--most", type=int, default=sys.maxsize, help="points of each kind and work, at most")
    options = asked.parse_args()
    preloaded = _preload()
    failures = []
    tried_all = {"stopped before a statement": [0, 0], **({how: [0, 0] for how in HOW} if preloaded else {})}
    with tempfile.TemporaryDirectory() as made:
        for number, work in enumerate(one for one in works() if options.name in one.name):
            folder = Path(made) / str(number)
            one = tried(work, folder / "undisturbed")
            failures += _all(one, folder, at_statements, stopped, options.most, "stopped before a statement", tried_all)
            for how, (mode, attempt) in HOW.items() if preloaded else ():
                failures += _all(one, folder, partial(at_calls, mode), attempt, options.most, how, tried_all)
            shutil.rmtree(folder)
    print("| points of all works | tried | store sound, as before or as after |\n|---|---:|---:|")
    for how, (count, bad) in tried_all.items():
        print(f"| {how} | {count:,} | {count - bad:,} |")
    print("\n".join(failures))
    sys.exit(bool(failures))


def _all(
    one: Tried, folder: Path, arm: Arm, attempt: Try, most: int, how: str, counts: dict[str, list[int]]
) -> list[str]:
    count = points(one, folder / "counted", arm if arm is at_statements else partial(at_calls, COUNT))
    chosen = list(sample(count, most)) if count else []
    wrong = {at: said for at in chosen if (said := attempt(one, folder / "tried", arm, at))}
    counts[how][0] += len(chosen)
    counts[how][1] += len(wrong)
    print(f"{one.work.name}: {how}: {len(chosen)} of {count}, {len(wrong)} wrong", file=sys.stderr, flush=True)
    return [f"{one.work.name}: {how} {at}: {said}" for at, said in wrong.items()]


def at_calls(mode: int, at: int) -> None:
    """In the child: let the system call number `at` end or fail as `mode` says."""
    shim = ctypes.CDLL(None)
    if at == DONE:
        note(shim.crash_seen())
    else:
        shim.crash_arm(ctypes.c_long(at), mode)


def _preload() -> bool:
    """Run this again with the shim loaded before libc; False where there is no compiler."""
    if "crash_shim" in os.environ.get("LD_PRELOAD", ""):
        return True
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler:
        print("No C compiler: statements only.", file=sys.stderr)
        return False
    with tempfile.TemporaryDirectory() as made:
        library = Path(made) / "crash_shim.so"
        subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", library, SHIM, "-ldl"], check=True)
        again = [sys.executable, "-m", "scripts.crash", *sys.argv[1:]]
        sys.exit(subprocess.run(again, env={**os.environ, "LD_PRELOAD": str(library)}, check=False).returncode)


if __name__ == "__main__":
    main()
