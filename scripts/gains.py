"""What a change gained and lost against another revision, sentence by sentence: `make gains`, or

    python -m scripts.gains --base main --shared ../shared

The base is checked out beside the working tree, and each runs its own `extract` as a process, on the gold sets of the
shared folder where it is present and on `seeds/`. Prints Markdown for the note of the change: the figures before and
after, and each sentence in which something is different, with the cue that made it so. What is not printed is the same.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from bot.evaluate import GROUPS, SLOTS, cue_of, figures, hits_in, score_document, token_f1, total

Json = Mapping[str, Any]
Predicted = Mapping[str, Json]

ROOT = Path(__file__).resolve().parent.parent
SETS = ("news-dev", "diplomacy-train", "web-train", "questions-train")
SEEDS = "seeds"
FOUND = (*GROUPS, "facts")
NOT_COMPARED = frozenset({"why", "evidence"})
WIDEST = 160
GAINED, LOST = "gained hits", "lost hits"
NEW_ALARM, OLD_ALARM = "new false alarms", "removed false alarms"
APPEARED, GONE, CHANGED, UNREAD = "appeared", "disappeared", "changed slots", "errors"
ORDER = (GAINED, LOST, NEW_ALARM, OLD_ALARM, CHANGED, APPEARED, GONE, UNREAD)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what it is (one of ORDER), where, the sentence, and the cue or the slots concerned."""

    what: str
    place: str
    document: str
    group: str
    sentence: str
    detail: str


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--base", default="main", help="the revision to compare with")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder that holds gold/")
    parser.add_argument("--sets", nargs="*", default=list(SETS), help="gold sets to compare on; none for seeds/ only")
    given = parser.parse_args()
    gold = {name: given.shared / "gold" / f"{name}.jsonl" for name in given.sets}
    with checked_out(given.base) as base:
        print(f"## Gains and losses against {given.base} ({_short(base)})\n")
        report(base, {name: path for name, path in gold.items() if path.is_file()})


def report(base: Path, gold: Mapping[str, Path]) -> None:
    """Extract with both revisions and print what is different."""
    scored, changes = [], []
    for name, path in gold.items():
        documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        before, after = both(base, ["--jsonl", str(path.resolve())])
        scored.append((name, documents, before, after))
        changes += [each for row in documents for each in differences(name, row, before, after)]
    seeds = [str(path) for path in sorted((ROOT / SEEDS).iterdir()) if not path.name.startswith(".")]
    before, after = both(base, ["--json", *seeds])
    changes += seed_differences(by_file(before), by_file(after))
    print("\n".join([*score_table(scored), *change_tables(changes)]))


