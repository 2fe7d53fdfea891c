"""The verbs that look after things: check, backup and restore, evaluate."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from bot.cli.common import AsJson, complain, copied, errors, output, reading, say_json, stamped
from bot.cli.documents import lines
from bot.domain import Document
from bot.errors import BadInput
from bot.evaluate import GROUPS, SLOTS, Explain, Json, Mistake, Score, evaluate, intervals, summary
from bot.render.escape import visible
from bot.render.words import human_join, plural
from bot.settings import load_settings
from bot.store import restore_store


def check(json: AsJson = False) -> None:
    """Verify the store: every quote equals its slice, keys, index, counters, schema. Status 1 with what is wrong."""
    with reading() as store:
        wrong = store.check()
        held = {} if wrong else store.checked()  # a damaged store may not count
    if json:
        say_json({"ok": not wrong, "problems": wrong, "checked": held})
    elif wrong:
        for problem in wrong:
            complain(problem)
        complain(f"{plural(len(wrong), 'problem')}. {_ADVICE}")
    else:
        output().print("Sound: every quote stands in its text, and all counts and references agree.", soft_wrap=True)
        output().print(f"Checked: {human_join([plural(count, noun) for noun, count in held.items()])}.", soft_wrap=True)
    if wrong:
        raise typer.Exit(1)


_ADVICE = (
    "Restore a backup. Where there is none, remove the source with /source remove in Discord and add it again; "
    "on the command line set DOSSIER_HOME to a new folder and ingest the documents again."
)


def backup(
    path: Annotated[Path | None, typer.Argument(help="Where to; by default a new file under DOSSIER_HOME.")] = None,
) -> None:
    """Write a consistent copy of the store, also while the bot runs."""
    settings = load_settings()
    target = path or stamped(settings, "dossier")
    if target.exists():
        raise BadInput(f"{target} is there already. Name a new file, so that no older copy is lost.")
    if not settings.store_path.exists():
        raise BadInput(f"There is no store yet at {settings.store_path}, so there is nothing to copy.")
    copied(settings, target)
    output().print(Text(visible(f"Copied to {target}")), soft_wrap=True)


def restore_copy(copy: Path) -> None:
    """Put a backup in the place of the store, whatever state that is in; what was there is kept aside."""
    settings = load_settings()
    aside = stamped(settings, "replaced")
    there = settings.store_path.exists()
    sources = restore_store(copy, settings.store_path, aside)
    kept = f" What was there is kept as {aside}." if there else ""
    said = f"Restored {plural(sources, 'source')} from {copy}.{kept}"
    output().print(Text(visible(said)), soft_wrap=True)


def evaluate_gold(
    gold: Annotated[str, typer.Argument(metavar="GOLD.jsonl", help="Documents with marked sentences.")],
    predicted: Annotated[
        str, typer.Option(metavar="FILE", help="Score this output of extract --jsonl instead of extracting now.")
    ] = "",
    list_errors: Annotated[bool, typer.Option("--errors", help="List each miss and each false alarm.")] = False,
    resamples: Annotated[int, typer.Option(min=0, help="Bootstrap samples for the intervals; 0 for none.")] = 1000,
    json: AsJson = False,
) -> None:
    """Score the extractor on a gold set: precision, recall, F1, slots, with 95% intervals."""
    marked = {row["id"]: row for row in _objects(gold, {"id": (str, int), "text": str, "sentences": list})}
    given = {row["id"]: row for row in _objects(predicted, {"id": (str, int)})} if predicted else None
    predict, explain = _extractor() if given is None else (lambda row: given.get(row["id"], {}), None)
    with _bar(len(marked)) as tick:
        scores = evaluate(list(marked.values()), predict, explain=explain if list_errors else None, progress=tick)
    unanswered = sorted(set(marked) - set(given)) if given is not None else []
    found = summary(list(marked.values()), scores, unanswered)
    spread = intervals(scores, resamples=resamples)
    mistakes = [mistake for score in scores for mistake in score.mistakes]
    if json:
        found |= {"intervals": {name: [round(low, 3), round(high, 3)] for name, (low, high) in spread.items()}}
        found |= {"errors": [_mistake_object(each) for each in mistakes]} if list_errors else {}
        say_json(found)
        return
    for line in [*(_mistake_lines(mistakes) if list_errors else []), *_table(found, spread, scores)]:
        output().print(Text(line), soft_wrap=True)


def _extractor() -> tuple[Callable[[Json], Json], Explain]:
    """What finds, and what tells why it found nothing."""
    from bot.extract import findings
    from bot.extract.contract import as_json
    from bot.extract.overlooked import reasons
    from bot.language import load_nlp

    nlp = load_nlp()

    def predict(row: Json) -> Json:
        found: Json = as_json(row["id"], findings(_document(row), nlp))
        return found

    def explain(row: Json, missed: Sequence[Mistake]) -> list[str]:
        return reasons(_document(row), nlp, [(each.group, each.start, each.end) for each in missed])

    return predict, explain


def _document(row: Json) -> Document:
    from bot.cli.documents import date_given
    from bot.text import document_from_text

    return document_from_text(row["text"], title=row.get("title") or "", published=date_given(row.get("date")))


def _objects(name: str, needed: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects of a JSON lines file. Raises `BadInput` for what is none, or lacks a key of the type needed."""
    import json

    with lines(name) as stream:
        try:
            found = [(number, json.loads(line)) for number, line in enumerate(stream, start=1) if line.strip()]
        except ValueError as error:
            raise BadInput(f"{name} is not JSON lines ({error}). Give a gold set, one document a line.") from error
    for number, row in found:
        for key, kind in needed.items():
            if not isinstance(row, dict) or not isinstance(row.get(key), kind):
                raise BadInput(
                    f'Line {number} of {name} has no "{key}" of the kind that docs/cli.md describes. Add it.'
                )
    return [row for _, row in found]


