"""The interface's texts: marked where they stand, listed in one template, and said in the language of the process."""

import ast
import json
import os
import re
import subprocess
import sys
from enum import EnumType

import pytest

import commands
from bot import domain, revise, texts
from bot.chat.loader import load
from bot.chat.table import rows
from bot.errors import SettingsError
from bot.render import decisions, hints
from bot.render.words import IRREGULAR, forms
from bot.settings import load_settings
from scripts.texts import ROOT, TEMPLATE, collected, pseudo, sources, unmarked, written
from tests import samples

DONE = ("commands/", "bot/chat/", "bot/render/", "bot/errors", "bot/schedule")
"""Where every text for people is marked; in the end that is all of `bot/` and `commands/`."""
OPERATORS = {f"bot/chat/{name}.py" for name in ("forums", "health", "loader", "preview", "run")}
OPERATORS |= {f"bot/render/{name}.py" for name in ("rereading", "terminal")}
"""What these say is for who runs the bot: in the terminal, in the log, to what gathers metrics."""
ENGLISH = {"bot/render/headline.py", "bot/render/spreadsheet.py"}
"""What these make is in the language of the sources, or is read by programs."""
COMMANDS = {row.name for row in rows(load(commands))}
SAID = set(decisions._SAID)
TYPED = {each for pair in hints._NEXT.values() for each in pair}
NAMES = {
    "bot/chat/feeds.py": {"tried "},
    "bot/chat/post.py": {"Nothing of it is wanted.", "Missing Access"},
    "bot/chat/reply.py": {"not acknowledged"},
    "bot/render/decisions.py": {"updates set", "updates stopped", "digest ", "link "} | SAID,
    "bot/render/digest.py": {"/digest set"},
    "bot/render/entries.py": {"by "},
    "bot/render/hints.py": TYPED,
    "bot/render/lists.py": {"open question"},
    "bot/render/notices.py": {"new source", "new version", "{} digest", "open questions"},
    "bot/render/words.py": {form.removeprefix("{count:,} ") for noun in IRREGULAR for form in forms(noun)},
    "bot/chat/table.py": {
        *COMMANDS,
        "For everyone",
        "For moderators (Manage Server)",
        "| command | what it does | who |",
    },
    "commands/source.py": {"Add as source", "Take out of sources"},
    "commands/updates.py": {
        "View Channel",
        "Create Posts",
        "Send Messages",
        "Send Messages in Threads",
        "Attach Files",
        "Read Message History",
    },
}
"""What has a space and is no text: names by which Discord, the store or the bot knows something; and the README's table."""
FILES = {path.relative_to(ROOT).as_posix(): path for path in sources()}
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Digests"
msgstr "Berichte"

msgid "Set {slot} of {id}"
msgstr "{id}: {slott} gesetzt"

msgid "{count} day"
msgid_plural "{count} days"
msgstr[0] "{count} Tag"
msgstr[1] "{count} Tage"
"""


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith(DONE) and name not in OPERATORS | ENGLISH])
def test_every_text_for_people_is_marked(name):
    assert [(line, said) for line, said in unmarked(FILES[name]) if said not in NAMES.get(name, ())] == []


def test_the_template_lists_the_texts_as_they_stand():
    assert TEMPLATE.read_bytes() == written(collected()), "`make texts` writes it again"


@pytest.mark.parametrize("name", FILES)
def test_no_function_has_its_mark_hidden_by_a_name_of_its_own(name):
    functions = [
        node
        for node in ast.walk(ast.parse(FILES[name].read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    for function in functions:
        named = [node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == "_"]
        assert len({type(node.ctx) for node in named}) < 2, (name, function.name)


def test_a_catalogue_is_read_as_the_file_that_it_is(tmp_path):
    (tmp_path / "de.po").write_text(CATALOGUE, encoding="utf-8")
    found = texts.translations(tmp_path / "de.po")

    assert found.gettext("Digests") == "Berichte"
    assert [found.ngettext("{count} day", "{count} days", count) for count in (1, 2)] == ["{count} Tag", "{count} Tage"]


def test_a_translation_that_could_not_be_filled_stays_english(tmp_path):
    (tmp_path / "de.po").write_text(CATALOGUE, encoding="utf-8")

    assert texts.translations(tmp_path / "de.po").gettext("Set {slot} of {id}") == "Set {slot} of {id}"
    assert not texts.fits("All of {name}", "Alles von {name")
    assert texts.fits(
        ("{count} day of {name}", "{count} days of {name}"), ("ein Tag von {name}", "{count} Tage von {name}")
    )


def test_texts_and_numbers_are_filled_by_name():
    assert texts._("Set {slot} of {id}", slot="due", id="C-1") == "Set due of C-1"
    assert texts._("braces {stay} where nothing is filled") == "braces {stay} where nothing is filled"
    assert [texts.n_("{count:,} day", "{count:,} days", count) for count in (1, 2000)] == ["1 day", "2,000 days"]


def test_a_language_that_there_is_not_is_said_with_those_that_there_are(tmp_path):
    with pytest.raises(SettingsError, match=r"'tlh'\. There are: en.*path of a po file"):
        load_settings({"DOSSIER_LANGUAGE": "tlh"}, root=tmp_path)

    assert load_settings({"DOSSIER_LANGUAGE": "en"}, root=tmp_path).token is None


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """What the bot says in a language in which each letter has an accent."""
    home = tmp_path_factory.mktemp("pseudo")
    (home / "x.po").write_bytes(written(pseudo(collected())))
    done = subprocess.run(
        [sys.executable, "-m", "tests.pseudo", str(home)],
        env={**os.environ, "DOSSIER_LANGUAGE": str(home / "x.po")},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        timeout=100,
    )
    return json.loads(done.stdout)


def plain(said):
    """The words that no translation made, without Discord's marks."""
    return re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>", "", said))


def test_the_commands_describe_themselves_in_the_language(walk):
    described = [(what, said) for what, said in walk if what.startswith("describe ")]

    assert len(described) > 100
    assert not [(what, plain(said)) for what, said in described if plain(said)]


def test_an_answer_says_nothing_in_english_but_what_is_a_sources_a_persons_or_typed(walk):
    """Kinds and statuses are typed, too: they are values of options."""
    kinds = [str(kind) for enum in vars(domain).values() if isinstance(enum, EnumType) for kind in enum]
    typed = [*(f"{row.name} {row.options}" for row in rows(load(commands))), *sum(revise.SLOTS.values(), ())]
    names = ["desk", "https", "feed", "figure", "question", "offer-verb", "UTC", "KiB", "kept-of-you.json"]
    known = set(plain(" ".join([samples.TEXT, "Will the Union pay", *kinds, *typed, *names])))
    answers = {what.partition(" {")[0]: said for what, said in reversed(walk) if what.startswith("/")}

    assert len(answers) > 30
    assert not {what: left for what, said in answers.items() if (left := set(plain(said)) - known)}