# Two revisions


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """A work tree of a revision in a temporary folder, removed again at the end."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "base"
        added = _git(ROOT, "worktree", "add", "--quiet", "--detach", str(tree), revision)
        if added.returncode:
            sys.exit(f"{revision} cannot be checked out ({added.stderr.strip()}). Name a branch or commit: BASE=...")
        try:
            yield tree
        finally:
            _git(ROOT, "worktree", "remove", "--force", str(tree))


def _git(where: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=where, capture_output=True, text=True, check=False)


def _short(tree: Path) -> str:
    return _git(tree, "rev-parse", "--short", "HEAD").stdout.strip()


def both(base: Path, arguments: Sequence[str]) -> tuple[Predicted, Predicted]:
    """What the base and the working tree extract, by document; they run side by side."""
    with tempfile.TemporaryFile("w+") as old, tempfile.TemporaryFile("w+") as new:
        running = [_extract(base, arguments, old), _extract(ROOT, arguments, new)]
        for process in running:
            process.wait()
        return _answers(base, old), _answers(ROOT, new)


def _extract(tree: Path, arguments: Sequence[str], out: IO[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot", "extract", *arguments]
    return subprocess.Popen(command, cwd=tree, stdout=out, stderr=subprocess.DEVNULL)


def _answers(tree: Path, out: IO[str]) -> Predicted:
    """The findings by document. A document that cannot be read has an `error` in their place."""
    out.seek(0)
    rows = [json.loads(line) for line in out]
    if not rows:
        sys.exit(f"`python -m bot extract` printed nothing in {tree}. Run it there by hand to see why.")
    return {str(row["id"]): row for row in rows}


def by_file(predicted: Predicted) -> Predicted:
    """Findings by the names of the files, without their folders."""
    return {Path(name).name: row for name, row in predicted.items()}


# Differences


def differences(place: str, gold: Json, before: Predicted, after: Predicted) -> list[Change]:
    """What is different in a gold document: hits, misses and false alarms of its sentences, and slots of its items."""
    name = str(gold["id"])
    old, new = before.get(name, {}), after.get(name, {})
    found = [
        change
        for group in GROUPS
        for sentence in gold["sentences"]
        if group not in sentence.get("optional", [])
        and (change := _of_sentence(place, gold, sentence, group, old, new))
    ]
    slots = [change for group in GROUPS for change in changed(place, name, group, old, new) if change.what == CHANGED]
    return found + slots + _errors(place, name, old, new)


def _of_sentence(place: str, gold: Json, sentence: Json, group: str, old: Json, new: Json) -> Change | None:
    was, now = (hits_in(sentence, side.get(group, [])) for side in (old, new))
    if bool(was) == bool(now):
        return None
    kinds = (GAINED, LOST) if sentence.get(group) else (NEW_ALARM, OLD_ALARM)
    text = gold["text"][sentence["start"] : sentence["end"]]
    cues = " | ".join(dict.fromkeys(map(cue_of, was or now)))
    return Change(kinds[0] if now else kinds[1], place, str(gold["id"]), group, text, cues)


def seed_differences(before: Predicted, after: Predicted) -> list[Change]:
    """What is different in the documents of `seeds/`, of which no gold says what is right."""
    found: list[Change] = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, {}), after.get(name, {})
        found += [change for group in FOUND for change in changed(SEEDS, name, group, old, new)]
        found += _errors(SEEDS, name, old, new)
    return found


def _errors(place: str, name: str, old: Json, new: Json) -> list[Change]:
    was, now = old.get("error", ""), new.get("error", "")
    return (
        [Change(UNREAD, place, name, "", "", f"before: {was or 'none'}; after: {now or 'none'}")] if was != now else []
    )


def changed(place: str, name: str, group: str, old: Json, new: Json) -> list[Change]:
    """The items that appeared, disappeared, or have other slots than before, in text order."""
    pairs = paired(old.get(group, []), new.get(group, []))
    found = []
    for was, now in sorted(pairs, key=lambda pair: _start(pair[1] or pair[0] or {})):
        item = now or was or {}
        what = APPEARED if was is None else GONE if now is None else CHANGED
        detail = slots_changed(was, now) if was is not None and now is not None else cue_of(item)
        if detail:
            found.append(Change(what, place, name, group, _quote(item), detail))
    return found


def paired(old: Sequence[Json], new: Sequence[Json]) -> list[tuple[Json | None, Json | None]]:
    """Items before and after that speak of the same sentence, the most alike first; None where one has no match."""
    likeness = sorted(
        (-_alike(was, now), i, j) for i, was in enumerate(old) for j, now in enumerate(new) if _meet(was, now)
    )
    mates: dict[int, int] = {}
    for _, i, j in likeness:
        if i not in mates and j not in mates.values():
            mates[i] = j
    both_sides = [(was, new[mates[i]] if i in mates else None) for i, was in enumerate(old)]
    return [*both_sides, *((None, now) for j, now in enumerate(new) if j not in mates.values())]


def _alike(one: Json, other: Json) -> float:
    same = sum(bool(one.get(slot) == value) for slot, value in other.items() if slot not in NOT_COMPARED)
    return token_f1(_words(one), _words(other)) + same


def _words(item: Json) -> str:
    return str(item.get("action") or item.get("content") or item.get("statement") or "")


def _meet(one: Json, other: Json) -> bool:
    return any(a["start"] < b["end"] and b["start"] < a["end"] for a in one["evidence"] for b in other["evidence"])


def slots_changed(was: Json, now: Json) -> str:
    """The slots that differ, each with its value before and after; "" where all are the same."""
    names = [name for name in now if name not in NOT_COMPARED and was.get(name) != now.get(name)]
    return "; ".join(f"{name}: {_shown(was.get(name))} → {_shown(now.get(name))}" for name in names)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value in (None, "") else str(value)


def _start(item: Json) -> int:
    return int(item["evidence"][0]["start"])


def _quote(item: Json) -> str:
    return str(item["evidence"][0]["quote"])


# Markdown


def score_table(scored: Sequence[tuple[str, Sequence[Json], Predicted, Predicted]]) -> list[str]:
    """The figures before and after, one row for each gold set and each group that is marked in it."""
    if not scored:
        return ["There are no gold sets here, so nothing is scored.", ""]
    rows = ["| set | what | P | R | F1 | kind | actor | action | condition |", "|---|---|---|---|---|---|---|---|---|"]
    for name, documents, before, after in scored:
        old, new = (figures(_counts(documents, side)) for side in (before, after))
        for group in GROUPS:
            if any(sentence.get(group) for row in documents for sentence in row["sentences"]):
                wanted = [f"{group} p", f"{group} r", f"{group} f1", *(SLOTS[:4] if group == GROUPS[0] else ())]
                cells = [f"{old[each]:.3f} → {new[each]:.3f}" for each in wanted]
                rows.append(_row(name, group, *cells, *[""] * (7 - len(cells))))
    return [*rows, ""]


def _counts(documents: Sequence[Json], predicted: Predicted) -> Mapping[str, float]:
    return total(score_document(row, predicted.get(str(row["id"]), {})) for row in documents).counts


def change_tables(changes: Sequence[Change]) -> list[str]:
    """A table for each sort of change, those that matter most first."""
    if not changes:
        return ["Every sentence gives the same as before."]
    lines: list[str] = []
    ranked = sorted(changes, key=lambda change: ORDER.index(change.what))
    for what, group in groupby(ranked, key=lambda change: change.what):
        rows = list(group)
        lines += [f"### {what.capitalize()} ({len(rows)})", "", "| where | sentence | why |", "|---|---|---|"]
        lines += [_row(f"{each.place} {each.document}", short(each.sentence), each.detail) for each in rows]
        lines.append("")
    return lines


def _row(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def short(text: str, widest: int = WIDEST) -> str:
    """The text in one line of bounded width; what is cut is shown as such."""
    line = " ".join(text.split())
    return line if len(line) <= widest else f"{line[: widest - 1].rstrip()}…"


if __name__ == "__main__":
    main()
