"""The house's rules as code: which room may import which, and what must not appear in the code at all.

A room is a module or package directly under `bot/` (or `commands`). The table names what each may import of the house;
the standard library and packages are free but for those in `ONLY_IN`.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

TERMS = {"domain", "errors", "texts"}
MAY_IMPORT: dict[str, set[str]] = {
    "texts": set(),
    "domain": set(),
    "errors": {"texts"},
    "settings": TERMS,
    "language": TERMS,
    "text": TERMS,
    "extract": TERMS | {"language", "text"},
    "ledger": TERMS,
    "store": TERMS,
    "fetch": TERMS | {""},
    "fair": set(),
    "feed": TERMS | {"fetch"},
    "standing": TERMS | {"ledger", "store"},
    "ingest": TERMS | {"extract", "ledger", "standing", "store", "text"},
    "versions": TERMS | {"ingest", "ledger", "overview", "standing", "store"},
    "drafts": TERMS | {"ingest", "standing", "store", "versions"},
    "answer": TERMS | {"ledger", "store"},
    "overview": TERMS | {"answer", "ledger", "store"},
    "schedule": TERMS,
    "digest": TERMS | {"answer", "ledger", "overview", "schedule", "store"},
    "revise": TERMS | {"ledger", "standing", "store"},
    "render": TERMS,
    "draw": TERMS | {"render"},
    "evaluate": TERMS,
    "worker": TERMS | {"extract", "language", "text", "fair", "worker_child"},
    "worker_child": TERMS | {"language", "worker"},
    "cluster": TERMS | {"extract", "language", "worker", "worker_child"},
    "app": TERMS
    | {"answer", "drafts", "fetch", "ingest", "settings", "store", "versions", "worker", "worker_child", ""},
    "chat": TERMS
    | {
        "drafts",
        "answer",
        "app",
        "draw",
        "digest",
        "feed",
        "fetch",
        "overview",
        "render",
        "settings",
        "revise",
        "store",
        "text",
        "worker",
        "worker_child",
        "",
    },
    "cli": set(),
    "__main__": {"", "cli"},
    "commands": TERMS
    | {"answer", "app", "chat", "digest", "drafts", "fetch", "overview", "render", "revise", "schedule"},
    "": set(),
}
"""Room: what it may import. `""` is `bot` itself, which holds the version."""
MAY_IMPORT["cli"] = set(MAY_IMPORT) - {"__main__"}

ONLY_IN = {
    "babel": {"texts"},
    "aiohttp": {"chat", "fetch"},
    "discord": {"chat", "commands"},
    "distributed": {"cluster"},
    "feedparser": {"feed"},
    "simcord": {"chat"},
    "spacy": {"language", "extract", "worker"},
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "PIL": {"draw"},
    "fontpkg_inter": {"draw"},
    "rich": {"render", "cli", "chat"},
    "typer": {"cli", "__main__"},
}
"""Package: the rooms that may import it."""

TYPES_ONLY = {("cli", "spacy")}
"""What may be imported for a type annotation only."""


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in (ROOT / folder).rglob("*.py") if "pipeline" not in path.parts)


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] == "commands":
        return "commands"
    return "" if parts[1] == "__init__" else parts[1]


def imported(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Each module that a file imports, its line, and whether for types only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        types = id(node) in for_types
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno, types) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            if node.module in {"bot", "commands"}:
                yield from ((_inner(node.module, alias.name), node.lineno, types) for alias in node.names)
            else:
                yield node.module or "", node.lineno, types


def _inner(package: str, name: str) -> str:
    """`from bot import answer` is the room answer; `from bot import __version__` is bot itself."""
    there = ROOT / package / name
    return f"{package}.{name}" if there.is_dir() or there.with_suffix(".py").exists() else package


def house_room(module: str) -> str | None:
    first, *rest = module.split(".")
    if first == "commands":
        return "commands"
    return (rest[0] if rest else "") if first == "bot" else None


ALL = list(modules("bot", "commands"))


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_it_may_know(path):
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} is a new room: say in the table what it may know"
    wrong = [
        f"line {line}: {module}"
        for module, line, _ in imported(path)
        if (known := house_room(module)) is not None and known != room and known not in MAY_IMPORT[room]
    ]
    assert not wrong, f"bot/{room} may not import these"


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_is_imported_only_where_it_belongs(path):
    room = room_of(path)
    wrong = [
        f"line {line}: {module}"
        for module, line, types in imported(path)
        if room not in ONLY_IN.get(package := module.split(".")[0], {room})
        and not (types and (room, package) in TYPES_ONLY)
    ]
    assert not wrong


def test_the_bot_never_imports_commands_but_on_its_command_line():
    """`__main__` hands the package to the loader, so that commands may import the bot and not the other way round."""
    knows = {
        room_of(path) for path in modules("bot") for module, *_ in imported(path) if house_room(module) == "commands"
    }
    assert knows <= {"cli"}


def test_every_room_of_the_table_is_there():
    rooms = {room_of(path) for path in ALL}
    assert set(MAY_IMPORT) <= rooms | {"commands"}


def test_nobody_prints_past_the_renderers():
    prints = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ALL
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not prints


def test_nobody_asks_the_clock_below_the_app():
    """`now` is an argument, so that every decision can be tested at any time."""
    clockless = {
        "domain",
        "text",
        "extract",
        "ledger",
        "store",
        "ingest",
        "standing",
        "revise",
        "answer",
        "overview",
        "render",
        "digest",
        "schedule",
    }
    asks = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time)\(")
    wrong = [
        str(path.relative_to(ROOT))
        for path in ALL
        if room_of(path) in clockless and asks.search(path.read_text(encoding="utf-8"))
    ]
    assert not wrong


def test_the_environment_is_read_in_one_place():
    """But for the language, which is asked for while the modules that hold texts are imported."""
    wrong = [
        str(path.relative_to(ROOT))
        for path in ALL
        if room_of(path) not in {"settings", "texts"}
        and re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8"))
    ]
    assert not wrong


def test_no_module_but_the_terms_grows_out_of_hand():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL}
    assert not {name: lines for name, lines in lengths.items() if lines > 450 and name != "bot/domain.py"}


def test_no_function_grows_out_of_hand():
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in ALL
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno + 1 > 50
    }
    assert not long


def test_no_test_imports_a_mock():
    mocks = [
        str(path.relative_to(ROOT))
        for path in modules("tests")
        for module, *_ in imported(path)
        if module.split(".")[0] in {"mock", "dpytest"} or module.startswith("unittest.mock")
    ]
    assert not mocks


def test_every_name_of_a_test_is_a_sentence():
    names = [
        node.name
        for path in modules("tests")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]
    assert not [name for name in names if name.count("_") < 2]


def test_the_packages_that_are_imported_are_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["dask"]]
    names = {re.split(r"[\[<>=~,]", line)[0].lower().replace(".py", "").replace("-", "_") for line in declared}
    called = {
        "docx": "python_docx",
        "markdown_it": "markdown_it_py",
        "numpy": "spacy",
        "thinc": "spacy",
        "lxml": "trafilatura",
        "PIL": "pillow",
        "aiohttp": "discord",
        "yarl": "discord",
    }
    standard = __import__("sys").stdlib_module_names
    used = {module.split(".")[0] for path in ALL for module, *_ in imported(path)} - standard - {"bot", "commands"}
    assert {called.get(name, name) for name in used} <= names | {"htmldate", "courlan"}


def test_nothing_committed_names_a_machine():
    private = re.compile(r"(/work/(main|shared)|/root/|/home/[a-z]+/)")
    files = [*modules("bot", "commands", "tests", "scripts"), *sorted((ROOT / "docs").rglob("*.md"))]
    wrong = [
        str(path.relative_to(ROOT))
        for path in files
        if path != Path(__file__).resolve() and private.search(path.read_text(encoding="utf-8"))
    ]
    assert not wrong
