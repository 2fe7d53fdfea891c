"""Collect the texts of the interface into `bot/locale/dossier.pot`, and bring the catalogues beside it up to date.

`make texts` runs it. With `--pseudo FILE.po` it writes a catalogue that only puts an accent on each letter, with
which the interface shows what is not marked yet.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.render.words import forms

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "bot" / "locale"
TEMPLATE = LOCALE / "dossier.pot"
MARKS = {"_": 1, "n_": 2}
"""The functions of `bot.texts`, and how many texts each takes."""
NOUNS = ("plural", "unit")
"""Those of `bot.render.words` that take a noun: its text is that with a number before it, in both forms."""
_HEAD = "# The texts of Dossier's interface. Written by `make texts`; do not edit."
_CHANGING = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By')
_KEPT = re.compile(r"\{[^{}]*\}|<[^<>]*>")
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀćďéƒǵĥíĵķĺḿńóṕʠŕśťúṽẃẋýźÁƁĆĎÉƑǴĤÍĴĶĹḾŃÓṔɊŔŚŤÚṼẂẊÝŹ"
_WORDS = re.compile(r"[A-Za-z]{2,}[,;:.]? |[ ][a-z]{3,}")
_UNSEEN = re.compile(r"(log|logging|re|_LOG)\.\w+|plural|unit|AssertionError|TypeVar|TypeError|ValueError|cast")
"""Calls whose texts nobody sees in Discord, or which are marks themselves."""

Text = tuple[str, ...]


def main() -> None:
    """Write the template, and the catalogues with what is new in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pseudo", type=Path, help="write a catalogue with accented texts, and nothing else")
    wanted = parser.parse_args()
    if wanted.pseudo:
        wanted.pseudo.write_bytes(written(pseudo(collected())))
        return
    LOCALE.mkdir(exist_ok=True)
    found = collected()
    TEMPLATE.write_bytes(written(found))
    for path in sorted(LOCALE.glob("*.po")):
        with path.open("rb") as file:
            kept = read_po(file)
        kept.update(found, no_fuzzy_matching=True)
        path.write_bytes(written(kept))
    print(f"{len(found)} texts in {TEMPLATE.relative_to(ROOT)}", file=sys.stderr)


def collected() -> Catalog:
    """All texts that are marked, each with the files that it stands in."""
    catalog = Catalog(project="Dossier", header_comment=_HEAD, fuzzy=False)
    for path in sources():
        name = path.relative_to(ROOT).as_posix()
        for text in marked(path):
            catalog.add(text if len(text) > 1 else text[0], locations=[(name, 1)])
    return catalog


def sources() -> list[Path]:
    """The files that may hold texts."""
    return sorted(path for folder in ("bot", "commands") for path in (ROOT / folder).rglob("*.py"))


def marked(path: Path) -> Iterator[Text]:
    """The texts that a file marks, in their order. Raises `SyntaxError` for a mark around anything but a literal."""
    calls = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if called(call) in NOUNS and (noun := said(call.args[-1])):
            yield forms(noun)
        if called(call) not in MARKS:
            continue
        given = call.args[: MARKS[called(call)]]
        texts = tuple(arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str))
        if len(texts) != MARKS[called(call)]:
            raise SyntaxError(f"{path}:{call.lineno}: only a literal can be translated; fill its fields by name")
        yield texts


def unmarked(path: Path) -> list[tuple[int, str]]:
    """The literals of a file that look like words for people and are not marked, with their lines."""
    tree = _tree(path)
    passed = {id(node) for part in _passed(tree) for node in ast.walk(part)}
    found = [node for node in ast.walk(tree) if id(node) not in passed and _WORDS.search(said(node))]
    return sorted((node.lineno, said(node)) for node in found if isinstance(node, ast.expr))


def said(node: ast.AST) -> str:
    """What a literal says, with `{}` for its fields; "" for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(said(part) or "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def called(call: ast.Call) -> str:
    """The name of what is called."""
    return ast.unparse(call.func)


def pseudo(catalog: Catalog) -> Catalog:
    """The same texts as if translated: each letter with an accent, fields and Discord's markup as they are."""
    made = Catalog(locale="en", project="Dossier", header_comment=_HEAD, fuzzy=False)
    for message in catalog:
        if message.id:
            several = isinstance(message.id, tuple)
            made.add(message.id, tuple(map(accented, message.id)) if several else accented(message.id))
    return made


def accented(text: str) -> str:
    """`Ńó śóúŕćéś` for "No sources"."""
    kept = _KEPT.findall(text)
    parts = [part.translate(str.maketrans(_PLAIN, _ACCENTED)) for part in _KEPT.split(text)]
    return "".join(part + field for part, field in zip(parts, [*kept, ""], strict=True))


def written(catalog: Catalog) -> bytes:
    """A catalogue as a po file: without what would change it when no text does: dates, lines, versions."""
    out = BytesIO()
    write_po(out, catalog, width=0, sort_by_file=True, include_lineno=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_CHANGING)).encode()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _passed(tree: ast.Module) -> Iterator[ast.AST]:
    """The parts of a file in which no text is for people: docstrings, logs, patterns, types; and what is marked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.Call) and called(node) in MARKS:
            yield from node.args[: MARKS[called(node)]]
        elif isinstance(node, ast.Call) and _UNSEEN.fullmatch(called(node)):
            yield from node.args
        elif isinstance(node, ast.Subscript):
            yield node.slice
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            yield node.returns
        elif isinstance(node, ast.JoinedStr):
            yield from node.values


if __name__ == "__main__":
    main()