def _table(found: dict[str, Any], spread: dict[str, tuple[float, float]], scores: list[Score]) -> list[str]:
    rows = [f"{plural(found['documents'], 'document')}; 95% intervals over documents in brackets", ""]
    for group in GROUPS:
        figures = found[group]
        shown = "  ".join(
            f"{label} {figures[name]:.3f}{_between(spread, f'{group} {name}')}"
            for label, name in (("P", "p"), ("R", "r"), ("F1", "f1"))
        )
        rows.append(f"{group:12} {shown}")
        rows.append(f"{'':12} {figures['tp']} found, {figures['fp']} false, {figures['fn']} missed")
    rows += ["", "slots of found commitments"]
    rows += [f"  {name.replace('_', ' '):18} {found['slots'][name]:.3f}{_between(spread, name)}" for name in SLOTS]
    rows += ["", f"quotes that differ from the text: {found['quotes_that_differ_from_the_text']}"]
    if found["unanswered"]:
        rows.append(visible(f"unanswered: {', '.join(map(str, found['unanswered']))}"))
    return rows if scores else ["The gold set is empty."]


def _between(spread: dict[str, tuple[float, float]], name: str) -> str:
    return f" [{spread[name][0]:.3f}–{spread[name][1]:.3f}]" if name in spread else ""


def _mistake_lines(mistakes: list[Mistake]) -> list[str]:
    shown = []
    for each in mistakes:
        shown += [visible(f"{each.group} {each.label} in {each.document}" + (f" ({each.why})" if each.why else ""))]
        shown += [f"  │ {visible(each.sentence)}"]
    return [*shown, ""] if shown else []


def _mistake_object(mistake: Mistake) -> dict[str, str]:
    return {
        "id": mistake.document,
        "group": mistake.group,
        "label": mistake.label,
        "sentence": mistake.sentence,
        "why": mistake.why,
    }


@contextmanager
def _bar(count: int) -> Iterator[Callable[[int], None]]:
    console = errors()
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=count)
        yield lambda done: progress.update(task, completed=done)
