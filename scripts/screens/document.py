"""`docs/walk.md`: every step of the walk with its pictures, and where each command is used."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from scripts.screens.camera import SUFFIX
from scripts.screens.walk import Step, Walk, leaves

_HEAD = """# A walk through Dossier

Every command, button, form and right-click, as people see it, at desktop and at phone width.
`make screenshots` takes this walk with the real bot in a simulated Discord, and writes this page.
It fails where a command, a button or a form was not visited.
"""
_PICTURE = '<img src="walk/{name}{suffix}" width="{width}" alt="{alt}">'


def written(walk: Walk) -> str:
    """The page."""
    return "\n".join([_HEAD, *_index(walk), *_acts(walk.steps)])


def _index(walk: Walk) -> Iterator[str]:
    """A line for each command, with the way to its first picture."""
    yield "| command | what it does |"
    yield "|---|---|"
    for command in sorted(leaves(walk.room.client.loaded), key=lambda one: one.qualified_name):
        yield f"| {_reference(walk, command)} | {command.description} |"
    yield ""


def _reference(walk: Walk, command: Any) -> str:
    name = f"/{command.qualified_name}"
    steps = (step for step in walk.steps if f"{step.what} ".startswith(f"{name} "))
    return f"[`{name}`](#{next(steps).name})"


def _acts(steps: Sequence[Step]) -> Iterator[str]:
    for act, group in groupby(steps, lambda step: step.act):
        yield f"## {act}\n"
        for step in group:
            yield from _step(step)


def _step(step: Step) -> Iterator[str]:
    what = f"`{step.what}`" if step.what.startswith("/") else step.what
    alt = f"{step.what}: {step.says}".replace('"', "'")
    wide = _PICTURE.format(name=step.name, suffix=SUFFIX, width=520, alt=alt)
    small = _PICTURE.format(name=f"{step.name}-phone", suffix=SUFFIX, width=260, alt="The same on a phone")
    yield f'<a id="{step.name}"></a>**{what}** · {step.who} · {step.says}\n'
    yield "| desktop | phone |\n|---|---|"
    yield f"| {wide} | {small} |\n"
